"""Latin look-alikes that a model with both scripts prints for Thai words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formextract.model import Box, Glyph
from formextract.reading.agree import mark_agreement, mend_latin
from formextract.reading.engine import LineReading, reading_of
from formextract.thai.text import clusters


def reading(text: str) -> LineReading:
    return reading_of([Glyph(c, Box(i, 0, i + 1, 1), 0.9) for i, c in enumerate(clusters(text))])


def mend(first: str, second: str) -> tuple[Glyph, ...]:
    one = reading(first)
    return mend_latin(replace(one, glyphs=mark_agreement(one.glyphs, second)), reading(second))


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("ประเด็นท้าทาย Gos การลด", "ประเด็นท้าทายเ รื่อง การลด", "ประเด็นท้าทาย เรื่อง การลด"),
        ("กับผู้เรียน ag และ", "กับผู้เรียน ครู และ", "กับผู้เรียน ครู และ"),
        ("เมษายน we. 2565", "เมษายน พ.ศ. 2565", "เมษายน พ.ศ. 2565"),
    ],
)
def test_intruder_gives_way_to_plain_thai_and_is_agreed_by_nobody(
    first: str, second: str, wanted: str
) -> None:
    mended = mend(first, second)
    assert "".join(g.text for g in mended) == wanted
    assert any(g.agreed is False and g.text in "เรื่องครูพศ" for g in mended)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ผลลัพธ์ (Outcomes) ของ", "ผลลัพธ์ (0บtc๐กา5) ของ"),
        ("งาน (Tasks) ที่", "งาน (โละks) ที่"),
        ("แบบ PA ๑", "แบบ ?ล ๑"),
    ],
)
def test_true_latin_words_stay(first: str, second: str) -> None:
    assert "".join(g.text for g in mend(first, second)) == first
