"""A virtual X server, and a resident's hands on it: real pointer and key events
by XTEST, and pictures of what is on the screen."""
import ctypes
import os
import signal
import subprocess
import time

from PIL import Image
from Xlib import X, XK, display
from Xlib.ext import xtest

# Characters whose keysym has a name of its own.
KEYSYMS = {
    "\n": "Return", "\t": "Tab", " ": "space", "'": "apostrophe", ".": "period", ",": "comma",
    "-": "minus", "/": "slash", ":": "colon", "#": "numbersign", "_": "underscore", "=": "equal",
    "?": "question", "&": "ampersand", "%": "percent", "+": "plus", "@": "at",
}


PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def end_with_parent():
    """In a new process: it is told to end when the program that started it dies."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class XServer:
    """Xvfb on a display of its own, without a window manager."""

    def __init__(self, width, height):
        self.size = (width, height)
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24",
             "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=end_with_parent, start_new_session=True)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.name = ":" + number
        self.connection = display.Display(self.name)
        self.root = self.connection.screen().root

    def stop(self):
        self.connection.close()
        self.process.terminate()
        self.process.wait()

    # --- hands ----------------------------------------------------------------

    def _fake(self, kind, detail=0, **where):
        xtest.fake_input(self.connection, kind, detail, **where)
        self.connection.sync()

    def press(self, x, y):
        self._fake(X.MotionNotify, x=int(x), y=int(y))
        self._fake(X.ButtonPress, 1)

    def move(self, x, y):
        self._fake(X.MotionNotify, x=int(x), y=int(y))

    def release(self):
        self._fake(X.ButtonRelease, 1)

    def tap(self, x, y, held=0.02):
        self.press(x, y)
        time.sleep(held)
        self.release()

    def key(self, name, gap=0.0):
        """One key by the name of its keysym, with Shift where the layout wants it."""
        keysym = XK.string_to_keysym(name)
        code = self.connection.keysym_to_keycode(keysym)
        if not code:
            raise ValueError(f"no key for {name}")
        shifted = self.connection.keycode_to_keysym(code, 0) != keysym
        shift = self.connection.keysym_to_keycode(XK.XK_Shift_L)
        if shifted:
            self._fake(X.KeyPress, shift)
        self._fake(X.KeyPress, code)
        self._fake(X.KeyRelease, code)
        if shifted:
            self._fake(X.KeyRelease, shift)
        if gap:
            time.sleep(gap)

    def jam(self, name):
        self._fake(X.KeyPress, self.connection.keysym_to_keycode(XK.string_to_keysym(name)))

    def free(self, name):
        self._fake(X.KeyRelease, self.connection.keysym_to_keycode(XK.string_to_keysym(name)))

    def type(self, text, gap):
        for character in text:
            self.key(KEYSYMS.get(character, character), gap)

    # --- eyes -------------------------------------------------------------------

    def picture(self, path=None):
        width, height = self.size
        raw = self.root.get_image(0, 0, width, height, X.ZPixmap, 0xFFFFFFFF)
        image = Image.frombytes("RGB", self.size, raw.data, "raw", "BGRX")
        if path:
            image.save(path)
        return image
