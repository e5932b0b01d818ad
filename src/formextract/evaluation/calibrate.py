"""Fitting the curves from score to probability that ``confidence`` applies.

Isotonic regression (pool adjacent violators) for each class, drawn towards caution: every pool
gets one imagined wrong value, so that a class seen ten times without a fault is given 10/11, not 1.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

LEAST = 30
"""Classes with fewer values get no curve; ``confidence`` then never accepts them."""
IMAGINED_WRONG = 1.0
"""Wrong values added to each pool."""


WEAKER = {"twice": ("exact", "known", "alone"), "exact": ("known", "alone"), "known": ("alone",)}
"""Kinds of support that say less than another: a value that has more to support it is at least as
likely right, so a class seen seldom may lean on what was seen of weaker ones."""


def pool_violators(
    scores: npt.ArrayLike, right: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Pools of the never-falling fit: mean score, share right, number of values of each.

    ``scores`` and ``right`` (0 or 1) have shape (n,), n at least 1.
    """
    x, y = np.asarray(scores, dtype=float), np.asarray(right, dtype=float)
    if x.shape != y.shape or x.ndim != 1 or not len(x):
        raise ValueError("scores and outcomes must be equally long and not empty")
    values, where = np.unique(x, return_inverse=True)
    weight = np.bincount(where).astype(float)
    share = np.bincount(where, weights=y) / weight
    pools: list[list[float]] = []
    for v, s, w in zip(values, share, weight, strict=True):
        pools.append([v, s, w])
        while len(pools) > 1 and pools[-2][1] >= pools[-1][1]:
            b, a = pools.pop(), pools.pop()
            total = a[2] + b[2]
            pools.append([(a[0] * a[2] + b[0] * b[2]) / total, (a[1] * a[2] + b[1] * b[2]) / total, total])
    table = np.array(pools)
    return table[:, 0], table[:, 1], table[:, 2]


def fit_curve(scores: npt.ArrayLike, right: npt.ArrayLike) -> dict[str, list[float]]:
    """One curve ``{"x": [...], "p": [...]}``, both ascending, cautious where little was seen."""
    x, p, n = pool_violators(scores, right)
    cautious = np.maximum.accumulate(p * n / (n + IMAGINED_WRONG))
    return {"x": [round(float(v), 5) for v in x], "p": [round(float(v), 5) for v in cautious]}


def fit_calibration(pairs: Iterable[tuple[str, float, bool]]) -> dict[str, dict[str, list[float]]]:
    """Curves by class from (class, score, whether right).

    A class is fitted on its own values, or on these and its ``WEAKER`` ones where that gives more;
    one with fewer than ``LEAST`` values either way is left out.
    """
    groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for name, value, right in pairs:
        groups[name].append((value, right))
    out: dict[str, dict[str, list[float]]] = {}
    for name, own in sorted(groups.items()):
        head, _, support = name.rpartition("|")
        weaker = [x for w in WEAKER.get(support, ()) for x in groups.get(f"{head}|{w}", [])]
        curves = [
            fit_curve([v for v, _ in seen], [r for _, r in seen])
            for seen in (own, own + weaker)
            if len(seen) >= LEAST
        ]
        if curves:
            out[name] = max(curves, key=lambda curve: curve["p"][-1])
    return out


def write_calibration(path: Path, curves: dict[str, dict[str, list[float]]], note: str) -> None:
    """Writes the JSON that ``confidence.load_calibration`` reads; ``note`` says what it was fitted on."""
    lines = [f'"_note": {json.dumps(note, ensure_ascii=False)}']
    lines += [f"{json.dumps(name)}: {json.dumps(curve)}" for name, curve in curves.items()]
    path.write_text("{" + ",\n ".join(lines) + "}\n", encoding="utf-8")
