"""Sharing out a column's lines among tasks."""

from __future__ import annotations

import pytest

from formextract.mapping.blocks.shares import TableLine, Task, share_out
from formextract.mapping.schema import Audience
from formextract.model import Box, Glyph, Method, TextLine
from formextract.thai.text import clusters

AUDIENCES = [
    Audience(code="learner", label=["ด้านผู้เรียน"]),
    Audience(code="teacher", label=["ด้านครู"]),
    Audience(code="school", label=["ด้านสถานศึกษา"]),
]
ONE = [Task(0, 4, "4.1", True)]


def column(texts: list[str], method: Method) -> list[TableLine]:
    out = []
    for k, text in enumerate(texts):
        y = 20.0 * k
        glyphs = tuple(Glyph(c, Box(6 * i, y, 6 * i + 5, y + 12)) for i, c in enumerate(clusters(text)))
        line = TextLine(glyphs, Box(0, y, 6 * len(glyphs), y + 12), method)
        out.append(TableLine(1, 0, 0, y + 12, line))
    return out


@pytest.mark.parametrize(("method", "clear"), [("ocr", False), ("text_layer", True)])
def test_audiences_that_begin_again_show_a_task_whose_code_a_scan_hides(method: Method, clear: bool) -> None:
    """A fax gave 4.1 the indicators of 4.2 too, each audience read right and accepted."""
    lines = column(["ด้านผู้เรียน", "1. ก", "ด้านครู", "1. ข", "ด้านผู้เรียน", "1. ค"], method)
    ((own, sure),) = share_out(column(["4.1 งาน"], method), ONE, lines, AUDIENCES)
    assert own == lines
    assert sure is clear


def test_one_round_of_audiences_is_clear_in_a_scan() -> None:
    lines = column(["ด้านผู้เรียน", "1. ก", "ด้านครู", "1. ข", "ด้านสถานศึกษา", "1. ค"], "ocr")
    ((_, sure),) = share_out(column(["4.1 งาน"], "ocr"), ONE, lines, AUDIENCES)
    assert sure
