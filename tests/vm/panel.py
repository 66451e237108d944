"""The face without a display server: the kernel's mode setting on a graphics card (virtio-gpu),
a multitouch panel (uinput) and a keyboard on USB, as scanners are."""
import pathlib
import time

from PIL import Image, ImageChops

import walk
from guest import SOURCE, Failed, Guest, modules
from kiosk import Hands, Kiosk
from pace import pace

STILL, COUNTED = 60, 60  # F3: from a minute after the last touch, for a minute
SCANNED = "6472031708900001"


class Cases(Guest):
    def starts(self):
        """the face comes up on the graphics card."""
        modules("virtio-gpu", "uinput", "evdev", "xhci_pci", "usbhid", "hid-generic")
        self.office = Kiosk(self.build, "/tmp/office", self.host, rest="86400", recent="0")
        self.office.start()
        self.player = Hands(self.office, None)
        self.player.expect("place home")
        log = (self.office.folder / "log/face.log").read_text()
        self.note(log[log.index("on the screen after"):].splitlines()[0])

    def story(self):
        return self.office.story().splitlines()

    def picture(self):
        """home is on the glass, each pixel as X shows it."""
        with Image.open(self.host.ask("home_under_x")) as file:
            wanted = file.convert("RGB")
        self.office.home = self.office.calm_picture()
        if self.office.home.size != wanted.size:
            raise Failed(f"{self.office.home.size}, not {wanted.size}")
        if other := ImageChops.difference(self.office.home, wanted).getbbox():
            raise Failed(f"another picture in {other}")

    def two_fingers(self):
        """two fingers at once do nothing, one alone does."""
        glass = self.office.x
        one, other = (self.player.at(self.player.wait_for(label, True))
                      for label in ("Ambil nomor antrean", "Surat keterangan"))
        for first in (0, 1):  # to leave the glass
            glass.press(*one, finger=0)
            self.player.wait_down(True)
            glass.press(*other, finger=1)
            time.sleep(0.3)
            glass.release(first)
            time.sleep(0.3)
            glass.release(1 - first)
            self.office.settle(0.5)
            if self.player.screen()["place"] != "home":
                raise Failed(self.player.seen())
        self.player.expect("blank")
        self.player.tap('"Surat keterangan"')
        self.player.expect('label "Surat Keterangan Usaha (SKU)"')
        self.player.tap('"Kembali"')
        self.player.expect("place home")

    def quick_taps(self):
        """quick taps, a finger that slides off, a hand that trembles."""
        walks = walk.parse(SOURCE / "tests/walks/hands.walk")
        name = "quick taps, a finger that slides off, a hand that trembles"
        walk.play(walks, walks[name], self.player)
        self.player.finish("")

    def ticket(self):
        """a queue number by two touches."""
        for label in ("Ambil nomor antrean", "Surat keterangan..."):
            self.player.tap(f'"{label}"')
        self.player.expect('label "A-001"')
        self.player.expect("slips 2")
        self.player.finish("")

    def scanner(self):
        """a scanner on USB types a number, whole."""
        for label in ("Surat keterangan", "Surat Keterangan Usaha (SKU)", "Mulai mengisi", "Lanjut"):
            self.player.tap(f'"{label}"')
        self.host.ask("keys", keys=[*SCANNED, "ret"])
        self.player.expect(f"value {SCANNED}")
        self.player.tap('"Batal"')
        self.player.tap('"Ya, batalkan"')
        self.player.expect("place home")

    def replugged(self):
        """a panel that is unplugged and plugged in again is heard."""
        self.office.plug()
        self.player.tap('"Informasi"')
        self.player.tap('"Kembali"')
        self.player.expect("place home")

    def asleep(self):
        """F3: a minute after the last touch it sleeps."""
        pid = self.office.programs["face"].process.pid
        time.sleep(STILL)
        frames = self.office.frames()
        before, began = work(pid), time.monotonic()
        time.sleep(COUNTED)
        (wakes, cpu), took = work(pid), time.monotonic() - began
        wakes, cpu = (wakes - before[0]) / took, (cpu - before[1]) / took * 100
        frames = self.office.frames() - frames
        slower = pace() / self.host.ask("pace")
        self.note(f"{wakes:.3f} wake-ups/s, {frames} frame(s), {cpu:.4f} % CPU on a processor "
                  f"{slower:.0f} times slower than the host's: {cpu / slower:.4f} %")
        # The clock's minute may turn at both ends.
        if wakes > 1 or frames > 2 or cpu / slower > 0.01:
            raise Failed("it does not sleep")


def work(pid):
    """Voluntary context switches and seconds of CPU of all threads so far."""
    switches = cpu = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                switches += int(line.split()[1])
        cpu += int((task / "schedstat").read_text().split()[0]) / 1e9
    return switches, cpu
