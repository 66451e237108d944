"""Every keysym of X with every modifier into the real face (promise S1). Prints TAP.

    keysyms.py BUILD

First slowly, as people type: what is in the field must be what was typed. Then all of
them at once, held with each modifier: whatever they mean, the face stays where it is and
types on. Keys that lead somewhere are pressed last, each from the same screen.
"""
import pathlib
import pkgutil
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from Xlib import X, XK  # noqa: E402
from Xlib.ext import xtest  # noqa: E402
import Xlib.keysymdef  # noqa: E402

from stage import Office, StageError  # noqa: E402

# What the face listens to by name; all others are letters or nothing.
LEADING = {"Return", "KP_Enter", "Select", "Tab", "ISO_Left_Tab", "KP_Tab", "BackSpace", "Left",
           "Right", "Up", "Down", "Home", "Escape", "F1", "Help", "XF86_Back", "Delete"}
# Ends the X server itself.
NEVER = {"Terminate_Server"}
MODIFIERS = [(), ("Shift_L",), ("Control_L",), ("Alt_L",), ("Super_L",), ("Control_L", "Alt_L"),
             ("Shift_L", "Control_L", "Alt_L", "Super_L")]
MOST = 40  # letters that a search takes


def all_keysyms():
    """Name and number of each, and of some letters far from Latin."""
    for module in pkgutil.iter_modules(Xlib.keysymdef.__path__):
        XK.load_keysym_group(module.name)
    found = {name[3:]: value for name, value in vars(XK).items()
             if name.startswith("XK_") and isinstance(value, int) and value > 0}
    for code in (0x2014, 0x20AC, 0x4E2D, 0x0E01, 0x1F600, 0x202E, 0x200B, 0xFEFF, 0xE000, 0x10FFFD):
        found[f"U{code:04X}"] = 0x1000000 + code
    return {name: value for name, value in found.items() if name not in NEVER}


class Hands:
    """Keys that are given any keysym, on the keycodes that hold no modifier."""

    def __init__(self, office):
        self.office, self.display = office, office.x.connection
        low, high = self.display.display.info.min_keycode, self.display.display.info.max_keycode
        self.first = self.display.get_keyboard_mapping(low, high - low + 1)
        self.low = low
        self.held = {XK.string_to_keysym(name): self.display.keysym_to_keycode(
            XK.string_to_keysym(name)) for names in MODIFIERS for name in names}
        taken = {code for row in self.display.get_modifier_mapping() for code in row}
        self.own = {row[0]: low + at for at, row in enumerate(self.first) if row[0]}
        self.codes = [code for code in range(low, high + 1) if code not in taken]

    def give(self, keysyms):
        """These keysyms, shifted or not; the keycodes that make them."""
        codes = self.codes[:len(keysyms)]
        rows = [list(row) for row in self.first]
        for code, keysym in zip(codes, keysyms):
            rows[code - self.low] = [keysym] * len(rows[code - self.low])
        self.display.change_keyboard_mapping(self.low, rows)
        self.display.sync()
        self.office.settle(0.1)
        return codes

    def back(self):
        self.display.change_keyboard_mapping(self.low, [list(row) for row in self.first])
        self.display.sync()
        self.office.settle(0.1)

    def named(self, keysym):
        """The key that a keyboard has for it, if it has one."""
        if keysym in self.own:
            self.back()
            return [self.own[keysym]]
        return self.give([keysym])

    def press(self, codes, names=()):
        held = [self.held[XK.string_to_keysym(name)] for name in names]
        for code in held:
            xtest.fake_input(self.display, X.KeyPress, code)
        for code in codes:
            xtest.fake_input(self.display, X.KeyPress, code)
            xtest.fake_input(self.display, X.KeyRelease, code)
        for code in reversed(held):
            xtest.fake_input(self.display, X.KeyRelease, code)
        self.display.sync()


class Rig:
    def __init__(self, office):
        self.office, self.hands = office, Hands(office)

    def tap(self, label):
        end = time.monotonic() + 10
        while time.monotonic() < end:
            for node in self.office.screen()["nodes"]:
                if node["press"] and node["label"] == label:
                    x, y, width, height = node["rect"]
                    self.office.x.tap(x + width // 2, y + height // 2)
                    self.office.settle()
                    return
            self.office.settle(0.05)
        raise StageError(f"nothing to press says {label!r}")

    def value(self):
        self.office.settle(0.12)  # what is held back for a scanner is out by then
        return self.shown()

    def shown(self):
        fields = [node["value"] for node in self.office.screen()["nodes"] if node["role"] == "field"]
        if not fields:
            raise StageError(f"no field at {self.office.screen()['place']}")
        return fields[0]

    def await_shown(self, wanted):
        end = time.monotonic() + 3
        while self.shown() != wanted and time.monotonic() < end:
            self.office.settle(0.02)

    def clear(self):
        codes = self.hands.named(XK.string_to_keysym("BackSpace"))
        for _ in range(3):
            if not self.value():
                return
            self.hands.press(codes * MOST)
        raise StageError(f"cannot be erased: {self.value()!r}")

    def there(self, what):
        screen = self.office.screen()
        if not self.office.programs["face"].alive():
            raise StageError(f"{what}: the face has died")
        if (screen["place"], screen["cover"]) != ("office", "none"):
            raise StageError(f"{what}: {screen['place']}, {screen['cover']}")

    # --- cases ----------------------------------------------------------------

    def what_is_typed_is_there(self):
        """Three letters at a time, each time until they are there: four at once are a scanner's,
        and a face that comes late would find them so."""
        letters = [chr(code) for code in [*range(0x20, 0x7F), *range(0xA0, 0x100)]]
        letters += list("ŁłŐőŽžαЖא—€")
        for start in range(0, len(letters), MOST - 4):
            self.clear()
            row = letters[start:start + MOST - 4]
            codes = self.hands.give([ord(one) if ord(one) < 0x100 else 0x1000000 + ord(one)
                                     for one in row])
            for at in range(0, len(codes), 3):
                self.hands.press(codes[at:at + 3])
                time.sleep(0.045)
                self.await_shown("".join(row[:at + 3]).replace("\u00ad", ""))
            wanted = "".join(row).replace("\u00ad", "")  # a hyphen that is not seen
            if self.value() != wanted:
                raise StageError(f"typed {wanted!r}, there is {self.value()!r}")
            self.there("typing")

    def everything_with_every_modifier(self):
        quiet = [(name, value) for name, value in sorted(all_keysyms().items(), key=lambda k: k[1])
                 if name not in LEADING and not 0xFE00 <= value <= 0xFEFF
                 and not name.endswith("_Lock") and name not in ("Mode_switch", "script_switch")]
        quiet = list({value: name for name, value in quiet}.items())
        for start in range(0, len(quiet), len(self.hands.codes)):
            part = quiet[start:start + len(self.hands.codes)]
            codes = self.hands.give([value for value, _ in part])
            for names in MODIFIERS:
                self.hands.press(codes, names)
                self.office.settle(0.02)
                self.there(f"{part[0][1]} to {part[-1][1]} with {names}")
        self.still_types("everything")
        return f"{len(quiet)} keysyms"

    def keys_that_lead_somewhere_with_every_modifier(self):
        known = all_keysyms()
        for name in sorted(LEADING & set(known)):
            codes = self.hands.named(known[name])
            for names in MODIFIERS:
                self.hands.press(codes, names)
                self.office.settle(0.03)
                if not self.office.programs["face"].alive():
                    raise StageError(f"{name} with {names}: the face has died")
                self.search()
        self.still_types("keys that lead")

    def locks_and_groups(self):
        known = all_keysyms()
        locks = sorted({value for name, value in known.items()
                        if 0xFE00 <= value <= 0xFEFF or name.endswith("_Lock")
                        or name in ("Mode_switch", "script_switch")} - {known["ISO_Left_Tab"]})
        for _ in range(2):
            self.hands.press(self.hands.give(locks))
            self.there("locks")
        self.hands.back()
        self.there("locks")

    def search(self):
        """Back to the search, from wherever a key led."""
        for _ in range(20):
            screen = self.office.screen()
            if (screen["place"], screen["cover"]) == ("office", "none"):
                return
            labels = {node["label"] for node in screen["nodes"] if node["press"]}
            for label in ("Tutup", "Ya, batalkan", "Mulai mengisi", "Surat keterangan",
                          "Surat Keterangan Usaha (SKU)", "Kembali"):
                if label in labels:
                    self.tap(label)
                    break
            else:
                raise StageError(f"no way back from {screen['place']}, {screen['cover']}: {labels}")
        raise StageError("the search is not reached again")

    def still_types(self, what):
        self.clear()
        self.hands.press(self.hands.give([ord(one) for one in "abc"]))
        if self.value() != "abc":
            raise StageError(f"after {what}: typed 'abc', there is {self.value()!r}")
        self.there(what)


def main(build):
    with tempfile.TemporaryDirectory(prefix="anjungan-keys-") as folder:
        office = Office(build, folder)
        try:
            office.start()
            rig = Rig(office)
            rig.tap("Surat keterangan")
            rig.tap("Surat Keterangan Usaha (SKU)")
            rig.tap("Mulai mengisi")
            rig.search()
            cases = [rig.what_is_typed_is_there, rig.everything_with_every_modifier,
                     rig.keys_that_lead_somewhere_with_every_modifier, rig.locks_and_groups]
            print(f"1..{len(cases)}")
            failed = 0
            for number, case in enumerate(cases, 1):
                began, name = time.monotonic(), case.__name__.replace("_", " ")
                try:
                    said = case() or ""
                    print(f"ok {number} - {name} ({time.monotonic() - began:.1f} s)", flush=True)
                    if said:
                        print("#", said)
                except StageError as error:
                    failed += 1
                    print(f"not ok {number} - {name}\n# {error}\n# {office.story()}", flush=True)
        finally:
            office.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
