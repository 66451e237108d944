"""A printer on USB: the real usblp driver, the port's own lines, and a plug that is pulled (S7)."""
import os
import re

from gadget import FINE, PAPER_OUT, Gadget
from guest import SOURCE, Failed, Guest, modules, run, until
from kiosk import Hands, Kiosk

NAME = "/dev/anjungan/printer"
# As epson-80, but for its word: only the port's lines are asked.
WORD = {"confirm": "usb", "realtime": "no", "clear": "no", "probe_ms": "500"}


class Usb(Kiosk):
    def paper_address(self):
        return f"usb:{NAME}"

    def configure(self):
        super().configure()
        profile = (SOURCE / "assets/printers/epson-80.ini").read_text()
        for key, value in WORD.items():
            profile = re.sub(rf"^{key} = .*$", f"{key} = {value}", profile, flags=re.M)
        (self.folder / "data/printers/usb.ini").write_text(profile)


class Cases(Guest):
    def starts(self):
        """the printer has its name, and the desk sees that it is ready."""
        modules("virtio-gpu", "uinput", "evdev")
        run("groupadd", "-rf", "anjungan-print")
        os.makedirs("/run/udev/rules.d")
        rules = (SOURCE / "kiosk/deploy/anjungan.udev").read_text()
        open("/run/udev/rules.d/70-anjungan.rules", "w").write(rules)
        run("udevadm", "control", "--reload")
        self.office = Usb(self.build, "/tmp/office", self.host, rest="86400", recent="0", profile="usb")
        self.office.start()
        self.gadget = Gadget(self.office.ports["printer"])
        self.gadget.plug()
        until(lambda: os.path.exists(NAME), f"no {NAME}")
        self.note(f"{NAME} is {os.path.realpath(NAME)}")
        self.player, self.taken = Hands(self.office, None), 0
        self._until_printer("ready")

    def story(self):
        return self.office.story().splitlines() + run("dmesg").splitlines()[-15:]

    def _until_printer(self, state):
        until(lambda: self.office.status().get("printer") == state,
              lambda: f"the printer is {self.office.status().get('printer')}")

    def _take(self):
        self.player.tap('"Ambil nomor antrean"')
        self.player.tap('"Surat keterangan..."')
        self.taken += 1

    def _printed(self):
        self.player.expect("place ticket")
        self.player.expect(f'label "A-00{self.taken}"')
        self.player.expect(f"slips {self.taken}")
        self.player.tap('"Selesai"')

    def _not_printed(self, words):
        self.player.expect("place ticket_failed")
        self.player.expect(f'label "{words}"')
        self.player.expect(f'label "A-00{self.taken}"')

    def printed(self):
        """a ticket comes out, and its QR is genuine."""
        self._take()
        self._printed()

    def paper_out(self):
        """the port says that the paper is out; then that there is some."""
        self.gadget.lines(PAPER_OUT)
        self._until_printer("out of paper")
        self._take()
        self._not_printed("Kertas habis. Nomor Anda tetap berlaku.")
        self.gadget.lines(FINE)
        self.player.tap('"Coba cetak lagi"')
        self._printed()

    def unplugged(self):
        """S7: pulled out, the number is on the screen; put in again, it is printed."""
        self.gadget.unplug()
        self._take()
        self._not_printed("...Nomor Anda tetap berlaku.")
        self.gadget.plug()
        self._until_printer("ready")
        self.player.tap('"Coba cetak lagi"')
        self._printed()

    def numbers(self):
        """no number is lost or given twice."""
        self.player.expect(f"tickets {self.taken}")
        numbers = sorted(str(ticket["number"]) for ticket in self.office.tickets())
        self.note(" ".join(numbers))
        if len(set(numbers)) != self.taken:
            raise Failed(f"{self.taken} taken: {numbers}")
