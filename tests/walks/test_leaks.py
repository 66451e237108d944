"""The search for what was typed finds it in every spelling, in files, their names and memory."""
import base64
import mmap
import os
import pathlib
import tempfile
import urllib.parse

import leaks

NIK, NAME = "6472031708900001", "Siti Rahmawati"
WIDE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
case = 0


def tell(good, what):
    global case
    case += 1
    print(f"{'ok' if good else 'not ok'} {case} - {what}")


def in_file(text, data, known="", name="a"):
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / name).write_bytes(data)
        return bool(leaks.look(text, {}, [folder], known))


for text in (NIK, NAME):
    for coding in WIDE:
        tell(in_file(text, b"..." + text.encode(coding) + b"..."), f"{text} as {coding}")
    for shift in range(3):
        coded = base64.b64encode(b"x" * shift + text.encode() + b"and more of it")
        tell(in_file(text, coded), f"{text} in base64, phase {shift}")
    tell(in_file(text, "".join(f"%{ord(c):02x}" for c in text).encode()), f"{text} in percent")
    tell(in_file(text, text.encode().hex().encode()), f"{text} in hexadecimal")
    tell(in_file(text, b"", name=text), f"{text} as a file's name")
    tell(not in_file(text, b"6472 and Siti, Rahma; nothing else"), f"{text} is not there")
tell(in_file(NAME, urllib.parse.quote_plus(NAME).encode()), "a name as a form sends it")
tell(in_file(NAME, NAME.upper().encode()), "a name in capitals")
tell(in_file(NIK, b"031708"), "six digits of a number")
tell(in_file(NIK, "031708".encode("utf-32-be")), "six digits, wide")
tell(not in_file(NIK, b"64720", known=NIK), "five digits are no leak")
tell(not in_file(NIK, b"031708", known="an office 031708"), "digits that are public are no leak")

with mmap.mmap(-1, 1 << 20, mmap.MAP_PRIVATE) as memory:  # in the middle of empty pages
    tell(not any(leaks.search("", leaks.without_plain_pages(memory[:]), {b"typed " * 2})),
         "empty pages are passed over")
    memory[500_000:500_012] = b"typed " * 2
    memory[4096 * 60 - 6:4096 * 60 + 6] = b"edge! edge! "
    left = leaks.without_plain_pages(memory[:])
    tell(b"typed typed " in left and b"edge! edge! " in left, "text between empty pages is kept")
    found = leaks.look("typed typed ", {"this": os.getpid()}, [], "")
    tell(any("memory of this" in one for one in found), "a program's memory is read")
print(f"1..{case}")
raise SystemExit(0)
