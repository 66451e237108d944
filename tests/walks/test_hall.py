"""The counters of an office: two officers in real browsers, residents at a real kiosk, and every
program between them. Usage: test_hall.py BUILD [SHOTS]. Prints TAP.
"""
import pathlib
import socket
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from stage import Office, StageError  # noqa: E402
from walk import Player  # noqa: E402
import browser  # noqa: E402, whose folder stage knows

PIN = "482916"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Hall:
    """An office with a hall, and two officers who may sign in."""

    def __init__(self, build, folder, shots):
        self.office = Office(build, folder, recent="0")
        self.shots, self.count = shots, 0
        self.port = free_port()
        self.certificate = self.office.folder / "hall.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", "/CN=anjungan",
                        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                        self.office.folder / "hall-key.pem", "-out", self.certificate],
                       check=True, capture_output=True)
        self.office.start()
        with open(self.office.folder / "anjungan.ini", "a", encoding="utf-8") as configuration:
            configuration.write(f"[hall]\nport = {self.port}\ncertificate = {self.certificate}\n"
                                f"key = {self.office.folder / 'hall-key.pem'}\n")
        for name in ("siti", "budi"):
            done = self.ctl("officer", "set", name, said=PIN + "\n")
            if done.returncode != 0:
                raise StageError(done.stderr)
        self.start()
        self.browser = browser.Browser(self.certificate)
        self.resident = Player(self.office, None)

    def start(self):
        self.office.run_program("hall", [self.office.build / "kiosk/anjungan-hall", "--config",
                                         self.office.folder / "anjungan.ini"])

    def ctl(self, *words, said=None):
        return subprocess.run([self.office.build / "kiosk/anjunganctl", "--config",
                               self.office.folder / "anjungan.ini", *words], capture_output=True,
                              text=True, input=said)

    def code(self):
        return self.ctl("counter-code").stdout.splitlines()[0]

    def tab(self, officer, counter):
        """A browser of the office: paired, and somebody signed in."""
        tab = self.browser.tab()
        tab.open(f"https://127.0.0.1:{self.port}/")
        tab.wait_for("Sambungkan komputer ini")
        tab.fill("Nama komputer ini", f"Komputer loket {counter}")
        tab.fill("Kode", self.code())
        tab.press("Sambungkan")
        tab.wait_for("Nama petugas")
        self.sign_in(tab, officer, counter, PIN)
        tab.wait_for(f"Loket {counter} · {officer}")
        return tab

    @staticmethod
    def sign_in(tab, officer, counter, pin):
        for name, value in (("counter", counter), ("officer", officer)):
            tab.run(f"document.getElementById('sign-{name}').value = '{value}'")
        tab.fill("PIN", pin)
        tab.press("Masuk")

    def shot(self, tab, name):
        self.count += 1
        if self.shots:
            tab.shot(self.shots / f"{self.count:02d}-{name}.png")

    def number(self, queue, again=False):
        self.resident.tap('"Ambil nomor antrean"')
        self.resident.tap(f'"{queue}..."')
        if again:
            self.resident.tap('"Ambil lagi"')
        self.resident.finish("")

    def stop(self):
        self.browser.close()
        self.office.programs.pop("hall").stop()
        self.office.stop()
        self.office.remove()


def at(tab, node):
    return tab.run(f"document.getElementById('{node}').innerText")


def until_true(tab, script):
    tab.run(f"""new Promise((good, bad) => {{
      const end = Date.now() + 10000;
      const look = () => {{
        if ({script}) good(true);
        else if (Date.now() > end) bad(new Error(document.body.innerText));
        else setTimeout(look, 20);
      }};
      look();
    }})""")


def until_at(tab, node, words):
    until_true(tab, f"document.getElementById('{node}').innerText.includes('{words}')")


def numbers_are_called(hall):
    """From the kiosk to the counter and back: the number on the officer's page, the calls, the
    end, and the next one."""
    siti = hall.tab("siti", 1)
    hall.siti = siti
    hall.shot(siti, "empty")
    hall.number("Surat keterangan")
    until_at(siti, "waiting", "A-001")
    siti.press("Panggil berikutnya")
    until_at(siti, "number", "A-001")
    hall.shot(siti, "called")
    siti.press("Panggil lagi")
    until_at(siti, "about", "panggilan ke-2")
    siti.press("Selesai")
    until_at(siti, "figures", "1 selesai")
    until_at(siti, "number", "–")


def two_officers_never_have_one_number(hall):
    budi = hall.tab("budi", 2)
    hall.budi = budi
    hall.number("Kependudukan")
    hall.number("Kependudukan")
    for tab in (hall.siti, budi):
        until_at(tab, "waiting", "B-002")
    both = "document.getElementById('next').click()"
    hall.siti.run(both)
    budi.run(both)
    for tab in (hall.siti, budi):
        until_at(tab, "number", "B-")
    shown = sorted(at(tab, "number") for tab in (hall.siti, budi))
    if shown != ["B-001", "B-002"]:
        raise StageError(f"at the counters are {shown}")
    # And both press for the same one in a list.
    hall.number("Kependudukan")
    for tab in (hall.siti, budi):
        until_at(tab, "waiting", "B-003")
        tab.press("Selesai")
        until_at(tab, "number", "–")
    for tab in (hall.siti, budi):  # taken hold of before either page hears of the other's press
        tab.run("window.held = document.querySelector('#waiting button'); null")
    for tab in (hall.siti, budi):
        tab.run("window.held.click()")
    until_at(budi, "figures", "3 selesai")
    for tab in (hall.siti, budi):
        until_at(tab, "waiting-count", "(0)")
    shown = sorted(at(tab, "number") for tab in (hall.siti, budi))
    if shown != ["B-003", "–"]:
        raise StageError(f"at the counters are {shown}")


def help_is_called_and_answered(hall):
    hall.resident.tap('"Bantuan"')
    hall.resident.tap('"Panggil petugas..."')
    hall.siti.wait_for("Pengunjung di anjungan meminta bantuan")
    hall.shot(hall.siti, "help")
    hall.siti.press("Saya ke sana")
    until_at(hall.siti, "help", "")
    hall.resident.tap('"Tutup"')


def the_desk_goes_and_comes(hall):
    hall.office.program_do("desk", "kill")
    hall.siti.wait_for("Anjungan sedang tidak terhubung")
    hall.office.program_do("desk", "start")
    for tab in (hall.siti, hall.budi):
        until_true(tab, "document.getElementById('away').hidden")
    until_at(hall.siti, "figures", "4 nomor diambil")
    hall.siti.expect("Loket 1 · siti")


def pins_are_counted(hall):
    hall.budi.press("Keluar")
    hall.budi.wait_for("Nama petugas")
    for _ in range(5):
        hall.sign_in(hall.budi, "budi", 2, "000000")
        hall.budi.wait_for("Tidak cocok")
        hall.budi.run("document.getElementById('said').hidden = true")
    hall.sign_in(hall.budi, "budi", 2, PIN)
    hall.budi.wait_for("Terlalu banyak PIN salah. Coba lagi 60 menit lagi.")


def nobody_else_gets_in(hall):
    stranger = hall.browser.tab()
    stranger.open(f"https://127.0.0.1:{hall.port}/")
    stranger.wait_for("Sambungkan komputer ini")
    for path in ("/api/next", "/api/do", "/api/sign-in", "/api/void"):
        status = stranger.run(f"fetch('{path}', {{method: 'POST', headers: {{'X-Anjungan': '1'}}, "
                              "body: '{}'}).then((one) => one.status)")
        if status != 401:
            raise StageError(f"{path} answers a stranger {status}")
    if stranger.run("fetch('/api/events').then((one) => one.status)") != 401:
        raise StageError("a stranger hears what is called")
    hall.siti.run("document.getElementById('said').hidden = true")
    status = hall.siti.run("fetch('/api/next', {method: 'POST', body: '{}'}).then((one) => one.status)")
    if status != 403:
        raise StageError(f"a form of another site is answered {status}")


CASES = [numbers_are_called, two_officers_never_have_one_number, help_is_called_and_answered,
         the_desk_goes_and_comes, pins_are_counted, nobody_else_gets_in]


def main():
    shots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
    hall = Hall(sys.argv[1], tempfile.mkdtemp(prefix="anjungan-hall-"), shots)
    failed = 0
    try:
        for number, case in enumerate(CASES, 1):
            try:
                case(hall)
                print(f"ok {number} - {case.__name__.replace('_', ' ')}", flush=True)
            except (StageError, browser.BrowserError):
                failed += 1
                print(f"not ok {number} - {case.__name__.replace('_', ' ')}")
                print("\n".join("# " + line for line in traceback.format_exc().splitlines()[-3:]),
                      flush=True)
    finally:
        print(f"1..{len(CASES)}")
        if failed:
            print(hall.office.story(), file=sys.stderr)
        hall.stop()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
