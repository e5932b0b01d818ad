"""What a reading engine is: line images in, characters with places and scores out.

Everything above this room sees lines through ``ReadingEngine`` alone, so that another reader can
take Tesseract's place without a change elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from formextract.model import Glyph, LineImage


@dataclass(frozen=True, slots=True)
class LineReading:
    """What an engine saw in one line image."""

    text: str
    """Normalised text (``thai.text.normalise``); empty where nothing was read."""
    confidence: float
    """0 to 1: mean of the glyphs' scores, blanks apart; 0 for an empty text."""
    glyphs: tuple[Glyph, ...]
    """Grapheme clusters and blanks left to right; joined they give ``text``."""


EMPTY_READING = LineReading("", 0.0, ())
"""Nothing was read."""


@runtime_checkable
class ReadingEngine(Protocol):
    """A reader of single lines."""

    @property
    def name(self) -> str:
        """Short stable name, such as ``tesseract:tha+eng``."""

    @property
    def version(self) -> str:
        """Version of program and model; part of the address of every result."""

    @property
    def charset(self) -> frozenset[str]:
        """Characters that it can print at all."""

    def read(self, crops: Sequence[LineImage]) -> list[LineReading]:
        """One reading a crop, in order.  EngineError if it fails, MissingDependency if it is absent."""


def reading_of(glyphs: Sequence[Glyph]) -> LineReading:
    """The reading that these glyphs make."""
    if not glyphs:
        return EMPTY_READING
    scores = [g.confidence for g in glyphs if g.text != " "]
    mean = sum(scores) / len(scores) if scores else 0.0
    return LineReading("".join(g.text for g in glyphs), mean, tuple(glyphs))
