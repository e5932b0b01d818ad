from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.command import SCHOOLS, Runner

RESULT = ["school_code", "matched_name", "score", "decision", "candidates"]


def write_names(path: Path) -> dict[str, str]:
    with SCHOOLS.open(encoding="utf-8-sig", newline="") as file:
        school = next(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "area_office"])
        writer.writerow(["7", school["name_th"], school["area_office"]])
        writer.writerow(["8", "", ""])
    return school


def test_match_keeps_rows_and_columns(run: Runner, tmp_path: Path) -> None:
    school = write_names(tmp_path / "in.csv")
    ran = run("registry", "match", tmp_path / "in.csv", tmp_path / "out.csv", "--registry", SCHOOLS)
    assert ran.code == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    assert reader.fieldnames == ["id", "name", "area_office", *RESULT]
    assert [r["id"] for r in rows] == ["7", "8"]
    assert (rows[0]["decision"], rows[0]["school_code"]) == ("accepted", school["school_code"])
    assert (rows[1]["decision"], rows[1]["school_code"]) == ("none", "")


def test_match_without_a_registry_says_how_to_get_one(run: Runner, tmp_path: Path) -> None:
    write_names(tmp_path / "in.csv")
    ran = run("registry", "match", tmp_path / "in.csv", tmp_path / "out.csv")
    assert ran.code == 2
    assert "registry import" in ran.err
    assert not (tmp_path / "out.csv").exists()


def test_match_refuses_a_list_without_names(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    ran = run("registry", "match", tmp_path / "in.csv", tmp_path / "out.csv", "--registry", SCHOOLS)
    assert ran.code in (2, 4)
    assert "name" in ran.err


def test_import_then_match_from_the_store(run: Runner, tmp_path: Path) -> None:
    first = run("registry", "import", SCHOOLS, "--valid-from", "2025-05-16")
    assert first.code == 0
    assert " schools: " in first.out
    again = run("registry", "import", SCHOOLS, "--valid-from", "2025-05-16")
    assert " 0 new, 0 changed, 0 closed" in again.out
    write_names(tmp_path / "in.csv")
    ran = run("registry", "match", tmp_path / "in.csv", tmp_path / "out.csv")
    assert ran.code == 0
    assert ran.out.startswith("2 names: 1 accepted")


def test_import_refuses_a_wrong_day(run: Runner) -> None:
    ran = run("registry", "import", SCHOOLS, "--valid-from", "16/5/2568")
    assert ran.code == 2
    assert "YYYY-MM-DD" in ran.err
