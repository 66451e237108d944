"""F4: how long a touch takes to be seen, on a calm day and in the worst hour of an office."""
import contextlib
import json
import subprocess
import threading
import time

from report import row
from walk import until


class Touches:
    """Of a bench: it has `office`, `player`, `build` and `rounds`."""

    around = contextlib.nullcontext  # the world while the screen is probed

    def changed_by(self, node):
        """A pixel that is another while the node is pressed, or after it."""
        before = self.office.x.picture()
        x, y = self.player.at(node)
        self.office.x.press(x, y)
        self.office.settle(0.05)
        after = self.office.x.picture()
        self.office.x.release()
        self.office.settle(0.05)
        left, top, width, height = node["rect"]
        spots = [(px, py) for px in range(left + 4, left + width - 4, 3) for py in range(top + 4, top + height - 4, 3)
                 if before.getpixel((px, py)) != after.getpixel((px, py))]
        return spots[len(spots) // 2]

    def probe(self, how, what, points):
        """Press (or tap) one place until a pixel changes, then another that brings it back."""
        with self.around() as when:
            done = subprocess.run([self.build / "tests/bench/screen_probe", how, str(self.rounds),
                                   *(f"{x},{y}" for x, y in points)],
                                  capture_output=True, text=True, env={"DISPLAY": self.office.x.name})
            self.tell_probe(what + (when or ""), done)

    def tell_probe(self, what, done):
        if done.returncode == 2 or not done.stdout:
            row("F4", what, f"failed: {done.stderr.strip()}")
            return
        found = json.loads(done.stdout)
        row("F4", what, f"p50 {found['p50']}  p99 {found['p99']}  max {found['max']} ms  (n {found['n']}, "
            f"missed {found['missed']})")

    def to_home(self):
        self.office.program_do("face", "stop")
        self.office.start_face()
        self.office.wait_for_desk()

    def body(self):
        """The picture without the header, whose clock goes on."""
        width, height = self.office.x.size
        return self.office.x.picture().crop((0, height // 8, width, height)).tobytes()

    def leave(self, label, way):
        """On to the next page; the way there is noted: what the page looked like, and where to tap."""
        node = self.player.wait_for(label, pressable=True)
        self.office.settle()
        way.append((self.body(), self.player.at(node)))
        self.player.tap_node(node)

    def arrive(self, way):
        self.office.settle()
        way.append((self.body(), None))

    def untold(self, way):
        """A face that tells nobody what it shows, brought the same way to the same page."""
        self.office.program_do("face", "stop")
        self.office.start_face(told=False)
        for page, (body, place) in enumerate(way):
            until(lambda body=body: self.body() == body, f"page {page} of the way looks otherwise", 20)
            if place:
                self.office.x.tap(*place)

    def differs(self, before, after, node):
        """The lowest pixel of a node that is another in the second picture."""
        x, y, w, h = node["rect"]
        return next((px, py) for py in range(y + h - 5, y + 4, -1) for px in range(x + 4, x + w - 4)
                    if before.getpixel((px, py)) != after.getpixel((px, py)))

    def press(self):
        """F4: two choices of one screen; either looks different while it is pressed."""
        way = []
        self.leave("Ukuran huruf", way)
        self.player.wait_for("Kontras...")
        self.arrive(way)
        pair = [node for node in self.office.screen()["nodes"] if node["role"] == "choice"][:2]
        points = [point for node in pair for point in (self.player.at(node), self.changed_by(node))]
        self.untold(way)
        self.probe("press", "press to paint, a choice", points)
        self.to_home()

    def keys(self):
        """F4: a digit and its deletion, seen where the caret stood."""
        way = []
        for label in ("Surat keterangan", "Surat Keterangan Usaha (SKU)", "Mulai mengisi",
                      "Lanjut"):
            self.leave(label, way)
        self.player.wait_for("Nomor Induk Kependudukan (NIK)")
        self.arrive(way)
        field = next(node for node in self.office.screen()["nodes"] if node["role"] == "field")
        digit, erase = self.player.key_node("8"), self.player.wait_for("Hapus", pressable=True)
        before = self.office.x.picture()
        self.player.tap_node(digit)
        spot = self.differs(before, self.office.x.picture(), field)
        self.untold(way)
        self.probe("tap", "key let go to character", [self.player.at(digit), spot, self.player.at(erase), spot])
        self.to_home()

    def pages(self):
        """F4: from letting go to the next page, there and back, seen at a lower tile of home."""
        way = []
        self.arrive(way)
        home = self.office.screen()["nodes"]
        lowest = max((node for node in home if node.get("press") and node.get("value")),
                     key=lambda node: node["rect"][1])
        before = self.office.x.picture()
        there = self.player.at(self.player.wait_for("Ambil nomor antrean", pressable=True))
        self.player.tap('"Ambil nomor antrean"')
        back = self.player.at(self.player.wait_for("Kembali", pressable=True))
        self.office.settle()
        spot = self.differs(before, self.office.x.picture(), lowest)
        self.untold(way)
        self.probe("tap", "let go to the next page", [there, spot, back, spot])
        self.to_home()

    def hard(self):
        """F4 in the worst hour of an office: the name server is dead, the printer takes a byte a
        second, a flush of the disk takes two seconds, and the desk has to do with all three."""
        self.office.lose_names()
        self.office.program_do("desk", "stop")
        self.office.program_do("desk", "start")
        until(lambda: self.office.status().get("last_error") == "timeout", "the name server answers", 20)
        self.around = self.worst_hour
        for part in (self.press, self.keys, self.pages):
            part()
        self.around = contextlib.nullcontext
        self.office.find_names()
        self.office.program_do("desk", "stop")
        self.office.program_do("desk", "start")

    @contextlib.contextmanager
    def worst_hour(self):
        """While a round is measured; the line printed after it says what was suffered."""
        office, over, waits = self.office, threading.Event(), []
        office.names.asked()
        had = office.printer_do("state")["received"]
        office.printer_do("slow 1")
        office.slow_disk(2)

        def technician():
            while not over.is_set():
                for order in ("test-print", "send-now"):  # each a commit; paper, a new try at the portal
                    began = time.monotonic()
                    office.ctl(order)
                    waits.append(time.monotonic() - began)

        thread = threading.Thread(target=technician)
        began = time.monotonic()
        thread.start()
        try:
            yield " in the worst hour"
        finally:
            lasted = time.monotonic() - began
            over.set()
            thread.join()
            office.end_tracer()
            paper = office.printer_do("state")["received"] - had
            office.printer_do("slow 0")
        row("F4", "meanwhile the desk", f"{lasted:.0f} s: {sum(wait >= 2 for wait in waits)} commits of "
            f"{min(waits):.1f} s or more, {office.names.asked()} questions for a name, {paper} bytes to the printer")
