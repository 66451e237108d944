"""Holds the JSON Schema for authors (assets/catalogue/schema) and the loaders together.

Every shipped file is good for both. Files bent in many hundred ways, the same in every
run, are good for both or for none, but for what only a loader can know: ONLY_LOADER
says what that is and why. What a loader refuses it names by file, line and reason.
Usage: schema.py SOURCE CATALOGUE_CHECK. Prints TAP.
"""
import copy
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import jsonschema

SEED = 20261124
SOURCE, CHECK = pathlib.Path(sys.argv[1]), sys.argv[2]
ASSETS = SOURCE / "assets"

# What a schema cannot say, by the loader's words, and why.
ONLY_LOADER = {
    "unknown group": "groups stand in catalogue.json",
    "unknown part": "the parts of a group stand in catalogue.json",
    "no such queue": "queues stand in catalogue.json",
    "no service in": "services name their group",
    "has the same code": "codes stand in other files",
    "unknown list of choices": "lists are other files",
    "the file is missing": "the folder is not part of the file",
    "not named in catalogue.json": "the folder is not part of the file",
    "the id stands twice": "a schema compares whole items, not one key of them",
    "the letter stands twice": "a schema compares whole items, not one key of them",
    "the name stands twice": "a schema compares whole items, not one key of them",
    "the number stands twice": "a schema compares whole items, not one key of them",
    "the date stands twice": "a schema compares whole items, not one key of them",
    "codes must rise": "a schema does not compare items",
    "overlaps another period": "a schema does not compare items",
    "is above": "a schema does not compare two keys",
    "ends before it begins": "a schema does not compare two keys",
    "a break lies between": "a schema does not compare two keys",
    "the earlier first": "a schema does not compare times",
    "a date like": "a schema does not know which months have 31 days",
    "no question asks for the RT": "a schema does not look into questions for a key beside them",
    "may be left out": "a schema does not look into questions for a key beside them",
    "at '": "expressions have a grammar of their own",
    "at the end": "expressions have a grammar of their own",
    "only a constraint says it": "expressions have a grammar of their own",
    "is no answer to": "what a question may be answered stands elsewhere",
    "looks the same": "a schema compares whole items, not one key of them",
    "too long for many choices": "the length of an answer depends on the list",
    "the first question of a repeat": "a schema does not know which question is the first",
    "'add_label' is missing": "a schema does not compare two keys",
    "nobody would see it": "a schema does not compare two keys",
    "no such set of questions": "sets are other files",
    "no such question in the set": "sets are other files",
    "nobody is named by": "a set speaks of whom the services name",
    "too long with": "the length of a set's texts depends on its use",
    "no service uses it": "services name their sets",
    "answers with all rows": "a schema does not add up",
    "more than 128 questions": "a schema does not count through groups and sets",
    "a key stands twice": "a JSON reader keeps the last one and says nothing",
}


def w(text="kata"):
    return {"id": text, "en": text}


def catalogue():
    return {
        "$schema": "s", "note": "n", "version": 7,
        "notice": {"version": "1", "text": w(), "note": "n"},
        "groups": [{"id": "g", "icon": "i-1", "title": w(), "summary": w(),
                    "parts": [{"id": "p", "title": w()}, {"id": "q", "title": w(), "note": "n"}]},
                   {"id": "h", "icon": "i-1", "title": w(), "summary": w(), "note": "n"}],
        "queues": [{"letter": "A", "icon": "i", "title": w(), "summary": w(), "priority": False},
                   {"letter": "B", "icon": "i", "title": w(), "summary": w()},
                   {"letter": "P", "icon": "i", "title": w(), "summary": w(), "priority": True}],
        "choices": ["c", "long-list"], "questions": ["orang"], "pages": ["p"],
        "document_hosts": ["go.id", "tte.example-1.go.id"], "services": ["s", "q"]}


def page():
    return {"$schema": "s", "icon": "i", "title": w(), "summary": w(), "note": "n",
            "hours": [{"name": w(), "week": {"senin": ["08.00", "15.00"], "minggu": ["00.00", "24.00"]}},
                      {"name": w(), "week": {"jumat": ["08.00", "11.30"], "note": "n"}, "note": "n"}],
            "parts": [{"title": w(), "text": w()}, {"text": w(), "note": "n"}],
            "link": {"label": w(), "url": "https://lapor.go.id", "note": "n"}}


def keys():
    return {"kiosks": [{"number": 1, "kiosk": "6472021001-1", "key": "0a" * 32},
                       {"number": 2, "kiosk": "6472021001-2", "key": "0b" * 32, "note": "n"}]}


def survey():
    return {"$schema": "s", "note": "n", "version": 1, "first": "u3", "elements": [
        {"id": f"u{i}", "question": w(), "answers": [w(), w(), w(), w("lain")], "note": "n"}
        for i in (1, 2, 3, 4, 5, 6, 7, 9, 8)]}


def polls():
    return {"$schema": "s", "note": "n", "polls": [
        {"id": "p-1", "question": w(), "from": "2027-02-08", "to": "2027-02-08", "note": "n",
         "choices": [{"name": "a_1", "label": w(), "note": "n"}, {"name": "b-2", "label": w()}]},
        {"id": "p-2", "question": w(), "from": "2027-02-09", "to": "2027-03-08",
         "choices": [{"name": f"c{i}", "label": w()} for i in range(6)]}]}


def kelurahan():
    return {"kelurahan": [
        {"code": "6472021001", "name": "Sungai Keledang", "kecamatan": "Samarinda Seberang",
         "postal": "75131", "pilot": True},
        {"code": "6472021002", "name": "Baqa", "kecamatan": "Samarinda Seberang",
         "postal": "75131", "note": "n"}]}


def choices():
    return {"note": "n", "choices": [
        {"name": "x", "label": {**w(), "bjn": "kata", "jv": "tembung"}, "common": True},
        {"name": "y_1-a", "label": w("lain")}]}


def long_list():
    return {"choices": [{"name": f"pilihan-{i:024}", "label": w(f"kata {i}")} for i in range(60)]}


def question_set():
    return {"note": "n", "questions": [
        {"type": "nik", "name": "nik", "label": w("NIK {whom}"), "reuse": True, "required": True},
        {"type": "date", "name": "lahir", "label": w(), "default": "nik-birth(${nik})",
         "soft_constraint": "age-years(.) < 100", "soft_constraint_message": w()}]}


def standard(code, kind):
    return {"code": code, "version": 3, "kind": kind, "title": w(), "summary": w(),
            "requirements": [w(), w("lain")], "procedure": w(), "time": w(), "cost": w(),
            "product": w(), "complaints": w(), "ready": w(), "offline": w(),
            "after_submit": {"next": "come_back",
                             "steps": [{"title": w(), "detail": w(), "note": "n"}]}}


def service():
    return {**standard("S-1", "form"), "group": "g", "queue": "A", "note": "n",
            "part": "q", "common": True,
            "search": ["kata", "lain"], "asks_office": True, "anonymous": False,
            "approval": ["rt", "kelurahan"], "statement": w(),
            "photos": {"label": w(), "max": 3, "note": "n"}, "questions": [
                {"type": "nik", "name": "nik", "label": w(), "required": True, "hint": w()},
                {"type": "kk", "name": "kk_ayah", "label": w(), "example": w(), "note": "n"},
                {"type": "text", "name": "t", "label": w(), "short_label": w(), "min_length": 3,
                 "max_length": 80, "constraint": "string-length(.) > 4",
                 "constraint_message": w(), "relevant": "${nik} != ''",
                 "appearance": "masked"},
                {"type": "address", "name": "a", "label": w(), "max_length": 120},
                {"type": "integer", "name": "n", "label": w(), "min": 1, "max": 100},
                {"type": "money", "name": "m", "label": w(), "min": 1000},
                {"type": "date", "name": "tgl", "label": w(), "past": True},
                {"type": "date", "name": "nanti", "label": w(), "future": True, "past": False},
                {"type": "select_one c", "name": "o", "label": w()},
                {"type": "select_multiple c", "name": "b", "label": w()},
                {"type": "yes_no", "name": "j", "label": w(), "required": False},
                {"type": "rt", "name": "rt", "label": w(), "required": True},
                {"use": "orang", "only": ["nik", "lahir"], "suffix": "_ibu", "whom": w("ibu kandung"),
                 "note": "n"},
                {"type": "group", "name": "g", "label": w(), "relevant": "${n} > 1", "note": "n",
                 "questions": [
                     {"type": "yes_no", "name": "di_grup", "label": w()},
                     {"type": "repeat", "name": "anak", "label": w(), "short_label": w(),
                      "add_label": w(), "hint": w(), "min": 0, "max": 4, "note": "n",
                      "relevant": "${j} = 'yes'", "constraint": "sum(${umur}) < 99",
                      "constraint_message": w(), "questions": [
                          {"type": "integer", "name": "umur", "label": w(), "reuse": False},
                          {"use": "orang", "suffix": "_anak", "whom": w("anak")}]}]},
                {"type": "repeat", "name": "saksi", "label": w(), "short_label": w(), "min": 2,
                 "max": 2, "questions": [{"type": "name", "name": "nama", "label": w()}]},
                {"type": "acknowledge", "name": "sptjm", "label": w(), "text": w(),
                 "text_version": "1", "required": True},
                {"type": "consent", "name": "wa", "label": w(), "text": w(), "text_version": "2"},
                {"type": "time", "name": "jam", "label": w()}]}


def queue():
    return {**standard("Q", "queue"), "group": "h", "queue": "B"}


def office():
    return {"$schema": "s", "code": "6472021001", "name": "Kelurahan", "address": "Jalan 1",
            "hours": "Senin", "notice": "", "utc_offset": 480, "note": "n",
            "week": {"senin": {"open": ["08.00", "16.00"], "break": ["12.00", "13.00"],
                               "digital": True, "note": "n"},
                     "sabtu": {"open": ["00.00", "24.00"]}, "minggu": {}},
            "periods": [{"name": "Ramadan", "from": "2027-02-08", "to": "2027-03-09",
                         "hours": "h", "notice": "n", "week": {"senin": {}}},
                        {"name": "pindah", "from": "2027-04-01", "to": "2027-04-02",
                         "hours": "h", "week": {}}],
            "holidays": [{"date": "2027-01-01", "name": "Tahun baru"},
                         {"date": "2027-12-25", "name": "Natal"}],
            "quotas": {"A": 200, "P": 0}, "digital_days": False, "serves": ["6472021001", "6472021002"],
            "working_days": [{"date": "2027-03-05", "name": "Cuti bersama"},
                             {"date": "2027-03-06", "name": "Cuti bersama"}],
            "counters": [{"number": 1, "name": "Loket 1", "series": "ACP"},
                         {"number": 2, "name": "Loket 2", "series": "BEP"}],
            "calling": {"rule": "strict", "every": 2, "guard": 30, "late": 15, "recalls": 3,
                        "no_numbers": 10}}


def city():
    own = ("code", "name", "address", "serves", "working_days")
    return {key: value for key, value in office().items() if key not in own}


# File of the set, the schema it answers to, a good one.
FILES = {
    "catalogue.json": ("catalogue", catalogue()),
    "kelurahan.json": ("kelurahan", kelurahan()),
    "choices/c.json": ("choices", choices()),
    "questions/orang.json": ("questions", question_set()),
    "choices/long-list.json": ("choices", long_list()),
    "keys.json": ("keys", keys()),
    "survey.json": ("survey", survey()),
    "polls.json": ("polls", polls()),
    "pages/p.json": ("page", page()),
    "services/s.json": ("service", service()),
    "services/q.json": ("service", queue()),
    "office": ("office", office()),
    "city": ("city", city()),
}
OUTSIDE = ("office", "city")  # not of the catalogue's set


def at(path, value):
    """A mutation: one place of a file set to a value."""
    return path, value


GONE = object()
Q = ("questions",)
USE, GROUP, SAKSI, SPTJM, WA = Q + (12,), Q + (13,), Q + (14,), Q + (15,), Q + (16,)
ANAK = GROUP + ("questions", 1)
MANY = [{"type": "yes_no", "name": f"banyak{i}", "label": w()} for i in range(128)]
# What only a loader sees, file by file: each must be refused by it.
CROSSED = {
    "catalogue.json": [
        at(("groups", 1, "id"), "g"), at(("groups", 0, "parts", 1, "id"), "p"), at(("queues", 1, "letter"), "A"),
        at(("groups",), catalogue()["groups"] + [{**catalogue()["groups"][0], "id": "i"}]),
        at(("services",), ["s", "q", "r"]), at(("choices",), ["c", "d", "long-list"]),
        at(("services",), ["s"]), at(("choices",), ["c"]), at(("questions",), GONE),
        at(("questions",), ["orang", "warga"])],
    "kelurahan.json": [at(("kelurahan", 1, "code"), "6472021001"),
                       at(("kelurahan", 0, "code"), "6472029999")],
    "survey.json": [at(("elements", 4, "id"), "u4")],
    "pages/p.json": [at(("hours", 0, "week", "senin"), ["15.00", "08.00"]),
                     at(("hours", 0, "week", "senin"), ["08.00", "08.00"])],
    "polls.json": [
        at(("polls", 1, "id"), "p-1"), at(("polls", 0, "to"), "2027-02-09"),
        at(("polls", 1, "to"), "2027-02-08"), at(("polls", 1, "from"), "2027-02-29"),
        at(("polls", 1, "choices", 1, "name"), "c0")],
    "choices/c.json": [at(("choices", 1, "name"), "x"), at(("choices", 1, "label", "id"), "kata")],
    "services/s.json": [
        at(("group",), "nikah"), at(("part",), "r"), at(("group",), "h"), at(("queue",), "P"), at(("queue",), "Z"),
        at(Q + (2, "min_length"), 81), at(Q + (3, "min_length"), 121), at(Q + (4, "min"), 101),
        at(Q + (8, "type"), "select_one d"), at(Q + (9, "type"), "select_multiple d"),
        at(Q + (9, "type"), "select_multiple long-list"),
        at(Q + (3, "name"), "t"), at(Q + (2, "relevant"), "${nik"),
        at(Q + (9, "relevant"), "${o} = 'z'"), at(Q + (9, "relevant"), ". = ''"),
        at(Q + (2, "relevant"), "${m} > 1"), at(Q + (2, "relevant"), "${t} = 'x'"),
        at(Q + (2, "constraint"), "regex(., '[a')"), at(Q + (2, "constraint"), "1 +"),
        at(Q + (2, "constraint"), "lower(.) = 'x'"), at(Q + (11, "required"), False),
        at(Q + (11, "relevant"), "${nik} != ''"), at(Q + (11, "type"), "yes_no"),
        at(USE + ("whom",), GONE), at(USE + ("use",), "warga"), at(USE + ("only",), ["agama"]),
        at(USE + ("only",), ["nik", "nik"]), at(USE + ("suffix",), "_anak"),
        at(ANAK + ("min",), 5), at(ANAK + ("min",), 4), at(ANAK + ("add_label",), GONE),
        at(ANAK + ("name",), "saksi"), at(ANAK + ("questions", 0, "name"), "n"),
        at(ANAK + ("questions", 0, "relevant"), "${n} > 2"),
        at(ANAK + ("constraint",), "${umur} > 1"), at(ANAK + ("constraint",), "count(${n}) > 1"),
        at(SAKSI + ("max",), 3), at(GROUP + ("relevant",), "count(${saksi}) > 1"),
        at(GROUP + ("questions",), MANY),
        at(ANAK + ("questions",), service()["questions"][13]["questions"][1]["questions"]
           + MANY[:99]), at(ANAK + ("questions",), [{"use": "warga"}])],
    "questions/orang.json": [
        at(Q + (0, "label", "en"), "{whom}" * 20), at(Q + (1, "hint"), w("{whom}" * 40)),
        at(Q + (1, "name"), "nik"), at(Q + (1, "default"), "nik-birth(${lahir})"),
        at(Q + (1, "default"), "nik-birth()"), at(Q + (1, "soft_constraint"), "1 +"),
        at(Q + (1, "name"), "nama_yang_panjang_sekali_1234")],
    "services/q.json": [at(("code",), "S-1")],
    "office": [
        at(("week", "senin", "open"), ["16.00", "08.00"]),
        at(("week", "senin", "break"), ["07.00", "13.00"]), at(("week", "senin", "open"), GONE),
        at(("periods", 1, "from"), "2027-03-09"), at(("periods", 0, "to"), "2027-02-07"),
        at(("holidays", 1, "date"), "2027-01-01"), at(("holidays", 0, "date"), "2027-02-29"),
        at(("working_days", 0, "date"), "2027-03-06"), at(("holidays", 0, "date"), "2027-04-31")],
    "city": [at(("week", "senin", "open"), ["16.00", "08.00"]),
             at(("holidays", 1, "date"), "2027-01-01")],
}
# Both can see these, though no general bending makes them.
PLANTED = {
    "catalogue.json": [
        at(("queues", 0, "priority"), True), at(("services",), ["s", "s"]),
        at(("services",), ["../s"]), at(("services",), ["S"]), at(("choices",), ["c" * 25]),
        at(("queues", 0, "letter"), "a"), at(("queues", 0, "letter"), "AA"),
        at(("groups", 0, "id"), "1g"), at(("groups", 0, "id"), "G"),
        at(("groups", 0, "icon"), "i_1"), at(("version",), 1000000001)],
    "kelurahan.json": [at(("kelurahan", 0, "code"), "647202100x"),
                       at(("kelurahan", 0, "postal"), "7513"),
                       at(("kelurahan", 0, "postal"), "751311")],
    "survey.json": [
        at(("first",), "u10"), at(("elements", 0, "id"), "U1"), at(("version",), 0),
        at(("elements", 8), GONE), at(("elements", 0, "answers", 3), GONE),
        at(("elements", 0, "question"), w("k" * 121)),
        at(("elements", 0, "answers", 0), w("k" * 41))],
    "polls.json": [
        at(("polls", 0, "choices", 1), GONE), at(("polls", 0, "from"), "2027-2-8"),
        at(("polls", 0, "from"), "1999-02-08"), at(("polls", 0, "id"), "P"),
        at(("polls", 1, "choices"), polls()["polls"][1]["choices"] + [{"name": "z", "label": w()}]),
        at(("polls", 0, "choices", 0, "name"), "1")],
    "choices/c.json": [at(("choices", 0, "name"), "x y"), at(("choices", 0, "name"), "_x"),
                       at(("choices", 0, "name"), "x" * 33), at(("choices",), choices()["choices"][:1])],
    "services/s.json": [
        at(("code",), "s"), at(("code",), "ABCDEFGHI"), at(("kind",), "queue"),
        at(("kind",), "forms"), at(("statement",), GONE), at(("questions",), GONE),
        at(("questions",), []), at(("after_submit", "next"), "later"),
        at(("after_submit", "steps"), []), at(("requirements",), []),
        at(("approval", 0), "camat"), at(("approval", 1), "rt"), at(("photos", "max"), 0),
        at(("photos", "max"), 7), at(("photos", "label"), GONE), at(("photos",), {}),
        at(Q + (0, "name"), "nomor"), at(Q + (1, "name"), "nik_ayah"),
        at(Q + (0, "type"), "nik c"), at(Q + (8, "type"), "select_one"),
        at(Q + (8, "type"), "select_one  c"), at(Q + (8, "type"), "select_one C"),
        at(Q + (8, "type"), "select c"), at(Q + (0, "type"), "decimal"),
        at(Q + (0, "min_length"), 3), at(Q + (4, "max_length"), 3), at(Q + (2, "min"), 3),
        at(Q + (6, "max"), 3), at(Q + (2, "past"), True), at(Q + (2, "future"), False),
        at(Q + (7, "past"), True), at(Q + (2, "constraint"), GONE),
        at(Q + (2, "constraint_message"), GONE), at(Q + (2, "appearance"), "bold"),
        at(Q + (3, "appearance"), "email"),
        at(Q + (2, "min_length"), 0), at(Q + (2, "max_length"), 1001),
        at(Q + (4, "max"), 1000000000000), at(Q + (4, "min"), -1), at(Q + (4, "max"), 2.5),
        at(Q + (2, "name"), "T"), at(Q + (2, "name"), "t-1"), at(Q + (2, "name"), "t" * 33),
        at(USE + ("type",), "nik"), at(USE + ("only",), []), at(USE + ("suffix",), "ibu"),
        at(USE + ("suffix",), ".1"), at(USE + ("suffix",), "_Ibu"), at(USE + ("suffix",), "_1"),
        at(USE + ("suffix",), "_" * 3), at(USE + ("suffix",), "_" + "i" * 16),
        at(USE + ("use",), "Orang"), at(GROUP + ("questions",), []),
        at(GROUP + ("questions", 1), {"type": "group", "name": "x", "label": w(),
                                      "questions": [MANY[0]]}),
        at(ANAK + ("questions", 1), {"type": "group", "name": "x", "label": w(),
                                     "questions": [MANY[0]]}),
        at(ANAK + ("questions", 1), {"type": "repeat", "name": "x", "label": w(),
                                     "short_label": w(), "add_label": w(),
                                     "questions": [MANY[0]]}),
        at(ANAK + ("questions", 0, "reuse"), True), at(ANAK + ("required",), True),
        at(ANAK + ("max",), 21), at(ANAK + ("max",), 0), at(ANAK + ("min",), -1),
        at(ANAK + ("short_label",), GONE), at(ANAK + ("constraint",), GONE),
        at(ANAK + ("constraint_message",), GONE), at(ANAK + ("soft_constraint",), "1"),
        at(SAKSI + ("questions",), []), at(SPTJM + ("text",), GONE),
        at(SPTJM + ("text_version",), GONE), at(SPTJM + ("text_version",), "v" * 25),
        at(SPTJM + ("required",), False), at(SPTJM + ("default",), "'yes'"),
        at(WA + ("reuse",), True), at(WA + ("reuse",), False), at(WA + ("type",), "yes_no"),
        at(Q + (2, "text"), w()), at(Q + (2, "text_version"), "1"),
        at(Q + (2, "soft_constraint"), "1"), at(Q + (2, "soft_constraint_message"), w())],
    "questions/orang.json": [
        at(Q + (0, "name"), "nomor"), at(Q + (0, "type"), "kk"), at(Q + (0,), {"use": "orang"}),
        at(Q + (0, "type"), "repeat"), at(Q + (0, "type"), "group"), at(Q, GONE), at(Q, []),
        at(Q + (1, "soft_constraint"), GONE), at(Q + (1, "soft_constraint_message"), GONE),
        at(Q + (1, "default"), ""), at(Q + (1, "min"), 1), at(Q + (0, "reuse"), "yes")],
    "services/q.json": [at(("kind",), "form"), at(("questions",), []),
                        at(("photos",), {"label": w()}),
                        at(("questions",), service()["questions"])],
    "office": [
        at(("code",), "647202100"), at(("name",), GONE), at(("week", "monday"), {}),
        at(("serves", 0), "647202100"), at(("serves", 0), "647202100x"),
        at(("week", "senin", "open"), ["8.00", "16.00"]),
        at(("week", "senin", "open"), ["08.00", "24.01"]),
        at(("week", "senin", "open"), ["08.00", "16.60"]),
        at(("week", "senin", "open"), ["08:00", "16:00"]),
        at(("week", "senin", "open"), ["08.00"]), at(("week", "senin", "opens"), []),
        at(("quotas", "AA"), 1), at(("quotas", "a"), 1), at(("quotas", "A\n"), 1),
        at(("counters", 0, "number"), 21), at(("counters", 0, "series"), "a"),
        at(("counters", 1, "name"), GONE), at(("counters", 1, "letters"), "A"),
        at(("calling", "rule"), "fair"), at(("calling", "rule"), GONE),
        at(("calling", "every"), 0), at(("calling", "recalls"), 10),
        at(("quotas", "A"), 10000), at(("utc_offset",), 841), at(("notice",), " x"),
        at(("holidays", 0, "date"), "2027-13-01"), at(("holidays", 0, "date"), "01-01-2027")],
    "city": [at(("week",), GONE), at(("hours",), GONE), at(("code",), "6472021001"),
             at(("serves",), []), at(("working_days",), []), at(("quotas", "AA"), 1)],
}


def nodes(value, path=()):
    yield path, value
    items = value.items() if isinstance(value, dict) else \
        enumerate(value) if isinstance(value, list) else ()
    for key, inside in items:
        yield from nodes(inside, path + (key,))


def bends(value, chance):
    """Other values for one place: another kind, an edge, too little, too much."""
    kinds = [None, True, 1.5, "kata", [], {}, ["kata"], {"id": "kata"}]
    if isinstance(value, str):
        texts = ["", " " + value, value + " ", value + "\n", value + "\u0007", "\u0085" + value,
                 value + "\u2028" + value, value * 1000]
        return chance.sample(texts, 2) + chance.sample(kinds, 1)
    if isinstance(value, bool):
        return [1, "true", None]
    if isinstance(value, int):
        return [-1, 0.5, float(value), str(value), True, 10 ** 15] + chance.sample(kinds, 1)
    if isinstance(value, list):
        more = [value[:1] * 400, value + [None], value[:-1] + [7]]
        return more + chance.sample(kinds, 1)
    return chance.sample(kinds, 2)


def mutations(value, chance):
    for path, inside in nodes(value):
        if path:
            yield path, GONE
            for bent in bends(inside, chance):
                yield path, bent
        if isinstance(inside, dict):
            yield path + ("lain",), 1
            yield path + ("note",), 1


def mutated(value, path, new):
    value = copy.deepcopy(value)
    inside = value
    for key in path[:-1]:
        inside = inside[key]
    if new is not GONE:
        inside[path[-1]] = new
    elif path[-1] in inside if isinstance(inside, dict) else True:
        del inside[path[-1]]
    return value


class Both:
    """The schema and the loader, asked about many files at once."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.schemas = {path.name.split(".")[0]: json.loads(path.read_text())
                        for path in (ASSETS / "catalogue/schema").glob("*.json")}
        store = {schema["$id"]: schema for schema in self.schemas.values()}
        self.validators = {
            name: jsonschema.Draft202012Validator(
                schema, resolver=jsonschema.RefResolver(schema["$id"], schema, store=store))
            for name, schema in self.schemas.items()}

    def loader(self, base, names, files):
        """The verdicts of the loader for (name, text) with the set at `base`."""
        lines = []
        for number, (name, text) in enumerate(files):
            path = self.folder / f"bent-{number}"
            path.write_bytes(text.encode("utf-8"))
            lines.append(f"{name} {path}\n")
        run = subprocess.run([CHECK, str(base), *names], input="".join(lines), text=True,
                             capture_output=True, check=True)
        verdicts = run.stdout.split("\n")[:-1]
        assert len(verdicts) == len(files), run.stderr
        return verdicts

    def schema(self, kind, value):
        return self.validators[kind].is_valid(value)


def unexplained(schema, path):
    """Keys that an editor would offer without a word about them."""
    if "$ref" in schema:
        return
    for key, inside in schema.get("properties", {}).items():
        if not {"description", "$ref"} & set(inside):
            yield f"{path}/{key}"
        yield from unexplained(inside, f"{path}/{key}")
    for key, inside in schema.get("$defs", {}).items():
        yield from unexplained(inside, f"{path}/{key}")
    if "items" in schema:
        yield from unexplained(schema["items"], path + "[]")


def check_schemas(both):
    problems = []
    for name, schema in both.schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        if schema["$schema"] != "https://json-schema.org/draft/2020-12/schema":
            problems.append(f"{name}: another draft")
        problems += [f"no description: {path}" for path in unexplained(schema, name)]
    return problems


def check_shipped(both):
    head = json.loads((ASSETS / "catalogue/catalogue.json").read_text())
    kinds = {"catalogue.json": "catalogue", "kelurahan.json": "kelurahan",
             "survey.json": "survey", "polls.json": "polls"}
    kinds.update({f"choices/{name}.json": "choices" for name in head["choices"]})
    kinds.update({f"pages/{name}.json": "page" for name in head["pages"]})
    kinds.update({f"questions/{name}.json": "questions" for name in head.get("questions", [])})
    kinds.update({f"services/{name}.json": "service" for name in head["services"]})
    paths = {name: ASSETS / "catalogue" / name for name in kinds}
    for path in sorted((ASSETS / "offices").glob("*.json")):
        name = str(path.relative_to(ASSETS))
        kinds[name], paths[name] = "city" if path.stem == "kota" else "office", path
    asked = [(kinds[name] if kinds[name] in OUTSIDE else name, paths[name].read_text())
             for name in kinds]
    names = [name for name in kinds if kinds[name] not in OUTSIDE]
    verdicts = both.loader(ASSETS / "catalogue", names, asked)
    problems = []
    for name, (_, text), verdict in zip(kinds, asked, verdicts):
        value = json.loads(text)
        for error in both.validators[kinds[name]].iter_errors(value):
            problems.append(f"{name}: schema: {list(error.path)}: {error.message[:100]}")
        if verdict != "ok":
            problems.append(f"loader: {verdict}")
        found = (paths[name].parent / value.get("$schema", "-")).resolve()
        if found != (ASSETS / f"catalogue/schema/{kinds[name]}.schema.json").resolve():
            problems.append(f"{name}: $schema leads nowhere")
    icons = {item["icon"] for key in ("groups", "queues") for item in head[key]}
    problems += [f"catalogue.json: no picture {icon}" for icon in sorted(icons)
                 if not (ASSETS / f"icons/{icon}.svg").exists()]
    listed = {path.relative_to(ASSETS / "catalogue").as_posix()
              for folder in ("choices", "questions", "pages", "services")
              for path in (ASSETS / "catalogue" / folder).glob("*.json")}
    problems += [f"{name}: not named in catalogue.json" for name in sorted(listed - set(kinds))]
    return problems


def check_content():
    """What the city's facts ask of the shipped files beyond their form."""
    def read(name):
        return json.loads((ASSETS / name).read_text())
    problems = []
    for name in read("catalogue/catalogue.json")["services"]:
        service = read(f"catalogue/services/{name}.json")
        for language, free in (("id", "GRATIS"), ("en", "FREE")):
            if not service["cost"][language].startswith(free):
                problems.append(f"{name}: does not say {free}")
            if not {"1708", "112"} <= set(re.findall(r"\d+", service["complaints"][language])):
                problems.append(f"{name}: where to complain")
    city = read("catalogue/kelurahan.json")["kelurahan"]
    districts = [sum(place["code"].startswith(f"6472{number:02}1") for place in city)
                 for number in range(1, 11)]
    if districts != [5, 6, 8, 5, 8, 7, 5, 5, 5, 5]:
        problems.append(f"kelurahan by kecamatan: {districts}")
    problems += [f"{place['name']}: postal code {place['postal']}" for place in city
                 if not re.fullmatch("75[12][0-9]{2}", place["postal"])]
    pilots = {place["code"]: place for place in city if place.get("pilot")}
    offices = {path.stem: read(f"offices/{path.name}") for path in (ASSETS / "offices").iterdir()
               if path.stem != "kota"}
    districts = {f"{place['code'][:6]}0000": place["kecamatan"] for place in city}
    names = {place["code"]: "Kelurahan " + place["name"] for place in city} | {
        code: "Kecamatan " + name for code, name in districts.items()}
    problems += [f"no office for {place['name']}" for code, place in pilots.items()
                 if code not in offices]
    problems += [f"offices/{code}.json is of {office['code']}" for code, office in offices.items()
                 if office["code"] != code or office["name"] != names[code]]
    problems += [f"offices/{code}.json serves others than its own" for code, office in offices.items()
                 if code in districts and office["serves"] != [
                     place["code"] for place in city if place["kecamatan"] == districts[code]]]
    if "6472020000" not in offices:
        problems.append("no office for Kecamatan Samarinda Seberang")
    calendar = read("offices/kota.json")
    problems += ["kota.json: nobody is told to check it"] * ("periksa dengan dinas"
                                                             not in calendar["note"].lower())
    if len(read("catalogue/choices/pekerjaan.json")["choices"]) != 89:
        problems.append("the national list of occupations has 89")
    return problems


def excused(fault, seen):
    """Is this a reason that only a loader can have?"""
    reasons = [words for words in ONLY_LOADER if words in fault]
    seen.update(reasons)
    return bool(reasons)


def names_its_place(fault, name, text):
    if re.match(r"[^:]+: (the file is missing|not named in|no service uses it)", fault):
        return True  # the whole file is meant, and no line of it
    if f", used in {name}:" in fault or "no such question in the set" in fault:
        return True  # a set, and a use of it that makes it wrong
    found = re.match(r"([^:]+):(\d+): .", fault)
    others = name == "catalogue.json"  # what it names is looked for there
    return found and (found[1] == name or others) and \
        1 <= int(found[2]) <= text.count("\n") + 1


def compare(both, name, bent, seen, must_refuse):
    kind, _ = FILES[name]
    texts = [json.dumps(value, indent=1, ensure_ascii=False) for _, value in bent]
    verdicts = both.loader(both.folder / "base", [n for n in FILES if n not in OUTSIDE],
                           [(name, text) for text in texts])
    problems, refused = [], 0
    for (what, value), text, verdict in zip(bent, texts, verdicts):
        accepted = both.schema(kind, value)
        refused += verdict != "ok"
        where = f"{name}: {what}: loader: {verdict}; schema: {'ok' if accepted else 'refused'}"
        if accepted != (verdict == "ok") and not (accepted and excused(verdict, seen)):
            problems.append(where)
        if must_refuse and verdict == "ok":
            problems.append("not refused: " + where)
        if verdict != "ok" and not names_its_place(verdict, name, text):
            problems.append("no place: " + where)
    return problems, refused


def edges(both, name):
    """Values at the limits, and one beyond, that the loader itself names when too much stands
    in a place."""
    _, good = FILES[name]
    places = [(path, value) for path, value in nodes(good)
              if isinstance(value, (str, int, list)) and not isinstance(value, bool) and value]
    huge = [mutated(good, path, 10 ** 15 if isinstance(value, int)
                    else (value if isinstance(value, str) else value[:1]) * 450)
            for path, value in places]
    verdicts = both.loader(both.folder / "base", [n for n in FILES if n not in OUTSIDE],
                           [(name, json.dumps(value)) for value in huge])
    for (path, value), verdict in zip(places, verdicts):
        found = re.search(r"where (\d+) to (\d+) may stand|between (-?\d+) and (\d+)", verdict)
        if found:
            least, most = (int(limit) for limit in found.groups() if limit is not None)
            for limit in (least - 1, least, most, most + 1):
                if isinstance(value, int):
                    yield path, limit
                else:
                    yield path, (value[:1] * limit)


def bent_files(name, table):
    _, good = FILES[name]
    return [(f"{'/'.join(map(str, path))} = {'gone' if new is GONE else str(new)[:30]}",
             mutated(good, path, new)) for path, new in table]


def main():
    number, failed = 0, False

    def case(title, problems):
        nonlocal number, failed
        number += 1
        print("not ok" if problems else "ok", number, "-", title)
        for problem in problems[:40]:
            print("#  ", problem)
        failed |= bool(problems)

    with tempfile.TemporaryDirectory() as folder:
        both, seen, chance = Both(folder), set(), random.Random(SEED)
        for name, (_, value) in FILES.items():
            path = both.folder / "base" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(value))
        case("the schemas are schemas, and explain each key", check_schemas(both))
        case("every shipped file is good for schema and loader", check_shipped(both))
        case("the shipped files say what the city promises", check_content())
        case("the good files are good for both", [
            problem for name in FILES
            for problem in compare(both, name, [("as it is", FILES[name][1])], seen, False)[0]]
            + [f"{name}: refused" for name, (kind, value) in FILES.items()
               if not both.schema(kind, value)])
        for title, tables, must in (("planted faults", PLANTED, True),
                                    ("faults that only a loader sees", CROSSED, True)):
            problems, total = [], 0
            for name, table in tables.items():
                found, refused = compare(both, name, bent_files(name, table), seen, must)
                problems, total = problems + found, total + refused
            case(f"{title}: {total} refused", problems)
        for name, (_, good) in FILES.items():
            if name not in ("choices/long-list.json", "services/q.json"):
                bent = bent_files(name, [*mutations(good, chance), *edges(both, name)])
                problems, refused = compare(both, name, bent, seen, False)
                case(f"{name} bent {len(bent)} ways, {refused} refused (seed {SEED})", problems)
        twice = ('{"choices":[{"name":"x","name":"y","label":{"id":"a","en":"a"}}]}')
        verdict = both.loader(both.folder / "base", [n for n in FILES if n not in OUTSIDE],
                              [("choices/c.json", twice), ("choices/c.json", twice + ",")])
        seen.add("a key stands twice" if "a key stands twice" in verdict[0] else "")
        seen.add("not named in catalogue.json")  # test_catalogue.c: a file of the folder
        seen.add("no service uses it")  # test_faults.c: the same
        case("each reason that only a loader has occurs", [
            f"never seen: {words}" for words in ONLY_LOADER if words not in seen])
    print(f"1..{number}")
    return 1 if failed else 0


sys.exit(main())
