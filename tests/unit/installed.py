"""What `meson install` gives a panel: each file at its place, units that the service
manager understands and that keep the exposure of promise S3, users and folders, and
programs that find their data. Usage: installed.py SOURCE BUILD. Prints TAP.
"""
import configparser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

LIMITS = {"anjungan.service": 10, "anjungand.service": 15, "anjungan-voice.service": 10,
          "anjungan-hall.service": 15}  # tenths
UNITS = [*LIMITS, "anjungan.socket"]
PLACES = {
    "usr/bin/anjungan", "usr/bin/anjungand", "usr/bin/anjunganctl", "usr/bin/anjungan-voice",
    "usr/bin/anjungan-hall",
    *("usr/lib/systemd/system/" + unit for unit in UNITS),
    "usr/lib/systemd/logind.conf.d/70-anjungan.conf",
    "usr/lib/systemd/system.conf.d/70-anjungan.conf",
    "usr/lib/sysctl.d/70-anjungan.conf",
    "usr/lib/sysusers.d/anjungan.conf", "usr/lib/tmpfiles.d/anjungan.conf",
    "usr/lib/udev/rules.d/70-anjungan.rules",
    "usr/share/doc/anjungan/anjungan.ini",
    "usr/share/man/man1/anjunganctl.1", "usr/share/man/man1/anjungan-voice.1",
}


def said(*command, **more):
    """Exit status and all that a command says."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    return done.returncode, done.stdout + done.stderr


class Unit(dict):
    """A unit file: each key with all its values."""

    def __init__(self, path):
        super().__init__()
        for line in path.read_text().splitlines():
            key, equals, value = line.partition("=")
            if equals and not line.startswith("#"):
                self.setdefault(key, []).append(value)

    def words(self, key):
        return " ".join(self.get(key, [])).split()


class Installed:
    def __init__(self, source, build, root):
        self.source, self.build, self.root = source, build, root
        self.unit = {}

    def everything_has_its_place(self):
        code, text = said("meson", "install", "-C", self.build, "--no-rebuild", "--destdir", self.root)
        if code:
            return [text]
        found = {str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()}
        assets = [path for path in (self.source / "assets").rglob("*") if path.is_file()]
        languages = (self.source / "locale/LINGUAS").read_text().split()
        wanted = PLACES | {f"usr/share/locale/{name}/LC_MESSAGES/anjungan.mo" for name in languages}
        wanted |= {"usr/share/anjungan/" + str(path.relative_to(self.source / "assets"))
                   for path in assets}
        made = self.build / "kiosk/voice/voice"  # the machine's voice
        wanted |= {f"usr/share/anjungan/voice/{path.name}" for path in made.iterdir()}
        self.unit = {name: Unit(self.root / "usr/lib/systemd/system" / name) for name in UNITS}
        return [f"missing: {name}" for name in sorted(wanted - found)] + \
            [f"nobody asked for: {name}" for name in sorted(found - wanted)]

    def the_manager_understands_the_units(self):
        # Their neighbours, so that nothing is missing but what is ours.
        system = pathlib.Path("/usr/lib/systemd/system")
        place = self.root / "usr/lib/systemd/system"
        for path in [*system.glob("*.target"), *system.glob("*.slice"), *system.glob("*.socket"),
                     *system.glob("systemd-*.service")]:
            if path.is_file() and not (place / path.name).exists():
                shutil.copy(path, place / path.name)
        code, text = said("systemd-analyze", "verify", "--man=no", f"--root={self.root}", *UNITS)
        ours = [line for line in text.splitlines() if "anjungan" in line]
        return ours + ([text] if code and not ours else [])

    def exposure(self, name):
        code, text = said("systemd-analyze", "security", "--offline=true",
                          f"--threshold={LIMITS[name]}", self.root / "usr/lib/systemd/system" / name)
        return [] if code == 0 and "Overall exposure" in text else text.splitlines()[-2:]

    def the_units_keep_the_kiosk_up(self):
        problems = []
        for name in LIMITS:
            unit = self.unit[name]
            program = self.root / unit["ExecStart"][0].split()[0].lstrip("/")
            wanted = {"Type": "notify", "Restart": "always", "StartLimitIntervalSec": "0",
                      "MemoryDenyWriteExecute": "yes", "DevicePolicy": "closed", "LimitCORE": "0"}
            problems += [f"{name}: {key} is {unit.get(key)}, not {value}"
                         for key, value in wanted.items() if unit.get(key) != [value]]
            problems += [f"{name}: no {key}" for key in ("WatchdogSec", "User") if key not in unit]
            problems += [f"{name}: {program} is no program"] * (not os.access(program, os.X_OK))
        face, desk = self.unit["anjungan.service"], self.unit["anjungand.service"]
        if self.unit["anjungan-voice.service"].get("Environment") != ["LD_BIND_NOW=1"]:
            problems.append("the voice looks functions up while it knows texts")
        allowed = set(face.words("DeviceAllow")) - {"r", "rw"}
        if len({self.unit[name]["User"][0] for name in LIMITS}) != len(LIMITS):
            problems.append("two programs are one user")
        if not {"char-drm", "char-input", "char-tty", "char-alsa"} <= allowed:
            problems.append(f"the face may use {sorted(allowed)} only")
        if face.get("TTYPath") != ["/dev/tty1"] or face.get("StandardInput") != ["tty"]:
            problems.append("the face does not own the console")
        return problems

    def the_socket_is_handed_over(self):
        ini = configparser.ConfigParser(comment_prefixes=(";",))
        ini.read(self.root / "usr/share/doc/anjungan/anjungan.ini")
        listens = self.unit["anjungan.socket"]["ListenStream"]
        wanted = ini["kiosk"]["socket_dir"] + "/face.sock"
        problems = [f"the socket is {listens}, the desk dials {wanted}"] * (listens != [wanted])
        face, desk = self.unit["anjungan.service"], self.unit["anjungand.service"]
        socket = self.unit["anjungan.socket"]
        if socket["SocketGroup"] != desk["Group"] or socket["SocketMode"] != ["0660"]:
            problems.append("the desk may not dial the face")
        if "anjungan.socket" not in face.words("Requires") or ini["kiosk"]["socket_dir"] not in \
                desk.words("ReadWritePaths"):
            problems.append("a unit does not say what it needs")
        if ini["kiosk"]["state_dir"] != "/var/lib/" + desk["StateDirectory"][0]:
            problems.append("the desk's folder is not where it looks for it")
        return problems

    def users_and_folders_are_made(self):
        (self.root / "etc").mkdir(exist_ok=True)
        groups = pathlib.Path("/usr/share/base-passwd/group.master").read_text()
        (self.root / "etc/group").write_text(re.sub(r":\*:", ":x:", groups))
        code, text = said("systemd-sysusers", f"--root={self.root}")
        problems = [text] if code else []
        users = (self.root / "etc/passwd").read_text()
        groups = (self.root / "etc/group").read_text()
        for name in LIMITS:
            user = self.unit[name]["User"][0]
            problems += [f"no user {user}"] * (not re.search(f"^{user}:", users, re.M))
            for group in self.unit[name].words("SupplementaryGroups") + self.unit[name]["Group"]:
                problems += [f"no group {group}"] * (not re.search(f"^{group}:", groups, re.M))
        rule = (self.root / "usr/lib/udev/rules.d/70-anjungan.rules").read_text()
        group = re.search(r'GROUP="([^"]+)"', rule).group(1)
        if group not in self.unit["anjungand.service"].words("SupplementaryGroups"):
            problems.append(f"the printer belongs to {group}, and the desk does not")
        if os.geteuid() == 0:  # to give away a folder takes root
            code, text = said("systemd-tmpfiles", "--create", f"--root={self.root}", "anjungan.conf")
            about = (self.root / "run/anjungan").stat()
            gid = re.search(r"^anjungan-desk:[^:]*:(\d+)", groups, re.M).group(1)
            if code or (about.st_mode & 0o777, about.st_uid, about.st_gid) != (0o771, 0, int(gid)):
                problems.append(f"/run/anjungan: {about} {text}")
        return problems

    def programs_find_their_data(self):
        binary = (self.root / "usr/bin/anjungan").read_bytes()
        problems = [f"anjungan does not know {place}" for place in ("/usr/share/locale",
                    "/usr/share/anjungan") if place.encode() + b"\0" not in binary]
        ini = self.root / "there.ini"
        ini.write_text(f"[kiosk]\ndata_dir = {self.root}/usr/share/anjungan\n")
        code, text = said(self.root / "usr/bin/anjunganctl", "--config", ini, "catalogue", "check")
        if code or "good" not in text:
            problems.append(text)
        for name in ("anjungan", "anjungand", "anjunganctl", "anjungan-voice",
                     "anjungan-hall"):
            code, text = said(self.root / "usr/bin" / name, "--version")
            if code or not re.fullmatch(name + r" \d+\.\d+\.\d+\n", text):
                problems.append(f"{name} --version: {code} {text}")
            # No configuration on this machine: said plainly, and no crash.
            code, text = said(self.root / "usr/bin" / name, "--config", "/nonexistent.ini",
                              *(["status"] if name == "anjunganctl" else []))
            if code != 1 or "/nonexistent.ini: No such file" not in text:
                problems.append(f"{name} without configuration: {code} {text}")
        return problems

    def the_manual_names_every_command(self):
        problems = []
        for name in ("anjungan-voice", "anjunganctl"):
            _, usage = said(self.root / "usr/bin" / name, "--help")
            page = (self.root / f"usr/share/man/man1/{name}.1").read_text().replace("\\", "")
            options = re.findall(r"--[a-z]+", usage)
            problems += [f"not in the manual: {word}" for word in options if word not in page]
        commands = re.findall(r"^  ([a-z][a-z-]+)", usage, re.M)
        problems += [f"not in the manual: {word}" for word in commands if word not in page]
        return problems + ["the usage names no commands"] * (len(commands) < 7)


def main():
    source, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    number = failed = 0
    with tempfile.TemporaryDirectory(prefix="anjungan-installed-") as folder:
        it = Installed(source, build, pathlib.Path(folder))
        cases = {
            "every file has its place": it.everything_has_its_place,
            "the service manager understands the units": it.the_manager_understands_the_units,
            **{f"{unit}: exposure at most {limit / 10}": lambda unit=unit: it.exposure(unit)
               for unit, limit in LIMITS.items()},
            "the units keep the kiosk up and the console its own": it.the_units_keep_the_kiosk_up,
            "the face's socket is handed over": it.the_socket_is_handed_over,
            "users, groups and folders are made": it.users_and_folders_are_made,
            "installed programs find their data": it.programs_find_their_data,
            "the manual names every command": it.the_manual_names_every_command,
        }
        print(f"1..{len(cases)}", flush=True)
        for name, case in cases.items():
            number += 1
            problems = case()
            print("not ok" if problems else "ok", number, "-", name)
            for problem in problems:
                for line in problem.splitlines():
                    print("#  ", line)
            failed += bool(problems)
    sys.exit(1 if failed else 0)


main()
