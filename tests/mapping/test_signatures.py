from typing import Any

from formextract.model import TextLine
from tests.layout.build import line
from tests.mapping.build import found, mapping, page, record

ONE = mapping(
    {"block": "signature", "section": "sign", "name": "s.name", "position": "s.position", "date": "s.date"},
    {
        "block": "signature",
        "section": "opinion",
        "name": "o.name",
        "position": "o.position",
        "date": "o.date",
    },
    sections=[{"id": "sign", "starts": "ลงชื่อ"}, {"id": "opinion", "starts": "ความเห็นของผู้บังคับบัญชา"}],
)
ALL = mapping(
    {
        "block": "signatures",
        "section": "all",
        "field": "signatures",
        "witnesses": "witnesses",
        "roles": ["ผู้ให้ข้อตกลง", "ผู้รับข้อตกลง"],
    }
)
DOTS = "." * 20


def test_name_position_and_date() -> None:
    got = record(
        ONE,
        page(
            f"ลงชื่อ{DOTS}",
            "(นายสมปอง ใจดี)",
            "ตำแหน่ง ผู้อำนวยการโรงเรียนบ้านไผ่",
            "1 / ตุลาคม / 2567",
            "ความเห็นของผู้บังคับบัญชา",
            f"ลงชื่อ{DOTS}",
            f"({DOTS})",
            f"ตำแหน่ง{DOTS}",
            "....../............/......",
        ),
    )
    assert got == {"s": {"name": "นายสมปอง ใจดี", "position": "ผู้อำนวยการโรงเรียนบ้านไผ่", "date": "2024-10-01"}}


def two_columns() -> list[TextLine]:
    rows = [
        (f"ลงชื่อ{DOTS}ผู้ให้ข้อตกลง", f"ลงชื่อ{DOTS}ผู้รับข้อตกลง"),
        ("(นายสมปอง ใจดี)", "(นางสาวกานดา ทองดี)"),
        ("ผู้อำนวยการโรงเรียนบ้านไผ่", "ผู้อำนวยการโรงเรียนบ้านตาล"),
        (f"ลงชื่อ{DOTS}พยาน", f"ลงชื่อ{DOTS}พยาน"),
        ("(นายมานะ ขยัน)", f"({DOTS})"),
    ]
    return [
        line(text, x, 60 + 20 * i, width=4.5)
        for i, pair in enumerate(rows)
        for x, text in zip((40, 320), pair, strict=True)
    ]


def test_two_columns_and_witnesses() -> None:
    """DOMAIN §7.7: two signatures on one line, the role behind the leader."""
    got: dict[str, Any] = record(ALL, page(extra=two_columns()))
    assert [(s["role"], s["name_printed"], s["position_printed"]) for s in got["signatures"]] == [
        ("ผู้ให้ข้อตกลง", "นายสมปอง ใจดี", "ผู้อำนวยการโรงเรียนบ้านไผ่"),
        ("ผู้รับข้อตกลง", "นางสาวกานดา ทองดี", "ผู้อำนวยการโรงเรียนบ้านตาล"),
    ]
    assert got["witnesses"] == ["นายมานะ ขยัน"]


def test_blank_signatures_name_nobody() -> None:
    hits = found(ALL, page(f"ลงชื่อ{DOTS}ผู้ให้ข้อตกลง", f"({DOTS})", f"ตำแหน่ง{DOTS}"))
    assert not [f for f in hits if f.value is not None and f.kind != "label"]


def test_a_section_that_is_not_there() -> None:
    assert found(ONE, page("ข้อความ")) == []


def test_a_name_typed_upon_the_leader() -> None:
    texts = ("ลงชื่อ.......นายสมปอง ใจดี.......ผู้ให้ข้อตกลง", "ตำแหน่ง ผู้อำนวยการโรงเรียนบ้านไผ่")
    typed = {f.path: f for f in found(ALL, page(*texts))}["signatures[0].name_printed"]
    assert typed.value == "นายสมปอง ใจดี" and "doubt" not in typed.flags
    read = {f.path: f for f in found(ALL, page(*texts, method="ocr"))}["signatures[0].name_printed"]
    assert "doubt" in read.flags
