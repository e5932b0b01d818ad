"""Characters become clusters; blanks come from the paper, not from the engine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formextract.model import LINE_BORDER
from formextract.reading.glyphs import find_blanks, glyphs_of, letter_height
from formextract.reading.hocr import ReadChar, parse_hocr
from formextract.thai.text import clusters, normalise
from tests.reading.fakes import crop_of_bars

B = LINE_BORDER


def chars(*items: tuple[str, int, int]) -> list[ReadChar]:
    return [ReadChar(t, x0 + B, B, x1 + B, 40, 0.9) for t, x0, x1 in items]


def test_blank_where_the_paper_is_blank() -> None:
    crop = crop_of_bars([(0, 20), (24, 44), (70, 90), (94, 114)])
    glyphs = glyphs_of(chars(("ก", 0, 20), ("ข", 24, 44), ("ค", 70, 90), ("ง", 94, 114)), crop)
    assert "".join(g.text for g in glyphs) == "กข คง"
    assert glyphs[2].box.x0 == pytest.approx(100 + 44 / 4) and glyphs[2].box.x1 == pytest.approx(100 + 70 / 4)


def test_engine_box_that_swallows_the_blank_does_not_move_it() -> None:
    """ดังนี้ was once cut as ดั งนี้, because the engine's ด began at the end of the word before."""
    crop = crop_of_bars([(0, 20), (24, 44), (80, 100), (104, 124)])
    read = chars(("ก", 0, 20), ("น", 24, 44), ("ด", 46, 100), ("\u0e31", 82, 90), ("ง", 104, 124))
    assert "".join(g.text for g in glyphs_of(read, crop)) == "กน ดัง"


def test_stretched_print_has_no_blanks_between_letters() -> None:
    crop = crop_of_bars([(k * 30, k * 30 + 18) for k in range(10)])
    assert find_blanks(crop.image, letter_height(crop.image)) == []


def test_sara_am_read_with_mai_han_akat_is_mended() -> None:
    crop = crop_of_bars([(0, 20), (24, 44)])
    read = chars(("น", 0, 20), ("\u0e31", 2, 8), ("\u0e49", 2, 8), ("า", 24, 44))
    assert "".join(g.text for g in glyphs_of(read, crop)) == "น้ำ"


letters = st.text(alphabet="กขคงนมาเโ่้ัิำ0129๑๒.()ABab", min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(letters, st.lists(st.integers(2, 60), min_size=20, max_size=20))
def test_any_reading_gives_normal_text_in_order(text: str, gaps: list[int]) -> None:
    at, bars, read = 0, [], []
    for ch, gap in zip(text, gaps, strict=False):
        bars.append((at, at + 15))
        read.append((ch, at, at + 15))
        at += 15 + gap
    crop = crop_of_bars(bars)
    glyphs = glyphs_of(chars(*read), crop)
    joined = "".join(g.text for g in glyphs)
    assert normalise(joined) == joined
    assert clusters(joined) == [g.text for g in glyphs]
    lefts = [g.box.x0 for g in glyphs if g.text == " "]
    assert lefts == sorted(lefts)
    assert all(g.box.x1 >= g.box.x0 and 0 <= g.confidence <= 1 for g in glyphs)


@given(st.text(max_size=300))
def test_hocr_parser_never_fails(text: str) -> None:
    assert isinstance(parse_hocr("<div class='ocr_page'" + text), list)


def test_hocr_entities_and_odd_scores() -> None:
    span = "<span class='ocrx_cinfo' title='x_bboxes 1 2 3 4; x_conf {}'>{}</span>"
    body = "<div class='ocr_page' id='1'>" + span.format(250, "&amp;") + span.format("nan", "&lt;")
    body += "</div><div class='ocr_page'></div>"
    first, second = parse_hocr(body)
    assert [(c.text, c.confidence) for c in first] == [("&", 1.0), ("<", 0.0)]
    assert second == []


def test_letter_height_of_nothing_is_zero() -> None:
    assert letter_height(np.full((30, 30), 255, np.uint8)) == 0
