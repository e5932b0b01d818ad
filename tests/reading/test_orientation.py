"""Upside down or not: by Thai shapes, else by reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formextract.imaging import clean_page, find_lines
from formextract.model import Box, Glyph, LineImage
from formextract.reading.engine import LineReading, reading_of
from formextract.reading.orientation import decide_upside_down, mark_balance
from tests.imaging.drawing import Sheet


class Script:
    """An engine that gives each image the score set for it."""

    name, version, charset = "script", "1", frozenset("ก")

    def __init__(self, scores: list[float]) -> None:
        self.scores = scores

    def read(self, crops: Sequence[LineImage]) -> list[LineReading]:
        assert len(crops) == len(self.scores)
        return [reading_of([Glyph("ก", Box(0, 0, 1, 1), s)]) for s in self.scores]


def page_of_crops(turned: bool) -> list[LineImage]:
    sheet = Sheet(400, 320)
    for k in range(9):
        sheet.text(30, 30 + 32 * k, "ผู้เรียนที่มีน้ำใจชี้แจงเรื่องที่ดินกู้ยืมปีนี้", 13)
    crops = find_lines(clean_page(sheet.raster()))
    if not turned:
        return crops
    return [replace(c, image=np.ascontiguousarray(np.rot90(c.image, 2))) for c in crops]


def test_thai_marks_tell_without_reading() -> None:
    nobody = Script([])
    assert decide_upside_down(nobody, page_of_crops(False))[0] is False
    assert decide_upside_down(nobody, page_of_crops(True))[0] is True
    assert mark_balance(page_of_crops(True))[0] < -0.5


def test_few_lines_are_read_both_ways() -> None:
    crops = page_of_crops(False)[:2]
    assert decide_upside_down(Script([0.9, 0.8, 0.3, 0.2]), crops)[0] is False
    assert decide_upside_down(Script([0.2, 0.3, 0.9, 0.9]), crops)[0] is True


def test_no_lines_no_verdict() -> None:
    assert decide_upside_down(Script([]), []) == (False, 0.0)
