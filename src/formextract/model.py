"""The frozen types that pass between the stages.

    SourceFile -> Page -> PageContent -> FormPages -> Document (record + evidence + matches)

Geometry everywhere: PDF points (1/72 inch), origin at the page's top left, x to the right,
y downward.  Pages count from 1; indexes into sequences from 0.  Two frames exist:

* the *source* frame: the page as a viewer shows the file (``/Rotate`` applied);
* the *upright* frame: the page turned to its reading orientation and deskewed.

Everything that is read is measured in the upright frame; ``PageContent.to_source`` brings a
point back, and only evidence that leaves the program is given in the source frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from formextract.geometry import Box, Transform, union_of

__all__ = [
    "LINE_BORDER",
    "Box",
    "Candidate",
    "Cell",
    "ColorImage",
    "Decision",
    "Document",
    "Evidence",
    "EvidenceMethod",
    "Extraction",
    "Glyph",
    "GrayImage",
    "Issue",
    "LineImage",
    "Mark",
    "Match",
    "Method",
    "Outcome",
    "PageContent",
    "Problem",
    "Raster",
    "Rule",
    "Severity",
    "SourceFile",
    "Status",
    "Table",
    "TextLine",
    "Transform",
    "union_of",
]

GrayImage = npt.NDArray[np.uint8]
"""An image of shape (height, width), 0 black to 255 white."""
ColorImage = npt.NDArray[np.uint8]
"""An image of shape (height, width, 3) in RGB order."""
LINE_BORDER = 10
"""White pixels around the text of a ``LineImage``."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that passed the intake checks."""

    path: Path
    """Where it lies, as given by the caller."""
    sha256: str
    """Hash of its bytes, 64 lower-case hex digits."""
    media_type: str
    """Found from its first bytes, never from its name: ``application/pdf``, ``image/tiff``, …"""
    size: int
    """Bytes."""
    page_count: int
    """Number of pages or frames, at least 1."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as pixels in its source orientation."""

    color: ColorImage
    """RGB, shape (height, width, 3)."""
    dpi: float
    """Pixels per inch in both directions, as declared or, where nothing credible is declared, estimated."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One grapheme cluster (a base letter with its marks), or one blank, of a line."""

    text: str
    """The cluster; a blank is a single U+0020."""
    box: Box
    """Where it stands, upright frame."""
    confidence: float = 1.0
    """0 to 1: the reader's own score, not yet a probability."""
    agreed: bool | None = None
    """Whether a second reader saw the same here; None if there was no second reading."""
    reader: str = ""
    """``figures`` where the figure reader wrote it, empty for the line reader or the text layer."""


Method = Literal["text_layer", "ocr"]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line within one column or cell, in reading order."""

    glyphs: tuple[Glyph, ...]
    """Left to right, never empty."""
    box: Box
    """Hull of the line, upright frame."""
    method: Method
    """How it was read."""
    wraps_with_blank: bool | None = None
    """Whether a blank was printed at the end, before the break; None where that cannot be seen (scans)."""
    bold: bool = False
    """Whether the print is heavier than the page's usual print."""
    second: str | None = None
    """The second reader's text of the whole line, if there was one."""

    @property
    def text(self) -> str:
        """The characters of the line, normalised (see ``thai.text.normalise``)."""
        return "".join(g.text for g in self.glyphs)

    @property
    def confidence(self) -> float:
        """Mean score of the glyphs that are not blanks; 0 if there are none."""
        scores = [g.confidence for g in self.glyphs if g.text != " "]
        return sum(scores) / len(scores) if scores else 0.0


@dataclass(frozen=True, slots=True)
class LineImage:
    """One text line cut out of a page, ready to be read: nothing of other lines, rules or leaders in it."""

    image: GrayImage
    """Shape (height, width), white border of 10 pixels on each side."""
    box: Box
    """What ``image`` without its border covers, upright frame; ``x0`` belongs to pixel column 10."""
    scale: float
    """Pixels per point."""
    cell: int | None = None
    """Index of the table cell it stands in, in the order the cells were given; None outside cells."""

    def box_of(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A pixel rectangle of ``image`` as a box on the page."""
        b, s = self.box, self.scale
        return Box(
            b.x0 + (x0 - LINE_BORDER) / s,
            b.y0 + (y0 - LINE_BORDER) / s,
            b.x0 + (x1 - LINE_BORDER) / s,
            b.y0 + (y1 - LINE_BORDER) / s,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn straight line, horizontal or vertical."""

    box: Box
    """Its extent; the thin side is the stroke's width."""
    horizontal: bool
    """True for a horizontal rule."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick box (square or round) or a bracket pair, printed to be ticked."""

    box: Box
    """The box's outline, upright frame."""
    checked: bool | None
    """True ticked, False empty, None if it cannot be told."""
    score: float
    """0 to 1: how sure ``checked`` is."""
    kind: Literal["square", "circle", "brackets"] = "square"
    """The printed shape."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a ruled table."""

    box: Box
    """Its inner extent."""
    row: int
    """0-based first row."""
    col: int
    """0-based first column."""
    rowspan: int = 1
    """Rows covered."""
    colspan: int = 1
    """Columns covered."""
    lines: tuple[TextLine, ...] = ()
    """Its lines, top to bottom."""

    @property
    def text(self) -> str:
        """Its lines joined by line feeds."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table, or the part of one that stands on one page."""

    box: Box
    """Outer extent."""
    n_rows: int
    """Number of rows of the finest grid."""
    n_cols: int
    """Number of columns of the finest grid."""
    cells: tuple[Cell, ...]
    """In row order, then column order; a spanned position belongs to one cell only."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that was read on one page, in the upright frame."""

    number: int
    """1-based page number in the file."""
    width: float
    """Points, upright."""
    height: float
    """Points, upright."""
    method: Method
    """Whether the text comes from the text layer or from reading the image."""
    lines: tuple[TextLine, ...]
    """Every line that stands in no table cell, top to bottom, then left to right."""
    tables: tuple[Table, ...] = ()
    """Ruled tables with their cells' lines, top to bottom."""
    rules: tuple[Rule, ...] = ()
    """All drawn rules."""
    marks: tuple[Mark, ...] = ()
    """All tick boxes."""
    to_source: Transform = field(default_factory=Transform)
    """Upright points to source points."""
    notes: tuple[str, ...] = ()
    """What was done or noticed, as stable words: ``rotated_180``, ``deskewed``, ``blank`` …"""

    def all_lines(self) -> list[TextLine]:
        """Free lines and table lines together, top to bottom, then left to right."""
        lines = list(self.lines) + [ln for t in self.tables for c in t.cells for ln in c.lines]
        return sorted(lines, key=lambda ln: (ln.box.cy, ln.box.x0))


class Decision(StrEnum):
    """What is to be done with a value, a link or a document."""

    ACCEPTED = "accepted"
    """Nobody needs to look."""
    REVIEW = "review"
    """A clerk looks."""
    NONE = "none"
    """Links only: no candidate is near."""


class Outcome(StrEnum):
    """The ordinary ends of a file."""

    EXTRACTED = "extracted"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"
    UNKNOWN_FORM = "unknown_form"


class Status(StrEnum):
    """How far a form is filled in."""

    FILLED = "filled"
    BLANK_TEMPLATE = "blank_template"
    PARTIAL = "partial"


class Severity(StrEnum):
    """How bad a broken rule is."""

    ERROR = "error"
    """The record cannot be published before a clerk has looked."""
    WARNING = "warning"
    """Likely wrong; shown to the clerk, published all the same."""
    INFO = "info"
    """Worth knowing."""


EvidenceMethod = Literal["text_layer", "ocr", "mark", "carried_down", "derived"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one value of a record comes from."""

    raw: str
    """What was printed, normalised only in its code points (Thai digits stay)."""
    confidence: float
    """Probability that the record's value is right, 0 to 1."""
    decision: Decision
    """Whether the value may stand unseen."""
    page: int
    """1-based page in the file."""
    bbox: Box
    """Source frame, points."""
    method: EvidenceMethod
    """How the value was had."""
    basis: str = ""
    """Class of evidence by which ``confidence`` was judged (``confidence.evidence_class``); not printed."""
    score: float = 0.0
    """The reader's score within that class, 0 to 1; not printed."""

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "raw": self.raw,
            "confidence": round(self.confidence, 4),
            "decision": self.decision.value,
            "page": self.page,
            "bbox": self.bbox.as_list(),
            "method": self.method,
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """One registry entry that a printed name may mean."""

    code: str
    """School code (10 digits) or area-office code."""
    name: str
    """The registry's spelling; schools with โรงเรียน in front."""
    score: float
    """0 to 1 likeness after weighing."""
    area_office: str | None = None
    """The entry's area office, short form."""
    why: tuple[str, ...] = ()
    """Reasons in English, each one clause."""

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "school_code": self.code,
            "name": self.name,
            "score": round(self.score, 4),
            "area_office": self.area_office,
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True)
class Match:
    """The link of a printed name to the registry."""

    decision: Decision
    """accepted, review or none."""
    code: str | None
    """Best candidate's code, also in review; None if there is no candidate."""
    name: str | None
    """Best candidate's registry spelling."""
    score: float
    """Best candidate's score, 0 to 1; 0 without candidates."""
    margin: float
    """Distance to the second candidate's score; equal to ``score`` if there is no second."""
    why: tuple[str, ...] = ()
    """Reasons for the decision."""
    candidates: tuple[Candidate, ...] = ()
    """Best first, at most 5."""
    kind: Literal["school", "area_office"] = "school"
    """What was looked up."""

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "decision": self.decision.value,
            "school_code" if self.kind == "school" else "office_code": self.code,
            "name": self.name,
            "score": round(self.score, 4),
            "margin": round(self.margin, 4),
            "why": list(self.why),
            "candidates": [c.as_json() for c in self.candidates],
        }


@dataclass(frozen=True, slots=True)
class Issue:
    """A rule that a record breaks."""

    rule: str
    """Stable snake_case name."""
    severity: Severity
    """How bad."""
    path: str
    """Path in the record, empty for the whole."""
    message: str
    """One English sentence with the printed Thai words quoted; no personal data."""
    message_th: str = ""
    """The same in Thai, for the desk."""

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "path": self.path,
            "message": self.message,
            "message_th": self.message_th,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """One form found in a file."""

    doc_type: str
    """A ``doc_type`` of the contract, or ``unknown``."""
    doc_type_confidence: float
    """Probability that the type is right."""
    mapping: str | None
    """``name@year`` of the mapping used; None for ``unknown``."""
    pages: tuple[int, ...]
    """1-based pages in the file."""
    status: Status
    """How far it is filled in."""
    record: Mapping[str, Any]
    """The typed record as plain JSON values."""
    evidence: Mapping[str, Evidence]
    """By path in the record."""
    matches: Mapping[str, Match]
    """By path in the record."""
    issues: tuple[Issue, ...]
    """Broken rules."""
    decision: Decision
    """accepted or review."""
    text: str | None = None
    """The plain text, kept for ``unknown`` only."""

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        out: dict[str, Any] = {
            "doc_type": self.doc_type,
            "doc_type_confidence": round(self.doc_type_confidence, 4),
            "mapping": self.mapping,
            "pages": list(self.pages),
            "status": self.status.value,
            "record": dict(self.record),
            "evidence": {k: v.as_json() for k, v in self.evidence.items()},
            "matches": {k: v.as_json() for k, v in self.matches.items()},
            "issues": [i.as_json() for i in self.issues],
            "decision": self.decision.value,
        }
        if self.text is not None:
            out["text"] = self.text
        return out


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file could not be read, for people."""

    code: str
    """Stable snake_case word."""
    message: str
    """What is wrong, one English sentence."""
    remedy: str
    """What to do about it, one English sentence."""

    def as_json(self) -> dict[str, str]:
        """The contract's object."""
        return {"code": self.code, "message": self.message, "remedy": self.remedy}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of one file."""

    path: str
    """As given."""
    sha256: str | None
    """None if the bytes could not be read."""
    media_type: str | None
    """None if unknown."""
    page_count: int | None
    """None if unknown."""
    outcome: Outcome
    """How it ended."""
    problem: Problem | None = None
    """Set exactly when ``outcome`` is unreadable."""
    documents: tuple[Document, ...] = ()
    """In page order."""
    contents: Sequence[PageContent] = field(default=(), compare=False, repr=False)
    """The pages as read, for drawing and for the desk's crops; not printed."""

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "source": {
                "path": self.path,
                "sha256": self.sha256,
                "media_type": self.media_type,
                "page_count": self.page_count,
            },
            "outcome": self.outcome.value,
            "problem": self.problem.as_json() if self.problem else None,
            "documents": [d.as_json() for d in self.documents],
        }
