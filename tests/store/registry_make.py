"""A few registry entries."""

from __future__ import annotations

from datetime import date
from typing import Any

from formextract.registry.entries import Office, School


def school(code: str, name: str, office: str = "สพป.พิษณุโลก เขต 2", **more: Any) -> School:
    return School(code, name, name, "", office, "พิษณุโลก", "วังทอง", "วังนกแอ่น", **more)


def office(
    code: str, short: str, *provinces: str, since: date | None = None, until: date | None = None
) -> Office:
    kind = "secondary" if short.startswith("สพม") else "primary"
    return Office(code, f"สำนักงาน {short}", short, kind, provinces, since, until)  # type: ignore[arg-type]
