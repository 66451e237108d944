"""A receipt printer's plug: the kernel's printer gadget on a USB bus of its own (dummy_hcd), so
that the host side of it is the real usblp driver. What comes in goes to the virtual printer of
tests/printer and what that answers goes back; the lines of the port are set from here."""
import errno
import fcntl
import os
import pathlib
import select
import socket
import threading

from guest import modules, run, until

CONFIG = pathlib.Path("/sys/kernel/config/usb_gadget/printer")
DEVICE = "/dev/g_printer0"
SET_LINES = 0xC0016722  # GADGET_SET_PRINTER_STATUS
FINE, PAPER_OUT = 0x18, 0x38  # not an error, selected; and the paper is out


class Gadget:
    def __init__(self, port):
        self.port, self.fd, self.lines_now = port, None, FINE
        modules("dummy_hcd", "libcomposite", "usb_f_printer", "usblp")
        if not CONFIG.parent.exists():
            run("mount", "-t", "configfs", "configfs", "/sys/kernel/config")
        function, setting = CONFIG / "functions/printer.0", CONFIG / "configs/c.1"
        for folder in (CONFIG, CONFIG / "strings/0x409", function, setting):
            folder.mkdir()
        for path, text in (("idVendor", "0x04b8"), ("idProduct", "0x0202"),
                           ("strings/0x409/manufacturer", "EPSON"),
                           ("strings/0x409/product", "TM-T82"),
                           ("functions/printer.0/pnp_string", "MFG:EPSON;MDL:TM-T82;CLS:PRINTER;")):
            (CONFIG / path).write_text(text)
        (setting / "printer.0").symlink_to(function)

    def plug(self):
        (CONFIG / "UDC").write_text("dummy_udc.0")
        self.fd = until(self._opened, f"{DEVICE} does not open")
        self.lines(self.lines_now)
        self.pump = threading.Thread(target=self._pump, daemon=True)
        self.pump.start()

    @staticmethod
    def _opened():
        """Not before the other side has taken it up."""
        try:
            return os.open(DEVICE, os.O_RDWR | os.O_NONBLOCK)
        except OSError:
            return None

    def unplug(self):
        (CONFIG / "UDC").write_text("\n")
        self.fd, fd = None, self.fd
        self.pump.join()
        os.close(fd)

    def lines(self, bits):
        self.lines_now = bits
        fcntl.ioctl(self.fd, SET_LINES, bits)

    def _pump(self):
        fd = self.fd
        with socket.create_connection(("127.0.0.1", self.port)) as printer:
            while self.fd is not None:
                for end in select.select([fd, printer], [], [], 0.05)[0]:
                    try:
                        if end is fd:
                            printer.sendall(os.read(fd, 4096))
                        else:
                            os.write(fd, printer.recv(4096))
                    except OSError as error:
                        if error.errno not in (errno.EAGAIN, errno.ESHUTDOWN, errno.EIO):
                            raise
