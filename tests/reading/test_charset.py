"""What the stock models cannot print."""

from __future__ import annotations

import pytest

from formextract.reading.charset import cannot_print, charset_of, digits_suspect
from formextract.reading.tesseract import TesseractEngine


@pytest.mark.parametrize("lang", ["tha+eng", "Thai"])
def test_stock_models_lack_five_digits_and_a_letter(lang: str) -> None:
    assert cannot_print(TesseractEngine(lang=lang)) == frozenset("๔๖๗๘๙ฌ✓")


def test_tha_alone_has_no_latin() -> None:
    assert "A" not in charset_of("tha") and "A" in charset_of("Thai")


@pytest.mark.parametrize(
    ("text", "suspect"),
    [
        ("พ.ศ. ๒๕๒๓", True),
        ("วันที่ ๑ ตุลาคม", True),
        ("จำนวน 12 ชั่วโมง", False),
        ("โรงเรียนบ้านหนอง", False),
        ("ข้อ 1 ด ครู", True),
    ],
)
def test_lines_that_may_hold_thai_digits(text: str, suspect: bool) -> None:
    assert digits_suspect(text, charset_of("tha+eng")) is suspect


def test_an_engine_that_knows_all_digits_is_not_doubted() -> None:
    full = charset_of("tha+eng") | frozenset("๔๖๗๘๙")
    assert digits_suspect("พ.ศ. ๒๕๖๗", full) is False
