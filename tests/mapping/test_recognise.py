"""Telling forms apart in packs: DOMAIN §7.13 and 7.14."""

import pytest

from formextract.mapping.recognise import begins_form, split_forms
from formextract.model import Method, PageContent
from tests.layout.build import line
from tests.mapping.build import mappings, page, table

ALL = list(mappings().values())

PA1 = (
    "แบบข้อตกลงในการพัฒนางาน (PA)",
    "สำหรับข้าราชการครูและบุคลากรทางการศึกษา ตำแหน่งผู้บริหารสถานศึกษา",
    "ผู้จัดทำข้อตกลง ชื่อ นายสมปอง นามสกุล ใจดี รับเงินเดือนในอันดับ คศ.3",
    "ด้านการบริหารวิชาการและความเป็นผู้นำทางวิชาการ",
    "ด้านการบริหารการเปลี่ยนแปลงเชิงกลยุทธ์และนวัตกรรม",
    "ประเด็นท้าทาย เรื่อง การอ่าน",
    "ระดับการปฏิบัติที่คาดหวัง",
)
MOU = (
    "บันทึกข้อตกลงความร่วมมือ",
    "เรื่อง การดำเนินงานของเครือข่ายนวัตกรรมคุณภาพสถานศึกษา",
    "บันทึกข้อตกลงความร่วมมือฉบับนี้จัดทำขึ้น ณ โรงเรียนวัดไผ่",
    "ในบันทึกข้อตกลงความร่วมมือนี้ เรียกว่า สถานศึกษาแกนนำ",
    "เรียกว่า สถานศึกษาร่วมพัฒนา ที่ได้ลงนามร่วม 2 ฝ่าย",
    "ข้อ 4 ผลผูกพันทางกฎหมาย",
)


def centred(text: str, number: int, *texts: str) -> PageContent:
    """A page under a centred heading."""
    width = 6 * len(text)
    return page(*texts, number=number, extra=[line(text, 297 - width / 2, 40)], y=80)


def forms(*pages: PageContent) -> list[tuple[str | None, list[int]]]:
    return [
        (r.mapping.doc_type if r.mapping else None, [p.number for p in r.pages])
        for r in split_forms(pages, ALL)
    ]


@pytest.mark.parametrize("method", ["text_layer", "ocr"])
def test_two_forms_in_one_file(method: Method) -> None:
    pages = [
        page(*MOU, method=method),
        page("ลงชื่อ.......ผู้ให้ข้อตกลง", number=2, method=method),
        page(*PA1, number=3, method=method),
        page("ลงชื่อ.......ผู้จัดทำข้อตกลง", number=4, method=method),
    ]
    assert forms(*pages) == [("network_mou", [1, 2]), ("pa1", [3, 4])]


def test_the_same_form_twice() -> None:
    assert forms(page(*PA1), page(*PA1, number=2)) == [("pa1", [1]), ("pa1", [2])]


def test_a_form_without_its_title_is_known_by_its_body() -> None:
    assert forms(page(*PA1[2:])) == [("pa1", [1])]


def test_words_of_the_title_inside_a_sentence_begin_no_form() -> None:
    later = page("( / ) เห็นชอบให้เป็นข้อตกลงในการพัฒนางาน", number=2)
    assert not begins_form(later, ALL)
    assert forms(page(*PA1), later) == [("pa1", [1, 2])]


def test_a_cover_sheet_belongs_to_its_form() -> None:
    assert forms(page(*PA1[:2]), page(*PA1, number=2)) == [("pa1", [1, 2])]


def test_papers_of_no_known_form() -> None:
    assert forms(page("ใบสำคัญรับเงิน", "จำนวน 100 บาท")) == [(None, [1])]
    assert forms(page()) == [(None, [1])]


def test_definitions_behind_an_mou_are_another_document() -> None:
    """Seed 002: a pack of ten documents, definitions among them."""
    pages = [
        page(*MOU),
        page("ลงชื่อ.......ผู้ให้ข้อตกลง", "(นายสมปอง ใจดี)", number=2),
        centred("นิยามศัพท์เฉพาะ", 3, "สถานศึกษาแกนนำ หมายถึง สถานศึกษาที่มีคุณภาพ"),
        page("สถานศึกษาร่วมพัฒนา หมายถึง สถานศึกษาที่เข้าร่วม", number=4),
        page(*PA1, number=5),
    ]
    assert forms(*pages) == [("network_mou", [1, 2]), (None, [3, 4]), ("pa1", [5])]


def test_signatures_on_a_page_of_their_own_stay_with_their_form() -> None:
    pages = [page(*MOU), centred("ผู้อำนวยการโรงเรียนวัดไผ่", 2, "พยาน", "(นายสมปอง ใจดี)")]
    assert forms(*pages) == [("network_mou", [1, 2])]


def test_a_roster_goes_on_as_long_as_its_table_does() -> None:
    header = ["ลำดับ", "สังกัด", "สถานศึกษาแกนนำ", "สถานศึกษาร่วมพัฒนา"]
    row = ["1", "สพป.ก", "โรงเรียนข", "1. โรงเรียนค"]
    pages = [
        page(
            "ประกาศสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
            "เรื่อง รายชื่อสถานศึกษาแกนนำและสถานศึกษาร่วมพัฒนา",
            tables=[table([header, row], y=200)],
        ),
        page(number=2, tables=[table([row, row])]),
        page("ประกาศ ณ วันที่ 5 มกราคม พ.ศ. 2565", number=3, tables=[table([row], y=200)]),
        centred("รายงานผลการดำเนินงาน", 4, "ผลดี"),
    ]
    assert forms(*pages) == [("roster_announcement", [1, 2, 3]), (None, [4])]


def test_the_variants_of_the_mou_are_told_apart() -> None:
    names = {
        "network_mou_2p": MOU,
        "network_mou_3p_area": (
            *MOU[:3],
            "ระหว่างสำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม กับโรงเรียนวัดไผ่",
            *MOU[3:4],
            "เรียกว่า สถานศึกษาร่วมพัฒนา ที่ได้ลงนามร่วม 3 ฝ่าย",
            MOU[5],
        ),
        "network_mou_3p_obec": (
            *MOU[:3],
            "ระหว่างสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน กับสำนักงานเขตพื้นที่การศึกษา",
            "และเครือข่ายนวัตกรรมคุณภาพสถานศึกษา ที่ได้ลงนามร่วม 3 ฝ่าย",
            MOU[5],
            "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน",
        ),
    }
    for name, texts in names.items():
        (got,) = split_forms([page(*texts)], ALL)
        assert got.mapping is not None and got.mapping.name == name
