"""The figures F1-F8 of the kiosk, measured from outside on a whole office.

    figures.py BUILD [--only start,memory,...] [--rounds 500] [--idle 60] [--rows 2000]
                     [--visits 10000] [--peers]

--peers measures Chromium showing the same eight tiles, for the ratios.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "walks"))
from stage import Office, listening_socket  # noqa: E402
from walk import Player  # noqa: E402
from xserver import XServer  # noqa: E402
import services  # noqa: E402
import visits  # noqa: E402
from report import row, spread  # noqa: E402
from touches import Touches  # noqa: E402

PEER_PAGE = """<!doctype html><style>
body{margin:0;background:#F6F4EE;font:36px Inter,sans-serif}
header{height:150px;background:#fff} main{display:grid;grid-template-columns:1fr 1fr;gap:24px;padding:48px}
a{height:180px;border:2px solid #7C827C;border-radius:20px;background:#fff} a:first-child{background:#005B50}
a:active{background:#E2F0EC}</style>
<header>Kelurahan</header><main>""" + "".join(f"<a>Layanan {n}</a>" for n in range(8)) + "</main>"


def pss(pid):
    for line in open(f"/proc/{pid}/smaps_rollup"):
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def family(pid):
    """A process and all below it."""
    children = []
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        children += (task / "children").read_text().split()
    return [pid] + [one for child in children for one in family(int(child))]


def activity(pid):
    """Wake-ups and CPU seconds of all threads so far."""
    switches = ticks = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                switches += int(line.split()[1])
        fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return switches, ticks / os.sysconf("SC_CLK_TCK")


def until_spoken(office, began):
    while not office.desk_spoke():
        office.nodes.update(0.5)
    took = (time.monotonic() - began) * 1000
    time.sleep(0.3)
    return took


def start_of(office):
    """Milliseconds from starting the face to its home with the desk's word on it."""
    office.program_do("face", "stop")
    time.sleep(0.2)
    began = time.monotonic()
    office.start_face()
    return until_spoken(office, began)


class Bench(Touches):
    def __init__(self, options):
        self.build, self.rounds, self.idle = options.build.resolve(), options.rounds, options.idle
        self.rows, self.peers, self.options = options.rows, options.peers, options
        self.folders = []
        self.office = self.open_office(rest="86400", recent="0")
        self.player = Player(self.office, None)

    def open_office(self, **options):
        self.folders.append(tempfile.mkdtemp(prefix="anjungan-bench-"))
        office = Office(self.build, self.folders[-1], **options)
        office.start()
        return office

    def pid(self, name):
        return self.office.programs[name].process.pid

    # --- the screen -------------------------------------------------------------

    def start(self):
        """F1: the desk dials the face again and again, at most a second apart: it is the
        first one here, so its wait is part of the figure; the face alone is a line of its own."""
        took = [start_of(self.office) for _ in range(15)]
        row("F1", "start to home with the desk's word, warm", spread(took))
        log = (self.office.folder / "log/face.log").read_text()
        alone = [float(line.rsplit("after ", 1)[1].split()[0])
                 for line in log.splitlines() if "on the screen after" in line]
        row("F1", "start to the face's first picture (its own clock)", spread(alone[1:]))
        if self.peers:
            self.peer(sorted(alone[1:])[len(alone) // 2])

    def peer(self, ours):
        """Chromium as a kiosk with eight tiles, by the same eye: start and memory."""
        chromium = shutil.which("chromium")
        if not chromium:
            row("F1", "Chromium", "not installed")
            return
        folder = pathlib.Path(tempfile.mkdtemp(prefix="anjungan-peer-"))
        self.folders.append(folder)
        (folder / "page.html").write_text(PEER_PAGE)
        took, memory = [], []
        for number in range(4):  # the first is cold
            server = XServer(1080, 1920)
            done = subprocess.run(
                [self.build / "tests/bench/screen_probe", "start", "200,200=005b50", "800,200=ffffff", "--",
                 chromium, "--kiosk", "--no-sandbox", "--disable-gpu", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync",
                 "--window-size=1080,1920", "--window-position=0,0", f"--user-data-dir={folder}/profile",
                 f"--app=file://{folder}/page.html"],
                capture_output=True, text=True, env=dict(os.environ, DISPLAY=server.name), timeout=60)
            if done.returncode == 0:
                found = json.loads(done.stdout.splitlines()[-1])
                time.sleep(2)
                memory.append(sum(pss(pid) for pid in family(found["pid"])))
                took.append(found["ms"])
                os.killpg(found["pid"], signal.SIGTERM)
                time.sleep(1)
            server.stop()
        if len(took) < 2:
            row("F1", "Chromium", f"did not start: {done.stderr.strip()[-200:]}")
            return
        middle = sorted(took[1:])[len(took[1:]) // 2]
        row("F1", "Chromium, eight tiles", f"{middle:.0f} ms, PSS {max(memory):.0f} MiB: "
            f"{middle / ours:.1f} times the face's first picture")

    def services(self):
        """F1 with 100 services, and a question's change among them: an office of its own."""
        self.folders.append(tempfile.mkdtemp(prefix="anjungan-bench-"))
        office = Office(self.build, self.folders[-1], rest="86400", recent="0")
        usual = self.office, self.player
        self.office, self.player = office, Player(office, None)
        try:
            services.measure(self, office, start_of)
        finally:
            office.stop(quiet=True)
            self.office, self.player = usual

    def memory(self):
        row("F2", "PSS face", f"{pss(self.pid('face')):.1f} MiB")
        row("F2", "PSS desk", f"{pss(self.pid('desk')):.1f} MiB")

    def visits(self):
        """F2, second half: an office of its own, whose printer is as quick as its line."""
        office = self.open_office(rest="86400", recent="0", speed="0")
        try:
            visits.run(office, Player(office, None), self.options.visits)
        finally:
            office.stop(quiet=True)

    def resting(self):
        """F3: wake-ups and CPU while nobody is there, from a minute after the last touch."""
        time.sleep(60)
        before = {name: activity(self.pid(name)) for name in ("face", "desk")}
        time.sleep(self.idle)
        for name, (switches, seconds) in before.items():
            now = activity(self.pid(name))
            row("F3", f"{name} idle for {self.idle} s", f"{(now[0] - switches) / self.idle:.3f} wake-ups/s  "
                f"{(now[1] - seconds) / self.idle * 100:.4f} % CPU")

    def paper(self):
        """F7: touch to the first byte at the printer."""
        took = []
        for _ in range(8):
            self.player.tap('"Ambil nomor antrean"')
            node = self.player.wait_for("Surat keterangan...", pressable=True)
            x, y = self.player.at(node)
            slips = len(self.office.slips())
            self.office.x.press(x, y)
            time.sleep(0.03)
            began = time.monotonic()
            self.office.x.release()
            while len(self.office.slips()) == slips:
                time.sleep(0.01)
            took.append((self.office.jobs()[-1]["first_byte"] - began) * 1000)
            self.player.tap('"Selesai"')
            self.to_home()  # a new visitor: no question about a second number
        row("F7", "touch to the printer's first byte", spread(took))

    def paint(self):
        """F5: the painter alone and with the display."""
        for width, height in ((1080, 1920), (2160, 3840)):
            server = XServer(width, height)
            done = subprocess.run([self.build / "tests/bench/bench_paint", HERE.parents[1] / "assets/icons",
                                   str(width), str(height)], capture_output=True, text=True,
                                  env=dict(os.environ, DISPLAY=server.name))
            server.stop()
            for line in (done.stdout if done.returncode == 0 else "failed " + done.stderr).splitlines():
                row("F5", f"{width} x {height}", line)

    # --- the desk ---------------------------------------------------------------

    def desk(self):
        """F6 and F8: submissions to a desk without a face, the portal down; then up."""
        office = self.open_office(paper="off")
        office.program_do("face", "stop")
        office.portal_do("down")
        office.listener.close()
        done = subprocess.run(
            [self.build / "tests/bench/bench_desk", office.folder / "run/face.sock", str(self.rows),
             office.portal_facts["seal_key"], HERE.parents[1] / "assets/catalogue", office.folder],
            capture_output=True, text=True)
        for line in done.stdout.splitlines():
            found = json.loads(line)
            row("F6", found["what"], f"p50 {found['p50']}  p99 {found['p99']}  max {found['max']} ms  "
                f"(n {found['n']})")
        if done.returncode != 0:
            row("F6", "failed", done.stderr.strip())
        row("F2", f"PSS desk with {self.rows} waiting", f"{pss(office.programs['desk'].process.pid):.1f} MiB")
        began = time.monotonic()
        office.portal_do("up")
        waiting = self.rows
        while waiting:
            time.sleep(0.05)
            waiting = json.loads(office.ctl("--json", "status").stdout)["outbox"]
        took = time.monotonic() - began
        row("F8", "outbox drained over one connection, both durable", f"{self.rows / took:.0f} a second")
        office.listener = listening_socket(office.folder / "run/face.sock")
        row("F1", f"start with {self.rows} rows in the desk's store",
            spread([start_of_again(office) for _ in range(7)]))
        office.stop(quiet=True)
        office.remove()

    def end(self):
        self.office.stop(quiet=True)
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)


def start_of_again(office):
    """Desk and face both from nothing, as after a power cut."""
    for name in ("face", "desk"):
        if name in office.programs:
            office.program_do(name, "stop")
    time.sleep(0.2)
    began = time.monotonic()
    office.start_desk()
    office.start_face()
    return until_spoken(office, began)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--idle", type=int, default=60)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--visits", type=int, default=10000)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--only", default="start,services,memory,press,keys,pages,paper,paint,desk,hard,resting")
    options = parser.parse_args()
    bench = Bench(options)
    try:
        for part in options.only.split(","):
            getattr(bench, part)()
    finally:
        bench.end()


if __name__ == "__main__":
    main()
