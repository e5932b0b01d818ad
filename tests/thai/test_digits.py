"""Figures and number words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.thai import digits


@given(st.integers(0, 10**12), st.integers(0, 9), st.integers(0, 9))
def test_leaders_and_thai_digits_do_not_change_a_figure(n: int, left: int, right: int) -> None:
    dots = ("." * left if left != 1 else "", "." * right)
    assert digits.parse_int(f"{dots[0]}{n}{dots[1]}") == n
    assert digits.parse_int(digits.to_thai(f"{dots[0]}{n:,}{dots[1]}")) == n
    assert digits.to_arabic(digits.to_thai(str(n))) == str(n)


@given(st.text(alphabet="0123456789๐๙.,…- กO", max_size=40))
def test_parsers_give_a_value_or_none(s: str) -> None:
    whole, exact, hours, word = (
        digits.parse_int(s),
        digits.parse_decimal(s),
        digits.parse_hours(s),
        digits.number_word(s),
    )
    assert whole is None or (whole >= 0 and exact == whole)
    assert exact is None or exact >= 0
    assert hours is None or (0 <= hours <= 168 and (hours * 2) % 1 == 0)
    assert word is None or 0 <= word <= 9999


@given(st.text(max_size=60))
def test_no_text_makes_them_raise(s: str) -> None:
    for parse in (digits.parse_int, digits.parse_decimal, digits.parse_hours, digits.number_word):
        parse(s)


def test_decimals_keep_their_zeros() -> None:
    assert str(digits.parse_decimal("๔.๘๘๒๒๐")) == "4.88220"
    assert digits.parse_decimal("4.8.2") is None


@pytest.mark.parametrize("s", ["", "1 2", "6..5", "1,25", "๑l", ".5", "9" * 40, "-", "5 ชั่วโมง"])
def test_nonsense_is_no_int(s: str) -> None:
    assert digits.parse_int(s) is None


def test_hours() -> None:
    assert digits.parse_hours("....6.5....") == 6.5
    assert digits.parse_hours("๑๒") == 12
    assert digits.parse_hours("6.25") is None
    assert digits.parse_hours("169") is None
    assert digits.parse_decimal("6.50") == Decimal("6.50")


@pytest.mark.parametrize(
    ("s", "n"),
    [
        ("สามฉบับ", 3), ("สอง", 2), ("หนึ่ง", 1), ("สิบ", 10), ("สิบเอ็ด", 11), ("ยี่สิบ", 20), ("ยี่สิบเอ็ดวัน", 21),
        ("เก้าพันเก้าร้อยเก้าสิบเก้า", 9999), ("ร้อย", 100), ("๒ ฉบับ", 2), ("ศูนย์", 0),
    ],
)  # fmt: skip
def test_number_words(s: str, n: int) -> None:
    assert digits.number_word(s) == n


@pytest.mark.parametrize("s", ["", "เอ็ด", "สองสาม", "ฉบับ", "สามหมื่น", "สิบศูนย์", "พรรค"])
def test_no_number_words(s: str) -> None:
    assert digits.number_word(s) is None


def test_has_thai_digits() -> None:
    assert digits.has_thai_digits("3.๒") and not digits.has_thai_digits("3.2")
