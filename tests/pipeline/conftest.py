"""Files for the fake worker."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from formextract.config import Settings

FAKE = Path(__file__).with_name("fake_worker.py")


@pytest.fixture
def program() -> tuple[str, ...]:
    """The fake worker's command."""
    return (sys.executable, str(FAKE))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation of its own."""
    return Settings(home=tmp_path / "home")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file with an order for the fake worker."""
    folder = tmp_path / "in"
    folder.mkdir()

    def make(name: str, order: str) -> Path:
        path = folder / name
        path.write_bytes(b"%PDF-1.4\n%%" + order.encode())
        return path

    return make
