"""Running commands as a person would, in this process."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from formextract.cli.main import main

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
SCHOOLS = SAMPLES / "registry" / "schools.csv"


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    def json_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Runner:
    """Calls the entry point with arguments and catches what it prints and its exit code."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch = patch
        self._capture = capture

    def __call__(self, *arguments: object) -> Ran:
        self._patch.setattr(sys, "argv", ["formextract", *map(str, arguments)])
        self._capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        caught = self._capture.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else int(code or 0), caught.out, caught.err)


def born_digital(prefix: str) -> Path:
    """The smallest sample with a text layer whose name begins so: quick to read."""
    return min(SAMPLES.glob(f"{prefix}_born_*.pdf"), key=lambda p: p.stat().st_size)
