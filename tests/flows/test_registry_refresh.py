"""The registry flow: the bundled lists, and the same lists again."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.registry_refresh import registry_refresh

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect_server")]

LISTS = [
    str(Path(__file__).parents[2] / "samples" / "registry" / f"{n}.csv") for n in ("area_offices", "schools")
]


@pytest.mark.usefixtures("home")
def test_lists_are_loaded_once() -> None:
    offices, schools = registry_refresh(LISTS)
    assert (offices.kind, schools.kind) == ("area_offices", "schools")
    assert offices.added == offices.rows > 0
    assert schools.added == schools.rows > 0
    again = registry_refresh(LISTS)
    assert [(r.added, r.changed, r.closed, r.faults) for r in again] == [(0, 0, 0, 0)] * 2
