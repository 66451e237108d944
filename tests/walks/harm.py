"""What can go wrong around the programs: a full disk, a slow one, a damaged store, a wrong
clock, a dead name server, noise on a socket. Each acts on the real thing, from outside of the programs."""
import glob
import os
import pathlib
import resource
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time

DISK_BYTES = 2 << 20  # of the small disk: room for a visit or two, soon filled


class Harm(Exception):
    """It could not be brought about here."""


# --- the disk -------------------------------------------------------------------


class Disk:
    """The desk's state on a disk of its own, so small that it can be filled. Where nothing may
    be mounted (a container without the right), the calls that write are made to fail instead."""

    def __init__(self, folder):
        self.folder, self.filler, self.tracer = pathlib.Path(folder), pathlib.Path(folder) / "filler", None
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=0700",
                               "anjungan-walk", folder], capture_output=True, text=True)
        self.mounted = done.returncode == 0

    def fill(self, pid):
        if not self.mounted:
            self.tracer = inject(pid, "pwrite64,write,ftruncate,fallocate", "error=ENOSPC")
            return
        with open(self.filler, "wb", 0) as filler:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        filler.write(bytes(size))
                except OSError:
                    pass

    def clear(self):
        if self.tracer:
            self.tracer.end()
            self.tracer = None
        self.filler.unlink(missing_ok=True)

    def remove(self):
        self.clear()
        if self.mounted:
            subprocess.run(["umount", "-l", self.folder], check=False)


class Tracer:
    """strace, holding a running program's system calls."""

    def __init__(self, pid, calls, what):
        self.process = subprocess.Popen(
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}",
             "-e", f"inject={calls}:{what}", "-p", str(pid)],
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        tasks = f"/proc/{pid}/task"
        end = time.monotonic() + 5
        while not all(self.holds(f"{tasks}/{task}/status") for task in os.listdir(tasks)):
            if self.process.poll() is not None or time.monotonic() > end:
                raise Harm(f"strace: {self.process.stderr.read().decode()}")
            time.sleep(0.01)

    @staticmethod
    def holds(status):
        try:
            return "\nTracerPid:\t0\n" not in pathlib.Path(status).read_text()
        except (FileNotFoundError, ProcessLookupError):
            return True  # a thread that has just ended

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.process.stderr.close()


def inject(pid, calls, what):
    return Tracer(pid, calls, what)


def slow_disk(pid, seconds):
    """Each flush is done at once, and reported so much later."""
    return inject(pid, "fdatasync,fsync", f"delay_exit={int(seconds * 1e6)}")


def without_rights(command):
    """Root that obeys the mode of files, for a folder that may only be read."""
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search",
            "--inh-caps=-dac_override,-dac_read_search"] + command


def without_fonts(command):
    """A machine on which the typefaces' package is not installed."""
    hidden = [word for path in sorted(glob.glob("/usr/share/fonts/opentype/inter/*.otf"))
              for word in ("-P", path)]
    return ["strace", "-f", "-qq", "-o", "/dev/null"] + hidden + \
        ["-e", "trace=openat", "-e", "inject=openat:error=ENOENT"] + command


def set_modes(folder, writable):
    """A folder and its files that their owner may write, or only read."""
    folder.chmod(0o700 if writable else 0o500)
    for path in folder.iterdir():
        path.chmod(0o600 if writable else 0o400)


# --- the store ------------------------------------------------------------------


def payloads(state):
    """The sealed bytes that wait in a store that may be open: read from a copy."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("store.db", "store.db-wal"):
            if (state / name).exists():
                shutil.copy(state / name, folder)
        with sqlite3.connect(f"{folder}/store.db") as copy:
            found = [row[0] for row in copy.execute("SELECT envelope FROM payload")]
        copy.close()
    return found


def damage(state, how):
    """What a disk does to a store that nobody has open."""
    path, log = state / "store.db", state / "store.db-wal"
    if how == "flip":  # a few bits of every page, in the log too
        for file in (path, log):
            data = bytearray(file.read_bytes())
            for at in range(4096, len(data), 997):
                data[at] ^= 0x10
            file.write_bytes(data)
    elif how == "cut":
        os.truncate(path, path.stat().st_size // 2)
    elif how == "lose-log":
        log.unlink()
    elif how == "scribble":
        path.write_bytes(os.urandom(path.stat().st_size))
    else:
        raise Harm(f"unknown damage {how!r}")


# --- the clock ------------------------------------------------------------------


def faketime():
    found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1") or \
        glob.glob("/usr/lib/faketime/libfaketimeMT.so.1")
    if not found:
        raise Harm("libfaketime is not installed")
    return found[0]


def steered_clock(path):
    """The environment of a program whose clock follows a file, while it runs."""
    return {"LD_PRELOAD": faketime(), "FAKETIME_TIMESTAMP_FILE": str(path), "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1"}


def set_clock(path):
    """The environment of a program that cannot read files: the clock as it is set now."""
    return {"LD_PRELOAD": faketime(), "FAKETIME": path.read_text().strip(), "DONT_FAKE_MONOTONIC": "1"}


# --- names ----------------------------------------------------------------------


class SilentNames:
    """A name server that takes every question and never says a word."""

    def __init__(self, build):
        self.library = build / "tests/portal/names.so"
        self.line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.line.bind(("127.0.0.1", 0))
        self.line.setblocking(False)

    def environment(self):
        """Of a program that is to ask here."""
        return {"LD_PRELOAD": str(self.library), "NAMES_PORT": str(self.line.getsockname()[1])}

    def asked(self):
        """How many questions came since the last time."""
        count = 0
        try:
            while self.line.recv(512):
                count += 1
        except BlockingIOError:
            return count

    def close(self):
        self.line.close()


# --- descriptors ----------------------------------------------------------------


def starve(pid):
    """Room for no other descriptor than those it has. What it had."""
    free = next(fd for fd in range(1024) if not os.path.lexists(f"/proc/{pid}/fd/{fd}"))
    had = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (free, had[1]))
    return had


def feed(pid, had):
    resource.prlimit(pid, resource.RLIMIT_NOFILE, had)


def busy(pid):
    """Seconds of processor time so far."""
    times = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")


# --- noise ----------------------------------------------------------------------

NOISE = {
    "random": lambda: os.urandom(60000),
    "huge": lambda: (0xFFFFFFFF).to_bytes(4, "little") + bytes(20000),
    "large": lambda: (4 << 20).to_bytes(4, "little") + bytes(1 << 20),
    "zero": lambda: bytes(4096),
    "unknown": lambda: (6).to_bytes(4, "little") + (999).to_bytes(2, "little") + b"abcd",
    "half": lambda: (100).to_bytes(4, "little") + b"\1\0half",
}


def noise(path, kind, held=0.0):
    """Says it to a socket, stays for a moment without another word, and goes."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        line.connect(str(path))
        try:
            line.sendall(NOISE[kind]())
        except OSError:
            pass  # hung up on: as it should be
        time.sleep(held)
