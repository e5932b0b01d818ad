from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from formextract.registry.batch import RESULT_COLUMNS, match_file, match_rows
from formextract.registry.index import RegistryIndex
from formextract.registry.tables import RegistryFileError


def test_rows_keep_order_columns_and_number(index: RegistryIndex) -> None:
    rows = [
        {"no": "1", "name": "โรงเรียนบ้านวังนกแอ่น", "area_office": "สพป.พิษณุโลก เขต 2", "note": "a"},
        {"no": "2", "name": "", "area_office": "", "note": ""},
        {"no": "3", "name": "โรงเรียนบ้านวังบกแอ่น", "area_office": "สพป.พิษณุโลก เขต 2", "note": "c"},
        {"no": "4", "name": "โรงเรียนบ้านวังนกแอ่น", "area_office": "สพป.พิษณุโลก เขต 2", "note": "d"},
    ]
    out = list(match_rows(rows, index))
    assert [r["no"] for r in out] == ["1", "2", "3", "4"]
    assert [r["note"] for r in out] == ["a", "", "c", "d"]
    assert [r["decision"] for r in out] == ["accepted", "none", "accepted", "accepted"]
    assert out[1]["school_code"] == "" and out[1]["candidates"] == "[]"
    assert (
        out[0]["school_code"] == out[2]["school_code"] == json.loads(out[0]["candidates"])[0]["school_code"]
    )


def test_file_to_file(index: RegistryIndex, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('id,name,date\nก,โรงเรียนบ้านหนองม่วง,2564-01-02\nข,"อะไร, ไม่รู้",x\n', "utf-8-sig")
    counts = match_file(source, target, index)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["id", "name", "date", *RESULT_COLUMNS]
    assert [r["id"] for r in rows] == ["ก", "ข"]
    assert rows[0]["decision"] == "review", "three schools of this name"
    assert rows[0]["school_code"] and rows[0]["matched_name"] == "โรงเรียนบ้านหนองม่วง"
    assert sum(counts.values()) == 2
    assert not list(tmp_path.glob("*.part"))


def test_a_list_without_names_is_refused(index: RegistryIndex, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id\n1\n", "utf-8")
    with pytest.raises(RegistryFileError, match="no column name"):
        match_file(tmp_path / "in.csv", tmp_path / "out.csv", index)
    assert not (tmp_path / "out.csv").exists()
