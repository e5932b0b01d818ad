"""Schools and area offices with their history."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from formextract.store.schema.base import BigId, JsonValue, Moment, metadata, one_of, row_id

OFFICE_KINDS = ("primary", "secondary", "special", "other")
ALIAS_KINDS = ("registry", "review", "former")

registry_import = Table(
    "registry_import",
    metadata,
    row_id("import_id"),
    Column("kind", String(20), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("valid_from", Date),
    Column("n_rows", Integer, nullable=False),
    Column("n_added", Integer, nullable=False),
    Column("n_changed", Integer, nullable=False),
    Column("n_closed", Integer, nullable=False),
    Column("imported_at", Moment, nullable=False),
    one_of("kind", ("school", "area_office")),
    comment="One row for each registry file taken in.",
)

area_office = Table(
    "area_office",
    metadata,
    row_id("office_id"),
    Column("code", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(300), nullable=False),
    Column("abbr", String(200), nullable=False),
    Column("district_no", Integer),
    Column("former_name", String(300)),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("import_id", BigId, ForeignKey("registry_import.import_id")),
    one_of("kind", OFFICE_KINDS),
    Index(None, "code"),
    Index(None, "abbr"),
    comment="One row for each office and period; valid_to is the last day.",
)

area_office_province = Table(
    "area_office_province",
    metadata,
    Column("office_id", BigId, ForeignKey("area_office.office_id", ondelete="CASCADE"), primary_key=True),
    Column("province", String(60), primary_key=True),
)

area_office_succession = Table(
    "area_office_succession",
    metadata,
    Column("old_id", BigId, ForeignKey("area_office.office_id", ondelete="CASCADE"), primary_key=True),
    Column("new_id", BigId, ForeignKey("area_office.office_id", ondelete="CASCADE"), primary_key=True),
    Column("province", String(60), primary_key=True),
    Column("effective_date", Date, nullable=False),
    comment="Which office took over a province; the successor depends on the province.",
)

school = Table(
    "school",
    metadata,
    row_id("school_id"),
    Column("code10", String(20), nullable=False),
    Column("smis8", String(20)),
    Column("name", String(300), nullable=False),
    Column("core_name", String(300), nullable=False),
    Column("suffix", String(300)),
    Column("area_office", String(200)),
    Column("office_id", BigId, ForeignKey("area_office.office_id")),
    Column("former_offices", JsonValue, nullable=False),
    Column("tambon", String(100)),
    Column("amphoe", String(100)),
    Column("province", String(60)),
    Column("status", String(20), nullable=False, server_default="open"),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("import_id", BigId, ForeignKey("registry_import.import_id")),
    one_of("status", ("open", "closed")),
    Index(None, "code10"),
    Index(None, "core_name"),
    Index(None, "office_id"),
    Index(None, "province", "name"),
    comment="One row for each school and period; valid_to is the last day, code10 the lasting key.",
)

school_alias = Table(
    "school_alias",
    metadata,
    row_id("alias_id"),
    Column("code10", String(20), nullable=False),
    Column("school_id", BigId, ForeignKey("school.school_id", ondelete="SET NULL")),
    Column("alias", String(300), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("source_doc", String(64)),
    Column("created_by", String(60)),
    Column("created_at", Moment, nullable=False),
    one_of("kind", ALIAS_KINDS),
    UniqueConstraint("code10", "alias"),
    comment="Other spellings, with the document they were seen in; never an edit of the registry's name.",
)
