"""Which values must be settled before a form is published.

After the column *req* of `FIELDS.md` §1, 2, 4 and 5, and the contract's "required fields, dates,
hours and duplicates are validated before publishing".  A value on this list that waits for a clerk
holds its document back; any other waiting value is published empty until it is decided, never as
the machine's guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formextract import recordpath

PUBLISHED_FORMS = ("pa1", "network_mou", "salary_mou", "roster_announcement")
"""Forms with tables of their own; the others are published as their record in ``document``."""

BLOCKING: Mapping[str, frozenset[str]] = {
    "pa1": frozenset(
        {
            "fiscal_year_be",
            "position",
            "period.start",
            "period.end",
            "maker.title",
            "maker.first_name",
            "maker.last_name",
            "maker.position",
            "maker.standing",
            "maker.school",
            "maker.area_office",
            "maker.salary_rank",
            "maker.salary_baht",
            "school_types[].checked",
            "workload.full_time",
            "workload.min_teaching_hours",
            "workload.activities[].checked",
            "workload.activities[].hours",
            "signature.name_printed",
            "signature.date",
            "superior.approved",
        }
    ),
    "network_mou": frozenset(
        {
            "variant",
            "made_date",
            "area_office",
            "lead_school",
            "codev_schools[]",
            "n_parties",
            "period_start_be",
            "period_end_be",
            "change_notice_days",
            "termination_notice_days",
            "copies",
        }
    ),
    "salary_mou": frozenset(
        {"area_office", "rounds[].round_no", "rounds[].effective_date", "copies", "signed_date", "schools[]"}
    ),
    "roster_announcement": frozenset(
        {
            "announced_date",
            "rows[].seq",
            "rows[].area_office",
            "rows[].lead_no",
            "rows[].lead_school",
            "rows[].codev_no",
            "rows[].codev_school",
        }
    ),
}
"""By doc_type, the shapes of the paths that hold a document back while they wait."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "pa1": (
        "fiscal_year_be",
        "maker.first_name",
        "maker.last_name",
        "maker.school",
        "maker.area_office",
        "maker.salary_rank",
        "maker.salary_baht",
    ),
    "network_mou": ("lead_school", "period_start_be", "period_end_be"),
    "salary_mou": ("area_office",),
    "roster_announcement": (),
}
"""By doc_type, the values without which a filled form's row says nothing."""


def blocks(doc_type: str | None, path: str) -> bool:
    """Whether a waiting value or link at the path holds its document back."""
    shapes = BLOCKING.get(doc_type or "")
    # A form without tables is published as a record: nothing of it goes out unseen.
    return True if shapes is None else recordpath.shape(path) in shapes


def missing(doc_type: str | None, record: Mapping[str, Any]) -> list[str]:
    """Paths of required values that a record lacks."""
    return [p for p in REQUIRED.get(doc_type or "", ()) if recordpath.get(record, p) in (None, "")]
