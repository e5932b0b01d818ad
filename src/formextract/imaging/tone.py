"""Light and grain: even background, noise, contrast, dark edges."""

from __future__ import annotations

import cv2
import numpy as np

from formextract.imaging.arrays import as_bytes
from formextract.model import ColorImage, GrayImage


def is_bitonal(color: ColorImage) -> bool:
    """Whether an image is black and white only (a fax or a 1-bit scan), as far as 40,000 pixels show."""
    h, w = color.shape[:2]
    probe = color[:: max(1, h // 200), :: max(1, w // 200)]
    return bool(np.mean((probe < 24) | (probe > 231)) > 0.995 and np.ptp(probe) > 200)


def flatten_light(gray: GrayImage) -> GrayImage:
    """Divide by the paper's own brightness, so that paper is near 255 everywhere.

    The paper is estimated on a copy of about 200 x 280 pixels: what stays bright after the ink is
    closed over, then blurred.  Large dark areas (photographs, a black page) stay dark because the
    divisor is not let below a third of the page's bright level.
    """
    h, w = gray.shape
    k = max(1, min(h, w) // 200)
    small = cv2.resize(gray, (max(1, w // k), max(1, h // k)), interpolation=cv2.INTER_AREA)
    size = max(3, min(small.shape) // 14) | 1
    paper = cv2.morphologyEx(
        cv2.medianBlur(small, 3) if min(small.shape) > 3 else small,
        cv2.MORPH_CLOSE,
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)),
        borderType=cv2.BORDER_REPLICATE,
    )
    paper = cv2.GaussianBlur(paper, (0, 0), size / 3)
    floor = max(60.0, float(np.percentile(paper, 90)) / 3)
    paper = cv2.max(paper, np.full_like(paper, int(floor)))
    if int(paper.min()) >= 250:
        return gray
    full = cv2.resize(paper, (w, h), interpolation=cv2.INTER_LINEAR)
    return as_bytes(cv2.divide(gray, full, scale=255.0))


def measure_noise(gray: GrayImage) -> float:
    """Standard deviation of the grain on the paper, in grey levels of the image as it came.

    Blocks of 12 x 12 pixels; the 30th percentile of the deviation within the bright ones, so that
    neither text nor a slow change of light counts.  0 where no paper is seen.
    """
    h, w = gray.shape
    n = 12
    if h < 4 * n or w < 4 * n:
        return 0.0
    blocks = gray[: h // n * n, : w // n * n].reshape(h // n, n, w // n, n).transpose(0, 2, 1, 3)
    # every other block of every other row is plenty
    some = blocks[::2, ::2].reshape(-1, n * n).astype(np.float32)
    mean, deviation = some.mean(axis=1), some.std(axis=1)
    bright = mean > 0.6 * float(np.percentile(mean, 90))
    return float(np.percentile(deviation[bright], 30)) if bright.any() else 0.0


def smooth_grain(gray: GrayImage, noise: float) -> GrayImage:
    """A light Gaussian, wider the more grain was measured; nothing below 3 grey levels."""
    if noise < 3.0:
        return gray
    return as_bytes(cv2.GaussianBlur(gray, (0, 0), 0.8 if noise < 10.0 else 1.1))


def stretch_tone(gray: GrayImage, noise: float = 0.0) -> GrayImage:
    """Ink to near 0 and paper to 255, from the page's own levels; a page without ink stays as it is.

    What is paler than ``noise`` below the paper (grey levels) is paper too.
    """
    small = gray[::4, ::4] if min(gray.shape) > 400 else gray
    paper = float(np.percentile(small, 75))
    dark = small[small < paper - 60]
    if dark.size < 0.0005 * small.size or dark.size < 20:
        low = 40.0
    else:
        low = float(np.percentile(dark, 10))
    high = max(low + 60.0, paper - max(6.0, 1.5 * noise))
    table = np.clip((np.arange(256) - low) * (255.0 / (high - low)), 0, 255).astype(np.uint8)
    return as_bytes(cv2.LUT(gray, table))


def paint_dark_edges(gray: GrayImage, dpi: float) -> GrayImage:
    """White out dark bands along the sheet's edge (the scanner's open lid, a photo's table top).

    Only areas thicker than 3 mm that touch the edge go: rules and letters are thinner.
    """
    h, w = gray.shape
    k = max(1, round(dpi / 50))
    if min(h, w) < 40 * k:
        return gray
    small = cv2.resize(gray, (w // k, h // k), interpolation=cv2.INTER_AREA)
    dark = (small < 110).astype(np.uint8)
    dark[0], dark[-1], dark[:, 0], dark[:, -1] = dark[1], dark[-2], dark[:, 1], dark[:, -2]
    side = max(3, round(3 / 25.4 * 50))
    padded = cv2.copyMakeBorder(dark, side, side, side, side, cv2.BORDER_REPLICATE)
    thick = cv2.morphologyEx(padded, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))[side:-side, side:-side]
    n, labels = cv2.connectedComponents(np.ascontiguousarray(thick))
    edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    edge = edge[edge > 0]
    if n < 2 or not len(edge):
        return gray
    bad = np.isin(labels, edge)
    if bad.mean() > 0.5:
        return gray
    mask = cv2.dilate(bad.astype(np.uint8), np.ones((3, 3), np.uint8))
    out = gray.copy()
    out[cv2.resize(mask, (w, h), interpolation=cv2.INTER_NEAREST) > 0] = 255
    return out
