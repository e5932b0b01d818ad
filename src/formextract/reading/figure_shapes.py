"""Pieces of ink in a line that may each be one figure, and the numbers that describe their shapes.

Training and reading both come through ``propose_pieces``, so that the classifier is taught on the
very pieces that it is asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from formextract.model import GrayImage, LineImage

INK = 150
"""Grey level below which a pixel of a line image is ink."""
SIDE = 32
"""Side in pixels of the square to which a piece is brought."""
_STROKES = 8 * 6 * 6
_SHAPE = _STROKES + 16 * 16
FEATURES = _SHAPE + 9
"""Length of a description: strokes by direction and place, coarse pixels, size and place."""
NEIGHBOUR = 0.35
"""Letter heights of paper up to which two pieces belong to one run."""
_JOIN = 0.16
"""Letter heights of paper across which the halves of a broken stroke are tried as one piece."""
_WIDE = 1.1
"""Letter heights from which on a piece may be several figures that touch."""
_MOST_CUTS = 14

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Group:
    """Connected pieces of ink that stand over one another, such as the dots of a colon; pixels."""

    x0: int
    y0: int
    x1: int
    y1: int
    parts: tuple[int, ...]
    """Component numbers."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One or two neighbouring groups, or a stretch of one: what may be a single character; pixels."""

    x0: int
    y0: int
    x1: int
    y1: int
    first: int
    """Index of the border at its left among the line's borders."""
    last: int
    """Index of the border at its right."""
    whole: bool
    """Whether it is a group as it stands."""


@dataclass(frozen=True, slots=True)
class LinePieces:
    """All pieces of a line.

    The line's groups, the wide ones cut where they may be cut, follow one another between
    numbered borders; a piece lies between two of them.
    """

    groups: tuple[Group, ...]
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    """For each group the border before it; the border after group k is ``starts[k + 1]``."""
    height: float
    """Height of the line's usual letter, pixels."""
    base: float
    """Row of the baseline."""
    features: FloatArray
    """Shape (pieces, FEATURES)."""


def find_groups(
    image: GrayImage,
) -> tuple[list[Group], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Groups left to right; the component number of each pixel (0 paper and specks); component boxes.

    The boxes have the shape (components, 4): left, top, width, height.
    """
    mask = (image < INK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    kept = [k for k in range(1, len(stats)) if stats[k, 4] >= 5]
    small = [k for k in range(1, len(stats)) if stats[k, 4] < 5]
    if small:
        labels[np.isin(labels, small)] = 0
    kept.sort(key=lambda k: (stats[k, 0], stats[k, 0] + stats[k, 2]))
    out: list[list[int]] = []  # x0, y0, x1, y1, parts …
    for k in kept:
        x, y, w, h = (int(v) for v in stats[k, :4])
        if out:
            last = out[-1]
            common = min(last[2], x + w) - max(last[0], x)
            if common >= 0.5 * min(last[2] - last[0], w):
                last[1], last[2], last[3] = min(last[1], y), max(last[2], x + w), max(last[3], y + h)
                last.append(k)
                continue
        out.append([x, y, x + w, y + h, k])
    groups = [Group(g[0], g[1], g[2], g[3], tuple(g[4:])) for g in out]
    return groups, np.asarray(labels, dtype=np.int32), np.asarray(stats[kept, :4], dtype=np.int32)


def _frame(boxes: npt.NDArray[np.int32]) -> tuple[float, float]:
    """Usual letter height and baseline of a line; wide and high components weigh most."""
    w, h = boxes[:, 2].astype(float), boxes[:, 3].astype(float)
    weight = np.minimum(w, 3 * h) * h
    order = np.argsort(h)
    at = int(np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2))
    height = float(h[order][min(at, len(h) - 1)])
    feet = (boxes[:, 1] + boxes[:, 3])[(h >= 0.55 * height) & (h <= 1.7 * height)]
    return max(height, 4.0), float(np.median(feet))


def _cuts(ink: npt.NDArray[np.bool_], height: float) -> list[int]:
    """Columns (relative) at which a wide group may be cut: where its ink is thin."""
    profile = ink.sum(axis=0).astype(float)
    w = len(profile)
    spread = np.convolve(profile, [0.25, 0.5, 0.25], mode="same")
    room = max(2, round(0.16 * height))
    found: list[tuple[float, int]] = []
    for x in range(room, w - room):
        near = spread[max(0, x - 3) : x + 4]
        if spread[x] == near.min() and spread[x] <= 0.45 * height:
            found.append((float(spread[x]), x))
    chosen: list[int] = []
    for _, x in sorted(found):
        if all(abs(x - q) >= room for q in chosen):
            chosen.append(x)
        if len(chosen) >= _MOST_CUTS:
            break
    return sorted(chosen)


def _mask(window: npt.NDArray[np.int32], parts: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Where the window holds one of the components."""
    own: npt.NDArray[np.bool_] = window == parts[0]
    for k in parts[1:]:
        own |= window == k
    return own


def propose_pieces(crop: LineImage) -> LinePieces | None:
    """All pieces of a line with their descriptions; None for an empty line."""
    groups, labels, boxes = find_groups(crop.image)
    if not groups:
        return None
    height, base = _frame(boxes)
    pieces: list[Piece] = []
    patches: list[npt.NDArray[np.uint8]] = []
    dark = 255 - crop.image

    def add(of: Sequence[Group], x0: int, x1: int, first: int, last: int, whole: bool) -> None:
        top = min(g.y0 for g in of)
        window = labels[top : max(g.y1 for g in of), x0:x1]
        own = _mask(window, [k for g in of for k in g.parts])
        rows = np.nonzero(own.any(axis=1))[0]
        cols = np.nonzero(own.any(axis=0))[0]
        if not len(rows):
            return
        r0, r1, c0, c1 = int(rows[0]), int(rows[-1]) + 1, int(cols[0]), int(cols[-1]) + 1
        y0, y1 = top + r0, top + r1
        x1, x0 = x0 + c1, x0 + c0
        ink = np.where(own[r0:r1, c0:c1], dark[y0:y1, x0:x1], 0).astype(np.uint8)
        pieces.append(Piece(x0, y0, x1, y1, first, last, whole))
        patches.append(ink)

    starts = [0]
    for k, g in enumerate(groups):
        at = starts[-1]
        w = g.x1 - g.x0
        borders = [g.x0, g.x1]
        if _WIDE * height < w < 9 * height:
            own = _mask(labels[g.y0 : g.y1, g.x0 : g.x1], g.parts)
            borders = [g.x0, *(g.x0 + c for c in _cuts(own, height)), g.x1]
        n = len(borders) - 1
        if w <= 9 * height:
            add([g], g.x0, g.x1, at, at + n, True)
        for i in range(n):
            for j in range(i + 1, n + 1):
                if j - i < n and 0.1 * height <= borders[j] - borders[i] <= 1.35 * height:
                    add([g], borders[i], borders[j], at + i, at + j, False)
        starts.append(at + n)
        if k and n == 1 and starts[k] - starts[k - 1] == 1:
            before = groups[k - 1]
            # both must be strokes: a point beside a digit is a point
            tall = min(g.y1 - g.y0, before.y1 - before.y0) >= 0.45 * height
            if tall and g.x0 - before.x1 <= _JOIN * height and g.x1 - before.x0 <= 1.15 * height:
                add([before, g], before.x0, g.x1, at - 1, at + 1, False)
    features = _describe(pieces, patches, height, base, crop.scale)
    return LinePieces(tuple(groups), tuple(pieces), tuple(starts), height, base, features)


_DIRECTIONS = 8
_CELLS = 6
_CHUNK = 512


def _pooling() -> FloatArray:
    """Weights (cells, SIDE) by which columns go to cells that overlap by half."""
    middles = (np.arange(_CELLS) + 0.5) * SIDE / _CELLS
    reach = SIDE / _CELLS
    near = 1 - np.abs(np.arange(SIDE)[None, :] + 0.5 - middles[:, None]) / reach
    return np.asarray(np.maximum(near, 0), dtype=np.float32)


_POOL = _pooling()


def _gradients(squares: npt.NDArray[np.uint8]) -> FloatArray:
    """Strokes by direction and cell, shape (n, 288), from squares of shape (n, SIDE, SIDE)."""
    f = squares.astype(np.float32) / 255.0
    gy, gx = np.zeros_like(f), np.zeros_like(f)
    gx[:, :, 1:-1] = f[:, :, 2:] - f[:, :, :-2]
    gy[:, 1:-1] = f[:, 2:] - f[:, :-2]
    size = np.sqrt(gx * gx + gy * gy)
    turn = np.arctan2(gy, gx) * np.float32(_DIRECTIONS / (2 * np.pi)) % _DIRECTIONS
    out = np.zeros((len(f), _DIRECTIONS, _CELLS, _CELLS), dtype=np.float32)
    for d in range(_DIRECTIONS):
        away = np.abs(turn - d)
        share = np.maximum(0, 1 - np.minimum(away, _DIRECTIONS - away)) * size
        out[:, d] = _POOL @ share @ _POOL.T
    flat = out.reshape(len(f), -1)
    # the root of shares: many weak strokes count beside few strong ones
    return np.asarray(np.sqrt(flat / (flat.sum(axis=1, keepdims=True) + 1e-3)), dtype=np.float32)


def _describe(
    pieces: Sequence[Piece],
    patches: Sequence[npt.NDArray[np.uint8]],
    height: float,
    base: float,
    scale: float,
) -> FloatArray:
    out = np.zeros((len(pieces), FEATURES), dtype=np.float32)
    squares = np.zeros((len(pieces), SIDE, SIDE), np.uint8)
    for k, (p, patch) in enumerate(zip(pieces, patches, strict=True)):
        h, w = patch.shape
        side = max(h, w)
        room = SIDE - 4
        size = (max(2, round(w * room / side)), max(2, round(h * room / side)))
        x, y = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
        how = cv2.INTER_AREA if side > room else cv2.INTER_LINEAR
        squares[k, y : y + size[1], x : x + size[0]] = cv2.resize(patch, size, interpolation=how)
        out[k, _SHAPE:] = (
            h / height,
            w / height,
            (p.y1 - base) / height,
            (base - p.y0) / height,
            np.log(w / h),
            float(patch.mean()) / 255.0,
            h / scale / 10.0,
            w / scale / 10.0,
            height / scale / 10.0,
        )
    for a in range(0, len(pieces), _CHUNK):
        some = squares[a : a + _CHUNK]
        out[a : a + _CHUNK, :_STROKES] = _gradients(some) * 4
        pixels = some.reshape(-1, 16, SIDE // 16, 16, SIDE // 16).mean(axis=(2, 4)) / 255.0
        out[a : a + _CHUNK, _STROKES:_SHAPE] = pixels.reshape(len(some), -1)
    return np.clip(out, -4.0, 4.0)
