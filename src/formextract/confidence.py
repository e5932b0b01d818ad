"""How sure we are: scores in, probability and decision out.

A finding is put into a class by how it was read, what kind of value it is and what supports
it (``text_layer|digits|parsed``, ``ocr|name|twice`` …).  Each class has a curve from score to
probability, fitted by ``evaluation`` on simulated forms that were not used to write the rules
and kept in ``calibration.json``; a class too seldom seen to be fitted is not accepted.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from formextract.model import Decision

_GROUPS: dict[str, str] = {
    "date": "digits",
    "year_be": "digits",
    "integer": "digits",
    "hours": "digits",
    "baht": "digits",
    "rank": "digits",
    "number": "digits",
    "copies": "digits",
    "form_code": "digits",
    "person": "name",
    "person_given": "name",
    "surname": "name",
    "school": "place",
    "area_office": "place",
    "choice": "choice",
    "label": "choice",
    "code": "choice",
    "constant": "choice",
    "prose": "prose",
    "text": "name",
    "mark": "mark",
    # what follows from a found place is as sure as the place
    "derived": "choice",
    "gap": "gap",
}
_SUPPORTS = ("registry", "corrected", "twice", "exact", "known")
_LISTED = frozenset({"registry", "corrected", "exact", "known"})
"""Supports that know a name's blanks too."""
UNFITTED = 0.5
"""Ceiling for classes without a fitted curve: such values always go to a clerk."""
UNPRINTABLE = 0.98
"""Ceiling for figures that the reader has no signs for; below every sensible mark of acceptance."""


def evidence_class(kind: str, method: str, agreed: float | None, flags: Collection[str]) -> str:
    """The class of a finding: ``method|group|support``.

    ``doubt`` outweighs every support but the registry's; Thai digits in a scan are a class of
    their own, since the stock reader cannot print half of them.  So are figures read by their
    shapes (``figures``), and those of them that the line readers saw too (``figures_agreed``);
    names over a line break that hides whether a blank stands there (``wrapped``), unless a
    list of names tells; and names in which no blank was seen where print mostly has one (``joint``).
    """
    group = _GROUPS.get(kind, "name")
    hidden_blank = group in ("name", "place") and "blanks_known" not in flags
    if "doubt" in flags:
        support = "doubt"
    elif method == "ocr" and "thai_digits" in flags and not {"registry", "exact"} & set(flags):
        support = "thai_twice" if "twice" in flags else "thai"
    elif hidden_blank and not _LISTED & set(flags):
        support = "wrapped"
    elif "joint" in flags and "corrected" not in flags:
        support = "joint"
    else:
        support = next((s for s in _SUPPORTS if s in flags), "")
        if not support:
            if "unbounded" in flags:
                support = "unbounded"
            elif group == "digits" and "figures" in flags:
                support = "figures_agreed" if agreed == 1.0 else "figures"
            elif agreed is None:
                support = "alone"
            elif agreed == 1.0:
                support = "agreed"
            elif agreed >= 0.9:
                support = "mostly"
            else:
                support = "split"
    return f"{method}|{group}|{support}"


@dataclass(frozen=True, slots=True)
class Curve:
    """Probability as a step-free, never falling function of the score."""

    x: tuple[float, ...]
    """Scores, ascending."""
    p: tuple[float, ...]
    """Probabilities there, never falling."""

    def at(self, score: float) -> float:
        """Linear between the points, level outside."""
        if not self.x:
            return 0.0
        i = bisect_right(self.x, score)
        if i == 0:
            return self.p[0]
        if i == len(self.x):
            return self.p[-1]
        x0, x1, p0, p1 = self.x[i - 1], self.x[i], self.p[i - 1], self.p[i]
        return p0 + (p1 - p0) * (score - x0) / (x1 - x0) if x1 > x0 else p1


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted curves by class."""

    curves: dict[str, Curve]

    def probability(self, name: str, score: float) -> float:
        """Of a class at a score; at most ``UNFITTED`` for a class without a curve.

        A number that may hold Thai digits is never accepted on the word of a reader that cannot
        print them, however well simulated forms went: ``UNPRINTABLE`` is its ceiling.
        """
        curve = self.curves.get(name)
        if curve is None:
            return min(score, UNFITTED)
        return min(curve.at(score), UNPRINTABLE) if name.endswith("|thai") else curve.at(score)


def load_calibration(path: Path) -> Calibration:
    """From ``{"class": {"x": [...], "p": [...]}}``; ValueError if it is not that."""
    data = json.loads(path.read_text(encoding="utf-8"))
    curves: dict[str, Curve] = {}
    for name, curve in data.items():
        if name.startswith("_"):
            continue
        x, p = tuple(map(float, curve["x"])), tuple(map(float, curve["p"]))
        if len(x) != len(p) or list(x) != sorted(x) or list(p) != sorted(p):
            raise ValueError(f"{path.name}: {name} is no never-falling curve")
        curves[name] = Curve(x, p)
    return Calibration(curves)


@lru_cache(maxsize=1)
def bundled_calibration() -> Calibration:
    """The calibration that comes with the package; empty if there is none yet."""
    path = Path(__file__).with_name("calibration.json")
    return load_calibration(path) if path.is_file() else Calibration({})


def decide(probability: float, accept_at: float) -> Decision:
    """Accepted at or above the mark, else a clerk looks."""
    return Decision.ACCEPTED if probability >= accept_at else Decision.REVIEW
