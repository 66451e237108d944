"""The officers' pages in a real browser without a screen: by mouse and by keyboard, on a
phone and on an office's PC, and against those who would use somebody's session. Prints TAP.

    people_browser.py PROGRAM CATALOGUE [--shots FOLDER]
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from browser import OFFICE, PHONE, Browser  # noqa: E402
from people import PASSWORD, Office, ktp_document, sku_document  # noqa: E402
import tap  # noqa: E402

NARROW = (320, 640)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
NAME, ADDRESS = '<b>Warung</b> & "Bu" \'Siti\'', EVIL + "Jl. Mawar 7" + "panjang" * 6

# Text without enough contrast, controls too small or without a name, what leaves the page.
LOOK = """(() => {
  const found = [], root = document.documentElement;
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => (v /= 255) <= 0.03928 ?
      v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const under = (node) => { for (; node; node = node.parentElement) {
      const c = rgb(getComputedStyle(node).backgroundColor); if (c.length < 4 || c[3] > 0) return c; }
      return [255, 255, 255]; };
  const name = (node) => node.tagName + ' ' + (node.innerText || node.id).slice(0, 40);
  if (root.scrollWidth > WIDTH) found.push('the page is ' + root.scrollWidth + ' wide');
  for (const node of document.querySelectorAll('body *')) {
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    if (!box.width || box.right < 0 || style.visibility === 'hidden') continue;
    if (box.right > WIDTH + 1) found.push(name(node) + ' ends at ' + box.right);
    if ([...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) {
      const a = light(rgb(style.color)), b = light(under(node));
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) found.push(name(node) + ' has contrast ' + ratio.toFixed(1));
      if (parseFloat(style.fontSize) < 15) found.push(name(node) + ' is small');
    }
    if (['BUTTON', 'INPUT', 'TEXTAREA', 'SUMMARY'].includes(node.tagName) && box.height < 44)
      found.push(name(node) + ' is ' + box.height + ' high');
    if (['INPUT', 'TEXTAREA'].includes(node.tagName) && node.type !== 'hidden' && !node.labels.length)
      found.push(name(node) + ' has no label');
  }
  if (document.querySelectorAll('h1').length !== 1) found.push('not one first heading');
  return found;
})()"""


class Rig(Office):
    def __init__(self, arguments, shots):
        super().__init__(*arguments)
        self.browser = Browser(self.portal.folder / "server.pem")
        self.shots, self.known = shots, {}

    def as_(self, name, size=OFFICE):
        """Signed in, on the front page."""
        if name not in self.known:
            tab = self.browser.tab(size)
            tab.open(self.url())
            tab.fill("Nama akun", name)
            tab.fill("Kata sandi", PASSWORD)
            tab.follow("Masuk")
            self.known[name] = tab
        tab = self.known[name]
        tab.resize(size)
        tab.open(self.url())
        return tab

    def look(self, tab, name):
        """Is this page fit for people, at every width?"""
        for width, size in (("narrow", NARROW), ("phone", PHONE), ("office", OFFICE)):
            tab.resize(size)
            found = tab.run(LOOK.replace("WIDTH", str(size[0])))
            assert not found, (name, width, found)
            assert not tab.complaints, tab.complaints
            if self.shots:
                tab.shot(self.shots / f"{name}-{width}.png")

    def close(self):
        self.browser.close()
        super().close()


def an_officer_signs_in_by_keyboard_alone(rig):
    tab = rig.browser.tab()
    tab.open(rig.url())
    rig.look(tab, "masuk")
    for key in ("Tab", "Tab", "Tab"):  # past "to the contents" and the portal's name
        tab.key(key)
    for text in ("siti", PASSWORD):
        tab.ask("Input.insertText", text=text)
        tab.key("Tab")
    assert tab.run("document.activeElement.innerText") == "Masuk"
    assert tab.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.loaded(lambda: tab.key("Enter"))
    tab.expect("siti · Petugas · Sungai Keledang", "Permohonan")
    assert tab.run("document.cookie") == "", "a script can read the session"
    tab.follow("Keluar")
    tab.expect("Masuk untuk petugas")
    tab.open(rig.url())
    tab.expect("Masuk untuk petugas")


def a_wrong_password_says_so(rig):
    tab = rig.browser.tab(PHONE)
    tab.open(rig.url())
    tab.fill("Nama akun", "siti")
    tab.fill("Kata sandi", "salah semua ini")
    tab.follow("Masuk")
    assert tab.status == 403
    tab.expect("Nama akun atau kata sandi salah.")
    assert tab.run("document.getElementById('nama').value") == "siti"
    assert tab.run("document.getElementById('sandi').value") == ""


def the_head_of_an_rt_refuses_with_a_reason_on_a_phone(rig):
    document, rt = rig.file(), rig.as_("pak-rt", PHONE)
    rt.expect("pak-rt · Ketua RT 007 · Sungai Keledang")
    rig.look(rt, "rt")
    rt.follow(document["code"])
    rt.follow("Ke halaman depan")
    rt.follow(document["code"])
    assert " WITA" in rt.run("document.querySelector('time').innerText"), "a time of no zone"
    rt.press("Tolak")
    rig.look(rt, "rt-berkas")
    rt.resize(PHONE)
    rt.run("document.querySelector('details button').click()")
    assert rt.run("document.querySelector('textarea').matches(':invalid')")
    assert rig.state(document["code"]) == "waiting_rt", "refused without a word"
    rt.fill("Alasan, dibaca pemohon", "Bukan warga RT 007 <b>lagi</b>")
    rt.loaded(lambda: rt.run("document.querySelector('details button').click()"))
    rt.expect("Menunggu persetujuan Anda", f"{document['code']} Surat Keterangan Usaha (SKU): ditolak")
    last = rig.steps(document["code"])[-1]
    assert (last["state"], last["reason"], last["actor"]) == (
        "rt_refused", "Bukan warga RT 007 <b>lagi</b>", "pak-rt"), last


def a_request_goes_through_the_office(rig):
    document = rig.file()
    code = document["code"]
    rig.ticket(document, "A", 41)
    rt = rig.as_("pak-rt", PHONE)
    rt.follow(code)
    rt.follow("Setujui")
    siti = rig.as_("siti")
    rig.look(siti, "depan")
    siti.resize(OFFICE)
    siti.fill("Kode lacak atau nomor antrean", "a-41")
    siti.follow("Cari")
    siti.expect("Disetujui RT", "NIK 6472 0317 0890 0001", "Jenis usaha Warung makan, kafe, minuman")
    siti.follow("Mulai memeriksa")
    siti.press("Kembalikan untuk diperbaiki")
    rig.look(siti, "berkas")
    siti.resize(OFFICE)
    siti.fill("Nama usaha", "Tulis seperti di papan nama.")
    siti.fill("Catatan umum, dibaca pemohon (opsional)", "Bawa foto usaha.")
    siti.loaded(lambda: siti.run("document.querySelector('details button').click()"))
    siti.expect("Perlu perbaikan", "Nama usaha: Tulis seperti di papan nama.", "Bawa foto usaha.")
    siti.press("Sudah diperbaiki di loket")
    siti.fill("Catatan untuk kantor (tidak dibaca pemohon)", "Papan nama dilihat")
    siti.loaded(lambda: siti.run("document.querySelector('details button').click()"))
    siti.follow("Data benar, teruskan ke Lurah")
    siti.expect("Menunggu TTD Lurah", "Tidak ada yang perlu Anda kerjakan sekarang.")
    lurah = rig.as_("bu-lurah", PHONE)
    lurah.follow(code)
    rig.look(lurah, "lurah")
    lurah.expect("Surat ini tidak sah sebagai surat.")
    lurah.follow("TTD Lurah (contoh)")
    lurah.expect("Sudah TTD Lurah (contoh)")
    siti.open(rig.url(f"/petugas/berkas/{code}"))
    siti.follow("Siap diambil")
    siti.expect("Siap diambil sejak")
    siti.follow("Sudah diambil")
    siti.expect("Selesai sejak", "diterima pemohon oleh siti (petugas)")
    rig.look(siti, "selesai")
    assert [row["state"] for row in rig.steps(code)] == [
        "sent", "waiting_rt", "rt_agreed", "checking", "mend", "checking", "signing", "signed",
        "ready", "finished"]


def what_was_typed_stays_when_it_cannot_be_kept(rig):
    document, siti = rig.file(ktp_document), rig.as_("siti")
    siti.follow(document["code"])
    siti.follow("Mulai memeriksa")
    siti.press("Kembalikan untuk diperbaiki")
    for label in ("NIK", "Nama", "Nomor KK", "RT", "Nomor ponsel", "Kerusakan", "Kelurahan"):
        if siti.has(label):
            siti.fill(label, "é" * 160)
    siti.loaded(lambda: siti.run("document.querySelector('details button').click()"))
    assert siti.status == 400 and rig.state(document["code"]) == "checking"
    siti.expect("Belum dapat disimpan")
    assert siti.run("document.querySelector('details').open")
    assert siti.run("[...document.querySelectorAll('details input')].filter("
                    "(node) => node.value === 'é'.repeat(160)).length") >= 5


def a_form_with_a_false_word_moves_nothing(rig):
    document, rt = rig.file(), rig.as_("pak-rt")
    rt.follow(document["code"])
    rt.run("document.querySelector('.moves [name=csrf]').value = '0'.repeat(64)")
    rt.follow("Setujui")
    assert rt.status == 403 and rig.state(document["code"]) == "waiting_rt"
    rt.expect("Formulir sudah tidak berlaku")
    rig.look(rt, "ditolak")


def a_role_does_only_its_own(rig):
    document, siti = rig.file(), rig.as_("siti")
    rig.walk(document["code"], "agree pak-rt", "take siti", "verify siti")
    siti.open(rig.url(f"/petugas/berkas/{document['code']}"))
    assert not siti.has("TTD Lurah (contoh)")
    rig.walk(document["code"], "give_back bu-lurah Foto belum ada")
    siti.open(rig.url(f"/petugas/berkas/{document['code']}"))
    siti.run("document.querySelector('.moves>form [name=deed]').value = 'sign'")
    siti.follow("Data benar, teruskan ke Lurah")
    assert siti.status == 403 and rig.state(document["code"]) == "checking"
    siti.expect("bukan bagian Anda")
    far = rig.as_("jauh")
    far.open(rig.url(f"/petugas/berkas/{document['code']}"))
    assert far.status == 404
    far.expect_no("Warung")


def what_a_resident_wrote_is_a_text(rig):
    document = rig.file(answers=dict(sku_document("x", "y")["answers"], nama_usaha=NAME,
                                     alamat_usaha=ADDRESS))
    for name, size in (("pak-rt", NARROW), ("siti", OFFICE)):
        tab = rig.as_(name, size)
        tab.follow(document["code"])
        tab.expect(NAME, ADDRESS)
        assert tab.run("document.querySelectorAll('script, img, dd b').length") == 0
        rig.look(tab, f"jahat-{name}")


def an_administrator_turns_an_account_off(rig):
    rig.portal.account("sementara", "petugas", "6472021001", password=PASSWORD)
    other, admin = rig.as_("sementara"), rig.as_("kepala")
    admin.expect("Akun", "sementara petugas aktif")
    rig.look(admin, "akun")
    admin.loaded(lambda: admin.run("document.querySelector('[name=nama][value=sementara]')"
                                   ".form.querySelector('button').click()"))
    admin.expect("sementara petugas mati")
    other.open(rig.url())
    other.expect("Masuk untuk petugas")


def another_site_cannot_use_the_session(rig):
    document, siti = rig.file(), rig.as_("siti")
    rig.walk(document["code"], "agree pak-rt")
    word = siti.run("document.querySelector('[name=csrf]').value")  # even if it leaked
    target = rig.url(f"/petugas/berkas/{document['code']}")
    page = (f"<form method=post action='{target}'><input name=csrf value={word}>"
            "<input name=step value=3><input name=deed value=take><button>Hadiah</button></form>"
            f"<iframe src='{rig.url()}'></iframe>")
    siti.open(rig.url("/healthz").replace("127.0.0.1", "localhost"))  # another site, and no page
    siti.run(f"document.body.innerHTML = {json.dumps(page)}; new Promise((done) => "
             "document.querySelector('iframe').onload = () => done(1))")
    assert siti.frames() == ["chrome-error://chromewebdata/"], siti.frames()
    siti.follow("Hadiah")
    siti.expect("Masuk untuk petugas")
    assert rig.state(document["code"]) == "rt_agreed", "another site moved it"
    siti.open(rig.url())
    siti.expect("siti · Petugas")


def main():
    shots = None
    if "--shots" in sys.argv:
        shots = pathlib.Path(sys.argv[sys.argv.index("--shots") + 1])
        shots.mkdir(parents=True, exist_ok=True)
    rig = Rig(tap.words(), shots)
    return tap.run(sys.modules["__main__"], "rig", rig, rig.close)


if __name__ == "__main__":
    sys.exit(main())
