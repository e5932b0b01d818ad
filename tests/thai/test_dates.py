"""Dates and years of the forms."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.thai.dates import (
    MONTH_ABBREVIATIONS,
    MONTHS,
    ThaiDate,
    fiscal_year_of,
    parse_date,
    parse_date_detail,
    parse_year_be,
    thai_weekday,
)
from formextract.thai.digits import to_thai

days = st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31))


@given(days, st.booleans())
def test_every_printed_form_of_a_day(day: dt.date, thai: bool) -> None:
    be, month, short = day.year + 543, MONTHS[day.month - 1], MONTH_ABBREVIATIONS[day.month - 1]
    forms = [
        f"{day.day} / {month} / {be}",
        f"วันที่ {day.day} เดือน {month} พ.ศ. {be}",
        f"วัน{thai_weekday(day)}ที่ {day.day} {month}  {be}",
        f"{day.day} {short} {be}",
        f"{day.day}/{day.month}/{be}",
        f"({day.day} {month} พ.ศ {be})",
        f"วันที่......{day.day}......เดือน......{month}......พ.ศ.......{be}......",
    ]
    if day.year >= 2000:
        forms += [f"{day.day} {month} {day.year}", day.isoformat(), f"{day.day}/{day.month}/{day.year}"]
    for form in forms:
        date = parse_date(to_thai(form) if thai else form)
        assert date is not None and date.date() == day, form


@given(days.filter(lambda d: d.year + 543 <= 2599))
def test_short_years(day: dt.date) -> None:
    short = f"{day.day} {MONTH_ABBREVIATIONS[day.month - 1]} {(day.year + 543) % 100:02d}"
    wanted = ThaiDate(day.year + 543, day.month, day.day)
    plain = parse_date(short)
    assert plain == (wanted if day.year + 543 >= 2543 else None)
    assert parse_date(short, century_hint=2500) == wanted
    assert wanted.iso() == day.isoformat()


@given(st.text(alphabet="0123456789๐๙ /.…-()วันที่เดือนตุลาคมพศ.กมีนาคม", max_size=60) | st.text(max_size=80))
def test_any_text_gives_a_real_day_or_none(s: str) -> None:
    date = parse_date(s)
    assert date is None or dt.date.fromisoformat(date.iso()) == date.date()
    year = parse_year_be(s)
    assert year is None or 2475 <= year <= 2643


@pytest.mark.parametrize(
    "s",
    [
        "31 กุมภาพันธ์ 2567", "29 ก.พ. 2566", "1 ตุลาคม 2657", "......../......./.......", "1 มิ.ค. 67",
        "1 มนาคม 2567",
        "1 ต.ค. 24", "1 ตุลาคม", "1 ตุลาคม 2567 ถึง 30 กันยายน 2568", "32/1/2567", "1/13/2567", "0 มกราคม 2567",
        "1 ตุลาคม ค.ศ. 2567", "1 ตุลาคม 256", "",
    ],
)  # fmt: skip
def test_impossible_or_ambiguous_is_none(s: str) -> None:
    assert parse_date(s) is None


@pytest.mark.parametrize(
    ("s", "iso"),
    [
        ("1 กุมภาพันธุ์ 2567", "2024-02-01"),
        ("1 พฤษจิกายน 2567", "2024-11-01"),
        ("1 กรกฏาคม 2567", "2024-07-01"),
        ("1 ตลาคม 2567", "2024-10-01"),
    ],
)
def test_misspelt_months_are_marked(s: str, iso: str) -> None:
    reading = parse_date_detail(s)
    assert reading is not None and reading.date.iso() == iso and reading.month_exact is False


def test_weekday_and_era() -> None:
    right = parse_date_detail("วันพุธที่ 10 กุมภาพันธ์  2564")
    assert right is not None and right.weekday_printed == "พุธ" and right.weekday_agrees is True
    wrong = parse_date_detail("วันศุกร์ที่ 10 กุมภาพันธ์ 2564")
    assert wrong is not None and wrong.weekday_agrees is False
    none = parse_date_detail("10 กุมภาพันธ์ 2021")
    assert none is not None and none.weekday_agrees is None and none.era == "CE"


def test_two_figures_near_the_expected_year() -> None:
    assert parse_date("1 ต.ค. 24", century_hint=2568) == ThaiDate(2567, 10, 1)
    assert parse_date("1/10/67", century_hint=2568) == ThaiDate(2567, 10, 1)
    assert parse_date("1/10/45", century_hint=2568) is None


def test_years() -> None:
    for s in ("พ.ศ. 2564", "พ.ศ 2564", "๒๕๖๔", "ปีงบประมาณ พ.ศ. ....2564....", "2021", "ค.ศ. 2021"):
        assert parse_year_be(s) == 2564, s
    for s in ("64", "2657", "ค.ศ. 2564", "1999", "2564-2566", ""):
        assert parse_year_be(s) is None, s


def test_fiscal_year_turns_on_1_october() -> None:
    assert fiscal_year_of(dt.date(2024, 9, 30)) == 2567
    assert fiscal_year_of(ThaiDate(2567, 10, 1)) == 2568
