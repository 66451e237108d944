"""A whole office on one machine: portal, printer, desk and face, each the real
program, in a folder of its own. Everything that a walk, the demo or a benchmark
does to that office is a method here."""
import hashlib
import io
import json
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import types
import urllib.error
import urllib.request

from PIL import Image, ImageChops, ImageOps

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "portal"))
import browser  # noqa: E402
import harm  # noqa: E402
import leaks  # noqa: E402
import people  # noqa: E402
import pictures  # noqa: E402
from xserver import XServer, end_with_parent  # noqa: E402

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
    """One process, its log in a file, and a patient way to end it. Ctrl-C on the
    terminal is not for it but for us, and it never outlives us."""

    def __init__(self, name, command, log, **popen):
        self.name, self.log = name, log
        with open(log, "ab") as stream:
            self.process = subprocess.Popen(command, stderr=stream, preexec_fn=end_with_parent,
                                            start_new_session=True, **popen)

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


def packed_rows(picture):
    """A picture's rows, black as 1, eight dots a byte."""
    bits = ImageOps.invert(picture.convert("L")).point(lambda grey: 255 * (grey > 127), "1")
    width = (picture.width + 7) // 8
    data = bits.tobytes()
    return [data[at:at + width] for at in range(0, len(data), width)]


def largest_band(rows):
    """The most rows with ink that follow each other: the words, without rules around them."""
    bands = [[]]
    for row in rows:
        if any(row):
            bands[-1].append(row)
        elif bands[-1]:
            bands.append([])
    return max(bands, key=len)


def answers(path):
    """Does a program listen there? The file alone is born a moment before."""
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(str(path)) == 0


def first_line(process, name, patience=20):
    """The JSON line with which portal and printer say where they are."""
    if not select.select([process.stdout], [], [], patience)[0]:
        raise StageError(f"{name} said nothing")
    line = process.stdout.readline()
    if not line:
        raise StageError(f"{name} ended at once")
    return json.loads(line)


KIOSK = "6472021001-1"
PUBLIC = "https://santer.samarindakota.go.id"
PHOTOS = re.compile(re.escape(PUBLIC) + r"/unggah/[0-9a-f]{32}")

CONFIGURATION = """\
[kiosk]
id = 6472021001-1
number = 1
office = {office}
socket_dir = {folder}/run
state_dir = {folder}/state
data_dir = {folder}/data
language = id
[city]
name = Pemerintah Kota Samarinda
logo = S
[portal]
name = Santer
url = {url}
public_url = {public}
ca = {folder}/portal/ca.pem
seal_key = {seal_key}
sign_key = {sign_key}
[payment]
nmid = ID1020000000001
[panel]
width_px = {width}
height_px = {height}
width_mm = {mm}
window = no
[printer]
address = {printer}
profile = {profile}
[times]
idle = {idle}
idle_warning = {warning}
done = {done}
rest = {rest}
[tickets]
recent = {recent}
in_a_row = 3
"""


class Office:
    """The four programs and their world. Options are words of a walk's `office` line."""

    patience = 10  # seconds that a program may take to come up

    def __init__(self, build, folder, panel="portrait", office="open", profile="epson-80",
                 idle="90", warning="30", done="30", rest="180", paper="on", disk="plain",
                 clock="real", recent="60", speed="400", window=False):
        self.build, self.folder = pathlib.Path(build).resolve(), pathlib.Path(folder).resolve()
        self.panel = PANELS[panel]
        self.hours = office
        self.words = {"profile": profile, "idle": idle, "warning": warning,
                      "done": done, "rest": rest, "recent": recent}
        self.with_paper, self.window = paper == "on", window
        self.speed = speed  # of the printer, mm a second; 0 at once
        self.x = self.nodes = self.home = self.listener = None
        self.programs, self.ports, self.portal_facts = {}, {}, {}
        self.tracer = self.names = None
        self.officers = set()  # who has an account at the portal
        self.phone = self.page = None
        self.photos = 0  # that it took
        for name in ("run", "state", "portal", "slips", "log"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.disk = harm.Disk(self.folder / "state") if disk == "small" else None
        self.clock = self.folder / "clock" if clock == "steered" else None
        if self.clock:
            self.clock.write_text("+0\n")

    # --- starting ---------------------------------------------------------------

    def start(self):
        width, height, _ = self.panel
        if not self.window:
            self.x = XServer(width, height)
        self.make_authority()
        self.start_portal()
        self.start_printer()
        self.configure()
        self.listener = listening_socket(self.door)
        self.enrol()
        self.start_face()
        if not self.window:
            self.wait_for_desk()
            self.home = self.calm_picture()

    def run_program(self, name, command, **popen):
        program = Program(name, [str(word) for word in command],
                          self.folder / "log" / f"{name}.log", **popen)
        self.programs[name] = program
        return program

    def own_office(self):
        return SOURCE / f"tests/walks/offices/{self.hours}.json"

    def code(self):
        return json.loads(self.own_office().read_text())["code"]

    def make_data(self):
        """The project's own data, but for the hours: they must not depend on day and time."""
        data = self.folder / "data"
        if not data.exists():
            shutil.copytree(SOURCE / "assets", data)
            shutil.copy(self.own_office(), data / f"offices/{self.code()}.json")
            (data / "offices/kota.json").unlink()

    def configure(self):
        self.make_data()
        width, height, mm = self.panel
        (self.folder / "anjungan.ini").write_text(CONFIGURATION.format(
            folder=self.folder, office=self.code(), public=PUBLIC,
            width=0 if self.window else width,
            height=0 if self.window else height, mm=mm, url=self.url(), printer=self.paper_address(),
            seal_key=self.portal_facts["seal_key"], sign_key=self.portal_facts["sign_key"],
            **self.words))

    def desk_command(self):
        return [self.build / "kiosk/anjungand", "--config", self.folder / "anjungan.ini"]

    def start_desk(self, wrap=lambda command: command):
        world = harm.steered_clock(self.clock) if self.clock else {}
        if self.names:
            world = self.names.environment()
        self.run_program("desk", wrap(self.desk_command()), env=dict(os.environ, **world))

    def face_environment(self):
        environment = dict(os.environ, SDL_VIDEODRIVER="x11", SDL_AUDIODRIVER="dummy")
        if self.x:
            environment["DISPLAY"] = self.x.name
        if self.clock:
            environment.update(harm.set_clock(self.clock))
        return environment

    def face_command(self, bare=False):
        """Bare: on a machine without typefaces."""
        command = [str(self.build / "kiosk/anjungan"), "--config", str(self.folder / "anjungan.ini")]
        return harm.without_fonts(command) if bare else command

    def start_face(self, told=True):
        """The face gets its listening socket as systemd hands it over, as descriptor 3. Not
        told: it keeps to itself what is on its screen, as in an office."""
        if self.nodes:
            self.nodes.close()
        self.nodes = Nodes() if told else None
        fds = [self.listener.fileno()] + ([self.nodes.write] if told else [])
        environment = dict(self.face_environment(), LISTEN_FDS="1")
        command = self.face_command() + (["--nodes-fd", str(fds[1])] if told else [])
        command += ["--window"] if self.window else []
        # LISTEN_PID must name the face itself: a shell puts in its own and becomes it. (Not sh:
        # dash knows no descriptor above 9.)
        become = f'exec 3<&{fds[0]}; LISTEN_PID=$$ exec "$@"'
        self.run_program("face", ["/bin/bash", "-c", become, "bash", *command],
                         env=environment, pass_fds=fds)
        if not told:
            return
        self.nodes.given()
        end = time.monotonic() + self.patience
        while not self.nodes.update(0.1):
            if not self.programs["face"].alive() or time.monotonic() > end:
                raise StageError("the face did not come up")

    @property
    def door(self):
        return self.folder / "run/face.sock"

    def mend_door(self):
        """A socket's file that somebody removed: made again, and the face with it, as the service
        manager does when its socket unit is restarted."""
        if self.door.exists():
            return
        self.programs.pop("face").stop()
        self.listener.close()
        self.listener = listening_socket(self.door)
        self.start_face()

    def desk_spoke(self):
        """Does the home screen show what the desk says of the queue?"""
        return not any(node.get("value") == "Sebentar, anjungan sedang bersiap"
                       for node in self.screen()["nodes"])

    def wait_for_desk(self):
        """Until the home screen shows what the desk says of the queue, and goes on showing it:
        the desk rings again after enrolment, and its first ringing waits for the face too."""
        end = time.monotonic() + self.patience
        shown = 0
        while shown < 3:
            shown = shown + 1 if self.desk_spoke() else 0
            if time.monotonic() > end:
                raise StageError("the desk did not greet the face")
            self.nodes.update(0.1)

    def make_authority(self):
        subprocess.run([SOURCE / "tests/portal/make-ca", self.folder / "portal"], check=True,
                       capture_output=True)

    def start_portal(self):
        """The first start takes any port, later ones the same."""
        program = self.run_program(
            "portal", [self.build / "tests/portal/portal", "--folder", self.folder / "portal",
                       "--catalogue", self.published(),
                       "--bills", SOURCE / "tests/portal/bills.json",
                       "--bookings", SOURCE / "tests/walks/bookings.json",
                       "--port", self.ports.get("portal", 0)] + self.database(),
            stdout=subprocess.PIPE, text=True)
        self.portal_facts = first_line(program.process, "portal")
        self.ports["portal"] = self.portal_facts["port"]

    def database(self):
        return []

    def published(self):
        """What the portal offers: the project's catalogue, or another once it was published."""
        other = self.folder / "published"
        return other if other.exists() else SOURCE / "assets/catalogue"

    def url(self):
        return f"https://127.0.0.1:{self.ports['portal']}"

    def start_printer(self):
        program = self.run_program(
            "printer", [sys.executable, SOURCE / "tests/printer/printer.py", self.folder / "slips",
                        "--control", self.folder / "run/printer.sock", "--speed", self.speed],
            stdout=subprocess.PIPE, text=True)
        self.ports["printer"] = first_line(program.process, "printer")["port"]

    def paper_address(self):
        return f"tcp:127.0.0.1:{self.ports['printer']}" if self.with_paper else "none"

    def enrol(self):
        """With a one-time code, as a technician does; the desk is started for it."""
        answer = self.portal_say(f"code {KIOSK} 1")
        self.start_desk()
        self.await_ctl()
        done = self.ctl("enrol", answer["code"], self.url())
        if done.returncode != 0:
            raise StageError(f"enrolment: {done.stderr.strip()}")

    def await_ctl(self):
        end = time.monotonic() + self.patience
        while not answers(self.folder / "run/ctl.sock"):
            if time.monotonic() > end:
                raise StageError("the desk does not listen on ctl.sock")
            time.sleep(0.01)

    def ctl(self, *words):
        return subprocess.run([self.build / "kiosk/anjunganctl", "--config",
                               self.folder / "anjungan.ini", *words], capture_output=True, text=True)

    # --- portal and paper on order ----------------------------------------------

    def say(self, path, line):
        """One line to a control socket, one JSON line back."""
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(20)
            control.connect(str(path))
            control.sendall(line.encode() + b"\n")
            answer = json.loads(control.makefile().readline())
        if "error" in answer:
            raise StageError(f"{line}: {answer['error']}")
        return answer

    def portal_say(self, line):
        return self.say(self.folder / "portal/control.sock", line)

    def dump(self):
        """Everything the portal holds; also while it is down."""
        if "portal" in self.programs:
            return self.portal_say("dump")
        done = subprocess.run(
            [self.build / "tests/portal/portal", "--database",
             f"sqlite:{self.folder}/portal/portal.db", "dump"], capture_output=True, text=True)
        return json.loads(done.stdout)

    def rows(self, in_force=1):
        return [row for row in self.dump()["submissions"] if row["in_force"] == in_force]

    def tickets(self):
        return self.dump()["tickets"]

    def outbox_list(self):
        done = self.ctl("--json", "outbox")
        if done.returncode != 0:
            raise StageError(f"outbox: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def outbox(self):
        return sum(row["state"] == "waiting" for row in self.outbox_list())

    def portal_do(self, what):
        if what == "down":
            self.programs.pop("portal").stop()
        elif what == "up":
            self.start_portal()
            self.ctl("send-now")
        elif what == "honest":
            self.portal_say("honest")
            self.ctl("send-now")
        else:
            self.portal_say(what)

    # --- from home ----------------------------------------------------------------

    def place(self):
        """Where a browser finds the portal."""
        return types.SimpleNamespace(folder=self.folder / "portal", port=self.ports["portal"])

    def book(self, office):
        """A resident's phone on the portal's page: the code and the time of the second place that
        is offered, which is at most half an hour off."""
        person = people.Person(self.place()).get("/antrean")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        chosen = f"kantor={office}&layanan=sku"
        offered = re.findall(r'name="waktu" value="([^"]+)"',
                             person.ask("POST", "/antrean", chosen, form).page)
        day, moment = offered[1].split()
        person.ask("POST", "/antrean", f"{chosen}&waktu={day}+{moment}", form)
        person.close()
        if person.status != 303:
            raise StageError(f"not booked: {person.status} {person.text()}")
        return person.headers["Location"].removeprefix("/antrean/"), moment

    def booked(self, code):
        """What the portal knows of it: the kiosk that exchanged it, and the number."""
        row = next(row for row in self.dump()["bookings"] if row["code"] == code)
        number = next((f"{ticket['letter']}-{ticket['number']:03}" for ticket in self.tickets()
                       if ticket["uuid"] == row["id"]), "-")
        return f"{row['kiosk'] or '-'} {number}"

    # --- the office's people ------------------------------------------------------

    def account(self, name, password):
        """As the portal's operator makes one."""
        role, kelurahan, rt = people.OFFICERS[name]
        done = subprocess.run(
            [self.build / "tests/portal/portal", "--control", self.folder / "portal/control.sock",
             "--officer", name, role, kelurahan, *([rt] if rt else [])],
            input=password + "\n", capture_output=True, text=True)
        if done.returncode != 0:
            raise StageError(f"no account for {name}: {done.stderr.strip()}")

    def signed_in(self, name):
        """One of them at the portal's pages, whose account is made when he comes first."""
        if name not in self.officers:
            self.account(name, people.PASSWORD)
            self.officers.add(name)
        person = people.Person(self.place()).sign_in(name)
        if person.status != 303:
            raise StageError(f"{name} is not let in: {person.text()}")
        return person

    def officer_do(self, name, deed, code, fields):
        person = self.signed_in(name)
        status = person.do(code, deed, fields)
        person.close()
        if status != 303:
            raise StageError(f"{name} {deed}: {status} {person.text()}")

    def officer_counts(self, name, code):
        """How many photos stand on a request's page; each of them is really there."""
        person = self.signed_in(name).get(f"/petugas/berkas/{code}")
        found = re.findall(r'href="(/petugas/foto/[0-9a-f]+)"', person.page)
        bad = [one for one in found if not person.get(one).body.startswith(b"\x89PNG")]
        person.close()
        if bad:
            raise StageError(f"{name} does not see {bad}")
        return len(found)

    def officer_finds(self, name, number, code):
        person = self.signed_in(name).get("/petugas").post("/petugas/cari", cari=number)
        person.close()
        if person.headers["Location"] != f"/petugas/berkas/{code}":
            raise StageError(f"{name} does not find {code} by {number}: {person.text()}")

    def printer_do(self, what):
        return self.say(self.folder / "run/printer.sock", what)

    def program_do(self, name, what):
        start = {"desk": self.start_desk, "face": self.start_face}[name]
        if what == "start":
            start()
            if name == "desk":
                self.await_ctl()
            if {"desk", "face"} <= self.programs.keys():
                self.wait_for_desk()
        elif what == "starve":
            self.starved = harm.starve(self.programs[name].process.pid)
        elif what == "feed":
            harm.feed(self.programs[name].process.pid, self.starved)
        elif what in ("pause", "resume"):
            self.programs[name].process.send_signal(
                signal.SIGSTOP if what == "pause" else signal.SIGCONT)
        else:
            self.programs.pop(name).stop(signal.SIGKILL if what == "kill" else signal.SIGTERM)
            self.end_tracer()

    # --- harm ---------------------------------------------------------------------

    def slow_disk(self, seconds):
        self.tracer = harm.slow_disk(self.programs["desk"].process.pid, seconds)

    def lose_names(self):
        """The portal has a name, and the name server says nothing: from the desk's next start."""
        self.names = harm.SilentNames(self.build)
        self.setting("portal", "url", f"https://santer.example:{self.ports['portal']}")

    def find_names(self):
        self.names.close()
        self.names = None
        self.setting("portal", "url", self.url())

    def end_tracer(self):
        if self.tracer:
            self.tracer.end()
            self.tracer = None

    def disk_do(self, what):
        if what == "full":
            self.disk.fill(self.programs["desk"].process.pid)
        else:
            self.disk.clear()

    def catalogue_do(self, what, version="2"):
        """The installed catalogue is damaged or mended, what the portal sent is lost; the
        portal's gets a newer version, or another service while it runs."""
        folder = self.folder / "data/catalogue"
        if what in ("publish", "poll"):
            self.publish(int(version), what == "poll")
            return
        if what == "forget":
            for bundle in (self.folder / "state").glob("catalogue.bundle*"):
                bundle.unlink()
            return
        if what == "add":
            self.add_service(version)
            return
        shutil.rmtree(folder, ignore_errors=True)
        if what != "remove":
            shutil.copytree(SOURCE / "assets/catalogue", folder)
        if what == "break":
            path = folder / "services/sku.json"
            lines = path.read_text().split("\n")
            lines[4] = lines[4].replace(":", ";", 1)
            path.write_text("\n".join(lines))

    def refused(self, command, environment):
        """What a program says that must not start: its exit code and its words."""
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                              timeout=20, env=dict(os.environ, **environment))
        return done.returncode, done.stderr

    def status(self):
        """What the technician is told; nothing while no desk answers."""
        done = self.ctl("--json", "status")
        return json.loads(done.stdout) if done.returncode == 0 else {}

    def setting(self, section, key, value):
        """One value of the configuration, for the next start."""
        path = self.folder / "anjungan.ini"
        lines = [line for line in path.read_text().splitlines()]
        at = lines.index(f"[{section}]")
        end = next((i for i in range(at + 1, len(lines)) if lines[i].startswith("[")), len(lines))
        kept = [line for line in lines[at + 1:end] if line.split("=")[0].strip() != key]
        lines[at + 1:end] = kept + [f"{key} = {value}"]
        path.write_text("\n".join(lines) + "\n")

    def publish(self, version, poll=False):
        """The portal offers the catalogue as another version from its next start on."""
        folder = self.folder / "published"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(SOURCE / "assets/catalogue", folder)
        head = json.loads((folder / "catalogue.json").read_text())
        head["version"] = version
        (folder / "catalogue.json").write_text(json.dumps(head))
        if poll:
            polls = json.loads((folder / "polls.json").read_text())
            polls["polls"][0].update({"from": "2000-01-01", "to": "9999-12-31"})
            (folder / "polls.json").write_text(json.dumps(polls))

    def add_service(self, name):
        """An author's new service (tests/walks/catalogue) is put into a folder beside the
        others, and the running portal takes the folder up."""
        folder = self.folder / "published"
        if not folder.exists():
            shutil.copytree(SOURCE / "assets/catalogue", folder)
        shutil.copy(SOURCE / f"tests/walks/catalogue/{name}.json", folder / "services")
        head = json.loads((folder / "catalogue.json").read_text())
        head["services"].append(name)
        (folder / "catalogue.json").write_text(json.dumps(head))
        self.portal_say(f"publish {folder}")

    def said(self, name, text):
        log = self.folder / "log" / f"{name}.log"
        return text in log.read_text(errors="replace")

    def jobs(self):
        path = self.folder / "slips/jobs.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    # --- the screen -------------------------------------------------------------

    def frames(self):
        self.nodes.update(0.01)
        return self.nodes.frames

    def screen(self):
        screen = self.nodes.update(0)
        if screen is None:
            raise StageError("the face shows nothing")
        return screen

    def settle(self, quiet=0.15):
        """Wait until the face has drawn nothing for a moment."""
        end = time.monotonic() + 20
        while True:
            frames = self.nodes.frames
            self.nodes.update(quiet)
            if self.nodes.frames == frames:
                return
            if time.monotonic() > end:
                raise StageError("the face goes on drawing")

    def scan(self, text):
        """A scanner's letters come in a millisecond each, however busy this machine is: the
        face finds them waiting together."""
        self.programs["face"].process.send_signal(signal.SIGSTOP)
        self.x.type(text, 0.001)
        self.programs["face"].process.send_signal(signal.SIGCONT)
        self.settle(0.2)

    def calm_picture(self):
        """The picture without the header, whose clock goes on."""
        self.settle()
        width, height = self.x.size
        return self.x.picture().crop((0, height // 8, width, height))

    def is_blank(self):
        return self.strange() is None or None

    def strange(self):
        """Where the screen differs from the first home: (left, top, right, bottom) or None."""
        return ImageChops.difference(self.calm_picture(), self.home).getbbox()

    def screen_code(self):
        """What a phone reads off the screen."""
        self.settle()
        picture = self.folder / "code.png"
        self.x.picture().save(picture)
        found = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable",
                                picture], capture_output=True, text=True)
        picture.unlink()
        return found.stdout.removesuffix("\n")

    # --- paper ------------------------------------------------------------------

    def slips(self):
        return sorted((self.folder / "slips").glob("slip-???.png"))

    def check_slip(self, slip):
        """Decode the slip's QR from the picture; the portal verifies its token. Its text."""
        every = self.slip_codes(slip)
        lines = [line for line in every if not PHOTOS.fullmatch(line)]
        if len(lines) != 1 or len(every) > 2:
            raise StageError(f"{slip.name}: zbarimg sees {every or 'nothing'}")
        address, _, token = lines[0].partition("/t/#")
        if address != PUBLIC:
            raise StageError(f"{slip.name}: QR leads to {address}")
        if lines[0] != address:  # a checklist leads to the portal itself
            self.verify_token(token)
        return lines[0]

    @staticmethod
    def slip_codes(slip):
        """The texts of the QRs on a slip."""
        found = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable",
                                slip], capture_output=True, text=True)
        return found.stdout.split()

    def photos_address(self, slip):
        """Where the slip's QR for photos leads."""
        found = [line for line in self.slip_codes(slip) if PHOTOS.fullmatch(line)]
        if len(found) != 1:
            raise StageError(f"{slip.name}: of the QRs for photos zbarimg sees {found}")
        return found[0]

    # --- the resident's phone -----------------------------------------------------

    def phone_opens(self, address):
        """A browser of its own. The portal's public name leads to this office's portal."""
        if not self.phone:
            self.phone = browser.Browser(self.folder / "portal/server.pem")
            self.page = self.phone.tab(browser.PHONE)
        self.page.open(address.replace(PUBLIC, self.url()))

    def phone_sends(self, names):
        """Photos of that many KiB: "12 300"."""
        folder = self.folder / "photos"
        folder.mkdir(exist_ok=True)
        paths = []
        for kilobytes in names.split():
            self.photos += 1
            paths.append(folder / f"foto-{self.photos}.png")
            paths[-1].write_bytes(pictures.png(16, (self.photos, 9, 9), int(kilobytes) * 1024))
        self.page.choose("Pilih foto", paths)

    def has_line(self, slip, kind, size, weight, *words):
        """Does the slip show that line, dot for dot?"""
        done = subprocess.run(
            [self.build / "tests/printer/slip_line",
             self.folder / f"data/printers/{self.words['profile']}.ini", kind, size, weight, *words],
            capture_output=True, check=True)
        line, paper = Image.open(io.BytesIO(done.stdout)), Image.open(slip)
        edge = (paper.width - line.width) // 2  # the paper is wider than what prints
        paper = paper.crop((edge, 0, edge + line.width, paper.height))
        wanted = b"".join(largest_band(packed_rows(line)))
        return bool(wanted) and wanted in b"".join(packed_rows(paper))

    def verify_token(self, token):
        """What the portal's public page says of a slip that is genuine."""
        if "portal" not in self.programs:
            return None
        context = ssl.create_default_context(cafile=self.folder / "portal/ca.pem")
        try:
            with urllib.request.urlopen(f"{self.url()}/api/v1/tokens/{token}", context=context,
                                        timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise StageError(f"the portal does not know the token: {error}") from None

    # --- secrets ----------------------------------------------------------------

    def leaks_of(self, text):
        """Where a typed text is still found: the kiosk's programs, its disk, paper and logs.
        The portal has it by right; so do the tests' own files."""
        known = "".join(path.read_text() for path in (SOURCE / "assets").rglob("*.json"))
        pids = {name: program.process.pid for name, program in self.programs.items()
                if name in ("face", "desk", "printer")}
        folders = [self.folder / part for part in ("state", "log", "run", "slips")]
        return leaks.look(text, pids, folders, known)

    # --- ending -----------------------------------------------------------------

    def stop(self, quiet=False):
        """End all programs; the face and the desk must end cleanly."""
        problems = []
        self.end_tracer()
        if self.phone:
            self.phone.close()
            self.phone = None
        for name in ("face", "desk", "printer", "portal"):
            program = self.programs.pop(name, None)
            if not program:
                continue
            died = not program.alive()
            try:
                code = program.stop()
            except StageError as error:
                problems.append(str(error))
                continue
            if died or code not in (0, -signal.SIGTERM):
                problems.append(f"{name} {'had died' if died else 'ended'} with {code}")
        if self.nodes:
            self.nodes.close()
            self.nodes = None
        if self.listener:
            self.listener.close()
            self.listener = None
        if self.x:
            self.x.stop()
            self.x = None
        if self.disk:
            self.disk.remove()
        if self.names:
            self.names.close()
        if problems and not quiet:
            raise StageError("; ".join(problems))
        return 0

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def story(self):
        """The tails of all logs, for a failed walk."""
        parts = []
        for log in sorted((self.folder / "log").glob("*.log")):
            lines = log.read_text(errors="replace").splitlines()[-15:]
            parts += [f"--- {log.name}"] + lines
        return "\n".join(parts)
