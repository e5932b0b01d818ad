"""Rows of single forms' tables, made whole from a settled record and removed whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract.store import schema as t
from formextract.store.forms.agreement import write_agreement
from formextract.store.forms.context import FormContext
from formextract.store.forms.memo import write_network_mou, write_salary_mou
from formextract.store.forms.roster import write_roster

WRITERS: Mapping[str, Callable[[FormContext], None]] = {
    "pa1": write_agreement,
    "network_mou": write_network_mou,
    "salary_mou": write_salary_mou,
    "roster_announcement": write_roster,
}

_ROOTS = (t.pa_agreement, t.mou, t.signature, t.network, t.roster_row, t.employment)
"""Tables with ``document_id``; what hangs below them goes by cascade."""


def write(
    connection: Connection, document: RowMapping, record: Mapping[str, Any], published_at: datetime
) -> None:
    """Write the rows of a document's form, if its form has tables of its own."""
    writer = WRITERS.get(document["doc_type"])
    if writer is not None:
        writer(FormContext.of(connection, document, record, published_at))


def remove(connection: Connection, document_id: str) -> None:
    """Remove all rows of a document's form."""
    for table in _ROOTS:
        connection.execute(sa.delete(table).where(table.c.document_id == document_id))
