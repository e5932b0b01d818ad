"""Figures: Thai and Arabic digits, dotted leaders around them, number words."""

from __future__ import annotations

import re
from decimal import Decimal

from formextract.thai.text import strip_leaders, to_arabic

__all__ = [
    "bare_figure",
    "has_thai_digits",
    "number_word",
    "parse_decimal",
    "parse_hours",
    "parse_int",
    "to_arabic",
    "to_thai",
]

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_MAX_LENGTH = 20
"""No figure of a form is longer; a longer run is noise."""

_WHOLE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_DECIMAL = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_BARE_POINT = re.compile(r"^\s*\.[0-9]")


def to_thai(s: str) -> str:
    """Arabic digits to Thai ones."""
    return s.translate(_TO_THAI)


def has_thai_digits(s: str) -> bool:
    """Whether any of ๐ to ๙ occurs."""
    return any("๐" <= ch <= "๙" for ch in s)


def bare_figure(s: str) -> str:
    """The text in Arabic digits without leaders; empty where a lone point stands before the figure.

    ``.5`` may be a half or a five after the last dot of a leader: nobody can tell.
    """
    s = to_arabic(s)
    return "" if _BARE_POINT.match(s) else strip_leaders(s)


def parse_int(s: str) -> int | None:
    """A whole number such as ``.......6.........``, ``๑๒`` or ``1,250``; None for anything else."""
    text = bare_figure(s)
    if len(text) > _MAX_LENGTH or not _WHOLE.fullmatch(text):
        return None
    return int(text.replace(",", ""))


def parse_decimal(s: str) -> Decimal | None:
    """An exact decimal with its trailing zeros (``4.88220``); None for anything else."""
    text = bare_figure(s)
    if len(text) > _MAX_LENGTH or not _DECIMAL.fullmatch(text):
        return None
    return Decimal(text.replace(",", ""))


def parse_hours(s: str) -> float | int | None:
    """Hours a week, 0 to 168 in whole or half hours; None for anything else."""
    value = parse_decimal(s)
    if value is None or value > 168 or value % 1 not in (Decimal(0), Decimal("0.5")):
        return None
    return int(value) if value % 1 == 0 else float(value)


_UNITS = {"หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9}
_DIGIT = "|".join(_UNITS)
_NUMBER_WORD = re.compile(
    rf"(?:(?P<k>{_DIGIT})?(?P<kw>พัน))?(?:(?P<h>{_DIGIT})?(?P<hw>ร้อย))?"
    rf"(?:(?P<t>ยี่|{_DIGIT})?(?P<tw>สิบ))?(?P<u>เอ็ด|{_DIGIT}|ศูนย์)?"
)
_CLASSIFIER = re.compile(r"(?:ฉบับ|ฝ่าย|วัน|คน|ปี|แห่ง|โรงเรียน|โรง|เรื่อง|ชุด|ครั้ง|ชั่วโมง|ข้อ|เดือน)?")


def number_word(s: str) -> int | None:
    """A Thai number word below 10,000, with or without its classifier (``สามฉบับ`` is 3); None otherwise.

    Figures with a classifier (``๒ ฉบับ``) are taken too, since forms print either.
    """
    text = bare_figure(s).replace(" ", "")
    figure = re.match(r"[0-9]{1,4}", text)
    match = figure or _NUMBER_WORD.match(text)
    if not match or not match[0] or not _CLASSIFIER.fullmatch(text[match.end() :]):
        return None
    if figure:
        return int(figure[0])
    if match["u"] == "ศูนย์":
        return 0 if match[0] == "ศูนย์" else None
    if match["u"] == "เอ็ด" and match[0] == "เอ็ด":
        return None
    total = 0
    for word, digit, weight in (("kw", "k", 1000), ("hw", "h", 100), ("tw", "t", 10)):
        if match[word]:
            total += weight * (2 if match[digit] == "ยี่" else _UNITS.get(match[digit] or "หนึ่ง", 1))
    return total + (1 if match["u"] == "เอ็ด" else _UNITS.get(match["u"] or "", 0))
