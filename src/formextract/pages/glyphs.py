"""From drawn characters to grapheme clusters: which mark stands over which letter.

Thai marks are drawn with no width of their own, mostly starting at the right edge of their
letter and reaching back over it.  The drawing order says which letter is meant, unless a
producer has moved the marks; then their place says it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from formextract.model import Box
from formextract.pages.content import Char
from formextract.pages.symbols import LOST
from formextract.thai.text import clusters, normalise

LEADING_VOWELS = "เแโใไ"
_NIKHAHIT, _AA, _AM = "\u0e4d", "\u0e32", "\u0e33"

_SAME_PLACE_EM = 0.08
"""Two equal characters nearer than this are one, drawn twice to look bold."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A letter with its marks, or a single sign, as it stands on the page."""

    text: str
    """Normalised."""
    x0: float
    """Left end of the advance."""
    x1: float
    """Right end of the advance."""
    y: float
    """Baseline."""
    size: float
    """Font size in points."""
    bold: bool
    """Whether its letter is in a bold font."""
    font: str
    """Its letter's font."""
    order: int
    """Its letter's position in the drawing order."""

    @property
    def box(self) -> Box:
        """From 0.72 em above to 0.25 em below the baseline, for all fonts alike."""
        return Box(self.x0, self.y - 0.72 * self.size, self.x1, self.y + 0.25 * self.size)


@lru_cache(maxsize=8192)
def is_mark(text: str) -> bool:
    """Whether all of the text is combining marks (Thai glyph codes of old fonts included)."""
    plain = normalise(text)
    return bool(plain) and all(unicodedata.category(ch) == "Mn" for ch in plain)


@lru_cache(maxsize=8192)
def is_blank(text: str) -> bool:
    """Whether the text leaves nothing to see."""
    return not normalise(text)


def drop_doubles(chars: Iterable[Char]) -> list[Char]:
    """The characters without those drawn again at the same place (bold by overprinting, shadows)."""
    seen: dict[tuple[str, int, int], list[Char]] = {}
    out: list[Char] = []
    for char in chars:
        column, row = round(char.x), round(char.y)
        near = _SAME_PLACE_EM * char.size
        twins = (
            twin
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for twin in seen.get((char.text, column + dx, row + dy), ())
        )
        if any(abs(t.x - char.x) <= near and abs(t.y - char.y) <= near for t in twins):
            continue
        seen.setdefault((char.text, column, row), []).append(char)
        out.append(char)
    return out


def build_clusters(chars: Sequence[Char]) -> list[Cluster]:
    """Clusters of the characters, in drawing order; blanks are left out.  Text is normalised."""
    bases = [c for c in chars if not is_blank(c.text) and not is_mark(c.text)]
    marks = [c for c in chars if not is_blank(c.text) and is_mark(c.text)]
    owned: dict[int, list[Char]] = {}
    orphans: list[Char] = []
    if marks:
        finder = _BaseFinder(bases, marks)
        for mark in marks:
            owner = finder.find(mark)
            if owner is None:
                orphans.append(mark)
            else:
                owned.setdefault(owner, []).append(mark)
    out: list[Cluster] = []
    for index, base in enumerate(bases):
        text = base.text + "".join(m.text for m in owned.get(index, ()))
        out += _split(_cluster(text, base))
    out += [_cluster(mark.text, mark) for mark in orphans]
    return sorted(out, key=lambda c: c.order)


def join_parts(line: Sequence[Cluster]) -> list[Cluster]:
    """Clusters of one line, left to right, with sara am and แ in one piece.

    Sara am may be drawn as ring and า, before or after the tone mark, or as a sign of its own;
    แ as เเ.  Parts are joined only where they touch.
    """
    out: list[Cluster] = []
    for item in line:
        if out:
            last = out[-1]
            gap = (item.x0 - last.x1) / max(item.size, 1e-6)
            ring = item.text[0] == _AA and _NIKHAHIT in last.text
            am = item.text[0] == _AM and last.text[-1] not in LEADING_VOWELS and last.text[-1] != _AM
            double_e = item.text == "เ" and last.text == "เ"
            if (gap < 0.3 and ring) or (gap < 0.1 and (am or double_e)):
                out[-1] = replace(last, text=normalise(last.text + item.text), x1=max(last.x1, item.x1))
                continue
        out.append(item)
    return out


def _cluster(text: str, char: Char) -> Cluster:
    text = normalise(LOST.sub("\ufffd", text))
    return Cluster(text, char.x, char.x1, char.y, char.size, char.bold, char.font, char.order)


def _split(cluster: Cluster) -> list[Cluster]:
    """A glyph that stands for several letters (fi, กำ) as clusters of equal width."""
    parts = clusters(cluster.text)
    if len(parts) < 2:
        return [cluster]
    step = (cluster.x1 - cluster.x0) / len(parts)
    return [
        replace(cluster, text=part, x0=cluster.x0 + i * step, x1=cluster.x0 + (i + 1) * step)
        for i, part in enumerate(parts)
    ]


class _BaseFinder:
    """Finds the letter under a mark."""

    def __init__(self, bases: Sequence[Char], marks: Sequence[Char]) -> None:
        self.bases = bases
        self.orders = [b.order for b in bases]
        self.rows: dict[int, list[int]] = {}
        for index, base in enumerate(bases):
            self.rows.setdefault(round(base.y / 4), []).append(index)
        # Some producers place marks by their left end.  Their fonts show it: few marks stand at the
        # right edge of the letter drawn before them, and those on a word's first letter at no edge
        # at all.  There the drawing order is all there is to go by.
        total: Counter[str] = Counter()
        usual: Counter[str] = Counter()
        placed: Counter[str] = Counter()
        for mark in marks:
            before = self._before(mark)
            total[mark.font] += 1
            usual[mark.font] += before is not None and self._stands_on(mark, bases[before])
            placed[mark.font] += bool(self._below(mark))
        self.by_order = {f for f, n in total.items() if usual[f] < 0.5 * n and placed[f] < 0.95 * n}

    def find(self, mark: Char) -> int | None:
        """Index of the mark's letter, or None if none is near."""
        before = self._before(mark)
        near = before is not None and self._is_near(mark, self.bases[before])
        if before is not None and (
            self._stands_on(mark, self.bases[before]) or (near and mark.font in self.by_order)
        ):
            return before
        found = self._below(mark)
        if found:
            return min(found, key=lambda i: abs(self.bases[i].x1 - _place(mark)))
        return before if near else None

    def _below(self, mark: Char) -> list[int]:
        """Indexes of the letters that the mark's place fits."""
        row = round(mark.y / 4)
        reach = max(1, round(mark.size / 8))
        return [
            i
            for r in range(row - reach, row + reach + 1)
            for i in self.rows.get(r, ())
            if self._stands_on(mark, self.bases[i])
        ]

    def _before(self, mark: Char) -> int | None:
        index = bisect_left(self.orders, mark.order) - 1
        return index if index >= 0 else None

    def _stands_on(self, mark: Char, base: Char) -> bool:
        if abs(mark.y - base.y) > 0.5 * base.size or base.text in LEADING_VOWELS:
            return False
        place = _place(mark)
        return base.x + 0.3 * base.advance < place <= base.x1 + 0.15 * base.size

    def _is_near(self, mark: Char, base: Char) -> bool:
        if abs(mark.y - base.y) > 0.5 * base.size:
            return False
        return base.x - 0.3 * base.size <= _place(mark) <= base.x1 + 0.5 * base.size


def _place(mark: Char) -> float:
    """Where a mark stands: its origin if it takes no room, else its middle."""
    return mark.x if mark.advance < 0.05 * mark.size else mark.x + mark.advance / 2
