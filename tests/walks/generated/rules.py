"""What the kiosk must say to an answer, after the issue and the domain's facts and apart from the
product's own C: which rule it breaks, and the Indonesian sentence for it. Which rules a question
has stands here too (`rules_of`), so that a check can tell which of them nobody broke."""
import dataclasses
import datetime
import re

import expressions
from forms import LISTED, PICKED

FILL = "Isi dulu sebelum melanjutkan."
REQUIRED = {
    "select_one": "Pilih salah satu dulu.", "yes_no": "Pilih salah satu dulu.",
    "kelurahan": "Pilih salah satu dulu.", "select_multiple": "Pilih paling sedikit satu.",
    "consent": "Pilih ya atau tidak dulu.",
    "acknowledge": "Baca dulu, lalu sentuh kotak persetujuan di bawah.",
}
CARD = " Cocokkan lagi dengan KTP atau KK."
SENTENCES = {
    "province": "Dua angka pertama bukan kode provinsi." + CARD,
    "district": "Angka ke-3 sampai ke-6 tidak sesuai." + CARD,
    "birth": "Angka ke-7 sampai ke-12 bukan tanggal lahir." + CARD,
    "day": "Angka ke-7 sampai ke-12 bukan tanggal. Cocokkan lagi dengan Kartu Keluarga.",
    "serial": "Empat angka terakhir tidak boleh 0000." + CARD,
    "same": "Semua angkanya sama." + CARD,
    "nik": "Nomor KK tidak boleh sama dengan NIK. Nomor KK ada di bagian atas Kartu Keluarga.",
    "phone": "Nomor ini tidak seperti nomor ponsel. Contoh: 0812 3456 7890.",
    "zero": "Nomor RT 1 sampai 3 angka dan bukan 000. Contoh: 014.",
    "sign": "Ada tanda yang tidak dipakai dalam nama. Tulis seperti di KTP.",
    "no-day": "Tanggal ini tidak ada. Contoh: 17-08-1990.",
    "old": "Tahunnya sebelum 1900. Periksa lagi tahunnya.",
    "future": "Tanggal ini belum terjadi. Isi tanggal hari ini atau sebelumnya.",
    "past": "Tanggal ini sudah lewat. Isi tanggal hari ini atau sesudahnya.",
    "no-time": "Jam ini tidak ada. Tulis dari 0000 sampai 2359. Contoh: 0930.",
    "nik-differs": "Ini berbeda dengan yang tertulis di NIK. Cocokkan dengan KK. "
                   "Jika sudah benar, sentuh Lanjut.",
}
DIGITS = "Harus {} angka. Yang terisi baru {}."
WHOLE_DATE = ("Tulis tanggal lengkap: dua angka tanggal, dua angka bulan, empat angka tahun.")
PROVINCES = [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81,
             82, *range(91, 98)]
LARGEST = 999999999999
NAME_LONGEST = 60

IDENTITY = ("short", "same", "province", "district", "serial")
OF_TYPE = {
    "nik": IDENTITY + ("birth",), "kk": IDENTITY + ("day",), "phone": ("phone",), "rt": ("zero",),
    "date": ("short", "no-day", "old"), "time": ("short", "no-time"), "name": ("sign", "long"),
}


@dataclasses.dataclass
class Verdict:
    """Of an answer: what is stored, or the rule that it breaks and the sentence for it."""
    stored: str = ""
    rule: str = ""
    sentence: str = ""
    warning: bool = False  # said once; who insists goes on

    @property
    def good(self):
        return not self.rule


class Broken(Exception):
    def __init__(self, rule, sentence=None):
        super().__init__(rule)
        self.rule, self.sentence = rule, sentence or SENTENCES[rule]


def rules_of(service, question):
    """The names of all rules that an answer to it may break."""
    if question.type == "repeat":
        return rules_of_rows(question)
    rules = ["required"] if question.required else []
    rules += OF_TYPE.get(question.type, ())
    data = question.data
    if question.type in ("text", "address") and least_of(question) > 1:
        rules.append("short")
    if question.type in ("integer", "money"):
        rules += ["small"] if data.get("min", 0) > 0 else []
        rules += ["large"]
    rules += ["future"] if data.get("past") else []
    rules += ["past"] if data.get("future") else []
    if question.type == "kk" and any(is_nik_before(one, question, service)
                                     for one in service.questions):
        rules.append("nik")
    if question.type == "date" and nik_beside(service, question):
        rules.append("nik-differs")
    return rules + [rule for rule in ("constraint", "soft_constraint") if rule in question.rules]


def rules_of_rows(repeat):
    """Of the list of its rows: none may be taken away or added beyond the bounds, none be left
    half done."""
    if repeat.is_counted:
        return []
    unfinished = any(question.required for question in repeat.inner[1:])
    return ["least"] * (repeat.least > 0) + ["most"] + ["unfinished"] * unfinished + \
        [rule for rule in ("constraint", "soft_constraint") if rule in repeat.rules]


def is_nik_before(one, question, service):
    return one.type == "nik" and service.questions.index(one) < service.questions.index(question)


def nik_beside(service, question):
    """A day of birth is held against the NIK of the same person."""
    if not question.name.startswith("tgl_lahir"):
        return None
    return service.by_name.get("nik" + question.name.removeprefix("tgl_lahir"))


def least_of(question):
    return question.data.get("min_length", 5 if question.type == "address" else 1)


def most_of(question):
    """How many letters its field takes; None: no limit that typing meets."""
    if question.type in ("text", "address"):
        return question.data.get("max_length", 120 if question.type == "address" else 150)
    return {"nik": 16, "kk": 16, "integer": 15, "money": 15, "phone": 16, "date": 8, "time": 4,
            "rt": 3, "name": 80}[question.type]



# --- types --------------------------------------------------------------------------

def identity(question, typed):
    if len(typed) < 16:
        raise Broken("short", DIGITS.format(16, len(typed)))
    if len(set(typed)) == 1:
        raise Broken("same")
    if int(typed[:2]) not in PROVINCES:
        raise Broken("province")
    if not 1 <= int(typed[2:4]) <= 79 or int(typed[4:6]) < 1:
        raise Broken("district")
    day, month, year = int(typed[6:8]), typed[8:10], typed[10:12]
    if question.type == "nik" and day > 40:
        day -= 40
    if not any(expressions.day(f"{century}{year}-{month}-{day:02d}") for century in ("19", "20")):
        raise Broken("birth" if question.type == "nik" else "day")
    if typed[12:] == "0000":
        raise Broken("serial")
    return typed


def kk(form, question, typed):
    is_nik = any(name.startswith("nik") and value == typed
                 for (name, _), value in form.stored.items())
    try:
        identity(question, typed)
    except Broken as broken:
        if broken.rule == "day" and is_nik:
            raise Broken("nik") from None
        raise
    if is_nik:
        raise Broken("nik")
    return typed


def phone(typed):
    national = re.fullmatch(r"(?:62|\+62|0)(8[1-9]\d{7,10}|541\d{6,7})", typed)
    if not national:
        raise Broken("phone")
    return "+62" + national.group(1)


def rt(typed):
    if not typed.strip("0"):
        raise Broken("zero")
    return typed.zfill(3)


def money(value):
    return "Rp" + f"{value:,}".replace(",", ".")


def number(question, typed):
    value = int(typed)
    shown = money if question.type == "money" else str
    if value < question.data.get("min", 0):
        raise Broken("small", f"Paling kecil {shown(question.data['min'])}.")
    if value > question.data.get("max", LARGEST):
        raise Broken("large", f"Paling besar {shown(question.data.get('max', LARGEST))}.")
    return str(value)


def date(question, typed, today):
    if len(typed) < 8:
        raise Broken("short", WHOLE_DATE)
    written = f"{typed[4:]}-{typed[2:4]}-{typed[:2]}"
    if not expressions.day(written):
        raise Broken("no-day")
    if written < "1900":
        raise Broken("old")
    if question.data.get("past") and written > today:
        raise Broken("future")
    if question.data.get("future") and written < today:
        raise Broken("past")
    return written


def time(typed):
    if len(typed) < 4:
        raise Broken("short", DIGITS.format(4, len(typed)))
    if int(typed[:2]) > 23 or int(typed[2:]) > 59:
        raise Broken("no-time")
    return f"{typed[:2]}.{typed[2:]}"


def name(typed):
    if not re.fullmatch(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ '.,/-]*", typed):
        raise Broken("sign")
    if len(typed) > NAME_LONGEST:
        raise Broken("long", f"Paling banyak {NAME_LONGEST} huruf. Yang terisi {len(typed)}.")
    return typed


def text(question, typed):
    if len(typed) < least_of(question):
        raise Broken("short", f"Minimal {least_of(question)} huruf. Yang terisi baru {len(typed)}.")
    return typed


def of_type(form, question, typed):
    kind = question.type
    if kind in LISTED + ("kelurahan",):
        order = [choice for choice, _ in question.choices]
        return " ".join(sorted(typed.split(), key=order.index))
    if kind in PICKED:
        return typed
    return {"nik": lambda: identity(question, typed), "kk": lambda: kk(form, question, typed),
            "phone": lambda: phone(typed), "rt": lambda: rt(typed),
            "integer": lambda: number(question, typed), "money": lambda: number(question, typed),
            "date": lambda: date(question, typed, form.today), "time": lambda: time(typed),
            "name": lambda: name(typed)}.get(kind, lambda: text(question, typed))()


# --- an answer -----------------------------------------------------------------------

def differs_from_nik(form, question, row, stored):
    beside = nik_beside(form.service, question)
    nik = beside and form.get(beside, row if beside.repeat else 0)
    if not nik or question.type != "date":
        return False
    day = datetime.date.fromisoformat(stored)
    told = f"{int(nik[6:8]) % 40:02d}" + nik[8:12]
    return told != day.strftime("%d%m%y")


def judge(form, question, row, typed):
    """`typed` as it stands in the field, or the names that are chosen."""
    typed = typed.strip()
    if not typed:
        return Verdict(rule="required", sentence=REQUIRED.get(question.type, FILL)) \
            if question.required else Verdict()
    try:
        stored = of_type(form, question, typed)
    except Broken as broken:
        return Verdict(rule=broken.rule, sentence=broken.sentence)
    if not form.holds(question, "constraint", row, stored):
        return Verdict(rule="constraint", sentence=question.message("constraint"))
    if not form.holds(question, "soft_constraint", row, stored):
        return Verdict(stored, "soft_constraint", question.message("soft_constraint"), True)
    if differs_from_nik(form, question, row, stored):
        return Verdict(stored, "nik-differs", SENTENCES["nik-differs"], True)
    return Verdict(stored)


def as_typed(question, stored):
    """A stored answer as it stands in its field when one comes to it."""
    if question.type == "date" and expressions.day(stored):
        return stored[8:] + stored[5:7] + stored[:4]
    if question.type == "time":
        return stored.replace(".", "")
    if question.type == "phone" and stored.startswith("+62"):
        return "0" + stored[3:]
    return stored
