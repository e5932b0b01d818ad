"""From findings to evidence: probability, decision, and the place on the source page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from formextract.confidence import Calibration, decide, evidence_class
from formextract.mapping.found import Found
from formextract.model import Decision, Evidence, Issue, Match, PageContent, Severity, Status

SURE_TYPE = 0.75
"""Probability of its type below which a clerk looks at a whole form."""


def judge(
    found: Sequence[Found], pages: Sequence[PageContent], calibration: Calibration, accept_at: float
) -> dict[str, Evidence]:
    """Evidence for every value, and for every place that was found but could not be understood.

    A null whose place is known to be empty needs nobody's look and gets none.
    """
    by_number = {p.number: p for p in pages}
    out: dict[str, Evidence] = {}
    for f in found:
        if f.value is None and "doubt" not in f.flags:
            continue
        basis = evidence_class(f.kind, method_of(f), f.agreed, f.flags)
        p = calibration.probability(basis, f.score)
        page = by_number[f.page]
        decision = decide(p, accept_at) if f.value is not None else Decision.REVIEW
        out[f.path] = Evidence(
            f.raw, p, decision, f.page, page.to_source.box(f.box), f.method, basis, f.score
        )
    return out


def method_of(found: Found) -> str:
    """How the ink itself was read: a carried or derived value is as good as its source."""
    if found.method in ("carried_down", "derived"):
        return "text_layer" if found.agreed is None and found.score == 1.0 else "ocr"
    return found.method


def decide_document(
    status: Status,
    evidence: Mapping[str, Evidence],
    matches: Mapping[str, Match],
    issues: Sequence[Issue],
    *,
    scanned: bool,
    type_confidence: float,
) -> Decision:
    """Accepted only if nothing in it waits: no value, link or broken rule of weight, nor its type.

    A ``scanned`` form without values may be filled in by hand: only a text layer shows that a
    template is blank.
    """
    if type_confidence < SURE_TYPE:
        return Decision.REVIEW
    if status is Status.BLANK_TEMPLATE:
        return Decision.REVIEW if scanned else Decision.ACCEPTED
    waits = (
        any(e.decision is not Decision.ACCEPTED for e in evidence.values())
        or any(m.decision is not Decision.ACCEPTED for m in matches.values())
        or any(i.severity is Severity.ERROR for i in issues)
    )
    return Decision.REVIEW if waits else Decision.ACCEPTED
