#!/usr/bin/python3
"""Walks that nobody wrote: every service of the catalogue, filed whole by real X events with
answers that inventing.py makes from the catalogue, each rule broken once on the way.

    generate.py BUILD [--part 1/2] [--only SERVICE]... [--everywhere] [--print] [--keep]
                      [--catalogue FOLDER] [--seed N]

At each question it must be asked what the catalogue says, as the how manieth of how many. A wrong
answer is met by the one Indonesian sentence that belongs to its rule, and stays in its field. The
portal must hold what was meant, field by field, once, and a slip with the same code come out.

What the catalogue writes (required, bounds, constraints ...) is broken in each service; what a
type's own code checks (that a NIK has 16 digits), once for a question that several services use,
or in each of them too (--everywhere). A case of its own fails when a question is never asked or a
rule never broken and hints.json does not say why ("unreached"): a new service is tested as it is
written, also before it is installed (--catalogue, which the portal then offers).

The day is the office's, as the walks begin; answers stay away from its edges, so that a midnight
on the way harms nothing.
"""
import argparse
import datetime
import pathlib
import shutil
import sys
import tempfile
import time
import traceback
import zoneinfo

sys.path[:0] = [str(folder) for folder in pathlib.Path(__file__).resolve().parents[:2]]
from forms import Catalogue  # noqa: E402
from hand import Hand  # noqa: E402
from inventing import HINTS  # noqa: E402
from planning import Plan, Visit  # noqa: E402
from stage import SOURCE, Office, StageError  # noqa: E402
from walker import Walker  # noqa: E402

TIME = zoneinfo.ZoneInfo("Asia/Makassar")


# --- what the portal has, and the printer --------------------------------------------------------

def differences(meant, held):
    """Field by field, the rows of a repeat too."""
    for name in sorted(meant.keys() | held.keys()):
        if meant.get(name) != held.get(name):
            yield f"{name}: meant {meant.get(name)!r}, the portal has {held.get(name)!r}"


def check_row(visit, code, held, notice):
    found = [row for row in held["submissions"] if row["code"] == code and row["in_force"]]
    if len(found) != 1:
        return [f"{len(found)} rows at the portal with {code}"]
    row = found[0]
    facts = {"service": visit.service.name, "language": "id", "filled_by": "self",
             "office": "6472021001", "kiosk": "6472021001-1"}
    consents = {(one["question"], one["row"]): one for one in held["consents"]
                if one["document"] == row["id"]}
    meant = {(one["question"], one["row"]): {"document": row["id"], **one}
             for one in [notice, *visit.form.consents()]}
    return [f"@{name}: meant {value!r}, the portal has {row[name]!r}"
            for name, value in facts.items() if row[name] != value] + \
        [*differences(visit.form.document(), row["answers"]), *differences(meant, consents)]


def check_paper(office, wanted):
    """One slip for each visit, in their order: its QR tells the code, and the portal has it."""
    end = time.monotonic() + 20
    while len(office.slips()) < len(wanted) and time.monotonic() < end:
        time.sleep(0.05)
    told = [office.verify_token(office.check_slip(slip).partition("/t/#")[2])
            for slip in office.slips()]
    found = [facts["code"] for facts in told if facts["held"]]
    return [] if found == wanted else [f"slips for {found}, expected {wanted}"]


class Round:
    """Several services at one office, started once."""

    def __init__(self, build, keep, catalogue):
        self.office = Office(build, pathlib.Path(tempfile.mkdtemp(prefix="anjungan-walk-")),
                             speed="0", recent="0")
        self.keep, self.catalogue = keep, catalogue
        self.filed, self.numbers, self.papers = [], [], []
        self.trouble, self.seconds, self.figures = {}, {}, [0, 0, 0]

    def start(self):
        """The portal may offer another catalogue than the installed one: that is walked then."""
        other = self.catalogue.folder.resolve() != SOURCE / "assets/catalogue"
        if other:
            shutil.copytree(self.catalogue.folder, self.office.folder / "published")
        self.office.start()
        hand = Hand(self.office)
        hand.until(lambda: not other or self.office.said("face", "adopted"), "not taken up", 20)

    def note(self, service, lines):
        self.trouble.setdefault(service.name, []).extend(lines)

    def attempt(self, service, do):
        by_search = len(self.papers) % 2 == 1  # every second one
        walker, began = Walker(self.office, self.catalogue, by_search), time.monotonic()
        code = number = ""
        try:
            code, number = do(walker)
            self.papers.append(code)
            self.numbers += [(service, number)] if number else []
        except StageError as error:
            walker.trouble.append(str(error))
            self.office.program_do("face", "kill")
            self.office.program_do("face", "start")
        self.note(service, walker.trouble)
        self.seconds[service.name] = self.seconds.get(service.name, 0) + time.monotonic() - began
        for at, more in enumerate((walker.asked, walker.broken, walker.hand.events)):
            self.figures[at] += more
        return code

    def play(self, jobs):
        for service, visits in jobs:
            self.trouble[service.name] = []
            if service.data["kind"] == "queue":
                self.attempt(service, lambda walker: walker.take_number(service))
            for visit in visits:
                code = self.attempt(service, lambda walker, visit=visit: walker.walk(visit))
                self.filed += [(visit, code)] if code else []

    def check(self):
        end = time.monotonic() + 20
        while self.office.outbox() and time.monotonic() < end:
            time.sleep(0.05)
        ledger = self.office.dump()
        for visit, code in self.filed:
            self.note(visit.service, check_row(visit, code, ledger, self.catalogue.notice))
        held = [(f"{one['letter']}-{one['number']:03d}", one["service"])
                for one in ledger["tickets"]]
        for service, number in self.numbers:
            if (number, service.name) not in held:
                found = [one for one in held if one[0] == number]
                self.note(service, [f"its number {number}: the portal has {found}"])
        if len(held) != len(self.numbers):
            return [f"{len(held)} numbers at the portal, {len(self.numbers)} were given"]
        return check_paper(self.office, self.papers)

    def run(self, jobs):
        """Trouble by service, and that of the office itself."""
        own = []
        try:
            self.start()
            self.play(jobs)
            own = self.check()
            self.office.stop()
        except StageError as error:
            own.append(str(error))
        except Exception:
            own += traceback.format_exc().splitlines()
        finally:
            self.office.stop(quiet=True)
            if own or any(self.trouble.values()):
                print(self.office.story(), file=sys.stderr)
            if not self.keep:
                self.office.remove()
        return self.trouble, self.seconds, own, self.figures


# --- all of it -----------------------------------------------------------------------------------

def shares(jobs, count):
    """About as long each."""
    parts = [[0, []] for _ in range(count)]
    weight = {id(job): sum(2 * len(visit.steps) + sum(len(step.wrong) for step in visit.steps)
                           for visit in job[1]) + 10 for job in jobs}
    for job in sorted(jobs, key=lambda job: -weight[id(job)]):
        least = min(parts, key=lambda part: part[0])
        least[0] += weight[id(job)]
        least[1].append(job)
    return [part for _, part in parts if part]


def script(visit):
    """A visit in words, to be played by hand."""
    yield f"{visit.service.name}, visit {visit.number + 1}"
    for step in visit.steps:
        row = f" [{step.row}]" if step.row else ""
        yield f"  {step.position}/{step.total} {step.question.name}{row}: {step.question.label}"
        for typed, verdict in step.wrong:
            yield f"      {typed!r} -> {verdict.rule}: {verdict.sentence}"
        yield f"      {'add a row' if step.add else repr(step.typed)}"


class Report:
    def __init__(self):
        self.number = self.failed = 0

    def case(self, name, trouble):
        self.number += 1
        self.failed += bool(trouble)
        print(f"{'not ok' if trouble else 'ok'} {self.number} - {name}")
        for line in trouble:
            print("#", line)
        sys.stdout.flush()


def coverage(plan):
    """What is reached by nobody and not excused, and what is excused without need."""
    missing, excused = set(plan.missing()), HINTS["unreached"]
    return sorted(missing - excused.keys()) + \
        [f"{what}: excused, and reached all the same" for what in excused.keys() - missing]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--only", action="append")
    parser.add_argument("--part", default="1/1", help="2/3: the second of three, equally long")
    parser.add_argument("--seed", type=int, default=0, help="of the answers")
    parser.add_argument("--everywhere", action="store_true")
    parser.add_argument("--print", action="store_true")
    parser.add_argument("--catalogue", type=pathlib.Path, default=SOURCE / "assets/catalogue")
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    catalogue, Visit.seed = Catalogue(arguments.catalogue), arguments.seed
    names = [service.name for service in catalogue.services]
    for name in arguments.only or []:
        if name not in names:
            parser.error(f"no service '{name}' in {arguments.catalogue}; there are: {' '.join(names)}")
    plan = Plan(catalogue, datetime.datetime.now(TIME).date().isoformat(), arguments.everywhere)
    if arguments.print:
        print("\n".join(line for visit in plan.visits for line in script(visit)))
        return
    part, parts = map(int, arguments.part.split("/"))
    jobs = shares([(service, [visit for visit in plan.visits if visit.service is service])
                   for service in catalogue.services
                   if not arguments.only or service.name in arguments.only], parts)[part - 1]
    report = Report()
    if part == 1 and not arguments.everywhere:
        report.case("every question is asked and every rule broken", coverage(plan))
    trouble, seconds, own, figures = Round(arguments.build, arguments.keep,
                                           catalogue).run(jobs)
    for name, lines in trouble.items():
        report.case(f"{name} ({seconds.get(name, 0):.1f} s)", lines)
    report.case("the office of these", own)
    print("# {} questions answered, {} rules broken, {} events".format(*figures))
    print(f"1..{report.number}")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
