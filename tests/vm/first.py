#!/usr/bin/python3
"""Inside the guest: its first program, or a unit of its systemd. Plays the cases that the
kernel's command line names and tells the host, over a virtio port, how they went."""
import importlib
import os
import pathlib
import sys
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "walks")]
from guest import WORDS, Host, run  # noqa: E402


def as_first_program():
    """What systemd does on a machine that has one, as far as the cases need it."""
    for kind, place in (("sysfs", "sys"), ("tmpfs", "run"), ("devpts", "dev/pts"), ("tmpfs", "dev/shm")):
        os.makedirs(f"/{place}", exist_ok=True)
        run("mount", "-t", kind, kind, f"/{place}")
    for name, to in (("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
        os.symlink(f"/proc/self/{to}", f"/dev/{name}")
    run("ip", "link", "set", "lo", "up")
    # SDL asks udev what kind of device a thing is.
    run("/lib/systemd/systemd-udevd", "--daemon")
    run("udevadm", "trigger")
    run("udevadm", "settle")


UNIT = f"""[Unit]
Description=The cases of tests/vm
[Service]
Type=exec
ExecStart={HERE}/first.py
StandardOutput=journal+console
StandardError=journal+console
"""


def become_systemd():
    """What `meson install` gives lies in a folder of the host: it is put where it belongs, and
    the cases go on as a unit."""
    run("cp", "-rT", WORDS["installed"], "/")
    pathlib.Path("/etc/systemd/system/anjungan-cases.service").write_text(UNIT)
    # The host's /tmp, where this source may lie, is not to be emptied at the start.
    pathlib.Path("/etc/tmpfiles.d/tmp.conf").symlink_to("/dev/null")
    # Where the host is a container, the guest is none.
    pathlib.Path("/.dockerenv").unlink(missing_ok=True)
    # A clone, not a machine: it has no name of its own yet, and asks nobody for one.
    pathlib.Path("/etc/machine-id").write_text("a" * 32 + "\n")
    os.execv("/lib/systemd/systemd", ["/lib/systemd/systemd"])


def main():
    os.environ.update(PATH="/usr/sbin:/usr/bin:/sbin:/bin", LANG="C.UTF-8", HOME="/root")
    first = os.getpid() == 1
    if first and "installed" in WORDS:
        become_systemd()
    if first:
        as_first_program()
    host = Host()
    try:
        importlib.import_module(WORDS["cases"]).Cases(host).play()
    except BaseException:
        host.say(broken=traceback.format_exc())
    host.say(end=True)
    while first:
        time.sleep(3600)  # the host ends the machine


main()
