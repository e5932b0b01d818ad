"""Measures the matcher on a registry: ``python -m formextract.registry.measure DIR [--rows N] [--seed N]``.

``DIR`` holds ``schools.csv`` and ``area_offices.csv``.  Schools drawn at random are printed in the
ways of ``corrupt`` and looked up again; then the schools drawn are taken out of the registry and
looked up once more, when every accepted link is wrong.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from formextract.model import Decision
from formextract.registry.corrupt import drop_bracket, drop_marks, misread_name, restyle_name
from formextract.registry.entries import Office, School
from formextract.registry.index import RegistryIndex
from formextract.registry.load import read_offices, read_schools
from formextract.registry.match import match_school

Damage = Callable[[str, random.Random], str]
DAMAGES: dict[str, Damage] = {
    "as registered": lambda name, rng: name,
    "restyled": restyle_name,
    "1 letter misread": lambda name, rng: restyle_name(misread_name(name, rng, 1), rng),
    "2 letters misread": lambda name, rng: restyle_name(misread_name(name, rng, 2), rng),
    "3 letters misread": lambda name, rng: restyle_name(misread_name(name, rng, 3), rng),
    "all marks lost": lambda name, rng: drop_marks("โรงเรียน" + name),
    "bracket left out": lambda name, rng: restyle_name(drop_bracket(name), rng),
    "bracket left out, 1 misread": lambda name, rng: restyle_name(
        misread_name(drop_bracket(name), rng, 1), rng
    ),
}
"""Kinds of damage by name."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Outcomes of one kind of damage."""

    right: int
    """Accepted, and the right school."""
    wrong: int
    """Accepted, and another school."""
    review: int
    """Sent to a clerk."""
    shown: int
    """Of those, with the right school among the candidates."""
    none: int
    """No candidate near."""
    seconds: float
    """Time taken."""

    @property
    def rows(self) -> int:
        """Names looked up."""
        return self.right + self.wrong + self.review + self.none


def measure(
    index: RegistryIndex, truth: Sequence[School], damage: Damage, place: str, seed: int = 1
) -> Tally:
    """Looks up every school of ``truth`` under one damage.

    ``place`` says what is printed beside the name: ``office``, ``province`` or ``nothing``.  Schools
    that the index lacks count as wrong whenever a link is accepted.
    """
    rng = random.Random(seed)
    right = wrong = review = shown = none = 0
    start = time.perf_counter()
    for school in truth:
        match = match_school(
            damage(school.name, rng),
            index,
            area_office=school.area_office if place == "office" else None,
            province=school.province if place == "province" else None,
            noise="ocr",
        )
        if match.decision is Decision.ACCEPTED:
            right += match.code == school.code
            wrong += match.code != school.code
        elif match.decision is Decision.REVIEW:
            review += 1
            shown += any(c.code == school.code for c in match.candidates)
        else:
            none += 1
    return Tally(right, wrong, review, shown, none, time.perf_counter() - start)


def _print_table(index: RegistryIndex, truth: Sequence[School], places: Sequence[str], title: str) -> None:
    print(f"\n{title}\n")
    print(
        "| printed beside | damage | accepted right | accepted wrong | review (right shown) | none | rows/s |"
    )
    print("|---|---|---|---|---|---|---|")
    for place in places:
        for name, damage in DAMAGES.items():
            bracketed = name.startswith("bracket")
            drawn = [s for s in truth if not bracketed or ("(" in s.name and "สาขา" not in s.name)]
            if not drawn:
                continue
            t = measure(index, drawn, damage, place)
            n = t.rows
            print(
                f"| {place} | {name} | {t.right / n:.2%} | {t.wrong / n:.2%} ({t.wrong}/{n}) |"
                f" {t.review / n:.2%} ({t.shown}/{t.review}) | {t.none / n:.2%} | {n / t.seconds:.0f} |"
            )


def measure_pairs(index: RegistryIndex, pairs: Iterable[tuple[str, str, str]]) -> Tally:
    """Looks up pairs of (printed name, area office, code of the true school; empty if there is none)."""
    right = wrong = review = shown = none = 0
    start = time.perf_counter()
    for printed, office, code in pairs:
        match = match_school(printed, index, area_office=office, noise="ocr")
        if match.decision is Decision.ACCEPTED:
            right += match.code == code
            wrong += match.code != code
        elif match.decision is Decision.REVIEW:
            review += 1
            shown += any(c.code == code for c in match.candidates)
        else:
            none += 1
    return Tally(right, wrong, review, shown, none, time.perf_counter() - start)


def read_variants(path: Path) -> list[tuple[str, str, str]]:
    """Pairs from a list of second spellings (``school_code, area_office, wikipedia_name, verdict``)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["verdict"] == "likely_same"]
    return [(row["wikipedia_name"], row["area_office"], row["school_code"]) for row in rows]


def read_corruptions(path: Path, index: RegistryIndex) -> list[tuple[str, str, str]]:
    """Pairs from a list of real damage; the true school is that of the sound name in the office."""
    pairs = []
    for case in json.loads(path.read_text("utf-8"))["positive"]:
        truth = match_school(case["canonical"], index, area_office=case["area_office"])
        pairs.append((case["corrupted"], case["area_office"], truth.code or ""))
    return pairs


def _print_pairs(title: str, tally: Tally) -> None:
    print(
        f"\n{title}: {tally.rows} names, accepted right {tally.right}, accepted wrong {tally.wrong},"
        f" review {tally.review} (right one shown {tally.shown}), none {tally.none}"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the tables in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m formextract.registry.measure", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corruptions", type=Path, help="JSON list of real damage")
    args = parser.parse_args(argv)
    schools = read_schools(args.folder / "schools.csv")
    offices: list[Office] = read_offices(args.folder / "area_offices.csv")
    drawn = random.Random(args.seed).sample(schools, min(args.rows, len(schools)))
    index = RegistryIndex.build(schools, offices)
    _print_table(index, drawn, ("office", "province", "nothing"), f"{len(drawn)} of {len(schools)} schools")
    if (args.folder / "name_variants.csv").is_file():
        _print_pairs(
            "Second spellings", measure_pairs(index, read_variants(args.folder / "name_variants.csv"))
        )
    if args.corruptions:
        _print_pairs("Real damage", measure_pairs(index, read_corruptions(args.corruptions, index)))
    gone = {s.code for s in drawn}
    rest = RegistryIndex.build([s for s in schools if s.code not in gone], offices)
    _print_table(
        rest, drawn, ("office", "nothing"), "The same schools, taken out of the registry: every link is wrong"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
