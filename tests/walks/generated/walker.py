"""One visit at the kiosk, as planned, by real X events. Each question must be the one that comes
now, and each wrong answer met by the one sentence that belongs to its rule."""
import itertools
import re

import showing
from forms import LISTED, STATEMENTS
from hand import Hand
from stage import StageError

AGREED = "Sentuh kotak pernyataan di bawah dulu, lalu kirim."
BOX = "Saya menyatakan benar dan setuju"
MESSAGE = 5  # seconds that one may take, on however busy a machine
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
NUMBER = re.compile(r"[A-Z]-\d{3}")


def labels_of(question, typed):
    """What stands on the choices that these names mean."""
    if question.type in LISTED + ("kelurahan",):
        known = dict(question.choices)
        return [known[name] for name in typed.split()]
    if question.type == "acknowledge":
        return [BOX] if typed else []
    yes = "Ya, saya setuju" if question.type == "consent" else "Ya"
    return [{"yes": yes, "no": "Tidak"}[typed]] if typed else []


class Walker:
    """One visit at the kiosk; what is not as expected is gathered, and the walk goes on where
    it can."""

    def __init__(self, office, catalogue, by_search):
        self.office, self.hand, self.by_search = office, Hand(office), by_search
        self.home, self.kecamatan = catalogue.groups, catalogue.kecamatan
        self.visit, self.trouble, self.broken, self.asked = None, [], 0, 0

    # --- one question --------------------------------------------------------------------

    def where(self, step):
        row = f", row {step.row}" if step.row else ""
        return f"{self.visit.service.name}: {step.question.name}{row}"

    def heading(self, question):
        return question.label + ("" if question.required else " (opsional)")

    def is_at(self, step):
        hand, label = self.hand, self.heading(step.question)
        counted = f"{step.position} dari {step.total} pertanyaan"
        return hand.place() == "question" and hand.find(label, "heading") and \
            any(node["label"].endswith(counted) for node in hand.nodes("text"))

    def arrive(self, step):
        self.hand.until(lambda: self.is_at(step),
                        f"{self.where(step)}: expected {step.question.label!r}, {step.position} of "
                        f"{step.total}")
        self.asked += 1

    def put(self, step, typed):
        question, hand = step.question, self.hand
        if question.type == "repeat" or not hand.find(self.heading(question), "heading"):
            return  # there is nothing to put in
        if not question.choices and question.type not in STATEMENTS + ("yes_no",):
            hand.write(typed)
            return
        wanted = labels_of(question, typed)
        if question.type == "select_multiple":
            for _, label in question.choices:
                if hand.chosen(label) and label not in wanted:
                    hand.choose(label)
        for label in wanted:
            if not hand.chosen(label):
                hand.choose(label)

    def stays(self, step, typed):
        """What was answered wrongly is still there to be mended."""
        question, hand = step.question, self.hand
        if question.type == "repeat":
            return True
        if question.choices or question.type in STATEMENTS + ("yes_no",):
            return all(hand.chosen(label) for label in labels_of(question, typed)
                       if hand.find(label, "choice", "check"))
        return hand.field() == typed

    def breaks(self, step, typed, verdict):
        self.put(step, typed)
        self.hand.go_on()
        try:
            self.hand.until(lambda: verdict.sentence in self.hand.alerts() and self.is_at(step), "",
                            MESSAGE)
        except StageError:
            self.trouble.append(
                f"{self.where(step)}: rule {verdict.rule!r}, {typed!r}: expected "
                f"{verdict.sentence!r}, seen {self.hand.alerts() or self.hand.seen()}")
            if not self.is_at(step):
                raise StageError(f"{self.where(step)}: went on") from None
        if not self.stays(step, typed):
            self.trouble.append(f"{self.where(step)}: rule {verdict.rule!r}: {typed!r} is lost, "
                                f"seen {self.hand.seen()}")
        self.broken += 1
        if verdict.warning and step.wrong[-1][1] is verdict:
            self.insists(step, verdict)

    def insists(self, step, verdict):
        """A warning is said once: the same again goes on, and stands there when one comes back."""
        hand, typed, heading = self.hand, step.wrong[-1][0], self.heading(step.question)
        rule = f"{self.where(step)}: rule {verdict.rule!r}"
        hand.go_on()
        hand.until(lambda: not hand.find(heading, "heading") or not hand.alerts(),
                   f"{rule} holds who insists")
        hand.tap("Kembali", "button")
        hand.until(lambda: hand.find(heading, "heading"), f"{rule}: no way back")
        if not self.stays(step, typed):
            self.trouble.append(f"{rule}: insisted on {typed!r}, it is lost, seen {hand.seen()}")

    def expect(self, step, verdict, truth, what):
        if not truth:
            self.trouble.append(f"{self.where(step)}: rule {verdict.rule!r}: expected {what}, seen "
                                f"{self.hand.seen()}")
        self.broken += 1

    def is_least(self, step, _, verdict):
        self.expect(step, verdict, not self.hand.find("Hapus", "button"), "no row to take away")

    def is_most(self, step, _, verdict):
        self.expect(step, verdict, self.hand.find("Hapus", "button"), "rows to take away")
        while self.hand.find("Berikutnya", "button"):
            self.hand.turn_once()
        self.expect(step, verdict,
                    not self.hand.find(step.question.data["add_label"]["id"], "button"),
                    "no button for one more row")

    def unfinished(self, step, _, verdict):
        """Back to the list, and on: it leads to what is not answered in the row."""
        hand, repeat = self.hand, step.question.repeat
        for _ in repeat.inner:
            if hand.find(repeat.label, "heading"):
                break
            before = hand.headings()
            hand.tap("Kembali", "button")
            hand.until(lambda: hand.headings() != before, f"{self.where(step)}: no way back")
        self.breaks(step, "", verdict)

    def answer(self, step):
        self.arrive(step)
        for typed, verdict in step.wrong:
            {"least": self.is_least, "most": self.is_most, "unfinished": self.unfinished}.get(
                verdict.rule, self.breaks)(step, typed, verdict)
        if step.add:
            self.hand.turn(step.question.data["add_label"]["id"], "button")
            self.hand.tap(step.question.data["add_label"]["id"], "button")
            return
        self.put(step, step.typed)
        if not step.typed and not step.question.required and step.position % 2:
            if self.hand.find("Lewati", "button"):
                self.hand.tap("Lewati", "button")
                return
        self.hand.go_on()

    # --- the whole visit --------------------------------------------------------------------

    def open(self, service):
        hand, group = self.hand, service.data["group"]
        hand.until(lambda: hand.place() == "home", "not home")
        hand.turn(self.home[group])
        hand.tap(self.home[group])
        hand.until(lambda: hand.place() in ("group", "service"), "no list of services")
        if hand.place() == "group":
            if self.by_search and hand.find("Cari", "button"):
                self.search(service)
            hand.turn(service.words("title"))
            hand.tap(service.words("title"))
        hand.until(lambda: hand.place() == "service" and
                   hand.find(service.words("title"), "heading"), f"{service.name}: no page")

    def search(self, service):
        """By the first of its everyday words, once it is typed."""
        self.hand.tap("Cari", "button")
        self.hand.until(lambda: self.hand.field() is not None, "no search")
        self.hand.write(next(word for word in service.data["search"]
                             if re.fullmatch("[a-z ]+", word)))

    def read(self, service):
        """What its page must say (the standard's six headings), on however many pages."""
        hand, data = self.hand, service.data
        wanted = {words["id"] for words in data["requirements"]} | \
            {service.words(key) for key in ("procedure", "time", "cost", "product", "complaints")}
        while wanted := wanted - {node["label"] for node in hand.nodes("text")}:
            if not hand.find("Berikutnya", "button"):
                self.trouble.append(f"{service.name}: its page does not say {sorted(wanted)}")
                return
            hand.turn_once()

    def begin(self, service):
        self.open(service)
        self.read(service)
        self.hand.go_on("Mulai mengisi")
        if service.data.get("asks_office"):
            self.hand.until(lambda: self.hand.place() == "office", "no office is asked")
            self.hand.go_on()

    def check_review(self):
        """Page by page every answer, in the order of the questions."""
        wanted, said = list(showing.review(self.visit.form, self.kecamatan)), []
        while True:
            said += [(node["label"], node["value"]) for node in self.hand.nodes("text")
                     if "value" in node]
            if len(said) > len(wanted) or not self.hand.find("Berikutnya", "button"):
                break
            self.hand.turn_once()
        self.trouble += [f"{self.visit.service.name}: the review says {other}, expected {one}"
                         for one, other in itertools.zip_longest(wanted, said[:len(wanted)])
                         if one != other]

    def review(self):
        hand, statement = self.hand, self.visit.service.words("statement")
        hand.until(lambda: hand.place() == "review", f"{self.visit.service.name}: no review")
        self.check_review()
        hand.go_on("Kirim permohonan")
        hand.until(lambda: AGREED in hand.alerts(),
                   f"{self.visit.service.name}: rule 'agreed': expected {AGREED!r}")
        hand.choose(statement)
        hand.go_on("Kirim permohonan")
        hand.until(lambda: hand.place() == "done", f"{self.visit.service.name}: not saved", 20)

    def text_like(self, pattern):
        return next((text.strip() for node in self.hand.nodes()
                     for text in (node["label"], node.get("value") or "")
                     if pattern.fullmatch(text.strip())), None)

    def keep(self, pattern):
        """What stands there to keep: the code, or the number of the queue."""
        while not (found := self.text_like(pattern)) and self.hand.find("Berikutnya", "button"):
            self.hand.turn_once()
        if not found:
            raise StageError(f"nothing to keep; on screen: {self.hand.seen()}")
        return found

    def end(self, place):
        self.hand.tap("Selesai", "button")
        self.hand.until(lambda: self.hand.place() != place, "it does not end")
        if self.hand.place() == "survey":
            self.hand.tap("Lewati", "button")
        self.hand.until(lambda: self.hand.place() == "home", "not home")

    def walk(self, visit):
        self.visit = visit
        self.begin(visit.service)
        for step in visit.steps:
            self.answer(step)
        self.review()
        service = visit.service
        number = self.keep(NUMBER) if service.data["after_submit"]["next"] == "counter_now" else ""
        code = self.keep(CODE)
        self.end("done")
        return code, number

    def take_number(self, service):
        """A service that is only a number: its page, then the paper."""
        self.open(service)
        self.read(service)
        self.hand.go_on("Ambil nomor antrean")
        self.hand.until(lambda: self.hand.place() == "ticket", f"{service.name}: no number", 20)
        number = self.keep(NUMBER)
        self.end("ticket")
        return number, number
