"""From a scan image to a scored record, through the real engines: one file a form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from formextract.config import Settings
from formextract.evaluation.metrics import FileScore, score
from formextract.evaluation.truth import read_truth
from formextract.model import Box, Extraction, Outcome
from formextract.pipeline.extract import extract_file
from formextract.pipeline.tools import Tools, make_tools
from formextract.registry.index import RegistryIndex
from formextract.registry.labels import offices_from_schools
from formextract.registry.load import read_schools

SAMPLES = Path(__file__).parents[1] / "samples"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not on this machine"),
]


@pytest.fixture(scope="module")
def tools() -> Tools:
    schools = read_schools(SAMPLES / "registry" / "schools.csv")
    return make_tools(Settings(), index=RegistryIndex.build(schools, offices_from_schools(schools)))


FORMS = {
    "pa1": "inbox/pa1_office_2.pdf",
    "network_mou": "inbox/mou_office_2.pdf",
    "roster_announcement": "roster_stamped.pdf",
}


@pytest.fixture(scope="module")
def read(tools: Tools) -> dict[str, tuple[Extraction, FileScore]]:
    """Each form's scan, read once and scored."""
    out = {}
    for doc_type, name in FORMS.items():
        extraction = extract_file(SAMPLES / name, tools)
        (form,) = score(extraction.as_json(), read_truth((SAMPLES / name).with_suffix(".json")))
        out[doc_type] = extraction, form
    return out


@pytest.mark.parametrize("doc_type", FORMS)
def test_scan_of_each_form_becomes_a_record_with_evidence(
    doc_type: str, read: dict[str, tuple[Extraction, FileScore]]
) -> None:
    extraction, form = read[doc_type]
    assert extraction.outcome is Outcome.EXTRACTED
    (document,) = extraction.documents
    assert document.doc_type == doc_type
    assert all(content.method == "ocr" for content in extraction.contents)

    # the aim of docs/accuracy.md for whatever is accepted
    silent = [leaf.path for leaf in form.leaves if leaf.silently_wrong]
    assert len(silent) <= 0.01 * len(form.leaves), silent

    pages = {content.number: content for content in extraction.contents}
    for where, evidence in document.evidence.items():
        page = pages[evidence.page]
        hull = page.to_source.box(Box(0, 0, page.width, page.height))
        assert hull.grown(3).holds(evidence.bbox.cx, evidence.bbox.cy), where


def test_office_scans_are_read_right(read: dict[str, tuple[Extraction, FileScore]]) -> None:
    """The aim of docs/accuracy.md for office scans, over the three forms together."""
    leaves = [leaf for _, form in read.values() for leaf in form.leaves]
    assert sum(leaf.state == "right" for leaf in leaves) >= 0.85 * len(leaves)
