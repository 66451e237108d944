"""The reference portal as a process, and what speaks to it: HTTPS with and without
a kiosk's certificate, sealed boxes and signatures by libsodium itself."""
import base64
import ctypes
import ctypes.util
import hashlib
import http.client
import json
import pathlib
import secrets
import select
import shutil
import socket
import ssl
import subprocess
import tempfile
import time

SCRIPTS = pathlib.Path(__file__).resolve().parent
sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")


def seal(public_key, plain):
    """An envelope of the contract."""
    box = ctypes.create_string_buffer(len(plain) + 48)
    assert sodium.crypto_box_seal(box, plain, ctypes.c_ulonglong(len(plain)), public_key) == 0
    return b"ANJ1" + hashlib.sha256(public_key).digest()[:8] + box.raw


def box_keys():
    public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(32)
    sodium.crypto_box_keypair(public, secret)
    return public.raw, secret.raw


def unseal(public_key, secret_key, envelope):
    if envelope[:4] != b"ANJ1" or envelope[4:12] != hashlib.sha256(public_key).digest()[:8]:
        return None
    plain = ctypes.create_string_buffer(max(1, len(envelope) - 60))
    good = sodium.crypto_box_seal_open(plain, envelope[12:], ctypes.c_ulonglong(len(envelope) - 12),
                                       public_key, secret_key)
    return plain.raw[:len(envelope) - 60] if good == 0 else None


def sign_keys():
    public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
    sodium.crypto_sign_keypair(public, secret)
    return public.raw, secret.raw


def sign(secret_key, message):
    signature = ctypes.create_string_buffer(64)
    sodium.crypto_sign_detached(signature, None, message, ctypes.c_ulonglong(len(message)), secret_key)
    return signature.raw


def signed(public_key, message, signature):
    return len(signature) == 64 and sodium.crypto_sign_verify_detached(
        signature, message, ctypes.c_ulonglong(len(message)), public_key) == 0


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def receipt_bytes(receipt):
    """What a receipt's signature is over, from the words of the contract."""
    kiosk = receipt["kiosk"].encode()
    return (b"anjungan-receipt-1\0" + bytes([receipt["verdict"] == "refused"]) + receipt["id"].encode() +
            bytes.fromhex(receipt["sha256"]) + bytes([len(kiosk)]) + kiosk +
            receipt["seq"].to_bytes(8, "big"))


def uuid7():
    """Sorted by time, as a kiosk makes them."""
    digits = f"{int(time.time() * 1000):012x}7{secrets.token_hex(2)[1:]}" + \
        "89ab"[secrets.randbelow(4)] + secrets.token_hex(8)[1:]
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    def json(self):
        return json.loads(self.body)


class Client:
    """One connection, kept; `certificate` is a PEM file with the key in it."""

    def __init__(self, portal, certificate=None):
        self.context = ssl.create_default_context(cafile=portal.folder / "ca.pem")
        if certificate:
            self.context.load_cert_chain(certificate)
        self.connection = http.client.HTTPSConnection("127.0.0.1", portal.port, timeout=20,
                                                      context=self.context)

    def ask(self, method, path, body=None, headers=None):
        try:
            self.connection.request(method, path, body, headers or {})
            return Answer(self.connection.getresponse())
        except (http.client.HTTPException, OSError):
            self.connection.close()
            raise

    def close(self):
        self.connection.close()


class Portal:
    def __init__(self, program, catalogue, database=None, port=0, quiet=False, before=(), offices=None):
        self.program, self.catalogue, self.database = program, catalogue, database
        self.quiet, self.offices = quiet, offices
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjungan-portal-"))
        subprocess.run([SCRIPTS / "make-ca", self.folder], check=True, stderr=subprocess.DEVNULL)
        self.start(port, before)

    def start(self, port=0, before=()):
        """`before`: words in front of the command, as of faketime."""
        command = [*before, self.program, "--folder", self.folder, "--catalogue", self.catalogue,
                   "--bills", SCRIPTS / "bills.json", "--bookings", SCRIPTS / "bookings.json",
                   "--port", str(port)]
        command += ["--offices", self.offices] if self.offices else []
        command += ["--database", self.database] if self.database else []
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE,
                                            stderr=log if self.quiet else None)
        if not select.select([self.process.stdout], [], [], 20)[0]:
            raise SystemExit("the portal does not start")
        facts = json.loads(self.process.stdout.readline() or b"{}")
        if not facts:
            raise SystemExit("the portal ended at once")
        self.port = facts["port"]
        self.seal_key = bytes.fromhex(facts["seal_key"])
        self.sign_key = bytes.fromhex(facts["sign_key"])

    def say(self, line):
        """A command on the control socket (control.h); its JSON answer."""
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(str(self.folder / "control.sock"))
            peer.sendall(line.encode() + b"\n")
            text = b"".join(iter(lambda: peer.recv(65536), b""))
        return json.loads(text)

    def account(self, name, role, kelurahan, rt="", password="sandi untuk uji"):
        """An account of an officer, as an operator makes it."""
        words = [self.program, "--control", self.folder / "control.sock", "--officer", name, role, kelurahan]
        done = subprocess.run([*words, *([rt] if rt else [])], input=password + "\n", text=True,
                              capture_output=True)
        assert done.returncode == 0, (done.stdout, done.stderr)

    def stop(self):
        """Ends it; the exit status."""
        self.process.terminate()
        status = self.process.wait(20)
        self.process.stdout.close()
        return status

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- kiosks ----------------------------------------------------------------

    def application(self, code, name="kiosk"):
        """An enrolment's body; the key waits in NAME.key."""
        key = self.folder / f"{name}.key"
        if not key.exists():
            subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key],
                           check=True)
        csr = subprocess.run(["openssl", "req", "-new", "-key", key, "-subj", "/CN=whatever"],
                             check=True, capture_output=True, text=True).stdout
        public_file = self.folder / f"{name}.sign"
        if not public_file.exists():
            public, secret = sign_keys()
            public_file.write_bytes(public + secret)
        return {"code": code, "csr": csr, "sign_key": public_file.read_bytes()[:32].hex()}

    def keep_certificate(self, enrolment, name="kiosk"):
        pem = self.folder / f"{name}.pem"
        pem.write_text((self.folder / f"{name}.key").read_text() + enrolment["certificate"])
        return pem

    def enrol(self, kiosk="6472021001-1", number=1, name="kiosk"):
        """A whole enrolment; a client that shows the certificate."""
        code = self.say(f"code {kiosk} {number}")["code"]
        client = Client(self)
        answer = client.ask("POST", "/api/v1/enrolments", json.dumps(self.application(code, name)),
                            {"Content-Type": "application/json"})
        client.close()
        assert answer.status == 201, (answer.status, answer.body)
        return Client(self, self.keep_certificate(answer.json(), name))
