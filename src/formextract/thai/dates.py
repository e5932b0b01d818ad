"""Dates and years as Thai forms print them.

Buddhist years (BE) are 543 ahead of Christian ones (CE).  A date that can be read in two ways, or
that is no day of the calendar, is none.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from formextract.thai.fuzzy import nearest
from formextract.thai.text import squeeze, strip_leaders, to_arabic

MONTHS: tuple[str, ...] = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
"""Full names, January first."""
MONTH_ABBREVIATIONS: tuple[str, ...] = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
"""Abbreviations, January first."""
WEEKDAYS: tuple[str, ...] = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
"""Names without วัน, Monday first as in ``date.weekday()``."""

YEAR_BE_MIN, YEAR_BE_MAX = 2475, 2600
"""Years that forms can mean: from the first constitution to well ahead."""
_OFFSET = 543
_MAX_LENGTH = 120

_ABBREVIATED = {a.replace(".", ""): i for i, a in enumerate(MONTH_ABBREVIATIONS, 1)}


@dataclass(frozen=True, slots=True, order=True)
class ThaiDate:
    """A day of the calendar."""

    year_be: int
    """Buddhist year."""
    month: int
    """1 to 12."""
    day: int
    """1 to 31."""

    def date(self) -> dt.date:
        """The same day with its CE year; ValueError if there is no such day."""
        return dt.date(self.year_be - _OFFSET, self.month, self.day)

    def iso(self) -> str:
        """``YYYY-MM-DD`` in CE."""
        return self.date().isoformat()


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date and how plainly it was printed."""

    date: ThaiDate
    """What was read."""
    weekday_printed: str | None
    """The weekday's name without วัน, if one was printed and read."""
    weekday_agrees: bool | None
    """Whether it is the weekday of the date; None if none was read."""
    month_exact: bool
    """False if the month's name had to be corrected."""
    era: Literal["BE", "CE"]
    """The era in which the year was printed."""


_YEAR = r"(?P<year>[12][0-9]{3}|2[456] ?[0-9]{2}|[0-9]{2})"
_ERA = r"(?:ปี)?\s*(?P<era>พุทธศักราช|คริสต์ศักราช|[พค]\s*\.?\s*ศ\s*\.?)?\s*"
_LEAD = (
    r"[(\[]?\s*(?:ประกาศ|ให้ไว้|สั่ง|ลง|จัดทำขึ้น|ข้อมูล)?\s*(?:ณ|เมื่อ|ตั้งแต่|ระหว่าง|ถึง)?\s*"
    r"(?:วัน(?P<weekday>[^\W\d][^\d/]{1,14}?)?\s*ที่|วันที(?=\s))?\s*"
)
_TAIL = r"\s*[)\]]?"
_WORDS = re.compile(
    rf"{_LEAD}(?P<day>[0-9]{{1,2}})\s*[/.,-]?\s*(?:เดือน)?\s*(?P<month>[^\d/,()-]{{2,24}}?)\s*[/,-]?\s*{_ERA}{_YEAR}{_TAIL}"
)
_FIGURES = re.compile(
    rf"{_LEAD}(?P<day>[0-9]{{1,2}})\s*(?:[/.-]|เดือน)\s*(?P<month>[0-9]{{1,2}})\s*[/.-]?\s*{_ERA}{_YEAR}{_TAIL}"
)
_ISO = re.compile(r"(?P<year>[12][0-9]{3})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


def parse_date(s: str, *, century_hint: int | None = None) -> ThaiDate | None:
    """The date that the whole text prints, in any of the forms' ways, or None.

    ``century_hint`` helps with years of two digits: a century in BE (``2500``) or a year near the one
    meant (a fiscal year).  Without it ``67`` is 2567, and one below ``43`` is left, since it may be
    short for a CE year.
    """
    reading = parse_date_detail(s, century_hint=century_hint)
    return reading.date if reading else None


def parse_date_detail(s: str, *, century_hint: int | None = None) -> DateReading | None:
    """As :func:`parse_date`, with the signs by which to trust the reading."""
    if len(s) > 20 * _MAX_LENGTH:
        return None
    text = strip_leaders(to_arabic(s))
    if not text or len(text) > _MAX_LENGTH:
        return None
    match = _ISO.fullmatch(text) or _FIGURES.fullmatch(text) or _WORDS.fullmatch(text)
    if not match:
        return None
    found = match.groupdict()
    month, exact = _month(found["month"])
    year = _year(found["year"].replace(" ", ""), found.get("era"), century_hint)
    if month is None or year is None:
        return None
    date = ThaiDate(year[0], month, int(found["day"]))
    try:
        weekday = thai_weekday(date.date())
    except ValueError:
        return None
    near = nearest(_weekday_name(found.get("weekday")), (*WEEKDAYS, "พฤหัส"))
    printed = {"พฤหัส": "พฤหัสบดี"}.get(near[0], near[0]) if near else None
    return DateReading(date, printed, printed == weekday if printed else None, exact, year[1])


def _weekday_name(s: str | None) -> str:
    return squeeze(s or "").strip(".ฯ")


def _month(s: str) -> tuple[int | None, bool]:
    if s.isdigit():
        return (int(s), True) if 1 <= int(s) <= 12 else (None, False)
    word = squeeze(s).strip(".")
    short = _ABBREVIATED.get(word.replace(".", ""))
    if short:
        return short, True
    near = nearest(word, MONTHS)
    return (MONTHS.index(near[0]) + 1, near[1] == 0) if near else (None, False)


def _year(digits: str, era: str | None, hint: int | None) -> tuple[int, Literal["BE", "CE"]] | None:
    """The BE year and the era printed, or None."""
    value = int(digits)
    christian = bool(era) and (era or "").startswith("ค")
    if len(digits) == 4:
        year = parse_year_be(digits)
        if year is None or (christian and year == value):
            return None
        return year, "BE" if year == value else "CE"
    if hint is None:
        if christian or value < 43:
            return None
        return 2500 + value, "BE"
    if hint % 100 == 0:
        return hint + value, "BE"
    options: list[tuple[int, Literal["BE", "CE"]]] = [(2000 + value + _OFFSET, "CE")]
    if not christian:
        options.append((2500 + value, "BE"))
    near = [option for option in options if abs(option[0] - hint) <= 10]
    return near[0] if len(near) == 1 else None


def parse_year_be(s: str) -> int | None:
    """A year of four digits as BE, from 2475 to 2600; CE years 2000 to 2100 are converted.

    ``พ.ศ.``, ``พ.ศ``, ``ปี`` and ``ปีงบประมาณ`` in front are passed over; anything else gives None.
    """
    if len(s) > 20 * _MAX_LENGTH:
        return None
    text = squeeze(strip_leaders(s))
    match = re.fullmatch(
        r"(?:ประจำ)?(?:ปี)?(?:งบประมาณ|การศึกษา)?(?P<era>[พค]\.?ศ\.?)?(?P<year>[12][0-9]{3})", text
    )
    if not match:
        return None
    value = int(match["year"])
    if YEAR_BE_MIN <= value <= YEAR_BE_MAX and not (match["era"] or "").startswith("ค"):
        return value
    return value + _OFFSET if 2000 <= value <= 2100 else None


def fiscal_year_of(date: dt.date | ThaiDate) -> int:
    """The BE fiscal year of a day: fiscal year n runs from 1 October n - 1 to 30 September n."""
    day = date.date() if isinstance(date, ThaiDate) else date
    return day.year + _OFFSET + (day.month >= 10)


def thai_weekday(date: dt.date | ThaiDate) -> str:
    """The weekday's Thai name without วัน."""
    day = date.date() if isinstance(date, ThaiDate) else date
    return WEEKDAYS[day.weekday()]
