"""A multitouch panel, made by uinput as a real one's driver would: the kernel, udev and SDL see
a device. Fingers with slots and tracking numbers (protocol B), and the same hands as
xserver.XServer's, so that walks are played on it. Its eyes are the host's: the picture is what
the graphics card shows."""
import fcntl
import os
import struct
import time

from PIL import Image

EV_SYN, EV_KEY, EV_ABS = 0, 1, 3
BTN_TOUCH, PROP_DIRECT = 0x14A, 1
ABS_X, ABS_Y, SLOT, MT_X, MT_Y, TRACKING = 0x00, 0x01, 0x2F, 0x35, 0x36, 0x39
# Of <linux/uinput.h>.
SET_EVBIT, SET_KEYBIT, SET_ABSBIT, SET_PROPBIT = 0x40045564, 0x40045565, 0x40045567, 0x4004556E
DEV_SETUP, ABS_SETUP, DEV_CREATE, DEV_DESTROY = 0x405C5503, 0x401C5504, 0x5501, 0x5502
FINEST = 4095  # what the panel counts to, whatever the display's pixels
FINGERS = 10


class Glass:
    def __init__(self, host, width, height):
        self.host, self.size = host, (width, height)
        self.down, self.number = set(), 0
        self.fd = os.open("/dev/uinput", os.O_WRONLY)
        for bit in (EV_KEY, EV_ABS):
            fcntl.ioctl(self.fd, SET_EVBIT, bit)
        fcntl.ioctl(self.fd, SET_KEYBIT, BTN_TOUCH)
        fcntl.ioctl(self.fd, SET_PROPBIT, PROP_DIRECT)
        for axis, most in ((ABS_X, FINEST), (ABS_Y, FINEST), (MT_X, FINEST), (MT_Y, FINEST),
                           (SLOT, FINGERS - 1), (TRACKING, 65535)):
            fcntl.ioctl(self.fd, SET_ABSBIT, axis)
            fcntl.ioctl(self.fd, ABS_SETUP, struct.pack("<HxxiiiiiI", axis, 0, 0, most, 0, 0, 0))
        fcntl.ioctl(self.fd, DEV_SETUP,
                    struct.pack("<HHHH80sI", 3, 0x0EEF, 0x0001, 1, b"Test glass", 0))
        fcntl.ioctl(self.fd, DEV_CREATE)

    def stop(self):
        fcntl.ioctl(self.fd, DEV_DESTROY)
        os.close(self.fd)

    def _report(self, *events):
        os.write(self.fd, b"".join(struct.pack("<qqHHi", 0, 0, kind, code, value)
                                   for kind, code, value in (*events, (EV_SYN, 0, 0))))

    def _place(self, x, y):
        # The middle of the pixel.
        across, down = (round((at + 0.5) * FINEST / size) for at, size in zip((x, y), self.size))
        return [(EV_ABS, MT_X, across), (EV_ABS, MT_Y, down), (EV_ABS, ABS_X, across),
                (EV_ABS, ABS_Y, down)]

    # --- hands ----------------------------------------------------------------

    def press(self, x, y, finger=0):
        self.number = (self.number + 1) % 65536
        touch = [] if self.down else [(EV_KEY, BTN_TOUCH, 1)]
        self.down.add(finger)
        self._report((EV_ABS, SLOT, finger), (EV_ABS, TRACKING, self.number), *self._place(x, y), *touch)

    def move(self, x, y, finger=0):
        if finger in self.down:
            self._report((EV_ABS, SLOT, finger), *self._place(x, y))

    def release(self, finger=0):
        self.down.discard(finger)
        touch = [] if self.down else [(EV_KEY, BTN_TOUCH, 0)]
        self._report((EV_ABS, SLOT, finger), (EV_ABS, TRACKING, -1), *touch)

    def tap(self, x, y, held=0.02):
        self.press(x, y)
        time.sleep(held)
        self.release()

    # --- eyes -------------------------------------------------------------------

    def picture(self, path=None):
        with Image.open(self.host.ask("picture")) as file:
            image = file.convert("RGB")
        if path:
            image.save(path)
        return image
