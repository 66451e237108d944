"""Good submission documents, written by hand from the contract and the catalogue."""
import hashlib
import json
import pathlib
import secrets
import time

CATALOGUE = pathlib.Path(__file__).resolve().parents[2] / "assets/catalogue"

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def tracking_code():
    """Seven random letters and a check letter, as the contract has it."""
    letters, check = [secrets.randbelow(32) for _ in range(7)], 0
    for letter in letters:
        check = (check ^ letter) << 1
        check ^= 0x25 if check & 32 else 0
    text = "".join(ALPHABET[letter] for letter in letters + [check])
    return text[:4] + "-" + text[4:]


def read(catalogue, name):
    return json.loads((pathlib.Path(catalogue) / name).read_text())


def shown(*texts, language):
    """What stood on the screen: Indonesian where a language has no text of its own."""
    return "\n".join(text.get(language, text["id"]) for text in texts)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def notice(catalogue=CATALOGUE, language="id"):
    """Which privacy notice was there to read, as the contract has it."""
    shipped = read(catalogue, "catalogue.json")["notice"]
    return {"version": shipped["version"], "language": language,
            "sha256": digest(shown(shipped["text"], language=language))}


def record(catalogue, service, name, given, language="id"):
    """What was read when a statement was accepted, a consent given or refused."""
    question = next(q for q in statements(catalogue, service) if q["name"] == name)
    return {"question": name, "version": question["text_version"], "language": language,
            "given": given, "sha256": digest(shown(question["label"], question["text"],
                                                   language=language))}


def statements(catalogue, service):
    """The statements and consents of a service, in the order of the form."""
    def below(questions, suffix=""):
        for question in questions:
            if "use" in question:
                inside = read(catalogue, f"questions/{question['use']}.json")["questions"]
                names = question.get("only", [q["name"] for q in inside])
                yield from below([q for n in names for q in inside if q["name"] == n],
                                 question.get("suffix", ""))
            elif "text_version" in question:
                yield {**question, "name": question["name"] + suffix}
            else:
                yield from below(question.get("questions", []))
    return list(below(read(catalogue, f"services/{service}.json")["questions"]))


def document(identifier, kiosk, service, good, changes, catalogue=CATALOGUE):
    service = changes.get("service", service)
    answers = changes.get("answers", good)
    made = {
        "v": 1, "id": identifier, "code": tracking_code(), "kiosk": kiosk, "office": "6472021001",
        "service": service, "service_version": 1, "catalogue_version": 1,
        "written_at": int(time.time() * 1000), "language": "id", "notice": notice(catalogue),
        "filled_by": "self", "answers": answers,
        "consents": [record(catalogue, service, question["name"], answers[question["name"]])
                     for question in statements(catalogue, service) if question["name"] in answers]}
    made.update(changes)
    return made


def ktp_document(identifier, kiosk, catalogue=CATALOGUE, **changes):
    answers = {"jenis": "rusak", "nik": "6472031708900001", "kk": "6472031708110002", "nama": "SITI AMINAH",
               "kelurahan": "6472021001", "rt": "007", "kerusakan": "patah lainnya",
               "kerusakan_lain": "Huruf pada nama terhapus", "no_hp": "+6281234567890", "hasil": "loket"}
    return document(identifier, kiosk, "ktp", answers, changes, catalogue)


def sku_document(identifier, kiosk, catalogue=CATALOGUE, **changes):
    answers = {"nik": "6472031708900001", "kk": "6472031708110002", "rt": "007",
               "no_hp": "+6281234567890", "nama_usaha": "Warung \"Bu Siti\" & Anak",
               "jenis_usaha": "warung-makan", "alamat_usaha": "Jl. Mawar no. 7", "keperluan": "kur"}
    return document(identifier, kiosk, "sku", answers, changes, catalogue)


def aduan_document(identifier, kiosk, catalogue=CATALOGUE, **changes):
    """Without a name, and photos may follow."""
    answers = {"jenis": "pengaduan", "kategori": "banjir", "anonim": "yes",
               "uraian": "Saluran di depan pasar tersumbat sejak Senin."}
    changes.setdefault("photos", secrets.token_hex(16))
    return document(identifier, kiosk, "aduan", answers, changes, catalogue)
