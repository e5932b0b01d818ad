"""The roster announcement: lead and co-development schools in a ruled table of four columns.

The printed words of heading and table follow เอกสารหมายเลข 2 of the network project of 2564
(columns ลำดับ, สังกัด, สถานศึกษาแกนนำ, สถานศึกษาร่วมพัฒนา); what is announced is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from formextract.evaluation.forms.sheet import Sheet
from formextract.evaluation.invent import THAI_MONTHS, invent_date, invent_person
from formextract.evaluation.places import Place, group_by_office
from formextract.evaluation.style import Style

OBEC = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"
_TITLES = (
    "เรื่อง รายชื่อสถานศึกษาแกนนำและสถานศึกษาร่วมพัฒนา ของเครือข่ายนวัตกรรมคุณภาพสถานศึกษา 1 ช่วย 3",
    "เรื่อง รายชื่อสถานศึกษาแกนนำและสถานศึกษาร่วมพัฒนา เครือข่ายนวัตกรรมคุณภาพสถานศึกษา",
    "เรื่อง รายชื่อสถานศึกษาในเครือข่ายนวัตกรรมคุณภาพสถานศึกษา ประจำปีงบประมาณ พ.ศ. {year}",
)
_INTRO = (
    "ตามที่ {issuer} จัดทำโครงการส่งเสริมเครือข่ายนวัตกรรมคุณภาพ 1 ช่วย 3 และเปิดรับสมัครสถานศึกษาที่สมัครใจ"
    "เข้าร่วมเป็นสถานศึกษาแกนนำและสถานศึกษาร่วมพัฒนา นั้น",
    "ด้วย {issuer} มีนโยบายให้สถานศึกษาที่มีระบบประกันคุณภาพเข้มแข็งเป็นพี่เลี้ยงแก่สถานศึกษาใกล้เคียง "
    "จึงได้คัดเลือกสถานศึกษาเข้าร่วมเครือข่าย เครือข่ายละไม่น้อยกว่า 3 แห่ง",
)
_NOW = (
    "บัดนี้ การรับสมัครเสร็จเรียบร้อยแล้ว จึงขอประกาศรายชื่อสถานศึกษา ดังนี้",
    "บัดนี้ การคัดเลือกเสร็จสิ้นแล้ว โดยมีรายชื่อสถานศึกษาที่มีคุณสมบัติตามที่กำหนดไว้ ดังนี้",
)
_COLUMNS = ("ลำดับ", "สังกัด", "สถานศึกษาแกนนำ", "สถานศึกษาร่วมพัฒนา")


@dataclass(frozen=True, slots=True)
class _Member:
    seq: int
    office: str
    lead_no: int | None
    lead: Place
    codev_no: int
    codev: Place
    first_of_office: bool
    first_of_lead: bool
    office_rows: int
    lead_rows: int


def _draw_members(rng: Random, places: tuple[Place, ...], n_offices: int) -> list[_Member]:
    groups = {o: ps for o, ps in group_by_office(places).items() if len(ps) >= 4}
    offices = sorted(rng.sample(sorted(groups), min(n_offices, len(groups))))
    members: list[_Member] = []
    for seq, office in enumerate(offices, 1):
        pool = rng.sample(groups[office], len(groups[office]))
        n_leads = min(rng.choice((1, 1, 1, 2, 2, 3)), len(pool) // 4)
        networks: list[tuple[Place, list[Place]]] = []
        for _ in range(n_leads):
            lead = pool.pop()
            size = min(rng.choice((3, 3, 3, 4, 5)), len(pool) - 4 * (n_leads - len(networks) - 1))
            networks.append((lead, [pool.pop() for _ in range(size)]))
        total = sum(len(codevs) for _, codevs in networks)
        for i, (lead, codevs) in enumerate(networks):
            for k, codev in enumerate(codevs):
                members.append(
                    _Member(
                        seq,
                        office,
                        i + 1 if n_leads > 1 else None,
                        lead,
                        k + 1,
                        codev,
                        i == 0 and k == 0,
                        k == 0,
                        total,
                        len(codevs),
                    )
                )
    return members


def make_roster(
    seed: int,
    places: tuple[Place, ...],
    *,
    layout: int | None = None,
    n_offices: int = 8,
    merged: bool | None = None,
    repeat_header: bool | None = None,
    style: Style | None = None,
) -> Sheet:
    """A roster announcement of ``n_offices`` area offices.

    ``merged`` draws merged cells (else blank cells with rules), ``repeat_header`` repeats the table's head.
    """
    rng = Random(f"roster-{seed}")
    style = style or Style(layout if layout is not None else seed)
    merged = rng.random() < 0.5 if merged is None else merged
    repeat_header = rng.random() < 0.6 if repeat_header is None else repeat_header
    members = _draw_members(rng, places, n_offices)
    announced = invent_date(rng, date(2021, 1, 4), date(2024, 12, 20))
    issuer = OBEC if rng.random() < 0.7 else rng.choice(members).office
    signer = invent_person(rng)
    post = (
        rng.choice(("เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "รองเลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน"))
        if issuer == OBEC
        else f"ผู้อำนวยการ{issuer}"
    )
    title = rng.choice(_TITLES).format(year=announced.year + 543)
    codes: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    for i, m in enumerate(members):
        carried = [] if m.first_of_office else ["seq", "area_office"]
        carried += [] if m.first_of_lead else ["lead_no", "lead_school"] if m.lead_no else ["lead_school"]
        rows.append(
            {
                "seq": m.seq,
                "area_office": m.office,
                "lead_no": m.lead_no,
                "lead_school": m.lead.school,
                "codev_no": m.codev_no,
                "codev_school": m.codev.school,
                "carried_down": carried,
                "uncertain": False,
            }
        )
        for key, place in (("lead_school", m.lead), ("codev_school", m.codev)):
            if place.code:
                codes[f"rows[{i}].{key}"] = place.code
    record = {
        "issuer": issuer,
        "title": title,
        "announced_date": announced.isoformat(),
        "signer": signer.full,
        "rows": rows,
    }

    head = [
        f'<p class="c b">ประกาศ{style.value("issuer", issuer)}</p>',
        f'<p class="c b">{style.value("title", title)}</p>',
        f'<p class="c">{"." * 60}</p>',
        f'<p class="i">{style.text(rng.choice(_INTRO).format(issuer=issuer))}</p>',
        f'<p class="i">{style.text(rng.choice(_NOW))}</p>',
    ]
    when = f"{announced.day} {THAI_MONTHS[announced.month - 1]} พ.ศ. {announced.year + 543}"
    tail = (
        f'<div class="keep"><p class="i" style="margin-top:.7em">จึงประกาศให้ทราบโดยทั่วกัน</p>'
        f'<p style="margin-left:4cm;margin-top:.5em">ประกาศ ณ วันที่ {style.value("announced_date", when)}</p>'
        f'<div style="margin:2.6em 0 0 6cm" class="c"><p>({style.value("signer", signer.full)})</p>'
        f"<p>{style.text(post)}</p></div></div>"
    )
    table = _print_table(style, members, merged, repeat_header)
    widths = rng.choice(((7, 29, 32, 32), (8, 32, 28, 32), (7, 25, 34, 34), (9, 35, 27, 29)))
    css = _css(rng, widths, repeat_header)
    return Sheet("roster_announcement", record, "".join(head) + table + tail, css, style, codes=codes)


def _print_table(style: Style, members: list[_Member], merged: bool, repeat_header: bool) -> str:
    tag = "thead" if repeat_header else "tbody"
    out = [f"<table class=roster><colgroup><col><col><col><col></colgroup><{tag}><tr class=b>"]
    out += [f"<th>{c}</th>" for c in _COLUMNS] + [f"</tr></{tag}><tbody>"]
    gap = style.rng.choice((" ", "", "&nbsp;"))
    lead_path = office_path = seq_path = ""
    for i, m in enumerate(members):
        if m.first_of_office:
            seq_path, office_path = f"rows[{i}].seq", f"rows[{i}].area_office"
        if m.first_of_lead:
            lead_path = f"rows[{i}].lead_school"
        out.append("<tr>")
        if m.first_of_office:
            span = f' rowspan="{m.office_rows}"' if merged else ""
            out.append(f"<td{span} class=c>{style.value(seq_path, str(m.seq))}</td>")
            out.append(f"<td{span}>{style.value(office_path, m.office)}</td>")
        elif not merged:
            out.append("<td></td><td></td>")
        if m.first_of_lead:
            span = f' rowspan="{m.lead_rows}"' if merged else ""
            number = f"{style.value(f'rows[{i}].lead_no', str(m.lead_no))}.{gap}" if m.lead_no else ""
            out.append(f"<td{span}>{number}{style.value(lead_path, m.lead.school)}</td>")
        elif not merged:
            out.append("<td></td>")
        number = f"{style.value(f'rows[{i}].codev_no', str(m.codev_no))}.{gap}"
        out.append(f"<td>{number}{style.value(f'rows[{i}].codev_school', m.codev.school)}</td></tr>")
    return "".join(out) + "</tbody></table>"


def _css(rng: Random, widths: tuple[int, int, int, int], repeat_header: bool) -> str:
    columns = "".join(f"col:nth-child({i}){{width:{w}%}}" for i, w in enumerate(widths, 1))
    pad = rng.choice(("1px 4px", "2px 6px", "3px 5px"))
    weight = rng.choice((0.6, 0.8, 1.0))
    shade = "background:#e8e8e8;" if rng.random() < 0.25 else ""
    return (
        f".roster{{table-layout:fixed;margin-top:.6em}}{columns}"
        f".roster td,.roster th{{border:{weight}pt solid #000;padding:{pad}}}"
        f".roster th{{text-align:center;font-weight:bold;{shade}}} .roster tr{{break-inside:avoid}}"
        + ("" if repeat_header else ".roster thead{display:table-row-group}")
    )
