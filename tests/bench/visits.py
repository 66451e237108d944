"""Whole visits, as quickly as the screen allows, and what they leave behind in the programs.

Two kinds take turns: a queue number (two touches, paper, "Selesai") and a filed form (a proposal
or, every twentieth, a business certificate: each field typed on the kiosk's own keyboard, kept,
sent, printed). All by real X events on the real programs; a hand that waits for nothing but
what the screen says.
"""
import os
import pathlib
import random
import time

from report import row
from walk import until

LETTERS = "abcdefghijklmnopqrstuvwxyz"
COUNTERS = ("Surat keterangan...", "Kependudukan...", "Pengaduan...")
WARM = 1000  # visits: by then each digit of a number has been drawn in each size it fits in
FLAT = 64.0  # KiB in a thousand visits: less is the noise of an allocator


class Hand:
    """Taps and waits for what follows. Two taps that follow each other on one spot of two screens
    would be a bounce: it changes ends of what it taps."""

    def __init__(self, office, player, seed):
        self.office, self.player, self.random = office, player, random.Random(seed)
        self.right = False

    def screen(self):
        return self.office.nodes.update(0)

    def node(self, label):
        def look():
            found = self.player.find(label, pressable=True)
            if not found:
                self.office.nodes.update(0.05)
            return found

        return until(look, lambda: f"no {label!r}; {self.player.seen()}")

    def touch(self, node):
        x, y, w, h = node["rect"]
        self.right = not self.right
        self.office.x.press(x + w * (3 if self.right else 1) // 4, y + h // 2)
        self.office.x.release()

    def tap(self, label):
        """Something on this page."""
        self.touch(self.node(label))

    def go(self, label):
        """To another page."""
        node, before = self.node(label), self.page()
        self.touch(node)
        self.past(before, label)

    def page(self):
        screen = self.screen()
        return (screen["place"], screen["cover"],
                *(node["label"] for node in screen["nodes"] if node["role"] == "heading"))

    def past(self, page, label):
        def changed():
            if self.page() == page:
                self.office.nodes.update(0.05)
            return self.page() != page

        until(changed, lambda: f"{label!r} leads nowhere; {self.player.seen()}")

    def says(self, label):
        def look():
            found = self.player.find(label)
            if not found:
                self.office.nodes.update(0.05)
            return found

        until(look, lambda: f"no {label!r}; {self.player.seen()}", 30)

    def type(self, text):
        self.node("Hapus")
        for character in text:
            key = self.player.key_node(character)
            x, y = self.player.at(key)
            self.office.x.press(x, y)
            self.office.x.release()

    def words(self, least, most):
        count = self.random.randint(least, most)
        return "".join(self.random.choice(LETTERS) for _ in range(count))

    def digits(self, count):
        return "".join(self.random.choice("0123456789") for _ in range(count))


def take_number(hand, visit):
    hand.go("Ambil nomor antrean")
    hand.go(COUNTERS[visit % len(COUNTERS)])
    hand.says("Ambil kertas di bawah layar")
    hand.go("Selesai")


def sign(hand):
    hand.tap("Saya menyatakan...")
    hand.go("Kirim...")
    hand.says("Ambil tanda terima di bawah layar.")
    hand.go("Selesai")
    hand.go("Lewati")


def propose(hand):
    hand.go("Pengaduan dan usul")
    hand.go("Mulai mengisi")
    hand.go("Lanjut")
    hand.tap("Aspirasi...")
    hand.go("Lanjut")
    hand.tap("Sampah...")
    hand.go("Lanjut")
    hand.type(hand.words(20, 50))
    hand.go("Lanjut")
    hand.tap("Ya...")
    hand.go("Lanjut")
    sign(hand)


def certify(hand):
    hand.go("Surat keterangan")
    hand.go("Surat Keterangan Usaha (SKU)")
    hand.go("Mulai mengisi")
    hand.go("Lanjut")
    for text in ("6472031708900001", "6472031203150007", hand.digits(2).replace("0", "1"),
                 "0812" + hand.digits(8), hand.words(5, 20)):
        hand.type(text)
        hand.go("Lanjut")
    hand.tap("Warung makan...")
    hand.go("Lanjut")
    hand.type(hand.words(5, 30))
    hand.go("Lanjut")
    hand.tap("Pinjaman bank...")
    hand.go("Lanjut")
    while not hand.player.find("Saya menyatakan..."):
        hand.go("Berikutnya")
    sign(hand)


def play(hand, visit):
    if visit % 2 == 0:
        take_number(hand, visit)
    elif visit % 20 == 1:
        certify(hand)
    else:
        propose(hand)
    hand.says("Ambil nomor antrean")


def memory(pid):
    """KiB: the share of all pages that is this program's, and what only it wrote."""
    found = {}
    for line in open(f"/proc/{pid}/smaps_rollup"):
        name, _, value = line.partition(":")
        if name in ("Pss", "Private_Dirty"):
            found[name] = int(value.split()[0])
    return found["Pss"], found["Private_Dirty"]


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def store_bytes(state):
    return sum(path.stat().st_size for path in pathlib.Path(state).glob("store.db*"))


def sample(office, visit):
    """Once the desk has put its store in order, as it does between the visits of an office: what it
    read for the last few is no growth."""
    log = office.folder / "state/store.db-wal"
    until(lambda: log.stat().st_size == 0, "the store does not settle", 20)
    found = {"visit": visit, "store": store_bytes(office.folder / "state") / 1024}
    for name in ("face", "desk"):
        pid = office.programs[name].process.pid
        found[name], found[name + " dirty"] = memory(pid)
        found[name + " fds"] = descriptors(pid)
    return found


def slope(samples, key):
    """What a thousand visits add, by least squares."""
    x = [one["visit"] / 1000 for one in samples]
    y = [one[key] for one in samples]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - middle_x) ** 2 for a in x)
    return sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y)) / spread if spread else 0.0


def run(office, player, visits):
    """F2: flat or not."""
    hand, samples, began = Hand(office, player, 2), [], time.monotonic()
    every = max(1, visits // 40)

    def note(visit):
        samples.append(one := sample(office, visit))
        if visit % max(1, visits // 10) == 0:
            row("F2", f"after {visit} visits, {time.monotonic() - began:.0f} s",
                f"PSS face {one['face'] / 1024:.2f} desk {one['desk'] / 1024:.2f} MiB  descriptors "
                f"{one['face fds']} {one['desk fds']}  store {one['store']:.0f} KiB")

    note(0)
    for visit in range(1, visits + 1):
        play(hand, visit)
        if visit % every == 0:
            note(visit)
    until(lambda: office.outbox() == 0, lambda: f"{office.outbox()} wait", 60)
    until(lambda: len(office.tickets()) == visits // 2, lambda: f"{len(office.tickets())} numbers", 60)
    row("F2", "at the portal", f"{len(office.rows())} requests of {visits - visits // 2}, "
        f"{len(office.tickets())} numbers of {visits // 2}")
    judge([one for one in samples if one["visit"] >= WARM] or samples)


def judge(samples):
    """By what a program wrote itself: its share of the libraries' pages (in PSS) is smaller while
    other programs of this machine have them open too."""
    enough = samples[-1]["visit"] - samples[0]["visit"] >= 500
    for name in ("face", "desk"):
        pss, dirty, fds = (slope(samples, name + what) for what in ("", " dirty", " fds"))
        flat = "too few to say" if not enough else "flat" if dirty < FLAT and abs(fds) < 0.1 else "NOT FLAT"
        row("F2", f"{name} from visit {samples[0]['visit']} to {samples[-1]['visit']}",
            f"{flat}: {dirty:+.1f} KiB of its own, PSS {pss:+.1f} KiB, "
            f"descriptors {fds:+.2f} in 1,000 visits")
    row("F2", "store", f"{slope(samples, 'store') * 1024 / 1000:.0f} bytes a visit, kept for 30 days")
