"""Dotted leaders: the dots, ellipses and underscores on which a form is filled in.

Leaders are printed by hand in these forms (``.......6.........``, ``…………``, ``พ.ศ............``), so
their length says nothing, and readers of scans return them with specks between (``..:..,.``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from formextract.layout.lines import line_of
from formextract.model import Glyph, TextLine

_WEIGHT = {".": 1, "_": 1, "·": 1, "•": 1, "․": 1, "‧": 1, "∙": 1, "‥": 2, "…": 3, "⋯": 3}
"""Signs leaders are made of, with the number of dots each stands for."""
_SPECKS = ",:;'`’‘\"“”´¸~^°¨*|-–—"
"""What readers make of a leader's dots; never a letter or a figure, which may be the value."""
_MIN_DOTS = 3
_MAX_SPECKS = 0.4
"""Largest share of specks among the signs of one leader."""

_SIGNS = re.escape("".join(_WEIGHT) + _SPECKS)
_RUN = re.compile(rf"[{_SIGNS}](?: *[{_SIGNS}])*")
# The point of an abbreviation, not the first dot of the leader glued to it: พ.ศ., น.ส., คศ., ดร.
_ABBREVIATION = re.compile(r"(?:[ก-ฮ]\. ?เ?[ก-ฮ]{1,2}|(?:^|[^ก-ฮ])(?:ดร|คศ|รร))$")


def _trim(signs: str, start: int, end: int) -> tuple[int, int]:
    """A run without the points and commas that belong to the words beside it."""
    glued = start > 0 and signs[start - 1] != " "
    while start < end and signs[start] in _SPECKS and (glued or signs[start + 1 : start + 2] == " "):
        start += 1
        while start < end and signs[start] == " ":
            start += 1
    while end > start and signs[end - 1] in _SPECKS and (signs[end - 2] == " " or end < len(signs)):
        end -= 1
        while end > start and signs[end - 1] == " ":
            end -= 1
    point = glued and signs[start : start + 1] == "." and start < end
    if point and (signs[start + 1 : start + 2] == " " or _ABBREVIATION.search(signs[:start])):
        start += 1
        while start < end and signs[start] == " ":
            start += 1
    return start, end


def leader_spans(line: TextLine) -> list[tuple[int, int]]:
    """Glyph ranges ``(first, behind the last)`` of a line that are leaders, left to right.

    A leader has at least three dots, blanks and a few specks between them allowed, or two dots
    side by side (``พ.ศ. ....๒๕๖๕..``).  A point in a figure, behind a number or in an abbreviation is none.
    """
    signs = "".join(" " if g.text.isspace() else g.text[0] for g in line.glyphs)
    spans = []
    for run in _RUN.finditer(signs):
        start, end = _trim(signs, run.start(), run.end())
        printed = [i for i in range(start, end) if signs[i] != " "]
        dots = sum(
            max(_WEIGHT[signs[i]], sum(_WEIGHT.get(ch, 0) for ch in line.glyphs[i].text))
            for i in printed
            if signs[i] in _WEIGHT
        )
        specks = sum(signs[i] in _SPECKS for i in printed)
        pair = dots == 2 == len(printed) == end - start  # what a typed value leaves of a leader
        if (dots >= _MIN_DOTS or pair) and specks <= _MAX_SPECKS * len(printed):
            spans.append((start, end))
    return spans


def strip_leader_glyphs(line: TextLine) -> TextLine | None:
    """The line without its leaders, each replaced by at most one blank glyph; None if nothing is left.

    A blank keeps the words on the two sides of a leader apart.
    """
    spans = leader_spans(line)
    if not spans:
        return line
    kept: list[Glyph] = []
    at = 0
    for start, end in [*spans, (len(line.glyphs), len(line.glyphs))]:
        kept.extend(line.glyphs[at:start])
        if start < end and kept and not kept[-1].text.isspace():
            first = line.glyphs[start]
            kept.append(Glyph(" ", first.box, first.confidence, first.agreed))
        at = end
        while kept and kept[-1].text.isspace() and at < len(line.glyphs) and line.glyphs[at].text.isspace():
            at += 1
    return line_of(kept, line, ends_line=spans[-1][1] < len(line.glyphs))


def leader_share(lines: Sequence[TextLine]) -> float:
    """Share of the printed width of some lines that is leader, 0 to 1; 0 where nothing is printed.

    High on a blank template, low on a filled form: typing in a value mostly replaces the dots.
    """
    leader = printed = 0.0
    for line in lines:
        inside = {i for start, end in leader_spans(line) for i in range(start, end)}
        for i, glyph in enumerate(line.glyphs):
            if not glyph.text.isspace():
                printed += glyph.box.width
                leader += glyph.box.width if i in inside else 0.0
    return leader / printed if printed else 0.0
