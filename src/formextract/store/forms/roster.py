"""Rows of a roster announcement: the table as printed, and the networks that it announces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formextract.store import schema as t
from formextract.store.forms.context import FormContext, int_of
from formextract.store.sql import insert_many


def write_roster(form: FormContext) -> None:
    """``roster_row`` for each co-development school, and a ``network`` for each run of one lead school.

    Rows marked uncertain (their office or lead was lost at a gap) stay out of ``network``.
    """
    rows: list[dict[str, Any]] = []
    network_id: int | None = None
    lead: tuple[Any, ...] | None = None
    n_networks = n_members = 0
    for i, row in enumerate(form.record.get("rows") or ()):
        if not isinstance(row, Mapping):
            continue
        path = f"rows[{i}]"
        office = form.name_columns("office", f"{path}.area_office")
        lead_school = form.name_columns("lead", f"{path}.lead_school")
        codev = form.name_columns("codev", f"{path}.codev_school")
        uncertain = row.get("uncertain") is True
        rows.append(
            {
                "document_id": form.document_id,
                "row_no": i + 1,
                "seq": int_of(row.get("seq")),
                "lead_no": int_of(row.get("lead_no")),
                "codev_no": int_of(row.get("codev_no")),
                "carried": list(row.get("carried_down") or ()),
                "uncertain": uncertain,
                "published_at": form.published_at,
                **office,
                **lead_school,
                **codev,
            }
        )
        if uncertain or lead_school["lead_printed"] is None or codev["codev_printed"] is None:
            lead = None
            continue
        this = (row.get("seq"), office["office_printed"], row.get("lead_no"), lead_school["lead_printed"])
        if this != lead:
            lead, n_networks, n_members = this, n_networks + 1, 0
            network_id = form.insert(
                t.network,
                document_id=form.document_id,
                seq=n_networks,
                **office,
                **{k.replace("lead_", "lead_school_", 1): v for k, v in lead_school.items()},
                published_at=form.published_at,
            )
        n_members += 1
        member = {k.replace("codev_", "school_", 1): v for k, v in codev.items()}
        form.insert(t.network_member, network_id=network_id, seq=n_members, **member)
    insert_many(form.connection, t.roster_row, rows)
