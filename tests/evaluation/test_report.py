from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from formextract.errors import UsageError
from formextract.evaluation.report import evaluate, find_samples, run
from formextract.evaluation.truth import read_truth, write_truth

TRUTH = {
    "doc_type": "roster_announcement",
    "status": "filled",
    "pages": [1],
    "record": {"issuer": "สำนักงานสมมุติ", "signer": "นายหนึ่ง สองสาม"},
    "meta": {"scan": "fax"},
}


def _extract(signer: str, decision: str) -> Any:
    evidence = {
        "issuer": {"confidence": 0.97, "decision": "accepted", "page": 1, "bbox": [0, 0, 1, 1]},
        "signer": {"confidence": 0.92, "decision": decision, "page": 1, "bbox": [0, 0, 1, 1]},
    }
    document = {
        "doc_type": "roster_announcement",
        "status": "filled",
        "pages": [1],
        "record": {"issuer": "สำนักงานสมมุติ", "signer": signer},
        "evidence": evidence,
        "matches": {},
        "decision": "review",
    }
    return lambda paths: [{"outcome": "extracted", "documents": [document]} for _ in paths]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.tif").write_bytes(b"x")
    write_truth(tmp_path / "inbox" / "a.json", TRUTH)
    (tmp_path / "no_truth.pdf").write_bytes(b"x")
    return tmp_path


def test_only_files_with_a_truth_are_scored(folder: Path) -> None:
    assert [p.name for p, _ in find_samples(folder)] == ["a.tif"]


def test_silently_wrong_is_printed_with_what_was_wanted(folder: Path) -> None:
    out = io.StringIO()
    assert run(folder, extract=_extract("นายหนึ่ง สองสี่", "accepted"), as_json=False, out=out) == 0
    text = out.getvalue()
    assert "silently wrong: 1" in text
    assert "นายหนึ่ง สองสาม" in text
    assert "นายหนึ่ง สองสี่" in text
    assert "roster_announcement" in text
    assert "fax" in text


def test_json_counts(folder: Path) -> None:
    out = io.StringIO()
    run(folder, extract=_extract("นายหนึ่ง สองสี่", "review"), as_json=True, out=out)
    total = json.loads(out.getvalue())["total"]
    assert (total["values"], total["right"], total["wrong"], total["accepted"]) == (2, 1, 1, 1)
    assert total["silently_wrong"] == 0
    assert total["to_review"] == 1


def test_reliability_by_tenth(folder: Path) -> None:
    report = evaluate(folder, _extract("นายหนึ่ง สองสี่", "review"))
    assert report.reliability() == [
        {"from": 0.9, "to": 1.0, "values": 2, "mean_confidence": 0.945, "right_share": 0.5}
    ]


def test_unreadable_file_is_named(folder: Path) -> None:
    report = evaluate(folder, lambda paths: [{"outcome": "unreadable", "documents": []} for _ in paths])
    assert report.unreadable == ["inbox/a.tif"]
    assert {leaf.state for s in report.scores for leaf in s.leaves} == {"missing"}


def test_empty_folder_and_bad_truth_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        evaluate(tmp_path, lambda paths: [])
    (tmp_path / "b.pdf").write_bytes(b"x")
    (tmp_path / "b.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(UsageError, match="no truth file"):
        evaluate(tmp_path, lambda paths: [])


def test_truth_survives_writing(tmp_path: Path) -> None:
    write_truth(tmp_path / "t.json", TRUTH)
    assert read_truth(tmp_path / "t.json") == TRUTH
