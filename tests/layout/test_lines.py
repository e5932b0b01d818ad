"""Cutting lines glyph by glyph."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from formextract.layout.lines import baseline, cut_at, glyph_of_char, line_of, part_of, split_wide, wide_gaps
from formextract.model import Box
from tests.layout.build import line, texts


def test_parts_lose_outer_blanks_and_the_second_reading() -> None:
    whole = replace(line("ชื่อ นาย ก", 10, 50), second="ชื่อ นาย ก", wraps_with_blank=True)
    left, right = cut_at(whole, [4])
    assert texts([left, right]) == ["ชื่อ น", "าย ก"]
    assert left.second is None and left.wraps_with_blank is None and right.wraps_with_blank is True
    assert left.box == Box(10, 36, 34, 50)


def test_whole_line_stays_the_same_object_in_value() -> None:
    whole = replace(line("สังกัด", 10, 50), second="สังกัด")
    assert part_of(whole, 0, len(whole.glyphs)) is whole


def test_blank_part_is_none() -> None:
    blank = line("   ", 10, 50)
    assert line_of(blank.glyphs, blank) is None and cut_at(blank, [1]) == ()


def test_wide_gap_is_measured_between_printed_glyphs() -> None:
    row = line("พยานคนที่ 1       ลงชื่อ", 10, 50, width=6)
    [(index, x0, x1)] = wide_gaps(row, 30)
    assert row.glyphs[index].text == "ล" and x1 - x0 == 42
    assert texts(split_wide(row, 30)) == ["พยานคนที่ 1", "ลงชื่อ"]


def test_characters_know_their_glyph() -> None:
    assert glyph_of_char(line("นี้ก", 0, 10)) == [0, 0, 0, 1]


def test_baseline_is_not_moved_by_one_lower_vowel() -> None:
    row = line("ครูก", 0, 20)
    low = replace(row.glyphs[1], box=row.glyphs[1].box.grown(0, 4))
    assert baseline(replace(row, glyphs=(row.glyphs[0], low, row.glyphs[2]))) == 20


@given(st.text("กข1 .", min_size=1, max_size=20), st.lists(st.integers(-2, 25)))
def test_cutting_loses_no_letter(text: str, places: list[int]) -> None:
    parts = cut_at(line(text, 0, 10), places)
    assert "".join(p.text for p in parts).replace(" ", "") == text.replace(" ", "")
