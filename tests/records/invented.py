"""Clean records of invented people, to be broken one field at a time."""

from __future__ import annotations

import copy
from typing import Any

_TASKS = ((1, 6), (2, 3), (3, 2), (4, 2), (5, 2))
_NAMES = (
    "ด้านการบริหารวิชาการและความเป็นผู้นำทางวิชาการ",
    "ด้านการบริหารจัดการสถานศึกษา",
    "ด้านการบริหารการเปลี่ยนแปลงเชิงกลยุทธ์และนวัตกรรม",
    "ด้านการบริหารงานชุมชนและเครือข่าย",
    "ด้านการพัฒนาตนเองและวิชาชีพ",
)
_SUBJECTS = (
    "แผนการอ่าน", "สวนผักกลางวัน", "ห้องคณิตศาสตร์", "ชุดทดลองน้ำ", "ข้อสอบปลายภาค", "วิจัยในชั้น", "ระบบอาคาร",
    "บัญชีอาหารกลางวัน", "ทะเบียนนักเรียน", "กลยุทธ์ปีใหม่", "นวัตกรรมหุ่นยนต์", "ตลาดนัดชุมชน", "จิตอาสาริมคลอง",
    "อบรมภาษาอังกฤษ", "วงสนทนาวิชาชีพ",
)  # fmt: skip


def _domains() -> list[dict[str, Any]]:
    subjects = iter(_SUBJECTS)
    domains = []
    for no, count in _TASKS:
        tasks = []
        for k in range(1, count + 1):
            subject = next(subjects)
            tasks.append(
                {
                    "code": f"{no}.{k}",
                    "text": f"จัดทำ{subject}ร่วมกับครูโรงเรียนบ้านทุ่งทอง",
                    "outcomes": [f"โรงเรียนมี{subject}", f"นักเรียนใช้{subject}เป็น"],
                    "indicators": [
                        {"audience": "learner", "text": f"ร้อยละ 80 ใช้{subject}", "target_percent": 80}
                    ],
                }
            )
        domains.append({"no": no, "name": _NAMES[no - 1], "tasks": tasks})
    return domains


def _boxes(*rows: tuple[str, str, bool]) -> list[dict[str, Any]]:
    return [{"code": code, "label": label, "checked": checked} for code, label, checked in rows]


def pa1() -> dict[str, Any]:
    """A director's agreement that breaks no rule."""
    return {
        "form_code": "PA 1/บส",
        "position": "ผู้บริหารสถานศึกษา",
        "standing": "ชำนาญการพิเศษ",
        "fiscal_year_be": 2568,
        "period": {"start": "2024-10-01", "end": "2025-09-30"},
        "maker": {
            "title": "นาง",
            "first_name": "พิมพ์แก้ว",
            "last_name": "ทดสอบดี",
            "position": "ผู้บริหารสถานศึกษา",
            "standing": "ชำนาญการพิเศษ",
            "school": "โรงเรียนบ้านทุ่งทอง",
            "area_office": "สพป.นครปฐม เขต 2",
            "salary_rank": "คศ.3",
            "salary_baht": 43210,
        },
        "school_types": _boxes(
            ("basic", "ขั้นพื้นฐาน", True), ("primary", "ระดับประถมศึกษา", True), ("vocational", "อาชีวศึกษา", False)
        ),
        "workload": {
            "full_time": True,
            "not_full_time_reason": None,
            "min_teaching_hours": 6,
            "activities": [
                {"code": "teach_subject", "label": "สอนประจำวิชา", "checked": False, "hours": None},
                {"code": "plc_leader", "label": "PLC", "checked": True, "hours": 4},
                {"code": "enrichment", "label": "เสริมการเรียนรู้", "checked": True, "hours": 2.5},
            ],
        },
        "domains": _domains(),
        "challenge": {
            "title": "พัฒนาการอ่านของโรงเรียนบ้านทุ่งทอง",
            "problem": "นักเรียนอ่านช้า",
            "method": ["สำรวจ", "ฝึก"],
            "quantitative": ["นักเรียนร้อยละ 90 อ่านออก"],
            "qualitative": ["นักเรียนรักการอ่าน"],
        },
        "signature": {
            "name_printed": "นางพิมพ์แก้ว ทดสอบดี",
            "position_printed": "ผู้อำนวยการโรงเรียนบ้านทุ่งทอง",
            "date": "2024-10-01",
        },
        "superior": {
            "approved": True,
            "comments": None,
            "name": "นายสมมุติ ตัวอย่าง",
            "position": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 2",
            "date": "2024-10-03",
        },
    }


def network_mou() -> dict[str, Any]:
    """A three-party memorandum that breaks no rule."""
    schools = ["โรงเรียนบ้านหนึ่ง", "โรงเรียนบ้านสอง", "โรงเรียนวัดสาม"]
    signers = ["ผู้อำนวยการ สพป.นครปฐม เขต 2", *(f"ผู้อำนวยการ{s}" for s in ["โรงเรียนอนุบาลทดสอบ", *schools])]
    return {
        "variant": "3p_area",
        "title": "บันทึกข้อตกลงความร่วมมือ",
        "made_at": "ห้องประชุม",
        "made_date": "2021-02-10",
        "area_office": "สพป.นครปฐม เขต 2",
        "lead_school": "โรงเรียนอนุบาลทดสอบ (ตัวอย่างอุปถัมภ์)",
        "codev_schools": schools,
        "n_parties": 3,
        "period_start_be": 2564,
        "period_end_be": 2566,
        "objectives": [{"no": f"1.{i}", "text": "เพื่อเรียนรู้"} for i in range(1, 4)],
        "agreements": [{"no": f"3.{i}", "text": "ร่วมกัน"} for i in range(1, 12)],
        "change_notice_days": 30,
        "termination_notice_days": 15,
        "copies": 3,
        "signatures": [
            {"role": "ผู้รับข้อตกลง", "name_printed": "นายสมมุติ ตัวอย่าง", "position_printed": p} for p in signers
        ],
        "witnesses": ["นางพิมพ์แก้ว ทดสอบดี"],
    }


def roster() -> dict[str, Any]:
    """Two primary offices and a secondary one; the first has two leads."""
    rows: list[dict[str, Any]] = []

    def add(seq: int, office: str, lead_no: int | None, lead: str, *codevs: str) -> None:
        for k, codev in enumerate(codevs, 1):
            carried = ["seq", "area_office", "lead_school"] if k > 1 else []
            rows.append(
                {
                    "seq": seq, "area_office": office, "lead_no": lead_no, "lead_school": lead, "codev_no": k,
                    "codev_school": codev, "carried_down": carried, "uncertain": False,
                }
            )  # fmt: skip

    add(7, "สพป.นครปฐม เขต 2", 1, "โรงเรียนวัดหนึ่ง", "โรงเรียนบ้านก", "โรงเรียนบ้านข", "โรงเรียนบ้านค")
    add(7, "สพป.นครปฐม เขต 2", 2, "โรงเรียนวัดสอง", "โรงเรียนบ้านง", "โรงเรียนบ้านจ", "โรงเรียนบ้านฉ")
    add(8, "สพป.แม่ฮ่องสอน เขต 1", None, "โรงเรียนวัดสาม", "โรงเรียนบ้านก", "โรงเรียนบ้านช", "โรงเรียนบ้านซ")
    add(9, "สพม.เขต 3", None, "โรงเรียนวัดสี่", "โรงเรียนบ้านฌ", "โรงเรียนบ้านญ", "โรงเรียนบ้านด", "โรงเรียนบ้านต")
    return {
        "issuer": "สพฐ.",
        "title": "รายชื่อสถานศึกษา",
        "announced_date": "2021-03-01",
        "signer": "นายสมมุติ ตัวอย่าง",
        "rows": rows,
    }


def changed(record: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with the value at a path such as ``rows[3].seq`` replaced."""
    out = copy.deepcopy(record)
    keys = [int(p) if p.isdigit() else p for p in path.replace("]", "").replace("[", ".").split(".")]
    at: Any = out
    for key in keys[:-1]:
        at = at[key]
    at[keys[-1]] = value
    return out
