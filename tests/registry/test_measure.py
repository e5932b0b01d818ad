"""The matcher at full size: the bounds that docs/matching.md promises."""

from __future__ import annotations

import random

import pytest

from formextract.registry.corrupt import drop_bracket, misread_letter
from formextract.registry.index import RegistryIndex
from formextract.registry.measure import DAMAGES, main, measure

from .conftest import SAMPLE


def test_damage_spares_digits_and_branches() -> None:
    rng = random.Random(3)
    for _ in range(300):
        assert "46" in misread_letter("ไทยรัฐวิทยา 46", rng)
    assert drop_bracket("บ้านกุดหวาย(สาขาบ้านแก่น)") == "บ้านกุดหวาย(สาขาบ้านแก่น)"
    assert drop_bracket("บ้านกุดหวาย (คุรุ)") == "บ้านกุดหวาย"


@pytest.mark.parametrize(
    ("damage", "place", "least"),
    [
        ("restyled", "office", 0.97),
        ("1 letter misread", "office", 0.93),
        ("all marks lost", "office", 0.95),
        ("restyled", "nothing", 0.65),
        ("2 letters misread", "nothing", 0.0),
    ],
)
def test_bounds_at_full_size(country: RegistryIndex, damage: str, place: str, least: float) -> None:
    drawn = random.Random(11).sample(list(country.schools), 500)
    tally = measure(country, drawn, DAMAGES[damage], place)
    assert tally.wrong <= 0.002 * tally.rows
    assert tally.right >= least * tally.rows


def test_command_prints_both_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SAMPLE), "--rows", "5"]) == 0
    assert capsys.readouterr().out.count("| printed beside |") == 2
