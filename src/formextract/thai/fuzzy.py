"""Choosing among a few known words where the reader may have erred: the near one, or none."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein


def nearest(
    word: str, known: Iterable[str], *, max_error: float = 0.3, margin: int = 2
) -> tuple[str, int] | None:
    """The known word nearest to ``word`` with its edits, or None.

    An exact word wins outright.  Otherwise the best must stay within ``max_error`` of its own length
    and be ``margin`` edits nearer than the next, so that what could be two words is none.  Words of
    up to four characters are taken exactly only: one edit turns them into others.
    """
    ranked = sorted((Levenshtein.distance(word, k), k) for k in known)
    if not ranked:
        return None
    distance, best = ranked[0]
    if distance == 0:
        return best, 0
    if len(best) <= 4 or distance > max_error * len(best):
        return None
    if len(ranked) > 1 and ranked[1][0] - distance < margin:
        return None
    return best, distance
