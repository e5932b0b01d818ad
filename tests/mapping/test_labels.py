from typing import Any

import pytest

from formextract.mapping.schema import MappingFile
from tests.mapping.build import flags, found, mapping, mappings, page, record


def labels(*items: dict[str, Any]) -> MappingFile:
    return mapping({"block": "labels", "section": "all", "labels": list(items)})


MAKER = labels(
    {"label": "ชื่อ", "field": "maker", "kind": "person_given", "required": True},
    {"label": ["นามสกุล", "ชื่อสกุล"], "field": "maker.last_name", "kind": "surname", "required": True},
    {"label": "สถานศึกษา", "field": "maker.school", "kind": "school"},
    {"label": "สังกัด", "field": "maker.area_office", "kind": "area_office"},
    {"label": ["รับเงินเดือนในอันดับ"], "field": "maker.salary_rank", "kind": "rank"},
    {"label": "อัตราเงินเดือน", "field": "maker.salary_baht", "kind": "baht"},
    {"label": "บาท"},
)


@pytest.mark.parametrize(
    "texts",
    [
        (
            "ชื่อ....นายสมปอง.....นามสกุล...ใจดี...",
            "สถานศึกษา..โรงเรียนบ้านหนองไผ่..สังกัด..สพป.นครปฐม เขต 2..",
            "รับเงินเดือนในอันดับ คศ...๓... อัตราเงินเดือน....๔๒,๕๒๐....บาท",
        ),
        (
            "ชื่อ นายสมปอง นามสกุล ใจดี สถานศึกษา บ้านหนองไผ่",
            "สังกัด สพป.นครปฐม",
            "เขต 2 รับเงินเดือนในอันดับ 3 อัตราเงิน",
            "เดือน 42,520 บาท",
        ),
    ],
    ids=["leaders", "other wraps"],
)
def test_values_between_labels(texts: tuple[str, ...]) -> None:
    assert record(MAKER, page(*texts))["maker"] == {
        "title": "นาย",
        "first_name": "สมปอง",
        "last_name": "ใจดี",
        "school": "โรงเรียนบ้านหนองไผ่",
        "area_office": "สพป.นครปฐม เขต 2",
        "salary_rank": "คศ.3",
        "salary_baht": 42520,
    }


def test_name_and_surname_under_one_label() -> None:
    one = labels(
        {"label": ["ชื่อ-สกุล", "ชื่อ"], "field": "maker", "kind": "person_given"},
        {"label": "ตำแหน่ง", "field": "maker.position"},
    )
    got = record(one, page("ชื่อ-สกุล นางสาวกานดา ทองดี ตำแหน่ง ครู"))
    assert got["maker"] == {
        "title": "นางสาว",
        "first_name": "กานดา",
        "last_name": "ทองดี",
        "position": "ครู",
    }


def test_blanks_are_nulls_that_need_nobodys_look() -> None:
    hits = found(MAKER, page("ชื่อ.............นามสกุล.............", "สถานศึกษา.........สังกัด........."))
    assert all(f.value is None and f.printed_blank and "doubt" not in f.flags for f in hits)
    assert "required" in flags(hits, "maker.last_name")


def test_a_missing_next_label_is_noted() -> None:
    hits = found(MAKER, page("ชื่อ นายสมปอง ใจดี สถานศึกษา บ้านหนองไผ่ สังกัด สพป.นครปฐม เขต 2 บาท"))
    assert "unbounded" in flags(hits, "maker.first_name")
    assert "unbounded" not in flags(hits, "maker.school")


def test_one_label_twice_in_a_form() -> None:
    """DOMAIN §7.10: สังกัด of the co-development school and of the lead."""
    two = labels(
        {"label": "สถานศึกษาร่วมพัฒนา", "field": "codev", "kind": "school"},
        {"label": "สังกัด", "field": "codev_office", "kind": "area_office"},
        {"label": "สถานศึกษาแกนนำ", "field": "lead", "kind": "school"},
        {"label": "สังกัด", "field": "lead_office", "kind": "area_office"},
    )
    got = record(
        two,
        page(
            "สถานศึกษาร่วมพัฒนา โรงเรียนบ้านก้านเหลือง สังกัด สพป.นครปฐม เขต 1",
            "สถานศึกษาแกนนำ โรงเรียนวัดไผ่ สังกัด สพป.นครปฐม เขต 2",
        ),
    )
    assert got == {
        "codev": "โรงเรียนบ้านก้านเหลือง",
        "codev_office": "สพป.นครปฐม เขต 1",
        "lead": "โรงเรียนวัดไผ่",
        "lead_office": "สพป.นครปฐม เขต 2",
    }


def mou(name: str, *texts: str) -> dict[str, Any]:
    full = ("บันทึกข้อตกลงความร่วมมือ", *texts, "ข้อ 1 วัตถุประสงค์", "1.1 เพื่อพัฒนา")
    return record(mappings()[name], page(*full))


TAIL = "เรียกว่า สถานศึกษาร่วมพัฒนา ที่ได้ลงนามร่วม 3 ฝ่าย"


@pytest.mark.parametrize("alternative", ["", " หรือสำนักบริหารงานการศึกษาพิเศษ"], ids=["struck out", "as printed"])
def test_parties_of_a_three_party_mou(alternative: str) -> None:
    got = mou(
        "network_mou_3p_area",
        "บันทึกข้อตกลงความร่วมมือฉบับนี้จัดทำขึ้น ณ ห้องประชุม เมื่อวันที่ 5 เดือน มกราคม พ.ศ. 2565",
        f"ระหว่างสำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 2{alternative}",
        "กับโรงเรียนวัดไผ่ ในบันทึกข้อตกลงความร่วมมือนี้ เรียกว่า สถานศึกษาแกนนำ และโรงเรียนบ้านก้านเหลือง",
        "โรงเรียนบ้านตาล และโรงเรียนบ้านไร่ ในบันทึกข้อตกลงความร่วมมือนี้",
        TAIL,
    )
    assert got["area_office"] == "สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 2"
    assert got["lead_school"] == "โรงเรียนวัดไผ่"
    assert got["codev_schools"] == ["โรงเรียนบ้านก้านเหลือง", "โรงเรียนบ้านตาล", "โรงเรียนบ้านไร่"]
    assert (got["made_at"], got["made_date"], got["n_parties"]) == ("ห้องประชุม", "2022-01-05", 3)


@pytest.mark.parametrize(
    "names",
    [
        "โรงเรียนบ้านก้านเหลือง, โรงเรียนบ้านตาล, โรงเรียนบ้านไร่",
        "1) โรงเรียนบ้านก้านเหลือง 2) โรงเรียนบ้านตาล 3) โรงเรียนบ้านไร่",
        "๑. โรงเรียนบ้านก้านเหลือง ๒. โรงเรียนบ้านตาล และ ๓. โรงเรียนบ้านไร่",
        "โรงเรียนบ้านก้านเหลือง โรงเรียนบ้านตาล และโรงเรียนบ้านไร่",
        "โรงเรียน..บ้านก้านเหลือง..โรงเรียน..บ้านตาล..และโรงเรียน..บ้านไร่..",
    ],
)
def test_schools_side_by_side(names: str) -> None:
    got = mou(
        "network_mou_2p",
        "บันทึกข้อตกลงความร่วมมือฉบับนี้จัดทำขึ้น ณ ห้องประชุม เมื่อวันที่ 5 เดือน มกราคม พ.ศ. 2565",
        "ระหว่างโรงเรียนวัดไผ่ ในบันทึกข้อตกลงความร่วมมือนี้ เรียกว่า สถานศึกษาแกนนำ",
        f"และ{names} ในบันทึกข้อตกลงความร่วมมือนี้",
        TAIL,
    )
    assert got["codev_schools"] == ["โรงเรียนบ้านก้านเหลือง", "โรงเรียนบ้านตาล", "โรงเรียนบ้านไร่"]


def test_notices_in_other_words() -> None:
    got = mou(
        "network_mou_2p",
        "ข้อ 6 การเปลี่ยนแปลง แก้ไข และยกเลิกข้อตกลง",
        "ให้แจ้งเป็นลายลักษณ์อักษรไม่น้อยกว่า ๓๐ วัน",
        "การขอยกเลิกให้แจ้งเป็นลายลักษณ์อักษรอย่างน้อย 15 วัน",
    )
    assert (got["change_notice_days"], got["termination_notice_days"]) == (30, 15)


def test_a_section_as_text() -> None:
    made = mapping(
        {"block": "text", "section": "title", "field": "title", "keep_start": True, "heading": True,
         "drop_lines": ["เอกสารหมายเลข", "(ร่าง)"]},
        {"block": "constant", "field": "variant", "value": "2p"},
        sections=[{"id": "title"}, {"id": "rest", "starts": "จัดทำขึ้น ณ"}],
    )  # fmt: skip
    got = record(made, page("(ร่าง)", "บันทึกข้อตกลง", "เรื่อง เครือข่าย", "จัดทำขึ้น ณ ที่นี่"))
    assert got == {"title": "บันทึกข้อตกลง เรื่อง เครือข่าย", "variant": "2p"}


def test_a_number_in_brackets_is_the_schools_own() -> None:
    got = mou(
        "network_mou_2p",
        "บันทึกข้อตกลงความร่วมมือฉบับนี้จัดทำขึ้น ณ ห้องประชุม เมื่อวันที่ 5 เดือน มกราคม พ.ศ. 2565",
        "ระหว่างโรงเรียนวัดไผ่ ในบันทึกข้อตกลงความร่วมมือนี้ เรียกว่า สถานศึกษาแกนนำ",
        "และโรงเรียนบ้านตาล (มิตรภาพที่ 12) โรงเรียนบ้านไร่ 2 ในบันทึกข้อตกลงความร่วมมือนี้",
        TAIL,
    )
    assert got["codev_schools"] == ["โรงเรียนบ้านตาล (มิตรภาพที่ 12)", "โรงเรียนบ้านไร่ 2"]


def test_a_heading_that_runs_on_is_one_word() -> None:
    made = mapping({"block": "text", "section": "all", "field": "title", "keep_start": True, "heading": True})
    got = record(made, page("เรื่อง รายชื่อ", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน และสถานศึก", "ษาแกนนำ"))
    assert got["title"] == "เรื่อง รายชื่อ สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน และสถานศึกษาแกนนำ"


def test_labels_in_another_order_are_found_but_not_taken_for_sure() -> None:
    hits = found(
        MAKER,
        page(
            "สังกัด สพป.นครปฐม เขต 2 สถานศึกษา โรงเรียนบ้านหนองไผ่",
            "ชื่อ นายสมปอง นามสกุล ใจดี",
            "อัตราเงินเดือน 42,520 บาท รับเงินเดือนในอันดับ คศ.3",
        ),
    )
    got = {f.path: f.value for f in hits}
    assert got == {
        "maker.title": "นาย",
        "maker.first_name": "สมปอง",
        "maker.last_name": "ใจดี",
        "maker.school": "โรงเรียนบ้านหนองไผ่",
        "maker.area_office": "สพป.นครปฐม เขต 2",
        "maker.salary_rank": "คศ.3",
        "maker.salary_baht": 42520,
    }
    assert all("unbounded" in f.flags for f in hits)


def test_a_required_label_that_is_not_there_is_a_doubtful_null() -> None:
    hits = found(MAKER, page("ชื่อ นายสมปอง สังกัด สพป.นครปฐม เขต 2"))
    assert {f.path for f in hits if f.value is None} == {"maker.last_name"}
    assert flags(hits, "maker.last_name") >= {"doubt", "required"}


def test_a_label_that_a_scan_hides_is_a_doubtful_null() -> None:
    """An unread value is a clerk's work; a silent null would be a wrong value."""
    hits = found(MAKER, page("ชื่อ นายสมปอง นามสกุล ใจดี สถานศึกษา ก สังกัด ข", method="ocr"))
    assert "doubt" in flags(hits, "maker.salary_baht")
    typed = found(MAKER, page("ชื่อ นายสมปอง นามสกุล ใจดี สถานศึกษา ก สังกัด ข"))
    assert "maker.salary_baht" not in {f.path for f in typed}
