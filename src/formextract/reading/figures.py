"""A second pair of eyes for numbers: the figures of a line read from their shapes alone.

The stock models cannot print ๔ ๖ ๗ ๘ ๙ and give other digits in their place with confidence.  This
reader looks at single pieces of ink, knows digits and the signs among them, and nothing else.
It is asked last, and only where the line reader too saw something like a number, so that letters
never become digits.  How it was taught and how well it reads: ``docs/figure-reader.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from formextract.model import LINE_BORDER, Glyph, LineImage, TextLine
from formextract.reading.agree import mark_agreement
from formextract.reading.figure_align import Placed, align, is_figure, place_glyphs
from formextract.reading.figure_net import FigureNet, FloatArray, load_net
from formextract.reading.figure_shapes import LinePieces, propose_pieces
from formextract.reading.figure_tokens import (
    DIGITS,
    Segment,
    Token,
    cut_line_ink,
    find_tokens,
    is_sure,
    settle_script,
)
from formextract.reading.glyphs import BLANK_AT

READER = "figures"
"""``Glyph.reader`` of what this reader wrote."""
WEIGHTS = Path(__file__).with_name("figures.npz")
"""The weights that come with the package."""
ALONE = 0.97
"""Probability asked of a digit by itself where the line reader saw none."""
ALONE_IN_NUMBER = 0.93
"""The same for each digit of a longer number."""
_NEW_BLANK = 0.7
"""Letter heights of paper beside a number that are a blank also where the line reader set none near."""
_USUAL = (0.55, 1.6)
"""Height of the letters of a line in which no digit was seen, in the page's usual heights: no drawings."""
CUT = 0.95
"""Probability asked of digits that were cut apart or put together."""
_PRINTED = frozenset(".,:/-–()%")
"""Signs that are printed beside numbers; others there are what readers make of figures."""
_ROUND = frozenset("0๐1")
"""Digits whose shapes are those of Latin letters (O, o, l, I): never without the line reader's consent."""


@dataclass(frozen=True)
class FigureReader:
    """Reads the numbers of lines anew."""

    weights: Path = WEIGHTS
    """What ``training/figures.py`` wrote."""

    @cached_property
    def net(self) -> FigureNet:
        """The classifier, loaded when first asked; MissingDependency if it is absent."""
        return load_net(self.weights)

    def reread(self, lines: Sequence[TextLine | None], crops: Sequence[LineImage]) -> list[TextLine | None]:
        """The lines with their numbers read by shape, one entry a crop; all else stays as it was.

        A number's glyphs get ``reader`` "figures", their probability as ``confidence``, and
        ``agreed`` where either reading of the line has the same character there.  A crop in which
        nothing was read becomes a line if it holds one number and nothing else.
        """
        found = [propose_pieces(crop) for crop in crops]
        probabilities = self._classify(found)
        heights = [f.height for f in found if f is not None]
        usual = float(np.median(heights)) if heights else 0.0
        return [
            line if f is None else _reread_line(line, crop, f, p, usual)
            for line, crop, f, p in zip(lines, crops, found, probabilities, strict=True)
        ]

    def _classify(self, found: Sequence[LinePieces | None]) -> list[FloatArray]:
        """Probabilities of each line's pieces, all asked at once."""
        counts = [0 if f is None else len(f.pieces) for f in found]
        some = [f.features for f in found if f is not None and len(f.pieces)]
        if not some:
            return [np.zeros((0, 1), dtype=np.float32) for _ in found]
        p = self.net.probabilities(np.concatenate(some))
        ends = np.cumsum(counts)
        return [p[end - n : end] for n, end in zip(counts, ends, strict=True)]


def _reread_line(
    line: TextLine | None, crop: LineImage, found: LinePieces, p: FloatArray, usual: float
) -> TextLine | None:
    segments = settle_script(cut_line_ink(found, p), p)
    tokens = find_tokens(segments, found.height)
    if not tokens:
        return line
    usual_size = _USUAL[0] * usual <= found.height <= _USUAL[1] * usual
    if line is None:
        whole = len(tokens) == 1 and len(tokens[0].segments(segments)) == len(segments)
        if not whole or not usual_size or not _sure_alone(tokens[0].segments(segments)):
            return None
        return TextLine(tuple(_write(s, crop, "") for s in segments), crop.box, "ocr")
    placed = place_glyphs(line.glyphs, crop)
    match = align(segments, placed, found.height)
    glyphs: list[Glyph] = list(line.glyphs)
    for token in reversed(tokens):
        fit = _fit(token, segments, placed, match, found.height)
        if fit is None or _goes_on(fit.token, match, placed, segments):
            continue
        if usual_size or any(q.text in DIGITS for q in placed[fit.start : fit.end]):
            glyphs = _put(glyphs, fit, segments, placed, crop, found.height)
    if len(glyphs) == len(line.glyphs) and all(a is b for a, b in zip(glyphs, line.glyphs, strict=True)):
        return line
    return replace(line, glyphs=_agree(tuple(glyphs), line.second))


@dataclass(frozen=True, slots=True)
class _Fit:
    """A number and the characters of the line in whose place it comes."""

    token: Token
    start: int
    """Index of the first of them among the placed characters."""
    end: int
    """Index after the last."""
    old: tuple[str, ...]
    """For each figure of the token the character that it replaces, empty for none."""


def _fit(
    token: Token, segments: Sequence[Segment], placed: Sequence[Placed], match: Sequence[int], height: float
) -> _Fit | None:
    """The token in its place, without a doubtful sign at its end; None if it must not be written."""
    while True:
        span = _span_of(token, segments, placed, match, height)
        if span is None:
            return None
        mine = token.segments(segments)
        old = _pair([placed[j].text for j in range(*span)], [s.text for s in mine])
        sure = [is_sure(s) or s.text == was for s, was in zip(mine, old, strict=True)]
        if not sure[-1] and mine[-1].text not in DIGITS and len(mine) > 1:
            token = replace(token, last=token.last - 1)
            continue
        whole_line = token.last - token.first + 1 == len(segments)
        if not all(sure) or not _consents(token, mine, [placed[j].text for j in range(*span)], whole_line):
            return None
        return _Fit(token, span[0], span[1], tuple(old))


def _pair(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """For each new character the old one in its place, empty for none."""
    out = [""] * len(new)
    for op in Levenshtein.opcodes(old, new):
        if op.tag in ("equal", "replace"):
            for q in range(min(op.src_end - op.src_start, op.dest_end - op.dest_start)):
                out[op.dest_start + q] = old[op.src_start + q]
    return out


def _sure_alone(mine: Sequence[Segment]) -> bool:
    digits = [s for s in mine if s.text in DIGITS]
    least = ALONE if len(digits) == 1 else ALONE_IN_NUMBER
    return all(s.p >= least for s in digits) and any(s.text not in _ROUND for s in digits)


def _span_of(
    token: Token, segments: Sequence[Segment], placed: Sequence[Placed], match: Sequence[int], height: float
) -> tuple[int, int] | None:
    """The range of the line's characters that stand where the token stands; None if that is unclear."""
    left = max((match[k] for k in range(token.first) if match[k] >= 0), default=-1)
    right = min(
        (match[k] for k in range(token.last + 1, len(segments)) if match[k] >= 0), default=len(placed)
    )
    start, end = left + 1, right
    own = [match[k] for k in range(token.first, token.last + 1) if match[k] >= 0]
    mine = token.segments(segments)
    x0, x1 = mine[0].x0 - 0.5 * height, mine[-1].x1 + 0.5 * height
    first, last = (min(own), max(own)) if own else (end, end - 1)

    def foreign(k: int) -> bool:
        # beyond the token's ink; a sign of which the cleaned image has lost the ink; a letter of the
        # word beside it (one too many for a figure is read as Latin or a digit, not as Thai)
        text = placed[k].text
        return not x0 <= placed[k].middle <= x1 or text in _PRINTED or (bool(own) and "ก" <= text <= "ฮ")

    while start < min(first, end) and foreign(start):
        start += 1
    while end - 1 > last and end > start and foreign(end - 1):
        end -= 1
    if end - start > 2 * len(mine) + 1:
        return None
    return start, end


def _consents(token: Token, mine: Sequence[Segment], old: Sequence[str], whole_line: bool) -> bool:
    """Whether what the line reader saw there leaves room for a number."""
    # a lone figure is at times read as a letter and a vowel, never with a mark above or below
    if any(not is_figure(t) and not (whole_line and t in "าะ") for t in old):
        return False
    if any(t in DIGITS for t in old):
        return all(s.whole or s.p >= CUT or s.text not in DIGITS for s in mine)
    # no digit was seen: letters may stand for one the reader cannot print, if it stands apart
    return not token.touches and _sure_alone(mine) and len(old) <= len(mine) + 1


def _goes_on(
    token: Token, match: Sequence[int], placed: Sequence[Placed], segments: Sequence[Segment]
) -> bool:
    """Whether the line reader saw a digit in the ink right beside the token: more of the same number."""
    if not token.touches:
        return False
    for k in (token.first - 1, token.last + 1):
        if 0 <= k < len(segments) and not segments[k].text and match[k] >= 0:
            if placed[match[k]].text in DIGITS:
                return True
    return False


def _write(s: Segment, crop: LineImage, old: str) -> Glyph:
    text = old if s.text == "-" and old in ("–", "—") else s.text
    return Glyph(text, crop.box_of(s.x0, s.y0, s.x1, s.y1), s.p, text == old, READER)


def _put(
    glyphs: list[Glyph],
    fit: _Fit,
    segments: Sequence[Segment],
    placed: Sequence[Placed],
    crop: LineImage,
    height: float,
) -> list[Glyph]:
    """The glyphs with the token in its place, blanks round it as the paper has them."""
    token, start, end = fit.token, fit.start, fit.end
    mine = token.segments(segments)
    new = [_write(s, crop, was) for s, was in zip(mine, fit.old, strict=True)]
    if start < end:
        a, b = placed[start].index, placed[end - 1].index + 1
    else:
        a = b = placed[start - 1].index + 1 if start else 0
    before, after = glyphs[:a], glyphs[b:]
    if token.first and before:
        before = _blank_at_end(before, segments[token.first - 1].x1, mine[0].x0, crop, height)
    if token.last + 1 < len(segments) and after:
        after = _blank_at_start(after, mine[-1].x1, segments[token.last + 1].x0, crop, height)
    return [*before, *new, *after]


def _blank_at_end(before: list[Glyph], x0: int, x1: int, crop: LineImage, height: float) -> list[Glyph]:
    """What stands before a number: a wide gap is a blank, also where it was set one character off."""
    if before[-1].text == " " or x1 - x0 < BLANK_AT * height:
        return before
    if len(before) >= 2 and before[-2].text == " ":
        before = [*before[:-2], before[-1]]
    elif x1 - x0 < _NEW_BLANK * height:
        return before
    h = crop.image.shape[0]
    return [*before, Glyph(" ", crop.box_of(x0, LINE_BORDER, x1, h - LINE_BORDER), 1.0, True)]


def _blank_at_start(after: list[Glyph], x0: int, x1: int, crop: LineImage, height: float) -> list[Glyph]:
    """What stands after a number, likewise."""
    if after[0].text == " " or x1 - x0 < BLANK_AT * height:
        return after
    if len(after) >= 2 and after[1].text == " ":
        after = [after[0], *after[2:]]
    elif x1 - x0 < _NEW_BLANK * height:
        return after
    h = crop.image.shape[0]
    return [Glyph(" ", crop.box_of(x0, LINE_BORDER, x1, h - LINE_BORDER), 1.0, True), *after]


def _agree(glyphs: tuple[Glyph, ...], second: str | None) -> tuple[Glyph, ...]:
    """Agreement of the new glyphs: the first reading's, or else the second's."""
    if second is None:
        return glyphs
    marked = mark_agreement(glyphs, second)
    return tuple(
        replace(g, agreed=bool(g.agreed or m.agreed)) if g.reader == READER else g
        for g, m in zip(glyphs, marked, strict=True)
    )
