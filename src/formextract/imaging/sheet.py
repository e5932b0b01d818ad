"""The sheet of paper in a photograph."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from formextract.imaging.arrays import as_bytes
from formextract.model import ColorImage


def find_sheet(color: ColorImage) -> npt.NDArray[np.float64] | None:
    """Corners of the sheet, shape (4, 2) in pixels: top left, top right, bottom right, bottom left.

    None if the sheet fills the picture already, as on scans: the picture's rim is then paper.
    Candidates come from levels of brightness and from edges; the one whose weakest side shows the
    clearest step from paper to darkness counts, since a cut through a shadow would lose text.
    """
    h, w = color.shape[:2]
    k = max(h, w) / 600
    small = cv2.resize(color, (max(1, round(w / k)), max(1, round(h / k))), interpolation=cv2.INTER_AREA)
    gray = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    gray = cv2.GaussianBlur(gray, (0, 0), 1.5)
    closed = as_bytes(cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)))
    level, _ = cv2.threshold(closed, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    quads = [_sheet_above(closed, level * part) for part in (1.15, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5)]
    light = np.log(closed.astype(np.float32) + 8.0)
    found = [(_weakest_side(light, q), q) for q in [*quads, _sheet_by_edges(closed, light)] if q is not None]
    if not found:
        return None
    support, best = max(found, key=lambda f: f[0])
    return best * k if support >= 0.6 else None


def _weakest_side(light: npt.NDArray[np.float32], quad: npt.NDArray[np.float64]) -> float:
    """How much of the worst of four sides has paper inside and darkness right outside, 0 to 1.

    Measured on the logarithm of the light: a shadow changes it slowly, the sheet's edge at once.
    """
    h, w = light.shape
    middle = quad.mean(axis=0)
    worst = 1.0
    for i in range(4):
        a, b = quad[i], quad[(i + 1) % 4]
        along = (b - a) / max(1e-9, float(np.linalg.norm(b - a)))
        out = np.array([along[1], -along[0]])
        out = out if float(out @ ((a + b) / 2 - middle)) > 0 else -out
        at = a + np.linspace(0.04, 0.96, 60)[:, None] * (b - a)
        inner, outer = at - 5 * out, at + 5 * out
        ok = ((outer >= 0) & (outer < [w, h]) & (inner >= 0) & (inner < [w, h])).all(axis=1)
        inner, outer = inner[ok].astype(int), outer[ok].astype(int)
        step = light[inner[:, 1], inner[:, 0]] - light[outer[:, 1], outer[:, 0]]
        # a side that leaves the picture has no edge to show; it counts as half seen
        worst = min(worst, float((step > 0.22).sum() + 0.5 * (~ok).sum()) / len(at))
    return worst


def _sheet_by_edges(
    closed: npt.NDArray[np.uint8], light: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64] | None:
    """The largest quadrilateral that sharp steps of light enclose."""
    scaled = np.clip((light - light.min()) * 60, 0, 255).astype(np.uint8)
    edges = cv2.dilate(cv2.Canny(scaled, 10, 30), np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    best: npt.NDArray[np.float64] | None = None
    most = 0.2 * closed.size
    for outline in contours:
        hull = cv2.convexHull(outline)
        area = cv2.contourArea(hull)
        quad = _four_corners(hull) if area > most else None
        if quad is not None and cv2.contourArea(quad.astype(np.float32)) >= 0.93 * area:
            refined = _in_order(_refine(quad, outline.reshape(-1, 2).astype(float)))
            if _weakest_side(light, refined) >= 0.6:
                best, most = refined, area
    return best


def _sheet_above(closed: npt.NDArray[np.uint8], level: float) -> npt.NDArray[np.float64] | None:
    """The quadrilateral of the area brighter than ``level``, if it is one and the rim is darker."""
    sh, sw = closed.shape
    bright = closed > level
    if bright.all() or not bright.any():
        return None
    rim = np.concatenate([bright[1], bright[-2], bright[:, 1], bright[:, -2]])
    if rim.mean() > 0.4 or float(closed[bright].mean()) - float(closed[~bright].mean()) < 35:
        return None
    contours, _ = cv2.findContours(bright.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(outline)
    area = cv2.contourArea(hull)
    if area < 0.2 * sh * sw or cv2.contourArea(outline) < 0.85 * area:
        return None
    quad = _four_corners(hull)
    if quad is None or cv2.contourArea(quad.astype(np.float32)) < 0.93 * area:
        return None
    return _in_order(_refine(quad, outline.reshape(-1, 2).astype(float)))


def _four_corners(hull: cv2.typing.MatLike) -> npt.NDArray[np.float64] | None:
    length = cv2.arcLength(hull, True)
    for part in (0.01, 0.02, 0.03, 0.05, 0.08):
        poly = cv2.approxPolyDP(hull, part * length, True)
        if len(poly) == 4:
            return poly.reshape(4, 2).astype(float)
        if len(poly) < 4:
            return None
    return None


def _refine(quad: npt.NDArray[np.float64], outline: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Corners as crossings of lines fitted to the sides, which lets a dog-eared corner be."""
    lines = []
    for i in range(4):
        a, b = quad[i], quad[(i + 1) % 4]
        d = (b - a) / max(1e-9, float(np.linalg.norm(b - a)))
        rel = outline - a
        along, across = rel @ d, np.abs(rel @ np.array([-d[1], d[0]]))
        side = float(np.linalg.norm(b - a))
        near = outline[(across < 5) & (along > 0.1 * side) & (along < 0.9 * side)]
        if len(near) < 10:
            return quad
        vx, vy, x0, y0 = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((float(vx), float(vy), float(x0), float(y0)))
    out = []
    for i in range(4):
        ax, ay, px, py = lines[i - 1]
        bx, by, qx, qy = lines[i]
        det = ax * -by + bx * ay
        if abs(det) < 1e-6:
            return quad
        t = ((qx - px) * -by + bx * (qy - py)) / det
        out.append([px + t * ax, py + t * ay])
    found = np.array(out)
    return found if float(np.abs(found - quad).max()) < 20 else quad


def _in_order(quad: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Top left first, then clockwise."""
    s, d = quad.sum(axis=1), quad[:, 0] - quad[:, 1]
    return np.array([quad[s.argmin()], quad[d.argmax()], quad[s.argmax()], quad[d.argmin()]])
