"""From characters with rough places to grapheme clusters with boxes, and blanks where blanks are printed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from formextract.model import LINE_BORDER, Glyph, GrayImage, LineImage
from formextract.reading.hocr import ReadChar
from formextract.thai.text import clusters, normalise

_INK = 150
BLANK_AT = 0.42
"""Letter heights of paper between two letters that make a blank; measured, see docs/reading-measured.md."""


def letter_height(image: GrayImage) -> float:
    """Height in pixels of the line's usual letter without marks; 0 for an empty image."""
    mask = (image < _INK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    st = stats[1:]
    st = st[st[:, 4] >= 6]
    if not len(st):
        return 0.0
    h, w = st[:, 3].astype(float), st[:, 2].astype(float)
    weight = np.minimum(w, 3 * h) * h
    order = np.argsort(h)
    return float(h[order][np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)])


def find_gaps(image: GrayImage) -> list[tuple[int, int]]:
    """Columns without ink between the first and the last letter, as half-open pixel ranges."""
    inked = (image < _INK).any(axis=0)
    cols = np.nonzero(inked)[0]
    if len(cols) < 2:
        return []
    jumps = np.nonzero(np.diff(cols) > 1)[0]
    return [(int(cols[j]) + 1, int(cols[j + 1])) for j in jumps]


def find_blanks(image: GrayImage, height: float) -> list[float]:
    """Middles (pixel columns) of the gaps that are printed blanks.

    A blank is wider than ``BLANK_AT`` letter heights and well wider than the line's usual gap
    between letters, which justified Thai print stretches.
    """
    gaps = find_gaps(image)
    if not gaps or height <= 0:
        return []
    widths = np.array([b - a for a, b in gaps], dtype=float)
    usual = float(np.median(widths)) if len(widths) >= 6 else 0.0
    least = max(BLANK_AT * height, usual + 0.22 * height)
    return [(a + b) / 2 for (a, b), w in zip(gaps, widths, strict=True) if w >= least]


def glyphs_of(chars: Sequence[ReadChar], crop: LineImage, factor: float = 1.0) -> tuple[Glyph, ...]:
    """Grapheme clusters with boxes on the page, blanks set by geometry, text normalised.

    ``chars`` are in reading order, in pixels of ``crop.image`` times ``factor``.
    """
    if not chars:
        return ()
    image = crop.image
    at = _blank_places(chars, find_blanks(image, letter_height(image)), factor)
    spaced: list[tuple[str, ReadChar | None]] = []
    for k, ch in enumerate(chars):
        if k in at:
            spaced.append((" ", None))
        spaced.append((ch.text, ch))
    spaced = _mend_impossible(spaced)
    raw = "".join(t for t, _ in spaced)
    text = normalise(raw)
    source: list[ReadChar | None] = [c for _, c in spaced]
    if text != raw:
        source = _carry(raw, text, source)
    return _cluster_boxes(text, source, crop, factor)


def _mend_impossible(chars: list[tuple[str, ReadChar | None]]) -> list[tuple[str, ReadChar | None]]:
    """Sara am whose ring was read as mai han-akat: no Thai word has that mark before sara aa."""
    out: list[tuple[str, ReadChar | None]] = []
    for text, ch in chars:
        if text == "\u0e32" and out:
            back = len(out) - 1
            while back > 0 and out[back][0] in "\u0e48\u0e49\u0e4a\u0e4b":
                back -= 1
            if out[back][0] == "\u0e31":
                del out[back]
                text = "\u0e33"
        out.append((text, ch))
    return out


def _is_mark(ch: str) -> bool:
    return clusters("ก" + ch) == ["ก" + ch]


def _blank_places(chars: Sequence[ReadChar], blanks: Sequence[float], factor: float) -> set[int]:
    """Indexes of the characters before which a blank stands.

    Engines place characters only roughly, often with the blank inside the next one's box.  So each
    blank goes to the border that is nearest and has its letters on the right sides, and rather
    between letters of different kinds (``2 ครั้ง``) than inside Thai; never where Thai cannot part.
    """
    starts = [k for k, ch in enumerate(chars) if k == 0 or not _is_mark(ch.text)]
    borders: list[tuple[float, float, float, float, int]] = []
    for before, k in pairwise(starts):
        left, right = chars[before], chars[k]
        if left.text in "เแโใไ" or right.text in "ะาำๆฯ":
            continue
        mid = (left.x1 + right.x0) / 2 / factor
        alike = 0.4 * (right.x1 - right.x0) / factor if _kind(left.text) == _kind(right.text) else 0.0
        borders.append((mid, (left.x0 + left.x1) / 2 / factor, (right.x0 + right.x1) / 2 / factor, alike, k))
    if not borders:
        return set()
    table = np.array(borders)
    middle, before_at, after_at, extra = table[:, 0], table[:, 1], table[:, 2], table[:, 3]
    costs = np.array(
        [
            np.abs(middle - b) + np.maximum(0, before_at - b) + np.maximum(0, b - after_at) + extra
            for b in blanks
        ]
    )
    return {borders[j][4] for j in _cheapest_rising(costs)}


def _cheapest_rising(costs: npt.NDArray[np.float64]) -> list[int]:
    """One column for each row, strictly rising, at the least total cost; two blanks never share a border.

    Rows beyond the number of columns are left out.
    """
    if not costs.size:
        return []
    costs = costs[: costs.shape[1]]
    m, n = costs.shape
    total = np.full((m, n), np.inf)
    back = np.zeros((m, n), dtype=int)
    total[0] = costs[0]
    for i in range(1, m):
        best, at = np.inf, 0
        for j in range(i, n):
            if total[i - 1, j - 1] < best:
                best, at = total[i - 1, j - 1], j - 1
            total[i, j], back[i, j] = costs[i, j] + best, at
    path = [int(np.argmin(total[m - 1]))]
    for i in range(m - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def _kind(ch: str) -> str:
    """Thai letter, digit, Latin letter or sign."""
    if ch.isdigit():
        return "digit"
    if "\u0e01" <= ch <= "\u0e4e":
        return "thai"
    return "latin" if ch.isalpha() else "sign"


def _carry(raw: str, text: str, source: list[ReadChar | None]) -> list[ReadChar | None]:
    """Each character of ``text`` with the character of ``raw`` that it comes from."""
    out: list[ReadChar | None] = [None] * len(text)
    for op in Levenshtein.opcodes(raw, text):
        for j in range(op.dest_start, op.dest_end):
            i = min(op.src_start + (j - op.dest_start), max(op.src_end - 1, 0))
            out[j] = source[i] if 0 <= i < len(source) else None
    return out


def _cluster_boxes(
    text: str, source: Sequence[ReadChar | None], crop: LineImage, factor: float
) -> tuple[Glyph, ...]:
    pieces = clusters(text)
    spans: list[tuple[float, float] | None] = []
    scores: list[float] = []
    at = 0
    for piece in pieces:
        own = [c for c in source[at : at + len(piece)] if c is not None]
        at += len(piece)
        base = own[:1] if len(own) > 1 and all(_is_mark(c.text) for c in own[1:]) else own
        wide = [c for c in own if c.text in "ำา"]
        span = [*base, *wide]
        spans.append((min(c.x0 for c in span) / factor, max(c.x1 for c in span) / factor) if span else None)
        scores.append(min((c.confidence for c in own), default=0.0))
    edges = _fill_spans(pieces, spans, float(crop.image.shape[1] - LINE_BORDER))
    h = crop.image.shape[0]
    return tuple(
        Glyph(
            piece, crop.box_of(x0, LINE_BORDER, max(x0, x1), h - LINE_BORDER), 1.0 if piece == " " else score
        )
        for piece, (x0, x1), score in zip(pieces, edges, scores, strict=True)
    )


def _fill_spans(
    pieces: Sequence[str], spans: list[tuple[float, float] | None], right: float
) -> npt.NDArray[np.float64]:
    """Places for blanks (between their neighbours) and for what has none; kept in order."""
    out = np.zeros((len(pieces), 2))
    last = float(LINE_BORDER)
    for k, span in enumerate(spans):
        if span is None:
            after = next((s[0] for s in spans[k + 1 :] if s is not None), right)
            span = (last, max(last, after))
        x0 = max(last if pieces[k] == " " else min(span[0], right), float(LINE_BORDER))
        out[k] = (x0, max(x0, min(span[1], right)))
        last = float(out[k, 1])
    return out
