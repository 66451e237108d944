"""How an answer reads on the review: its short name, and the value as people write it, what is
secret under dots. Apart from the product's own C."""
import textwrap

import rules
from forms import LISTED

MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
          "Oktober", "November", "Desember"]
LONGEST = 140  # bytes that stand beside the name; more flow below it


def fours(digits, between):
    return between.join(textwrap.wrap(digits, 4))


def phone(stored):
    local = "0" + stored.removeprefix("+62")
    parts = [local[:4], "••••", *textwrap.wrap(local[8:], 4)]
    if len(local) == 13:  # the last digit does not stand alone
        parts[-2:] = ["".join(parts[-2:])]
    return "-".join(parts)


def date(stored):
    year, month, day = map(int, stored.split("-"))
    return f"{day} {MONTHS[month - 1]} {year}"


def shown(question, stored, kecamatan):
    kind = question.type
    if not stored:
        return "(tidak diisi)"
    if kind in LISTED:
        return ", ".join(label for name, label in question.choices if name in stored.split())
    if kind == "kelurahan":
        return f"{dict(question.choices)[stored]} (Kec. {kecamatan[stored]})"
    ways = {"nik": lambda: fours(stored[:4] + "•" * 8 + stored[12:], " "),
            "phone": lambda: phone(stored), "date": lambda: date(stored),
            "money": lambda: rules.money(int(stored)), "rt": lambda: f"RT {stored}",
            "acknowledge": lambda: "Disetujui",
            "repeat": lambda: "Tidak ada" if stored == "0" else stored}
    ways.update(kk=ways["nik"], yes_no=lambda: "Ya" if stored == "yes" else "Tidak")
    ways["consent"] = ways["yes_no"]
    if kind in ways:
        return ways[kind]()
    return "••••••••" if question.data.get("appearance") == "masked" else stored


def review(form, kecamatan):
    """What stands there, in its order; a long value apart from its name."""
    for question, row in form.spots():
        name = question.data.get("short_label", {}).get("id") or question.label
        value = shown(question, form.get(question, row), kecamatan)
        yield (name, value if len(value.encode()) <= LONGEST else "")
