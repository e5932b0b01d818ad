"""Line images as Tesseract likes them: letter height, grain, contrast."""

from __future__ import annotations

import cv2
import numpy as np

from formextract.model import LINE_BORDER, GrayImage
from formextract.reading.glyphs import letter_height


def prepare_line(image: GrayImage, *, letter: float | None, denoise: float = 0.0) -> tuple[GrayImage, float]:
    """The image scaled so that its usual letter is ``letter`` pixels high, and the factor.

    ``letter`` None leaves the size.  ``denoise`` is the strength of non-local means in grey levels,
    0 for none.  The factor is kept within 0.3 and 3, and the image below 6,000 pixels wide.
    """
    factor = 1.0
    if letter is not None:
        height = letter_height(image)
        if height >= 4:
            factor = min(3.0, max(0.3, letter / height))
    factor = min(factor, 6000 / max(1, image.shape[1]))
    out = image
    if denoise > 0:
        out = np.asarray(cv2.fastNlMeansDenoising(out, None, denoise, 5, 15), dtype=np.uint8)
    if abs(factor - 1.0) > 0.03:
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        out = np.asarray(cv2.resize(out, None, fx=factor, fy=factor, interpolation=how), dtype=np.uint8)
    else:
        factor = 1.0
    if min(out.shape) < 3 * LINE_BORDER:
        pad = (3 * LINE_BORDER - min(out.shape)) // 2 + 1
        # Tesseract refuses images of a few pixels; the pad goes right and below so that places hold
        out = np.pad(out, ((0, 2 * pad), (0, 2 * pad)), constant_values=255)
    return out, factor
