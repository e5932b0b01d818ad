from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from formextract.evaluation.callouts import find_lines, group_notes, place_notes, show_values
from formextract.mapping.found import Found, from_span
from formextract.mapping.stream import PlacedLine, Stream
from formextract.model import Box, Decision, Evidence, Glyph, TextLine, union_of


def found(path: str, value: object, box: Box, method: str = "ocr", kind: str = "text") -> Found:
    return Found(path, value, kind, str(value), 1, box, method)  # type: ignore[arg-type]


def proof(decision: Decision) -> Evidence:
    return Evidence("", 0.9, decision, 1, Box(0, 0, 1, 1), "ocr")


def line(text: str, y: float) -> PlacedLine:
    glyphs = tuple(Glyph(c, Box(10 * i, y, 10 * i + 9, y + 10)) for i, c in enumerate(text))
    return PlacedLine(1, TextLine(glyphs, union_of(g.box for g in glyphs), "ocr"))


@given(
    st.lists(st.floats(-50, 2000), max_size=120),
    st.floats(8, 30),
    st.floats(0, 50),
    st.floats(300, 1500),
)
def test_notes_stand_in_order_apart_and_inside(
    wanted: list[float], pitch: float, top: float, bottom: float
) -> None:
    places = place_notes(sorted(wanted), pitch, top, bottom)
    assert len(places) == len(wanted)
    least = min(pitch, (bottom - top) / max(1, len(wanted)))
    for a, b in pairwise(places):
        assert b - a >= least - 1e-6
    for y in places:
        assert top - 1e-6 <= y <= bottom + 1e-6


def test_notes_with_room_stand_where_they_want() -> None:
    assert place_notes([100, 200, 400], 15, 0, 1000) == [100, 200, 400]


def test_notes_that_crowd_spread_around_their_middle() -> None:
    assert place_notes([100, 100, 100], 20, 0, 1000) == [80, 100, 120]


def test_states_tell_accepted_review_unread_and_empty() -> None:
    box = Box(0, 0, 10, 10)
    values = show_values(
        [found("a", 1, box), found("b", 2, box), found("c", None, box), found("d", None, box)],
        {"a": 1, "b": 2, "c": None, "d": None},
        {"a": proof(Decision.ACCEPTED), "b": proof(Decision.REVIEW), "c": proof(Decision.REVIEW)},
        Stream([]),
    )
    assert [v.state for v in values] == ["accepted", "review", "unread", "empty"]


def test_a_value_is_shown_as_the_record_has_it() -> None:
    (value,) = show_values([found("a", "read", Box(0, 0, 9, 9))], {"a": "put right"}, {}, Stream([]))
    assert value.value == "put right"


def test_values_of_one_row_share_a_note_and_others_do_not() -> None:
    row, below = Box(0, 0, 10, 10), Box(0, 40, 10, 50)
    values = show_values(
        [
            found("rows[0].seq", 1, row),
            found("rows[0].name", "ก", Box(20, 1, 40, 11)),
            found("rows[0].area", "ข", row, method="carried_down"),
            found("rows[1].seq", 2, below),
        ],
        {"rows": [{"seq": 1, "name": "ก", "area": "ข"}, {"seq": 2}]},
        {"rows[0].seq": proof(Decision.ACCEPTED), "rows[0].name": proof(Decision.REVIEW)},
        Stream([]),
    )
    notes = group_notes(values)
    assert [(n.path, n.text) for n in notes] == [("rows[0]", "seq 1 · name ก"), ("rows[1].seq", "2")]
    assert notes[0].state == "review"
    assert (notes[0].box, notes[0].y) == (Box(0, 0, 40, 11), 5)


def test_lines_of_a_wrapped_value_are_found_each() -> None:
    stream = Stream([line("เรื่อง abcd", 0), line("efgh จบ", 20)])
    start, end = stream.text.index("abcd"), stream.text.index("efgh") + 4
    wrapped = from_span("title", "abcdefgh", "text", stream.span(start, end))
    first, second = find_lines(wrapped, stream)
    assert (first.y0, second.y0) == (0, 20)
    assert first.x0 > second.x1
    assert union_of([first, second]) == wrapped.box


def test_lines_of_a_value_that_is_elsewhere_are_not_made_up() -> None:
    stream = Stream([line("abcd", 0), line("efgh", 20)])
    other = Stream([line("abcd", 300), line("efgh", 320)])
    assert find_lines(from_span("t", "abcdefgh", "text", other.whole()), stream) == []
