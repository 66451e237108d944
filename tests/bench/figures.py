"""The figures of the kiosk, measured from outside on a whole office.

    figures.py BUILD [--rounds 500] [--idle 60]
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "walks"))
from stage import Office  # noqa: E402
from walk import Player  # noqa: E402


def row(name, what, value):
    print(f"{name:<4} {what:<52} {value}", flush=True)


def spread(values):
    values = sorted(values)
    at = lambda share: values[min(len(values) - 1, int(len(values) * share))]  # noqa: E731
    return f"p50 {at(0.5):.2f}  p99 {at(0.99):.2f}  max {values[-1]:.2f} ms  (n {len(values)})"


def pss(pid):
    for line in open(f"/proc/{pid}/smaps_rollup"):
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


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


class Bench:
    def __init__(self, build, rounds, idle):
        self.build, self.rounds, self.idle = build, rounds, idle
        self.office = Office(build, tempfile.mkdtemp(prefix="anjungan-bench-"), rest="86400")
        self.office.start()
        self.player = Player(self.office, None)

    def pid(self, name):
        return self.office.programs[name].process.pid

    def start(self):
        """F1: from starting the face to its first complete home with the desk connected."""
        took = []
        for _ in range(15):
            self.office.program_do("face", "stop")
            time.sleep(0.2)
            began = time.monotonic()
            self.office.start_face()
            while not any(node.get("press") for node in self.office.screen()["nodes"]) or \
                    self.office.screen()["place"] != "home":
                self.office.nodes.update(0.05)
            took.append((time.monotonic() - began) * 1000)
            time.sleep(0.3)
        row("F1", "start to complete home, warm", spread(took))

    def memory(self):
        row("F2", "PSS face", f"{pss(self.pid('face')):.1f} MiB")
        row("F2", "PSS desk", f"{pss(self.pid('desk')):.1f} MiB")

    def resting(self):
        """F3: wake-ups and CPU while nobody is there."""
        time.sleep(5)
        before = {name: activity(self.pid(name)) for name in ("face", "desk")}
        time.sleep(self.idle)
        for name, (switches, seconds) in before.items():
            now = activity(self.pid(name))
            row("F3", f"{name} idle for {self.idle} s", f"{(now[0] - switches) / self.idle:.3f} wake-ups/s  "
                f"{(now[1] - seconds) / self.idle * 100:.4f} % CPU")

    def probe(self, name, what, node, back):
        """Press one node until its own middle changes, then another that brings it back."""
        points = []
        for one in (node, back):
            x, y, w, h = one["rect"]
            points += [f"{x + w // 2},{y + h // 2}", f"{x + 6 + w // 20},{y + h // 2}"]
        done = subprocess.run([self.build / "tests/bench/screen_probe", "press", str(self.rounds), *points],
                              capture_output=True, text=True, env={"DISPLAY": self.office.x.name})
        if done.returncode == 2 or not done.stdout:
            row(name, what, f"failed: {done.stderr.strip()}")
            return
        found = json.loads(done.stdout)
        row(name, what, f"p50 {found['p50']}  p99 {found['p99']}  max {found['max']} ms  (n {found['n']}, "
            f"missed {found['missed']})")

    def press(self):
        tiles = [node for node in self.office.screen()["nodes"] if node.get("press")]
        self.probe("F4", "press to paint, a tile of home", tiles[0], tiles[1])

    def pages(self):
        """F4: tap to the next page's last frame, both ways, as the face reports it."""
        took = []
        for _ in range(100):
            for label in ("Ambil nomor antrean", "Kembali"):
                node = self.player.wait_for(label, pressable=True)
                x, y = self.player.at(node)
                self.office.x.press(x, y)
                time.sleep(0.03)
                self.office.nodes.update(0)
                before, place = self.office.nodes.frames, self.office.screen()["place"]
                began = time.monotonic()
                self.office.x.release()
                while self.office.screen()["place"] == place:
                    self.office.nodes.update(0.5)
                took.append((time.monotonic() - began) * 1000)
                assert self.office.nodes.frames > before
        row("F4", "let go to the next page drawn", spread(took))

    def paper(self):
        """F7: touch to the first byte at the printer."""
        took = []
        for _ in range(8):
            self.player.tap('"Ambil nomor antrean"')
            node = self.player.wait_for("Surat keterangan...", pressable=True)
            x, y = self.player.at(node)
            self.office.x.press(x, y)
            time.sleep(0.03)
            began = time.monotonic()
            self.office.x.release()
            slips = len(self.office.slips())
            while len(self.office.slips()) == slips:
                time.sleep(0.01)
            took.append((self.office.jobs()[-1]["first_byte"] - began) * 1000)
            self.player.tap('"Selesai"')
            self.office.program_do("face", "stop")  # a new visitor: no question about a second number
            self.office.start_face()
        row("F7", "touch to the printer's first byte", spread(took))

    def end(self):
        self.office.stop(quiet=True)
        self.office.remove()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--idle", type=int, default=60)
    parser.add_argument("--only")
    arguments = parser.parse_args()
    bench = Bench(arguments.build.resolve(), arguments.rounds, arguments.idle)
    try:
        for part in (bench.start, bench.memory, bench.press, bench.pages, bench.paper, bench.resting):
            if not arguments.only or part.__name__ in arguments.only.split(","):
                part()
    finally:
        bench.end()
    for program in ("bench_paint", "bench_submit", "bench_courier"):
        path = arguments.build / "tests/bench" / program
        if path.exists() and not arguments.only:
            print(subprocess.run([path], capture_output=True, text=True).stdout, end="")


if __name__ == "__main__":
    main()
