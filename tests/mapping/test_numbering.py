import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.mapping.numbering import ascending, read_first_level, read_second_level, split_items
from tests.mapping.build import stream


@pytest.mark.parametrize("printed", ["3.๒", "๓.2", "๓.๒", "3.2", "3 . 2", "๓.๒.", "3.2)"])
def test_thai_and_arabic_digits_mix_inside_one_number(printed: str) -> None:
    """DOMAIN §1: 3.๒ 3.๓ 3.5 ๓.๗ in one series."""
    number = read_second_level(f"{printed} สถานศึกษา", "3", 2)
    assert number is not None
    assert (number.value, number.certain) == (2, True)
    assert f"{printed} สถานศึกษา"[number.length :] == "สถานศึกษา"


def test_a_year_or_an_amount_is_no_clause_number() -> None:
    assert read_second_level("3.500 บาท", "3", 1) is None
    assert read_second_level("2566 ถึง", "3", 1) is None
    assert read_first_level("2566. ถึง", 1) is None


def test_a_misread_first_part_counts_only_if_the_second_is_due() -> None:
    due = read_second_level("8.2 สถานศึกษา", "3", 2)
    assert due is not None and not due.certain
    assert read_second_level("8.5 สถานศึกษา", "3", 2) is None


def test_what_cannot_be_read_is_a_number_in_scans_only() -> None:
    for text in ("3.ต สถานศึกษา", "ต.5 สถานศึกษา", "&.% สถานศึกษา"):
        number = read_second_level(text, "3", 4, scanned=True)
        assert number is not None and (number.value, number.certain) == (4, False)
        assert read_second_level(text, "3", 4) is None
    assert read_second_level("1.มี ครู", "3", 4, scanned=True) is None
    assert read_second_level("พ.ศ. 2567", "3", 4, scanned=True) is None


def test_a_point_that_was_not_seen() -> None:
    number = read_second_level("3๒ สำนักงาน", "3", 2, scanned=True)
    assert number is not None and (number.value, number.certain) == (2, False)
    assert read_second_level("32 สำนักงาน", "3", 2) is None
    assert read_second_level("32 สำนักงาน", "3", 4, scanned=True) is None


def items(*texts: str, prefix: str | None = None) -> list[tuple[int | None, str]]:
    return [
        (x.number.value if x.number else None, x.span.joined())
        for x in split_items(stream(*texts, blank=False).whole(), prefix)
    ]


def test_a_list_may_start_at_two() -> None:
    """DOMAIN §7.5."""
    assert items("2. ครูใช้สื่อ", "3. ครูมีแผน") == [(2, "ครูใช้สื่อ"), (3, "ครูมีแผน")]


def test_a_list_that_starts_again_at_one() -> None:
    assert [n for n, _ in items("1. ก", "2. ข", "1. ค", "2. ง")] == [1, 2, 1, 2]


def test_an_unnumbered_single_item() -> None:
    assert items("นักเรียนอ่านคล่อง", "เขียนคล่อง") == [(None, "นักเรียนอ่านคล่องเขียนคล่อง")]


def test_dashes_are_items() -> None:
    assert items("- วางแผน", "- ปฏิบัติ") == [(None, "วางแผน"), (None, "ปฏิบัติ")]


def test_numbers_inside_a_sentence_are_no_items() -> None:
    assert items("1. ครูร้อยละ 80 ได้รับการนิเทศ", "ปีละ 2 ครั้ง") == [(1, "ครูร้อยละ 80 ได้รับการนิเทศปีละ 2 ครั้ง")]


def test_text_before_the_first_number_comes_first() -> None:
    assert items("ทั้งสองฝ่ายตกลงกัน ดังนี้", "3.1 ก", "3.๒ ข", prefix="3") == [
        (None, "ทั้งสองฝ่ายตกลงกัน ดังนี้"),
        (1, "ก"),
        (2, "ข"),
    ]


def test_the_same_number_printed_twice_is_no_end_of_the_list() -> None:
    """DOMAIN §7.9: 3.1 and again 3.1."""
    assert [t for _, t in items("3.1 ก", "3.1 ข", "3.2 ค", prefix="3")] == ["ก", "ข", "ค"]


def test_ascending() -> None:
    assert ascending([1, 2, 3]) and ascending([1, None, 2]) and not ascending([1, 3])


piece = st.text(alphabet="กขค123๑๒.()- ", min_size=1, max_size=12).filter(lambda s: bool(s.strip()))


@given(st.lists(piece, min_size=1, max_size=6), st.sampled_from([None, "1", "3"]))
def test_splitting_loses_no_text(texts: list[str], prefix: str | None) -> None:
    s = stream(*texts)
    got = split_items(s.whole(), prefix)
    ends = s.whole().start
    letters = 0
    for item in got:
        assert item.span.start >= ends
        ends = item.span.end
        letters += sum("ก" <= c <= "ฮ" for c in item.span.raw)
    assert letters == sum("ก" <= c <= "ฮ" for c in s.text)


@given(piece, st.integers(1, 9), st.booleans())
def test_reading_numbers_never_raises_and_never_takes_words(text: str, due: int, scanned: bool) -> None:
    for number in (
        read_first_level(text, due, scanned=scanned),
        read_second_level(text, "3", due, scanned=scanned),
    ):
        if number is not None:
            assert 0 < number.length <= len(text)
            letters = sum("ก" <= c <= "ฮ" for c in text[: number.length])
            assert letters <= (1 if scanned and not number.certain else 0)
