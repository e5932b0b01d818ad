"""What every form's writer needs: the record, its decided links, and typed access to values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract import recordpath
from formextract.store import schema as t
from formextract.store.documents import as_date
from formextract.store.sql import digest, insert_if_new, rows_of


@dataclass(frozen=True, slots=True)
class FormContext:
    """A document about to be published."""

    connection: Connection
    """Inside the publishing transaction."""
    document_id: str
    """The document."""
    doc_date: date | None
    """Its date, for the registry row that held then."""
    record: Mapping[str, Any]
    """Only settled values; what waits is None."""
    links: Mapping[str, RowMapping]
    """Accepted links by path."""
    ids: Mapping[tuple[str, str], int]
    """Registry row by (kind, code), valid at the document's date or, failing that, the newest."""
    published_at: datetime
    """When it was first published."""

    @classmethod
    def of(
        cls,
        connection: Connection,
        document: RowMapping,
        record: Mapping[str, Any],
        published_at: datetime,
    ) -> FormContext:
        """Load the document's links and the registry rows that they name."""
        links = {
            m["path"]: m
            for m in rows_of(connection, t.match_decision, document["document_id"])
            if m["decision"] == "accepted" and m["code"]
        }
        signed = document["doc_date"]
        ids: dict[tuple[str, str], int] = {}
        for kind, table, code, row_id in (
            ("school", t.school, t.school.c.code10, t.school.c.school_id),
            ("area_office", t.area_office, t.area_office.c.code, t.area_office.c.office_id),
        ):
            codes = {m["code"] for m in links.values() if m["kind"] == kind}
            ids.update(
                {(kind, c): i for c, i in _valid_rows(connection, table, code, row_id, codes, signed).items()}
            )
        return cls(connection, document["document_id"], signed, record, links, ids, published_at)

    def get(self, path: str) -> Any:
        """The settled value at a path."""
        return recordpath.get(self.record, path)

    def text(self, path: str) -> str | None:
        """The value as text; None if empty."""
        return text_of(self.get(path))

    def integer(self, path: str) -> int | None:
        """The value as a whole number; None for anything else."""
        return int_of(self.get(path))

    def date(self, path: str) -> date | None:
        """The value as a date."""
        return as_date(self.get(path))

    def flag(self, path: str) -> bool | None:
        """The value if it is true or false."""
        value = self.get(path)
        return value if isinstance(value, bool) else None

    def name_columns(self, prefix: str, path: str) -> dict[str, Any]:
        """The four columns of a school or office named at a path, see ``store.schema``."""
        link = self.links.get(path)
        return {
            f"{prefix}_printed": self.text(path),
            f"{prefix}_code": link["code"] if link else None,
            f"{prefix}_name": link["name"] if link else None,
            f"{prefix}_id": self.ids.get((link["kind"], link["code"])) if link else None,
        }

    def insert(self, table: sa.Table, **values: Any) -> Any:
        """Insert one row; its primary key (the first column of it)."""
        result = self.connection.execute(sa.insert(table).values(**values))
        return result.inserted_primary_key[0] if result.inserted_primary_key else None

    def person(self, title: str | None, first: str, last: str, school: str | None) -> int:
        """The person of that name at that school, made if new.

        The forms carry no citizen number: homonyms of one school are one row, and the same person at
        another school is another row, until somebody joins them.
        """
        key = digest(first, last, school or "")
        row = {"person_key": key, "title": title, "first_name": first, "last_name": last}
        insert_if_new(self.connection, t.person, row)
        statement = sa.select(t.person.c.person_id).where(t.person.c.person_key == key)
        return int(self.connection.execute(statement).scalar_one())

    def write_signatures(self) -> None:
        """Rows of ``signature`` from ``signatures[]`` and ``witnesses[]``, in printed order."""
        seq = 0
        for signer in self.record.get("signatures") or ():
            seq += 1
            signer = signer if isinstance(signer, Mapping) else {"name_printed": signer}
            self.insert(
                t.signature,
                document_id=self.document_id,
                seq=seq,
                role=text_of(signer.get("role")),
                name_printed=text_of(signer.get("name_printed")),
                position_printed=text_of(signer.get("position_printed")),
                date=as_date(signer.get("date")),
            )
        for witness in self.record.get("witnesses") or ():
            seq += 1
            self.insert(
                t.signature,
                document_id=self.document_id,
                seq=seq,
                role="witness",
                name_printed=text_of(witness),
            )


def text_of(value: Any) -> str | None:
    """Text, or the ``text`` or ``name`` of an object; None if empty."""
    if isinstance(value, Mapping):
        value = value.get("text", value.get("name_printed", value.get("name")))
    if value is None or value == "" or isinstance(value, bool | list):
        return None
    return str(value)


def int_of(value: Any) -> int | None:
    """A whole number; None for anything else, true and false included."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def decimal_of(value: Any) -> Decimal | None:
    """An exact number from a JSON number or a decimal string."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _valid_rows(
    connection: Connection,
    table: sa.Table,
    code: sa.Column[Any],
    row_id: sa.Column[Any],
    codes: set[str],
    on: date | None,
) -> dict[str, int]:
    if not codes:
        return {}
    statement = sa.select(code, row_id, table.c.valid_from, table.c.valid_to).where(code.in_(sorted(codes)))
    best: dict[str, tuple[tuple[bool, bool, date], int]] = {}
    for name, number, start, end in connection.execute(statement):
        valid = on is not None and (start is None or start <= on) and (end is None or on <= end)
        rank = (valid, end is None, start or date.min)
        if name not in best or rank > best[name][0]:
            best[name] = (rank, number)
    return {name: number for name, (_, number) in best.items()}
