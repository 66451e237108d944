"""A resident's hand that waits for nothing but what it expects to see: real X events, put into
the server's queue together, and the face's own word on what is on its screen. Quicker than
walk.py's Player, which also notices what moves or stands still under the finger."""
import re
import time

from stage import StageError
from Xlib import X, XK
from Xlib.ext import xtest

SELECTED = 2  # of ui/ui.h
SPACE, ERASE, SIGNS, LETTERS = "spasi", "hapus", ".,-/ é", "abc"  # keys, in small letters
CAPITALS = "Huruf besar kecil"
BOUNCE, NEAR = 0.27, 60  # the kiosk takes a quicker tap on a spot of a new screen for a bounce
PATIENCE = 10


class Hand:
    def __init__(self, office):
        self.office, self.x = office, office.x
        self.last, self.last_at, self.unseen = (0, 0), 0.0, False
        self.events = 0

    # --- looking ------------------------------------------------------------------------

    def nodes(self, *roles):
        return [node for node in self.office.screen()["nodes"]
                if not roles or node["role"] in roles]

    def find(self, label, *roles):
        return next((node for node in self.nodes(*roles) if node["label"] == label), None)

    def place(self):
        return self.office.screen()["place"]

    def field(self):
        return next((node["value"] for node in self.nodes("field")), None)

    def headings(self):
        return [node["label"] for node in self.nodes("heading")]

    def alerts(self):
        """What they say: of one with a title the words below it, too."""
        return [text for node in self.nodes("alert")
                for text in (node["label"], node.get("value")) if text]

    def seen(self):
        screen = self.office.screen()
        return f"{screen['place']}: " + " | ".join(
            node["label"] + (f" = {node['value']}" if node.get("value") else "")
            for node in screen["nodes"] if node["role"] not in ("key", "button"))

    def until(self, truth, what, patience=PATIENCE):
        end = time.monotonic() + patience
        while True:
            found = truth()
            if found is not None and found is not False:
                self.note()
                return found
            if time.monotonic() > end:
                raise StageError(f"{what}; on screen: {self.seen()}")
            self.office.nodes.update(0.05)

    def note(self):
        """What the last touch did is seen: from now on the bounce counts, however late it was."""
        if self.unseen:
            self.unseen, self.last_at = False, time.monotonic()

    # --- touching -------------------------------------------------------------------------

    def fake(self, kind, detail=0, **where):
        xtest.fake_input(self.x.connection, kind, detail, **where)
        self.events += 1

    def touch(self, rect):
        x, y = rect[0] + rect[2] // 2, rect[1] + rect[3] // 2
        self.fake(X.MotionNotify, x=x, y=y)
        self.fake(X.ButtonPress, 1)
        self.fake(X.ButtonRelease, 1)
        self.last = (x, y)

    def flush(self):
        self.x.connection.sync()
        self.unseen, self.last_at = True, time.monotonic()

    def is_early(self, node):
        x, y, w, h = node["rect"]
        near = max(abs(x + w // 2 - self.last[0]), abs(y + h // 2 - self.last[1])) < NEAR
        return near and time.monotonic() - self.last_at < BOUNCE

    def tap(self, label, *roles):
        node = self.until(lambda: self.find(label, *roles), f"no {label!r}")
        if self.is_early(node):
            time.sleep(BOUNCE - (time.monotonic() - self.last_at))
        self.touch(node["rect"])
        self.flush()

    def enter(self):
        code = self.x.connection.keysym_to_keycode(XK.XK_Return)
        self.fake(X.KeyPress, code)
        self.fake(X.KeyRelease, code)
        self.flush()

    def go_on(self, label="Lanjut"):
        """By touch; or by the key, where a finger would have to wait for the bounce to pass."""
        node = self.until(lambda: self.find(label, "button"), f"no {label!r}")
        if self.is_early(node):
            self.enter()
        else:
            self.touch(node["rect"])
            self.flush()

    def turn_once(self):
        before = [node["label"] for node in self.nodes()]
        self.tap("Berikutnya", "button")
        self.until(lambda: [node["label"] for node in self.nodes()] != before,
                   "the page does not turn")

    def turn(self, label, *roles):
        """Pages, until that is there."""
        for _ in range(16):
            if self.find(label, *roles):
                return
            self.turn_once()
        raise StageError(f"no {label!r} on any page; on screen: {self.seen()}")

    # --- typing ---------------------------------------------------------------------------

    def keys(self):
        return {node["label"].lower(): node["rect"] for node in self.nodes("key")}

    def layer(self, keys, character):
        """The key stands on the other layer of the keyboard."""
        self.flush()
        label = SIGNS if SIGNS in keys else LETTERS
        node = next((node for node in self.nodes("key") if node["label"].lower() == label), None)
        if not node:
            raise StageError(f"no key {character!r}; on screen: {self.seen()}")
        self.touch(node["rect"])
        self.flush()
        return self.until(lambda: self.keys() if character in self.keys() else None,
                          f"no key {character!r}")

    def write(self, text):
        """The field is made to say this: what is wrong of it erased, the rest typed."""
        have = self.until(self.field, "no field")
        same = 0
        while same < min(len(have), len(text)) and have[same] == text[same]:
            same += 1
        keys = self.keys()
        for _ in have[same:]:
            self.touch(keys[ERASE])
        for character in text[same:]:
            wanted = SPACE if character == " " else character.lower()
            if wanted not in keys:
                keys = self.layer(keys, wanted)
            self.touch(keys[wanted])
        self.flush()
        self.until(lambda: len(self.field()) == len(text),
                   f"typed {text!r}, the field says {self.field()!r}")
        if self.field() != text and self.field().lower() == text.lower():
            self.spell(text)
        self.until(lambda: self.field() == text, f"typed {text!r}, the field says {self.field()!r}")

    def spell(self, text):
        """Letter by letter, with the key for capitals where the kiosk would write another one."""
        for _ in text:
            self.touch(self.keys()[ERASE])
        self.flush()
        self.until(lambda: self.field() == "", "not erased")
        for at, character in enumerate(text):
            keys = self.keys()
            wanted = SPACE if character == " " else character.lower()
            if wanted not in keys:
                keys = self.layer(keys, wanted)
            if character.isalpha() and not self.find(character, "key"):
                self.tap(CAPITALS, "key")
                self.until(lambda c=character: self.find(c, "key"), f"no key {character!r}")
                keys = self.keys()
            self.touch(keys[wanted])
            self.flush()
            self.until(lambda end=at + 1: self.field() == text[:end], f"not {text[:at + 1]!r}")

    # --- choosing -------------------------------------------------------------------------

    def chosen(self, label):
        node = self.find(label, "choice", "check")
        return bool(node and node["flags"] & SELECTED)

    def choose(self, label):
        """Of a long list by its search, of another on its page."""
        if not self.find(label, "choice", "check"):
            if self.field() is not None:
                self.write(max(re.findall("[a-z]+", label.lower()), key=len)[:6])
            self.turn(label, "choice", "check")
        before = self.chosen(label)
        self.tap(label, "choice", "check")
        self.until(lambda: self.chosen(label) != before or (before and self.chosen(label)),
                   f"{label!r} is not marked")
