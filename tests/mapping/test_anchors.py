from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formextract.mapping.anchors import allowed_error, contains, find_sections, find_sequence, occurrences
from formextract.mapping.stream import Span
from tests.mapping.build import stream

LABELS = [["ชื่อ"], ["นามสกุล"], ["ตำแหน่ง"], ["วิทยฐานะ"], ["สถานศึกษา"], ["สังกัด"], ["อัตราเงินเดือน"], ["บาท"]]


def test_labels_in_printed_order() -> None:
    s = stream("ชื่อ นายก้อน นามสกุล ทองดี ตำแหน่ง ครู", "สังกัด สพป.นครปฐม เขต 2")
    got = find_sequence(s.whole(), LABELS)
    assert [a is not None for a in got] == [True, True, True, False, False, True, False, False]


def test_the_second_of_two_equal_labels_stands_behind_the_label_between() -> None:
    """DOMAIN §7.10: สังกัด twice in one form."""
    s = stream("สถานศึกษาร่วมพัฒนา ก สังกัด เขต 1", "สถานศึกษาแกนนำ ข สังกัด เขต 2")
    labels = [["สถานศึกษาร่วมพัฒนา"], ["สังกัด"], ["สถานศึกษาแกนนำ"], ["สังกัด"]]
    got = find_sequence(s.whole(), labels)
    assert all(got)
    assert [a.start for a in got if a] == sorted(a.start for a in got if a)
    assert s.line_of(got[1].start) == 0 and s.line_of(got[3].start) == 1  # type: ignore[union-attr]


def test_a_label_with_lost_marks_is_found_in_a_scan_only() -> None:
    assert find_sequence(stream("อัตราเงนเดอน 5", method="ocr").whole(), [["อัตราเงินเดือน"]])[0] is not None
    assert find_sequence(stream("อัตราเงนเดอน 5").whole(), [["อัตราเงินเดือน"]])[0] is None


def test_of_two_variants_the_one_that_leaves_less_in_the_value() -> None:
    s = stream("ถึง ปี พ.ศ. 2566")
    anchor = find_sequence(s.whole(), [["ถึง", "ถึงปี", "ถึง ปี พ.ศ."]])[0]
    assert anchor is not None and s.text[anchor.end :].strip(" .") == "2566"


def test_a_missing_first_word_of_a_label_does_not_eat_the_value() -> None:
    s = stream("โรงเรียนบ้านคูเมืองในบันทึกข้อตกลงความร่วมมือนี้ เรียกว่า สถานศึกษาแกนนำ", method="ocr")
    label = "ซึ่งต่อไปในบันทึกข้อตกลงความร่วมมือนี้ เรียกว่า สถานศึกษาแกนนำ"
    anchor = find_sequence(s.whole(), [[label]])[0]
    assert anchor is not None
    assert s.text[: anchor.start] == "โรงเรียนบ้านคูเมือง"


def test_optional_labels_never_push_out_one_that_must_be_there() -> None:
    s = stream("ซึ่งต่อไปในบันทึกข้อตกลงนี้ เรียกว่า สถานศึกษาแกนนำ")
    labels = [["เรียกว่า สถานศึกษาแกนนำ"], ["ซึ่งต่อไปในบันทึกข้อตกลงนี้"]]
    got = find_sequence(s.whole(), labels, None, [False, True])
    assert got[0] is not None and got[1] is None


@pytest.mark.parametrize("length", range(1, 60))
def test_short_labels_allow_no_more_than_one_error(length: int) -> None:
    errors = int(allowed_error(length) * length + 1e-9)
    assert errors <= (0 if length <= 3 else 1 if length <= 6 else length // 4)


def test_sections_run_to_the_next_one_found() -> None:
    s = stream("หัวเรื่อง", "1. สภาพปัญหา", "ข้อความ", "3. ผลลัพธ์", "จบ")
    got = find_sections(
        s.whole(), [[], ["1. สภาพปัญหา"], ["2. วิธีการ"], ["3. ผลลัพธ์"]], [True, True, True, True]
    )
    assert got[2] is None
    assert [x[0].raw.strip() for x in got if x] == ["หัวเรื่อง", "1. สภาพปัญหา\nข้อความ", "3. ผลลัพธ์\nจบ"]


def test_a_heading_with_the_wrong_number_is_known_by_its_words() -> None:
    """DOMAIN §7.9: 3.1 เชิงปริมาณ and again 3.1 เชิงคุณภาพ."""
    s = stream("3.1 เชิงปริมาณ", "ร้อยละ 80", "3.1 เชิงคุณภาพ", "ดีขึ้น")
    got = find_sections(s.whole(), [["3.1 เชิงปริมาณ", "เชิงปริมาณ"], ["3.2 เชิงคุณภาพ", "เชิงคุณภาพ"]], [True, True])
    assert got[0] is not None and got[1] is not None
    # the wrong number belongs to its heading, not to the list above
    assert got[0][0].raw.strip() == "3.1 เชิงปริมาณ\nร้อยละ 80"


def test_likeness_of_a_phrase_anywhere() -> None:
    s = stream("ข้อตกลงในการพัฒนางาน")
    assert contains(s, "ข้อตกลงใน การพัฒนางาน") == 1.0
    assert contains(s, "แบบบันทึกการนิเทศ") == 0.0


words = st.sampled_from(["ชื่อ", "นามสกุล", "ตำแหน่ง", "สังกัด", "บาท", "นาย", "ก", "42,520", "....", "วิทยฐานะ"])


@settings(max_examples=60)
@given(st.lists(st.lists(words, min_size=1, max_size=5), max_size=4))
def test_a_sequence_never_overlaps_and_keeps_its_order(texts: list[list[str]]) -> None:
    s = stream(*["".join(t) for t in texts])
    got = [a for a in find_sequence(s.whole(), LABELS) if a is not None]
    assert [a.index for a in got] == sorted({a.index for a in got})
    assert all(a.end <= b.start for a, b in pairwise(got))
    assert all(0 <= a.start < a.end <= len(s.text) for a in got)


@settings(max_examples=60)
@given(st.text(alphabet="ชือ่นามสกุล .", max_size=40), st.integers(0, 20), st.integers(0, 40))
def test_occurrences_stay_within_their_span(text: str, a: int, b: int) -> None:
    s = stream(text) if text.strip() else stream("ก")
    start, end = sorted((min(a, len(s.text)), min(b, len(s.text))))
    for hit in occurrences(s, ["นามสกุล", "ชื่อ"], start, end):
        assert start <= hit.start <= hit.end <= end
    assert Span(s, start, end).raw == s.text[start:end]
