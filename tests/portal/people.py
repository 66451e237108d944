"""An office at the reference portal for tests: a kiosk that files, officers with accounts,
and a browser without a screen that speaks to the pages as HTTP."""
import hashlib
import html
import http.client
import json
import re
import secrets
import ssl
import urllib.parse

from documents import aduan_document, ktp_document, sku_document
from portal import Portal, seal, uuid7

KIOSK, OFFICE, ELSEWHERE = "6472021001-1", "6472021001", "6472011002"
PASSWORD = "sandi untuk uji"
OFFICERS = {"pak-rt": ("rt", OFFICE, "7"), "rt-lain": ("rt", OFFICE, "8"),
            "rt-jauh": ("rt", ELSEWHERE, "7"), "siti": ("petugas", OFFICE, ""),
            "jauh": ("petugas", ELSEWHERE, ""), "bu-lurah": ("lurah", OFFICE, ""),
            "kepala": ("admin", OFFICE, "")}


class Office:
    def __init__(self, program, catalogue, database=None, officers=tuple(OFFICERS)):
        self.portal = Portal(program, catalogue, database, quiet=True)  # what it says is looked at
        self.kiosk, self.seq = self.portal.enrol(KIOSK, 1), 0
        for name in officers:
            self.portal.account(name, *OFFICERS[name], password=PASSWORD)

    def url(self, path="/petugas"):
        return f"https://127.0.0.1:{self.portal.port}{path}"

    def file(self, make=sku_document, **changes):
        """A request from the kiosk: its document."""
        document = make(uuid7(), KIOSK, catalogue=self.portal.catalogue, **changes)
        self.send(document, 201)
        return document

    def send(self, document, status):
        """The envelope, and how to send the very same again."""
        envelope = seal(self.portal.seal_key, json.dumps(document).encode())
        self.seq += 1
        headers = {"Content-Type": "application/octet-stream", "Anjungan-Seq": str(self.seq),
                   "Anjungan-Sha256": hashlib.sha256(envelope).hexdigest()}

        def again(status):
            answer = self.kiosk.ask("PUT", f"/api/v1/submissions/{document['id']}", envelope, headers)
            assert answer.status == status, (answer.status, answer.body)
            return answer
        again(status)
        return again

    def phone(self, method, path, data, headers, status):
        context = ssl.create_default_context(cafile=self.portal.folder / "ca.pem")
        line = http.client.HTTPSConnection("127.0.0.1", self.portal.port, timeout=20, context=context)
        line.request(method, path, data, headers)
        answer = line.getresponse()
        assert answer.status == status, (answer.status, answer.read())
        line.close()

    def photo(self, document, data, parts=1):
        """One that the resident sent from a phone, whole."""
        upload, step = secrets.token_hex(16), -(-len(data) // parts)
        for at in range(0, len(data), step):
            end = min(at + step, len(data))
            self.phone("PATCH", f"/unggah/{document['photos']}", data[at:end], {
                "Upload-Id": upload, "Content-Range": f"bytes {at}-{end - 1}/{len(data)}"},
                201 if end == len(data) else 200)

    def form(self, document, data):
        """The same from a phone without script."""
        body = (b'--grens\r\nContent-Disposition: form-data; name="foto"; filename="foto.jpg"\r\n\r\n' + data +
                b"\r\n--grens--\r\n")
        self.phone("POST", f"/unggah/{document['photos']}", body,
                   {"Content-Type": "multipart/form-data; boundary=grens"}, 303)

    def ticket(self, document, letter, number):
        """The queue number that the kiosk gave with it."""
        answer = self.kiosk.ask("POST", "/api/v1/tickets", json.dumps({"tickets": [
            {"uuid": document["id"], "letter": letter, "number": number, "day": "2026-11-24",
             "issued_at": 1795500000000, "state": "waiting", "print": "printed", "priority": False}]}))
        assert answer.status == 200, answer.body

    def steps(self, code):
        return [row for row in self.portal.say("dump")["chain"] if row["code"] == code]

    def answers(self, code):
        rows = [row for row in self.portal.say("dump")["submissions"] if row["code"] == code]
        assert len(rows) == 1, rows
        return rows[0]["answers"]

    def state(self, code):
        return self.steps(code)[-1]["state"]

    def walk(self, code, *steps):
        """Steps that are not what a test is about: "agree pak-rt"."""
        for step in steps:
            assert self.portal.say(f"step {code} {step}") == {"done": True}, step

    def close(self):
        self.kiosk.close()
        self.portal.process.kill()
        self.portal.process.wait()
        self.portal.remove()


class Person:
    """Somebody's HTTP: cookies are kept, redirects are not followed, forms are looked up.
    `portal` is what has a folder (with ca.pem) and a port."""

    def __init__(self, portal):
        context = ssl.create_default_context(cafile=portal.folder / "ca.pem")
        self.line = http.client.HTTPSConnection("127.0.0.1", portal.port, timeout=20, context=context)
        self.cookies, self.page, self.status, self.headers = {}, None, None, None
        self.body = None

    @property
    def cookie(self):
        return self.cookies.get("__Host-petugas")

    @cookie.setter
    def cookie(self, value):
        self.cookies["__Host-petugas"] = value

    def ask(self, method, path, body=None, headers=None):
        sent = dict(headers or {})
        if "Cookie" not in sent:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)
        self.line.request(method, path, body, sent)
        answer = self.line.getresponse()
        self.body, self.status, self.headers = answer.read(), answer.status, answer.headers
        self.page = self.body.decode(errors="replace")
        made = answer.headers.get("Set-Cookie")
        if made:
            name, _, value = made.split(";")[0].partition("=")
            self.cookies[name] = value or None
        return self

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, csrf=None, **fields):
        """`csrf` None: the word of the page that was seen last."""
        fields = {name.replace("_", ":", 1) if name.startswith("salah_") else name: value
                  for name, value in fields.items()}
        fields["csrf"] = self.csrf() if csrf is None else csrf
        return self.ask("POST", path, urllib.parse.urlencode(fields),
                        {"Content-Type": "application/x-www-form-urlencoded"})

    def csrf(self):
        return re.search(r'name="csrf" value="([0-9a-f]{64})"', self.page or "")[1]

    def step(self):
        return re.search(r'name="step" value="(\d+)"', self.page)[1]

    def text(self):
        """What the page says, without its markup."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.page)).split())

    def sign_in(self, name, password=PASSWORD):
        return self.get("/petugas/masuk").post("/petugas/masuk", nama=name, sandi=password)

    def do(self, code, deed, fields):
        """Open a request, do that with it; the status that follows. `fields`: a reason, and by
        "salah_QUESTION" what is wrong there."""
        if self.get(f"/petugas/berkas/{code}").status != 200:
            return self.status
        return self.post(f"/petugas/berkas/{code}", step=self.step(), deed=deed, **fields).status

    def close(self):
        self.line.close()


__all__ = ["ELSEWHERE", "KIOSK", "OFFICE", "OFFICERS", "PASSWORD", "Office", "Person",
           "aduan_document", "ktp_document", "sku_document"]
