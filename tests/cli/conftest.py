from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Runner


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Runner:
    """A command runner whose home is a fresh folder."""
    monkeypatch.setenv("FORMEXTRACT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FORMEXTRACT_DB_URL", raising=False)
    return Runner(monkeypatch, capsys)
