"""The expressions of the catalogue ("relevant", "constraint", "default" ...), read and evaluated
once more and apart from the product's own C, after the contract in kiosk/form/expression.h.

Values are str, float (NaN: no number) or bool. Who asks says what ${name} is (`Asker`)."""
import datetime
import math
import re

TOKENS = re.compile(r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'[^']*'|"[^"]*")|
    \$\{(?P<name>\w+)\}|(?P<word>[A-Za-z]\w*(?:-[A-Za-z]\w*)*)|
    (?P<sign>!=|<=|>=|[=<>+\-*(),.]))""", re.X)
NUMERAL = re.compile(r"-?\d{1,15}(\.\d{1,14})?")
NAN = math.nan


class Asker:
    """What an expression may look at."""
    today = ""    # of the office
    itself = ""   # the value of "."

    def answer(self, name):
        """Of a question: its text, "" where it is not asked; of a repeat: its rows."""
        raise NotImplementedError

    def answers(self, name):
        """Of a question of a repeat, from outside: the texts of all rows."""
        raise NotImplementedError


# --- values ------------------------------------------------------------------------

def number(value):
    if isinstance(value, str):
        return float(value) if NUMERAL.fullmatch(value) else NAN
    return float(value)


def truth(value):
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}" if math.isfinite(value) else ""
    return value


def equal(a, b):
    if isinstance(a, bool) or isinstance(b, bool):
        return truth(a) == truth(b)
    x, y = number(a), number(b)
    return text(a) == text(b) if math.isnan(x) or math.isnan(y) else x == y


def compare(sign, a, b):
    x, y = number(a), number(b)
    if math.isnan(x) or math.isnan(y):
        x, y = text(a), text(b)
        if not x or not y:
            return False
    return {"<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}[sign]


# --- days --------------------------------------------------------------------------

def day(written):
    try:
        return datetime.date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None


def days_between(start, end):
    a, b = day(start), day(end)
    return float((b - a).days) if a and b else NAN


def age(birth, today):
    a, b = day(birth), day(today)
    return float(b.year - a.year - ((b.month, b.day) < (a.month, a.day))) if a and b else NAN


def nik_woman(nik):
    return len(nik) == 16 and nik.isdigit() and int(nik[6:8]) > 40


def nik_birth(nik, today):
    """Of the two centuries the later one that is not after today."""
    now = day(today)
    if len(nik) != 16 or not nik.isdigit() or not now:
        return ""
    for century in (2000, 1900):
        birth = day(f"{century + int(nik[10:12])}-{nik[8:10]}-{int(nik[6:8]) % 40:02d}")
        if birth and birth <= now:
            return birth.isoformat()
    return ""


# --- reading -------------------------------------------------------------------------

class Expression:
    """`names` are those it asks about, `patterns` the literals of its regex(), `literals` all
    texts that stand in it."""

    def __init__(self, source):
        self.source, self.names, self.patterns, self.literals = source, [], [], []
        self._tokens, end = [], 0
        source = source.strip()
        while end < len(source):
            found = TOKENS.match(source, end)
            if not found:
                raise ValueError(f"{source!r} at {source[end:]!r}")
            self._tokens.append((found.lastgroup, found.group(found.lastgroup)))
            end = found.end()
        self._tokens.append(("end", ""))
        self._at = 0
        self._root = self._or()
        if self._tokens[self._at][0] != "end":
            raise ValueError(f"{source!r}: more than one expression")

    def value(self, asker):
        return self._root(asker)

    def holds(self, asker):
        return truth(self._root(asker))

    def _take(self, *wanted):
        kind, word = self._tokens[self._at]
        if kind in ("sign", "word") and word in wanted:
            self._at += 1
            return word
        return None

    def _need(self, sign):
        if not self._take(sign):
            raise ValueError(f"{self.source!r}: {sign!r} is missing")

    def _or(self):
        parts = [self._and()]
        while self._take("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else \
            lambda asker: any(truth(part(asker)) for part in parts)

    def _and(self):
        parts = [self._equal()]
        while self._take("and"):
            parts.append(self._equal())
        return parts[0] if len(parts) == 1 else \
            lambda asker: all(truth(part(asker)) for part in parts)

    def _equal(self):
        left, sign = self._size(), self._take("=", "!=")
        if not sign:
            return left
        right = self._size()
        return lambda asker: equal(left(asker), right(asker)) == (sign == "=")

    def _size(self):
        left, sign = self._sum(), self._take("<", "<=", ">", ">=")
        if not sign:
            return left
        right = self._sum()
        return lambda asker: compare(sign, left(asker), right(asker))

    def _chain(self, part, signs):
        left = part()
        while sign := self._take(*signs):
            left = (lambda a, b, s: lambda asker: calculate(s, number(a(asker)), number(b(asker))))(
                left, part(), sign)
        return left

    def _sum(self):
        return self._chain(self._product, ("+", "-"))

    def _product(self):
        return self._chain(self._unary, ("*", "div", "mod"))

    def _unary(self):
        if self._take("-"):
            inner = self._unary()
            return lambda asker: -number(inner(asker))
        return self._operand()

    def _operand(self):
        kind, word = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return lambda asker: float(word)
        if kind == "text":
            self.literals.append(word[1:-1])
            return lambda asker: word[1:-1]
        if kind == "name":
            self.names.append(word)
            return lambda asker: asker.answer(word)
        if word == ".":
            return lambda asker: asker.itself
        if word == "(":
            inner = self._or()
            self._need(")")
            return inner
        if kind == "word":
            return self._call(word)
        raise ValueError(f"{self.source!r}: {word!r} is no operand")

    def _call(self, name):
        self._need("(")
        tokens, parts = self._at, []
        while not self._take(")"):
            if parts:
                self._need(",")
            parts.append(self._or())
        if name == "regex":
            self.patterns.append(self.literals[-1])
        if name == "sum":
            question = self._tokens[tokens][1]
            return lambda asker: float(sum(n for n in map(number, asker.answers(question))
                                           if not math.isnan(n)))
        if name == "if":
            return lambda asker: parts[1 if truth(parts[0](asker)) else 2](asker)
        if name not in CALLS:
            raise ValueError(f"{self.source!r}: unknown {name}()")
        call = CALLS[name]
        return lambda asker: call(asker, *(part(asker) for part in parts))


def calculate(sign, a, b):
    if sign in ("div", "mod") and b == 0:
        return NAN
    return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "div": lambda: a / b,
            "mod": lambda: math.fmod(a, b)}[sign]()


def part_of(value, start, end=math.inf):
    a, b = number(start), number(end)
    if math.isnan(a) or math.isnan(b):
        return ""
    return text(value)[max(0, int(a)):None if b == math.inf else max(0, int(b))]


CALLS = {
    "selected": lambda asker, a, b: text(b) in text(a).split(),
    "count-selected": lambda asker, a: float(len(text(a).split())),
    "string-length": lambda asker, a: float(len(text(a))),
    "regex": lambda asker, a, b: re.fullmatch(b, text(a)) is not None,
    "starts-with": lambda asker, a, b: text(a).startswith(text(b)),
    "contains": lambda asker, a, b: text(b) in text(a),
    "concat": lambda asker, *parts: "".join(map(text, parts)),
    "substr": lambda asker, *parts: part_of(*parts),
    "coalesce": lambda asker, a, b: text(a) or text(b),
    "number": lambda asker, a: number(a),
    "string": lambda asker, a: text(a),
    "int": lambda asker, a: NAN if math.isnan(number(a)) else float(math.trunc(number(a))),
    "not": lambda asker, a: not truth(a),
    "true": lambda asker: True,
    "false": lambda asker: False,
    "today": lambda asker: asker.today,
    "date-diff-days": lambda asker, a, b: days_between(text(a), text(b)),
    "age-years": lambda asker, a: age(text(a), asker.today),
    "count": lambda asker, a: 0.0 if math.isnan(number(a)) else number(a),
    "nik-birth": lambda asker, a: nik_birth(text(a), asker.today),
    "nik-woman": lambda asker, a: nik_woman(text(a)),
}
