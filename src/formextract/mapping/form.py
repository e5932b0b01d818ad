"""The pages of one form, prepared for filling: running text, sections, tables and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formextract.layout.drop import furniture
from formextract.layout.order import reading_order
from formextract.mapping.anchors import find_sections
from formextract.mapping.schema import MappingFile
from formextract.mapping.stream import PlacedLine, Span, Stream
from formextract.model import Mark, PageContent, Table


@dataclass(frozen=True, slots=True)
class Form:
    """What the blocks work on."""

    pages: tuple[PageContent, ...]
    """The form's pages in order."""
    stream: Stream
    """All lines outside tables, page furniture left out, in reading order."""
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


def free_lines(pages: Sequence[PageContent]) -> list[PlacedLine]:
    """The lines outside tables in reading order, page numbers and catchwords left out."""
    dropped = furniture(pages)
    out: list[PlacedLine] = []
    for page in pages:
        gone = dropped.get(page.number, set())
        kept = [line for i, line in enumerate(page.lines) if i not in gone]
        out.extend(PlacedLine(page.number, line) for line in reading_order(kept))
    return out


def prepare_form(pages: Sequence[PageContent], mapping: MappingFile) -> Form:
    """The form's text, cut into the mapping's sections."""
    stream = Stream(free_lines(pages))
    found = find_sections(
        stream.whole(), [s.starts for s in mapping.sections], [s.line_start for s in mapping.sections]
    )
    ids = [s.id for s in mapping.sections]
    return Form(
        tuple(pages),
        stream,
        {name: hit[0] if hit else None for name, hit in zip(ids, found, strict=True)},
        {name: hit[1] for name, hit in zip(ids, found, strict=True) if hit},
    )
