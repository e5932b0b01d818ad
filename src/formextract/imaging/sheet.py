"""The sheet of paper in a photograph."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from formextract.model import ColorImage


def find_sheet(color: ColorImage) -> npt.NDArray[np.float64] | None:
    """Corners of the sheet, shape (4, 2) in pixels: top left, top right, bottom right, bottom left.

    None if the sheet fills the picture already, as on scans: the picture's rim is then paper.
    """
    h, w = color.shape[:2]
    k = max(h, w) / 600
    small = cv2.resize(color, (max(1, round(w / k)), max(1, round(h / k))), interpolation=cv2.INTER_AREA)
    gray = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    gray = cv2.GaussianBlur(gray, (0, 0), 1.5)
    closed = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    sh, sw = closed.shape
    level, _ = cv2.threshold(closed, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = closed > level
    rim = np.concatenate([bright[1], bright[-2], bright[:, 1], bright[:, -2]])
    dark_mean = float(closed[~bright].mean()) if (~bright).any() else 255.0
    if rim.mean() > 0.4 or float(closed[bright].mean()) - dark_mean < 35:
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
    return _in_order(_refine(quad, outline.reshape(-1, 2).astype(float))) * k


def _four_corners(hull: npt.NDArray[np.int32]) -> npt.NDArray[np.float64] | None:
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
