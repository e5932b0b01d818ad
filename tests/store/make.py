"""Invented extractions: no person, salary or document of these exists."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from formextract.model import (
    Box,
    Candidate,
    Decision,
    Document,
    Evidence,
    Extraction,
    Issue,
    Match,
    Outcome,
    Problem,
    Severity,
    Status,
)
from formextract.recordpath import leaves

SCHOOL, OFFICE = "โรงเรียนบ้านทดลอง", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาพิษณุโลก เขต 2"
SCHOOL_CODE, OTHER_CODE = "1065999901", "1065999902"


def sha(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def pa1_record(**maker: Any) -> dict[str, Any]:
    """A record that breaks no rule; the signature is the maker's."""
    signer = (
        f"{maker.get('title', 'นาย')}{maker.get('first_name', 'สมมติ')} {maker.get('last_name', 'ตัวอย่าง')}"
    )
    return {
        "form_code": "PA 1/บส",
        "position": "ผู้บริหารสถานศึกษา",
        "standing": "ชำนาญการพิเศษ",
        "fiscal_year_be": 2568,
        "period": {"start": "2024-10-01", "end": "2025-09-30"},
        "maker": {
            "title": "นาย",
            "first_name": "สมมติ",
            "last_name": "ตัวอย่าง",
            "position": "ผู้อำนวยการ",
            "standing": "ชำนาญการพิเศษ",
            "school": SCHOOL,
            "area_office": OFFICE,
            "salary_rank": "คศ.3",
            "salary_baht": 41230,
            **maker,
        },
        "school_types": [
            {"code": "basic", "label": "สถานศึกษาที่จัดการศึกษาขั้นพื้นฐาน", "checked": True},
            {"code": "vocational", "label": "สถานศึกษาที่จัดการศึกษาอาชีวศึกษา", "checked": False},
        ],
        "workload": {
            "full_time": True,
            "not_full_time_reason": None,
            "min_teaching_hours": 6,
            "activities": [
                {"code": "teach_subject", "label": "ปฏิบัติการสอนประจำวิชา", "checked": False, "hours": None},
                {"code": "plc", "label": "เป็นผู้นำกิจกรรมชุมชนการเรียนรู้", "checked": True, "hours": 2.5},
            ],
        },
        "domains": [
            {
                "no": 1,
                "name": "ด้านการบริหารวิชาการและความเป็นผู้นำทางวิชาการ",
                "tasks": [
                    {
                        "code": "1.1",
                        "text": "จัดทำแผนงานทดลอง",
                        "outcomes": ["มีแผนงาน", "มีรายงาน"],
                        "indicators": [
                            {"audience": "learner", "text": "ผู้เรียนร้อยละ 80", "target_percent": 80}
                        ],
                    }
                ],
            }
        ],
        "challenge": {
            "title": "ห้องสมุดทดลอง",
            "problem": "หนังสือไม่พอ",
            "method": ["สำรวจ", "จัดหา"],
            "quantitative": ["หนังสือ 100 เล่ม"],
            "qualitative": ["ผู้เรียนรักการอ่าน"],
        },
        "signature": {
            "name_printed": signer,
            "position_printed": "ผู้อำนวยการ",
            "date": "2024-10-01",
        },
        "superior": {"approved": None, "comments": None, "name": None, "position": None, "date": None},
    }


def evidence_of(
    record: Mapping[str, Any], doubtful: tuple[str, ...] = (), page: int = 1, first_y: float = 40.0
) -> dict[str, Evidence]:
    """Evidence for every leaf, one line each down the page; ``doubtful`` paths go to review."""
    out = {}
    for i, (path, value) in enumerate((p, v) for p, v in leaves(dict(record)) if v is not None):
        y = first_y + 12.0 * i
        bad = path in doubtful
        out[path] = Evidence(
            str(value),
            0.6 if bad else 0.995,
            Decision.REVIEW if bad else Decision.ACCEPTED,
            page,
            Box(100, y, 300, y + 10),
            "ocr",
        )
    return out


def match(
    decision: Decision = Decision.ACCEPTED, *, kind: str = "school", code: str | None = SCHOOL_CODE
) -> Match:
    candidates = (
        Candidate(SCHOOL_CODE, SCHOOL, 0.97, "สพป.พิษณุโลก เขต 2", ("same area office", "core name equal")),
        Candidate(OTHER_CODE, "โรงเรียนบ้านทดลองใหม่", 0.81, "สพป.พิษณุโลก เขต 2", ("same area office",)),
    )
    if kind == "area_office":
        candidates = (Candidate("6502", OFFICE, 1.0, None, ("exact",)),)
        return Match(decision, "6502", OFFICE, 1.0, 1.0, ("exact",), candidates, "area_office")
    return Match(
        decision, code, SCHOOL if code else None, 0.97, 0.16, ("margin 0.16",), candidates if code else ()
    )


def pa1(
    *,
    doubtful: tuple[str, ...] = (),
    school: Decision = Decision.ACCEPTED,
    issues: tuple[Issue, ...] = (),
    pages: tuple[int, ...] = (1, 2),
    record: dict[str, Any] | None = None,
    status: Status = Status.FILLED,
) -> Document:
    record = record or pa1_record()
    clean = (
        not doubtful and school is Decision.ACCEPTED and not any(i.severity is Severity.ERROR for i in issues)
    )
    return Document(
        "pa1",
        0.99,
        "pa1_administrator@2564",
        pages,
        status,
        record,
        evidence_of(record, doubtful, pages[0]),
        {"maker.school": match(school), "maker.area_office": match(kind="area_office")},
        issues,
        Decision.ACCEPTED if clean else Decision.REVIEW,
    )


def roster(
    doubtful: tuple[str, ...] = (), links: Decision = Decision.ACCEPTED, *, shift: int = 0
) -> Document:
    """Four rows of two leads; ``shift`` adds rows above, as a better reading would find them."""
    rows: list[dict[str, Any]] = []
    for n in range(-shift, 4):
        lead = "โรงเรียนวัดแกนนำหนึ่ง" if n < 2 else "โรงเรียนวัดแกนนำสอง"
        rows.append(
            {
                "seq": 1,
                "area_office": OFFICE,
                "lead_no": 1 if n < 2 else 2,
                "lead_school": lead,
                "codev_no": n + shift + 1 if n < 2 else n - 1,
                "codev_school": f"โรงเรียนบ้านร่วมพัฒนา {n}",
                "carried_down": ["area_office"] if n else [],
                "uncertain": False,
            }
        )
    record = {"issuer": "หน่วยงานทดลอง", "title": "รายชื่อทดลอง", "announced_date": "2021-03-01", "rows": rows}
    evidence: dict[str, Evidence] = {}
    for path, value in leaves(record):
        index = int(path[5 : path.index("]")]) if path.startswith("rows[") else None
        # The cell of an office or a lead stands once and is carried down.
        printed_row = 0 if index is None else index - shift
        if path.endswith(("area_office", "seq")):
            printed_row = 0
        elif path.endswith(("lead_school", "lead_no")):
            printed_row = 0 if printed_row < 2 else 2
        column = {
            "seq": 0,
            "area_office": 60,
            "lead_no": 180,
            "lead_school": 200,
            "codev_no": 320,
            "codev_school": 340,
        }
        x = column.get(path.rpartition(".")[2], 450) if index is not None else 0
        y = 100.0 + 20 * printed_row if index is not None else 20.0 + len(path)
        bad = path in doubtful
        evidence[path] = Evidence(
            str(value),
            0.5 if bad else 0.995,
            Decision.REVIEW if bad else Decision.ACCEPTED,
            1,
            Box(x, y, x + 15, y + 14),
            "ocr",
        )
    matches = {}
    for i in range(len(rows)):
        matches[f"rows[{i}].lead_school"] = match(links)
        matches[f"rows[{i}].codev_school"] = match(code=OTHER_CODE)
    decision = Decision.REVIEW if doubtful or links is not Decision.ACCEPTED else Decision.ACCEPTED
    return Document(
        "roster_announcement",
        0.99,
        "roster@2564",
        (1,),
        Status.FILLED,
        record,
        evidence,
        matches,
        (),
        decision,
    )


def network_mou() -> Document:
    record = {
        "variant": "2p",
        "title": "บันทึกข้อตกลงทดลอง",
        "made_at": "ห้องประชุมทดลอง",
        "made_date": "2021-02-10",
        "area_office": None,
        "lead_school": SCHOOL,
        "codev_schools": ["โรงเรียนบ้านร่วมหนึ่ง", "โรงเรียนบ้านร่วมสอง"],
        "n_parties": 2,
        "period_start_be": 2564,
        "period_end_be": 2566,
        "objectives": [{"no": "1.1", "text": "เพื่อทดลอง"}],
        "agreements": [{"no": "3.1", "text": "จะทดลอง"}],
        "change_notice_days": 30,
        "termination_notice_days": 15,
        "copies": 2,
        "signatures": [
            {"role": "giver", "name_printed": "นางสาวสมหญิง ทดลอง", "position_printed": "ผู้อำนวยการ"}
        ],
        "witnesses": ["นายพยาน ทดลอง"],
    }
    links = {"lead_school": match(), "codev_schools[0]": match(code=OTHER_CODE)}
    evidence = evidence_of(record)
    return Document(
        "network_mou",
        0.99,
        "network_mou_2p@2564",
        (1,),
        Status.FILLED,
        record,
        evidence,
        links,
        (),
        Decision.ACCEPTED,
    )


def salary_mou() -> Document:
    record = {
        "title": "บันทึกข้อตกลงทดลอง",
        "area_office": OFFICE,
        "purpose": "ในการเลื่อนเงินเดือน",
        "rounds": [
            {"round_no": 1, "effective_date": "2022-04-01"},
            {"round_no": 2, "effective_date": "2022-10-01"},
        ],
        "clauses": [
            {
                "no": "1",
                "no_printed": "๑.",
                "text": "ข้อหนึ่ง",
                "children": [{"no": "1.1", "no_printed": "๑.1", "text": "ข้อย่อย", "children": []}],
            }
        ],
        "copies": 2,
        "signed_date": "2022-03-15",
        "schools": [SCHOOL],
        "signatures": [],
        "witnesses": [],
    }
    links = {"area_office": match(kind="area_office"), "schools[0]": match()}
    return Document(
        "salary_mou",
        0.99,
        "salary_mou@2565",
        (1,),
        Status.FILLED,
        record,
        evidence_of(record),
        links,
        (),
        Decision.ACCEPTED,
    )


def unknown(pages: tuple[int, ...] = (9,)) -> Document:
    return Document("unknown", 0.9, None, pages, Status.FILLED, {}, {}, {}, (), Decision.REVIEW, "ข้อความอื่น")


def extraction(*documents: Document, word: str = "a", path: str = "/in/a.pdf") -> Extraction:
    known = any(d.doc_type != "unknown" for d in documents)
    outcome = Outcome.EXTRACTED if known else Outcome.UNKNOWN_FORM
    return Extraction(path, sha(word), "application/pdf", 10, outcome, None, documents)


def unreadable(word: str | None = "bad", path: str = "/in/bad.pdf") -> Extraction:
    problem = Problem("encrypted", "The file asks for a password.", "Save it without a password.")
    return Extraction(path, sha(word) if word else None, None, None, Outcome.UNREADABLE, problem)


ERROR = Issue("hours_sum", Severity.ERROR, "workload.min_teaching_hours", "Hours do not fit.", "ชั่วโมงไม่ตรงกัน")
WARNING = Issue("salary_band", Severity.WARNING, "maker.salary_baht", "Outside the band.", "นอกช่วงเงินเดือน")
