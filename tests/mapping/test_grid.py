from collections.abc import Sequence
from typing import Any

import pytest

from formextract.mapping.fill import assemble
from formextract.mapping.found import Found
from formextract.model import PageContent, Table
from formextract.records import complete_record
from tests.mapping.build import flags, found, mappings, page, table

HEADER = ["ลำดับ", "สังกัด", "สถานศึกษาแกนนำ", "สถานศึกษาร่วมพัฒนา"]
A, B = "สพป.นครปฐม เขต 1", "สพป.นครปฐม เขต 2"


def grid(*pages: PageContent | Table) -> list[Found]:
    """The roster's rows of the pages."""
    contents = [
        p if isinstance(p, PageContent) else page(number=i + 1, tables=[p]) for i, p in enumerate(pages)
    ]
    return [f for f in found(mappings()["roster_announcement"], *contents) if f.path.startswith("rows")]


def rows(hits: Sequence[Found], *keys: str) -> list[tuple[Any, ...]]:
    made = complete_record("roster_announcement", assemble(hits, {}))["rows"]
    return [tuple(row[k] for k in keys) for row in made]


ALL = ("seq", "area_office", "lead_school", "codev_school")


def test_blank_cells_are_carried_down_within_a_page() -> None:
    hits = grid(
        table(
            [
                HEADER,
                ["1", A, "โรงเรียนวัดไผ่", "1. โรงเรียนบ้านตาล"],
                ["", "", "", "2. โรงเรียนบ้านไร่"],
                ["2", B, "โรงเรียนวัดงิ้ว", "1. โรงเรียนบ้านนา"],
            ]
        )
    )
    assert rows(hits, *ALL) == [
        (1, A, "โรงเรียนวัดไผ่", "โรงเรียนบ้านตาล"),
        (1, A, "โรงเรียนวัดไผ่", "โรงเรียนบ้านไร่"),
        (2, B, "โรงเรียนวัดงิ้ว", "โรงเรียนบ้านนา"),
    ]
    assert rows(hits, "codev_no", "carried_down", "uncertain") == [
        (1, [], False),
        (2, ["seq", "area_office", "lead_school"], False),
        (1, [], False),
    ]
    by_path = {f.path: f for f in hits}
    assert by_path["rows[1].lead_school"].method == "carried_down"
    assert by_path["rows[1].lead_school"].box == by_path["rows[0].lead_school"].box


def test_merged_cells_hold_for_all_their_rows() -> None:
    hits = grid(
        table(
            [
                HEADER,
                ["1", A, "โรงเรียนวัดไผ่", "1. โรงเรียนบ้านตาล"],
                [None, None, None, "2. โรงเรียนบ้านไร่"],
                [None, None, "โรงเรียนวัดงิ้ว", "1. โรงเรียนบ้านนา"],
            ],
            spans={(1, 0): (3, 1), (1, 1): (3, 1), (1, 2): (2, 1)},
        )
    )
    assert rows(hits, *ALL) == [
        (1, A, "โรงเรียนวัดไผ่", "โรงเรียนบ้านตาล"),
        (1, A, "โรงเรียนวัดไผ่", "โรงเรียนบ้านไร่"),
        (1, A, "โรงเรียนวัดงิ้ว", "โรงเรียนบ้านนา"),
    ]
    assert not any(r[0] for r in rows(hits, "uncertain"))


FIRST = table([HEADER, ["1", A, "โรงเรียนวัดไผ่", "1. โรงเรียนบ้านตาล"], ["", "", "", "2. โรงเรียนบ้านไร่"]])


@pytest.mark.parametrize("header", [True, False])
def test_the_count_that_goes_on_over_a_page_break_carries_on(header: bool) -> None:
    body = [["", "", "", "3. โรงเรียนบ้านนา"], ["2", B, "โรงเรียนวัดงิ้ว", "1. โรงเรียนบ้านดง"]]
    hits = grid(FIRST, table([HEADER, *body] if header else body))
    assert rows(hits, "seq", "lead_school", "codev_no", "uncertain") == [
        (1, "โรงเรียนวัดไผ่", 1, False),
        (1, "โรงเรียนวัดไผ่", 2, False),
        (1, "โรงเรียนวัดไผ่", 3, False),
        (2, "โรงเรียนวัดงิ้ว", 1, False),
    ]


@pytest.mark.parametrize("first", ["2. โรงเรียนบ้านนา", "5. โรงเรียนบ้านนา", "1. โรงเรียนบ้านนา"])
def test_nothing_is_carried_over_a_loss(first: str) -> None:
    """FIELDS §4: a jump in the count over a page break shows rows that are missing."""
    body = [["", "", "", first], ["", "", "", "6. โรงเรียนบ้านดง"], ["3", B, "โรงเรียนวัดงิ้ว", "1. โรงเรียนบ้านยาง"]]
    hits = grid(FIRST, table(body))
    assert rows(hits, "seq", "area_office", "lead_school", "uncertain")[2:] == [
        (None, None, None, True),
        (None, None, None, True),
        (3, B, "โรงเรียนวัดงิ้ว", False),
    ]
    assert "doubt" in flags(hits, "rows[2].uncertain") and "doubt" in flags(hits, "rows[2].seq")
    assert rows(hits, "codev_school")[2] == ("โรงเรียนบ้านนา",)


def test_the_first_page_of_a_cut_roster_has_no_parents() -> None:
    hits = grid(table([HEADER, ["", "", "", "2. โรงเรียนบ้านนา"], ["2", A, "โรงเรียนวัดไผ่", "1. โรงเรียนบ้านดง"]]))
    assert rows(hits, "seq", "lead_school", "uncertain") == [
        (None, None, True),
        (2, "โรงเรียนวัดไผ่", False),
    ]
    assert "doubt" in flags(hits, "rows[0].lead_school")


def test_several_members_in_one_cell_are_rows_of_their_own() -> None:
    hits = grid(
        table(
            [
                HEADER,
                ["1", A, "โรงเรียนวัดไผ่", "1. โรงเรียนบ้านตาล\n2. โรงเรียนบ้านไร่\n(มิตรภาพที่ 12)\n๓. โรงเรียนบ้านนา"],
            ]
        )
    )
    assert rows(hits, "codev_no", "lead_school") == [(n, "โรงเรียนวัดไผ่") for n in (1, 2, 3)]
    assert [r[0].replace(" ", "") for r in rows(hits, "codev_school")] == [
        "โรงเรียนบ้านตาล",
        "โรงเรียนบ้านไร่(มิตรภาพที่12)",
        "โรงเรียนบ้านนา",
    ]


def test_numbered_leads_of_one_office() -> None:
    hits = grid(
        table(
            [
                HEADER,
                ["1", A, "1. โรงเรียนวัดไผ่", "1. โรงเรียนบ้านตาล"],
                ["", "", "2. โรงเรียนวัดงิ้ว", "1. โรงเรียนบ้านไร่"],
            ]
        )
    )
    assert rows(hits, "seq", "lead_no", "lead_school") == [
        (1, 1, "โรงเรียนวัดไผ่"),
        (1, 2, "โรงเรียนวัดงิ้ว"),
    ]


def test_a_lead_without_a_number_has_null() -> None:
    hits = grid(table([HEADER, ["1", A, "โรงเรียนวัดไผ่", "1. โรงเรียนบ้านตาล"]]))
    assert rows(hits, "lead_no") == [(None,)]
    assert "doubt" not in flags(hits, "rows[0].lead_no")


def test_parents_on_a_line_of_their_own_are_printed_not_carried() -> None:
    hits = grid(
        table(
            [
                HEADER,
                ["1", A, "", ""],
                ["", "", "โรงเรียนวัดไผ่", ""],
                ["", "", "", "1. โรงเรียนบ้านตาล"],
                ["", "", "", "2. โรงเรียนบ้านไร่"],
            ]
        )
    )
    assert rows(hits, *ALL, "uncertain") == [
        (1, A, "โรงเรียนวัดไผ่", "โรงเรียนบ้านตาล", False),
        (1, A, "โรงเรียนวัดไผ่", "โรงเรียนบ้านไร่", False),
    ]
    assert rows(hits, "carried_down")[0] == ([],)


def test_the_office_as_a_row_above_its_schools() -> None:
    hits = grid(
        table(
            [
                ["ลำดับ", "สถานศึกษาแกนนำ", "สถานศึกษาร่วมพัฒนา"],
                ["สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 1", None, None],
                ["1", "โรงเรียนวัดไผ่", "1. โรงเรียนบ้านตาล"],
                ["", "", "2. โรงเรียนบ้านไร่"],
                ["สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 2", None, None],
                ["2", "โรงเรียนวัดงิ้ว", "1. โรงเรียนบ้านนา"],
            ],
            spans={(1, 0): (1, 3), (4, 0): (1, 3)},
            widths=[60, 200, 200],
        )
    )
    office = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต "
    assert rows(hits, *ALL, "uncertain") == [
        (1, office + "1", "โรงเรียนวัดไผ่", "โรงเรียนบ้านตาล", False),
        (1, office + "1", "โรงเรียนวัดไผ่", "โรงเรียนบ้านไร่", False),
        (2, office + "2", "โรงเรียนวัดงิ้ว", "โรงเรียนบ้านนา", False),
    ]


def test_columns_of_no_interest_between_and_behind() -> None:
    hits = grid(
        table(
            [
                ["ลำดับ", "สังกัด", "อำเภอ", "สถานศึกษาแกนนำ", "สถานศึกษาร่วมพัฒนา", "หมายเหตุ"],
                ["1", A, "เมือง", "โรงเรียนวัดไผ่", "1. โรงเรียนบ้านตาล", "ใหม่"],
                ["", "", "", "", "2. โรงเรียนบ้านไร่", ""],
            ],
            widths=[40, 100, 60, 100, 100, 60],
        )
    )
    assert rows(hits, *ALL)[1] == (1, A, "โรงเรียนวัดไผ่", "โรงเรียนบ้านไร่")


def test_one_misread_header_is_known_by_its_place() -> None:
    hits = grid(
        table([["ลำดับ", "สัทก๊ด", "สถานศึกษาแกนนำ", "สถาบศกบา"], ["1", A, "โรงเรียนวัดไผ่", "1. โรงเรียนบ้านตาล"]])
    )
    assert rows(hits, *ALL) == [(1, A, "โรงเรียนวัดไผ่", "โรงเรียนบ้านตาล")]


def test_another_table_is_no_roster() -> None:
    assert grid(table([["ที่", "รายการ", "จำนวน", "ราคา"], ["1", "กระดาษ", "2", "100"]])) == []


def test_an_empty_roster() -> None:
    assert grid(table([HEADER, ["", "", "", ""], ["", "", "", ""]])) == []
