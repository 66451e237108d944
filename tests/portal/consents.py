"""What residents accept and consent to, as the portal keeps it and can show it: which text was
read, in which version and language, and what was said. The catalogue is the tests' own.
Usage: consents.py PROGRAM CATALOGUE [DATABASE]. Prints TAP."""
import hashlib
import json
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import documents  # noqa: E402
from portal import Portal, seal, uuid7  # noqa: E402
import tap  # noqa: E402

KIOSK = "6472021001-1"


class Rig:
    def __init__(self, words):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjungan-consents-"))
        self.catalogue = self.folder / "catalogue"
        shutil.copytree(words[1], self.catalogue)
        self.portal = Portal(words[0], self.catalogue, *words[2:3])
        self.kiosk = self.portal.enrol(KIOSK, 1)
        self.seq = 0

    def read(self, name):
        return json.loads((self.catalogue / name).read_text())

    def change(self, name, old, new):
        """The catalogue's next version, with one piece of text replaced."""
        path, head = self.catalogue / name, self.read("catalogue.json")
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
        if name != "catalogue.json":
            head["version"] += 1
            (self.catalogue / "catalogue.json").write_text(json.dumps(head))
        self.kiosk.close()
        assert self.portal.stop() == 0
        self.portal.start()
        self.kiosk = self.portal.enrol(KIOSK, 1)

    def record(self, name, given, language="id"):
        return documents.record(self.catalogue, "waris", name, given, language)

    def document(self, **changes):
        orang = [{"nik_saksi": f"647203170860000{i}", "nama_saksi": "Dedi"} for i in (1, 2)]
        answers = {"nik": "6472031708900001", "nama": "Siti", "tgl_lahir": "1990-08-17",
                   "perempuan": "no", "hp": "+6281255048488", "nama_pewaris": "Ahmad",
                   "meninggal": "2026-01-02", "saksi": orang, "tanah": [],
                   "ahli": [{"nama_ahli": "Budi", "hubungan": "anak", "bagian": "100"}],
                   "sptjm": "yes", "kabar_wa": "no"}
        consents = [self.record("sptjm", "yes"), self.record("kabar_wa", "no", "en")]
        return documents.document(uuid7(), KIOSK, "waris", answers, {
            "filled_by": "companion", "consents": consents, **changes}, self.catalogue)

    def file(self, document, status):
        self.seq += 1
        envelope = seal(self.portal.seal_key, json.dumps(document).encode())
        answer = self.kiosk.ask("PUT", f"/api/v1/submissions/{document['id']}", envelope, {
            "Content-Type": "application/octet-stream", "Anjungan-Seq": str(self.seq),
            "Anjungan-Sha256": hashlib.sha256(envelope).hexdigest()})
        assert answer.status == status, (answer.status, answer.body)
        return document

    def kept(self, document):
        rows = self.portal.say("dump")["consents"]
        return [row for row in rows if row["document"] == document["id"]]


def what_was_read_can_be_shown(rig):
    filed = rig.file(rig.document(), 201)
    texts = {(row["question"], row["sha256"]): row for row in rig.portal.say("dump")["texts"]}
    rows = rig.kept(filed)
    assert [(row["question"], row["given"], row["language"]) for row in rows] == [
        ("kabar_wa", "no", "en"), ("notice", "", "id"), ("sptjm", "yes", "id")], rows
    assert texts["kabar_wa", rows[0]["sha256"]]["text"] == (
        "May we send news by WhatsApp?\nWe use your number only for news of this request.")
    assert texts["notice", rows[1]["sha256"]]["text"] == "Data Anda dipakai hanya untuk layanan ini."
    for row in rows:
        text = texts[row["question"], row["sha256"]]
        assert text["version"] == row["version"] and text["question"] == row["question"]
        assert hashlib.sha256(text["text"].encode()).hexdigest() == row["sha256"]
    row = next(r for r in rig.portal.say("dump")["submissions"] if r["id"] == filed["id"])
    assert row["filled_by"] == "companion"


def a_language_without_its_text_was_read_in_indonesian(rig):
    rig.file(rig.document(consents=[rig.record("sptjm", "yes", "jv"),
                                    rig.record("kabar_wa", "no", "bjn")]), 201)


def texts_that_nobody_handed_out_are_refused(rig):
    sptjm, wa = rig.record("sptjm", "yes"), rig.record("kabar_wa", "no")
    notice = rig.document()["notice"]
    for name, changes in {
            "another text": {"consents": [{**sptjm, "sha256": "0" * 64}, wa]},
            "another version": {"consents": [{**sptjm, "version": "sptjm-0"}, wa]},
            "the text of another question": {"consents": [{**sptjm, "sha256": wa["sha256"]}, wa]},
            "the text of another language": {"consents": [{**sptjm, "language": "en"}, wa]},
            "none": {"consents": []}, "one too few": {"consents": [sptjm]},
            "twice": {"consents": [sptjm, wa, wa]}, "turned": {"consents": [wa, sptjm]},
            "another answer": {"consents": [sptjm, {**wa, "given": "yes"}]},
            "another notice": {"notice": {**notice, "sha256": "0" * 64}},
            "a notice of another version": {"notice": {**notice, "version": "uji-0"}},
            "a notice in another language": {"notice": {**notice, "language": "en"}}}.items():
        refused = rig.file(rig.document(**changes), 422)
        assert not rig.kept(refused), name


def an_old_text_stays_known(rig):
    old, late = rig.document(), rig.document()
    rig.change("services/waris.json", "Saya bertanggung jawab penuh", "Saya menanggung")
    new = rig.document()
    assert new["consents"][0]["sha256"] != old["consents"][0]["sha256"]
    rig.file(old, 201)  # it came late: the kiosk had no line
    rig.file(new, 201)
    rig.change("catalogue.json", "hanya untuk layanan ini", "untuk layanan ini saja")
    rig.file(late, 201)
    rig.file(rig.document(), 201)
    assert [row["question"] for row in rig.kept(late)] == ["kabar_wa", "notice", "sptjm"]


def main():
    rig = Rig(tap.words())

    def close():
        rig.portal.process.kill()
        rig.portal.remove()
        shutil.rmtree(rig.folder, ignore_errors=True)

    return tap.run(sys.modules["__main__"], "rig", rig, close)


if __name__ == "__main__":
    sys.exit(main())
