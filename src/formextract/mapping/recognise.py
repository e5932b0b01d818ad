"""Which mapping fits which pages, and where one form ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formextract.layout.drop import furniture
from formextract.mapping.anchors import contains, occurrences
from formextract.mapping.form import claimed_tables, prepare_form
from formextract.mapping.schema import MappingFile
from formextract.mapping.stream import PlacedLine, Stream, squeeze_label
from formextract.model import PageContent

UPPER = 0.45
"""A form begins in the upper part of a page: share of the page's height."""
_KINDS = (
    "แบบ", "บันทึก", "รายงาน", "แผน", "ประกาศ", "คำสั่ง", "เอกสาร", "ภาคผนวก", "นิยาม", "คำนิยาม",
    "กำหนดการ", "ตาราง", "หนังสือ", "ข้อมูล", "โครงการ", "คำรับรอง", "คำชี้แจง", "ร่าง",
)  # fmt: skip
"""First words of headings: what kinds of paper schools and offices write."""


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
    return any(_begins(page, mapping) for mapping in mappings)


def _begins(page: PageContent, mapping: MappingFile) -> bool:
    upper = Stream(PlacedLine(page.number, x) for x in page.all_lines() if x.box.y0 <= page.height * UPPER)
    return any(
        anchor.similarity >= 0.8 and upper.at_line_start(anchor.start)
        for anchor in occurrences(upper, mapping.recognise.starts, 0, len(upper.text))
    )


def begins_other(page: PageContent) -> bool:
    """Whether a page begins with a centred heading that names a kind of document.

    Packs put forms behind each other that no mapping knows (seed 002: plans, records, definitions).
    """
    dropped = furniture([page]).get(page.number, set())
    lines = [line for i, line in enumerate(page.lines) if i not in dropped]
    first = min(lines, key=lambda line: line.box.cy, default=None)
    if first is None or any(c.box.y1 < first.box.y0 for t in page.tables for c in t.cells if c.lines):
        return False
    centred = abs(first.box.cx - page.width / 2) <= 0.08 * page.width and first.box.width <= 0.7 * page.width
    return centred and squeeze_label(first.text).lstrip("()-").startswith(_KINDS)


def split_forms(pages: Sequence[PageContent], mappings: Sequence[MappingFile]) -> list[Recognised]:
    """The forms of a file in page order; pages that no mapping claims come out with none.

    A new form begins where a page shows first words.  A page without them continues the form
    before it, and so do pages with them that are no whole form by themselves: the words stood
    in running text.  A cover sheet belongs to the form behind it; what follows a form's last
    known words under a heading of its own is another document.
    """
    groups: list[list[PageContent]] = []
    for page in pages:
        if not groups or begins_form(page, mappings):
            groups.append([page])
        else:
            groups[-1].append(page)
    out: list[Recognised] = []
    for group in groups:
        found = recognise(group, mappings)
        if out and found.mapping is None and out[-1].mapping is not None:
            found = recognise([*out.pop().pages, *group], mappings)
        elif out and found.mapping is not None and _is_cover(out[-1], found.mapping):
            found = recognise([*out.pop().pages, *group], mappings)
        out.append(found)
    return [part for found in out for part in _without_tail(found, mappings)]


def _is_cover(found: Recognised, mapping: MappingFile) -> bool:
    """Whether a single page that is no form by itself shows the first words of the next one."""
    return found.mapping is None and len(found.pages) == 1 and _begins(found.pages[0], mapping)


def _without_tail(found: Recognised, mappings: Sequence[MappingFile]) -> list[Recognised]:
    """A form, and the pages behind it that are none of its own."""
    if found.mapping is None:
        return [found]
    last = _last_known_page(found.pages, found.mapping)
    cut = next((i for i, p in enumerate(found.pages) if p.number > last and begins_other(p)), None)
    if not cut:
        return [found]
    return [recognise(found.pages[:cut], mappings), recognise(found.pages[cut:], mappings)]


def _last_known_page(pages: Sequence[PageContent], mapping: MappingFile) -> int:
    """The last page on which a section of the mapping begins or a table of its stands."""
    form = prepare_form(pages, mapping)
    known = [span.page() for span in form.sections.values() if span]
    claimed = claimed_tables(pages, mapping)
    known += [page.number for page in pages for table in page.tables if id(table) in claimed]
    return max(known, default=pages[0].number)


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
