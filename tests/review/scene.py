"""A desk with invented work on it, for the browser test and the screenshot.

The pages are laid out and drawn by Chromium from HTML, so that every value's box is where its print is.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Playwright

from formextract.model import Box, Candidate, Decision, Evidence, Issue, Match, Severity, Transform
from formextract.store.db import Store
from formextract.store.objects import Objects
from formextract.store.publish import publish
from tests.store import make

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FONTS = Path(__file__).resolve().parents[2] / "src/formextract/review/static/fonts"


def reason_not_to_run() -> str | None:
    """Why there can be no browser here."""
    if not CHROMIUM.exists():
        return "Chromium is not installed at /usr/bin/chromium"
    if "snap" in str(CHROMIUM.resolve()) or b"snap" in CHROMIUM.read_bytes()[:4096]:
        return "this Chromium is a snap, which cannot be driven"
    return None


@contextmanager
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with a fresh profile."""
    launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
    try:
        yield launched
    finally:
        launched.close()


PA1_PAGE = Path(__file__).with_name("pa1_page.html")


def _record() -> dict[str, Any]:
    record = make.pa1_record(
        title="นาง",
        first_name="สายพิณ",
        last_name="ทองสมมติ",
        position="ผู้อำนวยการสถานศึกษา",
        school="โรงเรียนวัดใหม่บ้านดอน",
        area_office="สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครสวรรค์ เขต 3",
        salary_baht=47660,
        standing="ผู้อำนวยการชำนาญการพิเศษ",
    )
    record["standing"] = "ผู้อำนวยการชำนาญการพิเศษ"
    record["domains"] = []
    record["workload"]["activities"] = [
        {"code": "teach_subject", "label": "ปฏิบัติการสอนประจำวิชา", "checked": True, "hours": 4},
        {"code": "observe", "label": "สังเกตการสอนและสะท้อนผลการสอน", "checked": True, "hours": 2},
    ]
    record["challenge"] = {"title": "ห้องสมุดเคลื่อนที่เพื่อการอ่านในชุมชน"}
    record["signature"] = {"name_printed": "นางสายพิณ ทองสมมติ", "date": "2024-10-01"}
    return record


NEAR = "looked up in สพป.นครสวรรค์ เขต 3"
SCHOOL = Match(
    Decision.REVIEW,
    "1060999911",
    "โรงเรียนวัดใหม่บ้านดอน (ประชานุเคราะห์)",
    0.91,
    0.06,
    ("too near to another school",),
    (
        Candidate(
            "1060999911",
            "โรงเรียนวัดใหม่บ้านดอน (ประชานุเคราะห์)",
            0.91,
            "สพป.นครสวรรค์ เขต 3",
            (NEAR, "exact name"),
        ),
        Candidate(
            "1060999912",
            "โรงเรียนวัดใหญ่บ้านดอน",
            0.85,
            "สพป.นครสวรรค์ เขต 3",
            (NEAR, "1.0 edits from the name"),
        ),
        Candidate(
            "1060999913",
            "โรงเรียนวัดใหม่บ้านดอนกลาง",
            0.78,
            "สพป.นครสวรรค์ เขต 1",
            ("exact name in another office (สพป.นครสวรรค์ เขต 1)",),
        ),
    ),
)


_BOXES = """() => Object.fromEntries([...document.querySelectorAll("[data-path]")].map((e) => {
  const r = e.getBoundingClientRect();
  return [e.dataset.path, [r.left, r.top, r.right, r.bottom]];
}))"""


def draw(page_html: str, chromium: Browser) -> tuple[np.ndarray, dict[str, Box]]:
    """The page as gray pixels at 192 dpi, and each value's box in points."""
    page = chromium.new_page(viewport={"width": 794, "height": 1123}, device_scale_factor=2)
    page.set_content(f"<meta charset='utf-8'><style>{_faces()}</style>{page_html}")
    page.evaluate("document.fonts.ready")
    png = page.screenshot()
    boxes = {path: Box(*(v * 0.75 for v in box)) for path, box in page.evaluate(_BOXES).items()}
    page.close()
    gray = np.asarray(Image.open(io.BytesIO(png)).convert("L")).astype(float)
    noise = np.random.default_rng(7).normal(0, 2, gray.shape)
    return np.clip(gray * 0.93 + 8 + noise, 0, 255).astype(np.uint8), boxes


def _faces() -> str:
    out = ""
    for weight in (400, 700):
        for kind, letters in (("thai", "U+0E01-0E5B"), ("latin", "U+0000-00FF")):
            data = base64.b64encode((FONTS / f"sarabun-{kind}-{weight}-normal.woff2").read_bytes()).decode()
            out += (
                f"@font-face {{font-family:Sarabun;font-weight:{weight};unicode-range:{letters};"
                f"src:url(data:font/woff2;base64,{data})}}"
            )
    return out


def fill(store: Store, objects: Objects, chromium: Browser) -> str:
    """Put a few files on the desk; the id of the document that is asked about first."""
    gray, boxes = draw(PA1_PAGE.read_text("utf-8"), chromium)
    record = _record()
    doubtful = {"maker.salary_baht": 0.71, "workload.activities[1].checked": 0.8, "challenge.title": 0.83}
    document = replace(
        make.pa1(), record=record, pages=(1,), decision=Decision.REVIEW, evidence={}, matches={}
    )
    evidence = {}
    for path, made in make.evidence_of(record).items():
        if path in boxes:
            odd = doubtful.get(path)
            evidence[path] = Evidence(
                {"maker.salary_baht": "๔๗,๖๖๐"}.get(path, made.raw),
                odd or 0.997,
                Decision.REVIEW if odd else Decision.ACCEPTED,
                1,
                boxes[path],
                "mark" if path.endswith(("checked", "full_time")) else "ocr",
            )
    office = replace(
        make.match(kind="area_office"), name=record["maker"]["area_office"],
        candidates=(Candidate("6003", record["maker"]["area_office"], 1.0),), code="6003",
    )  # fmt: skip
    document = replace(
        document, evidence=evidence, matches={"maker.school": SCHOOL, "maker.area_office": office}
    )
    first = make.extraction(document, word="scene", path="/in/2568/PA1 วัดใหม่บ้านดอน.pdf")
    objects.save_page(first.sha256 or "", 1, gray, 192, Transform())
    (published,) = publish(store, first).documents
    issue = Issue(
        "hours_below_minimum", Severity.ERROR, "workload.min_teaching_hours", "Below.", "ชั่วโมงสอนต่ำกว่าเกณฑ์"
    )
    for n, name in enumerate(("กานดา", "วิชัย", "มาลี")):
        other = make.pa1(
            doubtful=("maker.salary_baht", "signature.date")[: n + 1],
            issues=(issue,) if n == 2 else (),
            record=make.pa1_record(first_name=name),
        )
        publish(store, make.extraction(other, word=name, path=f"/in/2568/สแกน {n + 2:03}.pdf"))
    publish(
        store, make.extraction(make.roster(links=Decision.REVIEW), word="r", path="/in/2564/ประกาศรายชื่อ.pdf")
    )
    publish(store, make.extraction(make.network_mou(), word="m", path="/in/2564/MOU เครือข่าย.pdf"))
    publish(store, make.unreadable(path="/in/2568/สแกน 009.pdf"))
    return published.document_id
