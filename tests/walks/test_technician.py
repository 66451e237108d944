"""anjunganctl against a real desk, portal and printer: what a technician asks, sees and is
refused; and what the programs tell the service manager. Usage: test_technician.py BUILD.
Prints TAP.
"""
import json
import os
import pathlib
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from stage import SOURCE, Office, answers, listening_socket  # noqa: E402
from walk import until  # noqa: E402
from xserver import XServer  # noqa: E402

NOBODY = 65534
CLIENTS = 4  # of ctl.sock at once


class Refused(AssertionError):
    pass


class Technician:
    def __init__(self, build, folder):
        self.office = Office(build, folder)
        self.socket = self.office.folder / "run/ctl.sock"
        self.office.make_authority()
        self.office.start_portal()
        self.office.start_printer()
        self.office.configure()

    def says(self, *words, code=0, text="", as_user=None):
        """What anjunganctl prints, which must hold `text`, and its exit status be `code`."""
        as_user = [] if as_user is None else \
            ["setpriv", f"--reuid={as_user}", f"--regid={as_user}", "--clear-groups"]
        done = subprocess.run(
            [*as_user, self.office.build / "kiosk/anjunganctl", "--config",
             self.office.folder / "anjungan.ini", *words], capture_output=True, text=True)
        all_of_it = done.stdout + done.stderr
        if done.returncode != code or text not in all_of_it:
            raise Refused(f"{' '.join(words)}: {done.returncode}, not {code} with {text!r}: {all_of_it}")
        if code and done.stdout:
            raise Refused(f"{' '.join(words)}: failed, and yet prints {done.stdout!r}")
        return done.stdout

    def heard(self):
        try:
            return self.asked("status")
        except Refused:
            return False

    def asked(self, *words):
        """The answer for programs; the option may stand after the command too."""
        return json.loads(self.says(*words, "--json"))

    def desk(self, **environment):
        os.environ.update(environment)
        self.office.start_desk()
        for name in environment:
            del os.environ[name]
        until(lambda: answers(self.socket), "the desk does not listen")

    # --- cases, in this order ------------------------------------------------------

    def no_desk_is_said_so(self):
        for command in ("status", "outbox", "unprinted", "figures", "test-print", "send-now"):
            self.says(command, code=3, text="no desk answers at")
            self.says("--json", command, code=3, text="is anjungand running?")
        self.says("enrol", "1234", self.office.url(), code=3, text="no desk answers at")

    def what_is_no_configuration_is_refused(self):
        fifo = self.office.folder / "fifo"
        os.mkfifo(fifo)
        for path in ("/dev/zero", fifo, self.office.folder):
            for words in (["anjungan"], ["anjungand"], ["anjunganctl", "status"]):
                done = subprocess.run([self.office.build / "kiosk" / words[0], "--config", path,
                                       *words[1:]], capture_output=True, text=True, timeout=10)
                if done.returncode != 1 or f"{path}: not a regular file" not in done.stderr:
                    raise Refused(f"{words} {path}: {done.returncode} {done.stderr!r}")
        fifo.unlink()

    def a_wrong_configuration_is_named_before_it_is_used(self):
        ini = self.office.folder / "anjungan.ini"
        good = ini.read_text()
        if self.asked("config", "check") != {"config": "good"}:
            raise Refused(good)
        ini.write_text(good.replace("width_mm = ", "width_mm = wide", 1))
        self.says("config", "check", code=1, text="[panel] width_mm: 'wide")
        ini.write_text(good + "[times]\nidel = 5\n")
        self.says("config", "check", code=1, text=f"anjunganctl: {ini}:")
        self.says("config", "check", code=1, text="[times] idel is not a key of this program")
        ini.write_text(re.sub("^profile = .*$", "profile = fax", good, flags=re.M))
        self.says("config", "check", code=1, text="[printer] profile: there is no")
        ini.write_text(good)

    def wrong_usage_is_explained(self):
        self.says(code=2, text="usage: anjunganctl")
        self.says("frobnicate", code=2, text="unknown command 'frobnicate'")
        self.says("status", "now", code=2, text="one word too many: 'now'")
        self.says("enrol", code=2, text="something is missing after 'enrol'")
        self.says("enrol", "1", "https://a", "b", code=2, text="one word too many: 'b'")
        self.says("enrol", "1", "http://plain", code=2, text="https://HOST")
        self.says("catalogue", code=2, text="something is missing after 'catalogue'")
        self.says("catalogue", "list", code=2, text="unknown word 'list'")
        self.says("--loud", "status", code=2, text="usage: anjunganctl")
        usage = self.says("--help", text="usage: anjunganctl")
        for word in ("status", "outbox", "unprinted", "figures", "test-print", "send-now", "enrol", "catalogue", "config"):
            if f"\n  {word} " not in usage:
                raise Refused(f"the usage does not say {word}")
        self.says("--version", text="anjunganctl 0.")

    def a_catalogue_is_judged_without_a_desk(self):
        self.says("catalogue", "check", text="services: good")
        found = self.asked("catalogue", "check")
        head = json.loads((SOURCE / "assets/catalogue/catalogue.json").read_text())
        if found["services"] != len(head["services"]) or found["version"] < 1:
            raise Refused(found)
        bad = self.office.folder / "bad"
        shutil.copytree(SOURCE / "assets/catalogue", bad)
        path = bad / "services/sku.json"
        lines = path.read_text().splitlines()
        at = next(n for n, line in enumerate(lines, 1) if '"type"' in line)
        lines[at - 1] = lines[at - 1].replace('"type": "', '"type": "un')
        path.write_text("\n".join(lines) + "\n")
        self.says("catalogue", "check", str(bad), code=1, text=f"{bad}/services/sku.json:{at}")
        self.says("catalogue", "check", "/nonexistent", code=1, text="/nonexistent/catalogue.json")

    def a_new_kiosk_is_not_enrolled(self):
        self.desk()
        self.says("status", text="not enrolled")
        self.says("send-now", code=1, text="not enrolled")
        status = self.asked("status")
        wrong = {key: status.get(key) for key, value in {
            "kiosk": "6472021001-1", "office": "Kelurahan Sungai Keledang", "enrolled": False,
            "online": False, "face_connected": False, "intake": "open", "outbox": 0,
            "tickets_today": 0, "clock_uncertain": False}.items() if status.get(key) != value}
        if wrong:
            raise Refused(f"{wrong} of {status}")

    def enrolment_says_what_is_wrong(self):
        self.says("enrol", "0000-0000", self.office.url(), code=1, text="the code is unknown")
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            self.says("enrol", "1234", f"https://127.0.0.1:{silent.getsockname()[1]}", code=1,
                      text="the portal does not answer")

    def enrolment_with_a_code(self):
        code = self.office.portal_say("code 6472021001-1 1")["code"]
        if self.asked("enrol", code) != {"enrolled": True}:  # the address is the configured one
            raise Refused("no answer for programs")
        until(lambda: self.asked("status")["online"], lambda: self.says("status"))
        self.says("status", text="portal       reached 20")
        self.says("send-now", text="the portal is being tried")
        other = self.office.portal_say("code 6472021001-1 1 4711-0815")["code"]
        self.says("enrol", other, self.office.url(), text="enrolled")

    def paper_comes_out(self):
        slips = len(self.office.slips())
        self.says("test-print", text="a test slip is on its way")
        until(lambda: len(self.office.slips()) == slips + 1, "no test slip came")
        until(lambda: self.asked("status")["printer"] == "ready", lambda: self.says("status"))

    def what_keeps_a_slip_is_said(self):
        self.office.printer_do("paper-out")
        self.says("test-print", text="a test slip is on its way")  # nobody has seen the printer yet
        until(lambda: self.asked("status")["printer"] == "out of paper", lambda: self.says("status"))
        self.says("test-print", text="but the printer was last seen: out of paper")
        self.office.printer_do("paper-in")

    def empty_lists_say_so(self):
        self.says("outbox", text="no submission was ever saved here")
        self.says("unprinted", text="every number of today has its paper")
        if self.asked("outbox") != [] or self.asked("unprinted") != []:
            raise Refused("no empty list")
        self.says("figures", text="nothing was counted today")
        if self.asked("figures") != {"counts": {}, "transactions": 0, "digital": 0}:
            raise Refused("no empty figures")

    def an_unreachable_portal_is_named(self):
        self.office.programs.pop("portal").stop()
        self.says("send-now")
        until(lambda: not self.asked("status")["online"], lambda: self.says("status"))
        self.says("status", text="not reached since 20")
        if not self.asked("status")["last_error"]:
            raise Refused("no reason")

    def strangers_are_turned_away(self):
        if os.geteuid() != 0:
            self.socket.chmod(0)
            self.says("status", code=1, text="only root and the desk's own user")
            self.socket.chmod(0o600)
            return
        for folder in (self.office.folder, self.socket.parent):
            folder.chmod(0o755)
        (self.office.folder / "anjungan.ini").chmod(0o644)
        self.says("status", code=1, text="try sudo", as_user=NOBODY)
        self.socket.chmod(0o666)  # the desk looks for itself, whatever the file says
        self.says("status", code=1, text="only root and the desk's own user", as_user=NOBODY)
        self.socket.chmod(0o600)

    def too_many_at_once_are_told(self):
        callers = [socket.socket(socket.AF_UNIX) for _ in range(CLIENTS)]
        for caller in callers:
            caller.connect(str(self.socket))
        self.says("status", code=1, text="too many commands at once")
        for caller in callers:
            caller.close()
        until(self.heard, "the desk still counts those who left")

    def a_kiosk_without_a_portal_prints_too(self):
        """As on the day it is put up: nothing configured but the printer."""
        self.office.program_do("desk", "stop")
        ini, slips = self.office.folder / "anjungan.ini", len(self.office.slips())
        ini.write_text(re.sub(r"(?m)^(public_url|url|ca|seal_key|sign_key) = .*\n", "",
                              ini.read_text()))
        before = len((self.office.folder / "log/desk.log").read_text())
        self.desk()
        self.says("test-print")
        until(lambda: len(self.office.slips()) == slips + 1, "no test slip came")
        log = (self.office.folder / "log/desk.log").read_text()[before:]
        if "<3>" in log:
            raise Refused(log)

    def a_desk_without_printer_says_so(self):
        self.office.program_do("desk", "stop")
        self.office.with_paper = False
        self.office.configure()
        self.desk()
        self.says("test-print", code=1, text="no printer takes it")
        self.office.program_do("desk", "stop")

    def the_service_manager_hears_of_the_desk(self):
        with Manager(self.office.folder / "notify") as manager:
            self.desk(NOTIFY_SOCKET=manager.path, WATCHDOG_USEC="30000000")
            manager.hears("READY=1")
            manager.hears("WATCHDOG=1")
            self.office.program_do("desk", "stop")
            manager.hears("STOPPING=1")

    def the_service_manager_hears_of_the_face(self):
        with Manager(self.office.folder / "notify") as manager:
            office = self.office
            office.x = XServer(540, 960)
            office.listener = listening_socket(office.folder / "run/face.sock")
            os.environ.update(NOTIFY_SOCKET=manager.path, WATCHDOG_USEC="1000000")
            try:
                office.start_face()
            finally:
                del os.environ["NOTIFY_SOCKET"], os.environ["WATCHDOG_USEC"]
            manager.hears("READY=1")
            for _ in range(3):  # twice as often as it must
                manager.hears("WATCHDOG=1", 0.9)
            office.program_do("face", "stop")
            manager.hears("STOPPING=1")


class Manager:
    """What systemd's end of NOTIFY_SOCKET hears."""

    def __init__(self, path):
        self.path, self.heard = str(path), []

    def __enter__(self):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        return self

    def __exit__(self, *_):
        self.socket.close()
        os.unlink(self.path)

    def hears(self, word, patience=10.0):
        end = time.monotonic() + patience
        while select.select([self.socket], [], [], max(0, end - time.monotonic()))[0]:
            self.heard.append(self.socket.recv(4096).decode())
            if word in self.heard[-1].split("\n"):
                return
        raise Refused(f"no {word}; heard {self.heard}")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    failed = 0
    cases = [name for name, value in vars(Technician).items()
             if "_" in name and not name.startswith("_") and callable(value)]
    print(f"1..{len(cases)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="anjungan-technician-") as folder:
        technician = Technician(build, folder)
        try:
            for number, name in enumerate(cases, 1):
                try:
                    getattr(technician, name)()
                    fault = None
                except Exception as error:  # whatever it is, the case failed
                    fault, failed = f"{type(error).__name__}: {error}", failed + 1
                print("not ok" if fault else "ok", number, "-", name.replace("_", " "), flush=True)
                for line in (fault or "").splitlines():
                    print("#  ", line)
        finally:
            technician.office.stop(quiet=True)
    sys.exit(1 if failed else 0)


main()
