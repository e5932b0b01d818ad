"""Two readings: agreement is set glyph by glyph and never where anything differs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from formextract.model import Box, Glyph
from formextract.reading.agree import combine, mark_agreement
from formextract.reading.engine import EMPTY_READING, LineReading, reading_of
from formextract.thai.text import clusters, normalise
from tests.reading.fakes import crop_of_bars


def reading(text: str, score: float = 0.9) -> LineReading:
    return reading_of([Glyph(c, Box(k, 0, k + 1, 1), score) for k, c in enumerate(clusters(text))])


def agreed(first: str, second: str) -> str:
    return "".join("+" if g.agreed else "-" for g in mark_agreement(reading(first).glyphs, second))


def test_same_text_agrees() -> None:
    assert agreed("ปี ๒๕๖๗", "ปี๒๕๖๗") == "++++++"


def test_a_different_digit_is_doubtful_alone() -> None:
    assert agreed("พ.ศ. 2567", "พ.ศ. 2561") == "++++" + "+" + "+++-"


def test_a_lost_digit_makes_its_neighbours_doubtful() -> None:
    assert agreed("150", "1500") in ("++-", "+--")
    assert agreed("1500", "150").count("-") >= 1


def test_a_tone_mark_counts() -> None:
    assert agreed("น้ำ", "นำ") == "-"


def test_combine_keeps_the_second_text_and_order() -> None:
    crop = crop_of_bars([(0, 10)])
    one, none, weak = combine(
        [reading("กข"), EMPTY_READING, EMPTY_READING],
        [reading("กค"), EMPTY_READING, reading("งง", 0.8)],
        [crop] * 3,
    )
    assert one is not None and one.text == "กข" and one.second == "กค"
    assert [g.agreed for g in one.glyphs] == [True, False]
    assert none is None
    assert weak is not None and weak.text == "งง"
    assert not any(g.agreed for g in weak.glyphs) and weak.confidence < 0.5


def test_without_a_second_reading_agreement_is_unknown() -> None:
    (line,) = combine([reading("กข")], None, [crop_of_bars([(0, 10)])])
    assert line is not None and line.second is None and line.glyphs[0].agreed is None


text = st.text(alphabet="กขคงนา่้ิ 012๓", max_size=15).map(normalise)


@given(text, text)
def test_full_agreement_means_equal_texts(a: str, b: str) -> None:
    glyphs = mark_agreement(reading(a).glyphs, b)
    if glyphs and all(g.agreed for g in glyphs):
        assert a.replace(" ", "") == b.replace(" ", "")
