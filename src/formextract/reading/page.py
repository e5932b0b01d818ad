"""The lines of a page, read."""

from __future__ import annotations

from collections.abc import Sequence

from formextract.model import LineImage, TextLine
from formextract.reading.agree import combine
from formextract.reading.engine import ReadingEngine
from formextract.reading.figures import FigureReader


def read_lines(
    crops: Sequence[LineImage],
    engine: ReadingEngine,
    second: ReadingEngine | None = None,
    figures: FigureReader | None = None,
) -> list[TextLine | None]:
    """Text lines of the crops, in their order, one entry a crop; None where nothing could be read.

    The order is kept so that the caller knows each line's cell (``crops[i].cell``).  Numbers are
    read anew by ``figures`` at the end, if it is given.
    EngineError or MissingDependency if an engine fails.
    """
    if not crops:
        return []
    first = engine.read(crops)
    other = second.read(crops) if second is not None else None
    lines = combine(first, other, crops)
    return figures.reread(lines, crops) if figures is not None else lines
