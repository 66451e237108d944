"""A whole office on one machine: portal, printer, desk and face, each the real
program, in a folder of its own. Everything that a walk, the demo or a benchmark
does to that office is a method here."""
import json
import os
import pathlib
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]

# Panels of the design: width and height in pixels, width in millimetres.
PANELS = {
    "portrait": (1080, 1920, 268),
    "small": (1366, 768, 344),
    "wide": (1920, 1080, 476),
    "large": (2160, 3840, 336),
}


class StageError(Exception):
    """Something of the office did not do what the walk waits for."""


class Program:
    """One process, its log in a file, and a patient way to end it."""

    def __init__(self, name, command, log, **popen):
        self.name, self.log = name, log
        with open(log, "ab") as stream:
            self.process = subprocess.Popen(command, stderr=stream, **popen)

    def alive(self):
        return self.process.poll() is None

    def stop(self, how=signal.SIGTERM, patience=10):
        if self.alive():
            self.process.send_signal(how)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise StageError(f"{self.name} did not stop") from None
        return self.process.returncode


class Nodes:
    """Follows what the face says is on its screen (--nodes-fd)."""

    def __init__(self):
        self.read, self.write = os.pipe()
        os.set_blocking(self.read, False)
        self.latest, self.frames, self._rest = None, 0, b""

    def close(self):
        for end in (self.read, self.write):
            if end is not None:
                os.close(end)

    def given(self):
        """The writing end belongs to the face now."""
        os.close(self.write)
        self.write = None

    def update(self, timeout):
        """Take in new frames; waits up to `timeout` for the first."""
        if select.select([self.read], [], [], timeout)[0]:
            while True:
                try:
                    piece = os.read(self.read, 1 << 20)
                except BlockingIOError:
                    break
                if not piece:
                    break
                self._rest += piece
            *lines, self._rest = self._rest.split(b"\n")
            if lines:
                self.frames += len(lines)
                self.latest = json.loads(lines[-1])
        return self.latest


def listening_socket(path):
    """The face's socket as systemd would hand it over."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    listener.listen(4)
    return listener


def first_line(process, name, patience=20):
    """The JSON line with which portal and printer say where they are."""
    if not select.select([process.stdout], [], [], patience)[0]:
        raise StageError(f"{name} said nothing")
    line = process.stdout.readline()
    if not line:
        raise StageError(f"{name} ended at once")
    return json.loads(line)
