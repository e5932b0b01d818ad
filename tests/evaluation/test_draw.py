from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from formextract.config import Settings
from formextract.evaluation import canvas
from formextract.evaluation.canvas import (
    AMBER,
    BLUE,
    GREEN,
    ORANGE,
    RED,
    Canvas,
    fit_text,
    shrink_palette,
    upright_picture,
)
from formextract.evaluation.draw import draw_mapping, draw_pages
from formextract.intake.source import open_source
from formextract.mapping.recognise import Recognised
from formextract.mapping.schema import MappingFile
from formextract.model import (
    Box,
    Cell,
    Decision,
    Document,
    Evidence,
    Glyph,
    Mark,
    PageContent,
    Raster,
    SourceFile,
    Status,
    Table,
    TextLine,
    Transform,
    union_of,
)

SIZE = (400, 300)  # points


def text_line(text: str, x: float, y: float, confidence: float = 1.0) -> TextLine:
    glyphs = tuple(Glyph(c, Box(x + 8 * i, y, x + 8 * i + 7, y + 12), confidence) for i, c in enumerate(text))
    return TextLine(glyphs, union_of(g.box for g in glyphs), "ocr")


@pytest.fixture
def source(tmp_path: Path) -> SourceFile:
    path = tmp_path / "page.png"
    Image.new("L", (SIZE[0] * 2, SIZE[1] * 2), 255).save(path, dpi=(144, 144))
    return open_source(path, Settings())


def page(**parts: object) -> PageContent:
    return PageContent(1, *SIZE, method="ocr", **{"lines": (), **parts})  # type: ignore[arg-type]


def at(image: Image.Image, x: float, y: float, *, left: int, top: int) -> tuple[int, ...]:
    """The colour at a point of the page."""
    k = canvas.DPI / 72
    pixel = image.getpixel((round(left + x * k), round(top + y * k)))
    assert isinstance(pixel, tuple)
    return pixel


def near(a: tuple[int, ...], b: tuple[int, ...], within: int = 30) -> bool:
    return all(abs(x - y) <= within for x, y in zip(a, b, strict=True))


def test_what_was_read_is_drawn_where_it_stands(source: SourceFile) -> None:
    cell = Cell(Box(20, 200, 120, 240), 0, 0)
    content = page(
        lines=(text_line("abcdef", 50, 40), text_line("ghijkl", 50, 80, 0.5)),
        tables=(Table(Box(18, 198, 122, 242), 1, 1, (cell,)),),
        marks=(Mark(Box(200, 40, 212, 52), True, 1.0), Mark(Box(200, 80, 212, 92), False, 1.0)),
    )
    ((number, image),) = draw_pages(source, [content], Settings())
    assert number == 1
    place = {"left": 0, "top": 26}
    assert near(at(image, 50, 46, **place), GREEN)
    assert near(at(image, 50, 86, **place), AMBER)
    assert near(at(image, 18, 220, **place), BLUE)
    assert near(at(image, 199, 46, **place), ORANGE)
    inside_ticked, inside_empty = at(image, 206, 46, **place), at(image, 206, 86, **place)
    assert inside_ticked[2] < 180 and inside_empty == (255, 255, 255)


MAPPING = MappingFile.model_validate(
    {
        "name": "note",
        "doc_type": "note",
        "title": "A note",
        "years": {"start": 2560},
        "recognise": {"cues": [{"text": "ชื่อ"}]},
        "sections": [{"id": "head"}],
        "blocks": [
            {
                "block": "labels",
                "section": "head",
                "labels": [
                    {"label": "ผู้เขียนบันทึก", "field": "author"},
                    {"label": "เรื่องของบันทึก", "field": "topic"},
                    {"label": "จำนวนหน้าทั้งหมด", "field": "pages", "kind": "integer"},
                ],
            }
        ],
    }
)


def test_values_have_the_colour_of_their_decision(source: SourceFile) -> None:
    rows = [("ผู้เขียนบันทึก ", "abcd", 40), ("เรื่องของบันทึก ", "efgh", 80), ("จำนวนหน้าทั้งหมด ", "xyz", 120)]
    content = page(lines=tuple(text_line(label + value, 20, y) for label, value, y in rows))
    decisions = [Decision.ACCEPTED, Decision.REVIEW, Decision.REVIEW]
    evidence = {
        path: Evidence("", 0.9, decision, 1, Box(0, 0, 1, 1), "ocr")
        for path, decision in zip(("author", "topic", "pages"), decisions, strict=True)
    }
    record = {"author": "abcd", "topic": "efgh", "pages": None}
    document = Document(
        "note", 1.0, "note@2560", (1,), Status.FILLED, record, evidence, {}, (), Decision.REVIEW
    )
    recognised = Recognised((content,), MAPPING, 1.0, 1.0)
    ((_, image),) = draw_mapping(source, recognised, document, Settings())
    for (label, value, y), colour in zip(rows, (GREEN, AMBER, RED), strict=True):
        middle = 20 + 8 * (len(label) + len(value) / 2)
        tint = tuple(round(255 + (c - 255) * 30 / 255) for c in colour)
        assert near(at(image, middle, y + 6, left=104, top=40), tint, within=3)


def test_pages_that_nothing_claims_are_drawn_as_read(source: SourceFile) -> None:
    content = page(lines=(text_line("abcdef", 50, 40),))
    document = Document("unknown", 1.0, None, (1,), Status.PARTIAL, {}, {}, {}, (), Decision.REVIEW)
    ((_, image),) = draw_mapping(source, Recognised((content,), None, 0, 0), document, Settings())
    assert near(at(image, 50, 46, left=0, top=26), GREEN)


def test_a_turned_page_comes_out_upright() -> None:
    pixels = np.full((600, 800, 3), 255, np.uint8)
    pixels[520:560, 700:760] = 0  # near the lower right corner of the scan
    half_turn = Transform((-1, 0, 400, 0, -1, 300, 0, 0, 1))
    picture = upright_picture(Raster(pixels, 144.0), page(to_source=half_turn), dpi=72)
    assert picture.size == SIZE
    dark = np.argwhere(np.asarray(picture.convert("L")) < 100)
    (y0, x0), (y1, x1) = dark.min(axis=0), dark.max(axis=0)
    assert (x0, y0, x1, y1) == pytest.approx((20, 20, 50, 40), abs=2)


def test_text_is_cut_to_its_width() -> None:
    long = "domains[1].tasks[0].indicators[0].text"
    font = canvas.pick_font(12)
    for keep_end in (False, True):
        cut = fit_text(long, 12, 100, keep_end=keep_end)
        assert font.getlength(cut) <= 100
        assert (cut.startswith("…") and long.endswith(cut[1:])) is keep_end
    assert fit_text("short", 12, 100) == "short"


def test_without_a_thai_font_pictures_show_gaps_instead_of_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canvas, "find_thai_font", lambda: None)
    canvas.pick_font.cache_clear()
    try:
        assert fit_text("ครู 12", 12, None) == "··· 12"
        drawn = Canvas(Image.new("RGB", (50, 50), "white"), right=100)
        drawn.text(60, 25, "maker.school")
        assert drawn.picture().size == (150, 50)
    finally:
        canvas.pick_font.cache_clear()


def test_small_files_keep_the_colours_that_tell() -> None:
    rng = np.random.default_rng(1)
    noise = rng.integers(150, 255, (200, 200, 1), dtype=np.uint8).repeat(3, axis=2)
    image = Image.fromarray(noise)
    image.paste(GREEN, (10, 10, 13, 13))
    image.paste(RED, (30, 10, 33, 13))
    small = shrink_palette(image).convert("RGB")
    assert small.getpixel((11, 11)) == GREEN
    assert small.getpixel((31, 11)) == RED
