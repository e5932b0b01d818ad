"""Ruled tables of records over several pages, with merged and blank cells carried down.

A blank cell inherits from the row above only where nothing was lost between: inside one
table part always; over a page break only if the counting column goes on (FIELDS §4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from formextract.mapping.form import Form
from formextract.mapping.found import Found, from_span
from formextract.mapping.rows import Row, likeness, rows_of
from formextract.mapping.schema import Column, GridBlock
from formextract.mapping.stream import PlacedLine, Span, Stream
from formextract.mapping.values import parse_value
from formextract.model import Box, Cell
from formextract.thai.digits import has_thai_digits, to_arabic

# the dot is lost at times; before the word โรงเรียน the figure is a number all the same
_NUMBER = re.compile(r"^\s*\(?(\d{1,2})\s*(?:[.,)]\s*|(?=โรงเรียน))")
# what is given for Thai figures that the reader does not know: signs and Latin letters
_NOISY_NUMBER = re.compile(r"^\s*([^\sก-ฮ]{1,3})\s*(?:[.,)]\s+(?=\S)|(?=โรงเรียน))")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's value as it is carried down."""

    found: Found
    """With a path that is put in later."""
    number: Found | None
    """The list number printed before it, if the column has one."""


def read_cell(cell: Cell, page: int, column: Column) -> list[Value]:
    """The values of a cell: one, or one a printed list number if the cell holds several."""
    if not cell.lines:
        return []
    stream = Stream(PlacedLine(page, line) for line in cell.lines)
    pieces: list[tuple[Span | None, Span]] = []
    if column.number:
        starts: list[tuple[int, int]] = []
        for n in range(len(stream.lines)):
            line = stream.line_span(n)
            text = to_arabic(line.raw)
            m = _NUMBER.match(text) or (_NOISY_NUMBER.match(text) if n == 0 else None)
            if m:
                starts.append((line.start, line.start + m.end()))
        if starts and starts[0][0] > 0 and stream.span(0, starts[0][0]).trimmed():
            starts = []  # a number inside a wrapped name, not a list
        for k, (begin, after) in enumerate(starts):
            end = starts[k + 1][0] if k + 1 < len(starts) else len(stream.text)
            pieces.append((stream.span(begin, after), stream.span(after, end).trimmed()))
    if not pieces:
        pieces = [(None, stream.whole().trimmed())]
    values: list[Value] = []
    for head, span in pieces:
        if not span:
            continue
        leaf = parse_value(column.kind, span)[0]
        found = from_span("", leaf.value, column.kind, span, flags=leaf.flags)
        values.append(Value(found, _number(head) if head else None))
    return values


def _number(head: Span) -> Found:
    m = _NUMBER.match(to_arabic(head.raw))
    value = int(m.group(1)) if m else None
    flags = frozenset({"parsed"}) if m else frozenset({"doubt"})
    if has_thai_digits(head.raw):
        flags |= {"thai_digits"}
    return from_span("", value, "number", head, flags=flags)


def _carried(found: Found, path: str, extra: frozenset[str] = frozenset()) -> Found:
    return replace(found, path=path, method="carried_down", flags=found.flags | extra)


def fill_grid(block: GridBlock, form: Form) -> list[Found]:
    """One record a row (or a list number, where a cell holds several)."""
    columns = block.columns
    main = len(columns) - 1
    held: dict[int, Value | None] = dict.fromkeys(range(len(columns)))
    pending: dict[int, Value] = {}
    counter: int | None = None
    out: list[Found] = []
    n = 0
    for row in rows_of(form.tables(), columns):
        if row.banner is not None:
            pending |= _banner(row.banner, row.page, columns)
            continue
        texts = {c: cell.text for c, (cell, _) in row.cells.items()}
        if _repeats_header(texts, columns) or not any(t.strip() for t in texts.values()):
            continue
        fresh: dict[int, Value] = {}
        for c, column in enumerate(columns[:-1]):
            got = row.cells.get(c)
            if got and not got[1]:
                values = read_cell(got[0], row.page, column)
                if values:
                    fresh[c] = values[0]
        last = row.cells.get(main)
        entries = read_cell(last[0], row.page, columns[main]) if last and not last[1] else []
        fresh = pending | fresh
        if not entries:
            # a row without its main value holds parents at most: they wait for the next row
            pending = fresh
            continue
        pending = {}
        merged = {c for c, (_, began) in row.cells.items() if began}
        for k, entry in enumerate(entries):
            printed = fresh if k == 0 else {}
            number = entry.number.value if entry.number else None
            blank = [
                c
                for c in sorted(row.placed)
                if columns[c].carry and c not in printed and not (k or c in merged)
            ]
            if not k and _lost(row, number, counter, blank, printed, held, main):
                for c in blank:
                    held[c] = None
            for c, value in printed.items():
                held[c] = value
            # a parent that is neither printed nor to be carried down was lost
            uncertain = any(held[c] is None for c in row.placed if columns[c].carry)
            out.extend(_record(block, n, printed, held, entry, uncertain, row.page))
            counter = number
            n += 1
    return out


def _banner(cell: Cell, page: int, columns: Sequence[Column]) -> dict[int, Value]:
    """The value of a row that is one cell, for the first column that may stand so; a doubt is none."""
    for c, column in enumerate(columns):
        if column.banner:
            values = read_cell(cell, page, column)
            if values and "doubt" not in values[0].found.flags:
                return {c: values[0]}
    return {}


def _lost(
    row: Row,
    number: int | None,
    counter: int | None,
    blank: Sequence[int],
    printed: dict[int, Value],
    held: dict[int, Value | None],
    main: int,
) -> bool:
    """Whether a parent must have been printed in a part that is missing.

    Under the nearest parent the counting must go on over a page break, and a count that
    restarts under a blank parent shows that the parent was lost in reading.  Where the
    nearest parent is printed but its own parent is blank, its number must go on instead.
    """
    if not blank or (counter is None and row.part == 0):
        return False
    near = main - 1
    if near in printed:
        own, last = printed[near].number, held[near]
        before = last.number.value if last and last.number else None
        goes_on = own is not None and own.value is not None and before is not None and own.value == before + 1
        return not goes_on
    goes_on = number is not None and counter is not None and number == counter + 1
    if row.first and row.part > 0:
        return not goes_on
    return number == 1


def _repeats_header(texts: dict[int, str], columns: Sequence[Column]) -> bool:
    hits = sum(likeness(texts.get(c, ""), column.header) >= 0.6 for c, column in enumerate(columns))
    return hits * 2 > len(columns)


def _record(
    block: GridBlock,
    n: int,
    printed: dict[int, Value],
    held: dict[int, Value | None],
    entry: Value,
    uncertain: bool,
    page: int,
) -> list[Found]:
    base = f"{block.field}[{n}]"
    doubt = frozenset({"doubt"}) if uncertain else frozenset()
    out: list[Found] = []
    carried: list[str] = []
    for c, column in enumerate(block.columns[:-1]):
        value = printed.get(c) or held[c]
        if column.field is None:
            continue
        if value is None:
            out.append(_gap(f"{base}.{column.field}", entry.found, doubt))
            if column.number:
                out.append(_gap(f"{base}.{column.number}", entry.found, doubt))
            continue
        is_carried = c not in printed
        if is_carried:
            if value.number is not None and column.number:
                carried.append(column.number)
            carried.append(column.field)
        put = _carried if is_carried else (lambda f, p, e=frozenset(): replace(f, path=p, flags=f.flags | e))
        out.append(put(value.found, f"{base}.{column.field}", doubt))
        if column.number:
            if value.number is not None:
                out.append(put(value.number, f"{base}.{column.number}", doubt))
            else:
                out.append(_gap(f"{base}.{column.number}", entry.found, frozenset()))
    column = block.columns[-1]
    out.append(replace(entry.found, path=f"{base}.{column.field}"))
    if column.number:
        if entry.number is not None:
            out.append(replace(entry.number, path=f"{base}.{column.number}"))
        else:
            out.append(_gap(f"{base}.{column.number}", entry.found, frozenset({"doubt"})))
    out.extend(_derived(f"{base}.carried_down[{k}]", name, entry.found) for k, name in enumerate(carried))
    out.append(_derived(f"{base}.uncertain", uncertain, entry.found, doubt))
    return out


def _gap(path: str, near: Found, flags: frozenset[str]) -> Found:
    box = Box(near.box.x0, near.box.y0, near.box.x1, near.box.y1)
    return Found(path, None, "gap", "", near.page, box, near.method, 1.0, 1.0, None, flags)


def _derived(path: str, value: Any, near: Found, flags: frozenset[str] = frozenset()) -> Found:
    return Found(
        path,
        value,
        "derived",
        "",
        near.page,
        near.box,
        "derived",
        near.score,
        near.weakest,
        near.agreed,
        frozenset({"parsed", "exact"}) | flags,
    )
