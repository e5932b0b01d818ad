from tests.mapping.build import flags, found, mapping, page, record

CLAUSES = mapping(
    {"block": "clauses", "section": "agreements", "field": "agreements", "prefix": "3"},
    {"block": "list", "section": "method", "field": "method"},
    sections=[
        {"id": "agreements", "starts": "ข้อ 3 ข้อตกลงความร่วมมือ"},
        {"id": "method", "starts": "2. วิธีการดำเนินการ"},
    ],
)


def test_clauses_with_mixed_digits() -> None:
    got = record(CLAUSES, page("ข้อ 3 ข้อตกลงความร่วมมือ", "ดังนี้", "3.๑ ส่งเสริม", "ครู", "๓.2 พัฒนา"))
    assert [c["no"] for c in got["agreements"]] == ["3.1", "3.2"]
    assert got["agreements"][1]["text"] == "พัฒนา"


def test_the_first_clause_on_the_headings_line() -> None:
    """DOMAIN §7.8: clause 3.1 is glued to the words before it."""
    got = record(CLAUSES, page("ข้อ 3 ข้อตกลงความร่วมมือ 3.1 ส่งเสริม", "3.๒ พัฒนา"))
    assert [(c["no"], c["text"]) for c in got["agreements"]] == [("3.1", "ส่งเสริม"), ("3.2", "พัฒนา")]


def test_a_list_of_one_unnumbered_text() -> None:
    assert record(CLAUSES, page("2. วิธีการดำเนินการ", "ประชุมครู"))["method"] == ["ประชุมครู"]


def test_a_list_after_its_opening_words() -> None:
    got = record(CLAUSES, page("2. วิธีการดำเนินการ", "1. วางแผน", "2. ทำ", "3. ตรวจ"))
    assert got["method"] == ["วางแผน", "ทำ", "ตรวจ"]


def test_leaders_alone_are_no_item() -> None:
    hits = found(CLAUSES, page("2. วิธีการดำเนินการ", "...................", "..................."))
    assert hits == []


def test_an_unread_number_is_doubtful() -> None:
    hits = found(CLAUSES, page("ข้อ 3 ข้อตกลงความร่วมมือ", "3.1 ก", "ต.& ข", method="ocr"))
    assert "doubt" in flags(hits, "agreements[1].no")
    assert "doubt" not in flags(hits, "agreements[1].text")
