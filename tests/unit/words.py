"""Every text that the screens show can be shown in every language. Usage: words.py SOURCE.
Prints TAP, a case a language and three about the sources.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

MARKED = re.compile(r'\b(?:_|N_|ngettext)\("')
KEYWORDS = ["--keyword=_", "--keyword=N_", "--keyword=ngettext:1,2"]
# Literals of the screens that read like text and are none to translate: names of languages
# in their own language, a line for the log.
UNTRANSLATED = {"Bahasa Indonesia", "English", "a page has more than %d parts"}


def said(*command, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    return done.returncode, done.stdout, done.stderr


def extract(source, files, *how):
    code, text, errors = said("xgettext", "--from-code=UTF-8", "--no-wrap", "--sort-output",
                              "-o", "-", *how, *files, cwd=source)
    if code:
        raise SystemExit(errors)
    return text


def entries(text):
    """The msgids of a .po text; several quoted lines are one."""
    found = re.findall(r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)', text, re.M)
    ids = {"".join(re.findall(r'"((?:[^"\\]|\\.)*)"', one)) for one in found}
    return ids - {""}


def every_source_is_listed(source, listed):
    marked = {str(path.relative_to(source)) for path in (source / "kiosk").rglob("*.c")
              if MARKED.search(path.read_text())}
    # A file without a text of its own does no harm, but a reader would look for one.
    return [f"has texts, is not in POTFILES: {name}" for name in sorted(marked - set(listed))] + \
        [f"in POTFILES, has no text: {name}" for name in sorted(set(listed) - marked)]


def no_text_goes_unmarked(source, listed):
    screens = sorted(path.relative_to(source) for path in (source / "kiosk/screens").glob("*.c"))
    every = entries(extract(source, screens, "--extract-all"))
    marked = entries(extract(source, listed, *KEYWORDS))
    reads = {text for text in every - marked
             if re.search(r"[A-Za-z]{3,} [A-Za-z(]", text) or re.fullmatch(r"[A-Z][a-z]{2,}.*", text)}
    return [f"not marked: {text}" for text in sorted(reads - UNTRANSLATED)] + \
        [f"no longer there: {text}" for text in sorted(UNTRANSLATED - reads)]


def is_whole(source, template, name):
    po = source / f"locale/{name}.po"
    problems = []
    for command in (["msgfmt", "--check", "-o", "/dev/null", po],
                    ["msgcmp", po, template]):  # untranslated, fuzzy and missing ones
        code, _, errors = said(*command)
        problems += [line for line in errors.splitlines() if code or "used" in line]
    extra = entries(po.read_text()) - entries(template.read_text())
    return problems + [f"no screen shows: {text}" for text in sorted(extra)]


def main():
    source = pathlib.Path(sys.argv[1])
    listed = (source / "locale/POTFILES").read_text().split()
    languages = (source / "locale/LINGUAS").read_text().split()
    there = sorted(path.stem for path in (source / "locale").glob("*.po"))
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder, "anjungan.pot")
        template.write_text(extract(source, listed, *KEYWORDS))
        count = len(entries(template.read_text()))
        cases = {
            "every source with texts is listed": every_source_is_listed(source, listed),
            "no text of a screen goes unmarked": no_text_goes_unmarked(source, listed),
            "every translation is built": [f"LINGUAS has {languages}, locale/ has {there}"]
            * (sorted(languages) != there or not languages),
            **{f"{name} is whole ({count} texts)": is_whole(source, template, name)
               for name in languages},
        }
    for number, (name, problems) in enumerate(cases.items(), 1):
        print("not ok" if problems else "ok", number, "-", name)
        for problem in problems:
            print("#  ", problem)
    print(f"1..{len(cases)}")
    sys.exit(1 if any(cases.values()) or count < 100 else 0)


main()
