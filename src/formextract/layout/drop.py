"""Page furniture: what the printer or typist repeats and nobody may take for data.

Page marks (``-2-``, ``๒``, ``หน้า 2``), ``(ต่อ)``, catchwords at the foot that announce the next
page's first words (``/2.2 องค์ประกอบที่ 2...``, Thai office correspondence), repeated heads of tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from formextract.layout.order import visual_rows
from formextract.model import PageContent, TextLine
from formextract.thai.text import squeeze

_MARGIN = 0.12
"""Share of the page's height at head and foot in which page marks stand."""
_FOOT = 0.3
"""Share of the page's height at the foot in which catchwords stand: the last page rows may be short."""
_FIRST_ROWS = 8
"""So many rows of the next page are looked through for a catchword: its table's head comes first."""
_LIKE = 80.0
"""Likeness out of 100 at which a catchword and a beginning are the same words."""

_PAGE_MARK = re.compile(
    r"^(?:[-–—~_.=( ]*[0-9๐-๙]{1,3}[-–—~_.=) ]*"
    r"|หน้า(?:ที่)? ?[0-9๐-๙]{1,3}(?: ?(?:/|จาก|ของ) ?[0-9๐-๙]{1,3})?)$"
)
_CONTINUED = re.compile(r"^\(? ?ต่อ ?\)?$")
_TRAIL = re.compile(r"(?:\.[ .]*\.|…)[ .…]*$")


def _is_page_mark(line: TextLine, page: PageContent) -> bool:
    """A page number alone on the outermost rows of the page."""
    at_edge = line.box.cy < _MARGIN * page.height or line.box.cy > (1 - _MARGIN) * page.height
    return at_edge and _PAGE_MARK.match(line.text.strip()) is not None


def catchword(text: str) -> str | None:
    """The announced words of a catchword, without its stroke and dots; None if the text is none.

    A catchword ends in two dots or more, or begins with a stroke; ``..................`` is none.
    """
    bare = text.strip()
    stroke, trail = bare.startswith("/"), _TRAIL.search(bare)
    if not stroke and trail is None:
        return None
    words = bare[: trail.start()] if trail else bare
    words = words.lstrip("/ ").strip()
    return words if len(squeeze(words)) >= 2 else None


def _beginnings(page: PageContent) -> list[str]:
    """Texts with which a page may be said to begin, squeezed: its first rows, whole and from each line on."""
    out: list[str] = []
    rows = visual_rows(page.all_lines())[:_FIRST_ROWS]
    for row in rows:
        for i in range(len(row)):
            out.append(squeeze("".join(ln.text for ln in row[i:])))
    return out


def _announces(words: str, beginnings: Sequence[str]) -> bool:
    wanted = squeeze(words)
    return any(
        len(text) >= len(wanted) and fuzz.ratio(wanted, text[: len(wanted)]) >= _LIKE for text in beginnings
    )


def _is_catchword(row: Sequence[TextLine], page: PageContent, following: PageContent | None) -> bool:
    """Whether the last row of a page announces the next one.

    With both stroke and dots the shape alone is proof (a second stroke means a date to be filled
    in); with one of them the words must come again.
    """
    if min(ln.box.cy for ln in row) < (1 - _FOOT) * page.height:
        return False
    text = " ".join(ln.text for ln in row)
    words = catchword(text)
    if words is None:
        return False
    if text.strip().startswith("/") and _TRAIL.search(text.strip()) and "/" not in words:
        return True
    return following is not None and _announces(words, _beginnings(following))


def furniture(pages: Sequence[PageContent]) -> dict[int, set[int]]:
    """For each page number the indexes in ``PageContent.lines`` of the lines that are furniture.

    ``pages`` in file order; a catchword is only looked for where the next page is the one it announces.
    """
    by_number = {page.number: page for page in pages}
    out: dict[int, set[int]] = {}
    for page in pages:
        drop = {
            i
            for i, line in enumerate(page.lines)
            if _is_page_mark(line, page) or _CONTINUED.match(line.text.strip())
        }
        index = {id(line): i for i, line in enumerate(page.lines)}
        rows = visual_rows([line for i, line in enumerate(page.lines) if i not in drop])
        lowest_cell = max((ln.box.y1 for t in page.tables for c in t.cells for ln in c.lines), default=0.0)
        if rows and min(ln.box.cy for ln in rows[-1]) > lowest_cell:
            if _is_catchword(rows[-1], page, by_number.get(page.number + 1)):
                drop |= {index[id(line)] for line in rows[-1]}
        out[page.number] = drop
    return out


def is_header_row(row_texts: Sequence[str], header_labels: Sequence[str]) -> bool:
    """Whether a table row repeats the head: most of its printed cells begin like one of the labels.

    ``header_labels`` as the mapping prints them.  A cell may hold more behind the label (a catchword
    glued to it).  A row with fewer than two such cells is no head unless the head has one label only.
    """
    labels = [squeeze(label) for label in header_labels if squeeze(label)]
    cells = [squeeze(text) for text in row_texts if squeeze(text)]
    if not labels or not cells:
        return False

    def like(cell: str) -> bool:
        return any(
            len(cell) >= 0.7 * len(label) and fuzz.ratio(label, cell[: len(label)]) >= 75.0
            for label in labels
        )

    hits = sum(like(cell) for cell in cells)
    return hits >= min(2, len(labels)) and 2 * hits > len(cells)
