#!/usr/bin/python3
"""How much of what a resident reads stands in each language, and whether each translation can
stand where the Indonesian text stands. Usage: languages.py SOURCE [--missing] [--doubts]

Texts are in two places: locale/*.po has those of the screens, assets/catalogue those of the
services. Indonesian and English are whole. Banjar and Javanese may lag behind a new service, a
resident then reads Indonesian; FLOOR says how far. What stays Indonesian is not counted:
- legal texts: marked "# hukum:" in the .po files, LEGAL in the catalogue;
- names: texts that are the same in English ("RT"), and lists that stand so on the family card.

--missing prints every text without a translation, --doubts those that a native reader should
check ("# periksa penutur:"). Prints TAP, a case a place and language and four about the
texts; how hard they read is reading.py's matter.
"""
import collections
import json
import pathlib
import re
import sys

from words import KEYWORDS, extract

FLOOR = {"id": 100, "en": 100, "bjn": 80, "jv": 80}  # per cent, of each place
LEGAL = {"statement", "text"}  # what a resident declares, accepts, is told; pages have no such
NAMES = {f"choices/{name}.json" for name in ("agama", "pekerjaan", "pendidikan", "status-kawin")}
PROGRAMMES = {"Bebaya Mart", "Jeng Rinda", "Jelantah Membangun Samarinda"}  # called so everywhere
# What one language never says and another does: a part of the text was forgotten.
INDONESIAN = """adalah agar anda atau belum dan dari dengan jika kami karena oleh saya seperti tidak
    untuk yang""".split()
FOREIGN = {
    "en": {*INDONESIAN, "bila", "di", "harus", "ini", "itu", "ke", "nomor", "sudah", "surat"},
    "bjn": {*INDONESIAN, "ingkang", "lan", "mboten", "panjenengan", "sebelum", "bisa"},
    "jv": {*INDONESIAN, "bisa", "gasan", "harus", "ini", "itu", "kada", "kawa", "pian",
           "sudah", "wan"},
}
# One word for one thing, whoever translates: what is said otherwise elsewhere, and how it is said.
HOUSE = {
    "bjn": {"dalapan": "walu", "hp": "ponsel", "huruf": "hurup", "kantor": "kantur", "lukit": "loket",
            "poto": "foto"},
    "jv": {"aksara": "huruf", "boten": "mboten", "hp": "ponsel", "kangge": "kanggé",
           "tangklet": "nyuwun pirsa"},
}
PLACEHOLDER = re.compile(r"%[-+ 0#]*\d*(?:\.\d+)?(?:hh?|ll?|z|j|t)?[diouxXeEfgGcs%]|\{[a-z_]+\}")
SHOWN = 20

Text = collections.namedtuple("Text", "where id others counted doubts")


# --- the two places -----------------------------------------------------------------------------

def entries(text):
    """(msgid, translation, comments) of each entry of a .po text; of a plural its last form."""
    for block in re.split(r"\n\s*\n", text.strip()):
        parts, key = collections.defaultdict(str), None
        for line in block.splitlines():
            found = re.match(r'(?:(msgid|msgid_plural|msgstr)(?:\[\d\])? )?(".*")$', line)
            if found:
                if found[1]:
                    key = found[1]
                    parts[key] = ""
                parts[key] += json.loads(found[2])
        if parts["msgid"] and not re.search(r"^#,.*fuzzy", block, re.M):
            yield parts["msgid"], parts["msgstr"], re.findall(r"^# (.*)", block, re.M)


def of_screens(source):
    listed = (source / "locale/POTFILES").read_text().split()
    ids = [msgid for msgid, _, _ in entries(extract(source, listed, *KEYWORDS))]
    others, doubts, legal = {msgid: {} for msgid in ids}, collections.defaultdict(dict), set()
    for po in sorted((source / "locale").glob("*.po")):
        for msgid, translation, comments in entries(po.read_text()):
            if translation and msgid in others:
                others[msgid][po.stem] = translation
            for comment in comments:
                if comment.startswith("hukum:"):
                    legal.add((po.stem, msgid))
                if comment.startswith("periksa penutur:"):
                    doubts[msgid][po.stem] = comment
    for msgid in ids:
        counted = {code for code in FLOOR if (code, msgid) not in legal}
        yield Text("screens", msgid, others[msgid], counted, doubts[msgid])


def words_below(node, path):
    """Each {"id": ..., "en": ...} of a file of the catalogue, and the keys that lead to it."""
    if isinstance(node, dict) and isinstance(node.get("id"), str) and "en" in node:
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from words_below(value, [*path, key])
    elif isinstance(node, list):
        for value in node:
            yield from words_below(value, path)


def of_catalogue(source):
    folder = source / "assets/catalogue"
    for file in sorted(folder.rglob("*.json")):
        name = str(file.relative_to(folder))
        if name.startswith("schema/"):
            continue
        for path, words in words_below(json.loads(file.read_text()), []):
            legal = LEGAL & set(path) and not name.startswith("pages/")
            stays = legal or name in NAMES or words["id"] == words["en"]
            others = {code: text for code, text in words.items() if code != "id"}
            counted = {"id", "en"} if stays else set(FLOOR)
            yield Text(f"{name} {path[-1]}", words["id"], others, counted, {})


# --- what can be wrong --------------------------------------------------------------------------

def ending(text):
    return re.search(r"(?:\.\.\.|[.?!:]?)$", text)[0]


def wrong(text, code, translation, papers):
    if not translation.strip():
        yield "is empty"
    if translation != translation.strip() and translation.strip():
        yield "has blanks at an end"
    if PLACEHOLDER.findall(text.id) != PLACEHOLDER.findall(translation):
        yield "has other placeholders, or in another order"
    if text.id.count("\n") != translation.count("\n"):
        yield "has other lines"
    if ending(text.id) != ending(translation):
        yield "ends otherwise"
    for paper in sorted(papers, key=len, reverse=True):
        translation = translation.replace(paper, "")
    words = set(re.findall(r"[^\W\d_]+", translation.lower()))
    for word in sorted(words & FOREIGN[code]):
        yield f"has '{word}', which is no word of it"
    for word in sorted(words & HOUSE.get(code, {}).keys()):
        yield f"has '{word}', which is '{HOUSE[code][word]}' elsewhere"


def held_against(texts):
    """A paper keeps its Indonesian name in every language, "Surat Keterangan Tidak Mampu"."""
    papers = {text.id.split(" (")[0] for text in texts
              if text.where.endswith(" title") and text.others.get("bjn") == text.id}
    return [f"{text.where} · {code} · {translation!r} {problem}"
            for text in texts for code, translation in text.others.items()
            for problem in wrong(text, code, translation, papers)]


def said_otherwise(texts):
    """One text, one translation; the catalogue alone, gettext cannot do otherwise."""
    said = collections.defaultdict(set)
    for text in texts:
        for code, translation in text.others.items():
            said[code, text.id].add(translation)
    return [f"{code} · {text!r}: {sorted(found)}" for (code, text), found in sorted(said.items())
            if len(found) > 1]


def left_in_english(texts):
    """The same in English, though it is more than a word and no name; an example may be one."""
    return [f"{text.where} · {text.id!r}" for text in texts
            if text.others.get("en") == text.id and text.id not in PROGRAMMES
            and not text.where.endswith(" example")
            and re.search(r"[^\W\d_]{3,} [^\W\d_]{2,}", PLACEHOLDER.sub("", text.id))]


def translated_laws(texts):
    """What is declared or consented to counts as it stands: in Indonesian, and beside it English."""
    return [f"{text.where} · {sorted(set(text.others) - {'en'})}: {text.id}" for text in texts
            if text.where.split()[-1] in LEGAL and not text.where.startswith("pages/")
            and set(text.others) - {"en"}]


# --- the program --------------------------------------------------------------------------------

def coverage(texts, code, floor):
    counted = [text for text in texts if code in text.counted]
    missing = [text for text in counted if code != "id" and not text.others.get(code)]
    share = 100 * (len(counted) - len(missing)) / max(1, len(counted))
    few = f"{share:.1f} % of the texts, at least {floor} % are wanted"
    return len(counted), missing, [few] if share < floor else []


def main():
    source = pathlib.Path(sys.argv[1])
    everything = "--missing" in sys.argv
    places = {"screens": list(of_screens(source)), "catalogue": list(of_catalogue(source))}
    cases, notes = {}, []
    for place, texts in places.items():
        for code, floor in FLOOR.items():
            count, missing, problems = coverage(texts, code, floor)
            cases[f"{place} in {code}: {count - len(missing)} of {count}"] = problems
            shown = missing if everything else missing[:SHOWN if problems else 0]
            notes += [f"missing in {code} · {text.where} · {text.id}" for text in shown]
    every = [text for texts in places.values() for text in texts]
    if "--doubts" in sys.argv:
        notes += [f"{code} · {text.id!r}: {text.others.get(code)!r} · {doubt}"
                  for text in every for code, doubt in text.doubts.items()]
    cases["a translation can stand where the Indonesian text stands"] = held_against(every)
    cases["one text of the catalogue has one translation"] = said_otherwise(places["catalogue"])
    cases["what is declared stays as it is"] = translated_laws(places["catalogue"])
    cases["no Indonesian is left in English"] = left_in_english(every)
    for note in notes:
        print("#  ", note)
    for number, (name, problems) in enumerate(cases.items(), 1):
        print("not ok" if problems else "ok", number, "-", name)
        for problem in problems[:None if everything else SHOWN]:
            print("#  ", problem)
    print(f"1..{len(cases)}")
    sys.exit(1 if any(cases.values()) or min(map(len, places.values())) < 100 else 0)


if __name__ == "__main__":
    main()
