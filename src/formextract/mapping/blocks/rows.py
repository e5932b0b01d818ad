"""Ruled tables over several pages as one run of rows: where each column stands, and what each row holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from formextract.mapping.form import Form
from formextract.mapping.schema import Column
from formextract.mapping.stream import squeeze_label
from formextract.model import Cell, Table


@dataclass(frozen=True, slots=True)
class Place:
    """A column's horizontal extent, so that parts without a header are understood too."""

    column: Column
    """Which column."""
    x0: float
    """Left edge."""
    x1: float
    """Right edge."""


@dataclass(frozen=True, slots=True)
class Row:
    """One physical row: a cell a column, or None where the column has no cell."""

    page: int
    """1-based page."""
    part: int
    """0-based table part it stands in."""
    first: bool
    """Whether it is the first row of its part."""
    cells: dict[int, tuple[Cell, bool]]
    """By index of the column: the cell, and whether it began in an earlier row."""


def likeness(text: str, variants: Sequence[str]) -> float:
    """Of a cell's words to a header's, 0 to 1."""
    got = squeeze_label(text)
    return max((Levenshtein.normalized_similarity(got, squeeze_label(v)) for v in variants), default=0.0)


def header_places(table: Table, columns: Sequence[Column]) -> tuple[list[Place], int] | None:
    """The columns' places and the number of header rows; None if the first rows are no header.

    A header may be one row or two; at least half of the columns must be recognised.
    """
    for row in range(min(3, table.n_rows)):
        places: list[Place] = []
        bottom = row
        for column in columns:
            best: tuple[float, Cell] | None = None
            for cell in table.cells:
                if cell.row == row and cell.text.strip():
                    like = likeness(cell.text, column.header)
                    if like >= 0.6 and (best is None or like > best[0]):
                        best = (like, cell)
            if best:
                places.append(Place(column, best[1].box.x0, best[1].box.x1))
                bottom = max(bottom, best[1].row + best[1].rowspan - 1)
        if len(places) * 2 >= len(columns) and len(places) >= 2:
            if len(places) < len(columns):
                return None
            return places, bottom + 1
    return None


def table_parts(form: Form, columns: Sequence[Column]) -> list[tuple[int, Table, list[Place], int]]:
    """The parts of the wanted table: page, part, columns' places, number of header rows.

    A part without a header belongs to the table if its columns stand where the last part's
    stood.
    """
    parts: list[tuple[int, Table, list[Place], int]] = []
    for page, table in form.tables():
        headed = header_places(table, columns)
        if headed:
            parts.append((page, table, headed[0], headed[1]))
        elif parts and same_columns(table, parts[-1][2]):
            parts.append((page, table, parts[-1][2], 0))
    return parts


def same_columns(table: Table, places: Sequence[Place]) -> bool:
    """Whether a table has a cell border near each of the columns' borders (12 points)."""
    if not places:
        return False
    edges = {round(c.box.x0) for c in table.cells} | {round(c.box.x1) for c in table.cells}
    wanted = [p.x0 for p in places] + [places[-1].x1]
    near = sum(any(abs(e - w) <= 12 for e in edges) for w in wanted)
    return near >= len(wanted) - 1 and near >= 3


def column_cells(table: Table, place: Place) -> list[Cell]:
    """The cells whose middle stands in a column."""
    return [c for c in table.cells if place.x0 - 2 <= c.box.cx <= place.x1 + 2]


def rows_of(form: Form, columns: Sequence[Column]) -> Iterator[Row]:
    """All physical rows below the headers, in printed order."""
    for k, (page, table, places, skip) in enumerate(table_parts(form, columns)):
        grid: list[dict[int, Cell]] = [{} for _ in range(table.n_rows)]
        for c, place in enumerate(places):
            for cell in column_cells(table, place):
                for r in range(cell.row, cell.row + cell.rowspan):
                    grid[r][c] = cell
        first = True
        for r in range(skip, table.n_rows):
            cells = {c: (cell, cell.row < r and cell.row >= skip) for c, cell in grid[r].items()}
            yield Row(page, k, first, cells)
            first = False
