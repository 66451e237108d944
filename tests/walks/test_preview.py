"""anjungan --preview: an author opens one service of a folder in a window, without configuration,
desk or portal. Usage: test_preview.py BUILD. Prints TAP.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from stage import SOURCE, Office, listening_socket  # noqa: E402
from walk import Player  # noqa: E402
from xserver import XServer  # noqa: E402


BESIDE, ABOVE = 200, 300  # of the window, which stands in the middle of the screen


class Hand(Player):
    def at(self, node):
        x, y = super().at(node)
        return x + BESIDE, y + ABOVE

    def expand(self, text):
        return text  # no portal's key


class Author(Office):
    """A folder with a new service, and the face alone."""

    def __init__(self, build, folder):
        super().__init__(build, folder)
        self.catalogue = self.folder / "catalogue"
        shutil.copytree(SOURCE / "assets/catalogue", self.catalogue)
        (self.folder / "icons").symlink_to(SOURCE / "assets/icons")
        shutil.copy(SOURCE / "tests/walks/catalogue/lapak.json", self.catalogue / "services")
        self.edit("catalogue.json", lambda head: head["services"].append("lapak"))
        width, height, _ = self.panel
        self.x = XServer(width + 2 * BESIDE, height + 2 * ABOVE)
        self.listener = listening_socket(self.door)  # no preview listens there
        self.wanted = []

    def edit(self, name, change):
        path = self.catalogue / name
        value = json.loads(path.read_text())
        change(value)
        path.write_text(json.dumps(value, indent=1))

    def face_command(self, bare=False):
        return [str(self.build / "kiosk/anjungan"), *self.wanted]

    def open(self, *words):
        if "face" in self.programs:
            self.programs.pop("face").stop()
        width, height, mm = self.panel
        panel = self.folder / "panel.ini"  # where touches are to fall
        panel.write_text(f"[panel]\nwidth_px = {width}\nheight_px = {height}\nwidth_mm = {mm}\n")
        self.wanted = ["--config", panel, "--preview", *words, "--catalogue", self.catalogue]
        self.wanted = [str(word) for word in self.wanted]
        self.start_face()
        self.settle(0.5)  # the window is put in its place
        return Hand(self, None)

    def says(self, *words):
        done = subprocess.run([self.build / "kiosk/anjungan", *words], capture_output=True, text=True,
                              env=self.face_environment(), timeout=20)
        return done.returncode, done.stderr


def it_opens_that_service(author):
    player = author.open("lapak")
    player.expect_place("service")
    player.expect_label('"Izin lapak pasar malam"')
    player.expect_label('"Pratinjau: tidak dikirim"')


def its_form_is_filled_and_not_sent(author):
    player = author.open("lapak")
    player.tap('"Mulai mengisi"')
    player.tap('"Lanjut"')
    player.expect_label('"Apa yang Anda jual?"')
    player.type("Sate ayam")
    player.tap('"Lanjut"')
    player.tap('"Ya"')
    player.tap('"Lanjut"')
    player.expect_place("review")
    player.tap('"Saya menyatakan..."')
    player.tap('"Kirim..."')
    player.expect_label('"...belum..."')
    assert author.said("face", "preview: the request would be saved and sent now")


def it_begins_in_a_language(author):
    player = author.open("lapak", "--language", "en")
    player.expect_label('"Night market stall"')


def no_number_is_taken(author):
    player = author.open("ktp")
    player.tap('"Kembali"')
    player.expect_place("group")
    player.tap('"Ambil nomor antrean..."')
    player.tap('"Kependudukan..."')
    player.expect_label('"Maaf, nomor belum bisa diambil"')
    assert author.said("face", "preview: a number would be taken and printed now")


def no_bill_is_looked_up(author):
    player = author.open("ktp")
    player.tap('"Kembali"')
    player.tap('"Kembali"')
    player.tap('"Pajak Bumi dan Bangunan (PBB)"')
    player.type("647202100100100010")
    player.tap('"Lanjut"')
    player.tap('"2025"')
    player.expect_place("bill")
    assert author.said("face", "preview: the portal would be asked now")


def a_fault_is_named(author):
    author.edit("services/lapak.json", lambda value: value.update(code="lapak"))
    code, said = author.says("--preview", "lapak", "--catalogue", str(author.catalogue))
    author.edit("services/lapak.json", lambda value: value.update(code="LAPAK"))
    assert code == 1 and "catalogue/services/lapak.json:2: code: A-Z" in said, (code, said)


def what_is_not_there_is_said(author):
    code, said = author.says("--preview", "nikah", "--catalogue", str(author.catalogue))
    assert code == 1 and "no service 'nikah'" in said and " aduan " in said and " lapak" in said, (code, said)
    code, said = author.says("--preview", "sku", "--catalogue", "/nonexistent")
    assert code == 1 and "catalogue.json: the file is missing" in said, (code, said)


def wrong_words_are_wrong_usage(author):
    for words in (["--catalogue", "x"], ["--language", "en"], ["--preview"],
                  ["--preview", "sku", "--language", "nl"]):
        code, said = author.says(*words)
        assert code == 2, (words, code, said)
    code, _ = author.says("--help")
    assert code == 0


CASES = (it_opens_that_service, its_form_is_filled_and_not_sent, it_begins_in_a_language,
         no_number_is_taken, no_bill_is_looked_up, a_fault_is_named, what_is_not_there_is_said,
         wrong_words_are_wrong_usage)


def main():
    failed = False
    folder = pathlib.Path(tempfile.mkdtemp(prefix="anjungan-preview-"))
    author = Author(sys.argv[1], folder)
    print(f"1..{len(CASES)}")
    try:
        for number, case in enumerate(CASES, 1):
            try:
                case(author)
                print("ok", number, "-", case.__name__.replace("_", " "))
            except Exception as error:  # noqa: BLE001
                failed = True
                print("not ok", number, "-", case.__name__.replace("_", " "))
                print("#  ", repr(error)[:600])
            sys.stdout.flush()
    finally:
        author.stop(quiet=True)
        author.remove()
    return 1 if failed else 0


sys.exit(main())
