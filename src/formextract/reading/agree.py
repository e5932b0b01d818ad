"""Two readings of the same lines brought together: where they agree, both are most likely right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from formextract.model import Glyph, LineImage, TextLine
from formextract.reading.engine import LineReading
from formextract.thai.text import clusters


def mark_agreement(glyphs: Sequence[Glyph], second: str) -> tuple[Glyph, ...]:
    """The glyphs with ``agreed`` set: True where the second text has the same cluster at that place.

    Blanks are set by geometry for both readers, so they are left out of the alignment; a blank
    counts as agreed where its neighbours are.
    """
    mine = [g.text for g in glyphs if g.text != " "]
    theirs = [c for c in clusters(second) if c != " "]
    same = [False] * len(mine)
    steps = list(Levenshtein.opcodes(mine, theirs))
    for op in steps:
        if op.tag == "equal":
            same[op.src_start : op.src_end] = [True] * (op.src_end - op.src_start)
    for op in steps:
        if op.tag == "insert":
            # the second reader saw something more here: neither neighbour is beyond doubt
            for i in (op.src_start - 1, op.src_start):
                if 0 <= i < len(same):
                    same[i] = False
    out: list[Glyph] = []
    k = 0
    for g in glyphs:
        if g.text == " ":
            before = same[k - 1] if k else True
            after = same[k] if k < len(same) else True
            out.append(replace(g, agreed=before and after))
        else:
            out.append(replace(g, agreed=same[k]))
            k += 1
    return tuple(out)


def mend_latin(first: LineReading, second: LineReading) -> tuple[Glyph, ...]:
    """The first reading's glyphs, Latin runs put in Thai where the second reader saw Thai letters only.

    A model that knows both scripts gives Latin look-alikes for Thai words at times (``Gos`` for
    เรื่อง).  Of a word that is truly Latin the Thai model makes a mixture of letters, figures and
    signs, never plain Thai, so such words stay.  What was mended is agreed by nobody.
    """
    mine = [g for g in first.glyphs if g.text != " "]
    theirs = [g for g in second.glyphs if g.text != " "]
    mended: dict[int, list[Glyph]] = {}
    for a, b, c, d in _differences([g.text for g in mine], [g.text for g in theirs]):
        run, thai = mine[a:b], theirs[c:d]
        if len(run) < 2 or len(thai) < 2 or not all(_latin(g.text) for g in run):
            continue
        # only whole words: what stands beside the run must not be Latin too
        alone = not any(_latin(mine[i].text) for i in (a - 1, b) if 0 <= i < len(mine))
        letters = sum(_thai_letter(g.text) for g in thai)
        if alone and letters >= 2 and all(_thai_letter(g.text) or g.text == "." for g in thai):
            mended[a] = [replace(g, confidence=g.confidence / 2, agreed=False) for g in thai]
            mended.update({i: [] for i in range(a + 1, b)})
    if not mended:
        return first.glyphs
    out: list[Glyph] = []
    k = 0
    for g in first.glyphs:
        if g.text == " ":
            out.append(g)
        else:
            out.extend(mended.get(k, [g]))
            k += 1
    return tuple(out)


def _differences(mine: list[str], theirs: list[str]) -> list[tuple[int, int, int, int]]:
    """Stretches in which two texts differ, neighbouring edits taken as one: ranges in both."""
    out: list[tuple[int, int, int, int]] = []
    for op in Levenshtein.opcodes(mine, theirs):
        if op.tag == "equal":
            continue
        if out and out[-1][1] == op.src_start and out[-1][3] == op.dest_start:
            out[-1] = (out[-1][0], op.src_end, out[-1][2], op.dest_end)
        else:
            out.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
    return out


def _latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _thai_letter(text: str) -> bool:
    return "\u0e01" <= text[0] <= "\u0e4e"


def combine(
    first: Sequence[LineReading], second: Sequence[LineReading] | None, crops: Sequence[LineImage]
) -> list[TextLine | None]:
    """One text line a crop, from the first reading, with the second one's agreement.

    None where the first reader saw nothing and the second did neither.  Where only the second saw
    something, its text stands, with no glyph agreed and half its confidence.
    """
    out: list[TextLine | None] = []
    others: Sequence[LineReading | None] = second if second is not None else [None] * len(first)
    for one, two, crop in zip(first, others, crops, strict=True):
        if one.glyphs:
            glyphs = one.glyphs
            if two is not None:
                marked = mark_agreement(one.glyphs, two.text)
                glyphs = mend_latin(replace(one, glyphs=marked), two)
            out.append(TextLine(glyphs, crop.box, "ocr", second=two.text if two is not None else None))
        elif two is not None and two.glyphs:
            weak = tuple(replace(g, agreed=False, confidence=g.confidence / 2) for g in two.glyphs)
            out.append(TextLine(weak, crop.box, "ocr", second=two.text))
        else:
            out.append(None)
    return out
