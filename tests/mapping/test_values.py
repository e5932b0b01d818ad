from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.mapping.schema import Kind
from formextract.mapping.values import canonical, closest, parse_value
from tests.mapping.build import stream

STANDINGS = ["ชำนาญการพิเศษ", "ชำนาญการ", "เชี่ยวชาญพิเศษ", "เชี่ยวชาญ", "ไม่มีวิทยฐานะ"]
KINDS = [k for k in get_args(Kind) if k != "schools"]


def parse(kind: str, *texts: str, choices: list[str] | None = None) -> dict[str, Any]:
    span = stream(*texts).whole().trimmed()
    return {x.sub: x.value for x in parse_value(kind, span, choices or STANDINGS)}


def doubted(kind: str, *texts: str) -> bool:
    span = stream(*texts).whole().trimmed()
    return any("doubt" in x.flags for x in parse_value(kind, span, STANDINGS))


@pytest.mark.parametrize("standing", STANDINGS)
def test_each_standing_is_itself(standing: str) -> None:
    """DOMAIN §8: ชำนาญการ is a part of ชำนาญการพิเศษ; never one for the other."""
    assert parse("choice", standing) == {"": standing}


def test_a_standing_over_two_lines_keeps_its_last_word() -> None:
    assert parse("choice", "ชำนาญการ", "พิเศษ") == {"": "ชำนาญการพิเศษ"}


@pytest.mark.parametrize("damaged", ["ชำนาญการพิ", "ชำนาญการพ", "ชำนาญการพเ", "ชำนาญการ พ"])
def test_half_a_lost_word_is_never_a_lower_standing_for_sure(damaged: str) -> None:
    assert doubted("choice", damaged)


def test_a_slightly_misread_standing() -> None:
    assert parse("choice", "ชานาญการพิเศษ") == {"": "ชำนาญการพิเศษ"}


@pytest.mark.parametrize(
    ("kind", "printed", "value"),
    [
        ("hours", ".......6.........", 6),
        ("hours", "....-....", None),
        ("hours", "…๑๐…", 10),
        ("hours", ".....5........", 5),
        ("baht", "๔๒,๕๒๐", 42520),
        ("baht", "....42.520....", 42520),
        ("baht", "42,520.-", 42520),
        ("rank", "คศ.๓", "คศ.3"),
        ("rank", "ค.ศ.3", "คศ.3"),
        ("rank", ".....3.....", "คศ.3"),
        ("rank", "คศ.8", None),
        ("copies", "สาม", 3),
        ("copies", "๒", 2),
        ("year_be", "2567", 2567),
        ("date", "1 เดือน ตุลาคม พ.ศ. 2567", "2024-10-01"),
        ("date", "๑ ต.ค. ๖๗", "2024-10-01"),
        ("date", ".....1..... เดือน....ตุลาคม..... พ.ศ.....2567.....", "2024-10-01"),
        ("date", "…………… เดือน ………… พ.ศ. ………", None),
        ("form_code", "PA 1/บส", "PA 1/บส"),
        ("form_code", "PA๑/ส", "PA 1/ส"),
        ("school", "........................", None),
        ("school", "โรงเรียน............", None),
        ("area_office", "สำนักงานเขตพื้นที่การศึกษา..........", None),
        ("area_office", "สพป.นครปฐม เขต 2", "สพป.นครปฐม เขต 2"),
        ("text", "..................", None),
    ],
)
def test_printed_values(kind: str, printed: str, value: Any) -> None:
    assert parse(kind, printed) == {"": value}


def test_a_date_over_two_lines() -> None:
    assert parse("date", "1 เดือน ตุลาคม", "พ.ศ. 2567") == {"": "2024-10-01"}


def test_a_date_that_does_not_exist_is_a_doubtful_null() -> None:
    assert parse("date", "31 เดือน กุมภาพันธ์ พ.ศ. 2567") == {"": None}
    assert doubted("date", "31 เดือน กุมภาพันธ์ พ.ศ. 2567")


def test_a_weekday_that_disagrees_is_a_doubt() -> None:
    assert doubted("date", "วันจันทร์ที่ 10 กุมภาพันธ์ 2564")
    assert not doubted("date", "วันพุธที่ 10 กุมภาพันธ์ 2564")


@pytest.mark.parametrize(
    ("printed", "leaves"),
    [
        ("นายสมปอง", {"title": "นาย", "first_name": "สมปอง"}),
        ("ว่าที่ร้อยตรี ดร.สมปอง", {"title": "ว่าที่ร้อยตรี ดร.", "first_name": "สมปอง"}),
        ("นางสาวกานดา ทองดี", {"title": "นางสาว", "first_name": "กานดา", "last_name": "ทองดี"}),
        ("..........", {"title": None, "first_name": None}),
    ],
)
def test_the_given_name_and_what_is_glued_to_it(printed: str, leaves: dict[str, Any]) -> None:
    assert parse("person_given", printed) == leaves


def test_a_school_gets_its_word_once() -> None:
    assert parse("school", "บ้านหนองไผ่") == {"": "โรงเรียนบ้านหนองไผ่"}
    assert parse("school", "โรงเรียนบ้านหนองไผ่") == {"": "โรงเรียนบ้านหนองไผ่"}


def test_an_office_over_two_lines() -> None:
    got = parse("area_office", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครราชสีมา", "เขต 1")
    assert got == {"": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครราชสีมา เขต 1"}


def test_thai_digits_are_noted() -> None:
    assert "thai_digits" in parse_value("hours", stream("๖").whole())[0].flags
    assert "thai_digits" not in parse_value("hours", stream("6").whole())[0].flags


def test_closest_of_nothing() -> None:
    assert closest("", STANDINGS) is None and closest("ก", []) is None


anything = st.text(
    alphabet=st.sampled_from("กขคนางสาวยมดรศพเขตปีเ่้ำิ1234567890๑๒๓๔ ./…-()%,\"'xX☐\u200b"), max_size=40
)


@pytest.mark.parametrize("kind", KINDS)
@given(text=anything, second=anything)
def test_parsing_never_raises_and_never_returns_dots(kind: str, text: str, second: str) -> None:
    texts = [t for t in (text, second) if t.strip()] or ["ก"]
    for leaf in parse_value(kind, stream(*texts).whole().trimmed(), STANDINGS):
        assert leaf.value != ""
        if isinstance(leaf.value, str):
            assert "…" not in leaf.value and "...." not in leaf.value
            assert leaf.value.strip() == leaf.value


@given(anything)
def test_canonical_is_idempotent(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
