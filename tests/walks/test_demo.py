"""kiosk/demo does what the README says: played, offline, and by hand in a window.
Usage: test_demo.py BUILD. Prints TAP.
"""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import types

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from PIL import Image, ImageChops, ImageStat  # noqa: E402
from Xlib import X, display  # noqa: E402
from Xlib.protocol import event  # noqa: E402

from demo import HERE, PICTURES, README, small  # noqa: E402
from stage import answers  # noqa: E402
from people import Person  # noqa: E402, by stage's path
from walk import until  # noqa: E402
from xserver import XServer, end_with_parent  # noqa: E402

ROOT = HERE.parents[1]
MEANWHILE = []


def demo(build, out, *words, **environment):
    # As from a terminal without a display, but for what `environment` says.
    return subprocess.Popen(
        [sys.executable, HERE / "demo.py", build, "--out", out, *words], text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=dict(os.environ, **environment))


def left_running(out):
    """Processes that still know the demo's folder."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if str(out).encode() in (entry / "cmdline").read_bytes():
                found.append(entry.name)
        except OSError:
            continue
    return found


def expect(truth, what):
    if not truth:
        raise AssertionError(what)


def plays_a_visit(build, out):
    process = demo(build, out, "--play")
    # Mostly waiting for paper and line: the other visit is played at the same time.
    MEANWHILE.append(demo(build, out.with_name("plays_offline"), "--offline"))
    text, _ = process.communicate(timeout=120)
    expect(process.returncode == 0, text)
    expect("The visit came true: 1 request(s) at the portal, 16 pictures" in text, text)
    expect(len(list(out.glob("*slip*.png"))) == 2, "slips: " + " ".join(os.listdir(out)))
    row, = json.loads((out / "portal.json").read_text())
    expect(row["answers"]["nama_usaha"] == "Warung Bu Siti", row)
    expect(not left_running(out), "something still runs")


def the_readme_shows_it(_, out):
    """The committed pictures are the README's, and as the kiosk looks today but for the clock."""
    named = set(re.findall(r"!\[[^]]*\]\(tests/walks/pictures/([^)]+)\)",
                           (ROOT / "README.md").read_text()))
    there = {path.name for path in PICTURES.iterdir()}
    expect(named == there == set(README), f"named {named}, there {there}, made {set(README)}")
    for name, (source, *shape) in README.items():
        expect((PICTURES / name).stat().st_size < 40_000, f"{name} is too large")
        shown = Image.open(PICTURES / name).convert("RGB")
        now = small(out / source, *shape).convert("RGB")
        # A slip is a line longer on some days of the week than on others.
        slip = name == "slip.png"
        longer = abs(shown.height - now.height)
        expect(shown.width == now.width and longer <= slip * 40, f"{name}: {shown.size}, {now.size}")
        # From far away: there a QR of today and one of then are the same grey.
        far = [picture.resize((48, 80), Image.BOX) for picture in (shown, now)]
        apart = max(ImageStat.Stat(ImageChops.difference(*far)).mean)
        expect(apart < (16 if slip else 4), f"{name} is {apart:.1f} apart: kiosk/demo --pictures makes it anew")


def plays_offline(build, out):
    process = MEANWHILE.pop() if MEANWHILE else demo(build, out, "--offline")
    text, _ = process.communicate(timeout=120)
    expect(process.returncode == 0 and "1 request(s) at the portal" in text, text)


def a_technician_sees_the_request(build, out):
    """The desk of the visit before, started again: what anjunganctl lists, and what it does not."""
    settings = out / "office/anjungan.ini"
    desk = subprocess.Popen([build / "kiosk/anjungand", "--config", settings],
                            stderr=subprocess.DEVNULL, preexec_fn=end_with_parent)
    try:
        until(lambda: answers(out / "office/run/ctl.sock"), "the desk does not listen")

        def ctl(*words):
            return subprocess.run([build / "kiosk/anjunganctl", "--config", settings, *words],
                                  capture_output=True, text=True, check=True).stdout
        line, = ctl("outbox").splitlines()
        expect(re.fullmatch(r" +1  sku       delivered    saved 20\d\d-\d\d-\d\d \d\d:\d\d  "
                            r"tries \d+  ", line), repr(line))
        row, = json.loads(ctl("outbox", "--json"))
        expect((row["seq"], row["service"], row["state"]) == (1, "sku", "delivered"), row)
        expect(row["delivered_at"] >= row["saved_at"] > 1.7e12, row)
        expect("Siti" not in line + str(row), "an answer is shown")
        status = json.loads(ctl("status", "--json"))
        expect((status["last_seq"], status["outbox"]) == (1, 0), status)
    finally:
        desk.terminate()
        expect(desk.wait(10) == 0, "the desk did not end well")


def windows(root):
    """Every window with a name below the root."""
    found = []
    for child in root.query_tree().children:
        found += ([child] if child.get_wm_name() else []) + windows(child)
    return found


def take_a_number(x, window, folder):
    """Two touches, and paper comes."""
    box, origin = window.get_geometry(), window.translate_coords(x.root, 0, 0)
    time.sleep(0.3)
    for height in (0.235, 0.24):  # "Ambil nomor antrean", then the first of the queues
        x.tap(box.width / 4 - origin.x, box.height * height - origin.y)
        time.sleep(0.6)
    until = time.monotonic() + 10
    while not list(folder.glob("slip-*.png")):
        expect(time.monotonic() < until, f"no slip in {folder}")
        time.sleep(0.05)


def by_hand(build, out, end):
    """A window that can be used; `end` ends it. What the demo said, and its exit status."""
    x = XServer(1366, 900)
    process = None
    try:
        process = demo(build, out, DISPLAY=x.name)
        lines = []
        while not lines or "Slips appear in" not in lines[-1]:
            lines.append(process.stdout.readline())
            expect(lines[-1], f"ended: {lines}")
        folder = pathlib.Path(lines[-1].split("Slips appear in")[1].strip())
        window, = windows(x.root)
        box = window.get_geometry()
        expect(box.height < 900 and window.get_wm_name() == "Anjungan", f"window {box}")
        end(x, window, process, folder, "".join(lines))
        text, _ = process.communicate(timeout=20)
        expect(not left_running(out), "something still runs")
        return "".join(lines) + text, process.returncode
    finally:
        if process and process.poll() is None:
            process.kill()
            process.wait()
        x.stop()


def sign_in(folder, told):
    """As the demo said: address, names and password."""
    port, password = re.search(r"127\.0\.0\.1:(\d+)/petugas.*\n.*the password (\w+):", told).groups()
    portal = types.SimpleNamespace(folder=folder.parent / "portal", port=int(port))
    for name in re.findall(r"[ ,]([\w-]+) \(", told.split("the password")[1]):
        person = Person(portal).sign_in(name, password)
        expect(person.status == 303, f"{name}: {person.status} {person.text()}")
        person.close()
    expect("siti" in told and "bu-lurah" in told, told)


def use_and_close(x, window, _, folder, told):
    sign_in(folder, told)
    take_a_number(x, window, folder)
    protocols, delete = (x.connection.intern_atom(name)
                         for name in ("WM_PROTOCOLS", "WM_DELETE_WINDOW"))
    window.send_event(event.ClientMessage(window=window, client_type=protocols,
                                          data=(32, [delete, X.CurrentTime, 0, 0, 0])))
    x.connection.sync()


def opens_a_window(build, out):
    text, code = by_hand(build, out, use_and_close)
    expect(code == 0 and "nothing of it runs any more" in text, f"{code}: {text}")


def an_interruption_ends_it(build, out):
    text, code = by_hand(build, out, lambda x, window, process, *_: process.send_signal(signal.SIGINT))
    expect(code == 0 and "nothing of it runs any more" in text, f"{code}: {text}")


def a_killed_demo_takes_all_along(build, out):
    def kill(x, window, process, *_):
        process.kill()
        process.wait()
        until = time.monotonic() + 10
        while left_running(out) and time.monotonic() < until:
            time.sleep(0.05)
    by_hand(build, out, kill)


def a_wrong_word_costs_no_minutes(_, out):
    """Neither it nor --help installs or builds anything first."""
    for word, status, said in ("--ofline", 2, "no option '--ofline'"), ("--help", 0, "--offline"):
        done = subprocess.run([ROOT / "kiosk/demo", word], text=True, capture_output=True, timeout=5,
                              env={"PATH": "/usr/bin:/bin"})
        expect(done.returncode == status and said in done.stdout + done.stderr, done)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    os.environ.pop("DISPLAY", None)
    cases = (plays_a_visit, the_readme_shows_it, plays_offline, a_technician_sees_the_request,
             opens_a_window,
             an_interruption_ends_it, a_killed_demo_takes_all_along, a_wrong_word_costs_no_minutes)
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="anjungan-demo-") as folder:
        for number, case in enumerate(cases, 1):
            if case.__doc__ is None:  # the others look at what the one before left
                out = pathlib.Path(folder, case.__name__)
            began = time.monotonic()
            try:
                case(build, out)
                fault = None
            except (AssertionError, OSError, ValueError, subprocess.TimeoutExpired) as error:
                fault, failed = error, failed + 1
            name = case.__name__.replace("_", " ")
            print("not ok" if fault else "ok", number, "-", name,
                  f"({time.monotonic() - began:.1f} s)", flush=True)
            for line in str(fault or "").splitlines():
                print("#  ", line)
        for process in MEANWHILE:
            process.terminate()
            process.wait()
    sys.exit(1 if failed else 0)


main()
