"""How a PA1 looks: head, boxes, workload, table of tasks, part 2, signatures.

Labels are the printed words of the form (ก.ค.ศ. ว 10/2564); their wrapping, the leaders and the
way tasks are ruled off change with the ``Look``.
"""

# ruff: noqa: E501 - Thai sentences stay whole

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from formextract.evaluation.forms.pa1_table import TABLE_CSS, print_table
from formextract.evaluation.invent import SHORT_MONTHS, THAI_MONTHS
from formextract.evaluation.style import Style

_LEVELS = {
    "ชำนาญการ": "แก้ไขปัญหา",
    "ชำนาญการพิเศษ": "ริเริ่ม พัฒนา",
    "เชี่ยวชาญ": "คิดค้น ปรับเปลี่ยน",
    "เชี่ยวชาญพิเศษ": "สร้างการเปลี่ยนแปลง",
}
"""Expected level of practice by standing, printed in part 2."""
_NOTES = (
    "รูปแบบการจัดทำบันทึกข้อตกลงในการพัฒนางานฯ ตามแบบ PA 1 ให้เป็นไปตามบริบทและสภาพการบริหารสถานศึกษาของแต่ละสถานศึกษา "
    "โดยความเห็นชอบร่วมกันระหว่างผู้บังคับบัญชาและผู้บริหารสถานศึกษาผู้จัดทำข้อตกลง",
    "งาน (Tasks) ที่เสนอเป็นข้อตกลงในการพัฒนางาน ต้องเป็นงานในหน้าที่ความรับผิดชอบหลักที่ส่งผลโดยตรงต่อผลลัพธ์ของงานตามข้อตกลง"
    "ที่คาดหวังให้เกิดขึ้นกับผู้เรียน ครู และสถานศึกษา",
    "การพัฒนางานตามข้อตกลง ตามแบบ PA 1 ให้ความสำคัญกับผลลัพธ์ของงานตามข้อตกลงที่คาดหวังให้เกิดขึ้นกับผู้เรียน ครู และสถานศึกษา "
    "(Outcomes) และตัวชี้วัด (Indicators) ที่เป็นรูปธรรม โดยไม่เน้นการประเมินจากเอกสาร",
)


@dataclass(frozen=True, slots=True)
class Look:
    """The variants of the form that are not a matter of fonts."""

    heading: bool = True
    """Whether แบบข้อตกลงในการพัฒนางาน (PA) stands on top."""
    form_code: bool = True
    """Whether the box PA 1/บส is printed."""
    head_breaks: int = 0
    """Where the head fields break: 0 three lines, 1 one field a line, 2 running on."""
    table: str = "tasks"
    """``tasks``, ``domains`` or ``loose``: see ``pa1_table``."""
    repeat_header: bool = True
    """Whether the table's head is repeated on each page."""
    scope: bool = True
    """Whether the note on the kind of work stands under each domain's name."""
    new_pages: bool = False
    """Whether parts begin on a new page."""
    activity_wrap: bool = False
    """Whether จำนวน … stands on a line of its own."""
    short_month: bool = False
    """Whether signature dates abbreviate the month."""
    opinion: str = "brackets"
    """Shape of the superior's boxes: ``brackets`` or the style's own."""

    @classmethod
    def draw(cls, rng: Random) -> Look:
        """Draws a look."""
        return cls(
            heading=rng.random() < 0.8,
            form_code=rng.random() < 0.7,
            head_breaks=rng.choice((0, 0, 1, 2)),
            table=rng.choice(("tasks", "tasks", "domains", "domains", "loose")),
            repeat_header=rng.random() < 0.5,
            scope=rng.random() < 0.5,
            new_pages=rng.random() < 0.4,
            activity_wrap=rng.random() < 0.5,
            short_month=rng.random() < 0.3,
            opinion=rng.choice(("brackets", "brackets", "own")),
        )


def print_pa1(style: Style, look: Look, record: dict[str, Any]) -> tuple[str, str]:
    """Body and style rules of the printed form."""
    parts = [_print_head(style, look, record), _print_types(style, record)]
    parts.append(_intent(style, record))
    gap = ' style="break-before:page"' if look.new_pages else ' style="margin-top:.8em"'
    parts.append(f"<div{gap}></div>")
    parts.append(_print_workload(style, look, record))
    parts.append(print_table(style, look.table, look.repeat_header, look.scope, record["domains"]))
    parts.append('<p class="b" style="margin-top:.6em">หมายเหตุ</p>')
    parts += [f'<p class="i">{style.text(f"{i}. {note}")}</p>' for i, note in enumerate(_NOTES, 1)]
    parts.append(f"<div{gap}></div>")
    parts.append(_print_challenge(style, record))
    parts.append(_print_signature(style, look, record))
    parts.append(_print_opinion(style, look, record))
    css = (
        ".code{position:absolute;top:0;right:0;border:1px solid #000;padding:0 .6em}"
        ".t1{padding-left:1cm}.t2{padding-left:1.8cm}.sign{margin:1.6em 0 0 40%;text-align:center;break-inside:avoid}"
        + TABLE_CSS
    )
    return "".join(parts), css


def _full_date(style: Style, path: str, iso: str | None) -> str:
    day = date.fromisoformat(iso) if iso else None
    return (
        f"วันที่{style.slot(path, str(day.day) if day else None, 5)}"
        f"เดือน{style.slot(path, THAI_MONTHS[day.month - 1] if day else None, 12)}"
        f"พ.ศ.{style.slot(path, str(day.year + 543) if day else None, 7)}"
    )


def _print_head(style: Style, look: Look, record: dict[str, Any]) -> str:
    rng, maker = style.rng, record["maker"]
    out = []
    if look.form_code:
        out.append(f'<div class="code">{style.value("form_code", "PA 1/บส")}</div>')
    if look.heading:
        out.append('<p class="c b">แบบข้อตกลงในการพัฒนางาน (PA)</p>')
    out.append(
        f'<p class="c b">สำหรับข้าราชการครูและบุคลากรทางการศึกษา ตำแหน่ง{style.value("position", record["position"])} '
        f'วิทยฐานะ{style.value("standing", record["standing"])}</p><p class="c b">(ทุกสังกัด)</p>'
    )
    year = record["fiscal_year_be"]
    out.append(
        f'<p class="c b">ประจำปีงบประมาณ พ.ศ. {style.slot("fiscal_year_be", str(year) if year else None, 8)}</p>'
    )
    out.append(
        f'<p class="c b">ระหว่าง{_full_date(style, "period.start", record["period"]["start"])} '
        f"ถึง{_full_date(style, 'period.end', record['period']['end'])}</p>"
    )
    out.append('<p class="b" style="margin-top:.6em">ผู้จัดทำข้อตกลง</p>')

    def slot(key: str, width: int) -> str:
        return style.slot(f"maker.{key}", maker[key], width)

    first = style.value("maker.title", maker["title"]) if maker["title"] else ""
    name = slot("first_name", 16)
    if first:
        at = name.find('<a href="')
        name = name[:at] + first + name[at:]
    salary = f"{maker['salary_baht']:,}" if maker["salary_baht"] else None
    rank_printed = maker["salary_rank"]
    if rank_printed and rng.random() < 0.2:
        rank_printed = rank_printed.replace("คศ.", "คศ. ")
    school_label = rng.choice(("สถานศึกษา", "สถานศึกษา", "โรงเรียน"))
    school = maker["school"]
    if school and school_label == "โรงเรียน":
        school = school.removeprefix("โรงเรียน")
    fields = [
        f"ชื่อ{name}", f"นามสกุล{slot('last_name', 18)}", f"ตำแหน่ง{slot('position', 22)}",
        f"วิทยฐานะ{slot('standing', 18)}", f"{school_label}{style.slot('maker.school', school, 30)}",
        f"สังกัด{slot('area_office', 34)}",
        f"รับเงินเดือนในอันดับ{style.slot('maker.salary_rank', rank_printed, 9)}",
        f"อัตราเงินเดือน{style.slot('maker.salary_baht', salary, 13)}บาท",
    ]  # fmt: skip
    breaks = {0: ((0, 4), (4, 6), (6, 8)), 1: ((0, 2), (2, 4), (4, 5), (5, 6), (6, 8)), 2: ((0, 8),)}[
        look.head_breaks
    ]
    out += [f"<p>{' '.join(fields[a:b])}</p>" for a, b in breaks]
    return "".join(out)


def _print_types(style: Style, record: dict[str, Any]) -> str:
    parents = {"basic", "vocational", "non_formal"}
    out = ['<p class="b" style="margin-top:.4em">ประเภทของสถานศึกษา</p>']
    for i, box in enumerate(record["school_types"]):
        level = "t1" if box["code"] in parents else "t2"
        mark = style.mark(f"school_types[{i}].checked", box["checked"])
        out.append(f'<p class="{level}">{mark} {style.text(box["label"])}</p>')
    return "".join(out)


def _intent(style: Style, record: dict[str, Any]) -> str:
    return (
        f'<p class="i" style="margin-top:.6em">ข้าพเจ้าขอแสดงเจตจำนงในการจัดทำข้อตกลงในการพัฒนางาน ตำแหน่ง{record["position"]} '
        f"วิทยฐานะ{record['standing']} ซึ่งเป็นตำแหน่งและวิทยฐานะที่ดำรงอยู่ในปัจจุบันกับผู้บังคับบัญชา ไว้ดังต่อไปนี้</p>"
    )


def _print_workload(style: Style, look: Look, record: dict[str, Any]) -> str:
    work = record["workload"]
    full, reason = work["full_time"], work["not_full_time_reason"]
    hours = work["min_teaching_hours"]

    def full_mark(want: bool) -> str:
        path = "workload.full_time" if full is want or (full is None and want) else "workload.full_time_other"
        return style.mark(path, full is want)

    out = [
        '<p class="b">ส่วนที่ 1 ข้อตกลงในการพัฒนางานตามมาตรฐานตำแหน่ง</p>'.replace("1", style.number("1")),
        f'<p class="i">{style.text("1. ภาระงาน")} จะมีภาระงานด้านการบริหารวิชาการและความเป็นผู้นำทางวิชาการ ด้านการบริหารจัดการสถานศึกษา '
        "ด้านการบริหารการเปลี่ยนแปลงเชิงกลยุทธ์และนวัตกรรม ด้านการบริหารงานชุมชนและเครือข่าย และด้านการพัฒนาตนเองและวิชาชีพ "
        "เป็นไปตามที่ ก.ค.ศ. กำหนด</p>",
        f'<p class="t1">{full_mark(True)} เต็มเวลา</p>',
        f'<p class="t1">{full_mark(False)} ไม่เต็มเวลา เนื่องจาก'
        f"{style.slot('workload.not_full_time_reason', reason, 50)}</p>",
        '<p class="i">โดยภาระงานด้านการบริหารวิชาการและความเป็นผู้นำทางวิชาการ จะมีการปฏิบัติการสอน ไม่ต่ำกว่า'
        + style.slot("workload.min_teaching_hours", str(hours) if hours else None, 10)
        + style.text(
            "ชั่วโมง/สัปดาห์ (ตำแหน่งผู้อำนวยการสถานศึกษา ไม่ต่ำกว่า 5 ชั่วโมง/สัปดาห์ และรองผู้อำนวยการสถานศึกษา "
            "ไม่ต่ำกว่า 10 ชั่วโมง/สัปดาห์) โดยมีการปฏิบัติการสอน/การจัดกิจกรรมการเรียนการสอนในสถานศึกษาอย่างใดอย่างหนึ่ง"
            "หรือหลายอย่าง ดังนี้"
        )
        + "</p>",
    ]
    for i, activity in enumerate(work["activities"]):
        path = f"workload.activities[{i}]"
        mark = style.mark(f"{path}.checked", activity["checked"])
        given = activity["hours"]
        count = style.slot(f"{path}.hours", str(given) if given else None, 9)
        wrap = "<br>&nbsp; &nbsp; &nbsp;" if look.activity_wrap and i >= 2 else " "
        out.append(
            f'<p class="t1" style="text-indent:0">{mark} {style.text(activity["label"])}{wrap}จำนวน{count}ชั่วโมง/สัปดาห์</p>'
        )
    out.append(
        f'<p class="i">{style.text("2. งานที่จะปฏิบัติตามมาตรฐานตำแหน่งผู้บริหารสถานศึกษา (ให้ระบุรายละเอียดของงานที่จะปฏิบัติในแต่ละด้านว่าจะดำเนินการอย่างไร โดยอาจระบุระยะเวลาที่ใช้ในการดำเนินการด้วยก็ได้)")}</p>'
    )
    return "".join(out)


def _print_challenge(style: Style, record: dict[str, Any]) -> str:
    challenge, standing = record["challenge"], record["standing"]
    out = [
        f'<p class="b">{style.text("ส่วนที่ 2 ข้อตกลงในการพัฒนางานที่เป็นประเด็นท้าทายในการพัฒนาคุณภาพผู้เรียน ครู และสถานศึกษา")}</p>',
        f'<p class="i">ประเด็นที่ท้าทายในการพัฒนาคุณภาพผู้เรียน ครู และสถานศึกษา ของผู้จัดทำข้อตกลง ซึ่งปัจจุบันดำรงตำแหน่ง{record["position"]} '
        f"วิทยฐานะ{standing} ต้องแสดงให้เห็นถึงระดับการปฏิบัติที่คาดหวังของวิทยฐานะ{standing} คือ การ{_LEVELS[standing]} "
        "การบริหารจัดการสถานศึกษาและคุณภาพการศึกษาของสถานศึกษา ให้เกิดการเปลี่ยนแปลงไปในทางที่ดีขึ้นหรือมีการพัฒนามากขึ้น "
        "(ทั้งนี้ ประเด็นท้าทายอาจจะแสดงให้เห็นถึงระดับการปฏิบัติที่คาดหวังในวิทยฐานะที่สูงกว่าได้)</p>",
        f'<p class="b" style="margin-top:.4em">ประเด็นท้าทาย เรื่อง {style.slot("challenge.title", challenge["title"], 60)}</p>',
        f'<p class="b">{style.text("1. สภาพปัญหาการบริหารจัดการสถานศึกษาและคุณภาพการศึกษาของสถานศึกษา")}</p>',
    ]
    if challenge["problem"]:
        out.append(f'<p class="i">{style.value("challenge.problem", challenge["problem"])}</p>')
    else:
        out.append(f"<p>{style.blank(80)}</p>" * 2)
    headings = (
        ("method", "2. วิธีการดำเนินการให้บรรลุผล"),
        (None, "3. ผลลัพธ์การพัฒนาที่คาดหวัง"),
        ("quantitative", "3.1 เชิงปริมาณ"),
        ("qualitative", style.rng.choice(("3.2 เชิงคุณภาพ", "3.2 เชิงคุณภาพ", "3.2 เชิงคุณภาพ", "3.1 เชิงคุณภาพ"))),
    )
    for key, heading in headings:
        out.append(f'<p class="b">{style.text(heading)}</p>')
        if key is None:
            continue
        items = challenge[key]
        dotted = style.rng.choice((".", ".", ")"))
        for i, item in enumerate(items):
            number = style.text(f"{i + 1}{dotted} ") if len(items) > 1 else ""
            out.append(f'<p class="i">{number}{style.value(f"challenge.{key}[{i}]", item)}</p>')
        if not items:
            out.append(f"<p>{style.blank(80)}</p>" * 2)
    return "".join(out)


def _signing_date(style: Style, look: Look, path: str, iso: str | None) -> str:
    if iso is None:
        return ". . . . . . . ./. . . . . . . . . ./. . . . . . .".replace(" ", "")
    day = date.fromisoformat(iso)
    month = (SHORT_MONTHS if look.short_month else THAI_MONTHS)[day.month - 1]
    return style.value(path, f"{day.day} / {month} / {day.year + 543}")


def _print_signature(style: Style, look: Look, record: dict[str, Any]) -> str:
    signature = record["signature"]
    name = signature["name_printed"]
    post = signature["position_printed"]
    return (
        f'<div class="sign">ลงชื่อ{"." * 50}<br>'
        f"({style.value('signature.name_printed', name) if name else '.' * 44})<br>"
        f"ตำแหน่ง{style.value('signature.position_printed', post) if post else '.' * 40}<br>"
        f"ผู้จัดทำข้อตกลงในการพัฒนางาน<br>{_signing_date(style, look, 'signature.date', signature['date'])}</div>"
    )


def _print_opinion(style: Style, look: Look, record: dict[str, Any]) -> str:
    superior = record["superior"]
    shape = "brackets" if look.opinion == "brackets" else None
    approved = superior["approved"]

    def mark(want: bool) -> str:
        path = (
            "superior.approved"
            if approved is want or (approved is None and want)
            else "superior.approved_other"
        )
        return style.mark(path, approved is want, shape)

    comments = superior["comments"]
    lines = f"<p>{style.value('superior.comments', comments)}</p>" if comments else ""
    lines += f"<p>{'.' * 110}</p>" * (1 if comments else 2)
    name, post = superior["name"], superior["position"]
    return (
        f'<div class="keep" style="margin-top:1.2em"><p class="b c">ความเห็นของผู้บังคับบัญชา</p>'
        f"<p class=t1>{mark(True)} เห็นชอบให้เป็นข้อตกลงในการพัฒนางาน</p>"
        f"<p class=t1>{mark(False)} ไม่เห็นชอบให้เป็นข้อตกลงในการพัฒนางาน โดยมีข้อเสนอแนะเพื่อนำไปแก้ไข และเสนอเพื่อพิจารณาอีกครั้ง ดังนี้</p>"
        f"{lines}</div>"
        f'<div class="sign">ลงชื่อ{"." * 50}<br>'
        f"({style.value('superior.name', name) if name else '.' * 50})<br>"
        f"ตำแหน่ง{style.value('superior.position', post) if post else '.' * 46}<br>"
        f"{_signing_date(style, look, 'superior.date', superior['date'])}</div>"
    )
