"""What a block found: a value for one leaf of the record, with all that speaks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from formextract.mapping.stream import Span
from formextract.model import Box, EvidenceMethod


@dataclass(frozen=True, slots=True)
class Found:
    """A value for one leaf of the record."""

    path: str
    """Path in the record: ``maker.school``, ``rows[3].seq``."""
    value: Any
    """JSON value; None if nothing is printed or nothing can be read."""
    kind: str
    """How it was parsed: a ``schema.Kind``, or ``mark``, ``code``, ``label``, ``number``."""
    raw: str
    """What was printed."""
    page: int
    """1-based."""
    box: Box
    """Upright frame of the page."""
    method: EvidenceMethod
    """How it was had."""
    score: float = 1.0
    """Lowest of the reader's mean score and the label's likeness, 0 to 1."""
    weakest: float = 1.0
    """The reader's lowest score among the glyphs, 0 to 1."""
    agreed: float | None = None
    """Share of glyphs on which a second reader agreed; None without a second reading."""
    flags: frozenset[str] = frozenset()
    """What speaks for and against it:

    ``parsed`` the whole text was understood · ``exact`` it equals a known word or phrase ·
    ``known`` it was brought to a known phrase · ``twice`` printed elsewhere too, equal ·
    ``registry`` the registry knows it exactly · ``corrected`` the registry put misread letters right ·
    ``joint`` the registry knows it, but no blank was seen where print mostly has one ·
    ``blanks_known`` it is on one line, or the text layer shows the blanks at its breaks ·
    ``thai_digits`` it may hold digits that the reader cannot print ·
    ``figures`` all its digits were read by their shapes, by a reader that knows both scripts ·
    ``unbounded`` the label that should end it was not found · ``doubt`` something speaks against it ·
    ``required`` the form must have it · ``printed`` blank copies hold it too."""
    parts: tuple[str, ...] = ()
    """The printed lines of the value, for names that wrap."""
    printed_blank: bool = field(default=False)
    """Whether the place was found and holds nothing (leaders only): a sure null."""


def from_span(
    path: str,
    value: Any,
    kind: str,
    span: Span,
    *,
    likeness: float = 1.0,
    flags: frozenset[str] = frozenset(),
) -> Found:
    """A finding whose evidence is a piece of text."""
    scores = span.scores()
    agreements = [a for a in span.agreements() if a is not None]
    mean = sum(scores) / len(scores) if scores else 0.0
    if span.blanks_known():
        flags |= {"blanks_known"}
    readers = {g.reader for _, g in span.glyphs() if any(c.isdigit() for c in g.text)}
    if readers == {"figures"}:
        flags = (flags - {"thai_digits"}) | {"figures"}
    return Found(
        path=path,
        value=value,
        kind=kind,
        raw=" ".join(span.raw.split()),
        page=span.page(),
        box=span.box(),
        method=span.method(),
        score=min(mean, likeness) if scores else likeness,
        weakest=min(scores) if scores else 0.0,
        agreed=sum(agreements) / len(agreements) if agreements else None,
        flags=flags,
        parts=tuple(span.parts()),
        printed_blank=value is None and not scores,
    )
