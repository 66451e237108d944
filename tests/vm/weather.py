"""D5 on the kernel's own network: delay and loss by netem between desk and portal, and a line
that swallows everything. The face looks on from its panel."""
import re
import shlex
import time

import walk
from guest import SOURCE, Failed, Guest, modules, run, until
from kiosk import Hands, Kiosk

ROUND = 45  # D5: a round ends within so many seconds
LINES = SOURCE / "tests/walks/line.walk"


class Cases(Guest):
    def starts(self):
        """an office whose line is good delivers at once."""
        modules("virtio-gpu", "uinput", "evdev", "sch_netem")
        # Without paper: the printer's line would be as bad.
        self.office = Kiosk(self.build, "/tmp/office", self.host, rest="86400", paper="off")
        self.office.start()
        self.player, self.filed = Hands(self.office, None), 0
        self._file()
        self.usual = self._send()
        self._delivered(ROUND)

    def story(self):
        return self.office.story().splitlines() + self._qdisc().splitlines()

    def _qdisc(self):
        return run("tc", "-s", "qdisc", "show", "dev", "lo")

    def _weather(self, words):
        run("tc", "qdisc", "replace", "dev", "lo", "root", *shlex.split(words or "pfifo"))

    def _file(self):
        """A proposal, up to its last button."""
        for label in ("Pengaduan dan usul", "Mulai mengisi"):
            self.player.tap(f'"{label}"')
        walks = walk.parse(LINES)
        part = walks["part: a proposal"]
        part.steps = [step for step in part.steps if not step[2].startswith('"Kirim')]
        walk.play(walks, part, self.player)

    def _send(self):
        """The last button; seconds until it is said to be stored."""
        began = time.monotonic()
        self.player.tap('"Kirim..."')
        self.player.expect('label "Permohonan Anda tersimpan"')
        took = time.monotonic() - began
        self.filed += 1
        self.player.finish("")
        self.player.expect("place home")
        return took

    def _sent_without_waiting(self):
        self._file()
        took = self._send()
        self.note(f"stored after {took:.2f} s, {self.usual:.2f} s in good weather")
        if took > 2 * self.usual + 0.5:
            raise Failed("the face waits for the line")

    def _delivered(self, patience):
        until(lambda: self.office.outbox() == 0, lambda: self.office.outbox_list(), patience)
        rows = self.office.rows()
        if len(rows) != self.filed or len({row["id"] for row in rows}) != self.filed:
            raise Failed(f"{self.filed} filed, at the portal: {rows}")

    def slow_and_lossy(self):
        """D5: 300 ms and 10 % loss: no wait, and each request is there once."""
        self._weather("netem delay 300ms loss 10%")
        # A request takes about five packets: three of them, and more until one was lost.
        lost = 0
        for turn in range(8):
            if turn < 3 or not lost:
                self._sent_without_waiting()
                began = time.monotonic()
                # What one round leaves the next one takes: three of them at most.
                self._delivered(3 * ROUND)
                self.note(f"delivered {time.monotonic() - began:.1f} s later")
            sent, lost = map(int, re.search(r"(\d+) pkt \(dropped (\d+)", self._qdisc()).groups())
        self.note(f"{lost} packets lost, {sent} not")
        if sent < 10:
            raise Failed("the weather was not met")
        self._weather("")

    def swallowed(self):
        """D5: a line that swallows everything: no wait, and the round ends within 45 s."""
        self._weather("netem loss 100%")
        began = time.monotonic()
        self._sent_without_waiting()
        said = until(lambda: self.office.status().get("last_error"), "the round does not end", ROUND)
        self.note(f"'{said}' {time.monotonic() - began:.1f} s after the first touch")

    def cleared(self):
        """when the line is back, it is there once."""
        self._weather("")
        self.office.ctl("send-now")
        self._delivered(ROUND)
