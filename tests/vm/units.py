"""The installed units under a real systemd, as the README installs them: users, folders, devices,
sandbox, watchdog. The configuration is the documented one, with no portal and no printer."""
import os
import pathlib
import re
import signal
import socket
import struct
import time

from PIL import Image

from guest import Failed, Guest, modules, run, until
from pace import pace
from panel import work

FACE, DESK, VOICE = "anjungan.service", "anjungand.service", "anjungan-voice.service"
EXPOSURE = {FACE: 1.0, DESK: 1.5, VOICE: 1.0}  # S3
WATCHDOG = {FACE: 10, DESK: 30}
AGAIN = 2  # P3: seconds from a crash to a usable screen
INI = "/usr/share/doc/anjungan/anjungan.ini"


def shown(unit, key):
    return run("systemctl", "show", "--value", "-p", key, unit).strip()


def pid_of(unit):
    return int(shown(unit, "MainPID"))


class Cases(Guest):
    def starts(self):
        """as the README says: users, folders, socket, and both services are active."""
        modules("virtio-gpu", "uinput", "evdev")
        run("systemd-sysusers")
        run("systemd-tmpfiles", "--create", "anjungan.conf")
        run("udevadm", "control", "--reload")
        run("udevadm", "trigger")
        run("udevadm", "settle")
        run("install", "-D", "-m", "644", INI, "/etc/anjungan/anjungan.ini")
        run("systemctl", "mask", "getty@tty1.service", "ctrl-alt-del.target")
        run("systemctl", "enable", "--now", "anjungan.socket", DESK, FACE)
        for unit in ("anjungan.socket", DESK, FACE):
            until(lambda unit=unit: shown(unit, "ActiveState") == "active", unit)
        until(lambda: "the desk is here" in self._said(FACE), "the face does not hear the desk")

    def story(self):
        lines = run("systemctl", "status", "--no-pager", "-n", "15", "-l", DESK, FACE, code=None)
        return lines.splitlines()

    @staticmethod
    def _said(unit):
        return run("journalctl", "-u", unit, "-o", "cat", "--no-pager")

    def _picture(self):
        with Image.open(self.host.ask("picture")) as file:
            return file.convert("RGB")

    def on_the_glass(self):
        """the face's picture is on the screen."""
        colours = self._picture().getcolors(1 << 20)
        share = max(count for count, _ in colours) / (1080 * 1920)
        self.note(f"{len(colours)} colours, the most frequent on {share:.0%}")
        if len(colours) < 20 or share > 0.9:
            raise Failed("an empty screen")

    def technician(self):
        """anjunganctl is answered, for root alone."""
        self.note(run("anjunganctl", "status").splitlines()[0])
        run("setpriv", "--reuid=nobody", "--clear-groups", "anjunganctl", "status", code=1)

    def exposure(self):
        """S3: the exposure that systemd sees is at most 1.0 and 1.5."""
        for unit, most in EXPOSURE.items():
            said = run("systemd-analyze", "security", "--no-pager", unit)
            found = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", said)[1])
            self.note(f"{unit}: {found}")
            if found > most:
                raise Failed(said)

    def locked(self):
        """the sandbox is there: no rights, filters, nothing to write, for the face no network."""
        for unit, user in ((FACE, "anjungan-face"), (DESK, "anjungan-desk")):
            pid = pid_of(unit)
            status = dict(line.split(":\t", 1) for line in
                          pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)
            found = {key: status[key].strip() for key in ("NoNewPrivs", "Seccomp")}
            if found != {"NoNewPrivs": "1", "Seccomp": "2"} or any(
                    int(status[key], 16) for key in ("CapEff", "CapPrm", "CapBnd", "CapAmb")):
                raise Failed(f"{unit}: {status}")
            if run("stat", "-c", "%U", f"/proc/{pid}").strip() not in (user, "root") or \
                    status["Uid"].split()[1] != run("id", "-u", user).strip():
                raise Failed(f"{unit} is not {user}'s")
            inside = ("nsenter", "-t", pid, "-m", "--")
            for place in ("/usr", "/etc", "/var", "/boot", "/srv"):
                run(*inside, "touch", f"{place}/written", code=1)
            if pathlib.Path("/home").exists() and run(*inside, "ls", "-A", "/home", code=None).strip():
                raise Failed(f"{unit} sees /home")
        nets = [os.readlink(f"/proc/{pid}/ns/net") for pid in (pid_of(FACE), pid_of(DESK), "self")]
        if nets[0] == nets[2] or nets[1] != nets[2]:
            raise Failed(f"networks: {nets}")

    def asleep(self):
        """F3 with a watchdog to feed: at most one wake-up a second."""
        pid = pid_of(FACE)
        before, began = work(pid)[0], time.monotonic()
        time.sleep(30)
        wakes = (work(pid)[0] - before) / (time.monotonic() - began)
        self.note(f"{wakes:.3f} wake-ups/s")
        if wakes > 1:
            raise Failed("it does not sleep")

    def _comes_again(self, unit, how, patience):
        """A signal to its main process; seconds until another one is ready."""
        old, began = pid_of(unit), time.monotonic()
        os.kill(old, how)
        until(lambda: shown(unit, "ActiveState") == "active" and pid_of(unit) not in (0, old),
              f"{unit} does not come again", patience)
        return time.monotonic() - began

    def speaks(self):
        """the voice finds its screen, and runs espeak-ng and nothing else."""
        door = socket.socket(socket.AF_UNIX)
        door.bind("/run/anjungan/voice.sock")
        run("chown", "root:anjungan-voice", "/run/anjungan/voice.sock")
        run("chmod", "0660", "/run/anjungan/voice.sock")
        door.listen()
        door.settimeout(60)
        # This machine has no sound; SDL's dummy takes as long as a real device.
        place = pathlib.Path("/etc/systemd/system/anjungan-voice.service.d")
        place.mkdir(parents=True)
        (place / "sound.conf").write_text("[Service]\nEnvironment=SDL_AUDIODRIVER=dummy\n")
        run("systemctl", "daemon-reload")
        run("systemctl", "enable", "--now", VOICE)
        screen, _ = door.accept()
        screen.settimeout(60)
        run("espeak-ng", "-v", "id", "-q", "dua")  # read once, as this disk is slow beyond measure
        words = b"Dua."
        body = struct.pack("<HqI", 602, 1, 2) + b"id" + struct.pack("<I", len(words)) + words + b"\0"
        screen.sendall(struct.pack("<I", len(body)) + body)
        wanted = struct.pack("<IHi?", 7, 701, 1, True) + struct.pack("<IHqi", 14, 702, 1, 0)
        said = b""
        while len(said) < len(wanted):
            got = screen.recv(100)
            if not got:
                raise Failed("the voice hung up")
            said += got
        if said != wanted:
            raise Failed(f"{said}: {self._said(VOICE)}")
        inside = ("nsenter", "-t", pid_of(VOICE), "-m", "--")
        run(*inside, "/usr/bin/espeak-ng", "--version")
        run(*inside, "/bin/true", code=126)

    def killed(self):
        """P3: a face that was killed is on the screen again within 2 s."""
        took, slower = self._comes_again(FACE, signal.SIGKILL, 60), pace() / self.host.ask("pace")
        # What the manager waits first is the same on every processor.
        number, milli = re.fullmatch(r"([\d.]+)(m?)s", shown(FACE, "RestartUSec")).groups()
        waits = float(number) / (1000 if milli else 1)
        own = waits + max(0, took - waits) / slower
        self.note(f"{took:.1f} s on a processor {slower:.0f} times slower than the host's: {own:.1f} s")
        if own > AGAIN:
            raise Failed("too late")
        self.on_the_glass()

    def hung(self):
        """the watchdog ends what hangs, and it comes again."""
        for unit, seconds in WATCHDOG.items():
            took = self._comes_again(unit, signal.SIGSTOP, 4 * seconds + 60)
            self.note(f"{unit}: another one after {took:.0f} s")
            if "watchdog" not in run("journalctl", "--no-pager", "-o", "cat", f"UNIT={unit}").lower():
                raise Failed(f"{unit}: it was not the watchdog")
        self.on_the_glass()
