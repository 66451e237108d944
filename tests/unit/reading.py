"""Whether what a resident reads in Indonesian is read after six years of school: screens,
services, and slips, but for laws, what is declared, and names. Usage: reading.py SOURCE.

- No sentence has more than SENTENCE words, and none a word of plain.txt, which says the plain one.
- A text asks for YEARS of school at most. The estimate is Flesch and Kincaid's grade, from words a
  sentence and syllables a word, with six tenths of the syllables: Indonesian words are longer than
  English ones that are as hard (Hardjasujana and Mulyati, who so bring Fry's graph to Indonesian).
  It is taken from the sentences of a text that has ENOUGH words in such; a label is none. What an
  office writes when it is not watched comes to 16.
- Of the words of a place (the screens, a service, a page) not more than LONG per cent have five
  syllables or more; a few cannot be avoided ("menandatangani").

Prints the figures of each place, and TAP, a case a rule.
"""
import collections
import pathlib
import re
import sys

from languages import FLOOR, of_catalogue, of_screens
from words import extract

SENTENCE, YEARS, LONG = 15, 6.0, 5.0
ENOUGH, FEW = 10, 30  # words: of fewer a text's years, a place's share say nothing
SLIPS = ["kiosk/desk/slips.c", "kiosk/desk/slips_parts.c", "kiosk/desk/slips_receipt.c"]
# Called so by those who made them; nobody here chose the words.
NAMES = ["Identitas Kependudukan Digital"]


def syllables(word):
    return len(re.findall(r"ai|au|oi|ei|[aiueoé]", word)) or 1


def sentences(text):
    """(words, whether it is one: ends as a sentence does) of each; of a list with a colon too."""
    for part in re.split(r"(?<=[.?!:;])\s+", text):
        words = re.findall(r"[^\W\d_]+", part.lower())
        if words:
            yield part, words, bool(re.search(r"[.?!]$", part))


def read_by_residents(source):
    """(place, text) of each, without names."""
    def plainly(text):
        for name in NAMES:
            text = text.replace(name, "")
        return text

    for place, texts in ((None, of_catalogue(source)), ("screens", of_screens(source))):
        for text in texts:
            if len(text.counted) == len(FLOOR):
                yield place or text.where.split()[0].removesuffix(".json"), plainly(text.id)
    literals = extract(source, SLIPS, "--extract-all", "--no-location")
    for text in re.findall(r'^msgid "(.+)"$', literals, re.M):
        if re.search(r"[a-z]{3} [a-z]", text, re.I):
            yield "slips", text


def too_long(place, text):
    for part, _, _ in sentences(text):
        if len(part.split()) > SENTENCE:
            yield f"{place} · more than {SENTENCE} words: {part}"


def of_the_office(place, text, plain):
    spoken = " " + " ".join(re.findall(r"[^\W\d_]+", text.lower())) + " "
    for word, better in plain.items():
        if f" {word} " in spoken:
            yield f"{place} · '{word}', better '{better}': {text}"


class Figures:
    """Of one text, or of a place's together."""

    def __init__(self, text=""):
        self.sentences = self.said = self.syllables = self.words = self.long = 0
        self.count(text)

    def count(self, text):
        for _, words, whole in sentences(text):
            self.words += len(words)
            self.long += sum(syllables(word) >= 5 for word in words)
            if whole:
                self.sentences += 1
                self.said += len(words)
                self.syllables += sum(map(syllables, words))

    def years(self):
        if self.said < ENOUGH:
            return 0
        return 0.39 * self.said / self.sentences + 11.8 * 0.6 * self.syllables / self.said - 15.59

    def share(self):
        return 100 * self.long / self.words if self.words >= FEW else 0

    def __str__(self):
        length = self.said / max(1, self.sentences)
        return (f"{self.years():4.1f} years, {length:4.1f} words a sentence, "
                f"{self.share():3.1f} % long words")


def main():
    source = pathlib.Path(sys.argv[1])
    lines = pathlib.Path(__file__).with_name("plain.txt").read_text().splitlines()
    plain = dict(line.split(" = ") for line in lines if line and not line.startswith("#"))
    places, long, office, hard = collections.defaultdict(Figures), [], [], []
    for place, text in read_by_residents(source):
        places[place].count(text)
        long += too_long(place, text)
        office += of_the_office(place, text, plain)
        if Figures(text).years() > YEARS:
            hard.append(f"{place} · {Figures(text).years():.1f} years: {text}")
    for place, figures in sorted(places.items()):
        if figures.words >= FEW:
            print(f"#  {place:28} {figures}")
    heavy = [f"{place}: {figures}" for place, figures in places.items() if figures.share() > LONG]
    cases = {f"no sentence has more than {SENTENCE} words": long,
             f"no word is only an office's, of {len(plain)}": office,
             f"each text is read after {YEARS:.0f} years of school": hard,
             f"of a hundred words {LONG:.0f} are long at most, in {len(places)} places": heavy}
    for number, (name, problems) in enumerate(cases.items(), 1):
        print("not ok" if problems else "ok", number, "-", name)
        for problem in problems:
            print("#  ", problem)
    print(f"1..{len(cases)}")
    sys.exit(1 if any(cases.values()) or len(places) < 50 else 0)


if __name__ == "__main__":
    main()
