"""A place in the queue taken at home: the public page, the seats, and how a kiosk exchanges it.
Prints TAP.

    bookings.py PROGRAM CATALOGUE [DATABASE]

The portal lives on the next Tuesday at ten, whatever the day is here: hours and minutes around a
booking are what most of this is about.
"""
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tap  # noqa: E402
from people import Person  # noqa: E402
from portal import Client, Portal, box_keys, seal, unseal  # noqa: E402

OFFICE, OTHER = "6472021001", "6472011002"
WITA = datetime.timezone(datetime.timedelta(hours=8))


def next_tuesday():
    now = datetime.datetime.now(WITA)
    day = now + datetime.timedelta(days=(1 - now.weekday()) % 7 or 7)
    return day.replace(hour=10, minute=0, second=30, microsecond=0)


def clock(at):
    """Words that make a program live at that moment."""
    library = sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))[0]
    shift = int(at.timestamp() - time.time())
    # ASan's own library may then not be the first; it is all the same here.
    return ("env", f"LD_PRELOAD={library}", f"FAKETIME=+{shift}", "ASAN_OPTIONS=verify_asan_link_order=0")


class Rig:
    def __init__(self, arguments):
        self.now, self.kiosks = next_tuesday(), {}
        self.offices = tempfile.TemporaryDirectory()
        self.write_hours(pathlib.Path(arguments[1]).parent / "offices/kota.json")
        self.portal = Portal(arguments[0], arguments[1], *arguments[2:3], quiet=True,
                             before=clock(self.now), offices=self.offices.name)
        for number, name in enumerate((f"{OFFICE}-1", f"{OFFICE}-2", f"{OTHER}-1"), 1):
            self.kiosks[name] = self.portal.enrol(name, number, name)

    def write_hours(self, path):
        """The city's own hours, but with one day off: the Friday."""
        city = json.loads(path.read_text())
        city.update(periods=[], holidays=[{"date": self.day(3), "name": "Libur"}])
        (pathlib.Path(self.offices.name) / "kota.json").write_text(json.dumps(city))

    def restart(self, at):
        """The same portal at another moment."""
        for kiosk in self.kiosks.values():
            kiosk.close()
        assert self.portal.stop() == 0
        self.now = at
        self.portal.start(before=clock(at))
        self.kiosks = {name: Client(self.portal, self.portal.folder / f"{name}.pem")
                       for name in self.kiosks}

    def day(self, ahead=0):
        return (self.now + datetime.timedelta(days=ahead)).strftime("%Y-%m-%d")

    def book(self, when, office=OFFICE, day=0, service="sku"):
        """Without the page: its code."""
        return self.portal.say(f"book {office} {service} {self.day(day)} {when}")["code"]

    def ask(self, code, kiosk=f"{OFFICE}-1", status=200, together=None):
        """What a kiosk is told of it. `together`: a barrier before the question leaves."""
        public, secret = box_keys()
        query = {"kind": "booking", "code": code, "reply_key": public.hex()}
        envelope = seal(self.portal.seal_key, json.dumps(query).encode())
        if together:
            together.wait()
        answer = self.kiosks[kiosk].ask("POST", "/api/v1/lookups", envelope,
                                        {"Content-Type": "application/octet-stream"})
        assert answer.status == status, (answer.status, answer.body)
        return json.loads(unseal(public, secret, answer.body)) if status == 200 else None

    def give(self, answer, number, kiosk=f"{OFFICE}-1"):
        """The kiosk tells of the number that it gave."""
        done = self.kiosks[kiosk].ask("POST", "/api/v1/tickets", json.dumps({"tickets": [
            {"uuid": answer["id"], "letter": answer["letter"], "number": number, "day": self.day(),
             "issued_at": 1795500000000, "state": "waiting", "print": "printed",
             "priority": False}]}))
        assert done.status == 200, done.body

    def row(self, code):
        return next(row for row in self.portal.say("dump")["bookings"] if row["code"] == code)

    def browser(self):
        return Person(self.portal)


def post(person, path="/antrean", **fields):
    return person.ask("POST", path, urllib.parse.urlencode(fields),
                      {"Content-Type": "application/x-www-form-urlencoded"})


def times(person, office=OFFICE, service="sku"):
    """What the page offers, with the seats that are left."""
    page = post(person, kantor=office, layanan=service).page
    return {value: int(left) for value, left in
            re.findall(r'name="waktu" value="([^"]+)" required> \S+ <span[^>]*>sisa (\d+)', page)}


def take(person, when, office=OFFICE, service="sku"):
    """The code, or the status that says why not."""
    post(person, kantor=office, layanan=service, waktu=when)
    if person.status != 303:
        return person.status
    return person.headers["Location"].removeprefix("/antrean/")


# --- the page ---------------------------------------------------------------------------


def a_place_is_booked_on_the_page(rig):
    person = rig.browser().get("/antrean")
    assert person.status == 200 and "Kelurahan Sungai Keledang" in person.page
    assert "default-src 'none'" in person.headers["Content-Security-Policy"]
    offered = times(person)
    assert offered[f"{rig.day()} 10.30"] == 3, offered
    code = take(person, f"{rig.day()} 10.30")
    person.get(f"/antrean/{code}")
    text = person.text()
    for words in (code, "Kelurahan Sungai Keledang", "Surat Keterangan Usaha (SKU)", "Selasa", "10.30 WITA",
                  "Siapkan", "Surat pengantar RT"):
        assert words in text, (words, text)
    assert times(person)[f"{rig.day()} 10.30"] == 2
    assert "Ganti kantor atau keperluan" in person.text()
    row = rig.row(code)
    assert (row["office"], row["minute"], row["letter"], row["kiosk"]) == (OFFICE, 630, "A", ""), row
    person.close()


def its_qr_holds_the_code(rig):
    person = rig.browser()
    code = take(person, f"{rig.day(1)} 09.00")
    svg = re.search(r"<svg.*?</svg>", person.get(f"/antrean/{code}").page, re.S)[0]
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg)}
    dots = 6
    rows = (bytes(0 if (x // dots, y // dots) in dark else 255 for x in range(side * dots))
            for y in range(side * dots))
    picture = f"P5 {side * dots} {side * dots} 255\n".encode() + b"".join(rows)
    path = rig.portal.folder / "qr.pgm"
    path.write_bytes(picture)
    found = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable",
                                path], capture_output=True, text=True)
    assert found.stdout.strip() == f"antrean:{code}", found.stdout
    person.close()


def what_is_closed_is_not_offered(rig):
    person = rig.browser()
    offered = times(person)
    days = {value.split()[0] for value in offered}
    assert not {rig.day(3), rig.day(4), rig.day(5)} & days, days  # a day off, Saturday, Sunday
    assert not any(value.endswith(" 12.00") or value.endswith(" 12.30") for value in offered)
    assert f"{rig.day()} 09.30" not in offered  # over
    assert f"{rig.day()} 10.00" in offered and f"{rig.day(6)} 10.00" in offered
    person.close()


def what_the_page_does_not_offer_is_not_booked(rig):
    person = rig.browser()
    for when in (f"{rig.day()} 09.00", f"{rig.day()} 10.17", f"{rig.day(5)} 10.00",
                 f"{rig.day(20)} 10.00", f"{rig.day(-1)} 10.00", "x", f"{rig.day()} 99.99"):
        assert take(person, when) == 400, when
    assert take(person, f"{rig.day(1)} 10.00", office="6472999999") == 400
    assert take(person, f"{rig.day(1)} 10.00", service="tidak-ada") == 400
    assert person.ask("POST", "/antrean", b"\xff%", {}).status == 400
    for path in ("/antrean/7K3F-9QXM", "/antrean/x", "/antrean/00000000"):
        assert person.get(path).status == 404, path
    person.close()


def a_time_holds_so_many_however_they_come(rig):
    """Twelve at once for three places."""
    when, results = f"{rig.day(2)} 11.00", []

    def one():
        person = rig.browser()
        results.append(take(person, when))
        person.close()

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    codes = [result for result in results if isinstance(result, str)]
    assert len(codes) == 3 and results.count(409) == 9, results
    person = rig.browser()
    assert when not in times(person)
    assert when in times(person, service="akta-lahir")  # another counter's
    assert when in times(person, office=OTHER)
    # who gives it back makes room for one
    assert post(person, f"/antrean/{codes[0]}").status == 200
    assert person.get(f"/antrean/{codes[0]}").status == 404
    assert times(person)[when] == 1
    assert isinstance(take(person, when), str)
    assert take(person, when) == 409
    person.close()


def one_address_does_not_take_all(rig):
    person, statuses = rig.browser(), []
    for _ in range(40):
        statuses.append(take(person, f"{rig.day(6)} 13.30"))
    assert 429 in statuses, statuses
    person.close()
    rig.restart(rig.now)  # who was counted is forgotten


# --- the kiosk --------------------------------------------------------------------------


def a_booking_is_exchanged_once(rig):
    code = rig.book("10.00")
    first = rig.ask(code)
    assert (first["state"], first["letter"], first["service"], first["time"]) == (
        "due", "A", "sku", "10:00"), first
    assert rig.row(code)["kiosk"] == f"{OFFICE}-1" and rig.row(code)["redeemed_at"] > 0
    assert rig.ask(code) == first  # its answer was lost: the same word, the same id
    other = rig.ask(code, f"{OFFICE}-2")
    assert other["state"] == "done" and "id" not in other and "number" not in other, other
    rig.give(first, 17)
    for kiosk in (f"{OFFICE}-1", f"{OFFICE}-2"):
        again = rig.ask(code, kiosk)
        assert (again["state"], again["number"]) == ("done", "A-017") and "id" not in again, again
    person = rig.browser().get(f"/antrean/{code}")
    assert "A-017" in person.text() and "<form" not in person.page
    assert post(person, f"/antrean/{code}").status == 409
    assert rig.ask(code)["state"] == "done"
    person.close()


def many_kiosks_at_once_are_one(rig):
    """Eight of one office; and two whose look at it came before either's exchange."""
    code = rig.book("10.00")
    assert rig.portal.say(f"exchange {code} {OFFICE}-1") == {"done": True}
    assert rig.portal.say(f"exchange {code} {OFFICE}-2") == {"error": "none"}
    assert rig.portal.say(f"exchange {code} {OFFICE}-1") == {"done": True}
    assert rig.row(code)["kiosk"] == f"{OFFICE}-1"
    names = [f"{OFFICE}-{number}" for number in range(11, 19)]
    for number, name in enumerate(names, 11):
        rig.kiosks[name] = rig.portal.enrol(name, number, name)
    for _ in range(3):
        code, answers, together = rig.book("10.00"), [], threading.Barrier(len(names))

        def one(kiosk):
            answers.append(rig.ask(code, kiosk, together=together)["state"])

        threads = [threading.Thread(target=one, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == ["done"] * 7 + ["due"], answers


def what_is_not_for_here_or_now_says_so(rig):
    for when, day, state in (("10.30", 0, "due"), ("10.31", 0, "early"), ("09.45", 0, "due"),
                             ("09.44", 0, "late"), ("10.00", 1, "other_day"), ("10.00", -1, "other_day")):
        code = rig.book(when, day=day)
        answer = rig.ask(code)
        assert answer["state"] == state, (when, day, answer)
        assert rig.row(code)["kiosk"] == (f"{OFFICE}-1" if state == "due" else ""), (when, state)
    assert rig.ask(rig.book("13.00"))["from"] == "12:30"
    code = rig.book("10.00", OTHER)
    answer = rig.ask(code)
    assert (answer["state"], answer["office"]) == ("other_office", "Kelurahan Handil Bakti"), answer
    assert rig.ask(code, f"{OTHER}-1")["state"] == "due"


def an_early_one_is_due_later_and_a_late_one_is_not_used(rig):
    code, began = rig.book("11.00"), rig.now
    assert rig.ask(code)["state"] == "early"
    rig.restart(began + datetime.timedelta(minutes=31))
    assert rig.ask(code)["state"] == "due"
    other = rig.book("11.00")
    rig.restart(began + datetime.timedelta(hours=2))
    assert rig.ask(other)["state"] == "late" and rig.row(other)["kiosk"] == ""
    assert rig.ask(code)["state"] == "due"  # this kiosk's, which never told of its number
    rig.restart(began)


def what_is_not_known_tells_nothing(rig):
    person = rig.browser()
    code = take(person, f"{rig.day(1)} 14.00")
    assert post(person, f"/antrean/{code}").status == 200
    assert rig.ask(code) == rig.ask("0000-0000") == {"state": "not_found"}
    person.close()


def codes_are_not_guessed(rig):
    public, _ = box_keys()

    def guess(number):
        letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        for check in letters:
            query = {"kind": "booking", "code": f"0000-{number:03d}{check}", "reply_key": public.hex()}
            answer = rig.kiosks[f"{OTHER}-1"].ask(
                "POST", "/api/v1/lookups", seal(rig.portal.seal_key, json.dumps(query).encode()), {})
            if answer.status != 400:  # else the check letter is wrong
                return answer.status
        raise AssertionError(number)

    statuses = [guess(number) for number in range(20)]
    assert statuses[0] == 200 and statuses[-1] == 429, statuses


def it_ends_when_asked(rig):
    for kiosk in rig.kiosks.values():
        kiosk.close()
    assert rig.portal.stop() == 0


def main():
    rig = Rig(tap.words())

    def close():
        rig.portal.process.kill()
        rig.portal.remove()
        rig.offices.cleanup()

    return tap.run(sys.modules["__main__"], "rig", rig, close)


if __name__ == "__main__":
    sys.exit(main())
