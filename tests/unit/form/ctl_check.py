"""anjunganctl catalogue check: names the first fault of a folder by file, line and reason.
Usage: ctl_check.py SOURCE ANJUNGANCTL. Prints TAP."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE, CTL = pathlib.Path(sys.argv[1]).resolve(), str(pathlib.Path(sys.argv[2]).resolve())
# Whole; a wrong value; a file cut in the middle; a file gone; a folder gone.
ROWS = [
    ("a whole catalogue", lambda folder: None, 0, "services: good"),
    ("a wrong value", lambda folder: replace(folder / "services/aduan.json", '"max": 100', '"max": 0'),
     1, "services/aduan.json:{line}: questions[6]: min is above max"),
    ("a file cut short", lambda folder: cut(folder / "choices/pekerjaan.json"), 1,
     "choices/pekerjaan.json:{line}: "),
    ("a file missing", lambda folder: (folder / "services/ktp.json").unlink(), 1,
     "services/ktp.json: the file is missing, and catalogue.json names it"),
    ("a file beyond all sizes", lambda folder: (folder / "services/ktp.json").write_text(" " * 10_000_000),
     1, "services/ktp.json: File too large"),
    ("brackets without an end", lambda folder: (folder / "services/ktp.json").write_text("[" * 200_000),
     1, "services/ktp.json:1: nested too deeply"),
    ("a pipe that nobody writes to", lambda folder: pipe(folder / "services/ktp.json"), 1,
     "services/ktp.json: not a regular file"),
    ("a name that leads in a circle", lambda folder: circle(folder / "services/ktp.json"), 1,
     "services/ktp.json: Too many levels of symbolic links"),
    ("a service that nobody names", lambda folder: (folder / "services/lama.json").write_text("{"), 1,
     "services/lama.json: not named in catalogue.json"),
    ("a list that nobody names", lambda folder: (folder / "choices/lama.json").write_text("{"), 1,
     "choices/lama.json: not named in catalogue.json"),
    ("a file of another set", lambda folder: (folder / "6472021001.json").write_text("{}"), 1,
     "6472021001.json: not named in catalogue.json"),
    ("an editor's copy", lambda folder: (folder / "services/sku.json~").write_text("{"), 0, "good"),
    ("no folder", shutil.rmtree, 1, "catalogue.json: the file is missing"),
]
# On an author's own machine there is no kiosk's configuration; nor does a wrong word need it.
BARE = [
    ("a catalogue without a kiosk", ["catalogue", "check", SOURCE / "assets/catalogue"], 0, "good"),
    ("a wrong word without a kiosk", ["stauts"], 2, "unknown command 'stauts'"),
    ("one file", ["catalogue", "check", SOURCE / "assets/catalogue/services/sku.json"], 0, "good"),
    ("one list", ["catalogue", "check", SOURCE / "assets/catalogue/kelurahan.json"], 0, "good"),
    ("an office", ["catalogue", "check", SOURCE / "assets/offices/6472020000.json"], 0, "good"),
    ("all offices", ["catalogue", "check", SOURCE / "assets/offices/kota.json"], 0, "good"),
    ("a folder of offices", ["catalogue", "check", SOURCE / "assets/offices"], 0, "files of offices: good"),
    ("a file of no catalogue", ["catalogue", "check", SOURCE / "README.md"], 1,
     "README.md: no catalogue.json beside it or above"),
    ("the documented configuration",
     ["--config", SOURCE / "kiosk/deploy/anjungan.ini", "config", "check"], 0, "good"),
    ("no configuration", ["config", "check"], 1, "anjunganctl: /nonexistent/none.ini: No such file"),
    ("a desk without a kiosk", ["status"], 1, "/none.ini: No such file"),
]


# One file of the set, by its path.
FILES = [
    ("a wrong file", "services/sku.json",
     lambda path: path.write_text(path.read_text().replace('"SKU"', '"sku"', 1)), 1,
     "services/sku.json:3: code: A-Z"),
    ("a good file of a set with a fault elsewhere", "services/ktp.json",
     lambda path: (path.parent / "sku.json").write_text("{"), 1, "services/sku.json:1:"),
    ("a file that nobody names", "services/nikah.json", lambda path: path.write_text("{}"), 1,
     "anjunganctl: catalogue/services/nikah.json: not named in catalogue.json"),
    ("a file by a way around", "services/../services/sku.json", lambda path: None, 0, "good"),
    ("the questions that README.md shows", "services/lapak.json", lambda path: shown(path), 0, "good"),
    ("an office that is wrong", "../offices/6472021001.json",
     lambda path: path.write_text('{"code": "6472021001",\n"name": 7}'), 1,
     "6472021001.json:2: name: a text"),
    ("an office under another's name", "../offices/6472021002.json",
     lambda path: path.write_text('{"code": "6472021001",\n"name": "K"}'), 1,
     "6472021002.json: this is office 6472021001"),
    ("an office that serves a kelurahan of nowhere", "../offices/6472020000.json",
     lambda path: path.write_text(path.read_text().replace("6472021002", "6472021099", 1)), 1,
     "6472020000.json: serves: '6472021099' is not in kelurahan.json"),
    ("an office of no city", "../offices/6471021002.json",
     lambda path: path.write_text('{"code": "6471021002",\n"name": "K"}'), 1,
     "6471021002.json: code: '6471021002' is not in kelurahan.json"),
    ("numbers for a queue that is not there", "../offices/kota.json",
     lambda path: path.write_text(path.read_text().replace('"P": 100', '"Q": 100', 1)), 1,
     "kota.json: quotas: catalogue.json has no queue 'Q'"),
    ("the folder above", "..", lambda path: None, 1, "is catalogue/../catalogue meant?"),
    ("an icon that is not there", ".", lambda path: (
        (path.parent / "icons").mkdir(), (path.parent / "icons/document.svg").write_text("")), 1,
     "catalogue.json: the icon of 'kependudukan': there is no icons/id-card.svg; there are document"),
    ("one wrong office of a folder", "../offices",
     lambda path: (path / "6472021001.json").write_text('{"code": "6472021001",\n"name": 7}'), 1,
     "6472021001.json:2: name: a text"),
    ("a calendar that is wrong", "../offices/kota.json",
     lambda path: path.write_text('{"hours": "h",\n"week": []}'), 1, "kota.json:2: week: a block"),
]


def replace(path, old, new):
    text = path.read_text()
    begin = text.rindex("{\n      \"type\"", 0, text.index(old))
    path.write_text(text.replace(old, new, 1))
    return text.count("\n", 0, begin) + 1


def shown(path):
    """A service of the tests with the questions of the page's example instead."""
    page = (SOURCE / "README.md").read_text().split("## Add a service")[1].split("## ")[0]
    lines = [line for line in page.splitlines() if line.startswith("    ")]
    service = json.loads((SOURCE / "tests/walks/catalogue/lapak.json").read_text())
    service["questions"] = json.loads("[" + "\n".join(lines) + "]")
    path.write_text(json.dumps(service, indent=1))
    head = path.parents[1] / "catalogue.json"
    value = json.loads(head.read_text())
    value["services"].append(path.stem)
    head.write_text(json.dumps(value))


def cut(path):
    text = path.read_text()[:3000]
    path.write_text(text)
    return text.count("\n") + 1


def pipe(path):
    path.unlink()
    os.mkfifo(path)


def circle(path):
    path.unlink()
    path.symlink_to(path.name)


def main():
    failed = False
    print(f"1..{len(ROWS) + len(BARE) + len(FILES)}")
    for number, (name, bend, status, words) in enumerate(ROWS, 1):
        with tempfile.TemporaryDirectory() as place:
            folder, ini = pathlib.Path(place) / "catalogue", pathlib.Path(place) / "ctl.ini"
            shutil.copytree(SOURCE / "assets/catalogue", folder)
            ini.write_text("[kiosk]\nid = 6472021001-1\n")
            line = bend(folder)
            run = subprocess.run([CTL, "--config", ini, "catalogue", "check", folder],
                                 capture_output=True, text=True, timeout=30)
            said = (run.stdout + run.stderr).strip()
            good = run.returncode == status and words.format(line=line) in said
            failed |= not good
            print("ok" if good else "not ok", number, "-", name)
            if not good:
                print(f"#   {run.returncode}: {said}; wanted {words.format(line=line)}")
    for number, (name, command, status, words) in enumerate(BARE, len(ROWS) + 1):
        run = subprocess.run([CTL, "--config", "/nonexistent/none.ini", *command],
                             capture_output=True, text=True)
        good = run.returncode == status and words in run.stdout + run.stderr
        failed |= not good
        print("ok" if good else "not ok", number, "-", name)
        if not good:
            print(f"#   {run.returncode}: {run.stdout}{run.stderr}; wanted {words}")
    for number, (name, file, bend, status, words) in enumerate(FILES, len(ROWS) + len(BARE) + 1):
        with tempfile.TemporaryDirectory() as place:
            shutil.copytree(SOURCE / "assets/catalogue", pathlib.Path(place) / "catalogue")
            shutil.copytree(SOURCE / "assets/offices", pathlib.Path(place) / "offices")
            bend(pathlib.Path(place) / "catalogue" / file)
            run = subprocess.run([CTL, "catalogue", "check", pathlib.Path("catalogue") / file], cwd=place,
                                 capture_output=True, text=True, timeout=30)
            good = run.returncode == status and words in run.stdout + run.stderr
            failed |= not good
            print("ok" if good else "not ok", number, "-", name)
            if not good:
                print(f"#   {run.returncode}: {run.stdout}{run.stderr}; wanted {words}")
    return 1 if failed else 0


sys.exit(main())
