"""Every text that the screens show is one that a translator finds, and every .po file can be built;
how much of it is translated is languages.py's matter. Usage: words.py SOURCE.
Prints TAP, a case a language and three about the sources.
"""
import pathlib
import re
import subprocess
import sys

MARKED = re.compile(r'\b(?:_|N_|ngettext)\("')
KEYWORDS = ["--keyword=_", "--keyword=N_", "--keyword=ngettext:1,2"]
# Literals of the screens that read like text and are none to translate: names of languages
# in their own language, a line for the log.
UNTRANSLATED = {"Bahasa Indonesia", "English", "Basa Banjar", "Basa Jawi",
                "a page has more than %zu parts"}


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


def is_sound(source, ids, name):
    po = source / f"locale/{name}.po"
    code, _, errors = said("msgfmt", "--check", "-o", "/dev/null", po)
    extra = entries(po.read_text()) - ids
    return errors.splitlines() * (code != 0) + [f"no screen shows: {text}" for text in sorted(extra)]


def main():
    source = pathlib.Path(sys.argv[1])
    listed = (source / "locale/POTFILES").read_text().split()
    languages = (source / "locale/LINGUAS").read_text().split()
    there = sorted(path.stem for path in (source / "locale").glob("*.po"))
    ids = entries(extract(source, listed, *KEYWORDS))
    cases = {
        "every source with texts is listed": every_source_is_listed(source, listed),
        "no text of a screen goes unmarked": no_text_goes_unmarked(source, listed),
        "every translation is built": [f"LINGUAS has {languages}, locale/ has {there}"]
        * (sorted(languages) != there or not languages),
        **{f"{name} is sound ({len(ids)} texts)": is_sound(source, ids, name) for name in languages},
    }
    for number, (name, problems) in enumerate(cases.items(), 1):
        print("not ok" if problems else "ok", number, "-", name)
        for problem in problems:
            print("#  ", problem)
    print(f"1..{len(cases)}")
    sys.exit(1 if any(cases.values()) or len(ids) < 100 else 0)


if __name__ == "__main__":
    main()
