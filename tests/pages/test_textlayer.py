"""The text layer on PDFs written byte by byte: what is read, what is hidden, what is believed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from formextract.config import Settings
from formextract.intake import open_source
from formextract.pages import PageText, open_pages
from tests.badinputs.pdfkit import BoxFont, Pdf, text_pdf

SETTINGS = Settings()
SENTENCE = "ขาบา มานะ คาสา จากนา ราชา"


def read(tmp_path: Path, data: bytes) -> PageText:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with open_pages(open_source(path, SETTINGS), SETTINGS) as pages:
        text = pages.page(1).text()
    assert text is not None
    return text


def texts(text: PageText) -> list[str]:
    return [line.text for line in text.lines]


def one(tmp_path: Path, *shown: tuple[str, float, float], **font: object) -> PageText:
    box_font = BoxFont(**font)  # type: ignore[arg-type]
    return read(tmp_path, text_pdf(b"".join(box_font.show(*s) for s in shown), font=box_font))


# ------------------------------------------------------------------ letters and marks


@pytest.mark.parametrize(
    ("drawn", "wanted"),
    [
        ("กำกับ", "กำกับ"),
        ("ก\u0e4dากับ", "กำกับ"),  # sara am in two glyphs
        ("น\u0e4d\u0e49า", "น้ำ"),  # ring, tone, aa
        ("น\u0e49\u0e4dา", "น้ำ"),  # tone, ring, aa
        ("พ\u0e48\u0e37อ", "พื่อ"),  # tone before vowel
        ("เเก", "แก"),  # แ as two เ
        ("ป\uf702น", "ปีน"),  # glyph codes of old Windows fonts
        ("ก\u00a0ข", "ก ข"),
    ],
)
def test_thai_is_brought_to_one_form(tmp_path: Path, drawn: str, wanted: str) -> None:
    font = BoxFont()
    # the Thai glyph codes are marks, though Unicode knows them as private use
    font.width = lambda t: 0 if "\uf700" < t < "\uf71b" else BoxFont.width(font, t)  # type: ignore[method-assign]
    text = read(tmp_path, text_pdf(font.show(drawn, 100, 700), font=font))
    assert texts(text) == [wanted]
    assert text.trust == 1.0


def test_glyphs_are_clusters_with_boxes(tmp_path: Path) -> None:
    line = one(tmp_path, ("ที่ กำ", 100, 700)).lines[0]
    assert [g.text for g in line.glyphs] == ["ที่", " ", "กำ"]
    assert line.glyphs[0].box.x0 == pytest.approx(100)
    assert line.glyphs[0].box.x1 == pytest.approx(108)
    assert line.glyphs[1].box.x0 == pytest.approx(108) and line.glyphs[1].box.x1 == pytest.approx(112)
    assert line.glyphs[2].box.x1 == pytest.approx(128)
    # the baseline, 842 - 700 from the top, lies in the box
    assert line.box.y0 < 142 < line.box.y1
    assert line.method == "text_layer" and line.confidence == 1.0


def test_marks_drawn_after_the_whole_line_find_their_letters(tmp_path: Path) -> None:
    font = BoxFont()
    content = font.show("บนทก", 100, 700)
    # the marks of บันทึก, each at the right edge of its letter
    content += font.show("\u0e31", 108, 700) + font.show("\u0e36", 124, 700)
    assert texts(read(tmp_path, text_pdf(content, font=font))) == ["บันทึก"]


def test_order_of_drawing_does_not_matter(tmp_path: Path) -> None:
    shown = [("ง", 124, 700), ("ก", 100, 700), ("ค", 116, 700), ("ข", 108, 700)]
    assert texts(one(tmp_path, *shown)) == ["กขคง"]


def test_bold_by_overprinting_is_read_once(tmp_path: Path) -> None:
    assert texts(one(tmp_path, (SENTENCE, 100, 700), (SENTENCE, 100.4, 700))) == [SENTENCE]


# ------------------------------------------------------------------ blanks and lines


def test_a_gap_without_a_drawn_blank_is_a_blank(tmp_path: Path) -> None:
    assert texts(one(tmp_path, ("กข", 100, 700), ("คง", 121, 700))) == ["กข คง"]
    assert texts(one(tmp_path, ("กข", 100, 700), ("คง", 117, 700))) == ["กขคง"]


def test_a_drawn_blank_that_leaves_no_room_is_none(tmp_path: Path) -> None:
    assert texts(one(tmp_path, ("กข ", 100, 700), ("คง", 116.2, 700))) == ["กขคง"]


def test_letter_spacing_makes_no_blanks(tmp_path: Path) -> None:
    font = BoxFont()
    content = font.show("มานะ", 100, 700, setup=b"5 Tc") + font.show(
        "กขคง", 100 + 4 * 13 + 8, 700, setup=b"5 Tc"
    )
    assert texts(read(tmp_path, text_pdf(content, font=font))) == ["มานะ กขคง"]


def test_wide_gap_stays_in_the_line_as_a_wide_blank(tmp_path: Path) -> None:
    line = one(tmp_path, ("กข", 100, 700), ("คง", 400, 700)).lines[0]
    assert line.text == "กข คง"
    assert line.glyphs[2].box.width == pytest.approx(284)


def test_vertical_rules_part_lines(tmp_path: Path) -> None:
    font = BoxFont()
    content = font.show("กข", 100, 700) + font.show("คง", 120, 700) + b"1 w 118 600 m 118 800 l S "
    text = read(tmp_path, text_pdf(content, font=font))
    assert texts(text) == ["กข", "คง"]
    assert [r.horizontal for r in text.rules] == [False]


def test_value_typed_over_dots_wins(tmp_path: Path) -> None:
    assert texts(one(tmp_path, ("." * 20, 100, 700), ("กข", 116, 700))) == ["....." + "กข" + "." * 10]


def test_blank_at_a_line_end_is_reported_where_the_producer_draws_them(tmp_path: Path) -> None:
    text = one(tmp_path, ("กขคง ", 100, 700), ("กขคง ", 100, 680), ("กขคง", 100, 660))
    assert [line.wraps_with_blank for line in text.lines] == [True, True, False]
    text = one(tmp_path, ("กขคง", 100, 700), ("กขคง", 100, 680))
    assert [line.wraps_with_blank for line in text.lines] == [None, None]


def test_text_across_other_text_is_untangled(tmp_path: Path) -> None:
    shown = [("กขคงจฉชซ", 100, 700), ("PA/1", 140, 699.5)]
    assert sorted(texts(one(tmp_path, *shown))) == ["PA/1", "กขคงจฉชซ"]


def test_edge_of_a_box_through_a_word_does_not_cut_it(tmp_path: Path) -> None:
    font = BoxFont()
    content = font.show("กขคง", 100, 700) + b"1 w 116 690 100 20 re S "
    assert texts(read(tmp_path, text_pdf(content, font=font))) == ["กขคง"]


def test_lines_come_top_to_bottom(tmp_path: Path) -> None:
    assert texts(one(tmp_path, ("ค", 100, 600), ("ก", 100, 700), ("ข", 300, 650))) == ["ก", "ข", "ค"]


def test_stroked_print_is_bold(tmp_path: Path) -> None:
    font = BoxFont()
    plain = b"".join(font.show(SENTENCE, 100, y) for y in (700, 680, 660))
    heavy = font.show(SENTENCE, 100, 640, setup=b"2 Tr 1 w")
    text = read(tmp_path, text_pdf(plain + heavy, font=font))
    assert [line.bold for line in text.lines] == [False, False, False, True]


# ------------------------------------------------------------------ turned and cropped pages


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_lie_on_the_ink_of_turned_and_cropped_pages(tmp_path: Path, turn: int) -> None:
    font = BoxFont()
    matrices = {
        0: b"1 0 0 1 200 500",
        90: b"0 1 -1 0 200 500",
        180: b"-1 0 0 -1 200 500",
        270: b"0 -1 1 0 200 500",
    }
    codes = b"".join(b"%02x" % font.code(c) for c in "กขค")
    content = b"BT /F1 16 Tf %s Tm <%s> Tj ET" % (matrices[turn], codes)
    data = text_pdf(content, font=font, page_extra=b"/Rotate %d /CropBox [50 100 450 700]" % turn)
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with open_pages(open_source(path, SETTINGS), SETTINGS) as pages:
        page = pages.page(1)
        text, raster = page.text(), page.raster(dpi=144)
    assert (page.width, page.height) == ((600, 400) if turn in (90, 270) else (400, 600))
    assert text is not None and texts(text) == ["กขค"] and text.trusted
    ys, xs = np.nonzero(raster.color[:, :, 0] < 128)
    box = text.lines[0].box
    assert box.x0 * 2 - 1 <= xs.min() and xs.max() <= box.x1 * 2 + 1
    assert box.y0 * 2 - 1 <= ys.min() and ys.max() <= box.y1 * 2 + 1


def test_page_of_sideways_text_is_read_as_an_image(tmp_path: Path) -> None:
    font = BoxFont()
    codes = b"".join(b"%02x" % font.code(c) for c in "กขค")
    text = read(tmp_path, text_pdf(b"BT /F1 16 Tf 0 1 -1 0 200 500 Tm <%s> Tj ET" % codes, font=font))
    assert not text.trusted and "sideways_text" in text.reasons


# ------------------------------------------------------------------ hidden text never becomes a value

SECRET = "ลับ"


@pytest.mark.parametrize(
    "hide",
    [
        pytest.param(lambda f: f.show(SECRET, 100, 600, setup=b"3 Tr"), id="rendering_mode"),
        pytest.param(lambda f: f.show(SECRET, 100, 600, setup=b"1 g"), id="white"),
        pytest.param(lambda f: f.show(SECRET, 100, 600, setup=b"0.97 g"), id="nearly_white"),
        pytest.param(lambda f: f.show(SECRET, 100, 600, 1.5), id="tiny"),
        pytest.param(lambda f: f.show(SECRET, 700, 600), id="beside_the_page"),
        pytest.param(lambda f: f.show(SECRET, 100, 900), id="above_the_page"),
        pytest.param(lambda f: b"q 0 0 10 10 re W n " + f.show(SECRET, 100, 600) + b"Q ", id="clipped_away"),
        pytest.param(lambda f: f.show(SECRET, 100, 600) + b"1 g 90 590 100 30 re f 0 g ", id="white_patch"),
        pytest.param(lambda f: b"90 590 100 30 re f " + f.show(SECRET, 100, 600), id="black_on_black"),
    ],
)
def test_hidden_text_is_left_out(tmp_path: Path, hide: object) -> None:
    font = BoxFont()
    hidden = hide(font)  # type: ignore[operator]
    text = read(tmp_path, text_pdf(font.show(SENTENCE, 100, 700) + b"0 g " + hidden, font=font))
    assert texts(text) == [SENTENCE]
    assert "hidden_text" in text.reasons
    assert text.trusted


def test_new_value_on_a_patch_over_an_old_one_is_not_believed(tmp_path: Path) -> None:
    font = BoxFont()
    content = font.show("กขคง", 100, 700) + b"1 g 95 690 100 30 re f 0 g " + font.show("จฉชซ", 102, 700)
    text = read(tmp_path, text_pdf(content, font=font))
    assert not text.trusted and "text_painted_over" in text.reasons


def _scan(pdf: Pdf) -> int:
    pixels = np.full((421, 297), 255, np.uint8)
    for y in range(30, 400, 20):
        for x in range(30, 260, 40):
            pixels[y : y + 6, x : x + 25] = 0
    return pdf.image(297, 421, pixels.tobytes())


@pytest.mark.parametrize("setup", [b"3 Tr", b""])
@pytest.mark.parametrize("text_first", [True, False])
def test_scan_with_a_text_layer_is_read_as_an_image(tmp_path: Path, setup: bytes, text_first: bool) -> None:
    font, pdf = BoxFont(), Pdf()
    layer = font.show(SENTENCE, 100, 700, setup=setup)
    picture = b"q 595 0 0 842 0 0 cm /Im0 Do Q "
    image, number = _scan(pdf), font.write(pdf)
    pdf.page(
        layer + picture if text_first else picture + layer,
        resources=b"/Font << /F1 %d 0 R >> /XObject << /Im0 %d 0 R >>" % (number, image),
    )
    text = read(tmp_path, pdf.build())
    assert not text.trusted
    if setup or text_first:
        assert text.lines == () and text.reasons == ("invisible_text",)
    else:
        assert "ink_without_text" in text.reasons  # a scan with typed additions


def test_emblem_and_signature_do_not_harm(tmp_path: Path) -> None:
    font, pdf = BoxFont(), Pdf()
    ink = pdf.image(2, 2, bytes(4))
    content = (
        font.show(SENTENCE, 100, 600) + b"q 80 0 0 85 250 740 cm /I Do Q q 60 0 0 20 300 300 cm /I Do Q "
    )
    number = font.write(pdf)
    pdf.page(content, resources=b"/Font << /F1 %d 0 R >> /XObject << /I %d 0 R >>" % (number, ink))
    text = read(tmp_path, pdf.build())
    assert text.trusted and texts(text) == [SENTENCE]


def test_outlined_text_is_read_as_an_image(tmp_path: Path) -> None:
    font = BoxFont()
    curve = b"%d %d m %d %d %d %d %d %d c f "
    words = b"".join(
        curve % (x, y, x + 5, y + 22, x + 25, y + 22, x + 30, y)
        for y in range(300, 600, 40)
        for x in (100, 200, 300)
    )
    text = read(tmp_path, text_pdf(font.show(SENTENCE, 100, 700) + words, font=font))
    assert not text.trusted and "ink_without_text" in text.reasons


# ------------------------------------------------------------------ fonts that lie


def test_letters_without_mapping_are_not_believed(tmp_path: Path) -> None:
    text = one(tmp_path, (SENTENCE, 100, 700), meanings={"ก": "\ufffd"})
    assert not text.trusted and "font_without_mapping" in text.reasons
    glyph = next(g for g in text.lines[0].glyphs if "\ufffd" in g.text)
    assert glyph.confidence == 0.0


def test_marks_mapped_to_blanks_are_not_believed(tmp_path: Path) -> None:
    text = one(tmp_path, ("คุณภาพการศึกษา " + SENTENCE, 60, 700), meanings={"\u0e36": " "})
    assert not text.trusted and "font_without_mapping" in text.reasons


def test_lost_sara_am_is_mended_or_shows(tmp_path: Path) -> None:
    # the ring is drawn, but all that the file says of it is a blank
    assert texts(one(tmp_path, ("การด", 100, 700), (" ", 131.9, 700), ("าเนินงาน", 132, 700))) == [
        "การดำเนินงาน"
    ]
    shown = [part for y in range(300, 700, 20) for part in (("ฟ", 100, y), (" ", 107.9, y), ("านี", 108, y))]
    text = one(tmp_path, *shown)
    assert not text.trusted and "rotten_text" in text.reasons


def test_private_use_letters_are_not_believed(tmp_path: Path) -> None:
    text = one(tmp_path, (SENTENCE, 100, 700), meanings={"ก": "\ue123"})
    assert not text.trusted


def test_one_value_in_a_font_of_the_windows_874_days_is_not_believed(tmp_path: Path) -> None:
    pdf, good, bad = (
        Pdf(),
        BoxFont(),
        BoxFont(name=b"Legacy", meanings={"ก": "¡", "ข": "¢", "ค": "¤", "ง": "§"}),
    )
    bad.meanings = {"ก": "Á", "ข": "Ò", "ค": "¹", "ง": "Ð"}
    content = b"".join(good.show(SENTENCE, 100, y) for y in range(300, 700, 20))
    content += bad.show("กขคง", 100, 200).replace(b"/F1", b"/F2")
    fonts = good.write(pdf), bad.write(pdf)
    pdf.page(content, resources=b"/Font << /F1 %d 0 R /F2 %d 0 R >>" % fonts)
    text = read(tmp_path, pdf.build())
    assert not text.trusted and "font_with_wrong_mapping" in text.reasons


def test_rotten_layer_is_not_believed(tmp_path: Path) -> None:
    # every า read as ำ, as in some printed-to-PDF forms
    meanings = {"า": "ำ"}
    shown = [("การงานอาหารปลาราคามานาสาขา", 60, y) for y in range(300, 700, 20)]
    text = one(tmp_path, *shown, meanings=meanings)
    assert not text.trusted and "rotten_text" in text.reasons


# ------------------------------------------------------------------ form fields and notes


def _with_annotation(annotation: bytes, font: BoxFont, appearance: bytes = b"") -> bytes:
    pdf = Pdf()
    number = len(pdf.objects)
    content = font.show(SENTENCE, 100, 700)
    font_number = font.write(pdf)
    fonts = b"/Font << /F1 %d 0 R >>" % font_number
    if appearance:
        head = b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << %s >>" % fonts
        number = pdf.stream(appearance, head)
        annotation += b" /AP << /N %d 0 R >>" % number
    note = pdf.add(b"<< /Type /Annot /Rect [100 500 300 520] /F 4 %s >>" % annotation)
    pdf.page(content, resources=fonts, extra=b"/Annots [%d 0 R]" % note)
    pdf.catalog_extra = b"/AcroForm << /Fields [%d 0 R] >>" % note
    return pdf.build()


@pytest.mark.parametrize("kind", [b"/Subtype /Widget /FT /Tx /T (a)", b"/Subtype /FreeText"])
def test_drawn_field_values_and_notes_count_as_text(tmp_path: Path, kind: bytes) -> None:
    font = BoxFont()
    appearance = font.show("มานะ", 2, 4)
    text = read(tmp_path, _with_annotation(kind, font, appearance))
    assert texts(text) == [SENTENCE, "มานะ"]
    assert text.trusted
    assert text.lines[1].box.x0 == pytest.approx(102)


def test_hidden_note_does_not_count(tmp_path: Path) -> None:
    font = BoxFont()
    data = _with_annotation(b"/Subtype /FreeText /F 2", font, font.show("มานะ", 2, 4)).replace(b"/F 4 ", b"")
    assert texts(read(tmp_path, data)) == [SENTENCE]


def test_field_value_without_a_drawing_sends_the_page_to_the_image_reader(tmp_path: Path) -> None:
    text = read(tmp_path, _with_annotation(b"/Subtype /Widget /FT /Tx /T (a) /V (12345)", BoxFont()))
    assert not text.trusted and "form_values_not_drawn" in text.reasons


# ------------------------------------------------------------------ limits


def test_page_that_draws_too_much_is_read_as_an_image(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formextract.pages.content.MAX_OBJECTS", 100)
    font = BoxFont()
    text = read(tmp_path, text_pdf(font.show("ก" * 120, 10, 700), font=font))
    assert (text.lines, text.trust, text.reasons) == ((), 0.0, ("too_complex",))


def test_page_that_takes_too_long_is_read_as_an_image(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formextract.pages.content.MAX_SECONDS", 0.0)
    font = BoxFont()
    assert read(tmp_path, text_pdf(font.show("ก" * 600, 10, 700), font=font)).reasons == ("too_complex",)


def test_page_without_characters_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pdf = Pdf()
    pdf.page(b"100 100 200 200 re S")
    path.write_bytes(pdf.build())
    with open_pages(open_source(path, SETTINGS), SETTINGS) as pages:
        page = pages.page(1)
        assert not page.has_text
        assert page.text() is None
