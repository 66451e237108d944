"""The catalogue as the generated walks read it: every service with its questions in the order in
which they are asked, sets, groups and repeats unfolded, and where one stands in a form. Apart
from the product's own loader, after README and schema: what the two read differently is a fault
of one of them."""
import dataclasses
import hashlib
import json
import pathlib

from expressions import Asker, Expression

LISTED = ("select_one", "select_multiple")
PICKED = LISTED + ("yes_no", "kelurahan", "acknowledge", "consent", "repeat")
STATEMENTS = ("acknowledge", "consent")


@dataclasses.dataclass(eq=False)
class Question:
    """`place` is where it is written: the same for all services that use it from a set."""
    type: str
    name: str
    place: str
    label: str
    data: dict
    relevant: list      # expressions that must all hold
    choices: list = None  # [(name, label)]
    repeat: "Question" = None  # whose row it stands in
    section: str = ""
    inner: list = None  # of a repeat: its questions
    rules: dict = None

    @property
    def required(self):
        return bool(self.data.get("required")) or self.type in STATEMENTS + ("repeat",)

    @property
    def least(self):
        return self.data["min"]

    @property
    def most(self):
        return self.data["max"]

    @property
    def is_counted(self):
        """A repeat whose rows nobody counts: asked that many times."""
        return self.type == "repeat" and self.least == self.most

    def message(self, key):
        return self.data.get(key + "_message", {}).get("id", "")


class Service:
    def __init__(self, name, data, questions):
        self.name, self.data, self.questions = name, data, questions
        self.by_name = {question.name: question for question in questions}

    def words(self, key):
        return self.data[key]["id"]


def with_whom(words, whom):
    return {language: text.replace("{whom}", whom.get(language, "")) for language, text
            in words.items()} if isinstance(words, dict) and "id" in words else words


class Catalogue:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.head = self._read("catalogue.json")
        self.sets = {name: self._read(f"questions/{name}.json")["questions"]
                     for name in self.head["questions"]}
        self.choices = {name: [(choice["name"], choice["label"]["id"]) for choice
                               in self._read(f"choices/{name}.json")["choices"]]
                        for name in self.head["choices"]}
        kelurahan = self._read("kelurahan.json")["kelurahan"]
        self.kelurahan = [(one["code"], one["name"]) for one in kelurahan]
        self.kecamatan = {one["code"]: one["kecamatan"] for one in kelurahan}
        notice = self.head["notice"]
        self.notice = text_record("notice", 0, notice["version"], notice["text"]["id"], "")
        self.groups = {group["id"]: group["title"]["id"] for group in self.head["groups"]}
        self.services = [self._service(name) for name in self.head["services"]]

    def _read(self, name):
        return json.loads((self.folder / name).read_text())

    def _service(self, name):
        data = self._read(f"services/{name}.json")
        questions = []
        self._unfold(data.get("questions", []), f"services/{name}", questions, [], "", None)
        return Service(name, data, questions)

    def _unfold(self, items, place, out, relevant, section, repeat):
        for item in items:
            if "use" in item:
                self._use(item, out, relevant, section, repeat)
            elif item["type"] == "group":
                self._unfold(item["questions"], place, out, relevant + self._relevant(item, ""),
                             item["label"]["id"], None)
            elif item["type"] == "repeat":
                self._repeat(item, place, out, relevant, section)
            else:
                out.append(self._question(item, place, relevant, section, repeat))

    def _repeat(self, item, place, out, relevant, section):
        inside = relevant + self._relevant(item, "")
        repeat = self._question(item, place, relevant, section, None)
        begin = len(out)
        self._unfold(item["questions"], place, out, inside, section, repeat)
        repeat.inner = out[begin:]
        out.append(repeat)

    def _use(self, item, out, relevant, section, repeat):
        """In a set, ${x} is first the question of the same use of it."""
        by_name = {question["name"]: question for question in self.sets[item["use"]]}
        suffix, whom = item.get("suffix", ""), item.get("whom", {})
        for name in item.get("only", by_name):
            data = {key: with_whom(value, whom) for key, value in by_name[name].items()}
            out.append(self._question(data, f"questions/{item['use']}", relevant, section, repeat,
                                      suffix, {question.name for question in out}))

    def _relevant(self, item, suffix, earlier=()):
        return [own(item["relevant"], suffix, earlier)] if "relevant" in item else []

    def _question(self, item, place, relevant, section, repeat, suffix="", earlier=()):
        kind, _, listed = item["type"].partition(" ")
        choices = self.kelurahan if kind == "kelurahan" else self.choices.get(listed)
        question = Question(kind, item["name"] + suffix, f"{place}.{item['name']}",
                            item["label"]["id"], item,
                            relevant + self._relevant(item, suffix, earlier), choices, repeat,
                            section)
        question.rules = {key: own(item[key], suffix, earlier)
                          for key in ("default", "constraint", "soft_constraint") if key in item}
        return question


def own(source, suffix, earlier):
    """With the names of the same use of a set in place of the plain ones."""
    if suffix:
        for name in Expression(source).names:
            if name + suffix in earlier:
                source = source.replace(f"${{{name}}}", f"${{{name}{suffix}}}")
    return Expression(source)


def text_record(name, row, version, text, given):
    """A text that was read here, as the portal keeps it."""
    return {"question": name, "row": row, "version": version, "language": "id", "given": given,
            "sha256": hashlib.sha256(text.encode()).hexdigest()}


# --- a form that is being filled in ---------------------------------------------------

class Form(Asker):
    """The answers so far, by (name, row): the stored texts. A spot is (question, row)."""

    def __init__(self, service, today):
        self.service, self.today, self.stored, self.row = service, today, {}, 0

    def rows(self, repeat):
        return int(self.stored.get((repeat.name, 0), repeat.least))

    def at(self, row, itself=""):
        self.row, self.itself = row, itself
        return self

    def get(self, question, row=0):
        return self.stored.get((question.name, row), "")

    def answer(self, name):
        question, row, itself = self.service.by_name[name], self.row, self.itself
        asked = self.applies(question, row)
        self.at(row, itself)
        if not asked:
            return ""
        if question.type == "repeat":
            return float(self.rows(question))
        return self.get(question, row if question.repeat else 0)

    def answers(self, name):
        question, row, itself = self.service.by_name[name], self.row, self.itself
        found = [self.get(question, at) for at in range(1, self.rows(question.repeat) + 1)
                 if self.applies(question, at)]
        self.at(row, itself)
        return found

    def applies(self, question, row):
        return all(rule.holds(self.at(row)) for rule in question.relevant)

    def holds(self, question, rule, row, itself):
        return rule not in question.rules or question.rules[rule].holds(self.at(row, itself))

    def spots(self):
        """Those that are asked, given the answers so far, in their order."""
        for question in self.service.questions:
            if question.type == "repeat":
                for row in range(1, self.rows(question) + 1):
                    for inner in question.inner:
                        if self.applies(inner, row):
                            yield inner, row
                if not question.is_counted and self.applies(question, 0):
                    yield question, 0
            elif not question.repeat and self.applies(question, 0):
                yield question, 0

    def consents(self):
        """Of what was accepted or consented to: what it is, in which row, what was said."""
        for question, row in self.spots():
            if question.type in STATEMENTS:
                read = question.label + "\n" + question.data["text"]["id"]
                yield text_record(question.name, row, question.data["text_version"], read,
                                  self.get(question, row))

    def document(self):
        """As it stands at the portal: what was asked and answered, rows as objects of a list."""
        whole = {}
        for question, row in self.spots():
            value = self.get(question, row)
            if question.repeat:
                rows = whole.setdefault(question.repeat.name, [])
                rows += [{}] * (len(rows) < row)
                rows[row - 1] = rows[row - 1] | ({question.name: value} if value else {})
            elif question.type == "repeat":
                whole.setdefault(question.name, [])
            elif value:
                whole[question.name] = value
        return whole
