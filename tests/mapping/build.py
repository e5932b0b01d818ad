"""Hand-made pages, tables and mappings for the mapping tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from formextract.mapping.blocks import fill_block
from formextract.mapping.fill import assemble, fill_form
from formextract.mapping.form import Form, prepare_form
from formextract.mapping.found import Found
from formextract.mapping.load import load_mappings
from formextract.mapping.schema import MappingFile
from formextract.mapping.stream import PlacedLine, Stream
from formextract.model import Box, Cell, Mark, Method, PageContent, Table, TextLine
from tests.layout.build import line

MAPPINGS = Path(__file__).parents[2] / "mappings"
WIDTH, HEIGHT = 595.0, 842.0


@lru_cache(maxsize=1)
def mappings() -> dict[str, MappingFile]:
    """The project's mappings by name."""
    return {m.name: m for m in load_mappings(MAPPINGS)}


def mapping(*blocks: dict[str, Any], sections: Sequence[dict[str, Any]] = (), **more: Any) -> MappingFile:
    """A mapping with one section ``all`` unless others are given."""
    return MappingFile.model_validate(
        {
            "name": "made",
            "doc_type": "pa1",
            "title": "made for a test",
            "years": {"start": 2564},
            "recognise": {"cues": [{"text": "แบบทดสอบ"}]},
            "sections": list(sections) or [{"id": "all"}],
            "blocks": list(blocks),
            **more,
        }
    )


def lines(
    *texts: str,
    y: float = 60,
    x: float = 60,
    pitch: float = 20,
    method: Method = "text_layer",
    blank: bool | None = None,
) -> list[TextLine]:
    """Texts one under the other; an empty text leaves a blank line."""
    return [
        replace(line(text, x, y + i * pitch, method=method), wraps_with_blank=blank)
        for i, text in enumerate(texts)
        if text
    ]


def stream(*texts: str, method: Method = "text_layer", blank: bool | None = None) -> Stream:
    """A stream of lines on page 1."""
    return Stream(PlacedLine(1, x) for x in lines(*texts, method=method, blank=blank))


def page(
    *texts: str,
    number: int = 1,
    tables: Sequence[Table] = (),
    marks: Sequence[Mark] = (),
    method: Method = "text_layer",
    extra: Sequence[TextLine] = (),
    y: float = 60,
) -> PageContent:
    """A page of free lines, one under the other."""
    return PageContent(
        number,
        WIDTH,
        HEIGHT,
        method,
        (*lines(*texts, method=method, y=y), *extra),
        tuple(tables),
        (),
        tuple(marks),
    )


def table(
    rows: Sequence[Sequence[str | None]],
    *,
    y: float = 60,
    widths: Sequence[float] | None = None,
    spans: dict[tuple[int, int], tuple[int, int]] | None = None,
    method: Method = "text_layer",
    x: float = 60,
) -> Table:
    """A ruled table; ``None`` where a place belongs to a cell above or left of it.

    ``spans`` gives (rows, columns) of a cell by its (row, column).
    """
    n = len(rows[0])
    widths = widths or [110.0] * n
    lefts = [x + sum(widths[:c]) for c in range(n + 1)]
    tops = [y]
    for row in rows:
        tops.append(tops[-1] + 20 * max(1, *((t or "").count("\n") + 1 for t in row)))
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None:
                continue
            down, right = (spans or {}).get((r, c), (1, 1))
            box = Box(lefts[c], tops[r], lefts[c + right], tops[r + down])
            own = [
                line(t, box.x0 + 3, tops[r] + 16 + 20 * i, width=4, method=method)
                for i, t in enumerate(text.split("\n"))
                if t
            ]
            cells.append(Cell(box, r, c, down, right, tuple(own)))
    return Table(Box(lefts[0], tops[0], lefts[-1], tops[-1]), len(rows), n, tuple(cells))


def form(made: MappingFile, *pages: PageContent) -> Form:
    """The prepared form."""
    return prepare_form(pages, made)


def found(made: MappingFile, *pages: PageContent) -> list[Found]:
    """The findings of the mapping's blocks, one after the other."""
    prepared = form(made, *pages)
    return [hit for block in made.blocks for hit in fill_block(block, prepared)]


def record(made: MappingFile, *pages: PageContent) -> dict[str, Any]:
    """What the whole filling puts into an empty record."""
    return assemble(fill_form(pages, made)[1], {})


def flags(hits: Sequence[Found], path: str) -> frozenset[str]:
    """The flags of the finding at a path; KeyError if there is none."""
    return {f.path: f for f in hits}[path].flags
