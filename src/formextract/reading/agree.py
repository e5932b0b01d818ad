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
            glyphs = mark_agreement(one.glyphs, two.text) if two is not None else one.glyphs
            out.append(TextLine(glyphs, crop.box, "ocr", second=two.text if two is not None else None))
        elif two is not None and two.glyphs:
            weak = tuple(replace(g, agreed=False, confidence=g.confidence / 2) for g in two.glyphs)
            out.append(TextLine(weak, crop.box, "ocr", second=two.text))
        else:
            out.append(None)
    return out
