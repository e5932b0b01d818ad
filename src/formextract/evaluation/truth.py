"""The truth file beside a sample: what ``evaluate`` scores against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from formextract.evaluation.forms.sheet import Sheet
from formextract.evaluation.printer import Printed


def build_truth(sheet: Sheet, printed: Printed, meta: dict[str, Any]) -> dict[str, Any]:
    """The truth of one printed form.

    ``boxes`` are those of the printed page in points from its top left; they hold for born-digital files.
    """
    style = sheet.style
    boxes = {
        path: {"page": page, "bbox": box.as_list()} for path, (page, box) in sorted(printed.boxes.items())
    }
    return {
        "doc_type": sheet.doc_type,
        "status": sheet.status,
        "pages": list(range(1, printed.page_count + 1)),
        "record": sheet.record,
        "codes": sheet.codes,
        "boxes": boxes,
        "meta": {
            "fonts": [style.font],
            "digits": style.digits,
            "leader": style.leader,
            "layout": style.seed,
            **meta,
        },
    }


def write_truth(path: Path, truth: dict[str, Any]) -> None:
    """Writes a truth file; one line a field of the top level, so that differences can be read."""
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in truth.items()]
    path.write_text("{" + ",\n ".join(lines) + "}\n", encoding="utf-8")


def read_truth(path: Path) -> dict[str, Any]:
    """Reads a truth file; ValueError if it is no JSON object with ``record`` or ``documents``."""
    truth = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(truth, dict) or not ("record" in truth or "documents" in truth):
        raise ValueError(f"{path.name} is no truth file: it has neither record nor documents")
    return truth
