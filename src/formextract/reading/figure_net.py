"""The classifier of single figures: a small net with two hidden layers, in NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from formextract.errors import MissingDependency

CLASSES = (*"๐๑๒๓๔๕๖๗๘๙", *"0123456789", *",./-:%()", "other")
"""What a piece can be; any dash is ``-``."""
OTHER = len(CLASSES) - 1
"""Index of what is no figure: letters, marks, halves, pieces that hold two characters."""

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class FigureNet:
    """Weights, and how descriptions are brought to one scale first."""

    weights: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]
    mean: FloatArray
    spread: FloatArray
    temperature: float
    """Divisor of the outputs that makes probabilities honest, fitted on fonts never learnt."""

    def logits(self, features: FloatArray) -> FloatArray:
        """Outputs before the temperature, shape (pieces, classes)."""
        a = (features - self.mean) / self.spread
        last = len(self.weights) - 1
        for k, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            a = a @ w + b
            if k < last:
                a = np.maximum(a, 0)
        return np.asarray(a, dtype=np.float32)

    def probabilities(self, features: FloatArray) -> FloatArray:
        """Of each class for each description, shape (pieces, classes)."""
        z = self.logits(features) / self.temperature
        z = np.exp(z - z.max(axis=1, keepdims=True))
        return np.asarray(z / z.sum(axis=1, keepdims=True), dtype=np.float32)

    def with_temperature(self, temperature: float) -> FigureNet:
        """The same net, its probabilities drawn together or apart."""
        return replace(self, temperature=temperature)

    def save(self, path: Path) -> None:
        """Writes the net with half precision; same net, same bytes."""
        arrays: dict[str, Any] = {
            "mean": self.mean.astype(np.float32),
            "spread": self.spread.astype(np.float32),
            "temperature": np.array(self.temperature, np.float32),
            "classes": np.array(CLASSES),
        }
        arrays |= {f"w{k}": w.astype(np.float16) for k, w in enumerate(self.weights)}
        arrays |= {f"b{k}": b.astype(np.float16) for k, b in enumerate(self.biases)}
        np.savez(path, **arrays)


def load_net(path: Path) -> FigureNet:
    """A net that ``save`` wrote; MissingDependency if it is absent or of other classes."""
    if not path.is_file():
        raise MissingDependency(
            f"The figure reader's weights ({path.name}) are not installed.",
            code="weights_missing",
            remedy="Install formextract anew; from a checkout, run training/figures.py.",
        )
    with np.load(path, allow_pickle=False) as data:
        if tuple(str(c) for c in data["classes"]) != CLASSES:
            raise MissingDependency(
                f"The figure reader's weights ({path.name}) belong to another version.",
                code="weights_mismatch",
                remedy="Install formextract anew; from a checkout, run training/figures.py.",
            )
        n = sum(1 for name in data.files if name.startswith("w"))
        return FigureNet(
            tuple(data[f"w{k}"].astype(np.float32) for k in range(n)),
            tuple(data[f"b{k}"].astype(np.float32) for k in range(n)),
            data["mean"].astype(np.float32),
            data["spread"].astype(np.float32),
            float(data["temperature"]),
        )
