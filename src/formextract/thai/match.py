"""Approximate substring search for printed labels.

Every place of a text where a pattern occurs with few edits (insertions, deletions and
substitutions of characters), found with Myers' bit-parallel algorithm (J. ACM 46, 1999) on Python
integers.  A filter narrows long texts first: of k + 1 pieces of the pattern one stands unharmed in
any occurrence with k edits.  Blanks count like other characters: pass squeezed texts to ignore them.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One occurrence."""

    start: int
    """0-based first character in the text."""
    end: int
    """0-based character behind the last one."""
    distance: int
    """Edits between pattern and ``text[start:end]``."""
    similarity: float
    """``1 - distance / len(pattern)``."""


def find_all(pattern: str, text: str, max_error: float = 0.2) -> list[Hit]:
    """The best non-overlapping occurrences with ``distance <= max_error * len(pattern)``, from left to right.

    The fewest edits win, then the leftmost.  An empty pattern occurs nowhere.
    """
    m = len(pattern)
    limit = min(int(max_error * m + 1e-9), m - 1)
    if m == 0 or limit < 0:
        return []
    ends = {
        end: d for lo, hi in _windows(pattern, text, limit) for end, d in _ends(pattern, text, lo, hi, limit)
    }
    taken: list[tuple[int, int]] = []
    hits: list[Hit] = []
    for end, distance in sorted(ends.items(), key=lambda item: (item[1], item[0])):
        # Shorter than m - distance no occurrence can be: this spares most look-ups of a start.
        if not _free(taken, end - (m - distance), end):
            continue
        start = _start(pattern, text, end, distance)
        for other in range(end + 1, end + limit + 1):
            if ends.get(other) != distance:
                break
            further = _start(pattern, text, other, distance)
            if abs(other - further - m) < abs(end - start - m) and _free(taken, further, other):
                start, end = further, other
        if _free(taken, start, end):
            insort(taken, (start, end))
            hits.append(Hit(start, end, distance, 1.0 - distance / m))
    return sorted(hits, key=lambda hit: hit.start)


def _free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (end, end))
    return at == 0 or taken[at - 1][1] <= start


def _windows(pattern: str, text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Stretches of the text outside which no occurrence lies, from left to right, apart from each other."""
    m, n, pieces = len(pattern), len(text), limit + 1
    if m // pieces < 2:
        yield 0, n
        return
    found: list[tuple[int, int]] = []
    for i in range(pieces):
        lo, hi = i * m // pieces, (i + 1) * m // pieces
        at = text.find(pattern[lo:hi])
        while at >= 0:
            found.append((max(0, at - lo - limit), min(n, at - lo + m + limit)))
            at = text.find(pattern[lo:hi], at + 1)
    merged: list[tuple[int, int]] = []
    for lo, hi in sorted(found):
        if merged and lo <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], hi))
        else:
            merged.append((lo, hi))
    yield from merged


def _masks(pattern: str) -> dict[str, int]:
    masks: dict[str, int] = {}
    for i, ch in enumerate(pattern):
        masks[ch] = masks.get(ch, 0) | 1 << i
    return masks


def _distances(pattern: str, text: str, *, anchored: bool) -> Iterator[int]:
    """After each character of the text, the edits of the pattern against a stretch that ends there.

    The stretch begins anywhere, or, if anchored, where the text begins.
    """
    m, masks = len(pattern), _masks(pattern)
    full, top, carry = (1 << m) - 1, 1 << (m - 1), int(anchored)
    up, down, score = full, 0, m
    for ch in text:
        equal = masks.get(ch, 0)
        vertical = equal | down
        horizontal = (((equal & up) + up) ^ up) | equal
        plus = (down | ~(horizontal | up)) & full
        minus = up & horizontal
        score += bool(plus & top) - bool(minus & top)
        plus = (plus << 1 | carry) & full
        minus = (minus << 1) & full
        up = (minus | ~(vertical | plus)) & full
        down = plus & vertical
        yield score


def _ends(pattern: str, text: str, lo: int, hi: int, limit: int) -> Iterator[tuple[int, int]]:
    for i, distance in enumerate(_distances(pattern, text[lo:hi], anchored=False)):
        if distance <= limit:
            yield lo + i + 1, distance


def _start(pattern: str, text: str, end: int, distance: int) -> int:
    """The start of the occurrence that ends at ``end``; of several, the one nearest the pattern's length."""
    m = len(pattern)
    lo = max(0, end - m - distance)
    backwards = _distances(pattern[::-1], text[lo:end][::-1], anchored=True)
    lengths = [i + 1 for i, d in enumerate(backwards) if d == distance]
    return end - min(lengths, key=lambda length: (abs(length - m), length))
