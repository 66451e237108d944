"""Synthetic answers, good ones and wrong ones. The same every time; nobody's data.

What is invented for a type is tried against rules.py, so that an answer is good or wrong because
the catalogue says so. Where that finds nothing, hints.json names an answer."""
import datetime
import itertools
import json
import pathlib
import re

import rules
from forms import LISTED, PICKED

HINTS = json.loads((pathlib.Path(__file__).parent / "hints.json").read_text())
FIRST = ["Siti", "Budi", "Rahma", "Joko", "Aminah", "Slamet", "Dewi", "Hasan", "Wati", "Rudi",
         "Nur'aini", "Agus"]
LAST = ["Rahayu", "Santoso", "Aisyah", "Wibowo", "Lestari", "Hidayat", "Kartini", "Saputra"]
WORDS = ["Mawar", "Melati", "Cempaka", "Kenanga", "Dahlia", "Anggrek", "Teratai", "Flamboyan"]
STORY = 200  # a longer text has capitals at its sentences only


def capitals(question, text):
    """As the kiosk's own keyboard writes it: it chooses the capitals, none of an e-mail address."""
    if question.data.get("appearance") == "email":
        return text.lower()
    if question.type in ("text", "address", "name"):
        story = question.type == "text" and rules.most_of(question) > STORY
        begins = r"(?:^|[.?!] )\w" if story else r"(?:^| )\w"
        return re.sub(begins, lambda found: found.group().upper(), text)
    return text


def shortest(pattern):
    """A text that a pattern of kiosk/form/pattern.h matches."""
    import re._parser as parser
    from re import _constants as kinds

    def one(op, value):
        if op is kinds.LITERAL:
            return chr(value)
        if op is kinds.IN:
            kind, first = value[0]
            return chr(first[0] if kind is kinds.RANGE else first) if kind is not kinds.CATEGORY \
                else "1"
        if op in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
            return whole(value[2]) * max(value[0], min(value[1], 3))
        if op is kinds.SUBPATTERN:
            return whole(value[3])
        if op is kinds.BRANCH:
            return whole(value[1][0])
        return "" if op is kinds.AT else "a"

    def whole(parsed):
        return "".join(one(op, value) for op, value in parsed)

    return whole(parser.parse(pattern))


def written(day):
    return day.strftime("%d%m%Y")


class Inventor:
    """Answers for one spot of a form. `number` is another one for each spot of a visit, so that
    no two answers are alike and none can stand in another's place unseen."""

    def __init__(self, form, question, row, number):
        self.form, self.question, self.row, self.number = form, question, row, number
        self.today = datetime.date.fromisoformat(form.today)
        self.data = question.data

    def good(self):
        """What may be typed, the best first; "" skips."""
        hints = HINTS["good"].get(self.question.place, [])
        own = getattr(self, self.question.type, None)
        found = itertools.chain(hints, own() if own else self.picks(), *[
            [shortest(pattern).lower(), shortest(pattern)]
            for rule in self.question.rules.values() for pattern in rule.patterns],
            [""] if not self.question.required else [])
        for typed in found:
            typed = capitals(self.question, typed)
            if self.fits(typed) and rules.judge(self.form, self.question, self.row, typed).good:
                yield typed

    def wrong(self, good):
        """Many answers, most of them wrong in some way."""
        yield from HINTS["wrong"].get(self.question.place, [])
        yield ""
        for typed in getattr(self, "wrong_" + self.question.type, lambda good: self.picks())(good):
            typed = capitals(self.question, typed)
            if self.fits(typed):
                yield typed

    def fits(self, typed):
        if self.question.type in PICKED:
            return True
        return len(typed) <= rules.most_of(self.question)

    # --- numbers of people and places -------------------------------------------------

    def nik(self, ages=(35, 20, 27, 16)):
        for age in ages:
            birth = self.today - datetime.timedelta(days=age * 366 + 60 + self.number % 25)
            for woman in (self.number % 2, 1 - self.number % 2):
                day = birth.day + 40 * woman
                yield f"647203{day:02d}{birth:%m%y}{self.number + 1:04d}"

    def kk(self):
        yield f"647203{1 + self.number % 28:02d}0315{self.number + 1:04d}"

    def wrong_nik(self, good):
        good = good or next(self.nik())
        yield from (good[:6], "1" * 16, "99" + good[2:], good[:2] + "00" + good[4:],
                    good[:6] + "321390" + good[12:], good[:12] + "0000")
        yield from self.nik((10, 70))

    def wrong_kk(self, good):
        good = good or next(self.kk())
        yield from (good[:6], "1" * 16, "99" + good[2:], good[:2] + "00" + good[4:],
                    good[:6] + "321390" + good[12:], good[:12] + "0000")
        yield from (value for (name, _), value in self.form.stored.items()
                    if name.startswith("nik") and value)

    def phone(self):
        yield f"08125504{8000 + self.number}"

    def wrong_phone(self, good):
        yield "0212345678"

    def rt(self):
        yield str(1 + self.number % 150)

    def wrong_rt(self, good):
        yield from ("000", "151", "999")

    def integer(self):
        least = self.data.get("min", 0)
        room = min(self.data.get("max", rules.LARGEST) - least, 97)
        yield str(least + self.number % (room + 1))
        yield from (str(least), str(self.data.get("max", rules.LARGEST)))

    money = integer

    def wrong_integer(self, good):
        if self.data.get("min", 0) > 0:
            yield str(self.data["min"] - 1)
        yield str(self.data.get("max", rules.LARGEST) + 1)
        yield from self.integer()

    wrong_money = wrong_integer

    # --- words -------------------------------------------------------------------------

    def name(self):
        n = self.number
        yield f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST) % len(LAST)]}"
        yield f"{FIRST[n % 10]} {LAST[n % len(LAST)]}"

    def wrong_name(self, good):
        yield from ("Siti2", "a" * (rules.NAME_LONGEST + 1), "Putri", "Nur'aini Rahayu", "A. Wati")

    def text(self):
        least, most = rules.least_of(self.question), rules.most_of(self.question)
        words = f"{WORDS[self.number % len(WORDS)]} {self.number + 1}"
        while len(words) < least:
            words += " " + WORDS[len(words) % len(WORDS)].lower()
        yield words[:most]
        yield "1" * least

    def address(self):
        yield from (("Jl. " + words) for words in self.text())

    def wrong_text(self, good):
        yield "a" * (rules.least_of(self.question) - 1)
        yield from ("Ab", "12", "A b?", good + "?", good + "a", good[:-1])
        yield from (value for (name, _), value in self.form.stored.items()
                    if self.form.service.by_name[name].type in ("text", "address"))

    wrong_address = wrong_text

    def wrong_repeat(self, good):
        """Its rows are what they are."""
        yield str(self.form.rows(self.question))

    # --- times ---------------------------------------------------------------------------

    def days(self):
        """Around today, and around the days that were answered already."""
        near = 1 + self.number % 9
        for days in (near, near + 10, 100 + near, 400, 4000, 9000):
            sign = 1 if self.data.get("future") else -1
            yield self.today + sign * datetime.timedelta(days=days + (14 if sign > 0 else 0))
        for value in list(self.form.stored.values()):
            day = rules.expressions.day(value)
            if day:
                yield from (day + datetime.timedelta(days=by) for by in (0, -1, 1, -40, 40))

    def date(self):
        preset = preset_of(self.form, self.question, self.row)
        yield from [preset] if preset else []
        yield from map(written, self.days())

    def wrong_date(self, good):
        yield from ("0101", "31022020", "17081899")
        for days in (3, 20, 40, 70, 200, 12 * 366, 16 * 366, 80 * 366):
            yield written(self.today + datetime.timedelta(days=days))
            yield written(self.today - datetime.timedelta(days=days))
        yield from map(written, self.days())

    def time(self):
        yield f"{8 + self.number % 10:02d}{self.number * 7 % 60:02d}"

    def wrong_time(self, good):
        yield from ("12", "2561")

    # --- choices ---------------------------------------------------------------------------

    def picks(self):
        kind = self.question.type
        if kind in LISTED + ("kelurahan",):
            names = [name for name, _ in self.question.choices]
            turn = self.number % len(names) if len(names) > 3 else 0
            preset = preset_of(self.form, self.question, self.row)
            names = ([preset] if preset else []) + names[turn:] + names[:turn]
            yield from names
            if kind == "select_multiple":
                yield from (" ".join(names[:2]), " ".join(names))
        elif kind == "acknowledge":
            yield "yes"
        elif kind == "repeat":
            least, most = self.question.least, self.question.most
            yield from map(str, (max(least, min(most, 2)), least, min(most, least + 1), most))
        else:
            yield from ("yes", "no")


def preset_of(form, question, row):
    """What stands in its field before anything is typed."""
    if "default" not in question.rules:
        return ""
    value = rules.expressions.text(question.rules["default"].value(form.at(row)))
    return rules.as_typed(question, value)
