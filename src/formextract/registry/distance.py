"""The cost of taking one squeezed Thai name for another.

An edit distance (optimal string alignment) whose unit is one plain letter.  What scanners, legacy
fonts and typists do often is cheap; what tells schools apart is dear: a digit never comes near one
edit, and a plain letter of the type word (บ้าน, วัด, …) is dearer.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from formextract.registry.squeeze import ABBREVIATION, TONES, mark_profile, strip_marks
from formextract.thai.text import MARKS

Noise = Literal["ocr", "typed"]
TYPE_WORD = 1.5
"""Cost of a plain letter in the type word: วัด, วัง and บ้าน, บาง are one letter apart."""

_PRINT_ALIKE = (
    "ดตค",
    "คศ",
    "บปน",
    "นม",
    "ฆม",
    "ขชซ",
    "พฟผฝ",
    "พฬ",
    "ถภก",
    "ฎฏ",
    "ลส",
    "อฮ",
    "ธร",
    "ทห",
    "ณน",
    "รว",
    "จง",
)
"""Letters that readers of print take for one another."""
_SOUND_ALIKE = ("สศษ", "ณน", "ทธฑ", "พภ", "รล", "ฎด", "ฏต", "ตฏ", "ถฐ", "ญย", "ลฬ", "คฆ", "ชฌ", "หฮ")
"""Letters that writers take for one another; ราษฎร์/ราษฏร์ stands above."""
_UPPER = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d"
_LOWER = "\u0e38\u0e39\u0e3a"
_LEADING = "เแโใไ"


def _build_insertions() -> dict[str, float]:
    """Cost of one letter too much or too few; plain letters (absent here) cost 1."""
    cost = dict.fromkeys(TONES, 0.2)
    cost |= dict.fromkeys(_UPPER + _LOWER, 0.4)
    cost |= {"\u0e4c": 0.15, "\u0e4e": 0.15, "ะ": 0.5, "ๆ": 0.3, ABBREVIATION: 0.1, "า": 0.8, "ำ": 0.9}
    cost |= dict.fromkeys(_LEADING, 0.8)
    cost |= dict.fromkeys("0123456789", 2.0)
    return cost


def _build_substitutions(noise: Noise) -> dict[tuple[str, str], float]:
    """Cost of one letter for another; pairs that are absent cost 1."""
    cost: dict[tuple[str, str], float] = {}

    def put(groups: tuple[str, ...], price: float) -> None:
        for group in groups:
            for a in group:
                for b in group:
                    if a != b:
                        cost[a, b] = min(price, cost.get((a, b), 9.0))

    put(_PRINT_ALIKE, 0.5 if noise == "ocr" else 0.75)
    put(_SOUND_ALIKE, 0.6 if noise == "ocr" else 0.5)
    put((TONES,), 0.25)
    put((_UPPER + "\u0e4c", _LOWER), 0.3)
    put((_UPPER + TONES,), 0.3)
    put(("าำ",), 0.3)
    put(("ใไ",), 0.25)
    put(("เแ", "โไ", "โใ"), 0.4)
    put(("ฎฏ",), 0.3)
    digits = "0123456789"
    for d in digits:
        for other in digits:
            if d != other:
                cost[d, other] = 3.0
    return cost


_INSERT = _build_insertions()
_SUBSTITUTE = {"ocr": _build_substitutions("ocr"), "typed": _build_substitutions("typed")}
_DIGITS = frozenset("0123456789")
_MARK_SET = frozenset(MARKS)
_MARKS_LOST_CAP = 0.6
"""Most that lost marks may cost together: a legacy font drops all of them at once."""
_MARKS_MOVED_CAP = 0.3
"""Most that misplaced marks may cost: the same marks stand one letter off."""


@lru_cache(maxsize=65536)
def measure_distance(
    printed: str, known: str, noise: Noise = "ocr", type_length: int = 0, cutoff: float = 4.0
) -> float:
    """Cost in edits of printing ``known`` as ``printed``; both squeezed.

    ``type_length`` letters at the head of ``known`` are its type word, where a plain difference
    is dearer.  Anything above ``cutoff`` comes back as infinity.
    """
    if printed == known:
        return 0.0
    capped = _cap_marks(printed, known)
    cost = _align(printed, known, noise, type_length, cutoff)
    return min(cost, capped)


def _cap_marks(printed: str, known: str) -> float:
    """The capped cost where only marks are lost or misplaced, else infinity."""
    if strip_marks(printed) != strip_marks(known):
        return float("inf")
    have, want = mark_profile(printed), mark_profile(known)
    if have == want:
        return _MARKS_MOVED_CAP
    rest = iter(want)
    return _MARKS_LOST_CAP if all(m in rest for m in have) else float("inf")


def _insertion_cost(letter: str, before: str, plain: float) -> float:
    """Cost of a letter too much or too few behind ``before``: printed twice it is cheaper, and so are
    the further digits of a number that is missing whole."""
    if letter in _DIGITS and before in _DIGITS:
        return 1.0
    price = _INSERT.get(letter)
    if price is None:
        return 0.5 if letter == before else plain
    return price


def _align(printed: str, known: str, noise: Noise, type_length: int, cutoff: float) -> float:
    """The dynamic programme; equal ends are trimmed first."""
    start, end_p, end_k = 0, len(printed), len(known)
    while start < end_p and start < end_k and printed[start] == known[start]:
        start += 1
    while end_p > start and end_k > start and printed[end_p - 1] == known[end_k - 1]:
        end_p, end_k = end_p - 1, end_k - 1
    p, k = printed[start:end_p], known[start:end_k]
    before = known[start - 1] if start else ""
    dear_until = type_length - start
    abbreviated = start > 0 and printed[start - 1] == ABBREVIATION
    table = _SUBSTITUTE[noise]
    inserts = [
        _insertion_cost(c, k[j - 1] if j else before, TYPE_WORD if j < dear_until else 1.0)
        for j, c in enumerate(k)
    ]
    row = [0.0]
    for price in inserts:
        row.append(row[-1] + (0.0 if abbreviated else price))
    above: list[float] = []
    last = ""
    for i, a in enumerate(p):
        price_a = _insertion_cost(a, p[i - 1] if i else before, 1.0)
        free = a == ABBREVIATION
        new = [row[0] + price_a]
        for j, c in enumerate(k):
            if a == c:
                best = row[j]
            else:
                sub = table.get((a, c), 1.0)
                if (a in _MARK_SET) != (c in _MARK_SET):
                    sub = 1.4
                elif sub == 1.0 and j < dear_until:
                    sub = TYPE_WORD
                best = row[j] + sub
            alt = row[j + 1] + price_a
            if alt < best:
                best = alt
            alt = new[j] + (0.0 if free else inserts[j])
            if alt < best:
                best = alt
            if i and j and a == k[j - 1] and last == c:
                alt = above[j - 1] + (0.25 if a in _MARK_SET or c in _MARK_SET else 0.8)
                if alt < best:
                    best = alt
            new.append(best)
        if min(new) > cutoff:
            return float("inf")
        above, row, last = row, new, a
    return row[-1] if row[-1] <= cutoff else float("inf")
