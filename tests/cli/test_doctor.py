from __future__ import annotations

import json
from pathlib import Path

import pytest

from formextract.cli import checks
from formextract.config import Settings
from tests.cli.command import SCHOOLS, Runner


def names(out: str) -> dict[str, dict[str, str]]:
    return {c["name"]: c for c in json.loads(out)["checks"]}


def test_a_fit_machine(run: Runner) -> None:
    ran = run("doctor", "--json")
    assert ran.code == 0
    seen = names(ran.out)
    assert {"tesseract", "languages", "mappings", "home", "disk", "store", "registry", "time zone"} <= set(
        seen
    )
    for digit in "๔๖๗๘๙ฌ":
        assert digit in seen["character set"]["message"]
    assert seen["registry"]["state"] == "warn"
    assert "registry import" in seen["registry"]["mend"]


def test_quick_leaves_out_what_does_not_change(run: Runner) -> None:
    quick = set(names(run("doctor", "--quick", "--json").out))
    assert quick == {"tesseract", "languages", "mappings", "home", "disk", "store", "time zone"}


def test_loaded_registry_is_told_with_its_age(run: Runner) -> None:
    assert run("registry", "import", SCHOOLS).code == 0
    assert "loaded 0 days ago" in names(run("doctor", "--json").out)["registry"]["message"]


def test_old_registry_is_a_warning(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("registry", "import", SCHOOLS).code == 0
    monkeypatch.setattr(checks, "STALE_REGISTRY_DAYS", -1)
    assert names(run("doctor", "--json").out)["registry"]["state"] == "warn"


@pytest.mark.parametrize(
    ("setting", "value", "name", "mend"),
    [
        ("TESSERACT_CMD", "/nowhere/tesseract", "tesseract", "apt-get install tesseract-ocr"),
        ("TESSDATA", "/nowhere", "languages", "tesseract-ocr-tha"),
        ("TIMEZONE", "Asia/Nowhere", "time zone", "Asia/Bangkok"),
        ("MAPPINGS", "/nowhere", "mappings", "FORMEXTRACT_MAPPINGS"),
        ("HOME", "/proc/nowhere", "home", "FORMEXTRACT_HOME"),
    ],
)
def test_faults_name_their_mend(
    run: Runner, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, name: str, mend: str
) -> None:
    monkeypatch.setenv(f"FORMEXTRACT_{setting}", value)
    ran = run("doctor", "--quick", "--json")
    assert ran.code == 3
    assert names(ran.out)[name]["state"] == "fault"
    assert mend in names(ran.out)[name]["mend"]


def test_store_out_of_reach_is_5_and_keeps_the_password(run: Runner) -> None:
    ran = run("doctor", "--quick", "--db", "postgresql://somebody:pa55word@127.0.0.1:1/none")
    assert ran.code == 5
    assert "fault store" in ran.out
    assert "pa55word" not in ran.out + ran.err


def test_full_disk_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Usage:
        free = 10_000_000

    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _: Usage)
    check = checks.check_disk(Settings(home=tmp_path))
    assert (check.state, check.exit_code) == ("fault", 3)


def test_no_font_is_only_a_warning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from formextract.evaluation import canvas

    monkeypatch.setattr(canvas, "find_thai_font", lambda: None)
    check = checks.check_fonts(Settings(home=tmp_path))
    assert check.state == "warn"
    assert "fonts-thai-tlwg" in check.mend
