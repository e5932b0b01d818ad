"""The table of tasks of a PA1: five domains in four columns, in three ways of ruling.

``tasks`` one ruled row a task; ``domains`` one ruled row a domain, tasks, outcomes and indicators side
by side on the same height, as clerks align them by blank lines; ``loose`` one row a domain whose columns are
filled each for itself, so that only the order pairs them.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from formextract.evaluation.prose import AUDIENCES, SCOPE
from formextract.evaluation.style import Style

_HEADS = (
    "ลักษณะงานที่ปฏิบัติ<br>ตามมาตรฐานตำแหน่ง",
    "งาน (Tasks)<br>ที่จะดำเนินการพัฒนาตามข้อตกลงใน 1 รอบการประเมิน<br>(โปรดระบุ)",
    "ผลลัพธ์ (Outcomes)<br>ของงานตามข้อตกลงที่คาดหวังให้เกิดขึ้นกับผู้เรียน ครู และสถานศึกษา<br>(โปรดระบุ)",
    "ตัวชี้วัด (Indicators)<br>ที่จะเกิดขึ้นกับผู้เรียน ครู และสถานศึกษา ที่แสดงให้เห็นถึงการเปลี่ยนแปลงไปในทางที่ดีขึ้น"
    "หรือมีการพัฒนามากขึ้นหรือผลสัมฤทธิ์สูงขึ้น<br>(โปรดระบุ)",
)
TABLE_CSS = (
    ".work{table-layout:fixed;margin-top:.5em}.work td,.work th{border:.8pt solid #000;padding:2px 4px}"
    ".work th{text-align:center;font-weight:bold;font-size:.94em}.work td{font-size:.94em}"
    ".work .open td{border-top:none;border-bottom:none}.work td.domain{border:.8pt solid #000!important}"
    ".work .last td{border-bottom:.8pt solid #000}.work .first td{border-top:.8pt solid #000}"
    ".space{height:1.4em}"
)


def print_table(
    style: Style, ruling: str, repeat_header: bool, scope: bool, domains: list[dict[str, Any]]
) -> str:
    """The table's HTML; ``scope`` prints the note under each domain's name."""
    widths = style.rng.choice(((20, 27, 25, 28), (22, 28, 24, 26), (18, 26, 26, 30)))
    tag = "thead" if repeat_header else "tbody"
    columns = "".join(f'<col style="width:{w}%">' for w in widths)
    heads = "".join(f"<th>{style.number(head)}</th>" for head in _HEADS)
    out = [f'<table class="work"><colgroup>{columns}</colgroup><{tag}><tr>{heads}</tr></{tag}><tbody>']
    lists = style.rng.choice((".", ".", ")"))
    for d, domain in enumerate(domains):
        name = style.text(f"{domain['no']}. ") + style.value(f"domains[{d}].name", domain["name"])
        first = f'<p class="b">{name}</p>' + (f"<p>{style.text(SCOPE[domain['no']])}</p>" if scope else "")
        cells = [
            _task_cells(style, f"domains[{d}].tasks[{t}]", task, lists)
            for t, task in enumerate(domain["tasks"])
        ]
        cells = cells or [("<br><br>", "", "")]
        if ruling == "loose":
            stacks = ["".join(c[i] + '<div class="space"></div>' for c in cells) for i in range(3)]
            out.append(f"<tr><td>{first}</td>" + "".join(f"<td>{s}</td>" for s in stacks) + "</tr>")
            continue
        for t, triple in enumerate(cells):
            kind = ""
            if ruling == "domains":
                kind = "open" + (" first" if t == 0 else "") + (" last" if t == len(cells) - 1 else "")
            span = f'<td class="domain" rowspan="{len(cells)}">{first}</td>' if t == 0 else ""
            gap = '<div class="space"></div>' if ruling == "domains" else ""
            out.append(f'<tr class="{kind}">{span}' + "".join(f"<td>{c}{gap}</td>" for c in triple) + "</tr>")
    return "".join(out) + "</tbody></table>"


def _task_cells(style: Style, path: str, task: dict[str, Any], lists: str) -> tuple[str, str, str]:
    code = style.value(f"{path}.code", task["code"])
    text = f"<p>{code} {style.value(f'{path}.text', task['text'])}</p>"
    outcomes = _numbered(style, [(f"{path}.outcomes[{i}]", o) for i, o in enumerate(task["outcomes"])], lists)
    groups = []
    indexed = [(f"{path}.indicators[{i}].text", item) for i, item in enumerate(task["indicators"])]
    for audience, members in groupby(indexed, key=lambda pair: pair[1]["audience"]):
        groups.append(f"<p>{AUDIENCES[audience]}</p>")
        groups.append(_numbered(style, [(p, item["text"]) for p, item in members], lists))
    return text, outcomes, "".join(groups)


def _numbered(style: Style, items: list[tuple[str, str]], lists: str) -> str:
    gap = style.rng.choice((" ", " ", ""))
    return "".join(
        f"<p>{style.text(f'{i}{lists}{gap}') if len(items) > 1 else ''}{style.value(path, text)}</p>"
        for i, (path, text) in enumerate(items, 1)
    )
