"""From a raster as it came to a clean, upright page for reading."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from formextract.imaging.arrays import as_bytes
from formextract.imaging.sheet import find_sheet
from formextract.imaging.skew import estimate_skew
from formextract.imaging.tone import (
    flatten_light,
    is_bitonal,
    measure_noise,
    paint_dark_edges,
    smooth_grain,
    stretch_tone,
)
from formextract.model import ColorImage, GrayImage, Raster, Transform

WORKING_DPI = 300.0
"""Resolution at which lines are found and read."""
_FAX_WIDTHS = (1728, 2048, 2432)
_FAX_STRETCH = 204 / 98


@dataclass(frozen=True)
class CleanPage:
    """A page turned, straightened, evenly lit and brought to the working resolution."""

    gray: GrayImage
    """For reading: coloured ink (stamps) taken out, white background."""
    ink: GrayImage
    """For tick marks: all ink, also blue pens."""
    dpi: float
    """Pixels per inch of both images, in both directions."""
    width: float
    """Points, upright."""
    height: float
    """Points, upright."""
    to_source: Transform
    """Upright points to points of the source page (72 / the raster's dpi times its pixels)."""
    notes: tuple[str, ...] = ()
    """Stable words: see ``measure_quality``; also ``rotated_90`` …, ``deskewed``, ``rectified``, ``fax``."""
    noise: float = 0.0
    """Standard deviation of the grain on the white paper before cleaning, in grey levels."""

    @property
    def scale(self) -> float:
        """Pixels per point."""
        return self.dpi / 72.0


def measure_quality(gray: GrayImage, *, noise: float = 0.0, skew: float = 0.0) -> tuple[str, ...]:
    """Stable words about an evenly lit page: ``blank``, ``black``, ``noisy``, ``skewed_<degrees>``.

    ``gray`` is the page with white paper near 255; ``noise`` in grey levels, ``skew`` in degrees.
    """
    notes = []
    small = gray
    if min(gray.shape) > 400:
        small = as_bytes(cv2.resize(gray, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA))
    inner = small[small.shape[0] // 40 :, small.shape[1] // 40 :]
    if float(np.mean(inner < 128)) > 0.7:
        notes.append("black")
    elif float(np.mean(inner < 160)) < 0.0002:
        notes.append("blank")
    if noise > 6.0:
        notes.append("noisy")
    if abs(skew) >= 0.3:
        notes.append(f"skewed_{abs(skew):.1f}")
    return tuple(notes)


def _flat_channels(color: ColorImage) -> tuple[GrayImage, GrayImage]:
    """Evenly lit maximum and minimum channel of an RGB image."""
    probe = color[:: max(1, color.shape[0] // 300), :: max(1, color.shape[1] // 300)].astype(np.int16)
    if int(np.max(np.ptp(probe, axis=2))) <= 12:
        gray = flatten_light(np.ascontiguousarray(color[:, :, 1]))
        return gray, gray
    # each channel by its own paper: yellow lamp light would else pass for ink in the blue channel
    r, g, b = (flatten_light(np.ascontiguousarray(color[:, :, i])) for i in range(3))
    high, low = cv2.max(cv2.max(r, g), b), cv2.min(cv2.min(r, g), b)
    # stamps are lifted beyond their brightest channel, which pale seals need
    return as_bytes(cv2.addWeighted(high, 1.6, low, -0.6, 0.0)), as_bytes(low)


def _turn_matrix(turns: int, w: int, h: int) -> npt.NDArray[np.float64]:
    """Pixels of the source to pixels of ``np.rot90(source, turns)``."""
    m = {
        0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        1: [[0, 1, 0], [-1, 0, w], [0, 0, 1]],
        2: [[-1, 0, w], [0, -1, h], [0, 0, 1]],
        3: [[0, -1, h], [1, 0, 0], [0, 0, 1]],
    }[turns % 4]
    return np.array(m, dtype=float)


def _rotation(degrees: float, w: float, h: float) -> npt.NDArray[np.float64]:
    m = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
    return np.vstack([m, [0.0, 0.0, 1.0]])


def clean_page(
    raster: Raster,
    *,
    quarter_turns: int = 0,
    deskew: bool = True,
    rectify: bool = True,
    working_dpi: float = WORKING_DPI,
) -> CleanPage:
    """Bring a page to the state in which lines are found and read.

    ``quarter_turns`` is the number of counter-clockwise quarter turns that make the page upright
    (see ``orientation.quarter_turns``).  Steps: even light per colour channel; coloured ink apart;
    the sheet cut out of a photograph; skew up to 5 degrees; one single resampling to
    ``working_dpi``; grain smoothed as far as it was measured; dark scanner edges painted white.
    """
    color = np.ascontiguousarray(np.rot90(raster.color, quarter_turns % 4))
    src_h, src_w = raster.color.shape[:2]
    to_px = _turn_matrix(quarter_turns, src_w, src_h)
    notes: list[str] = [f"rotated_{90 * (quarter_turns % 4)}"] if quarter_turns % 4 else []
    h, w = color.shape[:2]
    bitonal = is_bitonal(color)
    if bitonal:
        notes.append("fax")

    # The sheet, when the picture shows more than the sheet.
    quad = find_sheet(color) if rectify and not bitonal and min(h, w) > 300 else None
    if quad is not None:
        notes.append("rectified")
        tl, tr, br, bl = quad
        qw = max(np.linalg.norm(tr - tl), np.linalg.norm(br - bl))
        qh = max(np.linalg.norm(bl - tl), np.linalg.norm(br - tr))
        target = np.array([[0, 0], [qw, 0], [qw, qh], [0, qh]], dtype=np.float32)
        step = np.asarray(cv2.getPerspectiveTransform(quad.astype(np.float32), target), dtype=float)
        size = (round(qw), round(qh))
        color = as_bytes(
            cv2.warpPerspective(color, step, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        )
        to_px, h, w = step @ to_px, round(qh), round(qw)

    noise = 0.0 if bitonal else measure_noise(np.ascontiguousarray(color[:, :, 1]))
    read, ink = _flat_channels(color)

    # Group 3 fax in 'standard' resolution has half as many rows as columns to the inch.
    stretch = _FAX_STRETCH if bitonal and src_w in _FAX_WIDTHS and w / h > 1.48 else 1.0
    dpi = raster.dpi
    factor = working_dpi / dpi
    if quad is not None:
        # A photograph's dpi says nothing about the sheet: nearly all paper here is A4.
        factor = working_dpi * 11.69 / max(w, h)
        dpi = working_dpi / factor
    skew = estimate_skew(read, dpi) if deskew and stretch == 1.0 else 0.0
    sx, sy = factor, factor * stretch
    if bitonal:
        # Jagged edges grow into false strokes; a light blur before enlarging rounds them.
        read = as_bytes(cv2.GaussianBlur(read, (0, 0), 0.7))
        ink = as_bytes(cv2.GaussianBlur(ink, (0, 0), 0.7))
    if factor < 0.75:
        # One area-weighted reduction first: cubic sampling alone would drop thin strokes.
        to_size = (max(1, round(w * sx)), max(1, round(h * sy)))
        read = as_bytes(cv2.resize(read, to_size, interpolation=cv2.INTER_AREA))
        ink = as_bytes(cv2.resize(ink, to_size, interpolation=cv2.INTER_AREA))
        to_px = np.diag([to_size[0] / w, to_size[1] / h, 1.0]) @ to_px
        w, h, sx, sy = to_size[0], to_size[1], 1.0, 1.0
    out_w, out_h = max(1, round(w * sx)), max(1, round(h * sy))
    step = np.diag([sx, sy, 1.0])
    if abs(skew) >= 0.05:
        step = _rotation(skew, out_w, out_h) @ step
        notes.append("deskewed")
    if not np.allclose(step, np.eye(3)):
        read = _resample(read, step, (out_w, out_h))
        ink = _resample(ink, step, (out_w, out_h))
    to_px = step @ to_px

    # reducing has averaged grain away already
    left = noise * min(1.0, factor)
    read, ink = smooth_grain(read, left), smooth_grain(ink, left)
    read, ink = stretch_tone(read, left), stretch_tone(ink, left)
    read, ink = paint_dark_edges(read, working_dpi), paint_dark_edges(ink, working_dpi)
    if quad is not None:
        # the sheet's own edge, where it was found a hair's breadth too far out
        rim = max(2, out_w // 250)
        for image in (read, ink):
            image[:rim], image[-rim:], image[:, :rim], image[:, -rim:] = 255, 255, 255, 255

    pt = 72.0 / working_dpi
    to_upright = np.diag([pt, pt, 1.0]) @ to_px @ np.diag([raster.dpi / 72.0, raster.dpi / 72.0, 1.0])
    return CleanPage(
        gray=read,
        ink=ink,
        dpi=working_dpi,
        width=out_w * pt,
        height=out_h * pt,
        to_source=Transform.from_matrix(np.linalg.inv(to_upright)),
        notes=tuple(notes) + measure_quality(read, noise=noise, skew=skew),
        noise=noise,
    )


def _resample(gray: GrayImage, step: npt.NDArray[np.float64], size: tuple[int, int]) -> GrayImage:
    """``gray`` through an affine pixel map, white outside.

    Matrices here speak of pixel corners (a pixel i covers i to i + 1); OpenCV samples at pixel
    centres, hence the half-pixel shifts.
    """
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    m = np.linalg.inv(half) @ step @ half
    return as_bytes(
        cv2.warpAffine(
            gray, m[:2], size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
        )
    )
