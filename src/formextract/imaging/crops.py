"""Cutting one line out of a page, without its neighbours' ink."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from formextract.imaging.components import Components
from formextract.model import LINE_BORDER, Box, GrayImage, LineImage


def cut_line(
    gray: GrayImage,
    c: Components,
    owner: npt.NDArray[np.int32],
    line: int,
    scale: float,
    region: int,
    noise: float = 0.0,
) -> LineImage:
    """The crop of line number ``line``; ``owner`` gives each component's line, -1 for none's.

    Ink of other lines and of none is painted white with its soft edge.  ``noise`` is the page's
    grain: a grainy crop's paper is cleared, since grain costs the reader more than anything else.
    """
    mine = np.nonzero(owner == line)[0]
    soft = max(1, round(0.5 * scale))
    h, w = gray.shape
    x0, x1 = max(0, int(c.x0[mine].min()) - soft), min(w, int(c.x1[mine].max()) + soft)
    y0, y1 = max(0, int(c.y0[mine].min()) - soft), min(h, int(c.y1[mine].max()) + soft)
    patch = gray[y0:y1, x0:x1].copy()
    who = owner[c.labels[y0:y1, x0:x1]]
    ink = c.labels[y0:y1, x0:x1] > 0
    own = (ink & (who == line)).astype(np.uint8)
    foreign = (ink & (who != line)).astype(np.uint8)
    kernel = np.ones((2 * soft + 1, 2 * soft + 1), np.uint8)
    keep = cv2.dilate(own, kernel)
    patch[keep == 0] = 255
    if foreign.any():
        edge = cv2.dilate(foreign, np.ones((3, 3), np.uint8))
        patch[(edge > 0) & (own == 0)] = 255
    image = np.pad(patch, LINE_BORDER, constant_values=255)
    box = Box(x0 / scale, y0 / scale, x1 / scale, y1 / scale)
    return LineImage(image, box, scale, None if region < 0 else region)
