from tests.mapping.build import form, found, line, mapping, mappings, page, record, table

LABELS = {
    "block": "labels",
    "section": "all",
    "labels": [
        {"label": "ชื่อ", "field": "maker", "kind": "person_given"},
        {"label": "นามสกุล", "field": "maker.last_name", "kind": "surname"},
        {"label": "สังกัด", "field": "maker.area_office", "kind": "area_office"},
    ],
}


def test_a_head_ruled_as_a_table_is_read_like_running_text() -> None:
    ruled = table([["ชื่อ", "นายสมปอง", "นามสกุล", "ใจดี"], ["สังกัด", "สพป.นครปฐม เขต 2", "", ""]], y=100)
    got = record(mapping(LABELS), page("แบบข้อตกลง", tables=[ruled]))
    assert got["maker"] == {
        "title": "นาย",
        "first_name": "สมปอง",
        "last_name": "ใจดี",
        "area_office": "สพป.นครปฐม เขต 2",
    }


def test_a_value_wrapped_in_its_cell_stays_whole() -> None:
    ruled = table([["สังกัด", "สพป.นครปฐม\nเขต 2"], ["หมายเหตุ", "-"]], y=100)
    got = found(mapping(LABELS | {"labels": [*LABELS["labels"], {"label": "หมายเหตุ"}]}), page(tables=[ruled]))  # type: ignore[misc]
    assert {f.path: f.value for f in got} == {"maker.area_office": "สพป.นครปฐม เขต 2"}


def test_text_around_a_table_keeps_its_order() -> None:
    ruled = table([["ข", "ค"], ["ง", "จ"]], y=80)
    text = form(mapping(LABELS), page("ก", tables=[ruled], extra=[line("ฉ", 60, 200)])).stream.text
    assert text.split() == list("กขคงจฉ")


def test_the_cells_of_a_wanted_table_are_no_running_text() -> None:
    roster = mappings()["roster_announcement"]
    ruled = table(
        [["ลำดับ", "สังกัด", "สถานศึกษาแกนนำ", "สถานศึกษาร่วมพัฒนา"], ["1", "สพป.ก", "โรงเรียนข", "1. โรงเรียนค"]],
        y=100,
    )
    assert "โรงเรียนค" not in form(roster, page("ประกาศ", tables=[ruled])).stream.text


def test_a_large_table_with_a_misread_header_does_not_disturb_the_text() -> None:
    roster = mappings()["roster_announcement"]
    rows = [["?", "?", "?", "?"]] + [[str(i), "สพป.ก", "โรงเรียนข", "1. โรงเรียนค"] for i in range(9)]
    text = form(roster, page("ประกาศ", tables=[table(rows, y=100)])).stream.text
    assert "โรงเรียนค" not in text


def test_page_numbers_are_no_text() -> None:
    number = line("- 2 -", 280, 40)
    text = form(mapping(LABELS), page("ก", y=100), page("ข", number=2, extra=[number], y=100)).stream.text
    assert text == "ก\nข"
