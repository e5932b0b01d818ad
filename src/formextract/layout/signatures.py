"""Signature blocks: ``ลงชื่อ……role`` with name, position, role and date under it, in one or two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from formextract.layout.leaders import leader_spans, strip_leader_glyphs
from formextract.layout.lines import baseline, cut_at, glyph_of_char, merge_lines, part_of, wide_gaps
from formextract.layout.order import visual_rows
from formextract.layout.paragraphs import line_pitch
from formextract.layout.signwords import SignatureWords, first_word, has_title, is_name, part_named
from formextract.model import Box, TextLine, union_of
from formextract.thai.match import find_all

_ANCHOR_ERROR = 0.2
"""One edit in ลงชื่อ; with two, รายชื่อ and มือชื่อ would pass."""
_SIGNED_OVER = re.compile(r"ลง[ชซ][^\s.…:]{0,4}(?=[\s.…:]|$)")
"""What scans leave of ลงชื่อ where a pen ran through it."""
_SIGNING_ROOM = 3.2
"""Usual line steps that may lie between the line to sign on and the name."""
_STEP = 2.1
"""Usual line steps that may lie between two lines of one block."""
_CLOSE = 1.5
"""Usual line steps up to which a line without tell-tale words goes on with the line above it."""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """One place to sign."""

    page: int
    """1-based page."""
    box: Box
    """Hull of all its lines, upright frame."""
    sign_line: TextLine | None
    """From ลงชื่อ up to the next column; None for a block without ลงชื่อ."""
    inner_line: TextLine | None
    """What was read on the dotted line itself (handwriting, a typed name); None if nothing."""
    name_lines: tuple[TextLine, ...]
    """Bracketed names, brackets included; the MOU templates print a surplus second pair under ตำแหน่ง."""
    position_lines: tuple[TextLine, ...]
    """Position and its continuation lines, ตำแหน่ง included."""
    role_lines: tuple[TextLine, ...]
    """What they sign as: the words behind the dotted line first, then role lines further down."""
    date_lines: tuple[TextLine, ...]
    """Dates."""

    @property
    def role_line(self) -> TextLine | None:
        """The first role line."""
        return self.role_lines[0] if self.role_lines else None

    @property
    def role(self) -> str | None:
        """The first role line's text."""
        return self.role_lines[0].text if self.role_lines else None


@dataclass(slots=True)
class _Column:
    """A block while it is being collected, downwards."""

    head: TextLine
    sign_line: TextLine | None
    inner: TextLine | None = None
    parts: dict[str, list[TextLine]] = field(
        default_factory=lambda: {"name": [], "position": [], "role": [], "date": []}
    )
    last: str = "sign"
    foot: float = 0.0
    open: bool = True

    def lines(self) -> list[TextLine]:
        return [self.head, *(ln for part in self.parts.values() for ln in part)]

    def add(self, line: TextLine, part: str) -> None:
        self.parts[part].append(line)
        self.last, self.foot = part, baseline(line)

    def finished(self, page: int) -> SignatureBlock:
        name, position, role, date = (tuple(self.parts[k]) for k in ("name", "position", "role", "date"))
        box = union_of(ln.box for ln in self.lines())
        return SignatureBlock(page, box, self.sign_line, self.inner, name, position, role, date)


def find_anchors(line: TextLine, words: SignatureWords) -> list[tuple[int, int]]:
    """Glyph ranges ``(first, behind the last)`` of the words that open a line to sign on.

    ``ลงชื่อ`` inside a sentence is none: in front of it must be a blank, a leader or a bracket, or
    behind it a leader.
    """
    text, owner = line.text, glyph_of_char(line)
    leader = {i for start, end in leader_spans(line) for i in range(start, end)}
    found: list[tuple[int, int]] = []
    places = [(hit.start, hit.end) for word in words.anchors for hit in find_all(word, text, _ANCHOR_ERROR)]
    if line.method == "ocr":
        places += [m.span() for m in _SIGNED_OVER.finditer(text)]
    for first, behind_last in sorted(places, key=lambda p: (p[0], -p[1])):
        start, end = owner[first], owner[behind_last - 1] + 1
        if not any(start < b and a < end for a, b in found):
            free = start == 0 or start - 1 in leader or line.glyphs[start - 1].text in (" ", "(")
            behind = next((i for i in range(end, len(line.glyphs)) if line.glyphs[i].text != " "), None)
            if free or behind in leader:
                found.append((start, end))
    return sorted(found)


def _read_sign_line(line: TextLine, anchor_end: int, words: SignatureWords) -> _Column:
    """The block that a sign line opens: what was signed and the role behind the leader."""
    column = _Column(line, line, foot=baseline(line))
    n, owner = len(line.glyphs), glyph_of_char(line)
    while anchor_end < n and line.glyphs[anchor_end].text in (") :"):
        anchor_end += 1
    leaders = [span for span in leader_spans(line) if span[1] > anchor_end]
    from_char = owner.index(anchor_end) if anchor_end < n else len(owner)
    role_char = first_word(line.text, words.roles, from_char)
    role_at = owner[role_char] if role_char is not None else (leaders[-1][1] if leaders else n)
    tail = part_of(line, role_at, n)
    tail = strip_leader_glyphs(tail) if tail else None
    if tail is not None and is_name(tail.text):
        column.parts["name"].append(tail)
    elif tail is not None:
        column.parts["role"].append(tail)
    inner = part_of(line, anchor_end, role_at)
    column.inner = strip_leader_glyphs(inner) if inner else None
    return column


def _opened_by(row: TextLine, words: SignatureWords) -> list[_Column]:
    """The blocks that a row opens, left to right; empty if it has no anchor."""
    anchors = find_anchors(row, words)
    if not anchors:
        return []
    starts = [s - 1 if s and row.glyphs[s - 1].text == "(" else s for s, _ in anchors]
    columns = []
    for (_, end), start, stop in zip(anchors, starts, [*starts[1:], len(row.glyphs)], strict=True):
        part = part_of(row, start, stop)
        if part is not None:
            columns.append(_read_sign_line(part, end - start, words))
    return columns


def _opened_by_names(row: Sequence[TextLine], height: float) -> list[_Column]:
    """Blocks without ลงชื่อ that a row of bracketed names opens."""
    whole = merge_lines(row)
    pieces = cut_at(whole, (i for i, _, _ in wide_gaps(whole, height) if whole.glyphs[i].text in "([{"))
    columns = []
    for piece in pieces:
        if not (is_name(piece.text) and (has_title(piece.text) or leader_spans(piece))):
            return []
        column = _Column(piece, None)
        column.add(piece, "name")
        columns.append(column)
    return columns


def _gap_near(line: TextLine, border: float) -> int | None:
    """Glyph index behind the blank stretch nearest to a border, None if none is near."""
    gaps = [
        (max(x0 - border, border - x1, 0.0), x0 - x1, i)
        for i, x0, x1 in wide_gaps(line, 0.6 * line.box.height)
    ]
    if not gaps or min(gaps)[0] > 0.25 * line.box.width:
        return None
    return min(gaps)[2]


def _share_out(row: Sequence[TextLine], columns: Sequence[_Column]) -> list[TextLine | None] | None:
    """A row's line for each column, None where it has none; None instead if it runs through a border.

    A line over the border between two columns is cut at the blank stretch nearest to it.
    """
    if len(columns) == 1:
        head = union_of(ln.box for ln in columns[0].lines())
        room = head.grown(0.35 * head.width, 0)
        near = [ln for ln in row if ln.box.overlap_x(room) > 0]
        return [merge_lines(near)] if near else [None]
    borders = [(a.head.box.x1 + b.head.box.x0) / 2 for a, b in pairwise(columns)]
    pieces: list[TextLine] = list(row)
    for border in borders:
        after: list[TextLine] = []
        for piece in pieces:
            side = min(border - piece.box.x0, piece.box.x1 - border)
            gap = _gap_near(piece, border) if side > 0 else None
            if gap is not None:
                after.extend(cut_at(piece, [gap]))
            elif side > 0.3 * piece.box.width:
                return None
            else:
                after.append(piece)
        pieces = after
    limits = [float("-inf"), *borders, float("inf")]
    shares: list[TextLine | None] = []
    for lo, hi in pairwise(limits):
        mine = [p for p in pieces if lo <= p.box.cx < hi]
        shares.append(merge_lines(mine) if mine else None)
    return shares


def _fits(line: TextLine, column: _Column) -> bool:
    """Whether a line lies under the block rather than across the page."""
    hull = union_of(ln.box for ln in column.lines())
    slack = 0.4 * hull.width
    return line.box.x0 >= hull.x0 - slack and line.box.x1 <= hull.x1 + slack


def _take(column: _Column, line: TextLine, pitch: float, words: SignatureWords) -> None:
    """Add a line to a block, or close the block if the line does not belong to it."""
    step = (baseline(line) - column.foot) / pitch
    part: str = part_named(line, words)
    if part == "other" and column.last == "sign" and has_title(line.text):
        part = "name"
    if part == "other" and step <= _CLOSE and _fits(line, column):
        # A wrapped position or role, or a position that begins with none of the known words.
        part = {"position": "position", "name": "position", "role": "role"}.get(column.last, "other")
    far = step > (_SIGNING_ROOM if column.last == "sign" else _STEP)
    late = column.last == "date" and part in ("name", "position")
    if far or late or part in ("end", "other"):
        column.open = False
    else:
        column.add(line, part)


def _is_block(column: _Column) -> bool:
    """Whether there is more than the word ลงชื่อ, which a sentence may begin with."""
    if column.sign_line is None:
        return bool(column.parts["position"])
    return bool(leader_spans(column.sign_line) or column.parts["name"])


def find_signature_blocks(
    lines: Sequence[TextLine], page: int, *, words: SignatureWords | None = None, unsigned: bool = False
) -> list[SignatureBlock]:
    """The signature blocks among one page's free lines, row by row, then left to right.

    A block begins at ลงชื่อ and goes down to the next one, to a blank distance or to a line that
    begins something else.  ``unsigned``: a bracketed name with a position under it is a block too,
    as under announcements.
    """
    words = words or SignatureWords()
    if not lines:
        return []
    rows = visual_rows(lines)
    height = sorted(ln.box.height for ln in lines)[len(lines) // 2]
    pitch = max(line_pitch(lines) or 1.5 * height, 0.8 * height, 1.0)
    done: list[_Column] = []
    current: list[_Column] = []
    for row in rows:
        opened = _opened_by(merge_lines(row), words)
        if opened:
            current = opened
            done.extend(current)
            continue
        shares = _share_out(row, current) if current else []
        if shares is None:
            current = []
        for column, line in zip(current, shares or [], strict=False):
            if column.open and line is not None:
                _take(column, line, pitch, words)
        if unsigned and not any(c.open for c in current):
            opened = _opened_by_names(row, height)
            if opened:
                current = opened
                done.extend(current)
    return [column.finished(page) for column in done if _is_block(column)]
