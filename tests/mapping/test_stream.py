from hypothesis import given
from hypothesis import strategies as st

from formextract.mapping.stream import Span, Stream, squeeze_label
from tests.mapping.build import lines, stream

thai = st.text(alphabet="กขคงนมรลสอาเแิีัำ่้๑๒123. …:/()", max_size=25)


def test_squeezed_labels_hold_no_blanks_dots_or_thai_digits() -> None:
    assert squeeze_label(" พ.ศ. ๒๕๖๗ ……") == "พศ2567"
    assert squeeze_label("☐ เต็มเวลา") == "เต็มเวลา"


def test_leaders_are_no_part_of_a_value() -> None:
    s = stream("ชื่อ.......นายก้อน.......นามสกุล")
    begin, end = s.text.index("."), s.text.index("นามสกุล")
    assert Span(s, begin, end).trimmed().raw == "นายก้อน"


def test_a_figure_in_its_leader_keeps_its_point() -> None:
    s = stream("อัตรา....๔๒.๕๒๐....บาท")
    assert Span(s, 5, s.text.index("บาท")).trimmed().raw == "๔๒.๕๒๐"


def test_a_break_is_a_blank_only_where_one_was_printed() -> None:
    assert stream("พัฒนา", "ครู", blank=True).whole().joined() == "พัฒนา ครู"
    assert stream("พัฒนา", "ครู", blank=False).whole().joined() == "พัฒนาครู"


def test_a_scan_shows_no_blank_between_thai_letters_but_digits_stand_apart() -> None:
    assert stream("พัฒนา", "ครู").whole().joined() == "พัฒนาครู"
    assert stream("เขต", "2").whole().joined() == "เขต 2"
    assert not stream("พัฒนา", "ครู").whole().blanks_known()
    assert stream("พัฒนา").whole().blanks_known()


def test_the_box_of_a_value_leaves_its_leaders_out() -> None:
    s = stream("......ก้อน......")
    value = Span(s, s.text.index("ก"), s.text.index("น") + 1)
    assert s.whole().box() == value.box()


def test_line_starts() -> None:
    s = stream("ก ข", "☐ ค", "3.1 ง")
    assert [s.at_line_start(s.text.index(c)) for c in "กขคง"] == [True, False, True, True]


def test_an_empty_stream_is_harmless() -> None:
    s = Stream(())
    assert s.whole().raw == "" and s.whole().parts() == [] and s.whole().box().area == 0
    assert s.squeezed == "" and s.page_at(0) == 1


@given(st.lists(thai, max_size=4))
def test_every_character_knows_its_line(texts: list[str]) -> None:
    kept = [t for t in texts if t.strip()]
    s = stream(*kept)
    assert s.text == "\n".join(x.text for x in lines(*kept))
    assert len(s.places) == len(s.leader) == len(s.text)
    for n in range(len(s.lines)):
        span = s.line_span(n)
        assert span.raw == s.lines[n].line.text
        assert all(s.line_of(i) == n for i in range(span.start, span.end))


@given(st.lists(thai, min_size=1, max_size=3), st.integers(0, 60), st.integers(0, 60))
def test_squeezing_is_undone(texts: list[str], a: int, b: int) -> None:
    s = stream(*[t for t in texts if t.strip()])
    a, b = sorted((min(a, len(s.squeezed)), min(b, len(s.squeezed))))
    start, end = s.unsqueeze(a, b)
    assert 0 <= start <= end <= len(s.text)
    leaderless = "".join(c for c, dot in zip(s.text[start:end], s.leader[start:end], strict=True) if not dot)
    assert squeeze_label(leaderless) == s.squeezed[a:b]


@given(thai)
def test_trimming_never_leaves_dots_at_the_ends(text: str) -> None:
    s = stream(text) if text.strip() else stream("ก")
    t = s.whole().trimmed()
    assert s.whole().start <= t.start <= t.end <= s.whole().end
    assert not t or not (s.leader[t.start] or s.leader[t.end - 1])
