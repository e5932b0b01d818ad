"""The figure reader on lines drawn with Pillow; what the line reader said is made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont, features

from formextract.errors import MissingDependency
from formextract.model import LINE_BORDER, Box, Glyph, LineImage, TextLine
from formextract.reading.figure_net import CLASSES, FigureNet, load_net
from formextract.reading.figure_shapes import FEATURES, propose_pieces
from formextract.reading.figures import READER, FigureReader
from formextract.thai.text import clusters

FONT = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")
SCALE = 300 / 72
pytestmark = [
    pytest.mark.skipif(not FONT.is_file(), reason="fonts-thai-tlwg is not installed"),
    pytest.mark.skipif(not features.check("raqm"), reason="this Pillow cannot lay out Thai (no Raqm)"),
]
READS = FigureReader()


def draw(text: str, points: float = 14, font: Path = FONT) -> LineImage:
    """A crisp line as the page cutter gives it."""
    face = ImageFont.truetype(str(font), round(points * SCALE), layout_engine=ImageFont.Layout.RAQM)
    x0, y0, x1, y1 = (int(v) for v in face.getbbox(text, anchor="ls"))
    room = LINE_BORDER
    image = Image.new("L", (x1 - x0 + 2 * room, y1 - y0 + 2 * room), 255)
    ImageDraw.Draw(image).text((room - x0, room - y0), text, 0, font=face, anchor="ls")
    pixels = np.asarray(image, dtype=np.uint8)
    box = Box(40, 60, 40 + (x1 - x0) / SCALE, 60 + (y1 - y0) / SCALE)
    return LineImage(pixels, box, SCALE)


def said(text: str, crop: LineImage, second: str | None = None) -> TextLine:
    """A reading whose characters are spread evenly over the line, as roughly as engines place them."""
    parts = clusters(text)
    wide = [0.5 if p in " .," else 1.0 for p in parts]
    ends = np.cumsum(wide) / sum(wide) * crop.box.width + crop.box.x0
    starts = [crop.box.x0, *ends[:-1]]
    glyphs = tuple(
        Glyph(p, Box(float(a), crop.box.y0, float(b), crop.box.y1), 0.9, True)
        for p, a, b in zip(parts, starts, ends, strict=True)
    )
    return TextLine(glyphs, crop.box, "ocr", second=second)


def reread(printed: str, was: str, second: str | None = None, points: float = 14) -> TextLine:
    crop = draw(printed, points)
    line = READS.reread([said(was, crop, second)], [crop])[0]
    assert line is not None
    return line


@pytest.mark.parametrize(
    ("printed", "was"),
    [
        ("พ.ศ. ๒๕๖๘", "พ.ศ. ๒๕๐๕"),
        ("๔๙,๕๘๐ บาท", "๕๕.๕๕0 บาท"),
        ("เขต ๗", "เขต ๓"),
        ("๒. งาน", "lo. งาน"),
        ("๒) งาน", "©) งาน"),
        ("ข้อ ๓.๖", "ข้อ ๓.๒"),
        ("ที่ ๑๒/๒๕๖๘", "ที่ ๑๒/๒๕๒๕"),
        ("จำนวน (๓) คน", "จำนวน (๓) คน"),
        ("ร้อยละ ๘๐% ขึ้นไป", "ร้อยละ ๕๐% ขึ้นไป"),
        ("มิตรภาพที่ ๑๓๔", "มิตรภาพที่ ๑๓๕"),
        ("ปี 2568 เขต 4", "ปี 256B เขต 4"),
        ("เงิน 49,580 บาท", "เงิน 49,S80 บาท"),
    ],
)
def test_numbers_are_read_by_their_shapes(printed: str, was: str) -> None:
    line = reread(printed, was)
    assert line.text == printed
    digits = [g for g in line.glyphs if any(c.isdigit() for c in g.text)]
    assert digits and all(g.reader == READER and g.confidence >= 0.9 for g in digits)


def test_a_number_with_a_letter_behind_its_stroke() -> None:
    line = reread("แบบ PA ๑/บส", "แบบ Pภ ๑/บส")
    assert line.text == "แบบ Pภ ๑/บส"
    assert [g.reader for g in line.glyphs if g.text == "๑"] == [READER]


@pytest.mark.parametrize(
    "text",
    [
        "ด ต ค ฅ บ ษ ฮ ฑ ๆ ฯ",
        "ก. ข. ค. ง. ฉ. ช.",
        "ก.ค. ก.พ. พ.ค. ต.ค.",
        "MOU OBEC Outcomes Indicators",
        "โรงเรียนอนุบาลลำดวน",
        "ผู้อำนวยการสถานศึกษา",
        "I l O o S B Z",
    ],
)
def test_letters_never_become_digits(text: str) -> None:
    assert reread(text, text, second=text).text == text


@pytest.mark.parametrize(("printed", "was"), [("ด้าน ๓ ด้าน", "ด้าน ต้าน ด้าน"), ("นี้ ๑", "นี้ ชั้")])
def test_clusters_with_marks_are_left_alone(printed: str, was: str) -> None:
    assert reread(printed, was).text == was


def test_agreement_is_that_of_the_readings() -> None:
    line = reread("ปี ๒๕๖๑", "ปี ๒๕๒๐", second="ปี ๒๔๕๑")
    assert [(g.text, g.agreed) for g in line.glyphs[2:]] == [
        ("๒", True),
        ("๕", True),
        ("๖", False),
        ("๑", True),
    ]


def test_boxes_are_those_of_the_ink() -> None:
    crop = draw("๔๖")
    line = READS.reread([said("๕๒", crop)], [crop])[0]
    assert line is not None
    first, second = line.glyphs
    assert first.box.x0 == pytest.approx(crop.box.x0, abs=0.6)
    assert second.box.x1 == pytest.approx(crop.box.x1, abs=0.6)
    assert first.box.x1 <= second.box.x0


def test_a_lone_number_that_nobody_read_is_read() -> None:
    crops = [draw("๗"), draw("สพฐ"), draw("-")]
    first, *others = READS.reread([None, None, None], crops)
    assert first is not None and first.text == "๗" and first.method == "ocr"
    assert first.glyphs[0].agreed is False
    assert others == [None, None]


def test_a_line_without_numbers_is_the_same_object() -> None:
    crop = draw("ผู้อำนวยการ")
    line = said("ผู้อำนวยการ", crop)
    assert READS.reread([line], [crop])[0] is line


def test_touching_digits_come_apart() -> None:
    crop = draw("๒๕๖๘", 16)
    image = crop.image.copy()
    image[image.shape[0] // 2 : image.shape[0] // 2 + 2, 12:-12] = 0
    crop = replace(crop, image=image)
    line = READS.reread([said("๒๕๐๕", crop)], [crop])[0]
    # a stroke through all of them is more than touching: right, or left as it was, never half of it
    assert line is not None and line.text in ("๒๕๖๘", "๒๕๐๕")


def test_leaders_are_no_figures() -> None:
    line = reread("เดือน ....๘.... ชั่วโมง", "เดือน ....๕.... ชั่วโมง")
    assert line.text == "เดือน ....๘.... ชั่วโมง"


def test_empty_input() -> None:
    assert READS.reread([], []) == []
    blank = LineImage(np.full((40, 60), 255, np.uint8), Box(0, 0, 9.6, 4.8), SCALE)
    assert READS.reread([None], [blank]) == [None]
    assert propose_pieces(blank) is None


WORDS = st.sampled_from(["เขต", "ครู", "ปี", "ที่", "นาย", "MOU", "สพป.", "บ้านดอน", "ค", "ต."])
NUMBERS = st.text("๐๑๒๓๔๕๖๗๘๙", min_size=1, max_size=5)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(WORDS, NUMBERS), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_all_but_numbers_stays(parts: list[tuple[str, str]], rng: object) -> None:
    """Whatever digits were misread, the words beside them keep every character."""
    printed = " ".join(f"{w} {n}" for w, n in parts)
    was = "".join(rng.choice("๐๑๒๓๕") if c in "๔๖๗๘๙" else c for c in printed)  # type: ignore[attr-defined]
    line = reread(printed, was)
    assert "".join(c for c in line.text if not c.isdigit()) == "".join(c for c in was if not c.isdigit())
    for g in line.glyphs:
        if g.reader != READER:
            assert not g.text.isdigit() or g.text in was


def test_weights_fit_the_code() -> None:
    net = READS.net
    assert net.weights[0].shape[0] == FEATURES
    assert net.weights[-1].shape[1] == len(CLASSES)
    assert READS.weights.stat().st_size <= 600_000


def test_weights_survive_saving(tmp_path: Path) -> None:
    READS.net.save(tmp_path / "a.npz")
    again = load_net(tmp_path / "a.npz")
    x = np.random.default_rng(1).normal(size=(5, FEATURES)).astype(np.float32)
    assert np.allclose(again.probabilities(x), READS.net.probabilities(x))
    assert np.allclose(again.probabilities(x).sum(axis=1), 1, atol=1e-5)


def test_absent_or_foreign_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(MissingDependency):
        load_net(tmp_path / "none.npz")
    np.savez(tmp_path / "other.npz", classes=np.array(["a", "b"]))
    with pytest.raises(MissingDependency):
        load_net(tmp_path / "other.npz")
    assert isinstance(READS.net, FigureNet)
