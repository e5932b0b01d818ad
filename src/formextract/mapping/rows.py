"""Ruled tables over several pages as one run of rows: where each column stands, and what each row holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from formextract.mapping.schema import Column
from formextract.mapping.stream import squeeze_label
from formextract.model import Cell, Table

_HEADER = 0.6
"""Likeness of a cell's words to a header's from which it is that header: scans lose marks and lines."""
_FULL_WIDTH = 0.85
"""Share of the columns' common width from which a cell is a banner over all of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A column's horizontal extent, so that parts without a header are understood too."""

    index: int
    """0-based place of the column in the mapping."""
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
    placed: frozenset[int] = frozenset()
    """The columns that this part prints, the last wanted one left out."""
    banner: Cell | None = None
    """The cell of a row that is one cell over all columns."""


def likeness(text: str, variants: Sequence[str]) -> float:
    """Of a cell's words to a header's, 0 to 1."""
    got = squeeze_label(text)
    return max((Levenshtein.normalized_similarity(got, squeeze_label(v)) for v in variants), default=0.0)


def header_places(table: Table, columns: Sequence[Column]) -> tuple[list[Place], int] | None:
    """The columns' places and the number of header rows; None if the first rows are no header.

    At least half of the columns must be recognised, the last one among them or by its place.  A
    misread header is put where one cell is left between its neighbours; a column that is not
    printed at all has no place.
    """
    for row in range(min(3, table.n_rows)):
        cells = sorted((c for c in table.cells if c.row == row and c.text.strip()), key=lambda c: c.col)
        chosen: dict[int, Cell] = {}
        for i, column in enumerate(columns):
            free = [c for c in cells if c not in chosen.values()]
            best = max(free, key=lambda c: likeness(c.text, column.header), default=None)
            if best is not None and likeness(best.text, column.header) >= _HEADER:
                chosen[i] = best
        if len(chosen) * 2 < len(columns) or len(chosen) < 2:
            continue
        _place_misread(chosen, cells, len(columns))
        if len(columns) - 1 not in chosen:
            return None
        bottom = max(c.row + c.rowspan for c in chosen.values())
        return [Place(i, columns[i], c.box.x0, c.box.x1) for i, c in sorted(chosen.items())], bottom
    return None


def _place_misread(chosen: dict[int, Cell], cells: Sequence[Cell], count: int) -> None:
    """Adds each missing column for which exactly one header cell is left between its neighbours'."""
    for i in range(count):
        if i in chosen:
            continue
        left = max((chosen[k].col for k in chosen if k < i), default=-1)
        right = min((chosen[k].col for k in chosen if k > i), default=10**6)
        gap = [k for k in range(count) if k not in chosen and _between(k, i, chosen)]
        free = [c for c in cells if left < c.col < right]
        if len(free) == len(gap) == 1:
            chosen[i] = free[0]


def _between(k: int, i: int, chosen: dict[int, Cell]) -> bool:
    """Whether no recognised column lies between two missing ones."""
    return not any(min(i, k) < c < max(i, k) for c in chosen)


def table_parts(
    tables: Sequence[tuple[int, Table]], columns: Sequence[Column]
) -> list[tuple[int, Table, list[Place], int]]:
    """The parts of the wanted table: page, part, columns' places, number of header rows.

    ``tables`` are those of the form with their pages.  A part without a header belongs to the
    table if its columns stand where the last part's stood.
    """
    parts: list[tuple[int, Table, list[Place], int]] = []
    for page, table in tables:
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


def rows_of(tables: Sequence[tuple[int, Table]], columns: Sequence[Column]) -> Iterator[Row]:
    """All physical rows below the headers, in printed order."""
    for k, (page, table, places, skip) in enumerate(table_parts(tables, columns)):
        grid: list[dict[int, Cell]] = [{} for _ in range(table.n_rows)]
        banners: dict[int, Cell] = {}
        width = places[-1].x1 - places[0].x0
        placed = frozenset(p.index for p in places) - {len(columns) - 1}
        for cell in table.cells:
            if table.n_cols > 1 and cell.box.width >= _FULL_WIDTH * width:
                banners.update(dict.fromkeys(range(cell.row, cell.row + cell.rowspan), cell))
        for place in places:
            for cell in column_cells(table, place):
                for r in range(cell.row, cell.row + cell.rowspan):
                    grid[r][place.index] = cell
        first = True
        for r in range(skip, table.n_rows):
            banner = banners.get(r)
            cells = {} if banner else {c: (cell, skip <= cell.row < r) for c, cell in grid[r].items()}
            yield Row(page, k, first, cells, placed, banner)
            first = False
