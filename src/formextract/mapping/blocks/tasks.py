"""The PA1 tasks table: standard domains, their tasks, and the outcomes and indicators of each task.

As a rule one physical row holds a whole domain, and tasks, outcomes and indicators stand
side by side, aligned by blank lines only (FIELDS §5.4); some offices rule a row a task.
Where rows do not tell, the outcomes' and indicators' lines are shared out among the tasks so
that each share begins as nearly as can be at its task's height, and at a gap, a restarted
number or a restarted row of audiences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from formextract.layout.leaders import strip_leader_glyphs
from formextract.layout.lines import baseline
from formextract.mapping.anchors import find_sequence
from formextract.mapping.blocks.lists import prose
from formextract.mapping.blocks.shares import TableLine, Task, read_audience, share_out
from formextract.mapping.form import Form, columns_of
from formextract.mapping.found import Found, from_span
from formextract.mapping.numbering import Item, read_second_level, split_items
from formextract.mapping.rows import Place, column_cells, likeness, table_parts
from formextract.mapping.schema import TASK_ROLES, Audience, Column, TasksBlock
from formextract.mapping.stream import PlacedLine, Span, Stream
from formextract.thai.digits import to_arabic

_PERCENT = re.compile(r"ร้อยละ\s*(\d{1,3}(?:\.\d+)?)|(\d{1,3}(?:\.\d+)?)\s*(?:%|เปอร์เซ็นต์)")


def fill_tasks(block: TasksBlock, form: Form) -> list[Found]:
    """All domains that were found, each with its tasks."""
    strips = collect_columns(form, columns_of(block))
    if not strips["domain"]:
        return []
    found: list[Found] = []
    rows = domain_rows(block, strips["domain"])
    for k, (no, name_found, first, end) in enumerate(rows):
        base = f"{block.field}[{k}]"
        found.append(replace(name_found, path=f"{base}.no", value=no, kind="number", method="derived"))
        found.append(replace(name_found, path=f"{base}.name", value=_name(block, no)))
        part = {
            role: [x for x in lines if first <= x.row < end]
            for role, lines in strips.items()
            if role != "domain"
        }
        found.extend(fill_domain(block, base, no, part))
    return found


def _name(block: TasksBlock, no: int) -> str:
    return next(d.name for d in block.domains if d.number == no)


def collect_columns(form: Form, columns: Sequence[Column]) -> dict[str, list[TableLine]]:
    """Every column's lines in printed order over all parts of the table, headers left out."""
    strips: dict[str, list[TableLine]] = {role: [] for role in TASK_ROLES}
    offset, rows_before = 0.0, 0
    for part, (page, table, places, skip) in enumerate(table_parts(form.tables(), columns)):
        top = min((c.box.y0 for c in table.cells if c.row >= skip), default=table.box.y0)
        for place in places:
            for cell in column_cells(table, place):
                if cell.row < skip or _is_header(cell.text, place):
                    continue
                for line in cell.lines:
                    strips[str(place.column.field)].append(
                        TableLine(page, part, rows_before + cell.row, offset + baseline(line) - top, line)
                    )
        offset += table.box.y1 - top
        rows_before += table.n_rows
    for lines in strips.values():
        lines.sort(key=lambda x: (x.row, x.y))
    return strips


def _is_header(text: str, place: Place) -> bool:
    return likeness(text, place.column.header) >= 0.6


def domain_rows(block: TasksBlock, lines: Sequence[TableLine]) -> list[tuple[int, Found, int, int]]:
    """The domains in printed order: number, evidence of the name, first physical row, row after the last."""
    stream = Stream(PlacedLine(x.page, x.line) for x in lines)
    anchors = find_sequence(stream.whole(), [[d.name] for d in block.domains])
    hits: list[tuple[int, Found, int]] = []
    for domain, anchor in zip(block.domains, anchors, strict=True):
        if anchor is None:
            continue
        span = Span(stream, anchor.start, anchor.end)
        flags = frozenset({"parsed", "exact" if anchor.similarity == 1 else "known"})
        hit = from_span("", domain.name, "label", span, likeness=anchor.similarity, flags=flags)
        hits.append((domain.number, hit, lines[stream.line_of(anchor.start)].row))
    out: list[tuple[int, Found, int, int]] = []
    for k, (no, hit, row) in enumerate(hits):
        end = hits[k + 1][2] if k + 1 < len(hits) else 10**9
        out.append((no, hit, row if k else 0, max(end, row + 1)))
    return out


def find_tasks(lines: Sequence[TableLine], no: int) -> list[Task]:
    """The tasks of a domain by their codes; one without a code if the cell is filled as one text."""
    tasks: list[Task] = []
    expected = 1
    for i, x in enumerate(lines):
        number = read_second_level(x.line.text, str(no), expected, scanned=x.line.method == "ocr")
        if number is None or number.value is None or number.value < expected:
            continue
        tasks.append(Task(i, number.length, f"{no}.{number.value}", number.certain))
        expected = number.value + 1
    if not tasks and any(strip_leader_glyphs(x.line) for x in lines):
        tasks.append(Task(0, 0, None, True))
    return tasks


def fill_domain(block: TasksBlock, base: str, no: int, part: dict[str, list[TableLine]]) -> list[Found]:
    """The tasks of one domain with their outcomes and indicators."""
    lines = part.get("tasks", [])
    tasks = find_tasks(lines, no)
    shares = {
        role: share_out(lines, tasks, part.get(role, []), block.audiences if role == "indicators" else ())
        for role in ("outcomes", "indicators")
    }
    found: list[Found] = []
    for t, task in enumerate(tasks):
        path = f"{base}.tasks[{t}]"
        end = tasks[t + 1].start if t + 1 < len(tasks) else len(lines)
        stream = Stream(PlacedLine(x.page, x.line) for x in lines[task.start : end])
        head, text = stream.span(0, task.length), stream.span(task.length, len(stream.text)).trimmed()
        if task.code is not None:
            flags = frozenset({"parsed"} if task.certain else {"doubt"})
            found.append(
                from_span(f"{path}.code", task.code, "number", head.trimmed(".") or head, flags=flags)
            )
        found.append(prose(f"{path}.text", text))
        for role in ("outcomes", "indicators"):
            own, clear = shares[role][t]
            span = Stream(PlacedLine(x.page, x.line) for x in own).whole().trimmed()
            if not span:
                continue
            hits = (
                _outcomes(f"{path}.outcomes", span)
                if role == "outcomes"
                else _indicators(f"{path}.indicators", span, block.audiences)
            )
            found.extend(hits if clear else [replace(h, flags=h.flags | {"doubt"}) for h in hits])
    return found


def _outcomes(path: str, span: Span) -> list[Found]:
    return [prose(f"{path}[{k}]", item.span) for k, item in enumerate(x for x in split_items(span) if x.span)]


def _indicators(path: str, span: Span, audiences: Sequence[Audience]) -> list[Found]:
    """Indicators under their audiences' headings; numbers restart under each."""
    stream = span.stream
    groups: list[tuple[str | None, Span | None, Span]] = []
    audience: str | None = None
    heading: Span | None = None
    begin = span.start
    for n in range(stream.line_of(span.start), stream.line_of(max(span.start, span.end - 1)) + 1):
        line = stream.line_span(n)
        start = max(line.start, span.start)
        hit = read_audience(stream.text[start : min(line.end, span.end)], audiences)
        if hit is None:
            continue
        groups.append((audience, heading, Span(stream, begin, start).trimmed()))
        audience, begin = hit[0], start + hit[1]
        heading = Span(stream, start, begin)
    groups.append((audience, heading, Span(stream, begin, span.end).trimmed()))
    out: list[Found] = []
    k = 0
    for code, head, text in groups:
        for item in split_items(text):
            if item.span:
                out.extend(_indicator(f"{path}[{k}]", code, head, item))
                k += 1
    return out


def _indicator(path: str, code: str | None, head: Span | None, item: Item) -> list[Found]:
    out: list[Found] = []
    if code is not None and head is not None:
        out.append(from_span(f"{path}.audience", code, "label", head, flags=frozenset({"parsed", "known"})))
    out.append(prose(f"{path}.text", item.span))
    text = to_arabic(item.span.joined())
    m = _PERCENT.search(text)
    if m:
        number = float(m.group(1) or m.group(2))
        value = int(number) if number == int(number) else number
        flags = frozenset({"parsed"} if 0 <= number <= 100 else {"doubt"})
        out.append(
            from_span(
                f"{path}.target_percent", value, "integer", _percent_span(item.span, m.group(0)), flags=flags
            )
        )
    return out


def _percent_span(span: Span, printed: str) -> Span:
    """The place of the percentage within an indicator, the whole indicator if it wraps."""
    at = to_arabic(span.raw).find(printed)
    return span.sub(at, at + len(printed)) if at >= 0 else span
