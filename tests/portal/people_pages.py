"""The officers' pages as HTTP sees them: who gets in, who sees what, what moves a request
and what does not, and that nothing anybody wrote becomes markup. Prints TAP.

    people_pages.py PROGRAM CATALOGUE [DATABASE]
"""
import json
import pathlib
import re
import sqlite3
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from contract import clock  # noqa: E402
from people import (KIOSK, OFFICE, PASSWORD, Office, Person, aduan_document,  # noqa: E402
                    ktp_document, sku_document)
from pictures import KINDS, jpeg, telling  # noqa: E402
from portal import box_keys, seal, unseal, uuid7  # noqa: E402
import tap  # noqa: E402

PAGES = ["/petugas", "/petugas/akun", "/petugas/angka", "/petugas/angka/2026-11", "/petugas/berkas/0000-0000"]
POSTS = ["/petugas/keluar", "/petugas/cari", "/petugas/akun", "/petugas/berkas/0000-0000"]
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;"


class Rig(Office):
    """Officers who are signed in once, for tests that are not about that."""

    def __init__(self, arguments):
        super().__init__(*arguments)
        self.known = {}

    def as_(self, name):
        if name not in self.known:
            person = Person(self.portal).sign_in(name)
            assert (person.status, person.headers["Location"]) == (303, "/petugas"), (name, person.page)
            self.known[name] = person
        return self.known[name]

    def look_up(self, document):
        public, secret = box_keys()
        query = {"kind": "status", "code": document["code"], "fact": document["answers"]["nik"][-4:],
                 "reply_key": public.hex()}
        answer = self.kiosk.ask("POST", "/api/v1/lookups",
                                seal(self.portal.seal_key, json.dumps(query).encode()))
        plain = unseal(public, secret, answer.body)
        assert len(plain) == 2048, len(plain)
        return json.loads(plain)

    def restart(self, before=()):
        for person in self.known.values():
            person.close()
        self.kiosk.close()
        assert self.portal.stop() == 0
        self.portal.start(self.portal.port, before=before)

    def log(self):
        return (self.portal.folder / "log").read_text()


def moved(person, document, deed, **fields):
    """Open it and do that: the status that follows."""
    return person.do(document["code"], deed, fields)


# --- getting in -------------------------------------------------------------------------


def without_a_session_there_is_the_sign_in_page_alone(rig):
    stranger = Person(rig.portal)
    for method, paths in (("GET", PAGES), ("POST", POSTS)):
        for path in paths:
            for cookie in (None, "__Host-petugas=" + "A" * 43, "__Host-petugas=x", "a=b"):
                answer = stranger.ask(method, path, "" if method == "POST" else None,
                                      {"Cookie": cookie} if cookie else {})
                assert (answer.status, answer.headers["Location"]) == (303, "/petugas/masuk"), path
    assert stranger.get("/petugas/masuk").status == 200
    assert stranger.get("/petugas/").status == stranger.get("/petugas/berkas/").status == 404
    assert stranger.get("/petugas/keluar").status == 405
    stranger.close()


def every_page_is_shut_to_scripts_frames_and_caches(rig):
    siti, document = rig.as_("siti"), rig.file()
    for path in ("/petugas", f"/petugas/berkas/{document['code']}", "/petugas/akun",
                 "/petugas/berkas/0000-0000", "/petugas/gaya.css"):
        siti.get(path)
        assert siti.headers["Cache-Control"] == "no-store", path
        assert siti.headers["X-Content-Type-Options"] == "nosniff", path
        if path.endswith(".css"):
            assert siti.headers["Content-Type"].startswith("text/css")
            continue
        rules = dict(rule.strip().partition(" ")[::2]
                     for rule in siti.headers["Content-Security-Policy"].split(";"))
        assert rules == {"default-src": "'none'", "style-src": "'self'", "img-src": "'self'", "form-action": "'self'",
                         "base-uri": "'none'", "frame-ancestors": "'none'"}, rules
        assert not re.search(r"<script|style=|\son\w+=|javascript:|https?://", siti.page), path
    stranger = Person(rig.portal).get("/petugas/masuk")
    made = stranger.headers["Set-Cookie"]
    assert re.fullmatch(r"__Host-masuk=[\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict", made), made
    stranger.sign_in("siti")
    made = stranger.headers["Set-Cookie"]
    assert re.fullmatch(r"__Host-petugas=[\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict", made), made
    stranger.close()


def the_right_password_alone_opens(rig):
    person = Person(rig.portal)
    said = set()
    for name, password in (("siti", "salah semua ini"), ("siti", PASSWORD.upper()), ("siti", ""),
                           ("nobody", PASSWORD), ("", ""), ("siti' OR '1'='1", "x"), ("x" * 4000, "y")):
        person.get("/petugas/masuk").post("/petugas/masuk", nama=name, sandi=password)
        assert person.status in (403, 413), (name, person.status)
        assert person.cookie is None, "a failed sign-in makes a session"
        said |= {re.search(r'role="alert">([^<]*)', person.page)[1]} if person.status == 403 else set()
        assert person.get("/petugas").status == 303
    assert said == {"Nama akun atau kata sandi salah."}, said
    person.cookie = before = "A" * 43  # one that somebody else made
    person.sign_in("siti")
    assert person.status == 303 and person.cookie != before, "the token from before is kept"
    token = person.cookie
    assert person.get("/petugas").status == 200
    assert person.get("/petugas/masuk").headers["Location"] == "/petugas"
    stranger = Person(rig.portal)  # who comes from another site comes without the session, and it stays
    assert "petugas" not in stranger.get("/petugas/masuk").headers["Set-Cookie"]
    stranger.cookie = person.cookies["__Host-masuk"]
    assert stranger.get("/petugas").status == 303
    stranger.ask("GET", "/petugas", None, {"Cookie": f"x=__Host-petugas={token}"})
    assert stranger.status == 303
    stranger.ask("GET", "/petugas", None, {"Cookie": f"a=b; __Host-petugas={token};c=d"})
    assert stranger.status == 200
    person.close()
    stranger.close()


def who_signs_out_is_out(rig):
    person = Person(rig.portal).sign_in("siti")
    token = person.cookie
    assert person.get("/petugas").post("/petugas/keluar", csrf="0" * 64).status == 403
    assert person.get("/petugas").post("/petugas/keluar").status == 303
    assert "Max-Age=0" in person.headers["Set-Cookie"] and person.cookie is None
    person.cookie = token
    assert person.get("/petugas").status == 303
    person.close()


def guessing_is_slow(rig):
    rig.portal.account("ditebak", "petugas", OFFICE, password=PASSWORD)
    person = Person(rig.portal)
    for _ in range(4):
        assert person.sign_in("ditebak", "salah semua ini").status == 403
    assert person.sign_in("ditebak").status == 303  # who gets in begins anew
    person.cookie = None
    statuses = [person.sign_in("ditebak", "salah semua ini").status for _ in range(5)]
    assert statuses == [403] * 5, statuses
    assert person.sign_in("ditebak").status == 429  # the right one comes too late
    assert 1 <= int(person.headers["Retry-After"]) <= 900
    assert "15 menit" in person.text()
    person.close()


def passwords_are_kept_as_argon2id_and_must_be_long(rig):
    if rig.portal.database is None:
        held = sqlite3.connect(rig.portal.folder / "portal.db").execute("SELECT password FROM officers")
        hashes = [row[0] for row in held]
        assert hashes and all(one.startswith("$argon2id$v=19$m=65536,t=2,p=1$") for one in hashes)
        assert len(set(hashes)) == len(hashes), "one password, one salt"
    for name, role, kelurahan, rt, password in (
            ("baru", "petugas", OFFICE, "", "pendek"), ("baru", "petugas", OFFICE, "", " di ujung ada "),
            ("baru", "bupati", OFFICE, "", PASSWORD), ("baru", "petugas", "647202", "", PASSWORD),
            ("baru", "rt", OFFICE, "", PASSWORD), ("baru", "rt", OFFICE, "0", PASSWORD),
            ("baru", "petugas", OFFICE, "7", PASSWORD), ("Baru!", "petugas", OFFICE, "", PASSWORD)):
        try:
            rig.portal.account(name, role, kelurahan, rt, password)
        except AssertionError:
            continue
        raise AssertionError((name, role, kelurahan, rt, password))


# --- forms ----------------------------------------------------------------------------------


def a_form_without_its_word_moves_nothing(rig):
    document, rt = rig.file(), rig.as_("pak-rt")
    path = f"/petugas/berkas/{document['code']}"
    step = rt.get(path).step()
    other = rig.as_("siti").get("/petugas").csrf()
    fresh = Person(rig.portal).get("/petugas/masuk")
    for word in ("", "0" * 64, other, fresh.csrf(), rt.get(path).csrf()[:-1], rt.csrf() + "0"):
        assert rt.post(path, csrf=word, step=step, deed="agree").status == 403, word
        assert rig.state(document["code"]) == "waiting_rt"
    assert "alert" in rt.page and "tidak berlaku" in rt.text()
    assert rt.get(path + "?deed=agree").status == 200 and rig.state(document["code"]) == "waiting_rt"
    fresh.close()


def what_is_no_form_is_refused(rig):
    siti = rig.as_("siti")
    word = siti.get("/petugas").csrf()
    for body, status in ((f"csrf={word}&cari=%zz", 400), (f"csrf={word}&cari=%0", 400),
                         (f"csrf={word}&cari=%00", 400), (f"csrf={word}&cari=%ff", 400),
                         (f"csrf={word}&x", 400), (f"csrf={word}&cari=\0", 400), ("", 403),
                         (f"csrf={word}" + "&a=b" * 200, 400), ("x" * 5000, 413),
                         (f"csrf={word}&cari=%41%2d%30", 404)):
        assert siti.ask("POST", "/petugas/cari", body).status == status, (body[64:100], siti.status)


# --- who sees what -----------------------------------------------------------------------------


def the_head_of_an_rt_sees_what_waits_for_him(rig):
    mine, other = rig.file(), rig.file(answers=dict(sku_document("x", "y")["answers"], rt="008"))
    ktp = rig.file(ktp_document)
    for name, seen in (("pak-rt", [mine]), ("rt-lain", [other]), ("rt-jauh", [])):
        person = rig.as_(name).get("/petugas")
        for document in (mine, other, ktp):
            assert (document["code"] in person.page) == (document in seen), (name, document["service"])
        for document in (mine, other, ktp):
            person.get(f"/petugas/berkas/{document['code']}")
            assert person.status == (200 if document in seen else 404), (name, document["service"])
            assert ("Warung" in person.page) == (document in seen)
    rt = rig.as_("pak-rt")
    rt.get(f"/petugas/berkas/{mine['code']}")
    # no name in this form: the NIK says who it is; the other numbers are nobody's business
    assert "6472 0317 0890 0001" in rt.page and "6472 •••• •••• 0002" in rt.page
    assert "0812-••••-7890" in rt.page and "Riwayat" not in rt.page
    assert moved(rt, mine, "agree") == 303 and rt.headers["Location"] == "/petugas"
    assert f"{mine['code']}" in rt.get("/petugas").page  # among what he did last
    assert rt.get(f"/petugas/berkas/{mine['code']}").status == 404


def an_officer_finds_a_request_by_code_or_number(rig):
    document = rig.file(ktp_document)
    rig.ticket(document, "B", 17)
    siti = rig.as_("siti")
    code = document["code"]
    for typed in (code, code.lower().replace("-", ""), f"  {code} ", "B-017", "b17", "B 17"):
        siti.get("/petugas").post("/petugas/cari", cari=typed)
        assert (siti.status, siti.headers["Location"]) == (303, f"/petugas/berkas/{code}"), typed
    for typed in ("B-018", "C-017", "0000-0000", "7K3F", "", "B", "17", EVIL[:16]):
        assert siti.get("/petugas").post("/petugas/cari", cari=typed).status == 404, typed
        assert "Tidak ada permohonan" in siti.text()
    far = rig.as_("jauh")
    for typed in (code, "B-017"):
        assert far.get("/petugas").post("/petugas/cari", cari=typed).status == 404
    assert far.get(f"/petugas/berkas/{code}").status == 404 and "SITI" not in far.page


def the_form_is_shown_in_the_words_of_the_catalogue(rig):
    document = rig.file(ktp_document)
    text = rig.as_("siti").get(f"/petugas/berkas/{document['code']}").text()
    for words in ("NIK 6472 0317 0890 0001", "Nomor KK 6472 0317 0811 0002", "Nama SITI AMINAH",
                  "Sungai Keledang (Samarinda Seberang)", "Patah atau retak, Kerusakan lain",
                  "0812-3456-7890", "Dikirim, belum diperiksa", f"Kode {document['code']}"):
        assert words in text, (words, text)


def answers_in_rows_are_shown_row_by_row(rig):
    """As repeats are stored: a list of rows with answers of their own, known or not."""
    if rig.portal.database is not None:
        return  # the same page; the row is bent by hand
    document = rig.file()
    rows = {"nama_usaha": "Warung", "ahli_waris": [
        {"nik": "6472031708900001", "nama": "<i>Ani</i>"}, {"nik": "6472031708900009", "nama": "Budi"}],
        "lama": 5, "ya": True, "kosong": None, "dalam": {"a": {"b": {"c": {"d": "terlalu dalam"}}}}}
    held = sqlite3.connect(rig.portal.folder / "portal.db")
    held.execute("UPDATE submissions SET answers = ? WHERE id = ?", (json.dumps(rows), document["id"]))
    held.commit()
    held.close()
    siti = rig.as_("siti").get(f"/petugas/berkas/{document['code']}")
    text = siti.text()
    for words in ("Nama usaha Warung", "ahli_waris NIK 6472 0317 0890 0001 nama <i>Ani</i>",
                  "NIK 6472 0317 0890 0009 nama Budi", "lama 5", "ya Ya", "kosong tidak diisi"):
        assert words in text, (words, text)
    assert siti.page.count("<ol><li><dl>") == 1 and "terlalu dalam" not in text
    rt = rig.as_("pak-rt").get(f"/petugas/berkas/{document['code']}").text()
    assert "KK" not in rt.split("Isian")[1] and "NIK 6472 0317 0890 0001" in rt  # no name that it knows
    rig.walk(document["code"], "agree pak-rt", "take siti")
    assert moved(siti, document, "return", salah_ahli_waris="Satu ahli waris belum ditulis") == 303
    assert rig.look_up(document)["mend"][0]["question"] == "ahli_waris"


def sections_and_repeats_are_shown_as_they_were_asked(rig):
    heirs = [{"nama_ahli": "ANI", "hubungan": "anak", "bagian": "60"},
             {"nama_ahli": "BUDI", "hubungan": "lain", "hubungan_lain": "Keponakan <i>", "bagian": "40"}]
    answers = {"nik": "6472031708900001", "nama": "SITI AMINAH", "tgl_lahir": "1990-08-17",
               "perempuan": "yes", "nama_pewaris": "HASAN", "meninggal": "2026-01-02", "ahli": heirs,
               "saksi": [{"nik_saksi": "6472031708900009", "nama_saksi": "WARIS"},
                         {"nik_saksi": "6472032505880003", "nama_saksi": "UMAR"}],
               "tanah": [], "sptjm": "yes"}
    with_repeats = pathlib.Path(rig.portal.catalogue).parents[1] / "tests/unit/form/catalogue"
    office = Office(rig.portal.program, with_repeats, officers=("siti", "pak-rt"))
    try:
        document = office.file(service="waris", answers=answers)
        siti = Person(office.portal).sign_in("siti").get(f"/petugas/berkas/{document['code']}")
        for words in ("Nama SITI AMINAH", "17 Agustus 1990", "Nama ANI Hubungan Anak", "Keponakan <i>",
                      "6472 0317 0890 0009", "6472 0325 0588 0003", "Tanah tidak ada", "Pernyataan Ya"):
            assert words in siti.text(), (words, siti.text())
        assert "<h3>Yang meninggal dunia</h3>" in siti.page
        assert siti.page.count("<li><dl>") == 4 and "Keponakan <i>" not in siti.page
        siti.close()
    finally:
        office.close()


def a_later_wording_is_the_one_that_is_shown(rig):
    first = rig.file()
    rig.walk(first["code"], "agree pak-rt")
    rig.file(code=first["code"], replaces=first["id"],
             answers=dict(first["answers"], nama_usaha="Warung Baru"))
    siti = rig.as_("siti").get(f"/petugas/berkas/{first['code']}")
    assert "Warung Baru" in siti.page and "menggantikan isian sebelumnya" in siti.page
    assert "Menunggu RT" in siti.page and siti.get("/petugas").page.count(first["code"]) == 2  # link, words
    rig.ticket(first, "A", 33)
    assert siti.post("/petugas/cari", cari="A-033").headers["Location"].endswith(first["code"])


# --- moving ------------------------------------------------------------------------------------


def a_request_goes_all_the_way(rig):
    document = rig.file()
    way = [("pak-rt", "agree", "rt_agreed", {}), ("siti", "take", "checking", {}),
           ("siti", "verify", "signing", {}), ("bu-lurah", "sign", "signed", {}),
           ("siti", "ready", "ready", {}), ("siti", "send", "delivered", {}),
           ("siti", "came_back", "ready", {"reason": "Rumah kosong"}),
           ("siti", "collect", "finished", {})]
    for name, deed, state, fields in way:
        assert moved(rig.as_(name), document, deed, **fields) == 303, (name, deed)
        assert rig.state(document["code"]) == state
        if state in ("signed", "delivered", "ready", "finished"):  # five look-ups of a code, no more
            told = rig.look_up(document)
            assert (told["status"], told["reason"]) == (state, fields.get("reason", "")), told
    history = [(row["actor"], row["deed"], row["was"], row["state"]) for row in rig.steps(document["code"])]
    assert history[2:] == [(name, deed, was, state) for (name, deed, state, _), was in zip(
        way, ["waiting_rt"] + [step[2] for step in way])], history
    siti = rig.as_("siti")
    assert document["code"] not in siti.get("/petugas").page.split("Terakhir Anda")[0]
    text = siti.get(f"/petugas/berkas/{document['code']}").text()
    assert "Tidak ada yang perlu Anda kerjakan" in text and "ditandatangani (contoh) oleh bu-lurah" in text


def nobody_does_what_is_another_s(rig):
    document = rig.file()
    code, deeds = document["code"], ("agree", "take", "verify", "sign", "ready", "send", "collect", "route", "x", "")
    for states, may in ((("",), {"pak-rt": {"agree"}}), (("agree pak-rt",), {"siti": {"take"}}),
                        (("take siti",), {"siti": {"verify"}}), (("verify siti",), {"bu-lurah": {"sign"}})):
        rig.walk(code, *(step for step in states if step))
        before = rig.state(code)
        for name in ("pak-rt", "siti", "bu-lurah", "kepala", "rt-lain", "jauh"):
            person = rig.as_(name).get("/petugas/masuk").get("/petugas")
            if name == "kepala":
                person.get("/petugas/akun")
            word = person.csrf()
            for deed in deeds:
                if deed in may.get(name, set()):
                    continue
                person.post(f"/petugas/berkas/{code}", csrf=word, step="0", deed=deed)
                assert person.status in (403, 404), (name, deed, person.status)
        assert rig.state(code) == before


def a_reason_is_needed_where_one_is_told(rig):
    document, rt = rig.file(), rig.as_("pak-rt")
    for reason in ("", "   ", "x" * 161, "a\u202eb", "a\u0007b"):
        assert moved(rt, document, "refuse", reason=reason) == 400, reason
        assert "Belum dapat disimpan" in rt.text() and rig.state(document["code"]) == "waiting_rt"
    assert ("x" * 161) not in rt.page
    assert moved(rt, document, "agree", reason="tidak diminta") == 400
    assert moved(rt, document, "refuse", reason="  Alamat usaha bukan di RT 007.  ") == 303
    told = rig.look_up(document)
    assert (told["status"], told["reason"]) == ("rt_refused", "Alamat usaha bukan di RT 007."), told
    assert moved(rig.as_("siti"), document, "ask_again", reason="Sudah ada surat pindah") == 303
    assert rig.look_up(document)["status"] == "waiting_rt"
    assert moved(rig.as_("siti"), document, "paper", reason="No. 12/RT007") == 303
    assert rig.look_up(document)["reason"] == "", "a note of the office is told"


def what_must_be_mended_is_told_by_question(rig):
    document, siti = rig.file(), rig.as_("siti")
    rig.walk(document["code"], "agree pak-rt", "take siti")
    assert moved(siti, document, "return") == 400
    assert moved(siti, document, "return", reason="Hanya catatan") == 400
    assert moved(siti, document, "return", salah_nama="bukan pertanyaan ini") == 400
    # everything at once, at full length, does not fit the sealed answer: what was typed stays
    long = {f"salah_{name}": "Perbaiki: " + "é" * 140 for name in document["answers"]}
    assert moved(siti, document, "return", **long) == 400
    assert siti.page.count("é" * 140) == len(long) and "terlalu panjang" in siti.text()
    assert moved(siti, document, "return", salah_nama_usaha='Tulis nama di papan, bukan "warung"',
                 salah_alamat_usaha="Nomor rumah belum ada", reason="Bawa juga foto usaha") == 303
    told = rig.look_up(document)
    assert told["status"] == "mend" and told["reason"] == "Bawa juga foto usaha", told
    assert told["mend"] == [
        {"question": "nama_usaha", "reason": 'Tulis nama di papan, bukan "warung"'},
        {"question": "alamat_usaha", "reason": "Nomor rumah belum ada"}], told
    text = siti.get(f"/petugas/berkas/{document['code']}").text()
    assert 'Nama usaha: Tulis nama di papan, bukan "warung"' in text
    assert moved(siti, document, "mended", reason="Sudah dibetulkan di loket") == 303
    told = rig.look_up(document)
    assert told["status"] == "checking" and "mend" not in told and told["reason"] == "", told


def what_was_sent_back_is_answered_anew_at_a_kiosk(rig):
    document, siti = rig.file(), rig.as_("siti")
    code, fact = document["code"], document["answers"]["no_hp"][-4:]

    def mending(answers, **changes):
        return {**document, "id": uuid7(), "mends": fact, "answers": answers, **changes}
    good = {"nama_usaha": "Warung Siti", "alamat_usaha": "Jl. Mawar no. 7A"}
    rig.send(mending(good), 422)  # nobody sent it back
    rig.walk(code, "agree pak-rt", "take siti")
    assert moved(siti, document, "return", salah_nama_usaha="Tulis seperti di papan",
                 salah_alamat_usaha="Nomor rumah belum ada") == 303
    held = rig.answers(code)
    for answers in ({}, {"nama_usaha": "X"}, {"jenis_usaha": "laundry"}, {"asing": "1"},
                    dict(good, keperluan="kur"), {"nama_usaha": "  Warung"}):
        rig.send(mending(answers), 422)
    rig.send(mending(good, mends="0000" if fact != "0000" else "0001"), 422)
    rig.send(mending(good, mends="12"), 422)
    rig.send(mending(good, service="ktp"), 422)
    rig.send(mending(good, replaces=document["id"]), 422)
    assert rig.state(code) == "mend" and rig.answers(code) == held
    again = rig.send(mending(good), 201)
    again(200)  # the same bytes: the same receipt, once
    assert rig.answers(code) == dict(held, **good)
    assert rig.state(code) == "checking" and rig.steps(code)[-1]["deed"] == "resubmit"
    assert "mend" not in rig.look_up(document)
    rig.send(mending(good), 422)  # it waits no more
    text = siti.get(f"/petugas/berkas/{code}").text()
    assert "diperbaiki di anjungan" in text and "Jl. Mawar no. 7A" in text


def what_nobody_signs_is_answered(rig):
    document = rig.file(ktp_document)
    siti = rig.as_("siti")
    assert moved(siti, document, "take") == 303
    page = siti.get(f"/petugas/berkas/{document['code']}").page
    assert "Jawab dan selesaikan" in page and "teruskan ke Lurah" not in page
    assert moved(siti, document, "verify") == 403
    assert moved(siti, document, "answer", reason="Blangko datang hari Senin") == 303
    told = rig.look_up(document)
    assert (told["status"], told["reason"]) == ("finished", "Blangko datang hari Senin")


def of_two_at_once_one_is_late(rig):
    document = rig.file()
    rig.walk(document["code"], "agree pak-rt")
    rig.portal.account("budi", "petugas", OFFICE, password=PASSWORD)
    path, people = f"/petugas/berkas/{document['code']}", [rig.as_("siti"), rig.as_("budi")]
    sheets = [(person, person.get(path).csrf(), person.step()) for person in people]
    threads = [threading.Thread(target=lambda p=p, c=c, s=s: p.post(path, csrf=c, step=s, deed="take"))
               for p, c, s in sheets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sorted(person.status for person in people)
    assert statuses == [303, 409], statuses
    late = next(person for person in people if person.status == 409)
    assert "Orang lain sudah lebih dulu" in late.text() and "Sedang diperiksa" in late.text()
    assert [row["deed"] for row in rig.steps(document["code"])].count("take") == 1


# --- what somebody wrote is a text ----------------------------------------------------------------


def photos_are_for_the_office_alone(rig):
    """Its officers and the lurah see what followed a request; nobody else, by no address."""
    document, other = rig.file(aduan_document), rig.file(aduan_document)
    large = jpeg(7600)
    for data in (KINDS["image/heic"], large, KINDS["image/png"]):
        rig.photo(document, data)
    siti = rig.as_("siti").get(f"/petugas/berkas/{document['code']}")
    assert "Foto dari pemohon" in siti.text() and "jpeg, 221 KB" in siti.text(), siti.text()
    found = re.findall(r'href="(/petugas/foto/[0-9a-f]{32})"', siti.page)
    assert len(found) == 3 and siti.page.count("<img") == 2, siti.page  # none draws HEIC
    assert "img-src 'self'" in siti.headers["Content-Security-Policy"]
    for address, kind, data in zip(found, ("heic", "jpeg", "png"),
                                   (KINDS["image/heic"], large, KINDS["image/png"])):
        for name in ("siti", "bu-lurah"):
            seen = rig.as_(name).get(address)
            assert (seen.status, seen.body) == (200, data), (seen.status, len(seen.body), len(data))
            assert seen.headers["Content-Type"] == f"image/{kind}"
            assert seen.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in seen.headers["Content-Security-Policy"]
        for name in ("pak-rt", "jauh", "kepala", "rt-jauh"):
            assert rig.as_(name).get(address).status == 404, name
        assert Person(rig.portal).get(address).headers["Location"] == "/petugas/masuk"
    for address in (found[0][:-1] + "g", found[0] + "0", "/petugas/foto/" + "0" * 32,
                    "/petugas/foto/" + document["photos"]):
        assert rig.as_("siti").get(address).status == 404, address
    assert "Foto dari pemohon" not in rig.as_("siti").get(f"/petugas/berkas/{other['code']}").text()


def of_a_photo_the_picture_alone_is_kept(rig):
    """Where and when it was taken, by which phone, its small pictures and what hangs behind it."""
    for kind, sent, kept in telling():
        document = rig.file(aduan_document)
        rig.photo(document, sent)
        rig.photo(document, sent, parts=5)
        rig.form(document, sent)
        siti = rig.as_("siti").get(f"/petugas/berkas/{document['code']}")
        assert "sudah dihapus saat foto diterima" in siti.text()
        found = re.findall(r'href="(/petugas/foto/[0-9a-f]{32})"', siti.page)
        assert len(found) == 3, siti.page
        for address in found:
            seen = rig.as_("siti").get(address)
            assert seen.headers["Content-Type"] == kind and b"RAHASIA" not in seen.body
            assert seen.body == kept, (kind, seen.body.hex(" "), kept.hex(" "))


def cells(page, heading):
    """The rows of the first table below a heading, without markup."""
    table = re.search(f"<h2>{re.escape(heading)}</h2>.*?<table>(.*?)</table>", page, re.S)[1]
    return [[re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            for row in re.findall("<tr>(.*?)</tr>", table, re.S)]


def count(kiosk, day, **counts):
    body = {"day": day, "counts": {name.replace("__", "/").replace("_", "-"): value
                                   for name, value in counts.items()}}
    answer = kiosk.ask("POST", "/api/v1/tallies", json.dumps(body))
    assert answer.status == 200, answer.body


def an_office_reads_its_month_in_numbers(rig):
    scores = {f"skm__sku__u{i + 1}__{score}": 5 for i, score in enumerate("443433433")}
    count(rig.kiosk, "2027-03-01", channel__kiosk_self__sku=5, channel__counter__a=4,
          visit__done=9, visit__idle=2, left__sku__kk=2, error__sku__nik=3, step__sku__nik=41,
          seen__sku__nik=4, skm__ktp__u2__4=4, skm__sktm__u2__4=5, skm__sktm__u1__1=1, **scores)
    second = rig.portal.enrol("6472021001-2", 2, "kedua")
    count(second, "2027-03-01", channel__counter__b=1)
    count(second, "2027-03-02", channel__kiosk_assisted__ktp=1, channel__kiosk_self__sku=1,
          channel__app__sku=1, channel__counter__a=2)
    count(second, "2027-04-01", channel__counter__a=7)
    count(second, "2026-01-20", poll__jam_layanan__pagi=2, poll__jam_layanan__sore=1)
    elsewhere = rig.portal.enrol("6472011002-1", 3, "jauh")
    count(elsewhere, "2027-03-01", channel__counter__a=50, visit__done=50)
    page = rig.as_("siti").get("/petugas/angka/2027-03").page
    assert cells(page, "Layanan digital dan loket")[1:] == [
        ["1", "5", "0", "0", "5", "50,00", "belum"], ["2", "1", "1", "1", "2", "60,00", "tercapai"],
        ["Sebulan", "6", "1", "1", "7", "53,33", "belum"]], cells(page, "Layanan digital dan loket")
    assert cells(page, "Kunjungan") == [["Selesai", "9"], ["Dibatalkan", "0"], ["Ditinggalkan", "2"],
                                        ["Melihat-lihat", "0"]]
    assert cells(page, "Ditinggalkan di") == [["sku/kk", "2"]]
    assert cells(page, "Isian yang sering salah")[1:] == [["sku/nik", "3", "10"]]
    index = cells(page, "Kepuasan masyarakat (SKM)")[1:]
    # of fewer than five nobody reads what one of them said
    assert [row[1:] for row in index[:2]] == [["4", *["–"] * 10, "kurang dari 5 jawaban"],
                                              ["5", "–", "4,00", *["–"] * 8, "belum lengkap"]], index
    assert index[2][1:] == ["5", *(f"{score},00" for score in "443433433"), "86,11", "B · Baik"], index
    assert index[3][-2:] == ["84,72", "B · Baik"], index
    assert "jam berapa" not in page.lower()
    page = rig.as_("bu-lurah").get("/petugas/angka/2026-01").page
    poll = "Jam berapa Anda paling mudah datang ke kelurahan?"
    assert cells(page, poll)[0] == ["Pagi, sebelum pukul 10.00", "2", "66,67"], cells(page, poll)
    assert "Bukan hasil yang mewakili semua warga." in page
    assert "/petugas/angka/2025-12" in page and "/petugas/angka/2026-02" in page
    assert rig.as_("kepala").get("/petugas/angka").status == 200
    assert rig.as_("pak-rt").get("/petugas/angka/2027-03").status == 403
    for month in ("2027-13", "2027", "2027-3", "x", "2027-03-01", "%27"):
        assert rig.as_("siti").get(f"/petugas/angka/{month}").status == 404, month
    for kiosk in (second, elsewhere):
        kiosk.close()


def nothing_that_was_written_becomes_markup(rig):
    name, address = "Toko <b>A</b> & \"B\" 'C'", EVIL[:110]
    document = rig.file(answers=dict(sku_document("x", "y")["answers"], nama_usaha=name,
                                     alamat_usaha=address))
    rig.walk(document["code"], "agree pak-rt", "take siti")
    siti = rig.as_("siti")
    assert moved(siti, document, "return", salah_nama_usaha=EVIL, reason=EVIL) == 303
    pages = [siti.get(f"/petugas/berkas/{document['code']}").page]
    text = siti.text()
    assert name in text and address in text and f"Nama usaha: {EVIL}" in text and text.count(EVIL) == 3
    assert moved(siti, document, "mended", reason="") == 400
    pages.append(siti.page)
    person = Person(rig.portal)
    person.sign_in(EVIL[:32], "salah semua ini")
    pages.append(person.page)
    assert EVIL[:32].replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace(
        "'", "&#39;") in person.page
    person.sign_in("siti\u202e\u200b\u0007itis", "salah semua ini")
    assert "siti\ufffd\ufffd\ufffditis" in person.page, "what cannot be seen gets through"
    for page in pages:
        assert "<script" not in page and "<img" not in page and "<b>A" not in page
    person.close()


# --- accounts and time ---------------------------------------------------------------------------


def an_administrator_turns_accounts_off(rig):
    rig.portal.account("sari", "petugas", OFFICE, password=PASSWORD)
    sari, admin = Person(rig.portal).sign_in("sari"), rig.as_("kepala")
    document = rig.file()
    assert sari.get("/petugas").status == 200
    assert admin.get("/petugas").headers["Location"] == "/petugas/akun"
    text = admin.get("/petugas/akun").text()
    assert "sari" in text and "rt-jauh" not in text and "jauh petugas" not in text
    for path in (f"/petugas/berkas/{document['code']}",):
        assert admin.get(path).status == 404, "an administrator reads requests"
    for name, status in (("kepala", 403), ("jauh", 404), ("nobody", 404), ("sari", 303)):
        assert admin.get("/petugas/akun").post("/petugas/akun", nama=name, jadi="mati").status == status, name
    assert sari.get("/petugas").status == 303  # out at once
    assert sari.sign_in("sari").status == 403
    assert admin.get("/petugas/akun").post("/petugas/akun", nama="sari", jadi="aktif").status == 303
    assert sari.sign_in("sari").status == 303
    for name in ("siti", "pak-rt", "bu-lurah"):
        person = rig.as_(name)
        assert person.get("/petugas/akun").status == 403
        assert person.post("/petugas/akun", csrf=person.get("/petugas").csrf(), nama="sari",
                           jadi="mati").status == 403, name
    sari.close()


def a_new_password_ends_the_sessions(rig):
    person = Person(rig.portal).sign_in("rt-lain")
    assert person.get("/petugas").status == 200
    rig.portal.account("rt-lain", "rt", OFFICE, "8", password="sandi yang baru")
    assert person.get("/petugas").status == 303
    assert person.sign_in("rt-lain").status == 403
    assert person.sign_in("rt-lain", "sandi yang baru").status == 303
    person.close()


def without_its_database_a_page_says_so(rig):
    siti = rig.as_("siti").get("/petugas")
    word = siti.csrf()
    rig.portal.say("database away")
    try:
        for answer in (siti.get("/petugas"), siti.post("/petugas/cari", csrf=word, cari="A-001"),
                       Person(rig.portal).sign_in("siti")):
            assert answer.status == 503 and answer.headers["Retry-After"], answer.status
            assert "coba lagi" in answer.text()
    finally:
        rig.portal.say("database back")
    assert siti.get("/petugas").status == 200


def a_session_ends_by_itself(rig):
    person = Person(rig.portal).sign_in("siti")
    token = person.cookie

    def at(shift):
        person.close()
        rig.restart(clock(shift))
        later = Person(rig.portal)
        later.cookie = token
        status = later.get("/petugas").status
        later.close()
        return status

    assert at("+29m") == 200
    assert at("+58m") == 200  # used in between
    assert at("+89m") == 303, "unused for half an hour"
    if rig.portal.database is None:
        person = Person(rig.portal).sign_in("siti")
        token = person.cookie
        held = sqlite3.connect(rig.portal.folder / "portal.db")
        held.execute("UPDATE sessions SET made_at = made_at - 36000000")
        held.commit()
        held.close()
        assert person.get("/petugas").status == 303, "in use for ten hours"
        person.close()


def no_number_of_identity_is_logged(rig):
    log = rig.log()
    assert "signed in" in log and "waiting_rt to rt_agreed by pak-rt" in log
    assert not re.search(r"\d{11}", re.sub(re.escape(KIOSK), "", log)), log
    for words in ("Warung", "6472031708900001", PASSWORD, "Mawar", "script", "csrf", "__Host"):
        assert words not in log, words


def main():
    rig = Rig(tap.words())
    return tap.run(sys.modules["__main__"], "rig", rig, rig.close)


if __name__ == "__main__":
    sys.exit(main())
