"""The closing line of tests/run cannot be talked into "0 failed": tests that end badly in
every way, by meson itself, and reports that are cut or absent. Usage: counting.py SOURCE.
Prints TAP.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

# What a test says and does: how many pass, how many fail.
TESTS = {
    "good": ("echo 1..2; echo ok 1 - a; echo ok 2 - b", 2, 0),
    "one of two": ("echo 1..2; echo ok 1 - a; echo not ok 2 - b", 1, 1),
    "one of two, exit 1": ("echo 1..2; echo ok 1 - a; echo not ok 2 - b; exit 1", 1, 1),
    "leaks at its end": ("echo 1..1; echo ok 1 - a; exit 23", 1, 1),
    "stops short": ("echo 1..3; echo ok 1 - a", 1, 1),
    "crashes": ("echo 1..2; echo ok 1 - a; kill -SEGV $$", 1, 1),
    "gives up": ("echo 1..2; echo ok 1 - a; echo Bail out!", 1, 1),
    "hangs": ("echo 1..1; echo ok 1 - a; exec sleep 20", 1, 1),
    "says nothing": ("true", 0, 1),
    "skips a case": ("echo 1..1; echo 'ok 1 - a # SKIP no tool'", 0, 1),
    "skips all": ("echo '1..0 # SKIP nothing here'", 0, 1),
    "has no plan": ("echo ok 1 - a", 1, 1),
    "may fail": ("echo 1..1; echo 'not ok 1 - a # TO" "DO later'", 1, 1),
}


def counted(count, *reports):
    """The closing line of these reports, and the failures above it."""
    done = subprocess.run([sys.executable, count, *reports], capture_output=True, text=True)
    *lines, last = done.stdout.splitlines() or [done.stderr]
    honest = (done.returncode == 0) == last.endswith(" 0 failed")
    return last if honest else f"{last}, and exit status {done.returncode}", lines


def main():
    count = pathlib.Path(sys.argv[1], "tests/count.py")
    number = failed = 0

    def case(name, found, wanted):
        nonlocal number, failed
        number, failed = number + 1, failed + (found != wanted)
        print("ok" if found == wanted else "not ok", number, "-", name)
        if found != wanted:
            print(f"#   {found!r}, wanted {wanted!r}")

    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        quoted = {name: script.replace("'", r"\'") for name, (script, _, _) in TESTS.items()}
        (top / "meson.build").write_text("project('t')\nsh = find_program('sh')\n" + "".join(
            f"test('{name}', sh, args: ['-c', '{script}'], protocol: 'tap', timeout: 1)\n"
            for name, script in quoted.items()))
        subprocess.run(["meson", "setup", top / "b", top], check=True, capture_output=True)
        subprocess.run(["meson", "test", "-C", top / "b", "--no-rebuild"], capture_output=True)
        report = top / "b/meson-logs/testlog.junit.xml"
        last, lines = counted(count, report)
        for name, (_, _, bad) in TESTS.items():
            about = [line for line in lines if re.search(rf"[.:] ?(t )?{name}(:| \d)", line)]
            case(f"a test: {name}", len(about), bad)
        good, bad = (sum(row[at] for row in TESTS.values()) for at in (1, 2))
        case("all of them", last, f"{good} passed, {bad} failed")

        case("an absent report", counted(count, report, top / "absent.xml")[0],
             f"{good} passed, {bad + 1} failed")
        log = report.with_name("testlog.json")
        whole = log.read_text()
        log.write_text(whole[:-len(whole) // 30])
        last, lines = counted(count, report)
        case("a log cut short", (last.split()[0], "no report" in lines[-1]), (str(good), True))
        log.unlink()
        case("an absent log", "no report" in counted(count, report)[1][-1], True)
        log.write_text(whole)
        report.write_text(report.read_text()[:-100])
        case("a report cut short", counted(count, report)[0], "0 passed, 2 failed")
        case("no report at all", counted(count)[0], "0 passed, 1 failed")
    print(f"1..{number}")
    sys.exit(1 if failed else 0)


main()
