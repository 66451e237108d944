"""What kiosk/demo starts: an office to use by hand, or a played visit with proof.

    demo.py BUILD [--play] [--offline] [--out FOLDER] [--pictures]

--pictures plays the visit and makes the README's pictures anew from it.
"""
import argparse
import json
import os
import pathlib
import secrets
import shutil
import signal
import sys

from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from stage import Office, StageError  # noqa: E402
from walk import Player, parse, play  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
PICTURES = HERE / "pictures"
# The README's: which pictures of a played visit, how wide there, in how many colours.
README = {"home.png": ("01-home.png", 360, 32), "question.png": ("03-question.png", 360, 32),
          "slip.png": ("02-slip.png", 300, 4)}


def say(*words):
    print(*words, flush=True)


def small(path, width, colours):
    """A picture as the README shows it: a few kilobytes."""
    picture = Image.open(path).convert("RGB")
    height = round(picture.height * width / picture.width)
    return picture.resize((width, height), Image.LANCZOS).quantize(colours)


def tell_officers(office):
    """The portal's pages, with people who exist in this demo alone."""
    password = secrets.token_hex(6)
    who = {"pak-rt": "head of RT 7", "siti": "officer", "bu-lurah": "the lurah's stand-in",
           "kepala": "administrator"}
    for name in who:
        office.account(name, password)
    say(f"The office's people sign in at {office.url()}/petugas (the demo's own certificate: the")
    say(f"browser will warn), each with the password {password}:",
        ", ".join(f"{name} ({what})" for name, what in who.items()))


def tell_authors(office):
    """How a changed catalogue comes to this kiosk."""
    build, folder = office.build, office.folder
    say(f"A changed catalogue: {build}/tests/portal/portal",
        f"--control {folder}/portal/control.sock publish FOLDER")
    say(f"and to have it at once: {build}/kiosk/anjunganctl --config {folder}/anjungan.ini send-now")


def by_hand(office):
    """The kiosk in a window until it is closed or interrupted."""
    office.start()
    try:
        say("The kiosk is open in a window. Close it, or press Ctrl-C here, to end.")
        tell_officers(office)
        say(f"A place in the queue is taken from home at {office.url()}/antrean")
        tell_authors(office)
        say("Slips appear in", office.folder / "slips")
        while office.programs["face"].alive():
            office.nodes.update(0.3)  # what tests read; nobody waits for it here
            office.mend_door()
    except KeyboardInterrupt:
        say()
    code = office.programs.pop("face").stop()
    office.stop()
    if code != 0:
        raise StageError(f"the face ended with {code}")
    say("The kiosk is closed, and nothing of it runs any more.")


def played(office, out, offline):
    walks = parse(HERE / "demo.walk")
    office.start()
    say("Playing a visit on a virtual display, by real touches; half a minute ...")
    play(walks, walks["offline" if offline else "a whole visit"], Player(office, out))
    for number, slip in enumerate(office.slips(), 1):
        text = office.check_slip(slip)
        shutil.copy(slip, out / f"{number:02d}-slip.png")
        say(f"slip {number}: QR {text}")
    rows = office.rows()
    (out / "portal.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    office.stop()
    pictures = sorted(path.name for path in out.glob("*.png"))
    say(f"The visit came true: {len(rows)} request(s) at the portal, {len(pictures)} pictures in {out}")


def main():
    parser = argparse.ArgumentParser(prog="kiosk/demo")
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--play", action="store_true", help="a played visit, also with a display")
    parser.add_argument("--offline", action="store_true", help="with the portal down, then up")
    parser.add_argument("--out", type=pathlib.Path, default="build/demo")
    parser.add_argument("--pictures", action="store_true", help="make the README's pictures anew")
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    (out / "office").mkdir(parents=True)
    hand = os.environ.get("DISPLAY") and not (
        arguments.play or arguments.offline or arguments.pictures)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)  # like Ctrl-C: the office is closed
    say("Starting the portal, the printer, the desk and the face ...")
    office = Office(arguments.build, out / "office", window=bool(hand))
    try:
        if hand:
            by_hand(office)
        else:
            played(office, out, arguments.offline)
        if arguments.pictures:
            PICTURES.mkdir(exist_ok=True)
            for name, (source, *shape) in README.items():
                small(out / source, *shape).save(PICTURES / name, optimize=True)
        return 0
    except KeyboardInterrupt:
        say("\nInterrupted; the office is closed.")
        return 130
    except (StageError, RuntimeError) as error:
        print(office.story(), file=sys.stderr)
        print("It failed:" if hand else "The visit failed:", error, file=sys.stderr)
        return 1
    finally:
        office.stop(quiet=True)


if __name__ == "__main__":
    sys.exit(main())
