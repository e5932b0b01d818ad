from typing import Any

import pytest

from formextract.confidence import Calibration, Curve
from formextract.mapping.found import Found
from formextract.model import (
    Box,
    Decision,
    Evidence,
    Issue,
    Match,
    PageContent,
    Severity,
    Status,
    Transform,
)
from formextract.pipeline.judge import decide_document, judge

FITTED = Calibration({"text_layer|digits|alone": Curve((0.0, 1.0), (0.5, 0.999))})
TURNED = Transform((1, 0, 100, 0, 1, 50, 0, 0, 1))
PAGE = PageContent(3, 595, 842, "text_layer", (), to_source=TURNED)


def found(path: str = "x", value: Any = 5, *, kind: str = "hours", **more: Any) -> Found:
    values: dict[str, Any] = {
        "flags": frozenset({"parsed", "blanks_known"}),
        "raw": "5",
        "method": "text_layer",
    }
    values |= more
    return Found(path, value, kind, values.pop("raw"), 3, Box(10, 20, 30, 40), values.pop("method"), **values)


def test_evidence_says_what_where_and_how_sure() -> None:
    (evidence,) = judge([found()], [PAGE], FITTED, 0.99).values()
    assert (evidence.raw, evidence.page, evidence.method) == ("5", 3, "text_layer")
    assert evidence.bbox == Box(110, 70, 130, 90)  # the source's frame
    assert (evidence.confidence, evidence.decision) == (0.999, Decision.ACCEPTED)


def test_classes_without_a_fit_wait() -> None:
    evidence = judge([found(kind="school")], [PAGE], FITTED, 0.99)["x"]
    assert evidence.decision is Decision.REVIEW and evidence.confidence <= 0.5


def test_a_sure_null_needs_nobody_and_a_doubtful_one_a_clerk() -> None:
    doubt = found("b", None, flags=frozenset({"doubt"}))
    out = judge([found("a", None), doubt], [PAGE], FITTED, 0.99)
    assert list(out) == ["b"]
    assert out["b"].decision is Decision.REVIEW


def test_a_carried_value_is_as_good_as_its_source() -> None:
    sure = found("a", method="carried_down")
    read = found("b", method="carried_down", agreed=1.0, score=0.98)
    out = judge([sure, read], [PAGE], FITTED, 0.99)
    assert out["a"].decision is Decision.ACCEPTED and out["a"].method == "carried_down"
    assert out["b"].decision is Decision.REVIEW


def decide(
    *,
    status: Status = Status.FILLED,
    evidence: Decision = Decision.ACCEPTED,
    match: Decision = Decision.ACCEPTED,
    issue: Severity = Severity.WARNING,
    scanned: bool = True,
    sure: float = 0.99,
) -> Decision:
    return decide_document(
        status,
        {"a": Evidence("ก", 0.999, evidence, 1, Box(0, 0, 1, 1), "ocr")},
        {"a": Match(match, None, None, 0.0, 0.0)},
        [Issue("r", issue, "a", "m")],
        scanned=scanned,
        type_confidence=sure,
    )


def test_a_document_is_accepted_only_if_nothing_in_it_waits() -> None:
    assert decide() is Decision.ACCEPTED
    assert decide(evidence=Decision.REVIEW) is Decision.REVIEW
    assert decide(match=Decision.REVIEW) is Decision.REVIEW
    assert decide(match=Decision.NONE) is Decision.REVIEW
    assert decide(issue=Severity.ERROR) is Decision.REVIEW
    assert decide(sure=0.6) is Decision.REVIEW


@pytest.mark.parametrize(("scanned", "decision"), [(True, Decision.REVIEW), (False, Decision.ACCEPTED)])
def test_a_scan_without_values_may_be_filled_in_by_hand(scanned: bool, decision: Decision) -> None:
    got = decide(status=Status.BLANK_TEMPLATE, evidence=Decision.REVIEW, scanned=scanned)
    assert got is decision
