from __future__ import annotations

import numpy as np

from formextract.model import Box, Glyph, TextLine
from formextract.pages.visibility import PROBE_DPI
from formextract.pages.weight import mark_bold

SCALE = PROBE_DPI / 72


def _page_of(
    *strokes: int, ground: int = 255, ink: int = 0, letters: int = 12
) -> tuple[list[TextLine], np.ndarray]:
    """Lines of letters, each a bar of so many pixels in a box of 10 points."""
    image = np.full((400, 400), ground, np.uint8)
    lines = []
    for row, stroke in enumerate(strokes):
        boxes = [Box(10 + 12 * i, 10 + 20 * row, 20 + 12 * i, 20 + 20 * row) for i in range(letters)]
        for box in boxes:
            x, y = round(box.x0 * SCALE) + 2, round(box.y0 * SCALE) + 1
            image[y : y + 11, x : x + stroke] = ink
        hull = Box(boxes[0].x0, boxes[0].y0, boxes[-1].x1, boxes[-1].y1)
        lines.append(TextLine(tuple(Glyph("ก", b) for b in boxes), hull, "text_layer"))
    return lines, image


def _bold(lines: list[TextLine], image: np.ndarray) -> list[bool]:
    return [line.bold for line in mark_bold(lines, image)]


def test_heavier_lines_are_bold() -> None:
    assert _bold(*_page_of(3, 5, 3, 3)) == [False, True, False, False]


def test_page_in_one_weight_has_no_bold_lines() -> None:
    assert _bold(*_page_of(5, 5, 5)) == [False, False, False]


def test_light_print_on_dark_ground_is_weighed_by_its_own_ink() -> None:
    assert _bold(*_page_of(3, 5, 3, 3, ground=20, ink=255)) == [False, True, False, False]


def test_grey_print_is_not_bold() -> None:
    lines, image = _page_of(3, 3, 3)
    image[:40][image[:40] == 0] = 90
    assert not any(_bold(lines, image))


def test_page_without_letters_is_left_alone() -> None:
    dots = TextLine((Glyph(".", Box(0, 0, 2, 2)),), Box(0, 0, 2, 2), "text_layer")
    assert mark_bold([dots], np.full((50, 50), 255, np.uint8)) == (dots,)
