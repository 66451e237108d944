"""The visits to every service: enough of them that each question is asked and each rule broken
once, with as much as possible in one."""
import dataclasses
import itertools

import rules
from forms import LISTED, PICKED, Form
from inventing import Inventor, preset_of


@dataclasses.dataclass
class Step:
    """At one spot: what stands in it, which wrong answers come first, and the good one. Of a
    repeat `add` is the row that is added from its list."""
    question: object
    row: int
    typed: str = ""
    preset: str = ""
    wrong: list = dataclasses.field(default_factory=list)  # (typed, Verdict)
    position: int = 0
    total: int = 0
    add: int = 0


class NoAnswer(Exception):
    """After what was answered before. `names`: whose other answers may help."""

    def __init__(self, question):
        super().__init__(f"no good answer for {question.place}")
        self.names = {name for rule in question.rules.values() for name in rule.names}


class Visit:
    """One way through a service. `picks` says which of the good answers is taken, by name."""

    seed = 0  # of what is invented: another one, other answers

    def __init__(self, service, today, picks, number, break_at=None):
        self.service, self.form, self.picks = service, Form(service, today), picks
        self.number, self.break_at, self.steps = number, break_at, []
        for question in service.questions:
            if question.type == "repeat":
                self.repeat(question)
            elif not question.repeat and self.form.applies(question, 0):
                self.ask(question, 0)

    def repeat(self, repeat):
        for row in range(1, repeat.least + 1):
            self.rows(repeat, row)
        if repeat.is_counted or not self.form.applies(repeat, 0):
            return
        wanted = self.choose(repeat, 0)
        for row in range(repeat.least + 1, int(wanted) + 1):
            self.note(Step(repeat, 0, add=row))
            self.form.stored[repeat.name, 0] = str(row)
            self.rows(repeat, row)
        self.note(Step(repeat, 0, wanted))
        self.form.stored[repeat.name, 0] = wanted

    def rows(self, repeat, row):
        for question in repeat.inner:
            if self.form.applies(question, row):
                self.ask(question, row)

    def choose(self, question, row):
        number = len(self.steps) + 41 * (self.number + self.seed)
        inventor = Inventor(self.form, question, row, number)
        index = self.picks.get(question.name, 0)
        found = list(itertools.islice(inventor.good(), index + 1))
        if not found:
            raise NoAnswer(question)
        self.inventor = inventor
        return found[-1]

    def ask(self, question, row):
        typed = self.choose(question, row)
        step = Step(question, row, typed, preset_of(self.form, question, row))
        self.note(step)
        self.form.stored[question.name, row] = \
            rules.judge(self.form, question, row, typed).stored

    def note(self, step):
        if self.break_at:
            spots = list(self.form.spots())
            step.position, step.total = spots.index((step.question, step.row)) + 1, len(spots)
            self.break_at(self, step)
        self.steps.append(step)

    def asked(self):
        """What this visit comes to: questions asked, and questions that were answered."""
        for step in self.steps:
            yield (self.service.name, step.question.name)
            yield (step.question.place, "answered" if step.typed else "left")


# --- all visits -------------------------------------------------------------------------------

class Plan:
    """Visits to every service until every question was asked and every rule broken."""

    def __init__(self, catalogue, today, everywhere=False):
        self.today, self.seen, self.visits, self.everywhere = today, set(), [], everywhere
        self.catalogue = catalogue
        lists = [question for service in catalogue.services for question in service.questions
                 if question.type == "repeat" and not question.is_counted]
        # Of the shortest list one fills all rows.
        self.fullest = min(lists, key=lambda one: one.most * len(one.inner), default=None)
        for service in catalogue.services:
            if service.data["kind"] == "form":
                self.plan(service)

    def plan(self, service):
        for number in range(20):
            picks = self.best(service, number)
            news = set(Visit(service, self.today, picks, number).asked()) - self.seen
            if number > 0 and not any(unit[1] != "left" for unit in news):
                return
            visit = Visit(service, self.today, picks, number, self.break_rules)
            self.seen |= set(visit.asked())
            self.visits.append(visit)

    def best(self, service, number):
        """Answers that bring up most of what was not asked yet, one branch after another."""
        names = branches(service)

        def worth(picks):
            try:
                asked = set(Visit(service, self.today, picks, number).asked())
            except NoAnswer as found:
                names.extend(sorted(found.names - {*names}))
                return (-1, 0)
            return (len([unit for unit in asked - self.seen if unit[1] != "left"]), len(asked))

        picks = {self.fullest.name: 3} if number == 0 and self.fullest in service.questions else {}
        score = worth(picks)
        for _ in range(3):
            before = score
            for name in names:
                for index in range(ways(service.by_name[name])):
                    other = worth(picks | {name: index})
                    if other > score:
                        picks, score = picks | {name: index}, other
            if score == before:
                break
        return picks

    def unit(self, service, question, rule):
        """What the catalogue writes is broken in every service; what a type's own code says,
        once for a question that several use; that a list of rows is full, or as short as may
        be, once in all."""
        if not self.everywhere and rule in ("least", "most"):
            return ("any list of rows", rule)
        if not self.everywhere and rule in rules.OF_TYPE.get(question.type, ()):
            return (question.place, rule)
        return (f"{service.name}/{question.name}", rule)

    def units(self):
        return {self.unit(service, question, rule): (service, question)
                for service in self.catalogue.services for question in service.questions
                for rule in rules.rules_of(service, question)}

    def break_rules(self, visit, step):
        service, question = visit.service, step.question
        wanted = {rule: self.unit(service, question, rule)
                  for rule in rules.rules_of(service, question)}
        wanted = {rule: unit for rule, unit in wanted.items() if unit not in self.seen}
        self.break_rows(visit, step, wanted)
        if not wanted:
            return
        inventor = Inventor(visit.form, question, step.row, 500 + len(visit.steps))
        for typed in inventor.wrong(step.typed):
            if not typed and step.preset and question.type in PICKED:
                continue  # what is chosen is chosen
            verdict = rules.judge(visit.form, question, step.row, typed)
            if verdict.rule in wanted:
                self.seen.add(wanted.pop(verdict.rule))
                step.wrong.append((typed, verdict))
        step.wrong.sort(key=lambda wrong: wrong[1].warning)  # whoever insists has answered

    def break_rows(self, visit, step, wanted):
        """At the list of rows, and in a row that was added there: left half done, it is opened
        again where it is not done."""
        question, repeat = step.question, step.question.repeat
        if question.type == "repeat":
            rows = visit.form.rows(question)
            for rule in {"least": rows == question.least, "most": rows == question.most}.items():
                if rule[1] and rule[0] in wanted:
                    self.seen.add(wanted.pop(rule[0]))
                    step.wrong.append(("", rules.Verdict(rule=rule[0])))
        elif repeat and step.row > repeat.least and question.required and \
                question is not repeat.inner[0] and not step.preset:
            unit = self.unit(visit.service, repeat, "unfinished")
            if unit not in self.seen:
                self.seen.add(unit)
                verdict = rules.judge(visit.form, question, step.row, "")
                verdict.rule = "unfinished"
                step.wrong.append(("", verdict))

    def missing(self):
        """What nobody reaches: questions that are never asked, rules that are never broken."""
        for service in self.catalogue.services:
            for question in service.questions:
                if not question.is_counted and (service.name, question.name) not in self.seen:
                    yield f"{service.name}/{question.name}: never asked"
        for unit in self.units():
            if unit not in self.seen:
                yield f"{unit[0]}: {unit[1]}: never broken"


def branches(service):
    """Questions whose answer decides what else is asked, the late ones too."""
    wanted = {name for question in service.questions for rule in question.relevant
              for name in rule.names}
    for question in reversed(service.questions):
        if question.name in wanted:
            wanted |= {name for rule in question.rules.values() for name in rule.names}
    optional = {question.name for question in service.questions if not question.required}
    return [question.name for question in service.questions
            if question.name in wanted and (ways(question) > 1 or question.name in optional)]


def ways(question):
    if question.type in LISTED:
        return len(question.choices)
    return {"nik": 9, "date": 4, "yes_no": 2, "consent": 2, "repeat": 3}.get(question.type, 2)
