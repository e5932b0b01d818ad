"""Whole forms: filled, partly filled and blank."""

import json
from typing import Any

import pytest

from formextract.mapping.fill import assemble, fill_form, fill_state
from formextract.model import PageContent, Status
from formextract.records import complete_record, empty_record
from tests.mapping.build import mapping, mappings, page

DOTS = "." * 24


def mou(
    *,
    office: str = DOTS,
    lead: str = DOTS,
    codev: str = f"โรงเรียน{DOTS}โรงเรียน{DOTS}และโรงเรียน{DOTS}",
    place: str = DOTS,
    date: str = f"วันที่{DOTS}เดือน{DOTS}พ.ศ.{DOTS}",
    name: str = DOTS,
) -> PageContent:
    """The three-party template; what is not given is left to its dots."""
    return page(
        "(ร่าง) บันทึกข้อตกลงความร่วมมือ",
        "เรื่อง การดำเนินงานของเครือข่ายนวัตกรรมคุณภาพสถานศึกษา",
        f"บันทึกข้อตกลงความร่วมมือฉบับนี้จัดทำขึ้น ณ {place} เมื่อ{date}",
        f"ระหว่างสำนักงานเขตพื้นที่การศึกษา{office} หรือสำนักบริหารงานการศึกษาพิเศษ",
        f"กับโรงเรียน{lead} ในบันทึกข้อตกลงความร่วมมือนี้ เรียกว่า สถานศึกษาแกนนำ และ",
        f"{codev} ในบันทึกข้อตกลงความร่วมมือนี้ เรียกว่า สถานศึกษาร่วมพัฒนา",
        "ที่ได้ลงนามร่วม 3 ฝ่าย โดยมีรายละเอียด ดังนี้",
        "ข้อ 1 วัตถุประสงค์",
        "1.๑ เพื่อส่งเสริม",
        "1.2 เพื่อพัฒนา",
        "ข้อ 2 ระยะเวลาความร่วมมือ",
        "ระหว่าง ปี พ.ศ 2564 ถึง ปี พ.ศ. 2566",
        "ข้อ 3 ข้อตกลงความร่วมมือ",
        "3.1 จัดทำแผน",
        "ข้อ 4 ผลผูกพันทางกฎหมาย",
        "ข้อ 6 การเปลี่ยนแปลง แก้ไข และยกเลิกข้อตกลง",
        "แจ้งเป็นลายลักษณ์อักษรอย่างน้อย 30 วัน และเมื่อ",
        "กรณีฝ่ายใดฝ่ายหนึ่ง มีความต้องการที่จะขอยกเลิกความร่วมมือ แจ้งอย่างน้อย 15 วัน เพื่อให้โอกาส",
        "บันทึกข้อตกลงความร่วมมือทำขึ้นเป็นสามฉบับ",
        f"ลงชื่อ{DOTS}ผู้ให้ข้อตกลง",
        f"({name})",
        f"ตำแหน่ง{DOTS}",
    )


def filled(content: PageContent) -> tuple[Status, dict[str, Any]]:
    made = mappings()["network_mou_3p_area"]
    prepared, hits = fill_form([content], made)
    record = complete_record("network_mou", assemble(hits, empty_record("network_mou")))
    return fill_state(prepared, hits), record


FILLED = {
    "office": "ประถมศึกษานครปฐม เขต 2",
    "lead": "วัดไผ่",
    "codev": "โรงเรียนบ้านตาล โรงเรียนบ้านไร่ และโรงเรียนบ้านนา",
    "place": "ห้องประชุมโรงเรียนวัดไผ่",
    "date": "วันที่ 5 เดือน มกราคม พ.ศ. 2565",
    "name": "นายสมปอง ใจดี",
}


def test_a_blank_template_gives_nulls_and_never_dots() -> None:
    """FIELDS §0: seed 002 holds blank forms."""
    status, record = filled(mou())
    assert status is Status.BLANK_TEMPLATE
    for key in ("made_at", "made_date", "area_office", "lead_school"):
        assert record[key] is None, key
    assert record["codev_schools"] == [] and record["witnesses"] == []
    assert all(s["name_printed"] is None for s in record["signatures"])
    assert "...." not in json.dumps(record) and "…" not in json.dumps(record, ensure_ascii=False)
    # what the template prints itself is there all the same
    assert (record["n_parties"], record["copies"]) == (3, 3)
    assert (record["period_start_be"], record["period_end_be"]) == (2564, 2566)
    assert [o["no"] for o in record["objectives"]] == ["1.1", "1.2"]
    assert (record["change_notice_days"], record["termination_notice_days"]) == (30, 15)


def test_a_filled_one() -> None:
    status, record = filled(mou(**FILLED))
    assert status is Status.FILLED
    assert record["area_office"] == "สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 2"
    assert record["lead_school"] == "โรงเรียนวัดไผ่"
    assert record["codev_schools"] == ["โรงเรียนบ้านตาล", "โรงเรียนบ้านไร่", "โรงเรียนบ้านนา"]
    assert (record["made_at"], record["made_date"]) == ("ห้องประชุมโรงเรียนวัดไผ่", "2022-01-05")
    assert record["signatures"][0]["name_printed"] == "นายสมปอง ใจดี"


@pytest.mark.parametrize("given", ["lead", "office", "codev"])
def test_a_partly_filled_one(given: str) -> None:
    status, _ = filled(mou(**{given: FILLED[given]}))
    assert status is Status.PARTIAL


def test_a_place_alone_is_no_blank_template() -> None:
    assert filled(mou(place=FILLED["place"]))[0] is Status.PARTIAL


def test_the_first_block_that_finds_a_value_wins() -> None:
    label = {"block": "labels", "section": "all"}
    made = mapping(
        {**label, "labels": [{"label": "ก", "field": "x", "kind": "integer"}, {"label": "ข"}]},
        {**label, "labels": [{"label": "ข", "field": "x", "kind": "integer"}]},
    )
    assert assemble(fill_form([page("ก.... ข 2")], made)[1], {}) == {"x": 2}
    assert assemble(fill_form([page("ก 1 ข 2")], made)[1], {}) == {"x": 1}


def test_thai_digits_anywhere_cast_doubt_on_scanned_figures_only() -> None:
    """DOMAIN §1: a reader that lacks ๔ ๖ ๗ prints others in their place with confidence."""
    made = mapping(
        {
            "block": "labels",
            "section": "all",
            "labels": [{"label": "จำนวน", "field": "x", "kind": "integer"}, {"label": "วัน"}],
        }
    )
    for method, marked in (("ocr", True), ("text_layer", False)):
        _, hits = fill_form([page("พ.ศ. ๒๕๖๗", "จำนวน 15 วัน", method=method)], made)  # type: ignore[arg-type]
        assert [("thai_digits" in f.flags) for f in hits] == [marked]
