"""Which character of a reading stands on which piece of the line's ink.

Engines place characters only roughly, but they and the pieces run in one order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formextract.model import LINE_BORDER, Glyph, LineImage
from formextract.reading.figure_tokens import DIGITS, Segment

SIGNS = frozenset("@#,./:%()[]{}|-–—;'\"`’‘“”*!<>=~_^°©®«»+&\\?")
"""What readers give for points, brackets and specks; none is a letter or a digit."""
_MARKS = frozenset(chr(c) for c in (*range(0x0E30, 0x0E3B), *range(0x0E40, 0x0E4F)))
"""Thai vowels and tone marks, which are never given for a digit by themselves."""
_SKIP_PIECE = 0.7
_SKIP_GLYPH = 0.9
_AWAY = 0.45
"""What a letter height between a character and its piece costs."""
_FARTHEST = 3.0
"""Letter heights by which an engine may misplace a character."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A character of a reading that is no blank."""

    text: str
    middle: float
    """Column in pixels of the crop."""
    index: int
    """Its index among the line's glyphs."""


def place_glyphs(glyphs: Sequence[Glyph], crop: LineImage) -> list[Placed]:
    """The glyphs but blanks, in pixels of the crop."""
    return [
        Placed(g.text, (g.box.cx - crop.box.x0) * crop.scale + LINE_BORDER, k)
        for k, g in enumerate(glyphs)
        if g.text != " "
    ]


def is_figure(text: str) -> bool:
    """Whether a cluster is a digit, a sign, or a bare letter such as readers give for digits."""
    if len(text) != 1:
        return False
    return text in DIGITS or text in SIGNS or (text.isalpha() and text not in _MARKS)


def _dislike(segment: Segment, text: str) -> float:
    """How badly a character fits a piece by kind, 0 to about 1.2."""
    if segment.text:
        if segment.text == text:
            return 0.0
        if text in DIGITS:
            return 0.15 if segment.text in DIGITS else 0.6
        if text in SIGNS:
            return 0.2 if segment.text not in DIGITS else 0.5
        return 1.2 if not is_figure(text) else 0.9 if "ก" <= text <= "ฮ" else 0.5
    return 0.6 if text in DIGITS else 0.3 if text in SIGNS else 0.0


def align(segments: Sequence[Segment], placed: Sequence[Placed], height: float) -> list[int]:
    """For each segment the index in ``placed`` of its character, -1 for none; never falling."""
    n, m = len(segments), len(placed)
    x = np.array([(s.x0 + s.x1) / 2 for s in segments], dtype=float)
    where = np.array([q.middle for q in placed], dtype=float)
    away = np.abs(x[:, None] - where[None, :]) / height if n and m else np.zeros((n, m))
    cost = np.full((n + 1, m + 1), np.inf)
    step = np.zeros((n + 1, m + 1), dtype=np.int8)
    cost[0] = np.arange(m + 1) * _SKIP_GLYPH
    step[0] = 2
    for i in range(1, n + 1):
        cost[i, 0] = i * _SKIP_PIECE
        step[i, 0] = 1
        s = segments[i - 1]
        row, above, here = away[i - 1], cost[i - 1], cost[i]
        for j in range(1, m + 1):
            least, how = above[j] + _SKIP_PIECE, 1
            over = here[j - 1] + _SKIP_GLYPH
            if over < least:
                least, how = over, 2
            if row[j - 1] < _FARTHEST:
                both = above[j - 1] + row[j - 1] * _AWAY + _dislike(s, placed[j - 1].text)
                if both <= least:
                    least, how = both, 0
            here[j], step[i, j] = least, how
    out = [-1] * n
    i, j = n, m
    while i > 0 or j > 0:
        how = int(step[i, j])
        if how == 0:
            i, j = i - 1, j - 1
            out[i] = j
        elif how == 1:
            i -= 1
        else:
            j -= 1
    return out
