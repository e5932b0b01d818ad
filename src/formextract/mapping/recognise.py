"""Which mapping fits which pages, and where one form ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formextract.mapping.anchors import contains, occurrences
from formextract.mapping.schema import MappingFile
from formextract.mapping.stream import PlacedLine, Stream
from formextract.model import PageContent

UPPER = 0.45
"""A form begins in the upper part of a page: share of the page's height."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Pages that belong together and the mapping that claims them."""

    pages: tuple[PageContent, ...]
    """In order."""
    mapping: MappingFile | None
    """None if no mapping claims them."""
    score: float
    """Weight of the cues found, 0 to 1."""
    margin: float
    """Distance to the best mapping of another ``doc_type``."""


def page_stream(pages: Sequence[PageContent]) -> Stream:
    """All lines of pages, those in tables too, top to bottom."""
    return Stream(PlacedLine(p.number, line) for p in pages for line in p.all_lines())


def cue_score(stream: Stream, mapping: MappingFile) -> float:
    """Weight of the cues found in the text, less those that speak against, 0 to 1."""
    total = sum(c.weight for c in mapping.recognise.cues)
    got = sum(c.weight * contains(stream, c.text) for c in mapping.recognise.cues)
    lost = sum(c.weight * contains(stream, c.text) for c in mapping.recognise.against)
    return max(0.0, min(1.0, (got - lost) / total))


def begins_form(page: PageContent, mappings: Sequence[MappingFile]) -> bool:
    """Whether first words of any mapping begin a line in the upper part of a page."""
    upper = Stream(PlacedLine(page.number, x) for x in page.all_lines() if x.box.y0 <= page.height * UPPER)
    return any(
        anchor.similarity >= 0.8 and upper.at_line_start(anchor.start)
        for mapping in mappings
        for anchor in occurrences(upper, mapping.recognise.starts, 0, len(upper.text))
    )


def split_forms(pages: Sequence[PageContent], mappings: Sequence[MappingFile]) -> list[Recognised]:
    """The forms of a file in page order; pages that no mapping claims come out with none.

    A new form begins where a page shows first words.  A page without them continues the form
    before it, and so do pages with them that are no whole form by themselves: the words stood
    in running text.
    """
    out: list[Recognised] = []
    groups: list[list[PageContent]] = []
    for page in pages:
        if not groups or begins_form(page, mappings):
            groups.append([page])
        else:
            groups[-1].append(page)
    for group in groups:
        found = recognise(group, mappings)
        if found.mapping is None and out and out[-1].mapping is not None:
            found = recognise([*out.pop().pages, *group], mappings)
        out.append(found)
    return out


def recognise(pages: Sequence[PageContent], mappings: Sequence[MappingFile]) -> Recognised:
    """The mapping whose cues fit best, if enough of them are there."""
    stream = page_stream(pages)
    ranked = sorted(((cue_score(stream, m), m) for m in mappings), key=lambda x: (-x[0], x[1].name))
    for score, mapping in ranked:
        if score >= mapping.recognise.needs:
            others = [s for s, m in ranked if m.doc_type != mapping.doc_type]
            return Recognised(tuple(pages), mapping, score, score - max(others, default=0.0))
    best = ranked[0][0] if ranked else 0.0
    return Recognised(tuple(pages), None, best, 0.0)
