"""From a slip to paper and back: what the kiosk sends, the virtual printer renders.

test_paper.py DUMP_SLIP PRINT_SLIPS PROFILES [CASE...]. What is on paper equals the design to the
dot, every QR decodes, and whatever happens to the printer, the spool tells the truth and
the next slip is whole. Prints TAP.
"""
import atexit
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from PIL import Image

from stand import BORDER, Stand, run

DUMP, PRINT, PROFILES = (pathlib.Path(argument) for argument in sys.argv[1:4])
LINK = "https://santer.samarindakota.go.id/t/#AQEAAAABGYw2cQABEbEq3m0X9kQ2pWb7Qe1rT5yU8iO3aS6d"
WORK = pathlib.Path(tempfile.mkdtemp(prefix="anjungan-paper-"))
atexit.register(shutil.rmtree, WORK, True)
EPSON, CLONE, SMALL = ("epson-80", "2", "576"), ("xprinter-80", "1", "576"), ("pos-58", "1", "384")


def profile(name, **changes):
    """A shipped profile. For what comes it waits longer than any busy machine needs; a case
    that sits through a silence shortens that wait."""
    text = (PROFILES / f"{name}.ini").read_text()
    changes = {"confirm_ms": 20000, "stall_ms": 10000, "reply_ms": 5000} | changes
    for key, value in changes.items():
        text, found = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
        assert found == 1, key
    path = WORK / f"{name}-{abs(hash(text))}.ini"
    path.write_text(text)
    return path


def dump(path, sample, letters=0):
    """The design, its bytes, and what drawing took."""
    done = subprocess.run([DUMP, path, sample, WORK, str(letters)], capture_output=True, text=True, check=True)
    with Image.open(WORK / "slip.pbm") as design:
        return design.convert("L"), (WORK / "slip.bin").read_bytes(), json.loads(done.stdout)


def same(design, paper):
    """To the dot; below it only the feed to the blade. The paper has a white border."""
    inside = paper.crop((BORDER, BORDER, paper.width - BORDER, paper.height - BORDER))
    top = inside.crop((0, 0, *design.size))
    below = inside.crop((0, design.height, inside.width, inside.height))
    assert inside.width == design.width, (inside.size, design.size)
    assert top.tobytes() == design.tobytes(), "not the dots of the design"
    assert not below.height or below.getextrema() == (255, 255), "something below the slip"


def codes(path):
    found = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable",
                                path], capture_output=True, text=True)
    return found.stdout.split()


class Spool:
    """The kiosk's spool in its own process."""

    def __init__(self, path, address):
        self.process = subprocess.Popen([PRINT, path, address], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def begin(self, sample):
        self.process.stdin.write(sample + "\n")

    def end(self):
        answer = json.loads(self.process.stdout.readline())
        return answer["outcome"], answer["state"], answer["ms"]

    def print(self, sample):
        self.begin(sample)
        return self.end()[:2]


def pair(name="epson-80", *options, **changes):
    stand = Stand(*options)
    return stand, Spool(profile(name, **changes), f"tcp:127.0.0.1:{stand.port}")


# --- what is on paper -------------------------------------------------------------


def on_paper(kind, sample, letters=0):
    name, units, dots = kind
    design, stream, took = dump(profile(name), sample, letters)
    with Stand("--units", units, "--dots", dots) as stand:
        stand.send(stream)
        same(design, stand.slip())
        assert codes(stand.folder / "slip-001.png") == [LINK]
        assert stand.order("state")["unknown"] == 0
    assert took["raster_ms"] <= 5, took
    return design.height


def number_on_80_mm():
    on_paper(EPSON, "number")


def receipt_on_80_mm():
    on_paper(EPSON, "receipt")


def number_on_a_clone():
    on_paper(CLONE, "number")


def number_on_58_mm():
    on_paper(SMALL, "number")


def receipt_on_58_mm():
    on_paper(SMALL, "receipt")


def letters_of_three_sizes():
    """The QR reads beside large letters too, at both widths; what is read grows with them."""
    for kind in (EPSON, SMALL):
        heights = [on_paper(kind, "receipt", letters) for letters in (0, 1, 2)]
        assert heights == sorted(set(heights)), heights


def letters_with_a_native_code():
    _, stream, _ = dump(profile("epson-80", mode="text"), "receipt")
    assert len(stream) < 2000, len(stream)
    with Stand() as stand:
        stand.send(stream)
        assert stand.slip().height > 600
        assert codes(stand.folder / "slip-001.png") == [LINK]
        assert stand.order("state")["unknown"] == 0


def letters_only():
    _, stream, _ = dump(profile("safe"), "number")
    assert all(byte < 0x80 for byte in stream) and b"A-017" in stream
    with Stand("--dots", "384", "--units", "1") as stand:
        stand.send(stream)
        assert stand.slip().height > 300
        assert stand.order("state")["unknown"] == 0


# --- what the spool says ------------------------------------------------------------


def confirmed_by_the_printer():
    stand, spool = pair()
    with stand, spool:
        assert spool.print("number") == ("printed", "ready")
        assert spool.print("receipt") == ("printed", "ready")
        assert stand.slips() == 2
        stand.order("near-end")
        assert spool.print("short") == ("printed", "near-end")


def over_a_serial_line():
    with tempfile.TemporaryDirectory() as folder, Stand("--pty", f"{folder}/tty") as stand:
        with Spool(profile("epson-80"), f"serial:{folder}/tty:115200") as spool:
            assert spool.print("number") == ("printed", "ready")
            same(dump(profile("epson-80"), "number")[0], stand.slip())


def by_what_it_can():
    rows = [("epson-80", "full", ("printed", "ready")),
            ("epson-80", "no-process-id", ("probably", "ready")),
            ("epson-80", "mute", ("probably", "unknown")),
            ("xprinter-80", "no-process-id", ("probably", "ready")),
            ("pos-58", "mute", ("probably", "unknown")),
            ("safe", "mute", ("probably", "unknown"))]
    for name, ability, wanted in rows:
        silent = {"confirm_ms": 1500} | ({"reply_ms": 300} if ability == "mute" else {})
        with Stand() as stand:
            stand.order(ability)
            with Spool(profile(name, **({} if ability == "full" else silent)), f"tcp:127.0.0.1:{stand.port}") as spool:
                assert spool.print("short") == wanted, (name, ability)
                assert stand.slip() is not None, (name, ability)


def whole_again(stand, spool, slips=0, old="number"):
    """The printer is well: the old slip stays away (a torn part of it may hang out), the
    next one is whole and begins with itself."""
    time.sleep(0.3)
    said = spool.print("short")
    assert said == ("printed", "ready"), said
    stand.slip(slips + 1)
    last, path = stand.slips(), profile("epson-80")
    assert slips < last <= slips + 2, last
    same(dump(path, "short")[0], stand.slip(last))
    for part in range(slips + 1, last):
        assert stand.slip(part).height < dump(path, old)[0].height, "an old slip came out"


def not_ready():
    for order, cure, cause in (("paper-out", "paper-in", "paper-out"),
                               ("cover-open", "cover-close", "cover-open"),
                               ("cutter-jam", "cutter-clear", "cutter")):
        stand, spool = pair()
        with stand, spool:
            stand.order(order)
            assert spool.print("number") == ("failed", cause), order
            stand.order(cure)
            whole_again(stand, spool)


def switched_off():
    stand, spool = pair(reply_ms=1500)
    with stand, spool:
        assert spool.print("short") == ("printed", "ready")
        stand.order("off")
        assert spool.print("number") == ("failed", "offline")
        stand.order("on")
        whole_again(stand, spool, 1)


def paper_ends_inside_a_slip():
    for room in ("65536", "4096"):  # all of it taken in, or the sender stuck
        stand, spool = pair("epson-80", "--buffer", room, stall_ms=1500, reply_ms=1500)
        with stand, spool:
            stand.order("paper-out-after 300")
            assert spool.print("number") == ("failed", "paper-out"), room
            if room == "65536":  # the full one cannot be told anything
                assert stand.order("state")["waiting"] == 0, "it was not told to forget"
            stand.order("paper-in")
            whole_again(stand, spool)


def cover_opened_inside_a_slip():
    stand, spool = pair("epson-80", "--speed", "60")
    with stand, spool:
        spool.begin("receipt")
        time.sleep(0.4)
        stand.order("cover-open")
        assert spool.end()[:2] == ("failed", "cover-open")
        stand.order("cover-close")
        whole_again(stand, spool, old="receipt")


def power_lost_inside_a_slip():
    for at in (30, 5000, 20011, 40000):
        stand, spool = pair(reply_ms=1000)
        with stand, spool:
            stand.order(f"die-at {at}")
            assert spool.print("number") == ("failed", "offline"), at
            stand.order("on")
            whole_again(stand, spool)


def unplugged_inside_a_slip():
    for at in (30, 5000, 20011, 40000):
        stand, spool = pair()
        with stand, spool:
            stand.order(f"unplug-at {at}")
            assert spool.print("number") == ("failed", "offline"), at
            whole_again(stand, spool)


def stalls_inside_a_slip():
    stand, spool = pair("epson-80", "--buffer", "4096", "--speed", "60", stall_ms=1500,
                        reply_ms=1500, confirm_ms=6000)
    with stand, spool:
        spool.begin("receipt")
        time.sleep(0.3)
        stand.order("stall")
        assert spool.end()[:2] == ("failed", "offline")
        stand.order("resume")
        time.sleep(1)  # it prints what it had taken in, then hears that it shall forget
        whole_again(stand, spool, old="receipt")


def a_byte_at_a_time():
    stand, spool = pair("epson-80", job_ms=1500, confirm_ms=1500, stall_ms=500, reply_ms=300)
    with stand, spool:
        stand.order("slow 20")
        spool.begin("number")
        outcome, state, took = spool.end()
        assert (outcome, state) == ("failed", "offline") and took < 20000, (outcome, state, took)


CASES = [number_on_80_mm, receipt_on_80_mm, number_on_a_clone, number_on_58_mm, receipt_on_58_mm,
         letters_of_three_sizes, letters_with_a_native_code, letters_only, confirmed_by_the_printer, over_a_serial_line,
         by_what_it_can, not_ready, switched_off, paper_ends_inside_a_slip,
         cover_opened_inside_a_slip, power_lost_inside_a_slip, unplugged_inside_a_slip,
         stalls_inside_a_slip, a_byte_at_a_time]

if __name__ == "__main__":
    chosen = sys.argv[4:]
    run([case for case in CASES if not chosen or case.__name__ in chosen])
