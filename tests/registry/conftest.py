"""The small registry of the samples, and the whole one where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from formextract.registry.index import RegistryIndex
from formextract.registry.load import read_offices, read_schools

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "registry"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def index() -> RegistryIndex:
    """The samples' registry."""
    return RegistryIndex.build(
        read_schools(SAMPLE / "schools.csv"), read_offices(SAMPLE / "area_offices.csv")
    )


@pytest.fixture(scope="session")
def country() -> RegistryIndex:
    """The whole registry of 29,579 schools."""
    folder = SHARED / "registry"
    if not folder.is_dir():
        pytest.skip("the whole registry (../shared/registry) is not on this machine")
    return RegistryIndex.build(
        read_schools(folder / "schools.csv"), read_offices(folder / "area_offices.csv")
    )
