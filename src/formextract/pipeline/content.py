"""From a page of a file to what stands on it: by its text layer, or by reading its image."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from formextract.imaging.brackets import bracket_state
from formextract.imaging.clean import CleanPage, clean_page
from formextract.imaging.lines import find_lines
from formextract.imaging.marks import find_marks
from formextract.imaging.orientation import quarter_turns
from formextract.imaging.rules import find_rules
from formextract.layout.grids import Grid, find_grids
from formextract.layout.tables import build_tables, cell_boxes
from formextract.model import (
    Box,
    LineImage,
    Mark,
    PageContent,
    Raster,
    Rule,
    SourceFile,
    TextLine,
    union_of,
)
from formextract.pages.page import Page, open_pages
from formextract.pages.textlayer import PageText
from formextract.pipeline.tools import Tools
from formextract.reading.orientation import decide_upside_down
from formextract.reading.page import read_lines

MARK_DPI = 200
"""Resolution at which a born-digital page is rendered to look for tick marks."""
_BRACKETS = re.compile(r"^\s*\(\s*(\S?)\s*\)\s*(?=\S)")


def read_pages(source: SourceFile, tools: Tools) -> list[PageContent]:
    """All pages of a checked file; UnreadableInput if one cannot be decoded, EngineError by the reader."""
    with open_pages(source, tools.settings) as pages:
        return [read_page(page, tools, source.sha256) for page in pages]


def read_page(page: Page, tools: Tools, sha256: str) -> PageContent:
    """One page: its text layer if it can be believed, else its image.

    ``sha256`` is the file's, under which the page's picture is kept if the tools want pictures.
    """
    layer = page.text()
    if layer is not None and layer.trusted:
        content, clean = _from_text_layer(page, layer)
    else:
        content, clean = read_image(page.raster(), page.number, tools)
    if tools.pictures is not None:
        tools.pictures.save_page(sha256, page.number, clean.ink, clean.dpi, clean.to_source)
    notes = ("text_layer_rotten", *layer.reasons) if layer is not None and not layer.trusted else ()
    return replace(content, notes=(*notes, *content.notes)) if notes else content


def _from_text_layer(page: Page, layer: PageText) -> tuple[PageContent, CleanPage]:
    """The text layer's lines; only the tick marks are taken from the picture."""
    raster = page.raster(MARK_DPI)
    clean = clean_page(raster, deskew=False, rectify=False, working_dpi=MARK_DPI)
    grids = find_grids(layer.rules, page.width, page.height)
    tables, free = build_tables(grids, layer.lines)
    marks = (*find_marks(clean, layer.rules), *bracket_marks(clean, free))
    content = PageContent(
        number=page.number,
        width=page.width,
        height=page.height,
        method="text_layer",
        lines=free,
        tables=tables,
        rules=tuple(layer.rules),
        marks=marks,
        notes=tuple(layer.reasons),
    )
    return content, clean


def read_image(raster: Raster, number: int, tools: Tools) -> tuple[PageContent, CleanPage]:
    """A scanned page: turned upright, cleaned, cut into cells and lines, and read."""
    turns, _ = quarter_turns(np.asarray(cv2.cvtColor(raster.color, cv2.COLOR_RGB2GRAY), dtype=np.uint8))
    cut = _cut(raster, turns)
    upside_down, _ = decide_upside_down(tools.engine, cut.crops)
    if upside_down:
        cut = _cut(raster, (turns + 2) % 4)
    clean = cut.clean
    read = read_lines(cut.crops, tools.engine, tools.second, tools.figures)
    lines = [line for line in read if line is not None]
    tables, free = build_tables(cut.grids, lines)
    content = PageContent(
        number=number,
        width=clean.width,
        height=clean.height,
        method="ocr",
        lines=free,
        tables=tables,
        rules=cut.rules,
        marks=(*cut.marks, *bracket_marks(clean, free)),
        to_source=clean.to_source,
        notes=tuple(clean.notes),
    )
    return content, clean


@dataclass(frozen=True, slots=True)
class _Cut:
    """A cleaned page and its pieces."""

    clean: CleanPage
    rules: tuple[Rule, ...]
    grids: list[Grid]
    marks: tuple[Mark, ...]
    crops: list[LineImage]


def _cut(raster: Raster, turns: int) -> _Cut:
    clean = clean_page(raster, quarter_turns=turns)
    rules = tuple(find_rules(clean))
    grids = find_grids(rules, clean.width, clean.height)
    marks = tuple(find_marks(clean, rules))
    crops = find_lines(clean, rules=rules, marks=marks, cells=cell_boxes(grids))
    return _Cut(clean, rules, grids, marks, crops)


def bracket_marks(clean: CleanPage, lines: Sequence[TextLine]) -> tuple[Mark, ...]:
    """The bracket pairs printed to be ticked at the head of lines: ``(  ) เห็นชอบ``."""
    marks: list[Mark] = []
    for line in lines:
        m = _BRACKETS.match(line.text)
        if not m:
            continue
        end, seen = 0, 0
        while end < len(line.glyphs) and seen < len(m.group(0).rstrip()):
            seen += len(line.glyphs[end].text)
            end += 1
        box = union_of(g.box for g in line.glyphs[:end] if g.text != " ")
        checked, score = bracket_state(clean, Box(box.x0, line.box.y0, box.x1, line.box.y1).grown(1.0))
        marks.append(Mark(box, checked, score, "brackets"))
    return tuple(marks)
