"""Plays .walk files against the real programs and prints TAP, a case a walk.

    walk.py BUILD FILE...          [--only NAME] [--keep] [--shots FOLDER]

A file holds walks; a walk is a name and the steps below it:

    walk "a number in two touches"
        office panel=portrait idle=5     before the first step only; starts the office
        tap "Ambil nomor antrean"        press and let go the node with that label
        hold "Tahan: lihat" 0.5          press, wait, let go
        drag "Lanjut" out                press, slide off, let go
        type Warung Makan                on the kiosk's own keyboard, key by key
        keys Tab Return                  on a hardware keyboard, by keysym
        scan 6472031708900001            a scanner: a burst, then Return
        expect place question            what the face says is on its screen
        expect label "Berapa NIK Anda?"  a node with that label ("..." at an end: begins, ends so)
        expect value 6472 0317           the field's text
        expect no label "..."
        wait 2                           seconds
        shot NAME                        a picture, kept with --shots
        portal down | up | lie KIND | answer honestly
        printer paper-out | paper-in | cover-open | cover-close | stall | resume | off | on
        desk kill | stop | start | pause | resume
        face kill | start | within 2     ("within": killed and home again in so many seconds)
        desk slow-disk 3                 every flush is done at once and reported so much later
        desk unprivileged                started without root's right to pass over a file's mode
        desk refuses "words"             a second one ends by itself and says so
        face refuses "words" [bare]      the same; bare: where no typeface is installed
        disk full | room                 of an office with disk=small
        store flip | cut | lose-log | scribble        while the desk is down
        clock -6y | +9y | +0             of an office with clock=steered; a face takes it at start
        set printer profile = x          a line of anjungan.ini, for the next start; $SEAL_KEY is
                                         the portal's own
        technician send-now              a command of anjunganctl; "! send-now": it must fail
        within 2 expect place done       a step that may take so many seconds, not ten
        catalogue remove | break | mend | publish 2   the installed one; the portal's next
        noise face.sock random [2]       bytes that no program of ours says; stay so many seconds
        expect rows 1                    submissions at the portal
        expect row sku nama_usaha=Warung Makan
        expect tickets 1
        expect slips 1                   slips that came out of the printer, QR decoded
        expect slip 2 box "SALINAN"      a slip shows that line, dot for dot: box, small, pair
        expect outbox 0                  submissions waiting at the desk
        expect waits http 500            the last fault of the first that waits
        expect status intake=open        what anjunganctl status says, a JSON key
        expect said desk "words"         in a program's log
        expect payload here | gone       the sealed bytes in the store's files, as last seen here
        expect known TEXT                the search below finds it now, in the face's memory
        expect forgotten TEXT            2 s later: in no memory, file, log or slip, in no spelling
        expect blank                     no earlier visitor's pixel: equals the first home
        set NAME = code | number         remember what is on the screen, use it as $NAME

A walk may repeat another's steps: `as "name"` plays a walk of the same file. A walk named
"part: ..." is played only so.
"""
import argparse
import pathlib
import re
import shlex
import sys
import tempfile
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import harm  # noqa: E402
from stage import Office, StageError  # noqa: E402

PATIENCE = 10.0  # seconds an expectation may take to come true


class Walk:
    def __init__(self, name, line):
        self.name, self.line, self.steps = name, line, []


def parse(path):
    walks, current = {}, None
    for number, raw in enumerate(path.read_text().splitlines(), 1):
        text = raw.strip()
        if not text or text.startswith("#"):
            continue
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


def until(truth, what, patience=PATIENCE):
    """Wait for truth() to be anything but False or None, or say what it was instead."""
    end = time.monotonic() + patience
    while True:
        found = truth()
        if found is not None and found is not False:
            return found
        if time.monotonic() > end:
            raise StageError(what() if callable(what) else what)
        time.sleep(0.01)


class Player:
    def __init__(self, office, shots):
        self.office, self.shots, self.names, self.count = office, shots, {}, 0
        self.last, self.last_at, self.sealed = None, 0.0, []

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
        labels = [node["label"] for node in screen["nodes"] if node["role"] != "key"]
        return f"on screen: {screen['place']}/{screen['cover']}: {' | '.join(labels)}"

    def wait_for(self, pattern, pressable=False):
        return until(lambda: self.find(pattern, pressable), lambda: f"no {pattern!r}; {self.seen()}")

    # --- doing ------------------------------------------------------------------

    def at(self, node):
        x, y, w, h = node["rect"]
        return x + w // 2, y + h // 2

    def tap_node(self, node):
        """Press and let go, and wait for what follows to be drawn. A second tap on one spot
        comes no sooner than people's: the kiosk takes a quicker one for a bounce."""
        place = self.at(node)
        if self.last and max(abs(place[0] - self.last[0]), abs(place[1] - self.last[1])) < 120:
            time.sleep(max(0, 0.3 - (time.monotonic() - self.last_at)))
        self.office.x.tap(*place)
        self.last, self.last_at = place, time.monotonic()
        self.office.settle(0.03)

    def tap(self, rest):
        self.tap_node(self.wait_for(shlex.split(rest)[0], pressable=True))

    def hold(self, rest):
        label, seconds = shlex.split(rest)
        x, y = self.at(self.wait_for(label, pressable=True))
        self.office.x.press(x, y)
        time.sleep(float(seconds))
        self.shot(f"hold-{self.count}")
        self.office.x.release()

    def drag(self, rest):
        label = shlex.split(rest)[0]
        x, y = self.at(self.wait_for(label, pressable=True))
        self.office.x.press(x, y)
        time.sleep(0.05)
        self.office.x.move(x, max(0, y - self.office.x.size[1] // 3))
        time.sleep(0.05)
        self.office.x.release()

    def key_node(self, character):
        """The key of a character; the kiosk itself chooses capitals."""
        wanted = ("spasi", "space") if character == " " else (character,)
        for node in self.screen()["nodes"]:
            label = node["label"]
            if node["role"] == "key" and (label in wanted or label.lower() == character.lower()):
                return node
        return None

    def type(self, rest):
        for character in self.expand(rest):
            if character == "-" and self.screen()["place"] == "status_code":
                continue  # the field puts it in by itself
            node = until(lambda c=character: self.key_node(c) or self.other_layer(c),
                         lambda c=character: f"no key {c!r}; {self.seen()}", 3)
            self.tap_node(node)

    def other_layer(self, character):
        """The key is on another layer of the keyboard: press the layer keys in turn."""
        for label in ("ABC", "QWERTY", ".,-/ é", "abc"):
            node = next((n for n in self.screen()["nodes"]
                         if n["role"] == "key" and n["label"] == label), None)
            if node:
                self.tap_node(node)
                found = self.key_node(character)
                if found:
                    return found
        return None

    def keys(self, rest):
        for name in rest.split():
            self.office.x.key(name)
            time.sleep(0.05)

    def typed(self, rest):
        self.office.x.type(self.expand(rest), 0.09)

    def scan(self, rest):
        self.office.x.type(self.expand(rest) + "\n", 0.001)

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
        pattern = {"code": r"[0-9A-Z]{4}-[0-9A-Z]{4}", "number": r"[A-Z]-\d{3}"}[what]

        def look():
            for node in self.screen()["nodes"]:
                found = re.fullmatch(pattern, node["label"])
                if found:
                    return found.group()
            return None

        self.names[name] = until(look, lambda: f"no {what}; {self.seen()}")

    def portal(self, rest):
        self.office.portal_do(rest)

    def printer(self, rest):
        self.office.printer_do(rest)

    def desk(self, rest):
        what, _, argument = rest.partition(" ")
        if what == "slow-disk":
            self.office.slow_disk(float(argument))
        elif what == "unprivileged":
            self.office.start_desk(harm.without_rights)
        elif what == "refuses":
            self.refused(self.office.desk_command(), {}, argument)
        else:
            self.office.program_do("desk", what)

    def face(self, rest):
        what, _, argument = rest.partition(" ")
        if what == "within":
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
        harm.damage(self.office.folder / "state", rest)

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
        began = time.monotonic()
        getattr(self, verb)(step)
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
        label = shlex.split(argument)[1]
        until(lambda: self.find(label) is None, lambda: f"still {label!r}; {self.seen()}")

    def expect_value(self, argument):
        def same():
            values = [node.get("value") for node in self.screen()["nodes"] if "value" in node]
            return argument in [(value or "").strip() for value in values]
        until(same, lambda: f"no value {argument!r}; {self.screen()['nodes']}")

    def number(self, count, wanted, what):
        until(lambda: count() == int(wanted), lambda: f"{what}: {count()}, expected {wanted}", 20)
        if int(wanted) == 0:
            time.sleep(0.3)
            if count() != 0:
                raise StageError(f"{what}: {count()}, expected none")

    def expect_rows(self, argument):
        self.number(lambda: len(self.office.rows()), argument, "rows at the portal")

    def expect_row(self, argument):
        service, *pairs = re.split(r"\s+(?=\w+=)", argument)
        wanted = dict(pair.split("=", 1) for pair in pairs)

        def row():
            for found in self.office.rows():
                if found["service"] == service and all(
                        str(found["answers"].get(key, "")) == value for key, value in wanted.items()):
                    return found
            return None

        until(row, lambda: f"no row {service} {wanted}; rows: {self.office.rows()}", 20)

    def expect_tickets(self, argument):
        self.number(lambda: len(self.office.tickets()), argument, "tickets at the portal")

    def expect_slips(self, argument):
        self.number(lambda: len(self.office.slips()), argument, "slips")
        for slip in self.office.slips():
            self.office.check_slip(slip)

    def expect_slip(self, argument):
        number, kind, *words = shlex.split(argument)
        style = {"box": ("box", "48", "bold"), "pair": ("pair", "38", "bold"),
                 "small": ("text", "33", "plain")}[kind]
        slip = self.office.slips()[int(number) - 1]
        if not self.office.has_line(slip, *style, *words):
            raise StageError(f"{slip.name} does not show it")

    def expect_waits(self, argument):
        def fault():
            return next((row["last_error"] for row in self.office.outbox_list()
                         if row["state"] == "waiting"), None)

        until(lambda: fault() == argument, lambda: f"the first that waits: {fault()}", 20)

    def expect_status(self, argument):
        key, _, value = argument.partition("=")

        def shown():
            found = self.office.status()[key]
            return str(found).lower() if isinstance(found, bool) else str(found)

        until(lambda: shown() == value, lambda: f"{key} is {shown()}", 20)

    def expect_said(self, argument):
        name, text = shlex.split(argument)
        until(lambda: self.office.said(name, text), f"{name} did not say it")

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
        self.number(self.office.outbox, argument, "outbox")

    def expect_known(self, argument):
        """The search itself works: what is on the screen is found in the face's memory."""
        if not self.office.leaks_of(argument):
            raise StageError("the search finds nothing even while it is typed")

    def expect_forgotten(self, argument):
        time.sleep(2)
        found = self.office.leaks_of(argument)
        if found:
            raise StageError("; ".join(found[:8]))

    def expect_blank(self, _):
        until(self.office.is_blank, "the home screen shows something of the visit", 5)


STEPS = {"tap", "hold", "drag", "type", "typed", "keys", "scan", "expect", "wait", "shot", "portal",
         "printer", "desk", "face", "set", "disk", "store", "clock", "catalogue", "noise",
         "technician", "within"}


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    parser.add_argument("--only")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--shots", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.shots:
        arguments.shots.mkdir(parents=True, exist_ok=True)
    number = failed = 0
    for path in arguments.files:
        walks = parse(path)
        for walk in walks.values():
            if arguments.only != walk.name if arguments.only else walk.name.startswith("part: "):
                continue
            number += 1
            began = time.monotonic()
            try:
                run(walks, walk, arguments.build, arguments.shots, arguments.keep)
                print(f"ok {number} - {walk.name} ({time.monotonic() - began:.1f} s)", flush=True)
            except StageError as error:
                failed += 1
                print(f"not ok {number} - {walk.name}\n# {path.name}: {error}", flush=True)
            except Exception:
                failed += 1
                print(f"not ok {number} - {walk.name}", flush=True)
                for line in traceback.format_exc().splitlines():
                    print("#", line)
    print(f"1..{number}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
