"""From pages to content, with readers that say what they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from formextract.confidence import Calibration
from formextract.config import Settings
from formextract.errors import EngineError
from formextract.intake.source import open_source
from formextract.model import Box, Glyph, LineImage, Raster
from formextract.pipeline.content import read_image, read_pages
from formextract.pipeline.tools import Tools
from formextract.reading.engine import EMPTY_READING, LineReading, reading_of

SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass
class Fake:
    """An engine that reads every line as the same words, or fails."""

    text: str = "กขค"
    error: EngineError | None = None
    crops: list[LineImage] = field(default_factory=list)
    name: str = "fake"
    version: str = "1"
    charset: frozenset[str] = frozenset("กขค")

    def read(self, crops: Sequence[LineImage]) -> list[LineReading]:
        if self.error is not None:
            raise self.error
        self.crops.extend(crops)
        return [self._one(c) for c in crops]

    def _one(self, crop: LineImage) -> LineReading:
        if not self.text:
            return EMPTY_READING
        b, n = crop.box, len(self.text)
        edges = [b.x0 + i * b.width / n for i in range(n + 1)]
        return reading_of(
            [Glyph(c, Box(edges[i], b.y0, edges[i + 1], b.y1), 0.9) for i, c in enumerate(self.text)]
        )


def tools(engine: Fake) -> Tools:
    return Tools(Settings(), (), engine, None, None, Calibration({}))


def page(lines: int = 6, dpi: float = 200) -> Raster:
    """A white page with dark bars where words would stand."""
    image = np.full((round(11.7 * dpi), round(8.3 * dpi), 3), 255, dtype=np.uint8)
    rng = np.random.default_rng(7)
    for i in range(lines):
        y = 300 + i * 80
        for x in range(200, 1300, 28):
            image[y : y + 22, x : x + int(rng.integers(8, 20))] = 0
    return Raster(image, dpi)


def test_an_image_is_cut_into_lines_and_read() -> None:
    engine = Fake()
    content, clean = read_image(page(), 4, tools(engine))
    assert (content.number, content.method) == (4, "ocr")
    assert [line.text for line in content.lines] == ["กขค"] * len(content.lines)
    assert len(content.lines) >= 4
    assert (content.width, content.height) == (clean.width, clean.height)
    for line in content.lines:
        assert 0 <= line.box.x0 < line.box.x1 <= content.width
        source = content.to_source.box(line.box)
        assert -5 <= source.x0 < source.x1 <= 8.3 * 72 + 5


@pytest.mark.parametrize("lines", [0, 6])
def test_a_reader_that_sees_nothing_gives_a_page_without_lines(lines: int) -> None:
    content, _ = read_image(page(lines), 1, tools(Fake(text="")))
    assert content.lines == ()


def test_a_broken_reader_is_an_engine_error() -> None:
    with pytest.raises(EngineError):
        read_image(page(), 1, tools(Fake(error=EngineError("died", code="engine_failed"))))


def test_a_sound_text_layer_asks_no_reader() -> None:
    engine = Fake(error=EngineError("is not asked"))
    source = open_source(SAMPLES / "pa1_born_blank.pdf", Settings())
    contents = read_pages(source, tools(engine))
    assert [c.method for c in contents] == ["text_layer"] * source.page_count
    assert any(c.tables for c in contents)
    marks = [m for c in contents for m in c.marks]
    assert len(marks) >= 20 and not any(m.checked for m in marks)


def test_a_rotten_text_layer_is_read_from_its_image() -> None:
    source = open_source(SAMPLES / "mou_rotten_layer.pdf", Settings(ocr_dpi=150))
    contents = read_pages(source, tools(Fake()))
    assert all(c.method == "ocr" and "text_layer_rotten" in c.notes for c in contents)
    assert all(c.lines for c in contents)
