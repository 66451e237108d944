"""The rules of the house: who may see whom, which library lives in which room.

Reads the includes of kiosk/ and the link graph of the built archives (a room
that uses a symbol defined in another room is linked to it, whatever it includes).
Usage: house.py SOURCE BUILD. Prints TAP.
"""
import collections
import pathlib
import re
import subprocess
import sys

# What each room may see, as in the design. Every room may see itself and base.
MAY_SEE = {
    "base": set(),
    "type": set(),
    "wire": set(),
    "seal": set(),
    "form": set(),
    "queue": set(),
    "flow": {"form"},
    "ui": {"type"},
    "screens": {"ui", "form", "flow"},
    "platform": {"ui", "type"},
    "face": {"screens", "ui", "platform", "type", "flow", "form", "wire", "seal"},
    "store": set(),
    "print": {"type"},
    "portal": {"seal"},
    "hall": {"seal"},
    "desk": {"store", "queue", "print", "portal", "wire", "seal", "form", "type"},
}

# Library: the header and symbol prefixes that give it away, and its rooms.
LIBRARIES = {
    "sqlite3": (r"sqlite3", r"sqlite3_", {"store"}),
    "curl": (r"curl/", r"curl_", {"portal"}),
    "openssl": (r"openssl/", r"(EVP|X509|PEM|SSL|BIO|EC)_", {"portal"}),
    "SDL": (r"SDL(2/|_image|\.h|_syswm|_)(?!ttf)", r"(SDL|IMG)_", {"platform", "type"}),
    "SDL_ttf": (r"(SDL2/)?SDL_ttf", r"TTF_", {"type"}),
    "sodium": (r"sodium", r"(sodium|crypto|randombytes)_", {"seal"}),
    "qrencode": (r"qrencode", r"QR", {"type"}),
    "microhttpd": (r"microhttpd", r"MHD_", {"hall"}),
    "seccomp": (r"seccomp", r"seccomp_", {"face"}),
    "cJSON": (r"(cjson/)?cJSON", r"cJSON_", {"base"}),
    "inih": (r"ini\.h", r"ini_parse", {"base"}),
}

# Pure rooms know no clock, disk, network or process: these symbols never appear.
PURE = {"flow", "form", "queue"}
IMPURE = set(
    """open openat fopen fdopen read write pread pwrite stat fstat unlink rename opendir readdir
    socket connect bind listen accept send recv poll select getaddrinfo fork execve system popen
    time gettimeofday clock_gettime localtime localtime_r gmtime rand random srand getenv
    pthread_create nanosleep usleep sleep clock_wall clock_monotonic""".split()
)

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


class Tap:
    def __init__(self):
        self.number, self.failed = 0, 0

    def case(self, name, problems):
        self.number += 1
        print(("not ok" if problems else "ok"), self.number, "-", name)
        for problem in problems:
            print("#  ", problem)
        self.failed += bool(problems)

    def end(self):
        print(f"1..{self.number}")
        return 1 if self.failed else 0


def room_of(path, kiosk):
    parts = path.relative_to(kiosk).parts
    return parts[0] if len(parts) > 1 else None  # None: a composition root


def library_of(header):
    for name, (pattern, _, _) in LIBRARIES.items():
        if re.match(pattern, header):
            yield name


def include_problems(kiosk):
    rooms, libraries, headers, once = [], [], [], []
    for path in sorted(kiosk.rglob("*.[ch]")):
        room, text = room_of(path, kiosk), path.read_text()
        where = path.relative_to(kiosk)
        if path.suffix == ".h" and "#pragma once" not in text:
            once.append(str(where))
        for kind, header in INCLUDE.findall(text):
            if kind == '"':
                other = header.split("/")[0]
                if room and other in MAY_SEE and other not in MAY_SEE[room] | {room, "base"}:
                    rooms.append(f"{where} includes {header}")
                continue
            for library in library_of(header):
                if path.suffix == ".h":
                    headers.append(f"{where} shows {header}")
                if room and room not in LIBRARIES[library][2]:
                    libraries.append(f"{where} includes {header}")
    return rooms, libraries, headers, once


def symbols(archive):
    """Defined and undefined global symbols of a static library."""
    defined, wanted = set(), set()
    out = subprocess.run(["nm", "-g", archive], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        fields = line.split()
        if len(fields) == 2 and fields[0] in "Uw":
            wanted.add(fields[1].split("@")[0])
        elif len(fields) == 3:
            defined.add(fields[2])
    return defined, wanted - defined


def link_problems(build):
    found = {path.stem[3:]: symbols(path) for path in (build / "kiosk").rglob("lib*.a")}
    found = {room: pair for room, pair in found.items() if room in MAY_SEE}
    owner, twice = {}, []
    for room, (defined, _) in found.items():
        for symbol in defined:
            if symbol in owner and not symbol.startswith("_"):
                twice.append(f"{symbol} in {owner[symbol]} and {room}")
            owner[symbol] = room
    seen = collections.defaultdict(set)
    rooms, libraries, impure = [], [], []
    for room, (_, wanted) in found.items():
        for symbol in sorted(wanted):
            other = owner.get(symbol)
            if other and other not in MAY_SEE[room] | {room, "base"}:
                rooms.append(f"{room} uses {symbol} of {other}")
            seen[room].add(other)
            for name, (_, prefix, where) in LIBRARIES.items():
                if not other and re.match(prefix, symbol) and room not in where:
                    libraries.append(f"{room} uses {symbol} of {name}")
        if room in PURE:
            impure += [f"{room} calls {symbol}" for symbol in sorted(wanted & IMPURE)]
    missing = sorted(set(MAY_SEE) - {"hall"} - set(found))
    return rooms, libraries, impure, twice, missing


def word_problems(source):
    """Things that must not be in the project at all."""
    files = subprocess.run(["git", "-C", source, "ls-files"], capture_output=True, text=True)
    names = files.stdout.split() if files.returncode == 0 else []
    top = {"kiosk", "assets", "fonts", "locale", "tests", "meson.build",
           "README.md", "LICENSE"}
    odd = sorted({name.split("/")[0] for name in names if not name.startswith(".")} - top)
    unfinished = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
    words = []
    for name in names:
        if name.endswith((".c", ".h", ".py", ".json", ".ini")) or "." not in name:
            try:
                text = (pathlib.Path(source) / name).read_text()
            except (UnicodeDecodeError, OSError):
                continue
            words += [f"{name}: {match.group()}" for match in unfinished.finditer(text)]
    return [f"at the top level: {name}" for name in odd], words


def main():
    source, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    tap = Tap()
    rooms, libraries, headers, once = include_problems(source / "kiosk")
    tap.case("a room includes only rooms it may see", rooms)
    tap.case("a library is included in its rooms alone", libraries)
    tap.case("no library shows in a header of ours", headers)
    tap.case("headers are included once", once)
    rooms, libraries, impure, twice, missing = link_problems(build)
    tap.case("every room is a static library", missing)
    tap.case("a room links only rooms it may see", rooms)
    tap.case("a room uses only its own libraries", libraries)
    tap.case("flow, form and queue are pure", impure)
    tap.case("a symbol has one home", twice)
    top, words = word_problems(source)
    tap.case("the top level is the design's", top)
    tap.case("nothing is marked unfinished", words)
    return tap.end()


sys.exit(main())
