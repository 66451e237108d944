#!/usr/bin/python3
"""Visits one after another while programs die at any moment. Prints TAP.

    storm.py BUILD [--visits 100] [--seed N] [--pause 3.5] [--keep]

Each visitor takes a number or files a proposal by real touches; meanwhile the desk, the face and
the portal are killed or stopped, and the printer runs out of paper, loses its line or its power,
at moments that the seed chooses. When the weather is fine again it is counted: what the screen
called saved is at the portal once, numbers are unique, without a gap, and shown to one visitor
each; no number came out of the printer twice but as a copy, and what the office notes as printed
is on paper. CI has no time for it: a hundred visits take a quarter of an hour.
"""
import argparse
import base64
import collections
import pathlib
import random
import re
import signal
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from stage import Office, StageError  # noqa: E402

NUMBER, CODE = re.compile(r"[A-E]-\d{3}"), re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
SAVED = "Permohonan Anda tersimpan"
ON_PAPER = {"ticket": "Ambil kertas di bawah layar", "done": "Ambil tanda terima di bawah layar."}
SLIPS = pathlib.Path(__file__).resolve().parents[2] / "kiosk/desk/slips_parts.h"
SELECTED = 2  # of ui/ui.h
PATIENCE = 45  # seconds that a visit may take in this weather


class Gone(Exception):
    """The face died under the visitor's fingers."""


class Weather:
    """Breaks one thing after another, and mends it, in the thread to which the programs belong (they
    end with it)."""

    def __init__(self, office, random_numbers, pause):
        self.office, self.random, self.pause = office, random_numbers, pause
        self.over, self.done = threading.Event(), collections.Counter()

    def blow(self):
        """Until it is over; then all is whole."""
        deeds = [self.kill_desk] * 6 + [self.kill_face] + [self.kill_portal] * 2 + \
            [self.hold] * 4 + [self.printer] * 3 + [self.lie]
        while not self.over.wait(self.random.expovariate(1 / self.pause)):
            self.mend_printer()
            self.random.choice(deeds)()
        self.mend_printer()
        self.office.portal_do("honest")

    def mend_printer(self):
        """Also what an earlier order did to it later."""
        for order in ("paper-in", "cover-close", "resume", "on"):
            self.office.printer_do(order)

    def later(self, most):
        self.over.wait(self.random.uniform(0, most))

    def die(self, name, most):
        self.done[f"{name} killed"] += 1
        self.office.programs.pop(name).stop(signal.SIGKILL)
        self.later(most)

    def kill_desk(self):
        self.die("desk", 2)
        self.office.start_desk()

    def kill_face(self):
        self.die("face", 0.5)
        self.office.start_face()

    def kill_portal(self):
        self.die("portal", 4)
        for _ in range(5):  # its port may be another connection's end for a moment
            try:
                self.office.start_portal()
                return
            except StageError:
                time.sleep(1)
        raise StageError("the portal does not come back")

    def hold(self):
        name = self.random.choice(["desk", "face", "portal", "printer"])
        self.done[f"{name} held"] += 1
        process = self.office.programs[name].process
        process.send_signal(signal.SIGSTOP)
        self.later(3)
        process.send_signal(signal.SIGCONT)

    def printer(self):
        wrong = self.random.choice(
            ["paper-out", "cover-open", "stall", "off", f"die-at {self.random.randrange(1, 40000)}",
             f"unplug-at {self.random.randrange(1, 40000)}"])
        self.done[f"printer {wrong.split()[0]}"] += 1
        self.mend_printer()
        self.office.printer_do(wrong)
        self.later(4)
        self.mend_printer()

    def lie(self):
        kind = self.random.choice(["500", "html", "closed", "huge", "204", "302", "claim"])
        known = self.office.portal_say("lies")["lies"]
        kind = kind if kind in known else self.random.choice(known)
        if kind in ("401", "403", "hang", "unauthorised", "barred"):
            return  # by these the kiosk stops or waits until a person acts
        self.done["portal lied"] += 1
        self.office.portal_say(f"lie {kind} 2")


class Visitor:
    """Does what the screen offers until the visit is over; notes what it was told."""

    def __init__(self, office, told):
        self.office, self.told, self.face = office, told, None

    def screen(self):
        """Of the face that was there when the visit began."""
        nodes = self.office.nodes
        if nodes is not self.face[0] or not self.face[1].alive():
            raise Gone
        return nodes.update(0.02)

    def wait_for_face(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            program, nodes = self.office.programs.get("face"), self.office.nodes
            if program and nodes and nodes.latest and program.alive():
                self.face = (nodes, program)
                return
            time.sleep(0.05)
        raise StageError("no face comes back")

    def press(self, screen, *labels):
        """The first of these that can be pressed; False: none."""
        for label in labels:
            for node in screen["nodes"]:
                if node.get("press") and re.fullmatch(label, node["label"]):
                    x, y, width, height = node["rect"]
                    self.office.x.tap(x + width // 2, y + height // 2, 0.02)
                    return True
        return False

    def note(self, visit, screen):
        """What this screen promises."""
        texts = [node["label"] for node in screen["nodes"]] + \
            [node["value"] for node in screen["nodes"] if node.get("value")]
        place = screen["place"]
        self.told.sentences.update({(place, text) for text in texts})
        if place in ("ticket", "ticket_failed", "done"):
            for number in filter(NUMBER.fullmatch, texts):
                visit.numbers.add(number)
        if place == "done":
            assert SAVED in texts, texts
            visit.codes |= set(filter(CODE.fullmatch, texts))
        visit.printed |= place in ON_PAPER and ON_PAPER[place] in texts

    def act(self, visit, screen):
        place, cover = screen["place"], screen["cover"]
        if cover != "none":
            return self.press(screen, "Ya, saya masih di sini.*", "Masih di sini.*", "Tutup", "Kembali.*")
        if place == "home":
            return self.press(screen, "Ambil nomor antrean" if visit.number else "Pengaduan dan usul")
        if place == "queues":
            return self.press(screen, "Surat keterangan.*")
        if place in ("ticket", "ticket_failed", "done"):
            settled = time.monotonic() - visit.at_end > 6 or visit.printed
            return settled and self.press(screen, "Selesai", "Sudah saya catat")
        if place == "survey":
            return self.press(screen, "Lewati")
        if place == "question" and any(node["role"] == "field" and node["label"] != "Cari"
                                       for node in screen["nodes"]):
            return self.write(visit, screen)
        if place in ("question", "review") and not any(node["flags"] & SELECTED for node in screen["nodes"]):
            return self.press(screen, "Aspirasi.*", "Sampah.*", "Ya.*", "Saya menyatakan.*", "Lanjut")
        return self.press(screen, "Mulai mengisi", "Kirim.*", "Lanjut", "Simpan", "Coba lagi", "Selesai",
                          "Ambil lagi")

    def settle(self):
        """Until the face has drawn nothing for a moment: it may be held just now."""
        end, frames = time.monotonic() + 1, -1
        while time.monotonic() < end and frames != self.office.nodes.frames:
            frames = self.office.nodes.frames
            self.screen()
            time.sleep(0.06)
            self.screen()

    def write(self, visit, screen):
        value = next(node["value"] or "" for node in screen["nodes"] if node["role"] == "field")
        if value.lower() == visit.text:
            return self.press(screen, "Lanjut")
        if not visit.text.startswith(value.lower()):
            return self.press(screen, "Hapus")
        keys = {node["label"].lower(): node["rect"] for node in screen["nodes"] if node["role"] == "key"}
        for letter in visit.text[len(value):]:  # one after the other, as keys stay where they are
            x, y, width, height = keys["spasi" if letter == " " else letter]
            self.office.x.tap(x + width // 2, y + height // 2, 0.01)
        return True

    def play(self, visit):
        self.wait_for_face()
        end, before = time.monotonic() + PATIENCE, None
        while time.monotonic() < end:
            screen = self.screen()
            if not screen or screen == before and time.monotonic() < visit.next:
                continue
            self.note(visit, screen)
            if screen["place"] != visit.place:
                visit.place = screen["place"]
                if visit.place in ("ticket", "ticket_failed", "done") and not visit.at_end:
                    visit.at_end = time.monotonic()
            if visit.at_end and screen["place"] in ("home", "resting"):
                return True
            if screen["place"] == "sorry":
                self.press(screen, "Selesai")
                return False
            self.act(visit, screen)
            self.settle()
            before, visit.next = self.screen(), time.monotonic() + 0.4
        fields = [node["value"] for node in screen["nodes"] if node["role"] == "field"]
        labels = [node["label"] for node in screen["nodes"] if node["role"] != "key"]
        raise StageError(f"a visit does not end: {screen['place']}/{screen['cover']} {visit.text!r} "
                         f"{fields} {labels}")


class Visit:
    def __init__(self, index, number):
        self.index, self.number = index, number
        letters = "abcdefghij"
        self.text = "usul " + "".join(letters[int(digit)] for digit in f"{index:04d}") + " taman bermain"
        self.numbers, self.codes, self.printed = set(), set(), False
        self.at_end, self.place, self.next, self.ended = 0, None, 0, "?"


class Told:
    def __init__(self):
        self.sentences = set()


def settle(office):
    """All that was saved is away, and the numbers with it."""
    office.await_ctl()
    end = time.monotonic() + 60
    while time.monotonic() < end:
        office.ctl("send-now")
        time.sleep(0.5)
        if not any(row["state"] == "waiting" for row in office.outbox_list()):
            before = office.tickets()
            time.sleep(2)
            office.ctl("send-now")
            time.sleep(1)
            if office.tickets() == before:
                return
    raise StageError(f"not all is delivered: {office.outbox_list()}")


def judge(office, visits):
    """What does not fit together, as sentences."""
    wrong, rows = [], office.rows() + office.rows(0)
    known = collections.Counter(row["code"] for row in office.rows())
    texts = collections.Counter(row["answers"].get("uraian", "").lower() for row in office.rows())
    for visit in visits:
        for code in visit.codes:
            if known[code] != 1:
                wrong.append(f"visit {visit.index}: {code} was called saved and is there {known[code]} times")
        if len(visit.codes) > 1 or len(visit.numbers) > 1:
            wrong.append(f"visit {visit.index}: {visit.codes} {visit.numbers}")
        if visit.codes and texts[visit.text] != 1:
            wrong.append(f"visit {visit.index}: its text is there {texts[visit.text]} times")
    wrong += [f"{text!r} is in force {count} times" for text, count in texts.items() if count > 1]
    seqs = sorted(row["seq"] for row in rows)
    if seqs != list(range(1, len(seqs) + 1)):
        wrong.append(f"the sequence has a gap: {seqs}")
    numbers = collections.defaultdict(list)
    for ticket in office.tickets():
        numbers[ticket["day"], ticket["letter"]].append(ticket["number"])
    for series, given in numbers.items():
        if sorted(given) != list(range(1, len(given) + 1)):
            wrong.append(f"numbers {series}: {sorted(given)}")
    shown = collections.Counter(number for visit in visits for number in visit.numbers)
    held = collections.Counter(f"{ticket['letter']}-{ticket['number']:03d}" for ticket in office.tickets())
    wrong += [f"{number} was shown to {count} visitors, the portal knows {held[number]}"
              for number, count in shown.items() if count > held[number]]
    if any(row["state"] not in ("delivered", "forgotten") for row in office.outbox_list()):
        wrong.append(f"the outbox: {office.outbox_list()}")
    return wrong


def number_of(token):
    """The queue number in a slip's token; None: it is a receipt's."""
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    if raw[0] != 1:
        return None
    return f"{raw[7:10].rstrip(bytes(1)).decode()}-{raw[10] << 8 | raw[11]:03d}"


def judge_paper(office):
    """The slips: each of them decodes; an original of a number came out once."""
    wrong, originals, copies, torn = [], collections.Counter(), collections.Counter(), 0
    tall = dict(re.findall(r"\b([A-Z]+) = (\d+)", SLIPS.read_text()))["TITLE"]  # as the desk writes now
    for slip in office.slips():
        try:
            token = office.check_slip(slip).partition("/t/#")[2]
        except StageError:
            torn += 1  # its end is missing: cut off by a fault
            continue
        copy = office.has_line(slip, "box", tall, "bold", "SALINAN")
        (copies if copy else originals)[token] += 1
    wrong += [f"{count} originals with one code ({token[:12]}...)" for token, count in originals.items()
              if count > 1]
    papers = {number_of(token) for token in originals + copies}
    for ticket in office.tickets():
        number = f"{ticket['letter']}-{ticket['number']:03d}"
        if ticket["print"] == "printed" and number not in papers:
            wrong.append(f"{number} is noted as printed, and no slip shows it")
    return wrong, f"{sum(originals.values())} originals, {sum(copies.values())} copies, {torn} torn"


def come(office, arguments, told, visits, over):
    """One visitor after the other."""
    chance = random.Random(arguments.seed)
    for index in range(arguments.visits):
        if over.is_set():
            return
        visit = Visit(index, chance.random() < 0.6)
        visits.append(visit)
        try:
            visit.ended = "whole" if Visitor(office, told).play(visit) else "sorry"
        except Gone:
            visit.ended = "face died"
        except Exception as error:
            visit.ended = f"fault: {error!r}"
        if arguments.keep:
            print(f"# {index}: {visit.ended} {visit.numbers or visit.codes} at {visit.place}", flush=True)
    over.set()


def storm(build, folder, arguments):
    office = Office(build, folder, recent="0", speed="400", done="5")
    told, visits, ends = Told(), [], collections.Counter()
    office.start()
    weather = Weather(office, random.Random(arguments.seed + 1), arguments.pause)
    people = threading.Thread(target=come, args=(office, arguments, told, visits, weather.over))
    people.start()
    try:
        weather.blow()
    finally:
        weather.over.set()
        people.join()
    ends.update(visit.ended for visit in visits)
    settle(office)
    paper, slips = judge_paper(office)
    wrong = judge(office, visits) + paper
    wrong += [f"visit {visit.index}: {visit.ended}" for visit in visits if visit.ended.startswith("fault")]
    dead = [name for name, program in office.programs.items() if not program.alive()]
    wrong += [f"{name} had died by itself" for name in dead]
    print(f"# seed {arguments.seed}: {dict(ends)}; {dict(weather.done)}; {len(office.rows())} requests, "
          f"{len(office.tickets())} numbers, {slips}")
    if arguments.keep:
        for place, text in sorted(told.sentences):
            print(f"# said at {place}: {text}")
    return office, wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--visits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--pause", type=float, default=3.5, help="seconds between two faults")
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="anjungan-storm-"))
    office, wrong = None, []
    try:
        office, wrong = storm(arguments.build, folder, arguments)
    except StageError as error:
        wrong = [str(error)]
    print("1..1")
    print("not ok" if wrong else "ok", "1 - what was said in the storm is true")
    for line in wrong:
        print("#", line)
    if office:
        if wrong:
            print(office.story(), file=sys.stderr)
        office.stop(quiet=True)
        if not (wrong or arguments.keep):
            office.remove()
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
