"""Weighing one registered school against a printed name."""

from __future__ import annotations

from dataclasses import dataclass

from formextract.registry.distance import Noise, measure_distance
from formextract.registry.index import NameKeys
from formextract.registry.names import DROPPED_ROYAL, Form, SplitName, numbers_of, type_word_of
from formextract.registry.squeeze import ABBREVIATION, count_letters

FAR = 6.0
"""Edits beyond which two names have nothing to do with each other."""
EXTRA_PART = 1.2
"""Cost of a printed part that the registry does not have: never cheap enough to be accepted."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How far one school is from what is printed."""

    at: int
    """Position in the index."""
    cost: float
    """Edits and penalties together."""
    edits: float
    """Letters that differ, in edits."""
    penalty: float
    """Parts left out or printed in addition."""
    form: Form
    """The registered form that fits best."""
    same_numbers: bool
    """Whether every figure is the same."""
    why: tuple[str, ...]
    """Clauses for people."""

    @property
    def exact(self) -> bool:
        """Whether every letter agrees and nothing but a royal patronage is left out."""
        return self.edits == 0.0 and self.penalty <= 0.1


def weigh_name(printed: SplitName, names: NameKeys, at: int, noise: Noise) -> Weighed | None:
    """The cheapest way of reading ``printed`` as one of the school's forms, or None if there is none near."""
    best: Weighed | None = None
    for form in names.forms:
        for shown in printed.forms:
            penalty = _penalty(shown, form)
            if best is not None and penalty >= best.cost:
                continue
            edits = _measure(shown.key, form.key, noise, names.type_length)
            if edits > FAR:
                continue
            same = numbers_of(shown.key) == numbers_of(form.key)
            if best is None or edits + penalty < best.cost:
                why = _reasons(shown, form, edits, same)
                best = Weighed(at, edits + penalty, edits, penalty, form, same, why)
    return best


def likeness(cost: float, key: str) -> float:
    """A score from 0 to 1: cost against the letters of the printed name beyond its type word."""
    letters = count_letters(key[len(type_word_of(key)) :])
    return max(0.0, 1.0 - cost / max(4, letters))


def _penalty(shown: Form, form: Form) -> float:
    """Cost of what one side has and the other has not; nothing if both leave out the royal patronage."""
    if shown.penalty == 0.0:
        return form.penalty
    if shown.dropped == DROPPED_ROYAL:
        return max(shown.penalty, form.penalty)
    return EXTRA_PART + form.penalty


def _measure(printed: str, known: str, noise: Noise, type_length: int) -> float:
    if ABBREVIATION in known and ABBREVIATION not in printed:
        # The registry itself shortens: let its ฯ stand for the printed letters.
        return measure_distance(known, printed, noise, 0, FAR)
    return measure_distance(printed, known, noise, type_length, FAR)


def _reasons(shown: Form, form: Form, edits: float, same_numbers: bool) -> tuple[str, ...]:
    clauses = ["exact name" if edits == 0.0 else f"{edits:.1f} edits from the name"]
    if not same_numbers:
        clauses.append("a number differs")
    if form.dropped and shown.dropped != form.dropped:
        clauses.append(form.dropped)
    if shown.dropped and shown.dropped != DROPPED_ROYAL:
        clauses.append("a printed part is not in the registered name")
    return tuple(clauses)
