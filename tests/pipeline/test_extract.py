"""Whole files, end to end: born-digital samples against the true records beside them."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from formextract.config import Settings
from formextract.errors import EngineError, MissingDependency, UnreadableInput
from formextract.model import Extraction, Outcome
from formextract.pipeline import extract
from formextract.pipeline.extract import extract_file
from formextract.pipeline.tools import Tools, make_tools
from formextract.recordpath import leaves
from formextract.records import complete_record
from tests.pipeline.test_links import index

SAMPLES = Path(__file__).parents[2] / "samples"
BORN = sorted(p for p in SAMPLES.glob("*_born_*.pdf") if "wrongmap" not in p.name)


@lru_cache(maxsize=1)
def tools() -> Tools:
    try:
        return make_tools(Settings(), index=index())
    except MissingDependency as e:
        pytest.skip(e.message)


@lru_cache(maxsize=20)
def extracted(path: Path) -> tuple[Extraction, list[dict[str, Any]]]:
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return extract_file(path, tools()), truth.get("documents", [truth])


def squeezed(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("path", BORN, ids=lambda p: p.stem)
def test_records_of_born_digital_forms(path: Path) -> None:
    extraction, truths = extracted(path)
    assert extraction.outcome is Outcome.EXTRACTED
    assert [d.doc_type for d in extraction.documents] == [t["doc_type"] for t in truths]
    for document, truth in zip(extraction.documents, truths, strict=True):
        assert document.status.value == truth.get("status", document.status.value)
        read = {k: squeezed(v) for k, v in leaves(document.record)}
        wanted = {k: squeezed(v) for k, v in leaves(complete_record(document.doc_type, truth["record"]))}
        wrong = [k for k in wanted | read if read.get(k) != wanted.get(k)]
        # blanks that a text layer does not show at line ends are no errors here
        assert len(wrong) <= 0.02 * len(wanted), wrong


@pytest.mark.parametrize("path", BORN, ids=lambda p: p.stem)
def test_every_value_has_its_evidence(path: Path) -> None:
    for document in extracted(path)[0].documents:
        for where, value in leaves(document.record):
            if value is not None:
                assert where in document.evidence, where
        for where, evidence in document.evidence.items():
            assert evidence.page in document.pages
            assert 0.0 <= evidence.confidence <= 1.0
            assert evidence.bbox.x0 <= evidence.bbox.x1 and evidence.bbox.y0 <= evidence.bbox.y1
            assert "…" not in str(dict(leaves(document.record)).get(where))


@pytest.mark.parametrize("path", BORN, ids=lambda p: p.stem)
def test_what_is_printed_is_what_the_contract_prints(path: Path) -> None:
    printed = extracted(path)[0].as_json()
    again = json.loads(json.dumps(printed, ensure_ascii=False))
    assert set(again) == {"source", "outcome", "problem", "documents"}
    for document in again["documents"]:
        assert set(document) >= {"doc_type", "mapping", "pages", "status", "record", "evidence", "matches"}
        for match in document["matches"].values():
            assert len(match["candidates"]) <= 5


def test_no_wrong_value_of_a_born_digital_form_is_accepted() -> None:
    wrong = []
    for path in BORN:
        extraction, truths = extracted(path)
        for document, truth in zip(extraction.documents, truths, strict=True):
            wanted = {k: squeezed(v) for k, v in leaves(truth["record"])}
            read = {k: squeezed(v) for k, v in leaves(document.record)}
            wrong += [
                f"{path.stem}: {k}"
                for k, e in document.evidence.items()
                if e.decision.value == "accepted" and read.get(k) != wanted.get(k)
            ]
    assert wrong == []


@pytest.mark.parametrize(
    "error", [UnreadableInput("is none", code="encrypted", remedy="x"), EngineError("died", code="engine")]
)
def test_bad_files_are_outcomes(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(extract, "read_pages", fail)
    result = extract_file(BORN[0], tools())
    assert result.outcome is Outcome.UNREADABLE
    assert result.problem is not None and result.problem.code == error.code  # type: ignore[attr-defined]
    assert result.sha256 is not None and result.documents == ()


def test_a_missing_file(tmp_path: Path) -> None:
    result = extract_file(tmp_path / "none.pdf", tools())
    assert (result.outcome, result.sha256) == (Outcome.UNREADABLE, None)
    assert result.problem is not None and result.problem.remedy


def test_what_is_wrong_with_the_machine_is_no_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise MissingDependency("no Tesseract", code="no_tesseract", remedy="Install it.")

    monkeypatch.setattr(extract, "read_pages", fail)
    with pytest.raises(MissingDependency):
        extract_file(BORN[0], tools())
