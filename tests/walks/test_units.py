"""The units leave the programs what they need. Face and desk are traced from start to end with a
desk that enrols, prints and delivers, the voice with what it runs: their calls against the
system-call filters. And the face
as on a panel, without a display server, needs no memory that is both written and run, and
none of OpenGL. Usage: test_units.py SOURCE BUILD. Prints TAP.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from stage import Office, StageError, listening_socket  # noqa: E402
from walk import Player, until  # noqa: E402

# SQLite gives its files to their owner where it runs as root; the unit's user is none.
AS_ROOT = {"fchown"}
# SDL asks for a sound thread of a higher rank, and goes on without one.
WISHED = {"setpriority"}


def sets_of_calls():
    """What systemd means by @system-service and the like."""
    text = subprocess.run(["systemd-analyze", "syscall-filter"], capture_output=True, text=True,
                          check=True).stdout
    sets, current = {}, None
    for line in text.splitlines():
        if re.match("@", line):
            current = sets.setdefault(line.strip(), [])
        elif current is not None and re.match(r"    [@a-z_]", line):
            current.append(line.strip())
    return sets


def spread(word, sets):
    return {word} if word[0] != "@" else {call for one in sets[word] for call in spread(one, sets)}


def allowed(unit, sets):
    """The calls that a unit's filter leaves, in the order of its lines."""
    calls = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", unit.read_text(), re.M):
        forbids, words = line.startswith("~"), line.lstrip("~").split()
        listed = {call for word in words for call in spread(word, sets)}
        if not calls and not forbids:
            calls = spread("@default", sets)  # always permitted
        calls = calls - listed if forbids else calls | listed
    return calls


def traced(build, folder):
    """A folder like the build's, whose programs run under strace."""
    (folder / "kiosk").mkdir(parents=True)
    (folder / "tests").symlink_to(build / "tests")
    for name in ("anjungan", "anjungand"):
        script = folder / "kiosk" / name
        # -D: the program keeps its number, which the socket handed over is meant for.
        script.write_text(f'#!/bin/sh\nexec strace -D -f -q --signal=none -o {folder}/{name}.calls '
                          f'{build}/kiosk/{name} "$@"\n')
        script.chmod(0o755)
    (folder / "kiosk/anjunganctl").symlink_to(build / "kiosk/anjunganctl")
    return folder


def play(build, folder):
    office = Office(traced(build, folder / "build"), folder / "office")
    try:
        office.start()
        player = Player(office, None)
        player.tap('"Ambil nomor antrean"')
        player.tap('"Surat keterangan"')
        player.expect("slips 1")
        player.expect("tickets 1")
        player.finish("")
        status = office.ctl("status")
        if status.returncode != 0:
            raise SystemExit(f"the traced desk does not answer: {status.stderr}")
        office.stop()
    finally:
        office.stop(quiet=True)


def announce(build, folder):
    """The voice, by recordings and by espeak-ng; its sound goes to a file."""
    ini = folder / "voice.ini"
    ini.write_text(f"[kiosk]\nsocket_dir = {folder}\n")
    environment = dict(os.environ, SDL_AUDIODRIVER="disk", SDL_DISKAUDIODELAY="1",
                       SDL_DISKAUDIOFILE=str(folder / "sound"))
    logs = []
    for number, place in enumerate(("2", "ruang rapat")):
        logs.append(folder / f"voice-{number}.calls")
        subprocess.run(["strace", "-f", "-q", "--signal=none", "-o", logs[-1],
                        build / "kiosk/anjungan-voice", "--config", ini, "--say", "A-1", place],
                       env=environment, check=True, capture_output=True)
    whole = folder / "build/anjungan-voice.calls"
    whole.write_text("".join(log.read_text() for log in logs))


def calls_of(log):
    """Names of the calls in a trace that strace has finished."""
    until(lambda: re.search(r"\+\+\+ exited with 0 \+\+\+\s*$", log.read_text()),
          lambda: f"the trace does not end: {log.read_text()[-200:]}")
    return set(re.findall(r"^\d+ +(\w+)\(", log.read_text(), re.M))


def families_of(log):
    return set(re.findall(r"^\d+ +socket\((AF_\w+)", log.read_text(), re.M))


class OnAPanel(Office):
    """A face with SDL's driver of a panel; what it draws goes nowhere here."""

    def run_program(self, name, command, **popen):
        if name == "face":
            command = [self.build / "tests/walks/no_new_code", *command]
            popen["env"] = dict(popen["env"], SDL_VIDEODRIVER="evdev")
        return super().run_program(name, command, **popen)

    def show(self):
        self.make_authority()
        self.start_portal()
        self.start_printer()
        self.configure()
        self.listener = listening_socket(self.folder / "run/face.sock")
        self.enrol()
        self.start_face()


def drawn_without_new_code(build, folder):
    """Faults, of a face that must come up and stay."""
    office = OnAPanel(build, folder)
    try:
        office.show()
        until(lambda: office.screen()["place"] == "home", "not home")
        maps = pathlib.Path(f"/proc/{office.programs['face'].process.pid}/maps").read_text()
        office.stop()
        return sorted(set(re.findall(r"lib(?:EGL|GL|GLX|LLVM)\b\S*|\S+_dri\.so", maps)))
    except StageError as error:
        return [str(error), *office.story().splitlines()]
    finally:
        office.stop(quiet=True)


def main():
    source, build = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    failed, sets = 0, sets_of_calls()
    with tempfile.TemporaryDirectory(prefix="anjungan-units-") as folder:
        play(build, pathlib.Path(folder))
        announce(build, pathlib.Path(folder))
        for number, name in enumerate(("anjungan", "anjungand", "anjungan-voice"), 1):
            log = pathlib.Path(folder, "build", f"{name}.calls")
            unit = source / f"kiosk/deploy/{name}.service"
            calls, may = calls_of(log), allowed(unit, sets)
            families = re.search("^RestrictAddressFamilies=(.*)$", unit.read_text(), re.M)
            refused = sorted(calls - may - AS_ROOT - WISHED) + \
                sorted(families_of(log) - set(families.group(1).split()))
            good = not refused and len(calls) > 30 and len(may) > 100
            failed += not good
            print("ok" if good else "not ok", number, "-",
                  f"{name}.service lets its program call what it calls ({len(calls)} of {len(may)})")
            for call in refused:
                print("#   refused:", call)
        problems = drawn_without_new_code(build, pathlib.Path(folder, "panel"))
        failed += bool(problems)
        print("not ok" if problems else "ok", 4, "- the face draws on a panel without new code, without OpenGL")
        for problem in problems:
            print("#  ", problem)
    print("1..4")
    sys.exit(1 if failed else 0)


main()
