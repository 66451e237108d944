"""A guest as its host sees it: QEMU without hardware virtualisation, its screen and keys by
QMP, and a line to the program inside, which says how its cases went and asks for what only a
host can do."""
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "walks"))
from pace import pace  # noqa: E402
from stage import Office  # noqa: E402
from xserver import end_with_parent  # noqa: E402


class Dead(Exception):
    """The guest ended, or fell silent."""


def dial(path, patience=20):
    end = time.monotonic() + patience
    while True:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(str(path))
            return line
        except OSError:
            line.close()
            if time.monotonic() > end:
                raise Dead(f"nobody listens at {path}") from None
            time.sleep(0.05)


class Qmp:
    def __init__(self, path):
        self.stream = dial(path).makefile("rw")
        self.read()
        self.do("qmp_capabilities")

    def read(self):
        line = self.stream.readline()
        if not line:
            raise Dead("QEMU ended")
        return json.loads(line)

    def do(self, command, **arguments):
        self.stream.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.stream.flush()
        while True:
            answer = self.read()
            if "error" in answer:
                raise Dead(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]


class Machine:
    """`words`: of the kernel's command line. `devices`: further words for QEMU."""

    def __init__(self, folder, build, kernel, initramfs, words, devices=(), memory=1536):
        self.folder, self.build = folder, build
        self.pictures = 0
        self.console = folder / "console.log"
        line, qmp = folder / "line.sock", folder / "qmp.sock"
        for path in (line, qmp):
            path.unlink(missing_ok=True)
        command = [
            "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2",
            "-m", memory, "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none",
            "-serial", f"file:{self.console}", "-kernel", kernel, "-initrd", initramfs,
            "-append", f"console=ttyS0 panic=-1 {words}",
            "-virtfs", "local,path=/,mount_tag=root,security_model=none,readonly=on,multidevs=remap",
            "-qmp", f"unix:{qmp},server=on,wait=off", "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=line,path={line},server=on,wait=off",
            "-device", "virtserialport,chardev=line,name=anjungan", *devices]
        with open(folder / "qemu.log", "wb") as log:
            self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, preexec_fn=end_with_parent,
                                            start_new_session=True)
        self.qmp = Qmp(qmp)
        self.line = dial(line)

    def stop(self):
        self.line.close()
        self.process.kill()
        self.process.wait()

    def serve(self, said, patience):
        """Until the guest says that it is done: what it says goes to said(message), what it asks
        for is answered. `patience`: seconds that it may be silent."""
        self.line.settimeout(patience)
        stream = self.line.makefile("rw")
        while True:
            try:
                text = stream.readline()
            except TimeoutError:
                raise Dead(f"the guest says nothing for {patience} s") from None
            if not text:
                raise Dead("the guest ended")
            message = json.loads(text)
            if "ask" in message:
                answer = getattr(self, "do_" + message.pop("ask"))(**message)
                stream.write(json.dumps(answer) + "\n")
                stream.flush()
            elif message.get("end"):
                return
            else:
                said(message)

    # --- what a guest may ask for ---------------------------------------------------

    def do_picture(self):
        """What is on the panel: a file that the guest sees in its root too."""
        self.pictures += 1
        path = self.folder / f"picture-{self.pictures}.ppm"
        self.qmp.do("screendump", filename=str(path), device="panel", head=0)
        return str(path)

    def do_keys(self, keys):
        """On the keyboard, one after another as a scanner types; names as QEMU has them. Its
        keyboard keeps sixteen events until the guest asks for them, every 8 ms; more are lost."""
        for key in keys:
            for down in (True, False):
                time.sleep(0.008)
                self.qmp.do("input-send-event", events=[{"type": "key", "data": {
                    "down": down, "key": {"type": "qcode", "data": key}}}])
        return True

    def do_pace(self):
        return pace()

    def do_home_under_x(self):
        """The same home, without its header, as the same build paints it here on X."""
        with tempfile.TemporaryDirectory(prefix="anjungan-vm-") as folder:
            office = Office(self.build, folder)
            try:
                office.start()
                path = self.folder / "home-under-x.ppm"
                office.home.save(path)
                office.stop()
            finally:
                office.stop(quiet=True)
        return str(path)

    def tail(self, lines=25):
        text = self.console.read_text(errors="replace") if self.console.exists() else ""
        return text.splitlines()[-lines:] + (self.folder / "qemu.log").read_text().splitlines()[-5:]


def fresh(folder):
    """The folder of one guest, without what an earlier one left."""
    folder.mkdir(parents=True, exist_ok=True)
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False):
            os.unlink(entry.path)
    return folder
