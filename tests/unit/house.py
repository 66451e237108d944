"""The rules of the house: who may see whom, which library lives in which room, what is pure.

Reads the includes of kiosk/ and the link graph of the built archives (a room
that uses a symbol defined in another room is linked to it, whatever it includes).
Usage: house.py SOURCE BUILD. Prints TAP.
"""
import os
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
    "ctl": {"wire", "form", "queue", "seal"},
    "queue": set(),
    "flow": {"form"},
    "ui": {"type"},
    "screens": {"ui", "form", "flow"},
    "platform": {"ui", "type"},
    "voice": {"platform", "wire"},
    "face": {"screens", "ui", "platform", "type", "flow", "form", "wire", "seal"},
    "store": set(),
    "print": {"type"},
    "portal": {"seal"},
    "hall": {"wire", "seal"},
    "desk": {"store", "queue", "print", "portal", "wire", "seal", "form", "type"},
}

# Library: the header and symbol prefixes that give it away, and its rooms.
LIBRARIES = {
    "sqlite3": (r"sqlite3", r"sqlite3_", {"store"}),
    "curl": (r"curl/", r"curl_", {"portal"}),
    "openssl": (r"openssl/", r"(EVP|X509|PEM|SSL|BIO|EC)_", {"portal"}),
    "SDL": (r"SDL(2/|_image|\.h|_syswm|_)(?!ttf)", r"(SDL|IMG)_", {"platform", "type"}),
    "SDL_ttf": (r"(SDL2/)?SDL_ttf", r"TTF_", {"type"}),
    "drm": (r"xf86drm", r"drm[A-Z]", {"platform"}),
    "sodium": (r"sodium", r"(sodium|crypto|randombytes)_", {"seal"}),
    "qrencode": (r"qrencode", r"QR", {"type"}),
    "microhttpd": (r"microhttpd", r"MHD_", {"hall"}),
    "seccomp": (r"seccomp", r"seccomp_", {"face"}),
    "cJSON": (r"(cjson/)?cJSON", r"cJSON_", {"base"}),
    "the GNU heap": (r"malloc\.h", r"mall(oc_|info|opt)", {"base"}),
    "inih": (r"ini\.h", r"ini_parse", {"base"}),
    "X11": (r"X11/", r"X[A-Z][a-z]\w+$", {"platform"}),
    "systemd": (r"systemd/", r"sd_", {"desk"}),
}
EMPTY = {"X11"}  # rooms not built yet, libraries that no header names

# What C itself, POSIX and Linux bring; any other header in <> is a library to be named above.
SYSTEM = re.compile(
    r"(sys|linux|netinet|arpa)/\w+\.h|(assert|ctype|dirent|dlfcn|errno|fcntl|ftw|getopt|"
    r"inttypes|libgen|libintl|limits|locale|math|netdb|poll|pthread|pwd|sched|setjmp|signal|stdalign|"
    r"stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|termios|time|unistd|"
    r"wchar)\.h")

# Pure rooms know no clock, disk, network or process: they call each other, these parts of
# base, and of libc what only computes. form may read a file: the catalogue's folder.
PURE = {"flow": set(), "form": {"files_read"}, "queue": set()}
PURE_OBJECTS = {"portal": ["policy.c.o"]}  # of the courier
PURE_BASE = re.compile(r"(arena|reader|guess|text|utf8|json|secret|civil|uuid_is|pass_is|code_parse)_?")
PURE_LIBC = re.compile(
    r"mem(cpy|move|cmp|set|chr)|str(n?len|n?cmp|n?casecmp|chr|rchr|str|n?dup|c?spn|pbrk|to[dl]|toll|"
    r"toul|toull)|v?snprintf|sscanf|qsort|bsearch|free|malloc|calloc|realloc|reallocarray|abs|labs|"
    r"llabs|fabs|fmod|floor|ceil|round|lround|pow|isdigit|isalpha|toupper|tolower|"
    r"__(ctype_\w+|stack_chk_fail|\w+_chk|isoc99_sscanf)|_GLOBAL_OFFSET_TABLE_")

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
    return parts[0] if len(parts) > 1 else None  # None: a composition root, sees every room


def library_of(header):
    for name, (pattern, _, _) in LIBRARIES.items():
        if re.match(pattern, header):
            yield name


def include_problems(kiosk):
    """(rooms, libraries, headers that show one, headers without a guard, own header not first),
    and the libraries that were seen at all."""
    rooms, libraries, headers, once, first, seen = [], [], [], [], [], set()
    for path in sorted(kiosk.rglob("*.[ch]")):
        room, text = room_of(path, kiosk), path.read_text()
        where, includes = path.relative_to(kiosk), INCLUDE.findall(text)
        if path.suffix == ".h" and "#pragma once" not in text:
            once.append(str(where))
        own = str(where.with_suffix(".h"))
        if path.suffix == ".c" and path.with_suffix(".h").exists() and includes[0] != ('"', own):
            first.append(f"{where} includes {includes[0][1]} before {own}")
        for kind, header in includes:
            if kind == '"':
                other = header.split("/")[0]
                if room and (other not in MAY_SEE or other not in MAY_SEE[room] | {room, "base"}):
                    rooms.append(f"{where} includes {header}")
                continue
            named = list(library_of(header))
            seen |= set(named)
            if not named and not SYSTEM.fullmatch(header):
                libraries.append(f"{where} includes {header}, which no rule knows")
            for library in named:
                if path.suffix == ".h":
                    headers.append(f"{where} shows {header}")
                if room not in LIBRARIES[library][2]:
                    libraries.append(f"{where} includes {header}")
    return rooms, libraries, headers, once, first, seen


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
    rooms, libraries, impure, used = [], [], [], set()
    for room, (_, wanted) in found.items():
        for symbol in sorted(wanted):
            other = owner.get(symbol)
            if other and other not in MAY_SEE[room] | {room, "base"}:
                rooms.append(f"{room} uses {symbol} of {other}")
            for name, (_, prefix, where) in LIBRARIES.items():
                if not other and re.match(prefix, symbol):
                    used.add(name)
                    if room not in where:
                        libraries.append(f"{room} uses {symbol} of {name}")
        if room in PURE:
            impure += [f"{room} calls {symbol}"
                       for symbol in impurities(wanted, owner) if symbol not in PURE[room]]
        for name in PURE_OBJECTS.get(room, []):
            parts = list((build / "kiosk" / room).rglob(name))
            impure += [f"{room}/{name} is not built"] * (not parts)
            impure += [f"{name} calls {symbol}" for part in parts
                       for symbol in impurities(symbols(part)[1], owner)]
    missing = sorted(set(MAY_SEE) - EMPTY - set(found))
    return rooms, libraries, impure, twice, missing, used


def impurities(wanted, owner):
    """Calls that do more than compute. Other rooms are another rule's business."""
    for symbol in sorted(wanted):
        rule = {"base": PURE_BASE.match, None: PURE_LIBC.fullmatch}.get(owner.get(symbol))
        if rule and not rule(symbol):
            yield symbol


def map_problems(source):
    """The README's map says what this file says."""
    rows = re.findall(r"^\| `(\w+)/` \|.*\| ([a-z ]*)\|$", (source / "README.md").read_text(), re.M)
    shown = {room: set(may.split()) for room, may in rows}
    return [f"{room}: may see {sorted(MAY_SEE[room])}, the README says {sorted(shown.get(room, []))}"
            for room in sorted(set(MAY_SEE) - EMPTY) if shown.get(room) != MAY_SEE[room]]


def word_problems(source):
    """Things that must not be in the project at all."""
    # The folder may be another user's, as where a service builds: it is only listed.
    files = subprocess.run(["git", "-c", "safe.directory=*", "-C", source, "ls-files"],
                           capture_output=True, text=True)
    names = files.stdout.split()
    if files.returncode != 0 or not names:
        return [files.stderr or "git lists no file"], ["nothing could be read"]
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


def command_problems(source):
    """What the README tells to run can be run as it stands there."""
    text = (source / "README.md").read_text()
    commands = set(re.findall(r"(?:^    |`|\s)((?:kiosk|tests)/[\w/-]+(?:\.py)?)(?=[\s`;]|$)", text, re.M))
    commands.discard("tests/unit/house.py")  # named, not run: meson gives it its arguments
    files = [source / command for command in sorted(commands) if (source / command).is_file()]
    return [f"{path.relative_to(source)} is not executable" for path in files
            if not os.access(path, os.X_OK)] + ["no command found"] * (len(files) < 6)


def main():
    source, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    tap = Tap()
    rooms, libraries, headers, once, first, seen = include_problems(source / "kiosk")
    tap.case("a room includes only rooms it may see", rooms)
    tap.case("a library is included in its rooms alone", libraries)
    tap.case("no library shows in a header of ours", headers)
    tap.case("headers are included once", once)
    tap.case("a source includes its own header first", first)
    rooms, libraries, impure, twice, missing, used = link_problems(build)
    tap.case("every room is a static library", missing)
    tap.case("a room links only rooms it may see", rooms)
    tap.case("a room uses only its own libraries", libraries)
    # A rule that never meets what it is about proves nothing.
    tap.case("every library is seen where it may be",
             sorted(set(LIBRARIES) - EMPTY - (seen & used)) + sorted({"X11"} - used))
    tap.case("flow, form, queue and the courier's policy are pure", impure)
    tap.case("the README's map is right", map_problems(source))
    tap.case("the README's commands may be run", command_problems(source))
    tap.case("a symbol has one home", twice)
    top, words = word_problems(source)
    tap.case("the top level is the design's", top)
    tap.case("nothing is marked unfinished", words)
    return tap.end()


sys.exit(main())
