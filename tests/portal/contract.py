"""Holds the reference portal to kiosk/portal/portal-api.yaml: every path and every
status of it is met here, with bodies and headers as the contract has them, and
nothing is answered that it does not name. Prints TAP.

    contract.py PROGRAM CATALOGUE [DATABASE]
"""
import copy
import hashlib
import json
import pathlib
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import threading

import jsonschema
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from portal import (SCRIPTS, Client, Portal, base64url, box_keys, receipt_bytes, seal, sign,  # noqa: E402
                    signed, unbase64, unseal, uuid7)
import tap  # noqa: E402
from documents import aduan_document, ktp_document, sku_document, tracking_code  # noqa: E402
from pictures import BROKEN, KINDS, NOT_PHOTOS, jpeg, png  # noqa: E402

API = pathlib.Path(__file__).resolve().parents[2] / "kiosk/portal/portal-api.yaml"
JSON = {"Content-Type": "application/json"}
BYTES = {"Content-Type": "application/octet-stream"}
KIOSK, NUMBER = "6472021001-1", 1


class Contract:
    def __init__(self, text):
        self.spec = yaml.safe_load(text)
        self.resolver = jsonschema.RefResolver.from_schema(self.spec)
        self.met = set()

    def follow(self, node):
        while "$ref" in node:
            node = self.resolver.resolve(node["$ref"])[1]
        return node

    def operations(self):
        for path, item in self.spec["paths"].items():
            for method, operation in item.items():
                if method != "parameters":
                    yield path, method.upper(), operation

    def find(self, method, path):
        """The operation whose template fits the path."""
        for template, verb, operation in self.operations():
            want, have = template.split("/"), path.split("/")
            if verb == method and len(want) == len(have) and all(
                    a == b or a.startswith("{") for a, b in zip(want, have)):
                return template, operation
        raise AssertionError(f"no {method} {path} in the contract")

    def validator(self, schema):
        return jsonschema.Draft202012Validator(schema, resolver=self.resolver,
                                               format_checker=jsonschema.FormatChecker())

    def check(self, method, path, answer):
        """Is that an answer the contract allows?"""
        template, operation = self.find(method, path)
        response = operation["responses"].get(str(answer.status))
        assert response, f"{method} {template} answered {answer.status}: {answer.body[:200]}"
        response = self.follow(response)
        self.met.add((method, template, str(answer.status)))
        for name, header in response.get("headers", {}).items():
            value = answer.headers.get(name)
            assert value is not None or not header.get("required"), f"{template}: no {name}"
            integer = header["schema"]["type"] == "integer"
            self.validator(header["schema"]).validate(int(value) if integer else value)
        kinds = response.get("content", {})
        kind = (answer.headers.get("Content-Type") or "").split(";")[0]
        if not kinds:
            assert answer.body == b"", f"{template} {answer.status} has a body"
            return answer
        assert kind in kinds, f"{template} {answer.status} is {kind}"
        if kind == "application/json":
            self.validator(kinds[kind]["schema"]).validate(answer.json())
        return answer

    def body_schema(self, method, path):
        _, operation = self.find(method, path)
        return operation["requestBody"]["content"]["application/json"]["schema"]


class Rig:
    """One portal and the words to speak to it; every answer is checked on its way."""

    def __init__(self, arguments):
        self.contract = Contract(API.read_text())
        self.portal = Portal(arguments[0], arguments[1], *arguments[2:3])
        self.kiosk = self.portal.enrol(KIOSK, NUMBER)
        self.stranger = Client(self.portal)
        self.payers = {}
        self.seq = 0

    def restart(self, before=()):
        for client in (self.kiosk, self.stranger, *self.payers.values()):
            client.close()
        self.payers.clear()
        assert self.portal.stop() == 0
        self.portal.start(before=before)
        self.kiosk = Client(self.portal, self.portal.folder / "kiosk.pem")
        self.stranger = Client(self.portal)

    def ask(self, client, method, path, body=None, headers=None, status=None):
        answer = self.contract.check(method, path, client.ask(method, path, body, headers))
        assert status in (None, answer.status), f"{method} {path}: {answer.status} {answer.body[:200]}"
        return answer

    def post(self, path, value, status=200, client=None):
        body = value if isinstance(value, (bytes, str)) else json.dumps(value)
        return self.ask(client or self.kiosk, "POST", path, body, JSON, status)

    def put(self, identifier, envelope, seq=None, digest=None, client=None, status=None):
        if seq is None:
            self.seq += 1
            seq = self.seq
        headers = dict(BYTES, **{"Anjungan-Seq": str(seq),
                                 "Anjungan-Sha256": digest or hashlib.sha256(envelope).hexdigest()})
        return self.ask(client or self.kiosk, "PUT", f"/api/v1/submissions/{identifier}", envelope,
                        headers, status)

    def file(self, **changes):
        """A good submission: its id, its envelope, what is in it."""
        document = sku_document(uuid7(), KIOSK, **changes)
        return document["id"], seal(self.portal.seal_key, json.dumps(document).encode()), document

    def receipt(self, answer, identifier, envelope, seq, verdict):
        receipt = answer.json()
        assert (receipt["verdict"], receipt["id"], receipt["kiosk"], receipt["seq"]) == (
            verdict, identifier, KIOSK, seq), receipt
        assert receipt["sha256"] == hashlib.sha256(envelope).hexdigest()
        assert signed(self.portal.sign_key, receipt_bytes(receipt), unbase64(receipt["signature"]))
        return receipt


# --- the cases: each a function with its name as its words ------------------------


def the_contract_is_a_good_openapi_document(rig):
    spec = rig.contract.spec
    assert spec["openapi"].startswith("3.1") and spec["info"]["version"]
    for schema in spec["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    names = [operation["operationId"] for _, _, operation in rig.contract.operations()]
    assert len(names) == len(set(names))


def a_submission_is_held_and_signed_for(rig):
    identifier, envelope, document = rig.file()
    first = rig.put(identifier, envelope, status=201)
    receipt = rig.receipt(first, identifier, envelope, rig.seq, "accepted")
    again = rig.put(identifier, envelope, seq=rig.seq, status=200)
    assert again.json() == receipt, "a copy gets another receipt"
    rows = [row for row in rig.portal.say("dump")["submissions"] if row["id"] == identifier]
    assert len(rows) == 1 and rows[0]["answers"] == document["answers"], rows
    assert rows[0]["code"] == document["code"] and rows[0]["status"] == "waiting_rt"


def clock(shift):
    """Words that make a program live at another time. (The wrapper `faketime` stays in between.)"""
    library = sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))[0]
    # ASan's own library may then not be the first; it is all the same here.
    return ("env", f"LD_PRELOAD={library}", f"FAKETIME={shift}", "ASAN_OPTIONS=verify_asan_link_order=0")


def a_copy_after_400_days_is_the_same_row(rig):
    """Even when the catalogue has changed so that it would be refused as a new one."""
    identifier, envelope, document = rig.file()
    rig.contract.validator({"$ref": "#/components/schemas/Document"}).validate(document)
    first = rig.put(identifier, envelope, status=201).json()
    seq, catalogue = rig.seq, rig.portal.folder / "catalogue"
    shutil.copytree(rig.portal.catalogue, catalogue)
    service = json.loads((catalogue / "services/sku.json").read_text())
    for question in service["questions"]:
        if question["name"] == "nama_usaha":
            question["min_length"] = 79
    (catalogue / "services/sku.json").write_text(json.dumps(service))
    old, rig.portal.catalogue = rig.portal.catalogue, catalogue
    try:
        rig.restart(before=clock("+400d"))
        again = rig.put(identifier, envelope, seq=seq, status=200).json()
        assert again == first, again
        other, envelope, _ = rig.file()
        assert rig.put(other, envelope, status=422).json()["reason"] == "document"
    finally:
        rig.portal.catalogue = old
        rig.restart()
    assert sum(row["id"] == identifier for row in rig.portal.say("dump")["submissions"]) == 1


def fifty_copies_at_once_are_one_row(rig):
    identifier, envelope, _ = rig.file()
    rig.seq += 1
    seq, receipts, statuses = rig.seq, [], []
    certificate = rig.portal.folder / "kiosk.pem"

    def copy_of_it():
        client = Client(rig.portal, certificate)
        answer = rig.put(identifier, envelope, seq=seq, client=client)
        receipts.append(answer.body)
        statuses.append(answer.status)
        client.close()

    threads = [threading.Thread(target=copy_of_it) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 50 and len(set(receipts)) == 1, set(receipts)
    assert sorted(statuses) == [200] * 49 + [201], statuses
    assert sum(row["id"] == identifier for row in rig.portal.say("dump")["submissions"]) == 1


def wordings(rig, orders):
    """A first wording and later ones, put in that order of seq; who is in force, by number."""
    first, envelope, document = rig.file()
    papers = [(first, envelope, document)]
    for number in range(2, 4):
        papers.append(rig.file(code=document["code"], replaces=first, answers=dict(
            document["answers"], no_hp=f"+62812345000{number:02}")))
        rig.contract.validator({"$ref": "#/components/schemas/Document"}).validate(papers[-1][2])
    base, found = rig.seq, []
    rig.seq += len(papers)
    for order in orders:
        identifier, envelope, _ = papers[order]
        rig.receipt(rig.put(identifier, envelope, seq=base + 1 + order, status=201), identifier,
                    envelope, base + 1 + order, "accepted")
        rows = {row["id"]: row for row in rig.portal.say("dump")["submissions"]}
        found.append([at for at, paper in enumerate(papers)
                      if rows.get(paper[0], {}).get("in_force")])
    return document, found


def of_the_wordings_of_a_request_one_is_in_force(rig):
    assert wordings(rig, (0, 1, 2))[1] == [[0], [1], [2]]
    assert wordings(rig, (2, 0, 1))[1] == [[2], [2], [2]]  # in whatever order they come
    document, found = wordings(rig, (1, 2))  # the first never comes
    assert found == [[1], [2]], found
    code = document["code"]
    assert look_up(rig, code, "0003")["status"] == "waiting_rt"  # the phone of the one in force
    assert look_up(rig, code, "0002") == {"status": "not_found"}
    rig.portal.account("rt007", "rt", "6472021001", "7")
    assert rig.portal.say(f"step {code} agree rt007") == {"done": True}
    assert look_up(rig, code, "0003")["status"] == "rt_agreed"


def a_request_that_was_worked_on_may_be_replaced(rig):
    first, envelope, document = rig.file()
    rig.put(first, envelope, status=201)
    rig.portal.account("rt007", "rt", "6472021001", "7")
    assert rig.portal.say(f"step {document['code']} agree rt007") == {"done": True}
    later, envelope, _ = rig.file(code=document["code"], replaces=first)
    rig.put(later, envelope, status=201)
    rows = {row["id"]: row for row in rig.portal.say("dump")["submissions"]}
    assert (rows[first]["status"], rows[first]["in_force"]) == ("rt_agreed", 0), rows[first]
    assert (rows[later]["status"], rows[later]["in_force"]) == ("waiting_rt", 1), rows[later]
    assert look_up(rig, document["code"], document["answers"]["nik"][-4:])["status"] == "waiting_rt"


def another_kiosk_replaces_nothing(rig):
    first, envelope, document = rig.file()
    rig.put(first, envelope, status=201)
    other = rig.portal.enrol("6472021001-9", 9, "nine")
    foreign = sku_document(uuid7(), "6472021001-9", replaces=first)
    rig.put(foreign["id"], seal(rig.portal.seal_key, json.dumps(foreign).encode()), seq=10 ** 6,
            client=other, status=201)
    other.close()
    rows = {row["id"]: row for row in rig.portal.say("dump")["submissions"]}
    assert rows[first]["in_force"] == rows[foreign["id"]]["in_force"] == 1


def the_same_id_with_other_bytes_is_refused(rig):
    identifier, envelope, document = rig.file()
    rig.put(identifier, envelope, status=201)
    other = seal(rig.portal.seal_key, json.dumps(document).encode())
    answer = rig.put(identifier, other, seq=rig.seq, status=409)
    assert rig.receipt(answer, identifier, other, rig.seq, "refused")["reason"] == "conflict"
    answer = rig.put(identifier, envelope, seq=rig.seq + 100, status=409)
    rig.receipt(answer, identifier, envelope, rig.seq + 100, "refused")
    rig.put(identifier, envelope, seq=rig.seq, status=200)


def what_cannot_be_opened_is_refused_and_kept(rig):
    identifier, envelope, _ = rig.file()
    broken = envelope[:-1] + bytes([envelope[-1] ^ 1])
    for body in (broken, b"", b"ANJ1", b"x" * 1000, envelope[:60],
                 seal(box_keys()[0], b"{}")):
        answer = rig.put(identifier, body, status=422)
        assert rig.receipt(answer, identifier, body, rig.seq, "refused")["reason"] == "envelope"
    kept = [row for row in rig.portal.say("dump")["refusals"] if row["id"] == identifier]
    assert len(kept) == 6, kept
    rig.put(identifier, envelope, status=201)


def a_bad_document_is_refused(rig):
    def seal_up(document):
        text = document if isinstance(document, bytes) else json.dumps(document).encode()
        return seal(rig.portal.seal_key, text)

    identifier, _, good = rig.file()
    bad = [b" ", b"null", b"[]", b"{}", b"\xff", b"{" * 5000]
    for key in ("id", "code", "kiosk", "service", "answers"):
        bad.append({name: value for name, value in good.items() if name != key})
    bad += [dict(good, id=uuid7()), dict(good, kiosk="6472099999-9"), dict(good, service="nope"),
            dict(good, code="0000-0001"), dict(good, answers=dict(good["answers"], nik="1234")),
            dict(good, answers=dict(good["answers"], nobody_asked="x")),
            dict(good, replaces=good["id"]), dict(good, replaces=""), dict(good, replaces=None)]
    for document in bad:
        envelope = seal_up(document)
        answer = rig.put(identifier, envelope)
        assert answer.status == 422, (answer.status, document)
        receipt = rig.receipt(answer, identifier, envelope, rig.seq, "refused")
        assert receipt["reason"] == "document"
    rig.put(identifier, seal_up(good), status=201)


def a_damaged_request_gets_no_verdict(rig):
    identifier, envelope, _ = rig.file()
    path = f"/api/v1/submissions/{identifier}"
    digest = hashlib.sha256(envelope).hexdigest()
    rig.put(identifier, envelope, digest="0" * 64, status=400)
    rig.put(identifier, envelope, digest=digest.upper()[:-1], status=400)
    for seq in ("", "0", "-1", "1.5", "9" * 30, "x"):
        rig.put(identifier, envelope, seq=seq, status=400)
    rig.ask(rig.kiosk, "PUT", path, envelope, BYTES, 400)
    for name in ("x", identifier.upper(), identifier[:-1], "x" * 36):
        rig.put(name, envelope, status=400)
    rig.put(identifier, b"x" * (256 * 1024 + 1), status=413)
    assert not [row for row in rig.portal.say("dump")["submissions"] if row["id"] == identifier]


def only_enrolled_kiosks_may_speak(rig):
    identifier, envelope, _ = rig.file()
    asks = [("PUT", f"/api/v1/submissions/{identifier}", envelope), ("POST", "/api/v1/tickets", "{}"),
            ("POST", "/api/v1/lookups", b"x"), ("GET", "/api/v1/bundles/catalogue", None),
            ("POST", "/api/v1/heartbeat", "{}"), ("POST", "/api/v1/tallies", "{}")]
    unknown = rig.portal.folder / "unknown"
    subprocess.run([SCRIPTS / "make-ca", unknown, "--client", KIOSK], check=True,
                   stderr=subprocess.DEVNULL)
    pem = unknown / "both.pem"
    pem.write_text((unknown / f"{KIOSK}.key").read_text() + (unknown / f"{KIOSK}.pem").read_text())
    subprocess.run([SCRIPTS / "make-ca", rig.portal.folder, "--client", "6472021001-7"], check=True,
                   stderr=subprocess.DEVNULL)
    known = rig.portal.folder / "known.pem"
    known.write_text((rig.portal.folder / "6472021001-7.key").read_text() +
                     (rig.portal.folder / "6472021001-7.pem").read_text())
    server = rig.portal.folder / "as-client.pem"
    server.write_text((rig.portal.folder / "server.key").read_text() +
                      (rig.portal.folder / "server.pem").read_text())
    rig.portal.enrol("6472021001-8", 8, "revoked").close()
    rig.portal.say("revoke 6472021001-8")
    speakers = [(None, 401), (pem, 401), (server, 401), (known, 403),
                (rig.portal.folder / "revoked.pem", 403)]
    for certificate, status in speakers:
        client = Client(rig.portal, certificate)
        for method, path, body in asks:
            rig.ask(client, method, path, body, BYTES, status)
        client.close()


def a_renewed_kiosk_loses_its_old_certificate(rig):
    old = rig.portal.enrol("6472021001-3", 3, "old")
    rig.post("/api/v1/heartbeat", {"software": "0.1"}, client=old)
    new = rig.portal.enrol("6472021001-3", 3, "new")
    rig.post("/api/v1/heartbeat", {"software": "0.1"}, client=new)
    rig.post("/api/v1/heartbeat", {"software": "0.1"}, 403, client=old)
    old.close()
    new.close()


def a_code_enrols_one_kiosk_once(rig):
    path, portal = "/api/v1/enrolments", rig.portal
    code = portal.say("code 6472021001-4 4")["code"]
    mine, other = portal.application(code, "mine"), portal.application(code, "other")
    rig.contract.validator(rig.contract.body_schema("POST", path)).validate(mine)
    first = rig.post(path, mine, 201, rig.stranger).json()
    assert (first["kiosk"], first["number"]) == ("6472021001-4", 4)
    assert bytes.fromhex(first["seal_key"]) == portal.seal_key
    assert bytes.fromhex(first["sign_key"]) == portal.sign_key
    again = rig.post(path, dict(mine, code=code.lower().replace("-", " ")), 201, rig.stranger).json()
    assert again["kiosk"] == first["kiosk"]  # as a hand types it
    rig.post(path, other, 403, rig.stranger)
    rig.post(path, dict(mine, sign_key="00" * 32), 403, rig.stranger)
    rig.post(path, dict(mine, code="0000-0000"), 403, rig.stranger)
    rig.post(path, "x" * 20000, 413, rig.stranger)
    client = Client(portal, portal.keep_certificate(again, "mine"))
    rig.post("/api/v1/heartbeat", {"software": "0.1"}, client=client)
    client.close()


def a_bad_certificate_request_is_refused(rig):
    mine = rig.portal.application("1234", "mine")
    rsa = subprocess.run("openssl req -new -newkey rsa:2048 -nodes -keyout /dev/null -subj /CN=x",
                         shell=True, check=True, capture_output=True, text=True).stdout
    lines = mine["csr"].splitlines()
    lines[3] = lines[3][::-1]
    for csr in ("", "nonsense", rsa, "\n".join(lines)):
        rig.post("/api/v1/enrolments", dict(mine, csr=csr), 400, rig.stranger)


def bodies_are_as_the_schemas_say(rig):
    """What a schema refuses, the portal refuses; what it allows, it takes."""
    ticket = {"uuid": uuid7(), "letter": "A", "number": 17, "day": "2026-11-24",
              "issued_at": 1795500000000, "state": "waiting", "print": "printed", "priority": False}
    good = {"/api/v1/tickets": {"tickets": [ticket]},
            "/api/v1/heartbeat": {"software": "0.1", "outbox": 3, "oldest": 1795500000000,
                                  "printer": "ready", "intake": "open", "clock_uncertain": False},
            "/api/v1/tallies": {"day": "2026-11-24",
                                "counts": {"visit/done": 12, "skm/sku/u2/4": 3, "a" * 63: 1}}}
    for path, value in good.items():
        schema = rig.contract.validator(rig.contract.body_schema("POST", path))
        schema.validate(value)
        rig.post(path, value)
        for spoilt in spoil(value):
            wanted = 200 if schema.is_valid(spoilt) else 400
            answer = rig.post(path, spoilt, None)
            assert answer.status == wanted, (path, answer.status, spoilt)
        for text in ("", "null", "[1", "\x00", "{}{}", '{"tickets":' * 200):
            rig.post(path, text, 400)
        rig.post(path, " " * 300000, 413)


def spoil(value):
    """The value with one thing left out or replaced, at every depth."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        if isinstance(value, dict):
            yield {name: other for name, other in value.items() if name != key}
        for other in (None, -1, 0, 1.5, "", "x" * 400, [], {}, 10 ** 9):
            if other != inner:
                changed = copy.copy(value)
                changed[key] = other
                yield changed
        if isinstance(inner, (dict, list)):
            for deeper in spoil(inner):
                changed = copy.copy(value)
                changed[key] = deeper
                yield changed


def a_day_is_told_whole(rig):
    """The later word on a day stands; other days and kiosks are untouched."""
    def held():
        return {(row["day"], row["name"]): row["count"] for row in rig.portal.say("dump")["tallies"]
                if row["day"] > "2027"}
    first = {"day": "2027-01-04", "counts": {"visit/done": 5, "visit/idle": 1}}
    rig.post("/api/v1/tallies", first)
    rig.post("/api/v1/tallies", {"day": "2027-01-05", "counts": {"visit/done": 1}})
    assert rig.post("/api/v1/tallies", first).json() == {"held": 2}
    rig.post("/api/v1/tallies", {"day": "2027-01-04", "counts": {"visit/done": 6}})
    assert held() == {("2027-01-04", "visit/done"): 6, ("2027-01-05", "visit/done"): 1}, held()
    for name in ("", "/", "a/", "/a", "a//b", "A", "a b", "a" * 64, "/".join("a" * 9), "é"):
        rig.post("/api/v1/tallies", {"day": "2027-01-06", "counts": {name: 1}}, 400)


def tickets_are_mirrored_once(rig):
    ticket = {"uuid": uuid7(), "letter": "B", "number": 3, "day": "2026-11-24",
              "issued_at": 1795500000000, "state": "waiting", "print": "unprinted", "priority": True}
    other = dict(ticket, uuid=uuid7(), number=4)
    assert rig.post("/api/v1/tickets", {"tickets": [ticket, other]}).json() == {"held": 2}
    rig.post("/api/v1/tickets", {"tickets": [dict(ticket, print="printed", state="called"), other]})
    rows = [row for row in rig.portal.say("dump")["tickets"] if row["letter"] == "B"]
    assert [(row["number"], row["print"], row["state"]) for row in rows] == [
        (3, "printed", "called"), (4, "unprinted", "waiting")], rows
    rig.post("/api/v1/tickets", {"tickets": [dict(ticket, uuid=uuid7(), number=n % 9999 + 1)
                                             for n in range(501)]}, 400)
    stranger = rig.portal.enrol("6472021001-5", 5, "five")
    rig.post("/api/v1/tickets", {"tickets": [ticket]}, 400, stranger)
    stranger.close()


def look_up(rig, code, fact, status=200, client=None):
    return look(rig, "StatusAnswer", status, client, kind="status", code=code, fact=fact)


def look(rig, schema, status=200, client=None, **query):
    public, secret = box_keys()
    query["reply_key"] = public.hex()
    rig.contract.validator({"$ref": "#/components/schemas/LookupQuery"}).validate(query)
    answer = rig.ask(client or rig.kiosk, "POST", "/api/v1/lookups",
                     seal(rig.portal.seal_key, json.dumps(query).encode()), BYTES, status)
    if answer.status != 200:
        return answer.status
    plain = unseal(public, secret, answer.body)
    assert len(plain) == 2048, len(plain)
    value = json.loads(plain)
    for name in ("LookupAnswer", schema):
        rig.contract.validator({"$ref": f"#/components/schemas/{name}"}).validate(value)
    return value


def a_status_needs_the_second_fact(rig):
    identifier, envelope, document = rig.file()
    rig.put(identifier, envelope, status=201)
    code, nik, phone = document["code"], document["answers"]["nik"][-4:], document["answers"]["no_hp"][-4:]
    assert look_up(rig, code, nik)["status"] == "waiting_rt"
    rig.portal.account("rt007", "rt", "6472021001", "7")
    step = rig.portal.say(f"step {code} refuse rt007 Alamat bukan di RT ini")
    assert step == {"done": True}, step
    found = look_up(rig, code, phone)
    assert (found["status"], found["reason"], found["service"]) == (
        "rt_refused", "Alamat bukan di RT ini", "sku")
    assert look_up(rig, code, "0000") == {"status": "not_found"}
    assert look_up(rig, code, "") == {"status": "not_found"}


def a_request_that_nobody_must_agree_to_waits_to_be_taken_up(rig):
    document = ktp_document(uuid7(), KIOSK)
    rig.put(document["id"], seal(rig.portal.seal_key, json.dumps(document).encode()), status=201)
    assert look_up(rig, document["code"], document["answers"]["nik"][-4:])["status"] == "sent"


def a_step_is_an_officer_s_or_it_is_not_taken(rig):
    identifier, envelope, document = rig.file()
    rig.put(identifier, envelope, status=201)
    portal, code = rig.portal, document["code"]
    for name, role, rt in (("siti", "petugas", ""), ("bu-lurah", "lurah", ""), ("rt008", "rt", "8")):
        portal.account(name, role, "6472021001", rt)
    portal.account("jauh", "petugas", "6472011002")
    refused = {"siti": "not allowed", "bu-lurah": "not allowed", "rt008": "none", "jauh": "none",
               "nobody": "none"}
    for name, why in refused.items():
        assert portal.say(f"step {code} agree {name}") == {"error": why}, name
    for words in ("", f"{code}", f"{code} agree", "0000-0001 agree rt007"):
        assert "error" in portal.say(f"step {words}")
    for deed, name, says, why in (
            ("refuse", "rt007", "", "the sentence"), ("refuse", "rt007", "x" * 161, "the sentence"),
            ("agree", "rt007", "dan sebuah kalimat", "the sentence"), ("take", "rt007", "", "not allowed"),
            ("agree", "rt007", "", None), ("agree", "rt007", "", "none"), ("take", "siti", "", None),
            ("sign", "bu-lurah", "", "not allowed"), ("return", "siti", "", "the sentence"),
            ("ready", "siti", "", "not allowed"), ("verify", "siti", "", None),
            ("give_back", "bu-lurah", "Foto belum ada", None)):
        answer = portal.say(f"step {code} {deed} {name} {says}".strip())
        assert answer == ({"error": why} if why else {"done": True}), (deed, name, says, answer)
    # what the lurah noted is the office's own
    found = look_up(rig, code, document["answers"]["nik"][-4:])
    assert (found["status"], found["reason"]) == ("checking", ""), found
    steps = [row for row in portal.say("dump")["chain"] if row["code"] == code]
    assert [(row["was"], row["deed"], row["state"], row["role"], row["actor"]) for row in steps] == [
        ("", "receive", "sent", "portal", ""), ("sent", "route", "waiting_rt", "portal", ""),
        ("waiting_rt", "agree", "rt_agreed", "rt", "rt007"),
        ("rt_agreed", "take", "checking", "petugas", "siti"),
        ("checking", "verify", "signing", "petugas", "siti"),
        ("signing", "give_back", "checking", "lurah", "bu-lurah")], steps
    assert steps[-1]["reason"] == "Foto belum ada" and steps[-1]["at"] >= steps[0]["at"] > 0


def guessing_is_slow(rig):
    client = rig.portal.enrol("6472021001-6", 6, "six")
    code = sku_document(uuid7(), KIOSK)["code"]
    answers = [look_up(rig, code, f"{n:04d}", None, client) for n in range(7)]
    assert answers == [{"status": "not_found"}] * 5 + [429] * 2, answers
    many = [look_up(rig, sku_document(uuid7(), KIOSK)["code"], "1234", None, client) for _ in range(30)]
    assert many.count(429) == 7, many
    client.close()


NOP = "647202100100100010"


def payer(rig, number=11):
    """Another kiosk: each has so many questions a minute."""
    if number not in rig.payers:
        rig.payers[number] = rig.portal.enrol(f"6472021001-{number}", number, f"payer{number}")
    return rig.payers[number]


def bill_of(rig, nop=NOP, year=2026, **more):
    more.setdefault("client", payer(rig))
    return look(rig, "BillAnswer", kind="bill", nop=nop, year=year, **more)


def code_of(rig, nop=NOP, year=2026, **more):
    more.setdefault("client", payer(rig))
    return look(rig, "PayAnswer", kind="pay", nop=nop, year=year, **more)


def payment_of(rig, reference, **more):
    more.setdefault("client", payer(rig))
    return look(rig, "PaidAnswer", kind="paid", reference=reference, **more)


def a_bill_is_shown_masked(rig):
    assert bill_of(rig, year=2025) == {
        "state": "open", "owner": "S*** A***", "place": "JL. M*** NO. ***", "amount": 120000,
        "fine": 14400, "due": "2025-09-30"}
    assert bill_of(rig, nop="647202100100100030")["owner"] == "A***"
    assert bill_of(rig, year=2024)["state"] == "paid"
    # nobody is told whether the parcel is there
    assert bill_of(rig, year=2019) == bill_of(rig, nop="647202100100100990") == {"state": "not_found"}
    assert code_of(rig, year=2019) == code_of(rig, nop="647202100100100990") == {"state": "not_found"}
    assert code_of(rig, year=2024) == {"state": "paid"}


def tags(text):
    """EMVCo: tag, length, value from end to end."""
    found = {}
    while text:
        size = int(text[2:4])
        assert len(text) >= 4 + size and text[:2] not in found, text
        found[text[:2]], text = text[4:4 + size], text[4 + size:]
    return found


def crc(text):
    value = 0xFFFF
    for byte in text.encode():
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return f"{value:04X}"


def a_payment_is_one_code_until_it_is_paid(rig):
    assert crc("123456789") == "29B1"
    code = code_of(rig, year=2025)
    assert code["amount"] == 134400 and 0 < code["seconds"] <= 300, code
    found = tags(code["qris"])
    assert (found["01"], found["53"], found["54"], found["58"]) == ("12", "360", "134400", "ID"), found
    assert tags(found["51"])["02"] == "ID1020000000001" and tags(found["62"])["01"] == code["reference"]
    assert found["63"] == crc(code["qris"][:-4])
    again = code_of(rig, year=2025)
    assert (again["reference"], again["qris"]) == (code["reference"], code["qris"])
    assert payment_of(rig, code["reference"]) == {"state": "waiting"}
    assert rig.portal.say(f"payment pay {code['reference']}") == {"done": True}
    paid = payment_of(rig, code["reference"])
    assert (paid["state"], paid["amount"], paid["year"], paid["nop"]) == (
        "paid", 134400, 2025, "64.72.021.001.***-***1.0"), paid
    assert abs(paid["paid_at"] / 1000 - time.time()) < 60
    assert bill_of(rig, year=2025)["state"] == "paid" and code_of(rig, year=2025) == {"state": "paid"}
    assert payment_of(rig, tracking_code()) == {"state": "not_found"}


def a_code_that_is_over_cannot_be_paid(rig):
    code = code_of(rig)
    rig.portal.say(f"payment expire {code['reference']}")
    assert payment_of(rig, code["reference"]) == {"state": "expired"}
    assert "error" in rig.portal.say(f"payment pay {code['reference']}")
    other = code_of(rig)
    assert other["reference"] != code["reference"] and bill_of(rig)["state"] == "open"


def the_provider_lies_when_it_is_told_to(rig):
    say = rig.portal.say
    for lie, wrong in (("amount", lambda q: tags(q["qris"])["54"] == "125001"),
                       ("nmid", lambda q: tags(tags(q["qris"])["51"])["02"] == "ID1029999999999"),
                       ("static", lambda q: tags(q["qris"])["01"] == "11"),
                       ("crc", lambda q: tags(q["qris"])["63"] != crc(q["qris"][:-4])),
                       ("expired", lambda q: q["seconds"] == 0)):
        assert say(f"payment lie {lie}") == {"done": True}
        code = code_of(rig)
        assert code["state"] == "waiting" and wrong(code), (lie, code)
    say("payment lie away")
    assert code_of(rig) == {"state": "unavailable"}
    say("payment lie honest")
    assert code_of(rig)["seconds"] > 0
    assert "error" in say("payment lie nonsense") and "error" in say("payment pay nonsense")


def a_booking_is_answered_in_the_contracts_words(rig):
    now = time.gmtime(time.time() + 8 * 3600)
    day = time.strftime("%Y-%m-%d", now)
    due = rig.portal.say(f"book 6472021001 sku {day} {now.tm_hour:02}.{now.tm_min:02}")["code"]
    other = rig.portal.say("book 6472021001 sku 2020-02-29 10.00")["code"]
    far = rig.portal.say(f"book 6472011002 sku {day} 10.00")["code"]
    words = {code: look(rig, "BookingAnswer", kind="booking", code=code, client=payer(rig, 14))
             for code in (due, other, far, tracking_code())}
    assert [answer["state"] for answer in words.values()] == [
        "due", "other_day", "other_office", "not_found"], words
    rig.post("/api/v1/tickets", {"tickets": [
        {"uuid": words[due]["id"], "letter": "A", "number": 17, "day": day, "issued_at": 1,
         "state": "waiting", "print": "printed", "priority": False}]}, client=payer(rig, 14))
    answer = look(rig, "BookingAnswer", kind="booking", code=due, client=payer(rig, 14))
    assert (answer["state"], answer["number"]) == ("done", "A-017"), answer


def a_street_is_not_walked_through(rig):
    one, two = payer(rig, 12), payer(rig, 13)
    same = [bill_of(rig, nop="647202100100200010", status=None, client=one) for _ in range(21)]
    assert same == [{"state": "not_found"}] * 20 + [429], same
    walked = [bill_of(rig, nop=f"64720210010030{n:03d}0", status=None, client=one) for n in range(1, 10)]
    assert walked == [{"state": "not_found"}] * 9, walked
    guessed = [payment_of(rig, tracking_code(), status=None, client=two) for _ in range(11)]
    assert guessed == [{"state": "not_found"}] * 10 + [429], guessed


def a_bad_lookup_is_refused(rig):
    public, _ = box_keys()
    good = {"kind": "status", "code": tracking_code(), "fact": "1234", "reply_key": public.hex()}
    bad = [dict(good, kind="all"), dict(good, code="7K3F"), dict(good, fact="12345"),
           dict(good, fact=1234), dict(good, reply_key="00"), dict(good, reply_key="00" * 32), []]
    bill = {"kind": "bill", "nop": NOP, "year": 2026, "reply_key": public.hex()}
    bad += [dict(bill, nop=NOP[:-1]), dict(bill, nop=int(NOP)), dict(bill, nop="64.72" + NOP[5:]),
            dict(bill, year="2026"), dict(bill, year=1989), dict(bill, kind="paid"),
            {"kind": "paid", "reference": "7K3F", "reply_key": public.hex()},
            {"kind": "booking", "code": "7K3F", "reply_key": public.hex()}]
    for query in bad:
        rig.ask(rig.kiosk, "POST", "/api/v1/lookups",
                seal(rig.portal.seal_key, json.dumps(query).encode()), BYTES, 400)
    rig.ask(rig.kiosk, "POST", "/api/v1/lookups", b"clear text", BYTES, 400)
    rig.ask(rig.kiosk, "POST", "/api/v1/lookups", b"x" * 5000, BYTES, 413)


# --- photos from a phone ----------------------------------------------------------------


def complain(rig, **changes):
    """A complaint that photos may follow, handed in; its document."""
    document = aduan_document(uuid7(), KIOSK, **changes)
    rig.contract.validator({"$ref": "#/components/schemas/Document"}).validate(document)
    rig.put(document["id"], seal(rig.portal.seal_key, json.dumps(document).encode()), status=201)
    return document


def page_of(rig, way, status=200, words=(), language=""):
    answer = rig.contract.check("GET", f"/unggah/{way}", rig.stranger.ask(
        "GET", f"/unggah/{way}" + (f"?bahasa={language}" if language else "")))
    assert status in (None, answer.status), (answer.status, answer.body[:300])
    for one in words:
        assert one in answer.body.decode(), (one, answer.body.decode())
    return answer


def part(rig, way, upload, body, begins=0, size=None, status=None, client=None):
    """One part of a photo: PATCH as the page's script does it."""
    ends = begins + len(body) - 1
    where = f"{begins}-{ends}/{size or len(body)}" if body is not None and body != b"" else f"*/{size}"
    answer = rig.ask(client or rig.stranger, "PATCH", f"/unggah/{way}", body,
                     dict(BYTES, **{"Upload-Id": upload, "Content-Range": f"bytes {where}"}), status)
    return answer.json()


def form(rig, way, data, status, field="foto", client=None):
    """The page's form, as a browser without script sends it."""
    body = (b"--grens\r\nContent-Disposition: form-data; name=\"" + field.encode() +
            b"\"; filename=\"foto.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n" + data + b"\r\n--grens--\r\n")
    return rig.ask(client or rig.stranger, "POST", f"/unggah/{way}", body,
                   {"Content-Type": "multipart/form-data; boundary=grens"}, status)


def photos_held(rig, document):
    """Of a request: their types, sizes and what of them is here."""
    return [(row["type"], row["size"], row["received"], row["done_at"] > 0)
            for row in rig.portal.say("dump")["photos"] if row["code"] == document["code"]]


def count_of(rig, way, **more):
    more.setdefault("client", payer(rig, 14))
    return look(rig, "PhotosAnswer", kind="photos", **{"pass": way}, **more)


def photos_follow_a_request_with_its_pass(rig):
    way = secrets.token_hex(16)
    page_of(rig, way, 404, ["belum sampai di kantor", "QR yang sama"])
    page_of(rig, way, 404, ["has not reached the office"], "en")
    assert part(rig, way, secrets.token_hex(16), KINDS["image/png"], status=404) == {"error": "missing"}
    form(rig, way, KINDS["image/png"], 404)
    assert count_of(rig, way) == {"state": "not_found"}
    document = complain(rig, photos=way)
    page = page_of(rig, way, 200, ["Pengaduan, usul, dan pertanyaan", "Foto tempat kejadian",
                                   "0 dari 6 foto sudah diterima."])
    for policy in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"):
        assert policy in page.headers["Content-Security-Policy"]
    assert "<script>" not in page.body.decode() and document["code"] not in page.body.decode()
    page_of(rig, way, 200, ["Photos of the place", "0 of 6 photos received."], "en")
    for number, (kind, data) in enumerate(KINDS.items(), 1):
        told = part(rig, way, secrets.token_hex(16), data, status=201)
        assert told == {"received": len(data), "count": number, "most": 6}, told
        assert count_of(rig, way) == {"state": "open", "count": number, "most": 6}
    assert [row[0] for row in photos_held(rig, document)] == list(KINDS)
    page_of(rig, way, 200, ["4 dari 6 foto sudah diterima."])
    # neither the code nor a piece of the pass leads there, and no other request has them
    for other in (document["code"], way[:-1], way + "0", way.upper(), "gaya.css2"):
        page_of(rig, other, 404, ["Alamat ini tidak lengkap"])
    assert photos_held(rig, complain(rig)) == []


def a_photo_is_resumed_where_it_was_cut(rig):
    document, upload = complain(rig), secrets.token_hex(16)
    way, data = document["photos"], png(size=300000)
    assert part(rig, way, upload, b"", size=len(data), status=200) == {"received": 0}
    assert part(rig, way, upload, data[:100000], size=len(data), status=200) == {"received": 100000}
    # the answer was lost: the same again, a later one, and what has no beginning
    for begins, ends in ((0, 100000), (200000, 300000), (99999, 200000)):
        told = part(rig, way, upload, data[begins:ends], begins, len(data), 409)
        assert told == {"error": "offset", "received": 100000}, told
    assert part(rig, way, secrets.token_hex(16), data[5:905], 5, len(data), 409)["received"] == 0
    assert photos_held(rig, document) == [("image/png", len(data), 100000, False)]
    assert count_of(rig, way)["count"] == 0, "half a photo counts"
    rig.restart()
    assert part(rig, way, upload, b"", size=len(data), status=200) == {"received": 100000}
    part(rig, way, upload, data[100000:], 100000, len(data) + 1, 400)  # another size
    told = part(rig, way, upload, data[100000:], 100000, len(data), 201)
    assert told == {"received": len(data), "count": 1, "most": 6}, told
    for body in (b"", data[100000:]):  # told again, it is the same photo
        told = part(rig, way, upload, body, 100000, len(data), 201)
        assert told["count"] == 1, told
    # the id is the browser's own: under another pass it is another photo
    other = complain(rig)
    assert part(rig, other["photos"], upload, b"", size=len(data), status=200) == {"received": 0}


def what_is_no_photo_is_not_taken(rig):
    document = complain(rig)
    way = document["photos"]
    for data in NOT_PHOTOS + BROKEN:
        assert part(rig, way, secrets.token_hex(16), data, status=415) == {"error": "type"}, data
        assert "bukan foto" in form(rig, way, data, 415).body.decode()
    large, upload = 8 * 1024 * 1024 + 1, secrets.token_hex(16)
    assert part(rig, way, upload, KINDS["image/jpeg"], size=large, status=413) == {"error": "too_large"}
    part(rig, way, upload, b"\xff\xd8\xff" + bytes(512 * 1024), size=large - 1, status=413)
    for size in (large, large + 100000):
        said = form(rig, way, b"\xff\xd8\xff" + bytes(size - 3), 413).body.decode()
        assert "lebih besar dari 8 MB" in said, said[:300]
    for headers in ({}, {"Upload-Id": upload}, {"Content-Range": "bytes 0-2/3"},
                    {"Upload-Id": "x", "Content-Range": "bytes 0-2/3"},
                    *({"Upload-Id": upload, "Content-Range": one} for one in (
                        "bytes 0-3/3", "bytes 0-1/3", "bytes 2-4/3", "bytes 1-0/3", "bytes 0-2/-3", "0-2/3",
                        "bytes 0-2/3x", "bytes */3", ""))):
        rig.ask(rig.stranger, "PATCH", f"/unggah/{way}", b"\xff\xd8\xff", dict(BYTES, **headers), 400)
    # nor in more parts than are worth a row each
    part(rig, way, upload, KINDS["image/jpeg"], size=large - 1, status=400)
    form(rig, way, KINDS["image/jpeg"], 400, field="lain")
    for kind, body in (("text/plain", b"x"), ("multipart/form-data", b"x"),
                       ("multipart/form-data; boundary=grens", b"--grens"),
                       ("multipart/form-data; boundary=grens", b"--grens\r\n\r\n\r\n")):
        rig.ask(rig.stranger, "POST", f"/unggah/{way}", body, {"Content-Type": kind}, 400)
    assert photos_held(rig, document) == []
    largest = jpeg(behind=bytes(large - 1 - len(jpeg())))
    form(rig, way, largest, 303)
    assert form(rig, way, largest, 303).headers["Location"].startswith(f"/unggah/{way}")
    assert photos_held(rig, document) == [("image/jpeg", large - 1, large - 1, True)], "sent twice, it is one"


def there_is_place_for_so_many(rig):
    document = complain(rig)
    way, answers = document["photos"], []

    def send(number):
        client = Client(rig.portal)
        upload, data = secrets.token_hex(16), png(8, (number, 0, 0), 4000)
        told = part(rig, way, upload, data[:2000], size=len(data), client=client)
        if told == {"received": 2000}:
            told = part(rig, way, upload, data[2000:], 2000, len(data), client=client)
        answers.append(told.get("error", "whole"))
        client.close()

    def at_once(work, times):
        threads = [threading.Thread(target=work, args=(number,)) for number in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    at_once(send, 10)
    assert sorted(answers) == ["full"] * 4 + ["whole"] * 6, answers
    assert len(photos_held(rig, document)) == 6
    assert "sebanyak yang bisa" in form(rig, way, KINDS["image/png"], 409).body.decode()
    page_of(rig, way, 200, ["6 dari 6 foto", "sebanyak yang bisa"])
    # the same photo by two hands at once is one
    other, upload, data = complain(rig), secrets.token_hex(16), png(8, size=4000)
    answers.clear()

    def same(_):
        client = Client(rig.portal)
        answers.append(part(rig, other["photos"], upload, data, client=client).get("count"))
        client.close()

    at_once(same, 8)
    assert answers == [1] * 8 and len(photos_held(rig, other)) == 1, answers


def what_was_begun_and_left_makes_room(rig):
    document = complain(rig)
    way, data = document["photos"], png(size=4000)
    for _ in range(6):
        part(rig, way, secrets.token_hex(16), data[:1000], size=len(data), status=200)
    assert part(rig, way, secrets.token_hex(16), data, status=409) == {"error": "full"}
    rig.restart(before=clock("+2h"))
    assert part(rig, way, secrets.token_hex(16), data, status=201)["count"] == 1
    assert photos_held(rig, document) == [("image/png", len(data), len(data), True)]
    rig.restart(before=clock("+8d"))  # and after a week it is too late
    page_of(rig, way, 410, ["tidak diterima lagi", "1 dari 6"])
    assert part(rig, way, secrets.token_hex(16), data, status=410) == {"error": "closed"}
    form(rig, way, data, 410)
    assert count_of(rig, way)["state"] == "closed"
    rig.restart()


def a_finished_request_takes_no_photos(rig):
    document = complain(rig)
    rig.portal.account("siti", "petugas", "6472021001")
    for step in ("take siti", "answer siti Sudah dibersihkan."):
        assert rig.portal.say(f"step {document['code']} {step}") == {"done": True}, step
    page_of(rig, document["photos"], 410)
    assert part(rig, document["photos"], secrets.token_hex(16), KINDS["image/png"], status=410)


def photos_end_seven_days_after_the_arrival(rig):
    """As the slip says; a request that is under way is no exception."""
    document = complain(rig)
    try:
        rig.restart(before=clock("+167h"))
        page_of(rig, document["photos"], 200, ["0 dari 6 foto"])
        part(rig, document["photos"], secrets.token_hex(16), KINDS["image/png"], status=201)
        assert count_of(rig, document["photos"]) == {"state": "open", "count": 1, "most": 6}
        rig.restart(before=clock("+169h"))
        page_of(rig, document["photos"], 410, ["tidak diterima lagi"])
        assert count_of(rig, document["photos"])["state"] == "closed"
        assert part(rig, document["photos"], secrets.token_hex(16), KINDS["image/png"], status=410)
    finally:
        rig.restart()
    assert len(photos_held(rig, document)) == 1


def the_wordings_of_a_request_share_its_photos(rig):
    first = complain(rig)
    part(rig, first["photos"], secrets.token_hex(16), KINDS["image/png"], status=201)
    later = complain(rig, code=first["code"], replaces=first["id"], photos=first["photos"])
    assert count_of(rig, first["photos"]) == {"state": "open", "count": 1, "most": 6}
    assert len(photos_held(rig, later)) == 1
    # somebody else's pass opens what it opened first
    thief = complain(rig, photos=first["photos"])
    assert photos_held(rig, thief) == []
    part(rig, first["photos"], secrets.token_hex(16), KINDS["image/webp"], status=201)
    assert len(photos_held(rig, later)) == 2 and photos_held(rig, thief) == []


def only_a_service_that_takes_photos_has_a_pass(rig):
    for document in (ktp_document(uuid7(), KIOSK, photos=secrets.token_hex(16)),
                     aduan_document(uuid7(), KIOSK, photos="0" * 31),
                     aduan_document(uuid7(), KIOSK, photos=None)):
        answer = rig.put(document["id"], seal(rig.portal.seal_key, json.dumps(document).encode()), status=422)
        assert answer.json()["reason"] == "document"
    plain = aduan_document(uuid7(), KIOSK)
    del plain["photos"]  # a kiosk that knows no photos yet
    rig.put(plain["id"], seal(rig.portal.seal_key, json.dumps(plain).encode()), status=201)


def the_bundle_is_signed_and_cached(rig):
    path = "/api/v1/bundles/catalogue"
    answer = rig.ask(rig.kiosk, "GET", path, status=200)
    head, _, body = answer.body.partition(b"\n")
    words = head.decode().split(" ")
    assert words[:2] == ["anjungan-bundle", "1"], head
    value = json.loads(body)
    rig.contract.validator({"$ref": "#/components/schemas/Bundle"}).validate(value)
    assert any(name.startswith("services/") for name in value["files"]), list(value["files"])
    for text in value["files"].values():
        json.loads(text)
    same = rig.ask(rig.kiosk, "GET", path, headers={"If-None-Match": answer.headers["ETag"]}, status=304)
    assert same.headers["ETag"] == answer.headers["ETag"]
    rig.ask(rig.kiosk, "GET", path, headers={"If-None-Match": '"old"'}, status=200)
    rig.ask(rig.kiosk, "GET", "/api/v1/bundles/other", status=404)


def bundle_of(rig):
    """Its body, checked against the signature, and its ETag."""
    answer = rig.ask(rig.kiosk, "GET", "/api/v1/bundles/catalogue", status=200)
    head, _, body = answer.body.partition(b"\n")
    assert signed(rig.portal.sign_key, body, unbase64(head.split(b" ")[2].decode()))
    return json.loads(body), answer.headers["ETag"]


def a_bundle_names_the_kiosks_and_its_version_rises_with_them(rig):
    first, tag = bundle_of(rig)
    assert first["version"] >= 1 and "schema/service.schema.json" not in first["files"]
    key = (rig.portal.folder / "kiosk.sign").read_bytes()[:32].hex()
    own = {"number": NUMBER, "kiosk": KIOSK, "key": key}
    assert own in json.loads(first["files"]["keys.json"])["kiosks"]
    assert bundle_of(rig) == (first, tag)
    rig.portal.enrol("6472091002-1", 977, "newcomer").close()
    second, other = bundle_of(rig)
    assert (second["version"], other == tag) == (first["version"] + 1, False)
    assert [one["number"] for one in json.loads(second["files"]["keys.json"])["kiosks"]] == sorted(
        [one["number"] for one in json.loads(first["files"]["keys.json"])["kiosks"]] + [977])
    rig.restart()
    assert bundle_of(rig) == (second, other)  # the same bytes: nothing is another
    rig.portal.say("revoke 6472091002-1")
    third, _ = bundle_of(rig)
    assert third["version"] == second["version"] + 1
    assert third["files"]["keys.json"] == first["files"]["keys.json"]


def a_bundle_is_renewed_before_its_last_day(rig):
    first, _ = bundle_of(rig)
    for days, rises in (("+29d", 0), ("+31d", 1)):
        rig.restart(before=clock(days))
        later, _ = bundle_of(rig)
        assert later["version"] == first["version"] + rises, (days, later["version"])
        assert (later["expires"] > first["expires"]) == bool(rises)
        assert later["files"] == first["files"]
    rig.restart()


def a_folder_is_published_while_the_portal_runs(rig):
    first, _ = bundle_of(rig)
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place) / "catalogue"
        shutil.copytree(rig.portal.catalogue, folder)
        path = folder / "services/sku.json"
        good = path.read_text()
        path.write_text(good.replace('"code": "SKU"', '"code": "SKUX"', 1))
        offices = pathlib.Path(rig.portal.catalogue).parent / "offices"
        assert rig.portal.say(f"publish {folder} {offices}") == {"done": True}
        second, _ = bundle_of(rig)
        assert second["version"] == first["version"] + 1
        assert '"SKUX"' in second["files"]["services/sku.json"]
        assert {"offices/kota.json", "offices/6472020000.json"} <= set(second["files"])
        path.write_text(good.replace('"code": "SKU"', '"code": "sku"', 1))
        fault = rig.portal.say(f"publish {folder}")["error"]
        assert fault.startswith("services/sku.json:") and "A-Z" in fault, fault
        (folder / "stray.json").write_text("{}")
        path.write_text(good)
        assert "stray.json: not named" in rig.portal.say(f"publish {folder}")["error"]
        (folder / "stray.json").unlink()
        (folder / "offices").mkdir()
        (folder / "offices/6472021001.json").write_text("{}")
        assert "offices/6472021001.json:1:" in rig.portal.say(f"publish {folder}")["error"]
        assert bundle_of(rig)[0] == second  # refused whole: the old one stays
        assert rig.portal.say("publish") == {"done": True}
        third, _ = bundle_of(rig)
        assert third["version"] == second["version"] + 1 and third["files"] == first["files"]


def make_token(rig, kind, kiosk, code, name="kiosk"):
    secret = (rig.portal.folder / f"{name}.sign").read_bytes()[32:]
    packed = code.encode().ljust(3, b"\0") if kind == 1 else None
    payload = bytes([kind]) + kiosk.to_bytes(4, "big") + (2519).to_bytes(2, "big")
    if kind == 1:
        letter, number = code.split("-")
        packed = letter.encode().ljust(3, b"\0") + int(number).to_bytes(2, "big") + b"\0"
    else:
        letters, bits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 0
        for letter in code.replace("-", ""):
            bits = bits << 5 | letters.index(letter)
        packed = bits.to_bytes(5, "big") + b"\0"
    payload += packed
    return base64url(payload + sign(secret, b"anjungan-token-1\0" + payload))


def a_slip_shows_whether_it_is_genuine(rig):
    identifier, envelope, document = rig.file()
    rig.put(identifier, envelope, status=201)
    token = make_token(rig, 2, NUMBER, document["code"])
    facts = rig.ask(rig.stranger, "GET", f"/api/v1/tokens/{token}", status=200).json()
    assert facts == {"kind": "receipt", "code": document["code"], "kiosk": KIOSK, "day": "2026-11-24",
                     "held": True}, facts
    ticket = make_token(rig, 1, NUMBER, "C-009")
    facts = rig.ask(rig.stranger, "GET", f"/api/v1/tokens/{ticket}", status=200).json()
    assert (facts["kind"], facts["code"], facts["held"]) == ("ticket", "C-009", False), facts
    rig.post("/api/v1/tickets", {"tickets": [
        {"uuid": uuid7(), "letter": "C", "number": 9, "day": "2026-11-24", "issued_at": 1,
         "state": "waiting", "print": "printed", "priority": False}]})
    assert rig.ask(rig.stranger, "GET", f"/api/v1/tokens/{ticket}", status=200).json()["held"]
    for at in range(0, 103, 6):
        spoilt = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1:]
        rig.ask(rig.stranger, "GET", f"/api/v1/tokens/{spoilt}", status=404)
    rig.ask(rig.stranger, "GET", f"/api/v1/tokens/{make_token(rig, 2, 77, document['code'])}", status=404)
    rig.ask(rig.stranger, "GET", "/api/v1/tokens/x", status=404)


def the_slip_page_and_health_are_public(rig):
    page = rig.ask(rig.stranger, "GET", "/t/", status=200)
    assert b"location.hash" in page.body and b"/api/v1/tokens/" in page.body
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    rig.ask(rig.stranger, "GET", "/healthz", status=200)


def what_the_contract_does_not_name_is_not_there(rig):
    for method, path, status in (("GET", "/", 404), ("GET", "/api/v1/submissions", 404),
                                 ("GET", "/api/v1/submissions/x", 405), ("GET", "/t", 404),
                                 ("POST", "/healthz", 405), ("DELETE", "/api/v1/tickets", 405),
                                 ("GET", "/api/v1/bundles/../tickets", 404),
                                 ("GET", "/api/v1/bundles/a/b", 404)):
        answer = rig.kiosk.ask(method, path)
        assert answer.status == status, (method, path, answer.status)
        rig.contract.validator({"$ref": "#/components/schemas/Error"}).validate(answer.json())


def without_its_database_it_says_so(rig):
    identifier, envelope, document = rig.file()
    token = make_token(rig, 2, NUMBER, document["code"])
    way = complain(rig)["photos"]
    rig.portal.say("database away")
    try:
        rig.ask(rig.stranger, "GET", "/healthz", status=503)
        rig.ask(rig.stranger, "GET", f"/api/v1/tokens/{token}", status=503)
        rig.put(identifier, envelope, status=503)
        rig.post("/api/v1/heartbeat", {"software": "0.1"}, 503)
        rig.post("/api/v1/tickets", {"tickets": []}, 503)
        rig.post("/api/v1/tallies", {"day": "2026-11-24", "counts": {"a": 1}}, 503)
        rig.ask(rig.kiosk, "POST", "/api/v1/lookups", b"", BYTES, 503)
        page_of(rig, way, 503, ["Sedang ada gangguan"])
        part(rig, way, secrets.token_hex(16), KINDS["image/png"], status=503)
        form(rig, way, KINDS["image/png"], 503)
    finally:
        rig.portal.say("database back")
    rig.put(identifier, envelope, status=201)


def wishes_of_a_test_are_met(rig):
    identifier, envelope, _ = rig.file()
    for lie, status in (("429", 429), ("503", 503), ("401", 401), ("403", 403)):
        assert rig.portal.say(f"lie {lie} 1") == {"done": True}
        rig.put(identifier, envelope, seq=9000, status=status)
    rig.put(identifier, envelope, seq=9000, status=201)
    assert "error" in rig.portal.say("lie nonsense")


def many_wrong_codes_are_too_many(rig):
    application = rig.portal.application("0000-0001", "mine")
    statuses = [rig.post("/api/v1/enrolments", application, None, rig.stranger).status for _ in range(40)]
    assert statuses[-1] == 429 and set(statuses) == {403, 429}, statuses


def many_passes_that_nobody_has_are_too_many(rig):
    way = complain(rig)["photos"]
    for _ in range(61):
        status = page_of(rig, secrets.token_hex(16), None).status
    assert status == 429
    part(rig, secrets.token_hex(16), secrets.token_hex(16), KINDS["image/png"], status=429)
    page_of(rig, way, 200)  # who has one is not held up


def every_answer_of_the_contract_was_met(rig):
    named = {(method, path, status) for path, method, operation in rig.contract.operations()
             for status in operation["responses"]}
    missing = sorted(named - rig.contract.met)
    assert not missing, missing


def it_ends_when_asked(rig):
    for client in (rig.kiosk, rig.stranger, *rig.payers.values()):
        client.close()
    assert rig.portal.stop() == 0


def main():
    rig = Rig(tap.words())

    def close():
        rig.portal.process.kill()
        rig.portal.remove()

    return tap.run(sys.modules["__main__"], "rig", rig, close)


if __name__ == "__main__":
    sys.exit(main())
