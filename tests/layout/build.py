"""Hand-made lines and rules for the layout tests."""

from __future__ import annotations

from formextract.model import Box, Glyph, Method, Rule, TextLine, union_of
from formextract.thai.text import clusters


def line(
    text: str, x: float, y: float, *, width: float = 6.0, height: float = 14.0, method: Method = "text_layer"
) -> TextLine:
    """A line whose left foot stands at (x, y), each cluster ``width`` points wide."""
    glyphs = []
    for i, cluster in enumerate(clusters(text)):
        x0 = x + i * width
        glyphs.append(Glyph(cluster, Box(x0, y - height, x0 + width, y)))
    return TextLine(tuple(glyphs), union_of(g.box for g in glyphs), method)


def texts(lines: object) -> list[str]:
    """The texts of lines."""
    return [ln.text for ln in lines]  # type: ignore[attr-defined]


def hrule(x0: float, x1: float, y: float, thick: float = 0.5) -> Rule:
    """A horizontal rule."""
    return Rule(Box(x0, y - thick / 2, x1, y + thick / 2), True)


def vrule(x: float, y0: float, y1: float, thick: float = 0.5) -> Rule:
    """A vertical rule."""
    return Rule(Box(x - thick / 2, y0, x + thick / 2, y1), False)


def lattice(xs: list[float], ys: list[float]) -> list[Rule]:
    """All rules of a full table."""
    return [hrule(xs[0], xs[-1], y) for y in ys] + [vrule(x, ys[0], ys[-1]) for x in xs]


def joined(*parts: TextLine) -> TextLine:
    """Lines on one height as one line, a blank glyph in each gap, as text layers have it."""
    glyphs: list[Glyph] = []
    for part in parts:
        if glyphs:
            last = glyphs[-1].box
            glyphs.append(Glyph(" ", Box(last.x1, last.y0, part.box.x0, last.y1)))
        glyphs.extend(part.glyphs)
    return TextLine(tuple(glyphs), union_of(g.box for g in glyphs), parts[0].method)
