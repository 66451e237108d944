"""A virtual printer process with a hand on its cover, for the tests beside it."""
import json
import pathlib
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from PIL import Image

PRINTER = pathlib.Path(__file__).with_name("printer.py")
BORDER = 32
PATIENCE = 30.0  # for what comes: long, as a busy machine may let anybody wait; for what must not
                 # come a case says how long it looks


class Stand:
    """`with Stand("--dots", "384") as stand:` starts one and ends it, folder and all."""

    def __init__(self, *options):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjungan-printer-"))
        self.process = subprocess.Popen(
            [sys.executable, PRINTER, self.folder, "--control", self.folder / "control", *options],
            stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.process.stdout.readline())["port"]
        self.taken = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.taken:
            self.taken.close()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def line(self):
        """The one connection; the place stays free for others until it is asked for."""
        if not self.taken:
            self.taken = socket.create_connection(("127.0.0.1", self.port))
        return self.taken

    def order(self, word):
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(self.folder / "control"))
            control.sendall(word.encode() + b"\n")
            return json.loads(control.makefile().readline())

    def send(self, *pieces):
        self.line.sendall(b"".join(pieces))

    def answer(self, length, patience=PATIENCE):
        got = b""
        end = time.monotonic() + patience
        while len(got) < length and time.monotonic() < end:
            if select.select([self.line], [], [], 0.05)[0]:
                got += self.line.recv(length - len(got))
        return got

    def slip(self, number=1, patience=PATIENCE):
        path = self.folder / f"slip-{number:03d}.png"
        end = time.monotonic() + patience
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.01)
        if not path.exists():
            return None
        with Image.open(path) as picture:
            return picture.copy()

    def slips(self):
        return len(list(self.folder.glob("slip-???.png")))

    def jobs(self):
        log = self.folder / "jobs.jsonl"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def run(cases):
    """Run functions as TAP cases; every kind of failure is a failed case."""
    failed = 0
    print(f"1..{len(cases)}")
    for number, case in enumerate(cases, 1):
        name = case.__name__.replace("_", " ")
        try:
            case()
            print("ok", number, "-", name, flush=True)
        except Exception as error:
            failed += 1
            where = error.__traceback__
            while where.tb_next:
                where = where.tb_next
            print("not ok", number, "-", name)
            print("#  line", where.tb_lineno, repr(error), flush=True)
    sys.exit(1 if failed else 0)
