"""The pages of one form, prepared for filling: running text, sections, tables and marks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from formextract.layout.drop import furniture
from formextract.layout.order import reading_order
from formextract.layout.signatures import find_anchors
from formextract.layout.signwords import SignatureWords, has_title, is_name
from formextract.mapping.anchors import find_sections
from formextract.mapping.rows import table_parts
from formextract.mapping.schema import TASK_ROLES, Block, Column, GridBlock, MappingFile, TasksBlock
from formextract.mapping.stream import PlacedLine, Span, Stream
from formextract.model import Mark, PageContent, Table, TextLine

_LARGE = 30
"""Lines from which a table with enough columns is held for a table of records."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the blocks work on."""

    pages: tuple[PageContent, ...]
    """The form's pages in order."""
    stream: Stream
    """All lines outside the tables that blocks claim, page furniture left out, in reading order."""
    sections: dict[str, Span | None]
    """By section id; None where its first words were not found."""
    first_words: dict[str, int]
    """By section id: index in the stream's text just after the section's first words."""

    def section(self, name: str) -> Span | None:
        """The span of a section, None if it is not there."""
        return self.sections.get(name)

    def page(self, number: int) -> PageContent:
        """The page of that 1-based number; KeyError if the form has none such."""
        for page in self.pages:
            if page.number == number:
                return page
        raise KeyError(number)

    def tables(self) -> list[tuple[int, Table]]:
        """All tables with their pages, in printed order."""
        return [(page.number, table) for page in self.pages for table in page.tables]

    def marks(self, number: int) -> Sequence[Mark]:
        """The tick boxes of a page."""
        return self.page(number).marks


def running_lines(pages: Sequence[PageContent], claimed: Collection[int] = ()) -> list[PlacedLine]:
    """All lines of running text in reading order, page numbers and catchwords left out.

    Offices rule their heads and signatures as they like: the cells of a table that no block
    claims belong to the running text, row by row.  ``claimed`` holds the ``id`` of each
    claimed table.
    """
    dropped = furniture(pages)
    out: list[PlacedLine] = []
    for page in pages:
        gone = dropped.get(page.number, set())
        kept = [line for i, line in enumerate(page.lines) if i not in gone]
        for table in (t for t in page.tables if id(t) not in claimed):
            above = [line for line in kept if line.box.cy < table.box.cy]
            kept = [line for line in kept if line.box.cy >= table.box.cy]
            out.extend(PlacedLine(page.number, line) for line in reading_order(above))
            out.extend(PlacedLine(page.number, line) for line in _cell_lines(table))
        out.extend(PlacedLine(page.number, line) for line in reading_order(kept))
    return out


def _cell_lines(table: Table) -> Iterator[TextLine]:
    for cell in sorted(table.cells, key=lambda c: (c.row, c.col)):
        yield from cell.lines


def claimed_tables(pages: Sequence[PageContent], mapping: MappingFile) -> set[int]:
    """The ``id`` of each table whose rows are a block's records rather than running text.

    That is every part of a wanted table, and any large one with at least as many columns: it
    may be a wanted one whose header was misread, and would only disturb the text.
    """
    tables = [(page.number, table) for page in pages for table in page.tables]
    claimed: set[int] = set()
    for block in mapping.blocks:
        columns = columns_of(block)
        if not columns:
            continue
        claimed |= {id(table) for _, table, _, _ in table_parts(tables, columns)}
        for _, table in tables:
            if table.n_cols >= len(columns) and sum(len(c.lines) for c in table.cells) >= _LARGE:
                claimed.add(id(table))
    return claimed


def columns_of(block: Block) -> list[Column]:
    """The columns of the table that a block wants; empty for blocks of running text."""
    if isinstance(block, GridBlock):
        return block.columns
    if isinstance(block, TasksBlock):
        return [
            Column(header=block.columns[role], field=role) for role in TASK_ROLES if role in block.columns
        ]
    return []


def prepare_form(pages: Sequence[PageContent], mapping: MappingFile) -> Form:
    """The form's text, cut into the mapping's sections."""
    stream = Stream(running_lines(pages, claimed_tables(pages, mapping)))
    found = find_sections(
        stream.whole(), [s.starts for s in mapping.sections], [s.line_start for s in mapping.sections]
    )
    found = _earlier_signatures(stream, mapping, found)
    ids = [s.id for s in mapping.sections]
    return Form(
        tuple(pages),
        stream,
        {name: hit[0] if hit else None for name, hit in zip(ids, found, strict=True)},
        {name: hit[1] for name, hit in zip(ids, found, strict=True) if hit},
    )


SIGN = "ลงชื่อ"
"""First words of the sections in which people sign."""


def _earlier_signatures(
    stream: Stream, mapping: MappingFile, found: Sequence[tuple[Span, int] | None]
) -> list[tuple[Span, int] | None]:
    """The sections with those of signatures begun where the first signature shows.

    People sign over the word ลงชื่อ, so that a scan does not give it; then the name in brackets
    below tells.
    """
    out = list(found)
    for i, section in enumerate(mapping.sections):
        if SIGN not in section.starts:
            continue
        earlier = [(k, hit) for k, hit in enumerate(out[:i]) if hit is not None]
        after = next((hit for hit in out[i + 1 :] if hit is not None), None)
        own = out[i]
        low = earlier[-1][1][0].start if earlier else 0
        high = own[0].start if own else (after[0].start if after else len(stream.text))
        start = _first_signature(stream, low, high)
        if start is None:
            continue
        end = own[0].end if own else high
        out[i] = (Span(stream, start, end), start)
        if earlier:
            before, (span, words) = earlier[-1]
            out[before] = (Span(stream, span.start, max(span.start, start)), min(words, start))
    return out


def _first_signature(stream: Stream, low: int, high: int) -> int | None:
    """Where the first signature between two places of a scan begins, None if none shows."""
    words = SignatureWords()
    for n in range(stream.line_of(low) + 1, len(stream.lines)):
        if stream.line_starts[n] >= high:
            return None
        line = stream.lines[n].line
        if line.method != "ocr":
            continue
        if find_anchors(line, words):
            return stream.line_starts[n]
        if is_name(line.text) and has_title(line.text):
            above = stream.lines[n - 1]
            signed = above.page == stream.lines[n].page and abs(above.line.box.cx - line.box.cx) <= 60
            return stream.line_starts[n - 1 if signed and stream.line_starts[n - 1] > low else n]
    return None
