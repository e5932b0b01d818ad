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

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

GrayImage = npt.NDArray[np.uint8]
"""An image of shape (height, width), 0 black to 255 white."""
ColorImage = npt.NDArray[np.uint8]
"""An image of shape (height, width, 3) in RGB order."""
LINE_BORDER = 10
"""White pixels around the text of a ``LineImage``."""


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-parallel rectangle in points."""

    x0: float
    """Left edge."""
    y0: float
    """Top edge."""
    x1: float
    """Right edge, not smaller than ``x0``."""
    y1: float
    """Bottom edge, not smaller than ``y0``."""

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def cx(self) -> float:
        """Horizontal middle."""
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        """Vertical middle."""
        return (self.y0 + self.y1) / 2

    @property
    def area(self) -> float:
        """Area in square points."""
        return max(0.0, self.width) * max(0.0, self.height)

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    def intersection(self, other: Box) -> Box | None:
        """The common part, or None where they only touch or are apart."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def overlap_x(self, other: Box) -> float:
        """Length of the common horizontal extent, 0 if none."""
        return max(0.0, min(self.x1, other.x1) - max(self.x0, other.x0))

    def overlap_y(self, other: Box) -> float:
        """Length of the common vertical extent, 0 if none."""
        return max(0.0, min(self.y1, other.y1) - max(self.y0, other.y0))

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def grown(self, dx: float, dy: float | None = None) -> Box:
        """The box with ``dx`` added left and right, ``dy`` (default ``dx``) above and below."""
        dy = dx if dy is None else dy
        return Box(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def as_list(self, digits: int = 1) -> list[float]:
        """``[x0, y0, x1, y1]`` rounded, as the contract prints it."""
        return [round(self.x0, digits), round(self.y0, digits), round(self.x1, digits), round(self.y1, digits)]


def union_of(boxes: Iterable[Box]) -> Box:
    """The smallest box holding all of a non-empty iterable; ValueError if it is empty."""
    items = list(boxes)
    if not items:
        raise ValueError("no boxes")
    return Box(
        min(b.x0 for b in items), min(b.y0 for b in items), max(b.x1 for b in items), max(b.y1 for b in items)
    )


@dataclass(frozen=True, slots=True)
class Transform:
    """A plane homography, row by row, that maps points of one frame to another."""

    m: tuple[float, float, float, float, float, float, float, float, float] = (1, 0, 0, 0, 1, 0, 0, 0, 1)
    """The 3 x 3 matrix in row order; the last element is 1 for an affine map."""

    @classmethod
    def from_matrix(cls, matrix: npt.ArrayLike) -> Transform:
        """From a 2 x 3 or 3 x 3 array."""
        a = np.asarray(matrix, dtype=float)
        if a.shape == (2, 3):
            a = np.vstack([a, [0.0, 0.0, 1.0]])
        v = [float(x) for x in a.reshape(9)]
        return cls((v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]))

    def matrix(self) -> npt.NDArray[np.float64]:
        """The 3 x 3 array."""
        return np.array(self.m, dtype=float).reshape(3, 3)

    def inverse(self) -> Transform:
        """The map back; numpy.linalg.LinAlgError if there is none."""
        return Transform.from_matrix(np.linalg.inv(self.matrix()))

    def then(self, other: Transform) -> Transform:
        """First this map, then ``other``."""
        return Transform.from_matrix(other.matrix() @ self.matrix())

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The image of one point."""
        a, b, c, d, e, f, g, h, i = self.m
        w = g * x + h * y + i
        w = w if abs(w) > 1e-12 else math.copysign(1e-12, w)
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w

    def box(self, box: Box) -> Box:
        """The axis-parallel hull of the image of a box."""
        pts = [self.point(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs, ys = [p[0] for p in pts], [p[1] for p in pts]
        return Box(min(xs), min(ys), max(xs), max(ys))


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
    """What was done or noticed, as stable words: ``rotated_180``, ``deskewed``, ``text_layer_rotten``, ``blank`` …"""

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
    """The class of evidence by which ``confidence`` was judged (``confidence.evidence_class``); not printed."""
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
