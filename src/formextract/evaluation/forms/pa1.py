"""The record of a PA1 of a school administrator (ก.ค.ศ. ว 10/2564) with invented content."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from formextract.evaluation.forms.pa1_print import Look, print_pa1
from formextract.evaluation.forms.sheet import Sheet
from formextract.evaluation.invent import STANDINGS, invent_date, invent_person, invent_salary
from formextract.evaluation.places import Place
from formextract.evaluation.prose import DOMAINS, draw_challenge, draw_tasks
from formextract.evaluation.style import Style

SCHOOL_TYPES = (
    ("basic", "สถานศึกษาที่จัดการศึกษาขั้นพื้นฐาน"),
    ("early_childhood", "ระดับปฐมวัย"),
    ("primary", "ระดับประถมศึกษา"),
    ("lower_secondary", "ระดับมัธยมศึกษาตอนต้น"),
    ("upper_secondary", "ระดับมัธยมศึกษาตอนปลาย"),
    ("special_education", "การจัดการศึกษาพิเศษ (ไม่มีระดับชั้น)"),
    ("vocational", "สถานศึกษาที่จัดการศึกษาอาชีวศึกษา"),
    ("voc_cert", "ประกาศนียบัตรวิชาชีพ"),
    ("voc_high_cert", "ประกาศนียบัตรวิชาชีพชั้นสูง"),
    ("voc_short", "การฝึกอบรมวิชาชีพตามหลักสูตรวิชาชีพระยะสั้น"),
    ("non_formal", "สถานศึกษาที่จัดการศึกษานอกระบบและการศึกษาตามอัธยาศัย"),
    ("nfe_basic", "การจัดการศึกษานอกระบบระดับการศึกษาขั้นพื้นฐาน"),
    ("nfe_voc_cert", "การจัดการศึกษานอกระบบตามหลักสูตรประกาศนียบัตรวิชาชีพ"),
    ("continuing", "การจัดการศึกษาต่อเนื่อง"),
)
"""Code and printed label of the fourteen boxes, in printed order."""
PARENT_TYPES = frozenset({"basic", "vocational", "non_formal"})
ACTIVITIES = (
    ("teach_subject", "ปฏิบัติการสอนประจำวิชา"),
    ("co_teach", "ปฏิบัติการสอนร่วมกับครูประจำชั้น/ประจำวิชา"),
    ("observe_reflect", "สังเกตการสอนและสะท้อนผลการสอนร่วมกับครูในกิจกรรมเปิดชั้นเรียน"),
    ("plc_leader", "เป็นผู้นำกิจกรรมแลกเปลี่ยนเรียนรู้ในชุมชนการเรียนรู้ทางวิชาชีพ (PLC) ของโรงเรียน"),
    ("supervise_mentor", "นิเทศการสอนเพื่อเป็นพี่เลี้ยงการจัดกิจกรรมการเรียนรู้ให้กับครู"),
    ("enrichment", "จัดกิจกรรมเสริมการเรียนรู้และอบรมบ่มนิสัยผู้เรียน"),
)
"""Code and printed label of the six activities, in printed order."""
_REASONS = ("ช่วยราชการที่สำนักงานเขตพื้นที่การศึกษา", "อยู่ระหว่างลาศึกษาต่อ", "ลาพักฟื้นตามคำสั่งแพทย์")
_COMMENTS = "ขอให้เพิ่มตัวชี้วัดเชิงปริมาณของงานด้านวิชาการให้ชัดเจน"


def make_pa1(
    seed: int,
    places: tuple[Place, ...],
    *,
    layout: int | None = None,
    tasks: str = "short",
    look: Look | None = None,
    blank: bool = False,
    style: Style | None = None,
) -> Sheet:
    """A PA1; ``tasks`` is ``short`` (one or two a domain) or ``long`` (all fifteen)."""
    rng = Random(f"pa1-{seed}")
    style = style or Style(layout if layout is not None else seed)
    look = look or Look.draw(style.rng)
    place = rng.choice(places)
    record = _draw_record(rng, place, tasks == "long", look)
    if blank:
        _empty(record)
    codes = {"maker.school": place.code} if place.code and not blank else {}
    body, css = print_pa1(style, look, record)
    return Sheet("pa1", record, body, css, style, status="blank_template" if blank else "filled", codes=codes)


def _draw_record(rng: Random, place: Place, long: bool, look: Look) -> dict[str, Any]:
    rank = rng.choice((2, 2, 3, 3, 3, 4, 5))
    standing, fiscal = STANDINGS[rank], rng.randint(2565, 2569)
    person, deputy = invent_person(rng), rng.random() < 0.2
    post = f"{'รอง' if deputy else ''}ผู้อำนวยการ{place.school}"
    signed = invent_date(rng, date(fiscal - 544, 10, 1), date(fiscal - 544, 10, 31))
    return {
        "form_code": "PA 1/บส" if look.form_code else None,
        "position": "ผู้บริหารสถานศึกษา",
        "standing": standing,
        "fiscal_year_be": fiscal,
        "period": {"start": f"{fiscal - 544}-10-01", "end": f"{fiscal - 543}-09-30"},
        "maker": {
            "title": person.title,
            "first_name": person.first,
            "last_name": person.last,
            "position": rng.choice(
                ("ผู้บริหารสถานศึกษา", "รองผู้อำนวยการสถานศึกษา" if deputy else "ผู้อำนวยการสถานศึกษา", post)
            ),
            "standing": standing,
            "school": place.school,
            "area_office": place.office,
            "salary_rank": f"คศ.{rank}",
            "salary_baht": invent_salary(rng, rank),
        },
        "school_types": _draw_types(rng, place),
        "workload": _draw_workload(rng, deputy),
        "domains": _draw_domains(rng, place.school, long),
        "challenge": _draw_challenge(rng, place.school),
        "signature": {"name_printed": person.full, "position_printed": post, "date": signed.isoformat()},
        "superior": _draw_superior(rng, place, signed),
    }


def _draw_types(rng: Random, place: Place) -> list[dict[str, Any]]:
    secondary = "มัธยม" in place.office
    on = (
        {"basic", "lower_secondary", "upper_secondary"}
        if secondary
        else {"basic", "early_childhood", "primary"}
    )
    if not secondary and rng.random() < 0.3:
        on.add("lower_secondary")
    if rng.random() < 0.1:
        on.add("special_education")
    return [{"code": c, "label": label, "checked": c in on} for c, label in SCHOOL_TYPES]


def _draw_workload(rng: Random, deputy: bool) -> dict[str, Any]:
    full = rng.random() < 0.85
    minimum = rng.randint(10, 14) if deputy else rng.randint(5, 9)
    on = set(rng.sample(range(6), rng.randint(2, 5)))
    return {
        "full_time": full,
        "not_full_time_reason": None if full else rng.choice(_REASONS),
        "min_teaching_hours": minimum,
        "activities": [
            {"code": c, "label": label, "checked": i in on, "hours": rng.randint(1, 9) if i in on else None}
            for i, (c, label) in enumerate(ACTIVITIES)
        ],
    }


def _draw_domains(rng: Random, school: str, long: bool) -> list[dict[str, Any]]:
    domains = []
    for no, name, standard in DOMAINS:
        drawn = draw_tasks(rng, no, standard if long else rng.choice((1, 1, 1, 2)), school, long)
        tasks = [
            {
                "code": f"{no}.{k}",
                "text": task.text,
                "outcomes": list(task.outcomes),
                "indicators": [
                    {"audience": i.audience, "text": i.text, "target_percent": i.percent}
                    for i in task.indicators
                ],
            }
            for k, task in enumerate(drawn, 1)
        ]
        domains.append({"no": no, "name": name, "tasks": tasks})
    return domains


def _draw_challenge(rng: Random, school: str) -> dict[str, Any]:
    drawn = draw_challenge(rng, school)
    return {
        "title": drawn.title,
        "problem": drawn.problem,
        "method": list(drawn.method),
        "quantitative": list(drawn.quantitative),
        "qualitative": list(drawn.qualitative),
    }


def _draw_superior(rng: Random, place: Place, signed: date) -> dict[str, Any]:
    if rng.random() < 0.35:
        return {"approved": None, "comments": None, "name": None, "position": None, "date": None}
    approved = rng.random() < 0.9
    day = invent_date(rng, signed, date.fromordinal(signed.toordinal() + 20))
    return {
        "approved": approved,
        "comments": None if approved else _COMMENTS,
        "name": invent_person(rng).full,
        "position": f"ผู้อำนวยการ{place.office}",
        "date": day.isoformat(),
    }


def _empty(record: dict[str, Any]) -> None:
    """Takes out all that is filled in; what is printed on the empty form stays."""
    record["fiscal_year_be"] = None
    record["period"] = {"start": None, "end": None}
    record["maker"] = dict.fromkeys(record["maker"])
    for box in record["school_types"]:
        box["checked"] = False
    work = record["workload"]
    work |= {"full_time": None, "not_full_time_reason": None, "min_teaching_hours": None}
    for activity in work["activities"]:
        activity |= {"checked": False, "hours": None}
    for domain in record["domains"]:
        domain["tasks"] = []
    record["challenge"] = {
        "title": None,
        "problem": None,
        "method": [],
        "quantitative": [],
        "qualitative": [],
    }
    record["signature"] = dict.fromkeys(record["signature"])
    record["superior"] = dict.fromkeys(record["superior"])
