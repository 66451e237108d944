"""What cases in the guest share: the line to the host, and how a case is told.

A module of cases has one class `Cases(Guest)`; each public method of it with a docstring is a
case, in the order of the file, and the docstring's first line is the case's name. The first
one sets up what the others look at.
"""
import glob
import json
import os
import pathlib
import re
import subprocess
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
WORDS = dict(re.findall(r"anjungan\.(\w+)=(\S+)", pathlib.Path("/proc/cmdline").read_text()))


class Failed(Exception):
    """A case did not come true."""


class Host:
    """The line to the machine that this guest runs on."""

    def __init__(self):
        for name in glob.glob("/sys/class/virtio-ports/*/name"):
            if pathlib.Path(name).read_text().strip() == "anjungan":
                self.line = open(f"/dev/{name.split('/')[4]}", "r+b", buffering=0)
                return
        raise SystemExit("no line to the host")

    def say(self, **message):
        self.line.write(json.dumps(message).encode() + b"\n")

    def ask(self, what, **words):
        self.say(ask=what, **words)
        answer = b""
        while not answer.endswith(b"\n"):
            answer += self.line.read(65536)
        return json.loads(answer)


def run(*words, code=0, **options):
    """A command's output; it must end with `code` (None: however it likes)."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    if code is not None and done.returncode != code:
        raise Failed(f"{' '.join(map(str, words))}: {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def until(truth, what, patience=30):
    """What truth() gives, once it gives anything; it may take so many seconds."""
    end = time.monotonic() + patience
    while not (found := truth()):
        if time.monotonic() > end:
            raise Failed(f"not within {patience} s: {what() if callable(what) else what}")
        time.sleep(0.05)
    return found


def modules(*names):
    run("modprobe", "-a", *names)


class Guest:
    """What all cases have: the host, and the build to look at."""

    def __init__(self, host):
        self.host, self.build = host, pathlib.Path(WORDS["build"])

    def note(self, text):
        """A figure, or what a case saw."""
        self.host.say(note=text)

    def story(self):
        """What may explain a failure: lines."""
        return []

    def play(self):
        cases = [member for name, member in vars(type(self)).items()
                 if callable(member) and not name.startswith("_") and member.__doc__]
        self.host.say(plan=len(cases))
        for case in cases:
            name, began, trouble = case.__doc__.splitlines()[0].rstrip("."), time.monotonic(), []
            try:
                case(self)
            except Exception as error:
                known = type(error).__name__ in ("Failed", "StageError")
                trouble = (str(error) if known else traceback.format_exc()).splitlines()
                trouble += self.story()
            self.host.say(case=name, trouble=trouble, seconds=time.monotonic() - began)
            if trouble and case is cases[0]:
                return  # nothing to try the others on
