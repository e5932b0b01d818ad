"""From clusters to printed lines: baselines, columns between rules, blanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median

from formextract.model import Box, Glyph, Rule, TextLine, union_of
from formextract.pages.content import Char
from formextract.pages.glyphs import Cluster, join_parts
from formextract.thai.text import clusters, normalise

BASELINE_EM = 0.15
"""Letters whose baselines differ by less stand in one line."""
GAP_EM = 0.25
"""A gap as wide as this is a blank even if none is drawn; a blank of TH Sarabun has 0.22 em."""
VISIBLE_EM = 0.08
"""A drawn blank that leaves less room than this is none: producers draw them to place marks."""
TOUCHING_EM = 0.05
"""Letters nearer than this touch."""
TRAILING_EM = 1.5
"""A blank drawn this near behind the last letter ends the line."""


@dataclass(frozen=True, slots=True)
class LineParts:
    """A line on its way: its clusters and the blanks drawn on its baseline."""

    clusters: tuple[Cluster, ...]
    """Left to right."""
    blanks: tuple[Char, ...]
    """Blank characters on the same baseline."""


def build_lines(
    items: Sequence[Cluster], blanks: Sequence[Char], rules: Sequence[Rule], *, trailing_known: bool
) -> tuple[TextLine, ...]:
    """Text lines, top to bottom, then left to right; a vertical rule always parts two lines.

    Wide gaps stay inside a line: their blank carries a wide box, and the layout may cut there.
    ``trailing_known`` says whether the producer draws blanks at line ends at all; if not, their
    absence means nothing and ``wraps_with_blank`` is None instead of False.
    """
    uprights = [r for r in rules if not r.horizontal]
    parts = [
        piece for row in _rows(items, blanks) for piece in _cut_at_rules(row, uprights) if piece.clusters
    ]
    heavy = sum(c.bold for p in parts for c in p.clusters) > 0.6 * sum(len(p.clusters) for p in parts)
    ends = [_ends_with_blank(p) for p in parts]
    known = trailing_known and sum(ends) >= 2
    lines = []
    for part, end in zip(parts, ends, strict=True):
        line = _text_line(part)
        if line is not None:
            bold = sum(c.bold for c in part.clusters) > 0.6 * len(part.clusters)
            wraps = True if end else (False if known else None)
            lines.append(replace(line, wraps_with_blank=wraps, bold=bold and not heavy))
    return tuple(sorted(lines, key=lambda ln: (round(ln.box.y1, 1), ln.box.x0)))


def _rows(items: Sequence[Cluster], blanks: Sequence[Char]) -> list[LineParts]:
    """Clusters with one baseline, and the blanks on it."""
    rows: list[list[Cluster]] = []
    for item in sorted(items, key=lambda c: (c.y, c.x0)):
        # rows come in the order of their baselines: only the last few can be near enough
        for row in reversed(rows[-3:]):
            if abs(row[-1].y - item.y) <= BASELINE_EM * min(row[-1].size, item.size):
                row.append(item)
                break
        else:
            rows.append([item])
    out = []
    for row in rows:
        size = median(c.size for c in row)
        low, high = min(c.y for c in row) - BASELINE_EM * size, max(c.y for c in row) + BASELINE_EM * size
        own = tuple(sorted((b for b in blanks if low <= b.y <= high), key=lambda b: b.x))
        for strand in _untangle(_without_leaders_below(sorted(row, key=lambda c: (c.x0, c.order)))):
            out.append(LineParts(tuple(strand), own))
    return out


def _without_leaders_below(row: Sequence[Cluster]) -> list[Cluster]:
    """Takes out the dots over which a value was typed: a letter and a dot cannot share a place."""
    out: list[Cluster] = []
    for item in row:
        while out and item.text not in "._" and out[-1].text in "._" and _covers(item, out[-1]):
            out.pop()
        if out and item.text in "._" and out[-1].text not in "._" and _covers(out[-1], item):
            continue
        out.append(item)
    return out


def _untangle(row: list[Cluster]) -> list[list[Cluster]]:
    """The row as one line or, where letters stand on top of each other, as the texts drawn there.

    A code box may overlap a long title, a note may be typed across a line: each was drawn in one
    go, and letters belong to the text whose last letter was drawn just before them.
    """
    if not any(_covers(a, b) and _covers(b, a) for a, b in pairwise(row)):
        return [row]
    strands: list[list[Cluster]] = []
    current = 0
    for item in sorted(row, key=lambda c: c.order):
        tried = [current, *(i for i in range(len(strands)) if i != current)]
        for index in tried:
            if index < len(strands) and not any(_covers(item, c) or _covers(c, item) for c in strands[index]):
                current = index
                break
        else:
            current = len(strands)
            strands.append([])
        strands[current].append(item)
    return [sorted(strand, key=lambda c: c.x0) for strand in strands]


def _covers(letter: Cluster, dot: Cluster) -> bool:
    common = min(letter.x1, dot.x1) - max(letter.x0, dot.x0)
    return common > 0.5 * max(dot.x1 - dot.x0, 1e-6)


def _cut_at_rules(row: LineParts, uprights: Sequence[Rule]) -> list[LineParts]:
    """The row in pieces between the vertical rules that cross it."""
    size = median(c.size for c in row.clusters)
    y = median(c.y for c in row.clusters)
    level = y - 0.25 * size
    cuts = sorted(r.box.cx for r in uprights if r.box.y0 <= level <= r.box.y1)
    if not cuts:
        return [row]
    pieces: list[list[Cluster]] = [[]]
    edges: list[float] = []
    for last, item in zip((None, *row.clusters), row.clusters, strict=False):
        if last is not None:
            crossing = [x for x in cuts if _middle(last) <= x < _middle(item)]
            # a rule that runs through a word is the edge of a box that overlaps it
            through = item.x0 - last.x1 < TOUCHING_EM * size and 0 < item.order - last.order <= 4
            if crossing and not through:
                pieces.append([])
                edges.append(crossing[0])
        pieces[-1].append(item)
    bounds = [float("-inf"), *edges, float("inf")]
    return [
        LineParts(tuple(piece), tuple(b for b in row.blanks if left <= b.x + b.advance / 2 < right))
        for piece, (left, right) in zip(pieces, pairwise(bounds), strict=True)
    ]


def _middle(item: Cluster) -> float:
    return (item.x0 + item.x1) / 2


def _ends_with_blank(part: LineParts) -> bool:
    last = max(part.clusters, key=lambda c: c.x1)
    tail = [b for b in part.blanks if b.x >= last.x1 - 0.1 * last.size]
    return any(b.x <= last.x1 + TRAILING_EM * last.size and b.advance > VISIBLE_EM * b.size for b in tail)


def _text_line(part: LineParts) -> TextLine | None:
    """The glyphs of a line, with blanks put in where one sees them; None if nothing is left."""
    row = join_parts(part.clusters)
    usual = _letter_gap(row)
    glyphs: list[Glyph] = []
    for index, item in enumerate(row):
        if index:
            last = row[index - 1]
            size = min(last.size, item.size)
            gap = item.x0 - last.x1
            drawn = any(last.x1 - 0.15 * size <= b.x <= item.x0 + 0.05 * size for b in part.blanks)
            # A blank before าำ is a lost sara am (ด าเนินงาน): it stays, for the normaliser to mend
            # and for the layer's rot to show.
            telling = gap > VISIBLE_EM * size or item.text[0] in "าำ"
            if gap > max(GAP_EM * size, usual + 0.2 * size) or (drawn and telling):
                glyphs.append(Glyph(" ", Box(last.x1, last.box.y0, item.x0, last.box.y1)))
        confidence = 0.0 if "\ufffd" in item.text else 1.0
        glyphs.append(Glyph(item.text, item.box, confidence))
    glyphs = _settle_text(glyphs)
    if not glyphs:
        return None
    return TextLine(tuple(glyphs), union_of(g.box for g in glyphs), "text_layer")


def _letter_gap(row: Sequence[Cluster]) -> float:
    """The usual gap between the letters of a line: above 0 where it is letter-spaced or justified so."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    return max(0.0, median(gaps)) if len(gaps) >= 4 else 0.0


def _settle_text(glyphs: list[Glyph]) -> list[Glyph]:
    """Glyphs whose joined text is normalised as a whole line, boxes kept or shared.

    Most lines are so already; in damaged ones the normaliser looks further than one cluster
    (marks behind a stray blank, sara am without its ring).
    """
    text = "".join(g.text for g in glyphs)
    wanted = normalise(text)
    if wanted == text:
        return glyphs
    parts = clusters(wanted)
    matcher = SequenceMatcher(a=[g.text for g in glyphs], b=parts, autojunk=False)
    out: list[Glyph] = []
    for op, a0, a1, b0, b1 in matcher.get_opcodes():
        if op == "equal":
            out += glyphs[a0:a1]
        elif b0 < b1:
            near = glyphs[a0:a1] or glyphs[max(0, a0 - 1) : a0 + 1]
            box = union_of(g.box for g in near)
            step = box.width / (b1 - b0)
            out += [
                Glyph(
                    part, Box(box.x0 + i * step, box.y0, box.x0 + (i + 1) * step, box.y1), near[0].confidence
                )
                for i, part in enumerate(parts[b0:b1])
            ]
    return out
