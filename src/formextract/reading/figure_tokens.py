"""Numbers among the pieces of a line: the best way to cut its ink, and the runs that are figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formextract.reading.figure_net import CLASSES, OTHER, FloatArray
from formextract.reading.figure_shapes import NEIGHBOUR, LinePieces

SURE = 0.9
"""Probability from which on a digit stands by itself."""
SURE_SIGN = 0.7
"""The same for a sign between digits: a wrong one breaks the number's form, where a wrong digit does not."""
LIKELY = 0.75
"""Probability from which on a digit stands if the line reader saw the same one."""
LIKELY_SIGN = 0.4
"""The same for a sign."""
_ARABIC = frozenset("0123456789")
_THAI = frozenset("๐๑๒๓๔๕๖๗๘๙")
DIGITS = _ARABIC | _THAI
_SCRIPTS = tuple(np.array([c in script or c not in DIGITS for c in CLASSES]) for script in (_THAI, _ARABIC))
_TWICE = 0.1
"""What a cut or a join costs, in log probability: a piece as it stands comes first."""
_LETTERS = 0.8
"""What a wide piece that is no figure costs for each letter height: else no touching figures come apart."""
_HALF = 1.0
"""What it costs to leave a stretch of a wide piece without a meaning."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the line in the best cut; pixels."""

    x0: int
    y0: int
    x1: int
    y1: int
    text: str
    """The figure, empty for anything else."""
    p: float
    """Probability of what it is taken for."""
    whole: bool
    """Whether it is a group as it stands, neither cut nor joined."""
    row: int
    """Its row in the probabilities, -1 for a piece too wide to be asked about."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of figures."""

    first: int
    """Index of its first segment."""
    last: int
    """Index of its last segment."""
    touches: bool
    """Whether other ink that is no leader stands right beside it."""

    def segments(self, line: Sequence[Segment]) -> Sequence[Segment]:
        """Its segments."""
        return line[self.first : self.last + 1]


def cut_line_ink(found: LinePieces, p: FloatArray) -> list[Segment]:
    """The line's ink as the likeliest row of figures and other things, left to right.

    ``p`` has the shape (pieces, classes).
    """
    n = found.starts[-1]
    best = [-np.inf] * (n + 1)
    came: list[Segment | None] = [None] * (n + 1)
    back = [0] * (n + 1)
    best[0] = 0.0
    edges: dict[int, list[tuple[int, float, Segment]]] = {}
    top = p[:, :OTHER].argmax(axis=1) if len(p) else np.zeros(0, dtype=np.intp)
    for k, piece in enumerate(found.pieces):
        figure, other = float(p[k, top[k]]), float(p[k, OTHER])
        box = (piece.x0, piece.y0, piece.x1, piece.y1)
        cost = 0.0 if piece.whole else _TWICE
        if figure > 0.02:
            seg = Segment(*box, CLASSES[int(top[k])], figure, piece.whole, k)
            edges.setdefault(piece.first, []).append((piece.last, float(np.log(figure)) - cost, seg))
        score = float(np.log(max(other, 1e-4)))
        if piece.whole and piece.last - piece.first > 1:
            score -= _LETTERS * (piece.x1 - piece.x0) / found.height
        elif not piece.whole:
            score -= _HALF
        seg = Segment(*box, "", other, piece.whole, k)
        edges.setdefault(piece.first, []).append((piece.last, score, seg))
    for g, group in enumerate(found.groups):
        # what is too wide to have been asked about, and what left no ink of its own
        seg = Segment(group.x0, group.y0, group.x1, group.y1, "", 1.0, True, -1)
        edges.setdefault(found.starts[g], []).append((found.starts[g + 1], -60.0, seg))
    for at in range(n):
        if best[at] == -np.inf:
            continue
        for end, score, seg in edges.get(at, ()):
            if best[at] + score > best[end]:
                best[end], came[end], back[end] = best[at] + score, seg, at
    out: list[Segment] = []
    at = n
    while at > 0:
        chosen = came[at]
        if chosen is None:
            break
        out.append(chosen)
        at = back[at]
    return out[::-1]


def settle_script(line: list[Segment], p: FloatArray) -> list[Segment]:
    """Doubtful digits read anew in the script of their run, where all its sure digits have one.

    Thai and Arabic digits do mix within a number, so a sure digit is never changed; but ๐ and 0
    are told apart by their neighbours better than by themselves.
    """
    out = list(line)
    for a, b in _chains(line, 1.0e9):
        run = line[a : b + 1]
        sure = [s.text in _THAI for s in run if s.text in DIGITS and s.p >= SURE]
        if not sure or len(set(sure)) != 1:
            continue
        allowed = _SCRIPTS[0] if sure[0] else _SCRIPTS[1]
        for k in range(a, b + 1):
            s = line[k]
            if s.row < 0 or s.p >= SURE or not s.text:
                continue
            q = np.where(allowed, p[s.row], 0)
            q = q / max(float(q.sum()), 1e-6)
            top = int(q.argmax())
            if top != OTHER and p[s.row].sum() - p[s.row][allowed].sum() < 0.95:
                out[k] = Segment(s.x0, s.y0, s.x1, s.y1, CLASSES[top], float(q[top]), s.whole, s.row)
    return out


def _chains(line: Sequence[Segment], height: float) -> list[tuple[int, int]]:
    """Index ranges of neighbouring figure segments; ``height`` limits the gaps between them."""
    out: list[tuple[int, int]] = []
    for k, s in enumerate(line):
        if not s.text:
            continue
        if out and out[-1][1] == k - 1 and s.x0 - line[k - 1].x1 < NEIGHBOUR * height:
            out[-1] = (out[-1][0], k)
        else:
            out.append((k, k))
    return out


def is_sure(s: Segment) -> bool:
    """Whether a figure may be printed on its own word."""
    return s.p >= (SURE if s.text in DIGITS else SURE_SIGN)


def is_likely(s: Segment) -> bool:
    """Whether a figure may be printed if the line reader says the same."""
    return s.p >= (LIKELY if s.text in DIGITS else LIKELY_SIGN)


def find_tokens(line: Sequence[Segment], height: float) -> list[Token]:
    """Runs of likely figures with a digit among them; runs with an unlikely piece are left out."""
    out: list[Token] = []
    for a, b in _chains(line, height):
        for c, d in _without_leaders(line, a, b):
            c, d = _trim(line, c, d)
            run = line[c : d + 1]
            if not any(s.text in DIGITS for s in run) or not all(is_likely(s) for s in run):
                continue
            sides = [q for q in (c - 1, d + 1) if 0 <= q < len(line)]
            near = [q for q in sides if _gap(line, q, c, d) < NEIGHBOUR * height]
            # a doubtful neighbour may be one more digit of the number
            if any(not line[q].text and line[q].p < SURE and _tall(line[q], height) for q in near):
                continue
            if any(line[q].text in DIGITS for q in near):
                continue
            touches = any(line[q].text != "." for q in near)
            out.append(Token(c, d, touches))
    return out


def _tall(s: Segment, height: float) -> bool:
    return s.y1 - s.y0 >= 0.5 * height


def _gap(line: Sequence[Segment], q: int, c: int, d: int) -> int:
    return line[c].x0 - line[q].x1 if q < c else line[q].x0 - line[d].x1


def _without_leaders(line: Sequence[Segment], a: int, b: int) -> list[tuple[int, int]]:
    """A chain without its rows of two points and more, which are leaders."""
    out: list[tuple[int, int]] = []
    start, k = a, a
    while k <= b:
        end = k
        while end + 1 <= b and line[k].text == "." and line[end + 1].text == ".":
            end += 1
        if end > k:
            if k > start:
                out.append((start, k - 1))
            start = end + 1
        k = end + 1
    if start <= b:
        out.append((start, b))
    return out


def _trim(line: Sequence[Segment], a: int, b: int) -> tuple[int, int]:
    """A run without the signs that begin or end no number."""
    while a < b and line[a].text not in DIGITS and line[a].text != "(":
        a += 1
    while b > a and line[b].text not in DIGITS and line[b].text not in ".)%":
        b -= 1
    return a, b
