"""Which lines are printed bold, told by their ink: font names do not tell it of simulated bold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formextract.model import Box, GrayImage, TextLine
from formextract.pages.visibility import PROBE_DPI

HEAVIER = 1.22
"""A line with this much more ink for its area than usual is bold; TH Sarabun Bold has about 1.35 times."""
HEAVIER_SHORT = 1.4
"""The same for lines of few letters, whose shapes weigh in more."""
_FEW = 8


def mark_bold(lines: Sequence[TextLine], page: GrayImage) -> tuple[TextLine, ...]:
    """The lines with ``bold`` set where the font's name or the ink on the page (at PROBE_DPI) says so.

    The page's usual weight is that of the lighter half of its letters: forms with a page of bold
    headings still have lighter print somewhere, and if they have not, nothing is heavier than usual.
    """
    counts, densities = [], []
    for line in lines:
        boxes = [g.box for g in line.glyphs if g.text[0].isalnum()]
        counts.append(len(boxes))
        densities.append(_density(page, boxes) if boxes else 0.0)
    usual = _usual(counts, densities)
    if usual <= 0:
        return tuple(lines)
    return tuple(
        replace(line, bold=line.bold or density > usual * (HEAVIER if count > _FEW else HEAVIER_SHORT))
        for line, count, density in zip(lines, counts, densities, strict=True)
    )


def _density(page: GrayImage, boxes: Sequence[Box]) -> float:
    """Mean darkness (0 white to 1 black) of the letters' boxes, weighted by area."""
    scale = PROBE_DPI / 72
    dark, area = 0.0, 0
    for box in boxes:
        part = page[
            max(0, round(box.y0 * scale)) : max(0, round(box.y1 * scale)),
            max(0, round(box.x0 * scale)) : max(0, round(box.x1 * scale)),
        ]
        if part.size:
            # measured against the ground, be it white, shaded or dark with light print
            dark += float(np.abs(part - np.median(part)).sum()) / 255
            area += part.size
    return dark / area if area else 0.0


def _usual(counts: Sequence[int], densities: Sequence[float]) -> float:
    """The 35th percentile of density, each letter counting once."""
    order = sorted(range(len(counts)), key=lambda i: densities[i])
    rest = 0.35 * sum(counts)
    for index in order:
        rest -= counts[index]
        if rest <= 0:
            return densities[index]
    return 0.0
