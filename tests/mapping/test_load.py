"""A wrong mapping fails loudly: file, line, key and what to do."""

from pathlib import Path

import pytest

from formextract.errors import MappingError
from formextract.mapping.load import load_mapping, load_mappings
from tests.mapping.build import MAPPINGS

GOOD = """\
name: made
doc_type: pa1
title: made
years: {start: 2564, end: 2569}
recognise:
  cues:
    - {text: ข้อตกลง, weight: 2}
sections:
  - {id: head}
  - id: body
    starts: ส่วนที่ 1
blocks:
  - block: labels
    section: head
    labels:
      - {label: ชื่อ, field: maker, kind: person_given}
      - {label: [บาท]}
  - block: grid
    field: rows
    columns:
      - {header: ลำดับ, field: seq, kind: integer}
      - {header: โรงเรียน, field: school, kind: school}
"""


def write(tmp_path: Path, text: str, name: str = "made.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_one(tmp_path: Path) -> None:
    mapping = load_mapping(write(tmp_path, GOOD))
    assert mapping.key == "made@2564"
    assert mapping.sections[1].starts == ["ส่วนที่ 1"]


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.yaml")), ids=lambda p: p.stem)
def test_those_of_the_project(path: Path) -> None:
    assert load_mapping(path).name == path.stem


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("title: made", "titel: made", 1, "title"),
        ("kind: person_given", "kind: persn", 16, "kind"),
        ("    section: head", "    section: haed", 14, "section"),
        ("    section: head\n", "    section: head\n    sektion: head\n", 15, "sektion"),
        ("block: labels", "block: lables", 13, "blocks.0"),
        ("start: 2564", "start: 2024", 4, "start"),
        ("weight: 2", "weight: -2", 7, "weight"),
        ("    starts: ส่วนที่ 1", "    starts: {a: b}", 11, "starts"),
        ("      - {header: โรงเรียน, field: school, kind: school}\n", "", 20, "columns"),
        ("name: made", "name: Made!", 1, "name"),
        ("name: made", "name: other", 1, "name"),
        ("  - {id: head}", "  - {id: head, optional: sometimes}", 9, "optional"),
        ("  - {id: head}", "  - {id: body}", 10, "id"),
    ],
)
def test_wrong_keys_and_values(tmp_path: Path, old: str, new: str, line: int, key: str) -> None:
    assert GOOD.count(old) >= 1
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(MappingError) as caught:
        load_mapping(path)
    error = caught.value
    assert error.file == str(path)
    assert error.line == line
    assert key in error.key
    assert error.remedy
    assert str(error).startswith(f"{path}:{line}: ")
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [("name: [a\nb: c\n", 2), ("a: b\n\tc: d\n", 2), ("a: 'b\n", 2), ("a: b: c\n", 1)],
)
def test_what_is_no_yaml(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(MappingError) as caught:
        load_mapping(write(tmp_path, text))
    assert caught.value.line == line
    assert "is not YAML" in caught.value.message


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_what_is_no_table_of_keys(tmp_path: Path, text: str) -> None:
    with pytest.raises(MappingError, match="must be a table of keys"):
        load_mapping(write(tmp_path, text))


def test_other_encodings_and_missing_files(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_bytes("name: ก".encode("tis-620"))
    with pytest.raises(MappingError, match="cannot be read"):
        load_mapping(path)
    with pytest.raises(MappingError, match="cannot be read"):
        load_mapping(tmp_path / "none.yaml")


def test_a_mistyped_key_is_told_what_was_meant(tmp_path: Path) -> None:
    with pytest.raises(MappingError) as caught:
        load_mapping(write(tmp_path, GOOD.replace("years:", "yeers: 1\nyears:")))
    assert "'years'" in caught.value.remedy


def test_a_folder_without_mappings(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="holds no mappings"):
        load_mappings(tmp_path)


def test_a_folder_is_read_by_name_and_stops_at_the_first_wrong_one(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("name: made", "name: b"), "b.yaml")
    write(tmp_path, GOOD.replace("name: made", "name: a"), "a.yaml")
    assert [m.name for m in load_mappings(tmp_path)] == ["a", "b"]
    write(tmp_path, "x", "c.yaml")
    with pytest.raises(MappingError):
        load_mappings(tmp_path)
