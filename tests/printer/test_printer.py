"""The virtual printer against streams written by hand from the manuals. Prints TAP."""
import json
import pathlib
import select
import socket
import subprocess
import sys
import tempfile
import time

from PIL import Image

PRINTER = pathlib.Path(__file__).with_name("printer.py")
BORDER = 32


class Bench:
    """A printer process, a line to it and a hand on its cover."""

    def __init__(self, *options):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjungan-printer-"))
        self.process = subprocess.Popen(
            [sys.executable, PRINTER, self.folder, "--control", self.folder / "control", *options],
            stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.process.stdout.readline())["port"]
        self.line = socket.create_connection(("127.0.0.1", self.port))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.line.close()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def order(self, word):
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(self.folder / "control"))
            control.sendall(word.encode() + b"\n")
            return json.loads(control.makefile().readline())

    def send(self, *pieces):
        self.line.sendall(b"".join(pieces))

    def answer(self, length, patience=2.0):
        got = b""
        end = time.monotonic() + patience
        while len(got) < length and time.monotonic() < end:
            if select.select([self.line], [], [], 0.05)[0]:
                got += self.line.recv(length - len(got))
        return got

    def slip(self, number=1, patience=3.0):
        path = self.folder / f"slip-{number:03d}.png"
        end = time.monotonic() + patience
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.01)
        return Image.open(path) if path.exists() else None


def raster(stride, rows):
    return bytes([0x1D, 0x76, 0x30, 0, stride, 0, len(rows) // stride, 0]) + rows


CUT = bytes([0x1D, 0x56, 66, 0])
INIT = b"\x1b@\x1c."


def raster_is_exact():
    with Bench() as bench:
        bench.send(INIT, raster(2, b"\x80\x01\xff\x00"), CUT)
        picture = bench.slip()
        assert picture.size == (576 + 2 * BORDER, 2 + 2 * BORDER), picture.size
        dark = [(x - BORDER, y - BORDER) for y in range(picture.height) for x in range(picture.width)
                if picture.getpixel((x, y)) == 0]
        assert dark == [(0, 0), (15, 0)] + [(x, 1) for x in range(8)], dark


def status_bits():
    with Bench() as bench:
        rows = [("state", 1, 0x12), ("state", 2, 0x12), ("state", 4, 0x12),
                ("near-end", 4, 0x1E), ("paper-out", 4, 0x7E), ("state", 2, 0x32), ("state", 1, 0x1A),
                ("paper-in", 4, 0x12), ("cover-open", 2, 0x16), ("cover-close", 2, 0x12),
                ("cutter-jam", 3, 0x1A), ("cutter-clear", 3, 0x12), ("hot", 3, 0x52)]
        for order, question, wanted in rows:
            bench.order(order)
            bench.send(bytes([0x10, 4, question]))
            assert bench.answer(1) == bytes([wanted]), (order, question)


def status_inside_a_picture():
    with Bench() as bench:
        bench.send(raster(3, b"\x10\x04\x01" + b"\0" * 6))
        assert bench.answer(1) == b"\x12"


def process_id_after_the_cut():
    with Bench() as bench:
        bench.send(raster(1, b"\xff"), CUT, b"\x1d(H\x06\x0000\x01\x02\x03\x04")
        assert bench.answer(7) == b"\x37\x22\x01\x02\x03\x04\0"
        bench.order("no-process-id")
        bench.send(b"\x1d(H\x06\x0000\x01\x02\x03\x04", b"\x1dr\x01")
        assert bench.answer(1) == b"\0"


def keeps_data_until_the_roll_is_changed():
    with Bench() as bench:
        bench.order("paper-out")
        bench.send(raster(1, b"\xff"), CUT, b"\x1d(H\x06\x00009999")
        assert bench.answer(1, 0.3) == b""
        assert bench.slip(patience=0.1) is None
        bench.order("paper-in")
        assert bench.answer(7) == b"\x37\x229999\0"
        assert bench.slip() is not None


def automatic_status():
    with Bench() as bench:
        bench.send(b"\x1da\xff")
        assert bench.answer(4) == b"\x10\0\0\0"
        bench.order("paper-out")
        assert bench.answer(4) == b"\x18\0\x0f\0"


def native_code_decodes():
    text = b"https://example.invalid/t/#abc"
    with Bench() as bench:
        bench.send(b"\x1ba\x01", b"\x1d(k\x03\x001C\x06", b"\x1d(k\x03\x001E\x31",
                   b"\x1d(k" + (len(text) + 3).to_bytes(2, "little") + b"1P0" + text,
                   b"\x1d(k\x03\x001Q0", CUT)
        assert bench.slip()
        found = subprocess.run(["zbarimg", "-q", "--raw", bench.folder / "slip-001.png"],
                               capture_output=True).stdout.strip()
        assert found == text, found


def dies_at_a_byte():
    with Bench() as bench:
        bench.order("die-at 10")
        try:
            bench.send(raster(1, b"\xff" * 64), CUT)
            gone = bench.line.recv(1) == b""
        except ConnectionError:
            gone = True
        assert gone and not bench.order("state")["powered"]
        assert bench.slip(patience=0.2) is None


def text_and_feeds():
    with Bench() as bench:
        bench.send(INIT, b"NOMOR\n", b"\x1bJ\x10", CUT)
        picture = bench.slip()
        assert picture.height == 30 + 16 + 2 * BORDER, picture.height
        assert min(picture.crop((BORDER, BORDER, BORDER + 60, BORDER + 24)).getdata()) == 0


def main():
    cases = [raster_is_exact, status_bits, status_inside_a_picture, process_id_after_the_cut,
             keeps_data_until_the_roll_is_changed, automatic_status, native_code_decodes,
             dies_at_a_byte, text_and_feeds]
    failed = 0
    print(f"1..{len(cases)}")
    for number, case in enumerate(cases, 1):
        try:
            case()
            print("ok", number, "-", case.__name__.replace("_", " "))
        except Exception as error:  # every kind of failure is a failed case
            failed += 1
            print("not ok", number, "-", case.__name__.replace("_", " "))
            print("# ", repr(error))
    sys.exit(1 if failed else 0)


main()
