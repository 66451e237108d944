"""What kiosk/demo starts: an office to use by hand, or a played visit with proof."""
import argparse
import json
import os
import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from stage import Office, StageError  # noqa: E402
from walk import Player, parse, play  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent


def by_hand(build, out):
    """The kiosk in a window until it is closed or interrupted."""
    office = Office(build, out / "office", window=True)
    office.start()
    print("The kiosk is open in a window. Close it, or press Ctrl-C here, to end.")
    print("Slips appear in", office.folder / "slips")
    try:
        while office.programs["face"].alive():
            time.sleep(0.3)
    except KeyboardInterrupt:
        pass
    return office.stop(quiet=True)


def played(build, out, offline):
    walks = parse(HERE / "demo.walk")
    walk = walks["offline" if offline else "a whole visit"]
    office = Office(build, out / "office")
    try:
        office.start()
        play(walks, walk, Player(office, out))
        for number, slip in enumerate(office.slips(), 1):
            text = office.check_slip(slip)
            shutil.copy(slip, out / f"{number:02d}-slip.png")
            print(f"slip {number}: QR {text}")
        rows = office.rows()
        (out / "portal.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
        office.stop()
    except StageError as error:
        office.stop(quiet=True)
        print(office.story(), file=sys.stderr)
        print("The visit failed:", error, file=sys.stderr)
        return 1
    pictures = sorted(path.name for path in out.glob("*.png"))
    print(f"The visit came true: {len(rows)} request(s) at the portal, {len(pictures)} pictures in {out}")
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--play", action="store_true")
    parser.add_argument("--offline", action="store_true")
    arguments = parser.parse_args()
    out = pathlib.Path("build/demo").resolve()
    shutil.rmtree(out, ignore_errors=True)
    (out / "office").mkdir(parents=True)
    if os.environ.get("DISPLAY") and not arguments.play and not arguments.offline:
        return by_hand(arguments.build, out)
    return played(arguments.build, out, arguments.offline)


if __name__ == "__main__":
    sys.exit(main())
