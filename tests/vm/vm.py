"""Starts guests and prints their cases as TAP. Usage: vm.py BUILD FOLDER [NAME...]"""
import pathlib
import shutil
import subprocess
import sys
import time

import image
from machine import Dead, HERE, Machine, fresh

PANEL = ["-vga", "none", "-device", "virtio-gpu-pci,id=panel,xres=1080,yres=1920",
         "-device", "qemu-xhci", "-device", "usb-kbd"]
# Each guest, named as its module of cases: what QEMU gives it beside the root, and the longest
# silence, in seconds.
GUESTS = {
    "panel": (PANEL, 240),
    "weather": (PANEL, 240),
    "paper": (PANEL, 240),
    "units": (PANEL, 200),
}


class Report:
    def __init__(self):
        self.number = self.failed = self.planned = 0

    def case(self, name, trouble, seconds=0.0):
        self.number += 1
        self.failed += bool(trouble)
        print("not ok" if trouble else "ok", self.number, "-", f"{name} ({seconds:.1f} s)", flush=True)
        for line in trouble:
            print("#  ", line, flush=True)

    def said(self, guest):
        def take(message):
            if "plan" in message:
                self.planned += message["plan"]
            elif "case" in message:
                self.case(f"{guest}: {message['case']}", message["trouble"], message["seconds"])
            elif "broken" in message:
                raise Dead(message["broken"])
            else:
                print(f"#   {guest}: {message['note']}", flush=True)
        return take


def installed(build, folder):
    """What the README's `meson install` puts on a panel."""
    place = folder / "installed"
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", place],
                   check=True, stdout=subprocess.DEVNULL)
    return place


def play(name, build, folder, report):
    devices, patience = GUESTS[name]
    version, kernel, place = image.kernel(folder)
    initramfs = image.initramfs(folder, version, place)
    words = (f"quiet anjungan.then={HERE}/first.py anjungan.modules={place} "
             f"anjungan.cases={name} anjungan.build={build}")
    if name == "units":
        words += f" systemd.show_status=no systemd.unit=anjungan-cases.service anjungan.installed={installed(build, folder)}"
    began = time.monotonic()
    machine = Machine(fresh(folder / name), build, kernel, initramfs, words, devices)
    planned, number = report.planned, report.number
    try:
        machine.serve(report.said(name), patience)
        trouble = []
    except Dead as error:
        trouble = str(error).splitlines() + machine.tail()
    finally:
        machine.stop()
    if not trouble and report.number - number != report.planned - planned:
        trouble = ["it ended before its last case"]
    report.case(f"{name}: the guest came to its end", trouble, time.monotonic() - began)


def main():
    build, folder = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    names, report = sys.argv[3:] or list(GUESTS), Report()
    for name in names:
        if name not in GUESTS:
            raise SystemExit(f"no guest {name!r}; there are: {' '.join(GUESTS)}")
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        play(name, build, folder, report)
    print(f"1..{report.number}")
    sys.exit(1 if report.failed else 0)


main()
