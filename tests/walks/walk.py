"""Plays .walk files against the real programs and prints TAP, a case a walk.

    walk.py BUILD FILE...          [--only NAME] [--at-once N] [--keep] [--shots FOLDER]

A file holds walks; a walk is a name and the steps below it:

    walk "a number in two touches"
        office panel=portrait idle=5     before the first step only; starts the office
        tap "Ambil nomor antrean"        press and let go the node with that label
        tap "Ubah" beside "NIK"          ... the one on the line of another label
        finish ["Done"] [by key]         "Selesai", and past the survey where it is asked
        bounce "Lanjut"                  a double tap, as quick as a trembling hand's
        hold "Tahan: lihat" 0.5          press, wait, let go
        press "Tahan: lihat"             press and keep it pressed, until ...
        release
        drag "Lanjut" out                press, slide off, let go
        type Warung Makan                on the kiosk's own keyboard, quickly, key by key
        spell SKTLK/12                   ... with its key for capitals where the kiosk would not
        erase 3 | all                    with its erase key
        keys Tab Return                  on a hardware keyboard, by keysym
        turn "Saya menyatakan..."        pages, until that label is there
        jam a | free a                   a key of it that stays down, until it is freed
        rattle                           a scanner that has run away types until the idle prompt
        focus "Lanjut"                   Tab until that node has the focus
        scan 6472031708900001            a scanner: a burst, then Return
        expect place question            what the face says is on its screen
        expect label "Berapa NIK Anda?"  a node with that label ("..." at an end: begins, ends so)
        expect value 6472 0317           the field's text, or an answer's on the review
        expect no label "..."            also: expect no value ...
        expect chosen "Sedang"           a choice that is marked
        expect touches 2                 as many since the walk began, or since the last count
        expect questions 8               different ones seen since the walk began
        wait 2                           seconds
        shot NAME                        a picture, kept with --shots
        officer pak-rt refuse $CODE reason=Bukan warga      one of people.py signs in at the portal's
                                         pages and does that with the request (chain.h)
        officer siti return $CODE salah_nama_usaha=Tulis lengkap
        officer siti finds B-001 $CODE   by its queue number
        officer siti sees 2 $CODE        photos that followed the request
        phone opens $WAY                 a resident's phone: the page of a QR ("set WAY = photos")
        phone sends 12 900               photos of so many KiB, at once
        phone reads "words"              what stands on its page
        portal down | up | lie KIND | answer honestly
        printer paper-out | paper-in | cover-open | cover-close | stall | resume | off | on | ...
                                         any order that printer.py takes
        desk kill | stop | start | pause | resume
        desk begin                       started, and not waited for
        face kill | start | within 2     ("within": killed and home again in so many seconds)
        face shut-out | door             the file of its socket is gone; is looked after, as the
                                         demo does
        face starve | feed               room for not one descriptor more; the desk too
        desk slow-disk 3                 every flush is done at once and reported so much later
        desk nameless                    started where the name server says nothing any more
        desk unprivileged                started without root's right to pass over a file's mode
        desk refuses "words"             a second one ends by itself and says so
        face refuses "words" [bare]      the same; bare: where no typeface is installed
        disk full | room                 of an office with disk=small
        store flip | cut | lose-log | scribble | read-only | writable     while the desk is down
        clock -6y | +9y | +0             of an office with clock=steered; a face takes it at start
        set printer profile = x          a line of anjungan.ini, for the next start; $SEAL_KEY is
                                         the portal's own
        technician send-now              a command of anjunganctl; "! send-now": it must fail
        within 2 expect place done       a step that may take so many seconds, not ten
        catalogue remove | break | mend | forget      the installed one; what the portal sent
        catalogue publish 7 | poll 7 | add NAME       the portal's at its next start; the same with
                                         a poll that is open; a new service of catalogue/ while
                                         it runs
        noise face.sock random [2]       bytes that no program of ours says; stay so many seconds
        expect count visit/done 1        what the portal holds under that name (0: nothing)
        expect counted skm/sku/u2/4 1    what the kiosk holds, and the portal not before tomorrow
        expect figures "digital: 1 of 2" what anjunganctl says of today
        expect rows 1                    submissions at the portal, without what was replaced
        expect replaced 1                earlier wordings that the portal keeps
        expect row sku nama_usaha=Warung Makan
        expect whole sku @language=en nik=... ...       a row with these answers and no others
                                         those of a repeat's second row are nama.2=...
        expect consent setuju_kurir en yes              what was agreed to, on a screen of that language
        expect tickets 1
        expect slips 1                   slips that came out of the printer, QR decoded
        expect slip 2 box "SALINAN"      a slip shows that line, dot for dot: box, check, small, pair;
                                         also: expect last slip ...
        expect booked $CODE KIOSK NUMBER     what the portal knows of a booking; "- -": not used
        expect scanned $WAY              what a phone reads off the screen's QR
        expect payment $REFERENCE        the code on the screen is the provider's, byte for byte
        expect paper waiting=0           the printer's state: bytes that it holds and would print
        expect outbox 0                  submissions waiting at the desk
        expect waits http 500            the last fault of the first that waits
        expect status intake=open        what anjunganctl status says, a JSON key
        expect said desk "words"         in a program's log
        expect asleep desk               for a second it hardly works, and says hardly a word
        expect payload here | gone       the sealed bytes in the store's files, as last seen here
        expect known TEXT                the search below finds it now, in the face's memory
        expect forgotten TEXT            2 s later: in no memory, file, log or slip, in no spelling
        expect forgotten at once TEXT    the same without another wait
        expect blank                     no earlier visitor's pixel: equals the first home
        set NAME = code | number | qr    remember what is on the screen (or on the last slip),
                                         use it as $NAME; $HOSTILE is a scan of 600 letters
        set NAME = booking [OFFICE]      booked on the portal's page; $NAME_TIME is when
        set NAME = portal book ...       of a command, its code
        set NAME = photos                the address for photos on the last slip
        set NAME = bent                  ... the last slip's with one letter of its token another

A walk may repeat another's steps: `as "name"` plays a walk of the same file. A walk named
"part: ..." is played only so. A line that ends in a backslash goes on in the next.
"""
import argparse
import json
import multiprocessing
import pathlib
import re
import shlex
import signal
import sys
import tempfile
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import harm  # noqa: E402
from stage import Office, StageError  # noqa: E402
from browser import BrowserError  # noqa: E402, whose folder stage knows

SELECTED, FOCUSED, DOWN = 2, 4, 8  # of ui/ui.h
LONGEST = 200  # seconds for a walk, then it says where it stands; the longest takes 60
# Keys of the keyboard that have a name: the same word may serve several languages.
SPACE = ("spasi", "space")
ERASE = ("Hapus", "Delete", "Busak")
CAPITALS = ("Huruf besar kecil", "Capital letters", "Hurup ganal halus", "Huruf ageng alit")
MORE = ("Berikutnya", "More", "Imbahnya", "Salajengipun")
SLIPS = pathlib.Path(__file__).resolve().parents[2] / "kiosk/desk/slips_parts.h"


class Patience:
    seconds = 10.0  # that an expectation may take to come true; `within` says others


class Walk:
    def __init__(self, name, line):
        self.name, self.line, self.steps = name, line, []


def parse(path):
    walks, current = {}, None
    lines = iter(enumerate(path.read_text().splitlines(), 1))
    for number, raw in lines:
        text = raw.strip()
        if not text or text.startswith("#"):
            continue
        while text.endswith("\\"):
            text = text[:-1] + next(lines)[1].strip()
        if text.startswith("walk "):
            name = shlex.split(text)[1]
            if name in walks:
                raise SystemExit(f"{path}:{number}: a second walk named {name!r}")
            current = walks[name] = Walk(name, number)
        elif current is None:
            raise SystemExit(f"{path}:{number}: a step before the first walk")
        else:
            verb, _, rest = text.partition(" ")
            if verb not in STEPS and verb not in ("office", "as"):
                raise SystemExit(f"{path}:{number}: unknown step {verb!r}")
            current.steps.append((number, verb, rest.strip()))
    return walks


def matcher(pattern):
    """A label as written in a walk: "Minimal 3 ..." begins so, "... 2." ends so."""
    if pattern.startswith("...") and pattern.endswith("...") and len(pattern) > 6:
        return lambda label: pattern[3:-3] in label
    if pattern.endswith("..."):
        return lambda label: label.startswith(pattern[:-3])
    if pattern.startswith("..."):
        return lambda label: label.endswith(pattern[3:])
    return lambda label: label == pattern


def flat(answers, row=""):
    """(name, text) of each answer; those of a repeat's second row as "nama.2"."""
    for name, value in answers.items():
        if isinstance(value, list):
            for number, one in enumerate(value, 1):
                yield from flat(one, f".{number}")
        else:
            yield name + row, str(value)


def same(one, other):
    return (one["id"], one["label"]) == (other["id"], other["label"])


# Names that each walk has: a code with all the signs that a scanner can type, far too long.
KNOWN = {"HOSTILE": "%s/t/#'&?=-_.%00:DROP" * 30}


def until(truth, what, patience=None):
    """Wait for truth() to be anything but False or None, or say what it was instead."""
    end = time.monotonic() + (patience or Patience.seconds)
    while True:
        found = truth()
        if found is not None and found is not False:
            return found
        if time.monotonic() > end:
            raise StageError(what() if callable(what) else what)
        time.sleep(0.01)


class Player:
    apart = 0.3  # seconds from a tap to one that is no bounce

    def __init__(self, office, shots):
        self.office, self.shots, self.names, self.count = office, shots, dict(KNOWN), 0
        self.last, self.last_at, self.last_view = None, 0.0, None
        self.touches, self.questions, self.sealed = 0, set(), []

    # --- looking ----------------------------------------------------------------

    def screen(self):
        return self.office.screen()

    def find(self, pattern, pressable=False):
        match = matcher(pattern)
        for node in self.screen()["nodes"]:
            if pressable and not node.get("press"):
                continue
            if match(node["label"]):
                return node
        return None

    def seen(self):
        screen = self.screen()
        labels = [f"{node['label']} = {node['value']}" if node.get("value") else node["label"]
                  for node in screen["nodes"] if node["role"] != "key"]
        return f"on screen: {screen['place']}/{screen['cover']}: {' | '.join(labels)}"

    def wait_for(self, pattern, pressable=False):
        return until(lambda: self.find(pattern, pressable), lambda: f"no {pattern!r}; {self.seen()}")

    # --- doing ------------------------------------------------------------------

    def at(self, node):
        x, y, w, h = node["rect"]
        return x + w // 2, y + h // 2

    def view(self):
        """What stands on the screen, but for keys and what was typed."""
        screen = self.screen()
        return [screen["place"], screen["cover"]] + [
            node["label"] for node in screen["nodes"] if node["role"] != "key"]

    def calm(self, frames):
        """Wait for what follows a press to be drawn."""
        end = time.monotonic() + 1
        while self.office.frames() == frames and time.monotonic() < end:
            pass
        self.office.settle(0.03)

    def unlike_bounce(self, place, view):
        """A second tap on one spot of a new screen comes no sooner than people's: the kiosk
        takes a quicker one for a bounce."""
        if self.last and max(abs(place[0] - self.last[0]), abs(place[1] - self.last[1])) < 120:
            if view != self.last_view:
                time.sleep(max(0, self.apart - (time.monotonic() - self.last_at)))

    def tap_node(self, node):
        """Press and let go, and wait for what follows."""
        view = self.view()
        self.unlike_bounce(self.at(node), view)
        self.note_question()
        place = self.press_node(node)
        self.office.x.release()
        self.touches += 1
        self.last, self.last_at, self.last_view = place, time.monotonic(), view
        self.wait_down(False)
        self.office.settle(0.03)

    def press_node(self, node):
        """Press it where it is now, and say where. A page that moved under the finger may have
        put another one there: then slide off, which fires nothing, and press again."""
        for _ in range(3):
            place = self.at(self.now(node))
            self.office.x.press(*place)
            down = self.wait_down(True, node)
            if not down or any(same(one, node) for one in down):
                return place
            if self.at(self.now(node)) == place:
                raise StageError(f"{node['label']!r} pressed, {down[0]['label']!r} goes down")
            self.office.x.move(0, 0)
            self.office.x.release()
            self.wait_down(False)
        raise StageError(f"{node['label']!r} does not keep still; {self.seen()}")

    def now(self, node):
        """The same node as it is on the screen now."""
        return until(lambda: next((one for one in self.screen()["nodes"] if same(one, node)), None),
                     lambda: f"{node['label']!r} went away; {self.seen()}")

    def wait_down(self, wanted, this=None):
        """The face shows nodes as pressed (these), or no longer: then what the press did is drawn
        too. With `this` one among them: quick taps before it may still be on their way."""
        end = time.monotonic() + 2
        while True:
            down = [node for node in self.screen()["nodes"] if node["flags"] & DOWN]
            met = bool(down) == wanted and (this is None or any(same(one, this) for one in down))
            if met or time.monotonic() > end:
                return down
            self.office.frames()

    def note_question(self):
        screen = self.screen()
        if screen["place"] == "question":
            self.questions |= {n["label"] for n in screen["nodes"] if n["role"] == "heading"}

    def target(self, rest):
        """The node that `"Label"` or `"Label" beside "Other"` means, and the words after it."""
        words = shlex.split(rest)
        if words[1:2] != ["beside"]:
            return self.wait_for(words[0], pressable=True), words[1:]
        row = self.wait_for(words[2])["rect"]
        match = matcher(words[0])

        def found():
            for node in self.screen()["nodes"]:
                middle = self.at(node)[1]
                if node["press"] and match(node["label"]) and row[1] <= middle < row[1] + row[3]:
                    return node
            return None

        return until(found, lambda: f"no {words[0]!r} beside {words[2]!r}; {self.seen()}"), words[3:]

    def tap(self, rest):
        self.tap_node(self.target(rest)[0])

    def finish(self, rest):
        label = next((word for word in shlex.split(rest) if word not in ("by", "key")), "Selesai")
        press = self.enter if rest.endswith("by key") else lambda name: self.tap(f'"{name}"')
        before = self.screen()["place"]
        press(label)
        until(lambda: self.screen()["place"] != before, lambda: f"nothing ends; {self.seen()}")
        if self.screen()["place"] == "survey":
            press(next(name for name in ("Lewati", "Skip", "Liwati") if self.find(name)))

    def enter(self, label):
        self.focus(f'"{label}"')
        self.keys("Return")

    def turn(self, rest):
        label = shlex.split(rest)[0]
        for _ in range(12):
            if self.find(label):
                return
            self.tap_node(until(lambda: self.named_key(MORE),
                                lambda: f"no {label!r} on any page; {self.seen()}"))
        raise StageError(f"no {label!r} on any page")

    def bounce(self, rest):
        place, view = self.at(self.target(rest)[0]), self.view()
        self.unlike_bounce(place, view)
        self.office.x.tap(*place, 0.03)
        time.sleep(0.08)
        self.office.x.tap(*place, 0.03)
        self.last, self.last_at, self.last_view = place, time.monotonic(), view
        self.office.settle()

    def press(self, rest):
        x, y = self.at(self.target(rest)[0])
        self.office.x.press(x, y)

    def release(self, _):
        self.office.x.release()
        self.office.settle(0.03)

    def hold(self, rest):
        node, words = self.target(rest)
        self.office.x.press(*self.at(node))
        time.sleep(float(words[0]))
        self.shot(f"hold-{self.count}")
        self.office.x.release()

    def drag(self, rest):
        x, y = self.at(self.target(rest)[0])
        self.office.x.press(x, y)
        time.sleep(0.05)
        self.office.x.move(x, max(0, y - self.office.x.size[1] // 3))
        time.sleep(0.05)
        self.office.x.release()
        self.office.settle()

    def key_node(self, character):
        """The key of a character; the kiosk itself chooses capitals."""
        wanted = SPACE if character == " " else (character,)
        for node in self.screen()["nodes"]:
            label = node["label"]
            if node["role"] == "key" and (label in wanted or label.lower() == character.lower()):
                return node
        return None

    def named_key(self, names):
        return next(filter(None, (self.find(name, True) for name in names)), None)

    def type(self, rest):
        """Taps follow each other without a wait: keys stay where they are."""
        frames, view = self.office.frames(), self.view()
        self.note_question()
        for character in self.expand(rest):
            if character == "-" and self.screen()["place"] in ("status_code", "pay_check", "booking_code"):
                continue  # the field puts it in by itself
            node = until(lambda c=character: self.key_node(c) or self.other_layer(c),
                         lambda c=character: f"no key {c!r}; {self.seen()}", 3)
            self.unlike_bounce(self.at(node), view)
            self.office.x.tap(*self.at(node), 0.005)
            self.touches += 1
        self.calm(frames)

    def spell(self, rest):
        for character in self.expand(rest):
            node = until(lambda c=character: self.key_node(c) or self.other_layer(c),
                         lambda c=character: f"no key {c!r}; {self.seen()}", 3)
            if node["label"] != character and node["label"].lower() == character.lower():
                self.tap_node(self.named_key(CAPITALS))
                node = until(lambda c=character: self.find(c, True), lambda: f"no key {character!r}", 3)
            self.tap_node(node)

    def erase(self, rest):
        def key():
            return self.named_key(ERASE)

        def text():
            return next((n["value"] for n in self.screen()["nodes"] if n["role"] == "field"), "")

        node = until(key, lambda: f"no erase key; {self.seen()}")
        frames = self.office.frames()
        for _ in range(len(text()) if rest == "all" else int(rest)):
            self.office.x.tap(*self.at(node), 0.005)
        self.calm(frames)
        if rest == "all":
            until(lambda: text() == "", lambda: f"erased, but {text()!r} is left")

    def other_layer(self, character):
        """The key is on another layer of the keyboard: press the layer keys in turn."""
        for label in ("ABC", "QWERTY", ".,-/ é", ",-/é", "abc"):
            node = next((n for n in self.screen()["nodes"]
                         if n["role"] == "key" and n["label"] == label), None)
            if node:
                self.tap_node(node)
                found = self.key_node(character)
                if found:
                    return found
        return None

    def jam(self, rest):
        self.office.x.jam(rest)

    def rattle(self, _):
        end = time.monotonic() + 40
        while self.screen()["cover"] != "idle":
            for _ in range(20):
                self.office.x.key("a", 0.002)
            self.office.frames()
            if time.monotonic() > end:
                raise StageError("the scanner keeps the visit open")

    def free(self, rest):
        self.office.x.free(rest)

    def keys(self, rest):
        for name in rest.split():
            self.office.x.key(name)
            time.sleep(0.05)

    def typed(self, rest):
        self.office.x.type(self.expand(rest), 0.09)

    def focus(self, rest):
        match = matcher(shlex.split(rest)[0])
        for _ in range(120):
            for node in self.screen()["nodes"]:
                if node["flags"] & FOCUSED and match(node["label"]):
                    return
            frames = self.office.frames()
            self.office.x.key("Tab")
            self.calm(frames)
        raise StageError(f"Tab never reaches it; {self.seen()}")

    def scan(self, rest):
        self.office.scan(self.expand(rest) + "\n")

    def wait(self, rest):
        time.sleep(float(rest))

    def shot(self, rest):
        self.count += 1
        if self.shots:
            self.office.settle()
            self.office.x.picture(self.shots / f"{self.count:02d}-{rest}.png")

    def expand(self, text):
        self.names["SEAL_KEY"] = self.office.portal_facts["seal_key"]
        return re.sub(r"\$(\w+)", lambda match: self.names[match.group(1)], text)

    def set(self, rest):
        name, _, what = (part.strip() for part in rest.partition("="))
        if " " in name:
            self.office.setting(*name.split(), self.expand(what))
            return
        if what.startswith("booking"):
            code, moment = self.office.book((what.split()[1:] or ["6472021001"])[0])
            self.names.update({name: code, f"{name}_TIME": moment})
            return
        if what.startswith("portal "):
            self.names[name] = self.office.portal_say(what.removeprefix("portal "))["code"]
            return
        if what == "qr":
            self.names[name] = self.office.check_slip(self.office.slips()[-1])
            return
        if what == "bent":
            slip = self.office.check_slip(self.office.slips()[-1])
            self.names[name] = slip[:-9] + ("b" if slip[-9] == "a" else "a") + slip[-8:]
            return
        if what == "photos":
            self.names[name] = self.office.photos_address(self.office.slips()[-1])
            return
        pattern = {"code": r"[0-9A-Z]{4}-[0-9A-Z]{4}", "number": r"[A-Z]-\d{3}"}[what]

        def look():
            for node in self.screen()["nodes"]:
                for text in (node["label"], node.get("value") or ""):
                    found = re.fullmatch(pattern, text.strip())
                    if found:
                        return found.group()
            return None

        self.names[name] = until(look, lambda: f"no {what}; {self.seen()}")

    def portal(self, rest):
        self.office.portal_do(self.expand(rest))

    def officer(self, rest):
        """Words with spaces stand behind "key=", up to the next one."""
        words, *pairs = re.split(r"\s+(?=\w+=)", self.expand(rest))
        name, deed, *others = words.split()
        if deed == "finds":
            self.office.officer_finds(name, *others)
        elif deed == "sees":  # so many photos
            self.number(lambda: self.office.officer_counts(name, others[1]), others[0], "photos")
        else:
            self.office.officer_do(name, deed, *others, dict(pair.split("=", 1) for pair in pairs))

    def phone(self, rest):
        what, _, argument = self.expand(rest).partition(" ")
        try:
            if what == "opens":
                self.office.phone_opens(argument)
            elif what == "sends":
                self.office.phone_sends(argument)
            else:
                self.office.page.wait_for(shlex.split(argument)[0])
        except BrowserError as error:
            raise StageError(str(error)) from None

    def printer(self, rest):
        self.office.printer_do(rest)

    def desk(self, rest):
        what, _, argument = rest.partition(" ")
        if what == "slow-disk":
            self.office.slow_disk(float(argument))
        elif what == "begin":
            self.office.start_desk()
        elif what == "nameless":
            self.office.lose_names()
            self.office.program_do("desk", "start")
        elif what == "unprivileged":
            self.office.start_desk(harm.without_rights)
        elif what == "refuses":
            self.refused(self.office.desk_command(), {}, argument)
        else:
            self.office.program_do("desk", what)

    def face(self, rest):
        what, _, argument = rest.partition(" ")
        if what == "shut-out":
            self.office.door.unlink()
        elif what == "door":
            self.office.mend_door()
            self.office.wait_for_desk()
        elif what == "within":
            began = time.monotonic()
            self.office.program_do("face", "kill")
            self.office.program_do("face", "start")
            self.expect_label('"Selamat datang..."')
            took = time.monotonic() - began
            if took > float(argument):
                raise StageError(f"home again after {took:.1f} s")
        elif what == "refuses":
            words, *bare = shlex.split(argument)
            self.refused(self.office.face_command(bool(bare)), self.office.face_environment(),
                         shlex.quote(words))
        else:
            self.office.program_do("face", what)

    def refused(self, command, environment, argument):
        code, said = self.office.refused(command, environment)
        if code == 0 or shlex.split(argument)[0] not in said:
            raise StageError(f"ended with {code}: {said}")

    def disk(self, rest):
        self.office.disk_do(rest)

    def store(self, rest):
        state = self.office.folder / "state"
        if rest in ("read-only", "writable"):
            harm.set_modes(state, rest == "writable")
        else:
            harm.damage(state, rest)

    def clock(self, rest):
        self.office.clock.write_text(rest + "\n")

    def catalogue(self, rest):
        self.office.catalogue_do(*rest.split())

    def technician(self, rest):
        must_fail = rest.startswith("! ")
        done = self.office.ctl(*shlex.split(rest.removeprefix("! ")))
        if (done.returncode != 0) != must_fail:
            raise StageError(f"ended with {done.returncode}: {done.stdout}{done.stderr}")

    def within(self, rest):
        seconds, verb, step = rest.split(" ", 2)
        began, usual = time.monotonic(), Patience.seconds
        Patience.seconds = float(seconds)
        try:
            getattr(self, verb)(step)
        finally:
            Patience.seconds = usual
        took = time.monotonic() - began
        if took > float(seconds):
            raise StageError(f"only after {took:.1f} s")

    def noise(self, rest):
        name, kind, *held = rest.split()
        harm.noise(self.office.folder / "run" / name, kind, float(held[0]) if held else 0)

    # --- expecting --------------------------------------------------------------

    def expect(self, rest):
        what, _, argument = rest.partition(" ")
        getattr(self, "expect_" + what)(self.expand(argument.strip()))

    def expect_place(self, argument):
        until(lambda: self.screen()["place"] == argument, lambda: f"not {argument}; {self.seen()}")

    def expect_cover(self, argument):
        until(lambda: self.screen()["cover"] == argument, lambda: f"not {argument}; {self.seen()}")

    def expect_label(self, argument):
        self.wait_for(shlex.split(argument)[0])

    def expect_no(self, argument):
        what, _, rest = argument.partition(" ")
        if what == "value":
            until(lambda: rest not in self.values(), lambda: f"still the value {rest!r}")
            return
        label = shlex.split(rest)[0]
        until(lambda: self.find(label) is None, lambda: f"still {label!r}; {self.seen()}")

    def values(self):
        return [(node["value"] or "").strip() for node in self.screen()["nodes"] if "value" in node]

    def expect_value(self, argument):
        until(lambda: argument in self.values(),
              lambda: f"no value {argument!r} but {self.values()}; {self.seen()}")

    def expect_chosen(self, argument):
        label = shlex.split(argument)[0]

        def marked():
            node = self.find(label)
            return node and node["flags"] & SELECTED

        until(lambda: marked() or None, lambda: f"{label!r} is not marked; {self.seen()}")

    def expect_touches(self, argument):
        counted, self.touches = self.touches, 0
        if counted != int(argument):
            raise StageError(f"{counted} touches, expected {argument}")

    def expect_questions(self, argument):
        if len(self.questions) != int(argument):
            raise StageError(f"{len(self.questions)} questions: {sorted(self.questions)}")

    def number(self, count, wanted, what):
        until(lambda: count() == int(wanted), lambda: f"{what}: {count()}, expected {wanted}", 20)
        if int(wanted) == 0:
            time.sleep(0.3)
            if count() != 0:
                raise StageError(f"{what}: {count()}, expected none")

    def expect_rows(self, argument):
        self.number(lambda: len(self.office.rows()), argument, "rows at the portal")

    def expect_replaced(self, argument):
        self.number(lambda: len(self.office.rows(0)), argument, "replaced rows at the portal")

    def expect_row(self, argument, whole=False):
        service, *pairs = re.split(r"\s+(?=@?[\w.]+=)", argument)
        wanted = dict(pair.split("=", 1) for pair in pairs)
        facts = {key: wanted.pop(key) for key in list(wanted) if key.startswith("@")}

        def same(row):
            answers = dict(flat(row["answers"]))
            return (row["service"] == service and
                    all(str(row[key[1:]]) == value for key, value in facts.items()) and
                    (answers == wanted if whole else wanted.items() <= answers.items()))

        until(lambda: any(same(row) for row in self.office.rows()) or None,
              lambda: f"no row {service} {facts} {wanted}; rows: {self.office.rows()}", 20)

    def expect_whole(self, argument):
        self.expect_row(argument, whole=True)

    def expect_consent(self, argument):
        """The newest answer to that question, and the language of the screen it was given on."""
        question, language, given = argument.split()

        def last():
            return [(row["language"], row["given"]) for row in self.office.dump()["consents"]
                    if row["question"] == question][-1:]

        until(lambda: last() == [(language, given)] or None, lambda: f"{question}: {last()}", 20)

    def expect_count(self, argument):
        name, wanted = argument.split()

        def count():
            self.office.ctl("send-now")
            return sum(row["count"] for row in self.office.dump()["tallies"]
                       if row["name"] == name) == int(wanted)

        until(lambda: count() or None,
              lambda: f"not {argument}: {self.office.dump()['tallies']}", 20)

    def expect_counted(self, argument):
        name, wanted = argument.split()
        counts = json.loads(self.office.ctl("figures", "--json").stdout)["counts"]
        until(lambda: json.loads(self.office.ctl("figures", "--json").stdout)["counts"].get(name, 0)
              == int(wanted) or None, lambda: f"not {argument}: {counts}")
        told = [row for row in self.office.dump()["tallies"] if row["name"] == name]
        if told:
            raise StageError(f"the portal knows before the day is over: {told}")

    def expect_figures(self, argument):
        words = shlex.split(argument)[0]
        until(lambda: words in self.office.ctl("figures").stdout,
              lambda: f"no {words!r} in {self.office.ctl('figures').stdout}")

    def expect_tickets(self, argument):
        self.number(lambda: len(self.office.tickets()), argument, "tickets at the portal")

    def expect_slips(self, argument):
        self.number(lambda: len(self.office.slips()), argument, "slips")
        for slip in self.office.slips():
            self.office.check_slip(slip)

    def expect_last(self, argument):
        """The newest one, once it is out: a torn rest may lie before it."""
        words = argument.removeprefix("slip ")
        until(lambda: self.on_slip(self.office.slips()[-1:], words), "the last slip does not show it",
              20)

    def expect_slip(self, argument):
        number, _, words = argument.partition(" ")
        until(lambda: len(self.office.slips()) >= int(number),
              lambda: f"only {len(self.office.slips())} slips", 20)
        if not self.on_slip(self.office.slips()[int(number) - 1:][:1], words):
            raise StageError(f"slip {number} does not show it")

    def on_slip(self, slips, argument):
        kind, *words = shlex.split(argument)
        # As tall as the desk writes them now.
        tall = dict(re.findall(r"\b([A-Z]+) = (\d+)", SLIPS.read_text()))
        style = {"box": ("box", tall["TITLE"], "bold"), "pair": ("pair", tall["PAIR"], "bold"),
                 "check": ("check", tall["PAIR"], "plain"),
                 "small": ("text", tall["SMALL"], "plain")}[kind]
        return any(self.office.has_line(slip, *style, *words) for slip in slips)

    def expect_payment(self, argument):
        """On the screen stands the provider's code of that reference, byte for byte."""
        wanted = self.office.portal_say(f"payment show {argument}")["qris"]
        until(lambda: self.office.screen_code() == wanted or None,
              lambda: f"on the screen is {self.office.screen_code()!r}, not {wanted!r}")

    def expect_scanned(self, argument):
        until(lambda: self.office.screen_code() == argument or None,
              lambda: f"on the screen is {self.office.screen_code()!r}, not {argument!r}")

    def expect_booked(self, argument):
        code, wanted = argument.split(" ", 1)
        until(lambda: self.office.booked(code) == wanted,
              lambda: f"booking {code}: {self.office.booked(code)}, expected {wanted}", 20)

    def expect_paper(self, argument):
        key, _, value = argument.partition("=")
        self.number(lambda: self.office.printer_do("state")[key], value, key)

    def expect_waits(self, argument):
        def fault():
            return next((row["last_error"] for row in self.office.outbox_list()
                         if row["state"] == "waiting"), None)

        until(lambda: fault() == argument, lambda: f"the first that waits: {fault()}", 20)

    def expect_status(self, argument):
        key, _, value = argument.partition("=")

        def shown():
            found = self.office.status().get(key, "unknown: no desk answers")
            return str(found).lower() if isinstance(found, bool) else str(found)

        until(lambda: shown() == value, lambda: f"{key} is {shown()}", max(20, Patience.seconds))

    def expect_said(self, argument):
        name, text = shlex.split(argument)
        until(lambda: self.office.said(name, text), f"{name} did not say it")

    def expect_asleep(self, argument):
        pid = self.office.programs[argument].process.pid
        log = self.office.folder / "log" / f"{argument}.log"
        work, words = harm.busy(pid), log.stat().st_size
        time.sleep(1)
        work, words = harm.busy(pid) - work, log.stat().st_size - words
        if work > 0.3 or words > 400:
            raise StageError(f"{work:.2f} s of work and {words} bytes of log in a second")

    def expect_payload(self, argument):
        """Here: what is sealed and waits is noted. Gone: no piece of it is left in the files."""
        state = self.office.folder / "state"
        if argument == "here":
            self.sealed = harm.payloads(state)
            if not self.sealed or not self.pieces_left(state):
                raise StageError("the search finds nothing while it waits")
        else:
            until(lambda: not self.pieces_left(state), lambda: f"left in {self.pieces_left(state)}", 20)

    def pieces_left(self, state):
        pieces = [one[at:at + 16] for one in self.sealed for at in range(0, len(one) - 15, 16)]
        return sorted(path.name for path in state.iterdir() if path.is_file()
                      and any(piece in path.read_bytes() for piece in pieces))

    def expect_outbox(self, argument):
        self.office.await_ctl()  # a desk that has just been started may not listen yet
        self.number(self.office.outbox, argument, "outbox")

    def expect_known(self, argument):
        """The search itself works: what is on the screen is found in the face's memory."""
        if not self.office.leaks_of(argument):
            raise StageError("the search finds nothing even while it is typed")

    def expect_forgotten(self, argument):
        if argument.startswith("at once "):
            argument = argument.removeprefix("at once ")
        else:
            time.sleep(2)
        found = self.office.leaks_of(argument)
        if found:
            raise StageError("; ".join(found[:8]))

    def expect_blank(self, _):
        until(self.office.is_blank,
              lambda: f"not the first home in {self.office.strange()}; {self.seen()}", 5)


STEPS = {"officer", "phone", "tap", "finish", "bounce", "hold", "press", "release", "drag", "type", "spell", "typed", "erase",
         "keys", "jam", "free", "rattle", "focus", "turn", "scan", "expect", "wait", "shot", "portal", "printer", "desk",
         "face", "set", "disk", "store", "clock", "catalogue", "noise", "technician", "within"}


def play(walks, walk, player):
    for number, verb, rest in walk.steps:
        if verb == "office":
            continue
        try:
            if verb == "as":
                play(walks, walks[shlex.split(rest)[0]], player)
            else:
                getattr(player, verb)(rest)
        except StageError as error:
            raise StageError(f"line {number}: {verb} {rest}: {error}") from None


def options_of(walks, walk):
    for _, verb, rest in walk.steps:
        if verb == "office":
            return dict(pair.split("=", 1) for pair in shlex.split(rest))
        if verb == "as":
            return options_of(walks, walks[shlex.split(rest)[0]])
    return {}


def run(walks, walk, build, shots, keep):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="anjungan-walk-"))
    office = Office(build, folder, **options_of(walks, walk))
    try:
        office.start()
        play(walks, walk, Player(office, shots))
        return office.stop()
    except Exception:
        office.stop(quiet=True)
        print(office.story(), file=sys.stderr)
        raise
    finally:
        if not keep:
            office.remove()
        else:
            print("# kept:", folder)


def too_long(*_):
    raise TimeoutError("the walk stands still")


def attempt(job):
    """One walk: what kept it from its end (lines), or nothing; and how long it took."""
    path, name, build, shots, keep = job
    walks = parse(path)
    began, trouble = time.monotonic(), []
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST)
    try:
        run(walks, walks[name], build, shots, keep)
    except StageError as error:
        trouble = [f"{path.name}: {error}"]
    except Exception:
        trouble = traceback.format_exc().splitlines()
    finally:
        signal.alarm(0)
    return trouble, time.monotonic() - began


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    parser.add_argument("--only")
    parser.add_argument("--at-once", type=int, default=1, help="for walks that mostly wait")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--shots", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.shots:
        arguments.shots.mkdir(parents=True, exist_ok=True)
    jobs = [(path, name, arguments.build, arguments.shots, arguments.keep)
            for path in arguments.files for name in parse(path)
            if (name == arguments.only if arguments.only else not name.startswith("part: "))]
    failed = 0
    with multiprocessing.Pool(arguments.at_once) as pool:
        results = pool.imap(attempt, jobs)
        for number, (job, (trouble, seconds)) in enumerate(zip(jobs, results), 1):
            failed += bool(trouble)
            print(f"{'not ok' if trouble else 'ok'} {number} - {job[1]} ({seconds:.1f} s)")
            for line in trouble:
                print("#", line)
            sys.stdout.flush()
    print(f"1..{len(jobs)}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
