"""What a PDF page draws, in the order in which it draws it: characters, paths, pictures.

pdfplumber opens the file and pdfminer, on which it stands, interprets the page; the device here
keeps what their own converters drop and what hidden text is told by: the text rendering mode, the
drawing order, masks of pictures.
All coordinates are points in the source frame (``/Rotate`` applied, y downward).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_pt, decode_text, mult_matrix

from formextract.model import Box
from formextract.pages.symbols import LOST, symbol_text

MAX_OBJECTS = 200_000
"""A page that draws more is read as an image: no form does, drawings exported from CAD do."""
MAX_SECONDS = 20.0
"""A page that takes longer to interpret is read as an image; forms take tenths of a second."""

_HIDDEN_MODES = {3, 7}
_BOLD_MODES = {2}
_SILENT_ANNOTATIONS = {"Popup", "Link", "Highlight", "Underline", "StrikeOut", "Squiggly"}
_FLAG_HIDDEN, _FLAG_NO_VIEW = 2, 32


class TooComplex(Exception):
    """The page draws more than a form can; it is read as an image."""


@dataclass(frozen=True, slots=True)
class Char:
    """One drawn character (a glyph may stand for several code points)."""

    text: str
    """Its code points as the font maps them; U+FFFD where it maps nothing."""
    x: float
    """Left end of its advance."""
    y: float
    """Baseline."""
    advance: float
    """Width that it takes on the line, 0 for most marks."""
    size: float
    """Font size in points as drawn."""
    font: str
    """Name of the font without its subset tag."""
    order: int
    """Position in the page's drawing order."""
    invisible: bool
    """Drawn in a rendering mode that leaves no ink."""
    upright: bool
    """Whether it runs left to right, as viewed."""
    bold: bool
    """Whether its font is a bold one, or it is stroked beside being filled."""

    @property
    def x1(self) -> float:
        """Right end of its advance."""
        return self.x + self.advance

    @property
    def box(self) -> Box:
        """From 0.72 em above to 0.25 em below the baseline, the same for all fonts."""
        return Box(self.x, self.y - 0.72 * self.size, self.x1, self.y + 0.25 * self.size)


@dataclass(frozen=True, slots=True)
class Path:
    """One painted subpath."""

    points: tuple[tuple[float, float], ...]
    """Its corners and end points of curves, without the closing repetition."""
    curved: bool
    """Whether it has Bézier segments."""
    closed: bool
    """Whether it returns to its start."""
    stroked: bool
    """Whether its outline is drawn."""
    filled: bool
    """Whether its inside is painted."""
    line_width: float
    """Stroke width."""
    order: int
    """Position in the page's drawing order."""
    operation: int
    """Subpaths of one painting operation share this number: together they may be a frame."""

    @property
    def box(self) -> Box:
        """Hull of its points."""
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Picture:
    """One embedded image."""

    box: Box
    """Where it stands."""
    pixels: tuple[int, int]
    """Its width and height in pixels."""
    see_through: bool
    """Whether it is a mask or has one, so that what lies below may show."""
    order: int
    """Position in the page's drawing order."""


@dataclass(slots=True)
class PageObjects:
    """All that a page draws."""

    width: float
    """Points, as viewed."""
    height: float
    """Points, as viewed."""
    chars: list[Char] = field(default_factory=list)
    """In drawing order."""
    paths: list[Path] = field(default_factory=list)
    """In drawing order."""
    pictures: list[Picture] = field(default_factory=list)
    """In drawing order."""
    bare_values: int = 0
    """Form fields that have a value but no drawing of it in the file."""


class _Device(PDFTextDevice):
    """Collects a page's objects while pdfminer interprets it."""

    def __init__(self, manager: PDFResourceManager, out: PageObjects) -> None:
        super().__init__(manager)
        self.out = out
        self.order = 0
        self.deadline = time.monotonic() + MAX_SECONDS
        self.mode = 0
        self.actual: list[tuple[str | None, int]] = []

    def _count(self) -> int:
        self.order += 1
        if self.order > MAX_OBJECTS or (self.order % 512 == 0 and time.monotonic() > self.deadline):
            raise TooComplex
        return self.order

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        text = None
        if isinstance(props, dict) and "ActualText" in props:
            value = resolve1(props["ActualText"])
            text = decode_text(value) if isinstance(value, bytes) else None
        self.actual.append((text, len(self.out.chars)))

    def end_tag(self) -> None:
        if self.actual:
            text, start = self.actual.pop()
            if text is not None:
                self._apply_actual_text(text, start)

    def _apply_actual_text(self, text: str, start: int) -> None:
        """Puts /ActualText in the place of glyphs that the font cannot name; sound glyphs keep their own."""
        chars = self.out.chars[start:]
        if not 1 <= len(chars) <= 4 or not text.strip() or not any(LOST.search(c.text) for c in chars):
            return
        first = chars[0]
        self.out.chars[start:] = [
            Char(
                text, first.x, first.y, sum(c.advance for c in chars), first.size, first.font, first.order,
                first.invisible, first.upright, first.bold,
            )
        ]  # fmt: skip

    def render_string(
        self, textstate: PDFTextState, seq: Any, ncs: Any, graphicstate: PDFGraphicState
    ) -> None:
        self.mode = textstate.render if isinstance(textstate.render, int) else 0
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: PDFGraphicState,
    ) -> float:
        order = self._count()
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        name = str(font.fontname or "").split("+")[-1]
        text = symbol_text(name, text, cid) or text
        advance = font.char_width(cid) * fontsize * scaling
        a, b, c, d, _, _ = matrix
        x, y = apply_matrix_pt(matrix, (0, rise))
        along = (a * a + b * b) ** 0.5
        # y runs downward here: an upright letter has a positive a and a negative d
        upright = a > 0 and d < 0 and abs(b) < 0.05 * a and abs(c) < 0.4 * -d and not font.is_vertical()
        self.out.chars.append(
            Char(
                text=text,
                x=x,
                y=y,
                advance=max(0.0, advance * along),
                size=abs(fontsize) * (c * c + d * d) ** 0.5,
                font=name,
                order=order,
                invisible=self.mode in _HIDDEN_MODES,
                upright=upright,
                bold=self.mode in _BOLD_MODES or "bold" in name.casefold(),
            )
        )
        return float(advance)

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        if not (stroke or fill):
            return
        assert self.ctm is not None
        a, b, c, d, _, _ = self.ctm
        width = float(gstate.linewidth or 0) * abs(a * d - b * c) ** 0.5
        operation = self._count()
        piece: list[Any] = []
        for segment in [*path, ("m",)]:
            if segment[0] == "m" and piece:
                self._add_subpath(piece, stroke, fill, width, operation)
                piece = []
            piece.append(segment)

    def _add_subpath(self, piece: list[Any], stroke: bool, fill: bool, width: float, operation: int) -> None:
        order = self._count()
        assert self.ctm is not None
        points = [apply_matrix_pt(self.ctm, (float(s[-2]), float(s[-1]))) for s in piece if len(s) >= 3]
        if len(points) < 2:
            return
        closed = piece[-1][0] == "h" or points[0] == points[-1]
        while len(points) > 2 and points[-1] == points[0]:
            points.pop()
        curved = any(s[0] in "cvy" for s in piece)
        self.out.paths.append(Path(tuple(points), curved, closed, stroke, fill, width, order, operation))

    def begin_figure(self, name: str, bbox: Any, matrix: Matrix) -> None:
        self._count()

    def end_figure(self, name: str) -> None:
        self._count()

    def render_image(self, name: str, stream: PDFStream) -> None:
        order = self._count()
        assert self.ctm is not None
        corners = [apply_matrix_pt(self.ctm, p) for p in ((0, 0), (1, 0), (0, 1), (1, 1))]
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        pixels = _number(stream.get_any(("W", "Width"))), _number(stream.get_any(("H", "Height")))
        masks = (("IM", "ImageMask"), ("SMask",), ("Mask",))
        masked = any(resolve1(stream.get_any(keys)) not in (None, False) for keys in masks)
        self.out.pictures.append(Picture(Box(min(xs), min(ys), max(xs), max(ys)), pixels, masked, order))


def read_objects(page: PDFPage, manager: PDFResourceManager) -> PageObjects:
    """Interprets a page and the visible annotations on it.

    TooComplex if it draws more than MAX_OBJECTS or takes more than MAX_SECONDS; on damaged
    content pdfminer's own exceptions of many kinds.
    """
    x0, y0, x1, y1 = _visible_box(page)
    turn = page.rotate % 360
    turns: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    width, height = (y1 - y0, x1 - x0) if turn in (90, 270) else (x1 - x0, y1 - y0)
    ctm = mult_matrix(turns.get(turn, (1, 0, 0, 1, -x0, -y0)), (1, 0, 0, -1, 0, height))
    out = PageObjects(width, height)
    device = _Device(manager, out)
    PDFPageInterpreter(manager, device).render_contents(page.resources, page.contents, ctm=ctm)
    for annotation in list_value(page.annots) if page.annots else []:
        _read_annotation(dict_value(annotation), ctm, manager, device)
    return out


def _visible_box(page: PDFPage) -> tuple[float, float, float, float]:
    """The crop box inside the media box, as viewers show it."""
    mx0, my0, mx1, my1 = (float(v) for v in page.mediabox)
    cx0, cy0, cx1, cy1 = (float(v) for v in page.cropbox)
    mx0, mx1, my0, my1 = min(mx0, mx1), max(mx0, mx1), min(my0, my1), max(my0, my1)
    cx0, cx1, cy0, cy1 = min(cx0, cx1), max(cx0, cx1), min(cy0, cy1), max(cy0, cy1)
    box = max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1)
    return box if box[0] < box[2] and box[1] < box[3] else (mx0, my0, mx1, my1)


def _read_annotation(
    annotation: dict[str, Any], ctm: Matrix, manager: PDFResourceManager, device: _Device
) -> None:
    """Interprets an annotation's normal appearance where a viewer shows it (ISO 32000-1, 12.5.5)."""
    subtype = getattr(resolve1(annotation.get("Subtype")), "name", "")
    flags = _number(resolve1(annotation.get("F")))
    if subtype in _SILENT_ANNOTATIONS or flags & (_FLAG_HIDDEN | _FLAG_NO_VIEW):
        return
    stream = _appearance(annotation)
    if stream is None:
        if subtype in ("Widget", "FreeText") and _has_value(annotation):
            device.out.bare_values += 1
        return
    bbox = [float(resolve1(v)) for v in list_value(stream.get("BBox", [0, 0, 1, 1]))]
    a, b, c, d, e, f = (float(resolve1(v)) for v in list_value(stream.get("Matrix", MATRIX_IDENTITY)))
    matrix: Matrix = (a, b, c, d, e, f)
    corners = [apply_matrix_pt(matrix, (x, y)) for x in bbox[0::2] for y in bbox[1::2]]
    hx0, hx1 = min(p[0] for p in corners), max(p[0] for p in corners)
    hy0, hy1 = min(p[1] for p in corners), max(p[1] for p in corners)
    rect = [float(resolve1(v)) for v in list_value(annotation["Rect"])]
    rx0, rx1, ry0, ry1 = min(rect[0::2]), max(rect[0::2]), min(rect[1::2]), max(rect[1::2])
    sx = (rx1 - rx0) / (hx1 - hx0) if hx1 > hx0 else 1.0
    sy = (ry1 - ry0) / (hy1 - hy0) if hy1 > hy0 else 1.0
    fit: Matrix = (sx, 0, 0, sy, rx0 - hx0 * sx, ry0 - hy0 * sy)
    resources = dict_value(stream["Resources"]) if "Resources" in stream else {}
    PDFPageInterpreter(manager, device).render_contents(
        resources, [stream], ctm=mult_matrix(mult_matrix(matrix, fit), ctm)
    )


def _appearance(annotation: dict[str, Any]) -> PDFStream | None:
    normal = resolve1(dict_value(annotation.get("AP") or {}).get("N"))
    if isinstance(normal, dict):
        state = getattr(resolve1(annotation.get("AS")), "name", "")
        normal = resolve1(normal.get(state))
    return normal if isinstance(normal, PDFStream) else None


def _has_value(annotation: dict[str, Any]) -> bool:
    """Whether a field (or the field that this widget is part of) holds text, or a note its contents."""
    for key in ("V", "Contents"):
        value = resolve1(annotation.get(key))
        if isinstance(value, bytes) and decode_text(value).strip():
            return True
    parent = resolve1(annotation.get("Parent"))
    value = resolve1(parent.get("V")) if isinstance(parent, dict) else None
    return isinstance(value, bytes) and bool(decode_text(value).strip())


def _number(value: Any) -> int:
    value = resolve1(value)
    return int(value) if isinstance(value, (int, float)) else 0
