"""Baht amounts and salary bands."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.thai.digits import to_thai
from formextract.thai.money import SALARY_BANDS, in_band, parse_baht


@given(st.integers(1000, 999_999))
def test_every_printed_form_of_an_amount(n: int) -> None:
    comma = f"{n:,}"
    for form in (
        comma,
        str(n),
        comma.replace(",", "."),
        comma.replace(",", " "),
        f"{comma}.-",
        f"..{comma}..บาท",
    ):
        assert parse_baht(form) == n, form
        assert parse_baht(to_thai(form)) == n, form


@given(st.text(alphabet="0123456789๐๙.,- บาท/", max_size=30) | st.text(max_size=60))
def test_any_text_gives_a_positive_amount_or_none(s: str) -> None:
    amount = parse_baht(s)
    assert amount is None or amount > 0


@pytest.mark.parametrize(
    "s", ["", "42,52", "042520", "4a", "0", "1,2345", "42,520,1", "4l,520", "....", "42..520"]
)
def test_nonsense_is_none(s: str) -> None:
    assert parse_baht(s) is None


def test_satang() -> None:
    assert parse_baht("42,520.50") == Decimal("42520.50")
    assert parse_baht("42,520.00 บาทถ้วน") == 42520


def test_bands() -> None:
    on = dt.date(2024, 10, 1)
    assert in_band(3, 42_520, on) is True
    assert in_band(2, 42_520, on) is False
    assert in_band(9, 42_520, on) is None
    assert in_band(3, 42_520, dt.date(2001, 1, 1)) is None
    assert all(band.low < band.high for band in SALARY_BANDS)
