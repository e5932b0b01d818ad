"""The network MOU: three parties with the area office (``3p_area``), with OBEC (``3p_obec``), or two.

Order and printed labels follow the project's templates (เอกสารหมายเลข 3, 4, 5): head, parties on
leaders, ข้อ 1–8, copies in a number word, signatures with the role after the leader, witnesses.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from formextract.evaluation import clauses
from formextract.evaluation.forms.sheet import Sheet
from formextract.evaluation.invent import THAI_MONTHS, invent_date, invent_person
from formextract.evaluation.places import Place, draw_network
from formextract.evaluation.style import Style

OFFICE_PREFIX = "สำนักงานเขตพื้นที่การศึกษา"
OBEC = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"
BUREAU = "สำนักบริหารงานการศึกษาพิเศษ"
_WORDS = {2: "สอง", 3: "สาม", 4: "สี่", 5: "ห้า"}
_GIVER, _RECEIVER = "ผู้ให้ข้อตกลง", "ผู้รับข้อตกลง"


def make_mou(
    seed: int,
    places: tuple[Place, ...],
    *,
    layout: int | None = None,
    variant: str = "3p_area",
    n_codev: int | None = None,
    blank: bool = False,
    style: Style | None = None,
) -> Sheet:
    """A network MOU of the given variant; ``blank`` prints the empty template with its leaders."""
    rng = Random(f"mou-{seed}")
    style = style or Style(layout if layout is not None else seed)
    record, codes, posts = _draw_record(rng, places, variant, n_codev)
    if blank:
        for key in ("made_at", "made_date", "area_office", "lead_school"):
            record[key] = None
        n_slots = len(record["codev_schools"])
        record["codev_schools"], record["witnesses"], codes = [], [], {}
        record["signatures"] = [
            {"role": s["role"], "name_printed": None, "position_printed": None} for s in record["signatures"]
        ]
    else:
        n_slots = len(record["codev_schools"])
    body = _print_body(rng, style, record, posts, variant, n_slots)
    status = "blank_template" if blank else "filled"
    return Sheet("network_mou", record, body, _CSS, style, status=status, codes=codes)


_CSS = (
    ".clause{text-indent:1.5cm} .sub{text-indent:2.2cm} .pair{display:flex;justify-content:space-between}"
    ".sign{text-align:center;margin-top:1.6em;break-inside:avoid;white-space:nowrap}"
)


def _draw_record(
    rng: Random, places: tuple[Place, ...], variant: str, n_codev: int | None
) -> tuple[dict[str, Any], dict[str, str], list[str]]:
    n_codev = n_codev or rng.choice((1, 2, 3, 3, 3, 4, 5))
    lead, *codevs = draw_network(rng, places, n_codev + 1)
    n = 2 if variant == "2p" else 3
    year = rng.choice((2564, 2565, 2566, 2567))
    made = invent_date(rng, date(year - 543, 1, 10), date(year - 543, 11, 28))
    made_at = rng.choice((lead.school, lead.office, f"ห้องประชุม{lead.school}", f"ห้องประชุม{lead.office}"))
    copies = n if rng.random() < 0.75 or variant == "2p" else rng.choice((4, 5))
    party = OFFICE_PREFIX if rng.random() < 0.7 else lead.office
    between = {
        "3p_area": f"{party} สถานศึกษาแกนนำ และสถานศึกษาร่วมพัฒนา",
        "3p_obec": f"{OBEC} {party} และเครือข่ายนวัตกรรมคุณภาพสถานศึกษา",
        "2p": "สถานศึกษาแกนนำ และสถานศึกษาร่วมพัฒนา",
    }[variant]
    title = f"บันทึกข้อตกลงความร่วมมือ เรื่อง การดำเนินงานของเครือข่ายนวัตกรรมคุณภาพสถานศึกษา ระหว่าง {between}"
    record: dict[str, Any] = {
        "variant": variant,
        "title": title,
        "made_at": made_at,
        "made_date": made.isoformat(),
        "area_office": None if variant == "2p" else lead.office,
        "lead_school": lead.school,
        "codev_schools": [c.school for c in codevs],
        "n_parties": n,
        "period_start_be": year,
        "period_end_be": year + rng.choice((1, 2, 2, 3)),
        "objectives": _numbered(
            1, clauses.draw_clauses(rng, clauses.OBJECTIVES, rng.randint(3, 5), OFFICE_PREFIX)
        ),
        "agreements": _numbered(
            3, clauses.draw_clauses(rng, clauses.AGREEMENTS, rng.randint(5, 9), OFFICE_PREFIX)
        ),
        "change_notice_days": rng.choice((30, 30, 45, 60)),
        "termination_notice_days": rng.choice((15, 15, 30, 7)),
        "copies": copies,
        "signatures": [],
        "witnesses": [invent_person(rng).full for _ in range(rng.choice((1, 2, 2)))],
    }
    posts: list[str] = []

    def sign(role: str, position: str, under: str) -> None:
        record["signatures"].append(
            {"role": role, "name_printed": invent_person(rng).full, "position_printed": position}
        )
        posts.append(under)

    if variant == "3p_obec":
        sign(_GIVER, "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "")
    if variant != "2p":
        sign(_RECEIVER if variant == "3p_obec" else _GIVER, f"ผู้อำนวยการ{lead.office}", "")
    sign(_GIVER if variant == "2p" else _RECEIVER, f"ผู้อำนวยการ{lead.school}", "สถานศึกษาแกนนำ")
    if variant != "3p_obec":
        for codev in codevs:
            sign(_RECEIVER, f"ผู้อำนวยการ{codev.school}", "สถานศึกษาร่วมพัฒนา")
    codes = {f"codev_schools[{i}]": c.code for i, c in enumerate(codevs) if c.code}
    if lead.code:
        codes["lead_school"] = lead.code
    return record, codes, posts


def _numbered(section: int, texts: list[str]) -> list[dict[str, str]]:
    return [{"no": f"{section}.{i}", "text": t} for i, t in enumerate(texts, 1)]


def _print_body(
    rng: Random, style: Style, record: dict[str, Any], posts: list[str], variant: str, n_slots: int
) -> str:
    out = [_print_title(style, record["title"])]
    out.append(_print_preamble(rng, style, record, variant, n_slots))
    heading = rng.choice(('<p class="clause b">', '<p class="clause">', '<p class="b">'))

    def clause(no: int, text: str) -> None:
        out.append(f"{heading}{style.text(f'ข้อ {no} {text}')}</p>")

    def prose(text: str) -> None:
        out.append(f'<p class="clause">{style.text(text)}</p>')

    n_word = _WORDS[record["n_parties"]]
    clause(1, "วัตถุประสงค์")
    out += _print_items(style, "objectives", record["objectives"])
    clause(2, "ระยะเวลาความร่วมมือ")
    years = [style.value(k, str(record[k])) for k in ("period_start_be", "period_end_be")]
    dot = rng.choice((".", ""))
    out.append(f'<p class="clause">ระหว่าง ปี พ.ศ{dot} {years[0]} ถึง ปี พ.ศ. {years[1]}</p>')
    clause(3, "ข้อตกลงความร่วมมือ")
    prose(f"ทั้ง{n_word}ฝ่ายตกลงร่วมมือกัน ดังนี้")
    out += _print_items(style, "agreements", record["agreements"])
    clause(4, "ผลผูกพันทางกฎหมาย")
    prose(rng.choice(clauses.LEGAL).format(n=n_word))
    clause(5, rng.choice(clauses.GENERAL).format(n=n_word))
    clause(6, "การเปลี่ยนแปลง แก้ไข และยกเลิกข้อตกลง")
    for pool, key in (
        (clauses.CHANGE, "change_notice_days"),
        (clauses.TERMINATION, "termination_notice_days"),
    ):
        before, after = rng.choice(pool).split("{days}")
        out.append(
            f'<p class="clause">{style.text(before)}{style.value(key, str(record[key]))}'
            f"{style.text(after)}</p>"
        )
    clause(7, "การดำเนินงานตามบันทึกข้อตกลงความร่วมมือ")
    prose(rng.choice(clauses.DOING))
    clause(8, "อื่นๆ")
    prose(rng.choice(clauses.ANNEX).format(n=n_word))
    word = f"{record['copies']} " if rng.random() < 0.25 else _WORDS[record["copies"]]
    before, after = rng.choice(clauses.CLOSING).format(n=n_word, copies="{copies}").split("{copies}")
    out.append(
        f'<p class="clause" style="margin-top:.6em">{style.text(before)}{style.value("copies", word)}'
        f"{style.text(after)}</p>"
    )
    out.append(_print_signatures(rng, style, record, posts))
    return "".join(out)


def _print_title(style: Style, title: str) -> str:
    for word in (" เรื่อง ", " ระหว่าง ", " สถานศึกษาแกนนำ และ"):
        title = title.replace(word, "\n" + word.strip() + ("" if word.endswith("และ") else " "), 1)
    lines = title.split("\n")
    return '<p class="c b">' + "<br>".join(style.value("title", line) for line in lines) + "</p><br>"


def _print_preamble(rng: Random, style: Style, record: dict[str, Any], variant: str, n_slots: int) -> str:
    made = date.fromisoformat(record["made_date"]) if record["made_date"] else None
    day = style.slot("made_date", str(made.day) if made else None, 6)
    month = style.slot("made_date", THAI_MONTHS[made.month - 1] if made else None, 14)
    year = style.slot("made_date", str(made.year + 543) if made else None, 9)
    parts = [
        f"บันทึกข้อตกลงความร่วมมือฉบับนี้จัดทำขึ้น ณ{style.slot('made_at', record['made_at'], 44)}"
        f"เมื่อวันที่{day}เดือน{month}พ.ศ.{year}ระหว่าง"
    ]
    if variant == "3p_obec":
        parts.append(f"{OBEC} กับ ")
    if variant != "2p":
        office = record["area_office"]
        inside = style.slot("area_office", office.removeprefix(OFFICE_PREFIX) if office else None, 36)
        struck = f"<s>หรือ{BUREAU}</s>" if office and rng.random() < 0.5 else f"หรือ{BUREAU}"
        other = f" {struck}" if office is None or rng.random() < 0.7 else ""
        parts.append(f"{OFFICE_PREFIX}{inside}{other} กับ")

    def school(path: str, name: str | None) -> str:
        return "โรงเรียน" + style.slot(path, name.removeprefix("โรงเรียน") if name else None, 36)

    this = rng.choice(("ในบันทึกข้อตกลงความร่วมมือนี้ เรียกว่า ", "ซึ่งต่อไปในบันทึกข้อตกลงนี้ เรียกว่า "))
    parts.append(school("lead_school", record["lead_school"]) + this + "สถานศึกษาแกนนำ และ")
    names = record["codev_schools"] or [None] * n_slots
    for i, name in enumerate(names):
        joint = "และ" if i == len(names) - 1 and i else ""
        parts.append(joint + school(f"codev_schools[{i}]", name))
    parts.append(this + "สถานศึกษาร่วมพัฒนา ")
    n = style.value("n_parties", str(record["n_parties"]))
    parts.append(
        style.text(
            "มีเจตนารมณ์ร่วมกันพัฒนาระบบการบริหารจัดการคุณภาพและมาตรฐานการศึกษาเพื่อการประกันคุณภาพการศึกษา "
            "ตามเป้าหมายและเจตนารมณ์ของยุทธศาสตร์ชาติ พ.ศ. 2561 - 2580 และกฎกระทรวงการประกันคุณภาพการศึกษา พ.ศ. 2561 "
            "ผ่านกระบวนการดำเนินงานของเครือข่ายนวัตกรรมคุณภาพสถานศึกษา ภายใต้บันทึกข้อตกลงความร่วมมือ (MOU) ที่ได้ลงนามร่วม "
        )
        + f"{n} ฝ่าย โดยมีรายละเอียด ดังนี้"
    )
    return f'<p class="clause">{"".join(parts)}</p>'


def _print_items(style: Style, key: str, items: list[dict[str, str]]) -> list[str]:
    return [
        f'<p class="sub">{style.value(f"{key}[{i}].no", item["no"])} '
        f"{style.value(f'{key}[{i}].text', item['text'])}</p>"
        for i, item in enumerate(items)
    ]


def _print_signatures(rng: Random, style: Style, record: dict[str, Any], posts: list[str]) -> str:
    two_columns = rng.random() < 0.5
    dots = "." * (rng.choice((24, 30)) if two_columns else rng.choice((34, 42, 50)))

    def block(path: str, name: str | None, role: str, role_path: str | None, lines: list[str]) -> str:
        shown = style.value(path, name) if name else "." * 40
        role_html = style.value(role_path, role) if role_path else style.text(role)
        rest = "".join(f"<br>{line}" for line in lines)
        return f'<div class="sign">ลงชื่อ{dots}{role_html}<br>({shown}){rest}</div>'

    blocks = []
    for i, (signature, under) in enumerate(zip(record["signatures"], posts, strict=True)):
        position = signature["position_printed"]
        lines = [
            style.value(f"signatures[{i}].position_printed", position) if position else "ตำแหน่ง" + "." * 36
        ]
        blocks.append(
            block(
                f"signatures[{i}].name_printed",
                signature["name_printed"],
                signature["role"],
                f"signatures[{i}].role",
                [*lines, *([under] if under else [])],
            )
        )
    names = record["witnesses"] or [None, None]
    witnesses = [
        block(
            f"witnesses[{i}]",
            name,
            f"พยานคนที่ {i + 1}" if len(names) > 1 else "พยาน",
            None,
            ["ตำแหน่ง" + "." * 40],
        )
        for i, name in enumerate(names)
    ]
    pairs = [blocks[0], *_in_pairs(blocks[1:])] if two_columns else blocks
    small = style.size * 0.86
    two = f'<div style="font-size:{small:.1f}pt">{"".join(_in_pairs(witnesses))}</div>'
    return "".join(pairs) + two


def _in_pairs(blocks: list[str]) -> list[str]:
    return [f'<div class="pair">{"".join(blocks[i : i + 2])}</div>' for i in range(0, len(blocks), 2)]
