"""The page for photos in a real browser without a screen: several photos, a line that breaks, a
page that is closed, no script, and a page fit for every phone. Prints TAP.

    photos_browser.py PROGRAM CATALOGUE [--shots FOLDER]
"""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from browser import OFFICE, PHONE, Browser  # noqa: E402
from contract import make_token  # noqa: E402
from people import Office, aduan_document  # noqa: E402
from people_browser import LOOK, NARROW  # noqa: E402
from pictures import KINDS, png  # noqa: E402
import tap  # noqa: E402


class Rig(Office):
    def __init__(self, arguments, shots):
        super().__init__(*arguments, officers=("siti",))
        self.browser = Browser(self.portal.folder / "server.pem")
        self.shots, self.files = shots, self.portal.folder / "files"
        self.files.mkdir()

    def page(self, document, language=""):
        tab = self.browser.tab(PHONE)
        tab.open(self.url(f"/unggah/{document['photos']}{language}"))
        return tab

    def file_of(self, name, data):
        path = self.files / name
        path.write_bytes(data)
        return path

    def held(self, document):
        return [row for row in self.portal.say("dump")["photos"] if row["code"] == document["code"]]

    def look(self, tab, name):
        """Is this page fit for people, at every width?"""
        for width, size in (("narrow", NARROW), ("phone", PHONE), ("office", OFFICE)):
            tab.resize(size)
            found = tab.run(LOOK.replace("WIDTH", str(size[0])))
            assert not found, (name, width, found)
            assert not tab.complaints, tab.complaints
            if self.shots:
                tab.shot(self.shots / f"{name}-{width}.png")
        tab.resize(PHONE)

    def close(self):
        self.browser.close()
        super().close()


def slowly(tab, kilobytes):
    """A line of so many KiB a second; None: as it is."""
    tab.ask("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1,
            uploadThroughput=-1 if kilobytes is None else kilobytes * 1024)


def cut(tab):
    tab.ask("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0,
            uploadThroughput=0)


def in_days(days):
    """That day at the office, as the page writes it."""
    months = ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November "
              "Desember").split()
    then = time.gmtime(time.time() + 8 * 3600 + days * 86400)
    return f"{then.tm_mday} {months[then.tm_mon - 1]} {then.tm_year}"


def until(truth, what):
    end = time.monotonic() + 20
    while not truth():
        assert time.monotonic() < end, what() if callable(what) else what
        time.sleep(0.03)


def several_photos_are_sent_and_counted(rig):
    document = rig.file(aduan_document)
    tab = rig.page(document)
    tab.expect("Pengaduan, usul, dan pertanyaan", "Foto tempat kejadian", "0 dari 6 foto",
               "Foto diterima sampai " + in_days(7))
    rig.look(tab, "awal")
    assert not tab.has("Kirim"), "with script the choice is enough"
    tab.choose("Pilih foto", [rig.file_of("satu.png", png(64)), rig.file_of("dua.jpg", KINDS["image/jpeg"]),
                              rig.file_of("tiga.png", png(64, (200, 0, 0), 600000))])
    tab.wait_for("3 dari 6 foto sudah diterima.")
    assert tab.text().count("Diterima") == 3, tab.text()
    assert sorted(row["type"] for row in rig.held(document)) == ["image/jpeg", "image/png", "image/png"]
    assert tab.run("[...document.images].every((one) => one.naturalWidth === 64)"), "no thumbnail"
    assert tab.run("[...document.querySelectorAll('progress')].every((bar) => bar.value === bar.max)")
    rig.look(tab, "terkirim")
    # on another phone nothing of them is seen but how many there are
    other = rig.page(document)
    other.expect("3 dari 6 foto")
    assert other.run("document.images.length") == 0


def what_is_not_a_photo_is_named_and_the_others_go_on(rig):
    document = rig.file(aduan_document)
    tab = rig.page(document)
    tab.choose("Pilih foto", [rig.file_of("surat.jpg", b"%PDF-1.7 " + bytes(99)),
                              rig.file_of("besar.png", png(8, size=8 * 1024 * 1024 + 1)),
                              rig.file_of("baik.png", png())])
    tab.wait_for("1 dari 6 foto sudah diterima.")
    tab.expect("bukan foto JPEG, PNG, WebP, atau HEIC", "lebih besar dari 8 MB", "Diterima")
    rig.look(tab, "salah")
    tab.choose("Pilih foto", [rig.file_of(f"{n}.png", png(8, (n, n, n))) for n in range(7)])
    tab.wait_for("6 dari 6 foto sudah diterima.")
    tab.wait_for("Foto sudah sebanyak yang bisa diterima.")
    assert len(rig.held(document)) == 6


def a_line_that_breaks_costs_one_part(rig):
    document = rig.file(aduan_document)
    tab = rig.page(document)
    slowly(tab, 1024)
    tab.choose("Pilih foto", [rig.file_of("panjang.png", png(8, size=1500000))])
    until(lambda: rig.held(document) and rig.held(document)[0]["received"] >= 256 * 1024, "nothing comes")
    cut(tab)
    tab.wait_for("Menunggu jaringan. Dilanjutkan sendiri.")
    rig.look(tab, "terputus")
    here = rig.held(document)[0]
    assert 0 < here["received"] < here["size"] and here["done_at"] == 0, here
    slowly(tab, None)
    tab.run("dispatchEvent(new Event('online'))")
    tab.wait_for("1 dari 6 foto sudah diterima.")
    assert [(row["received"], row["done_at"] > 0) for row in rig.held(document)] == [(1500000, True)]


def a_page_that_was_closed_goes_on_with_the_same_photo(rig):
    document = rig.file(aduan_document)
    tab, path = rig.page(document), rig.file_of("lagi.png", png(8, (1, 2, 3), 1200000))
    slowly(tab, 512)
    tab.choose("Pilih foto", [path])
    until(lambda: rig.held(document) and rig.held(document)[0]["received"] > 0, "nothing comes")
    tab.open("about:blank")
    time.sleep(0.3)
    before = rig.held(document)[0]["received"]
    assert before < 1200000, "it was whole already"
    slowly(tab, None)
    tab.open(rig.url(f"/unggah/{document['photos']}"))
    tab.choose("Pilih foto", [path])
    tab.wait_for("1 dari 6 foto sudah diterima.")
    assert [row["size"] for row in rig.held(document)] == [1200000], rig.held(document)
    tab.choose("Pilih foto", [path])  # and once more it is the same
    tab.wait_for("Diterima")
    time.sleep(0.2)
    assert len(rig.held(document)) == 1


def without_script_it_is_a_form(rig):
    document = rig.file(aduan_document)
    tab = rig.browser.tab(PHONE)
    tab.ask("Emulation.setScriptExecutionDisabled", value=True)
    tab.open(rig.url(f"/unggah/{document['photos']}"))
    tab.choose("Pilih foto", [rig.file_of("satu.png", png())])
    tab.follow("Kirim")
    tab.expect("1 dari 6 foto sudah diterima.")
    tab.choose("Pilih foto", [rig.file_of("surat.jpg", b"%PDF-1.7 " + bytes(99))])
    tab.follow("Kirim")
    assert tab.status == 415
    tab.expect("Berkas ini bukan foto", "1 dari 6 foto sudah diterima.")
    tab.choose("Pilih foto", [rig.file_of("dua.jpg", KINDS["image/jpeg"])])
    tab.follow("Kirim")
    tab.expect("2 dari 6 foto sudah diterima.")
    tab.follow("English")
    tab.expect("2 of 6 photos received.", "Choose photos")
    tab.choose("Choose photos", [rig.file_of("tiga.png", png(9))])
    tab.follow("Send")
    tab.expect("3 of 6 photos received.")


def before_the_request_has_come_it_says_so(rig):
    tab = rig.page({"photos": "0" * 32})
    assert tab.status == 404
    tab.expect("Permohonan ini belum sampai di kantor.", "Coba lagi nanti dengan QR yang sama.")
    rig.look(tab, "menyusul")
    tab.follow("English")
    tab.expect("This request has not reached the office yet.")


def who_filed_in_english_reads_english(rig):
    document = rig.file(aduan_document, language="en")
    tab = rig.page(document)
    tab.expect("Complaints, ideas and questions", "Photos of the place", "0 of 6 photos received.")
    tab.choose("Choose photos", [rig.file_of("satu.png", png())])
    tab.wait_for("1 of 6 photos received.")
    tab.expect("Received")
    tab.follow("Bahasa Indonesia")
    tab.expect("1 dari 6 foto sudah diterima.")


def a_slip_s_page_says_what_comes_next(rig):
    """Of the other QR on the same slip: genuine, of which day, and where its state is told."""
    code = rig.file(aduan_document)["code"]
    for kind, number, state in ((2, code, "sudah tercatat"), (1, "C-009", "belum sampai")):
        tab = rig.browser.tab(PHONE)
        tab.open(rig.url("/t/#" + make_token(rig, kind, 1, number)))
        tab.wait_for(f"{number}, 24-11-2026. Asli,")
        tab.expect(state, "Hubungi 112")
        (tab.expect if kind == 2 else tab.expect_no)("tekan Cek berkas saya")
        rig.look(tab, f"bukti-{kind}")
    tab = rig.browser.tab(PHONE)
    tab.open(rig.url("/t/#xx"))
    tab.expect("tidak terbaca")


def main():
    shots = None
    if "--shots" in sys.argv:
        shots = pathlib.Path(sys.argv[sys.argv.index("--shots") + 1])
        shots.mkdir(parents=True, exist_ok=True)
    rig = Rig(tap.words(), shots)
    return tap.run(sys.modules["__main__"], "rig", rig, rig.close)


if __name__ == "__main__":
    sys.exit(main())
