"""Signature blocks of the PA 1 forms, the MOU templates and announcements (people invented)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from formextract.layout.signatures import SignatureBlock, find_signature_blocks
from formextract.layout.signwords import SignatureWords, is_name
from formextract.model import TextLine
from tests.layout.build import joined, line, texts

DOTS = "." * 30


def column(rows: list[str], x: float = 200.0, y: float = 100.0, pitch: float = 21.0) -> list[TextLine]:
    """Lines one below the other; an empty text is a blank line."""
    return [line(text, x, y + i * pitch, width=5) for i, text in enumerate(rows) if text]


def parts(block: SignatureBlock) -> tuple[list[str], list[str], list[str], list[str]]:
    return (
        texts(block.name_lines),
        texts(block.position_lines),
        texts(block.role_lines),
        texts(block.date_lines),
    )


def test_maker_of_a_pa1_agreement() -> None:
    rows = [
        "ลงชื่อ" + DOTS,
        "(นายสมพร ดอนไพร)",
        "ตำแหน่งผู้อำนวยการโรงเรียนบ้านดอนทดลอง",
        "ผู้จัดทำข้อตกลงในการพัฒนางาน",
        "1 / ตุลาคม / 2567",
        "",
        "",
        "ความเห็นของผู้บังคับบัญชา",
        "(  ) เห็นชอบให้เป็นข้อตกลงในการพัฒนางาน",
    ]
    [block] = find_signature_blocks(column(rows), 4)
    assert parts(block) == ([rows[1]], [rows[2]], [rows[3]], [rows[4]])
    assert block.page == 4 and block.role == rows[3] and block.inner_line is None
    assert block.sign_line is not None and block.box.y1 == 100 + 4 * 21


def test_opinion_directly_under_the_block_ends_it() -> None:
    rows = ["ลงชื่อ" + DOTS, "(นายสมพร ดอนไพร)", "(  ) เห็นชอบให้เป็นข้อตกลงในการพัฒนางาน", "ผู้อำนวยการ"]
    [block] = find_signature_blocks(column(rows), 1)
    assert parts(block) == ([rows[1]], [], [], [])


def test_blank_block_of_the_superior() -> None:
    rows = ["ลงชื่อ" + DOTS, f"({DOTS})", "ตำแหน่ง" + DOTS, "......../......../........"]
    [block] = find_signature_blocks(column(rows), 1)
    assert parts(block) == ([rows[1]], [rows[2]], [], [rows[3]])


def test_role_stands_behind_the_leader_and_again_below() -> None:
    """Two-party MOU: ผู้ให้ข้อตกลง on the line to sign, สถานศึกษาแกนนำ under the position."""
    rows = [f"ลงชื่อ{DOTS}ผู้ให้ข้อตกลง", f"({DOTS})", "ผู้อำนวยการสถานศึกษา" + DOTS, "สถานศึกษาแกนนำ"]
    rows += [f"ลงชื่อ{DOTS}ผู้รับข้อตกลง", f"({DOTS})", "ผู้อำนวยการสถานศึกษา" + DOTS, "สถานศึกษาร่วมพัฒนา"]
    giver, taker = find_signature_blocks(column(rows), 1)
    assert texts(giver.role_lines) == ["ผู้ให้ข้อตกลง", "สถานศึกษาแกนนำ"]
    assert texts(taker.role_lines) == ["ผู้รับข้อตกลง", "สถานศึกษาร่วมพัฒนา"]
    assert texts(taker.position_lines) == [rows[6]]


def witnesses() -> list[list[TextLine]]:
    left = [f"ลงชื่อ{DOTS} พยานคนที่ 1", "(นางสาวมะลิ ทดสอบ)", "ตำแหน่ง ครู", f"({DOTS})"]
    right = [f"ลงชื่อ{DOTS} พยานคนที่ 2", "(นายอินทร์ ทดลอง)", "ตำแหน่ง ศึกษานิเทศก์", f"({DOTS})"]
    return [column(left, x=50), column(right, x=320)]


def check_witnesses(lines: list[TextLine]) -> None:
    first, second = find_signature_blocks(lines, 1)
    assert (first.role, second.role) == ("พยานคนที่ 1", "พยานคนที่ 2")
    assert texts(first.name_lines) == ["(นางสาวมะลิ ทดสอบ)", f"({DOTS})"]
    assert texts(second.name_lines) == ["(นายอินทร์ ทดลอง)", f"({DOTS})"]
    assert texts(first.position_lines) == ["ตำแหน่ง ครู"]
    assert texts(second.position_lines) == ["ตำแหน่ง ศึกษานิเทศก์"]


def test_two_columns_as_lines_of_their_own() -> None:
    left, right = witnesses()
    check_witnesses(left + right)


def test_two_columns_on_one_text_line() -> None:
    """Text layers give both columns as one line with a wide blank; the template's surplus brackets too."""
    left, right = witnesses()
    check_witnesses([joined(a, b) for a, b in zip(left, right, strict=True)])


def test_two_columns_on_a_scan_slightly_out_of_true() -> None:
    left, right = witnesses()
    lowered = [line(ln.text, ln.box.x0, ln.box.y1 + 4, width=5) for ln in right]
    check_witnesses(left + lowered)


def test_printed_order_is_row_by_row() -> None:
    left = column([f"ลงชื่อ{DOTS}ก", f"({DOTS})", f"ลงชื่อ{DOTS}ค", f"({DOTS})"], x=50)
    right = column([f"ลงชื่อ{DOTS}ข", f"({DOTS})", f"ลงชื่อ{DOTS}ง", f"({DOTS})"], x=320)
    assert [b.role for b in find_signature_blocks(left + right, 1)] == ["ก", "ข", "ค", "ง"]


def test_role_read_as_a_line_of_its_own() -> None:
    """The finder of lines on scans may part the role from the leader."""
    rows = [line("ลงชื่อ" + DOTS, 100, 100), line("ผู้ให้ข้อตกลง", 330, 100), line("(นายสมพร ดอนไพร)", 130, 121)]
    [block] = find_signature_blocks(rows, 1)
    assert block.role == "ผู้ให้ข้อตกลง" and texts(block.name_lines) == ["(นายสมพร ดอนไพร)"]


def test_misread_anchor_bracketed_anchor_and_handwriting() -> None:
    rows = ["(ลงซื่อ)........สพ รณ........ผู้ให้ข้อตกลง", "(นายสมพร ดอนไพร)"]
    [block] = find_signature_blocks(column(rows), 1)
    assert block.role == "ผู้ให้ข้อตกลง"
    assert block.inner_line is not None and block.inner_line.text == "สพ รณ"


def test_wiped_leader_still_gives_the_role() -> None:
    """Cleaning may take the dots away."""
    [block] = find_signature_blocks(column(["ลงชื่อ          ผู้รับข้อตกลง", "(นายสมพร ดอนไพร)"]), 1)
    assert block.role == "ผู้รับข้อตกลง"


def test_wrapped_position_stays_together() -> None:
    rows = ["ลงชื่อ" + DOTS, "(นายสมพร ดอนไพร)", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", "ประถมศึกษาทดลอง เขต 1"]
    [block] = find_signature_blocks(column(rows), 1)
    assert texts(block.position_lines) == rows[2:]


def test_words_in_sentences_open_no_block() -> None:
    rows = ["รายชื่อผู้เข้าร่วมประชุม", "จึงได้ลงลายมือชื่อ พร้อมทั้งประทับตรา (ถ้ามี)", "ลงชื่อเข้าใช้ระบบก่อน"]
    assert find_signature_blocks(column(rows), 1) == []


def test_paragraph_far_below_is_not_taken() -> None:
    rows = ["ลงชื่อ" + DOTS, "(นายสมพร ดอนไพร)", "ตำแหน่ง ครู", "", "", "", "ตำแหน่งที่สองอยู่ไกล", "ก", "ข"]
    [block] = find_signature_blocks(column(rows), 1)
    assert texts(block.position_lines) == ["ตำแหน่ง ครู"]


def test_signer_of_an_announcement_by_option() -> None:
    rows = ["ประกาศ ณ วันที่ 5 มกราคม พ.ศ. 2564", "", "(นายสมพร ดอนไพร)", "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน"]
    assert find_signature_blocks(column(rows), 1) == []
    [block] = find_signature_blocks(column(rows), 1, unsigned=True)
    assert parts(block) == ([rows[2]], [rows[3]], [], []) and block.sign_line is None


def test_other_words_for_other_forms() -> None:
    words = SignatureWords(anchors=("ลงนาม",), roles=("ผู้ตรวจ",))
    [block] = find_signature_blocks(column([f"ลงนาม{DOTS}ผู้ตรวจ", f"({DOTS})"]), 1, words=words)
    assert block.role == "ผู้ตรวจ"


def test_choices_and_notes_in_brackets_are_no_names() -> None:
    assert is_name("(นายสมพร ดอนไพร)") and is_name("(..........)") and is_name("นายสมพร ดอนไพร)")
    assert not any(map(is_name, ["(  ) เห็นชอบ", "(1)", "(ต่อ)", "โรงเรียนวัดใหม่ (เดิม)", "ก)"]))


_texts = st.sampled_from(
    [f"ลงชื่อ{DOTS}พยาน", f"({DOTS})", "ตำแหน่ง ครู", "1/2/2567", "ความเห็น", "ก ข ค", f"ลงชื่อ{DOTS}ก  ลงชื่อ{DOTS}ข"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_texts, st.floats(20, 400), st.floats(20, 800)), max_size=14), st.booleans())
def test_no_line_belongs_to_two_blocks(places: list[tuple[str, float, float]], unsigned: bool) -> None:
    blocks = find_signature_blocks([line(t, x, y) for t, x, y in places], 1, unsigned=unsigned)
    glyphs = [
        id(g)
        for b in blocks
        for ln in (*b.name_lines, *b.position_lines, *b.date_lines, *b.role_lines)
        for g in ln.glyphs
        if g.text != " "
    ]
    assert len(glyphs) == len(set(glyphs))
