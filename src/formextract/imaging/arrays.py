"""OpenCV gives arrays of open type; this says what they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def as_bytes(array: Any) -> npt.NDArray[np.uint8]:
    """An OpenCV result known to be 8-bit, without a copy."""
    return np.asarray(array, dtype=np.uint8)
