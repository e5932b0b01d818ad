"""From a scan image to a scored record, through the real engines: one file a form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from formextract.config import Settings
from formextract.evaluation.metrics import score
from formextract.evaluation.truth import read_truth
from formextract.model import Outcome
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


@pytest.mark.parametrize(
    ("name", "doc_type"),
    [
        ("inbox/pa1_office_2.pdf", "pa1"),
        ("inbox/mou_office_2.pdf", "network_mou"),
        ("roster_stamped.pdf", "roster_announcement"),
    ],
)
def test_scan_of_each_form_becomes_a_record_with_evidence(name: str, doc_type: str, tools: Tools) -> None:
    path = SAMPLES / name
    extraction = extract_file(path, tools)
    assert extraction.outcome is Outcome.EXTRACTED
    (document,) = extraction.documents
    assert document.doc_type == doc_type
    assert all(content.method == "ocr" for content in extraction.contents)

    (form,) = score(extraction.as_json(), read_truth(path.with_suffix(".json")))
    right = sum(leaf.state == "right" for leaf in form.leaves)
    silent = [leaf.path for leaf in form.leaves if leaf.silently_wrong]
    # the aims of docs/accuracy.md for office scans
    assert right >= 0.85 * len(form.leaves)
    assert len(silent) <= 0.01 * len(form.leaves), silent

    pages = {content.number: content for content in extraction.contents}
    for where, evidence in document.evidence.items():
        page = pages[evidence.page]
        hull = page.to_source.box(type(evidence.bbox)(0, 0, page.width, page.height))
        assert hull.grown(3).holds(evidence.bbox.cx, evidence.bbox.cy), where
