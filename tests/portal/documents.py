"""Good submission documents, written by hand from the contract and the catalogue."""
import secrets
import time

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def tracking_code():
    """Seven random letters and a check letter, as the contract has it."""
    letters, check = [secrets.randbelow(32) for _ in range(7)], 0
    for letter in letters:
        check = (check ^ letter) << 1
        check ^= 0x25 if check & 32 else 0
    text = "".join(ALPHABET[letter] for letter in letters + [check])
    return text[:4] + "-" + text[4:]


def document(identifier, kiosk, service, good, changes):
    made = {
        "v": 1, "id": identifier, "code": tracking_code(), "kiosk": kiosk, "office": "6472021001",
        "service": service, "service_version": 1, "catalogue_version": 1,
        "written_at": int(time.time() * 1000), "language": "id", "notice": "1", "filled_by": "self",
        "answers": good}
    made.update(changes)
    return made


def ktp_document(identifier, kiosk, **changes):
    answers = {"jenis": "rusak", "nik": "6472031708900001", "kk": "6472031708110002", "nama": "SITI AMINAH",
               "kelurahan": "6472021001", "rt": "007", "kerusakan": "patah lainnya",
               "kerusakan_lain": "Huruf pada nama terhapus", "no_hp": "+6281234567890"}
    return document(identifier, kiosk, "ktp", answers, changes)


def sku_document(identifier, kiosk, **changes):
    answers = {"nik": "6472031708900001", "kk": "6472031708110002", "rt": "007",
               "no_hp": "+6281234567890", "nama_usaha": "Warung \"Bu Siti\" & Anak",
               "jenis_usaha": "warung-makan", "alamat_usaha": "Jl. Mawar no. 7", "keperluan": "kur"}
    return document(identifier, kiosk, "sku", answers, changes)
