"""Finding printed labels in read text: fuzzily, by their words, in their printed order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from formextract.mapping.stream import Span, Stream, squeeze_label
from formextract.thai.match import Hit, find_all

_SHORT = 6
"""Squeezed labels up to this long are found in every second word if one error is allowed."""
_SURE_LETTERS = 3
"""So many letters in a row are no chance likeness."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label found in a stream."""

    index: int
    """Which of the wanted labels, 0-based."""
    start: int
    """Index in ``stream.text`` of its first character."""
    end: int
    """Index after its last character."""
    similarity: float
    """1 for letter-perfect, less per error."""
    length: int
    """Squeezed letters of the variant that was found."""


def allowed_error(length: int, *, scanned: bool = True) -> float:
    """Share of wrong letters at which a label of that many squeezed letters still counts.

    Scans lose marks; a long label stays unmistakable with a quarter of its letters wrong, a
    short one does not.  A text layer has no more errors than its writer's slips.
    """
    if length <= 3 or (length <= _SHORT and not scanned):
        return 0.0
    if length <= _SHORT:
        return 1 / length + 1e-9
    return 0.25 if scanned else 0.12


def occurrences(
    stream: Stream, variants: Sequence[str], start: int, end: int, index: int = 0
) -> list[Anchor]:
    """All places of a label's variants within ``[start, end)`` of the text, best variant each."""
    a, b = stream.squeezed_at(start), stream.squeezed_at(end)
    hay = stream.squeezed[a:b]
    found: list[Anchor] = []
    for variant in variants:
        needle = squeeze_label(variant)
        if not needle or not hay:
            continue
        for hit in find_all(needle, hay, allowed_error(len(needle))):
            lo, hi = (hit.start, hit.end) if not hit.distance else _core(needle, hay, hit)
            s, e = stream.unsqueeze(a + lo, a + hi)
            scanned = stream.lines[stream.line_of(s)].line.method == "ocr"
            if hit.similarity < 1 - allowed_error(len(needle), scanned=scanned) - 1e-6:
                continue
            found.append(Anchor(index, s, e, hit.similarity, len(needle)))
    return found


def _core(needle: str, hay: str, hit: Hit) -> tuple[int, int]:
    """An inexact hit without letters at its ends that stand for a missing word of the label.

    Where a copy leaves out a label's first or last word, the fewest edits swap its letters for
    the neighbour's, which are the value.  A letter or two misread at an end stay in.
    """
    blocks = Levenshtein.editops(needle, hay[hit.start : hit.end]).as_matching_blocks()
    same = [b for b in blocks if b.size >= _SURE_LETTERS]
    if not same:
        return hit.start, hit.end
    first, last = same[0], same[-1]
    lo = hit.start + first.b if first.a > _SURE_LETTERS else hit.start
    cut = len(needle) - (last.a + last.size) > _SURE_LETTERS
    return lo, hit.start + last.b + last.size if cut else hit.end


def _worth(stream: Stream, anchor: Anchor, line_start: bool) -> float:
    """How much it is worth to take this place for the label; 0 or less: not at all.

    Of two variants at one place the longer is worth more: it says more and leaves less of the
    label in the value.
    """
    floor = 1 - allowed_error(anchor.length) - 0.05
    worth = (anchor.similarity - floor) / (1 - floor) * (1 + math.log2(max(2, anchor.length)))
    if stream.at_token_start(anchor.start):
        worth += 1.0
    if line_start:
        if stream.at_line_start(anchor.start):
            worth += 2.0
        else:
            worth -= 1.5
    return worth


def find_sequence(
    span: Span,
    labels: Sequence[Sequence[str]],
    line_starts: Sequence[bool] | None = None,
    optional: Sequence[bool] | None = None,
) -> list[Anchor | None]:
    """For each label, in printed order, the place that makes the whole sequence most likely.

    A label that is not there gives None.  ``optional`` ones weigh little, so that they never
    push out one that must be there.  Among equal sequences the earlier places win.
    Weighted interval scheduling over all occurrences of all labels, O(n²) in their number.
    """
    stream = span.stream
    wants_start = list(line_starts) if line_starts is not None else [False] * len(labels)
    places: list[tuple[float, Anchor]] = []
    for i, variants in enumerate(labels):
        for anchor in occurrences(stream, variants, span.start, span.end, i):
            worth = _worth(stream, anchor, wants_start[i])
            if optional is not None and optional[i]:
                worth *= 0.3
            if worth > 0:
                places.append((worth, anchor))
    places.sort(key=lambda p: (p[1].end, p[1].index))
    best: list[float] = []
    back: list[int] = []
    for k, (worth, anchor) in enumerate(places):
        top, prev = 0.0, -1
        for j in range(k):
            other = places[j][1]
            if other.index < anchor.index and other.end <= anchor.start and best[j] > top + 1e-9:
                top, prev = best[j], j
        best.append(top + worth)
        back.append(prev)
    result: list[Anchor | None] = [None] * len(labels)
    if not best:
        return result
    k = max(range(len(best)), key=lambda i: (best[i], -places[i][1].start))
    while k >= 0:
        result[places[k][1].index] = places[k][1]
        k = back[k]
    return result


def contains(stream: Stream, phrase: str) -> float:
    """Likeness of the best occurrence of a phrase anywhere in the stream, 0 if there is none."""
    needle = squeeze_label(phrase)
    if not needle:
        return 0.0
    hits = find_all(needle, stream.squeezed, allowed_error(len(needle)))
    return max((h.similarity for h in hits), default=0.0)


def find_sections(
    span: Span, starts: Sequence[Sequence[str]], line_start: Sequence[bool]
) -> list[tuple[Span, int] | None]:
    """The sections' spans (first words included) and the index after their first words.

    Empty ``starts`` mean the span's beginning.  Each section runs to the beginning of the
    next one that was found.
    """
    anchors = find_sequence(span, starts, line_start)
    begins: list[tuple[int, int] | None] = [
        (span.start, span.start) if not words else (_beginning(span.stream, anchor) if anchor else None)
        for words, anchor in zip(starts, anchors, strict=True)
    ]
    out: list[tuple[Span, int] | None] = []
    for i, begin in enumerate(begins):
        if begin is None:
            out.append(None)
            continue
        end = next((b[0] for b in begins[i + 1 :] if b is not None), span.end)
        out.append((Span(span.stream, begin[0], max(begin[0], end)), begin[1]))
    return out


def _beginning(stream: Stream, anchor: Anchor) -> tuple[int, int]:
    """Where a section begins: a heading's number belongs to it, whatever it says (DOMAIN §7.9)."""
    line = stream.line_starts[stream.line_of(anchor.start)]
    return (line if stream.at_line_start(anchor.start) else anchor.start), anchor.end
