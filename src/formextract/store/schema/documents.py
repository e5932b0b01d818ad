"""Files, the forms found in them, and the provenance of every value."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from formextract.store.schema.base import BigId, JsonValue, Moment, document_ref, metadata, one_of, row_id

METHODS = ("text_layer", "ocr", "mark", "carried_down", "derived", "clerk")
DECISIONS = ("accepted", "review", "none")
OUTCOMES = ("extracted", "duplicate", "unreadable", "unknown_form")
ISSUE_STATES = ("open", "stands", "withheld", "fixed")

source_file = Table(
    "source_file",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("path", Text, nullable=False),
    Column("media_type", String(100)),
    Column("size", BigInteger),
    Column("pages", Integer),
    Column("archived_path", Text),
    Column("first_seen_at", Moment, nullable=False),
    comment="One row for each distinct content; further paths of the same bytes stand in source_path.",
)

source_path = Table(
    "source_path",
    metadata,
    Column("sha256", String(64), ForeignKey("source_file.sha256", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

work = Table(
    "work",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("path", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("token", String(32), nullable=False),
    Column("host", String(200), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("process_start", String(40), nullable=False),
    Column("claimed_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("outcome", String(20)),
    Column("attempts", Integer, nullable=False),
    Column("version", String(200)),
    one_of("state", ("claimed", "done", "released")),
    one_of("outcome", OUTCOMES),
    Index(None, "state"),
    comment="The ledger: who works on which content, and what is done.",
)

person = Table(
    "person",
    metadata,
    row_id("person_id"),
    Column("person_key", String(64), nullable=False),
    Column("title", String(60)),
    Column("first_name", String(120), nullable=False),
    Column("last_name", String(120), nullable=False),
    UniqueConstraint("person_key"),
    Index(None, "last_name", "first_name"),
    comment="Names carry no citizen number: a person is first name, last name and school.",
)

document = Table(
    "document",
    metadata,
    Column("document_id", String(64), primary_key=True),
    Column("sha256", String(64), ForeignKey("source_file.sha256")),
    Column("page_from", Integer, nullable=False),
    Column("page_to", Integer, nullable=False),
    Column("pages", JsonValue, nullable=False),
    Column("doc_type", String(40)),
    Column("doc_type_confidence", Float),
    Column("mapping", String(120)),
    Column("form_code", String(40)),
    Column("fiscal_year", Integer),
    Column("doc_date", Date),
    Column("status", String(20)),
    Column("outcome", String(20), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("record", JsonValue, nullable=False),
    Column("text", Text),
    Column("source_file", Text, nullable=False),
    Column("problem_code", String(60)),
    Column("problem_message", Text),
    Column("problem_remedy", Text),
    Column("withheld", Boolean, nullable=False, server_default=false()),
    Column("duplicate_key", String(64)),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("published_at", Moment),
    UniqueConstraint("sha256", "page_from"),
    one_of("status", ("filled", "blank_template", "partial")),
    one_of("outcome", OUTCOMES),
    one_of("decision", ("accepted", "review")),
    Index(None, "doc_type", "fiscal_year"),
    Index(None, "duplicate_key"),
    Index(None, "published_at"),
    comment="One row for each form; an unreadable file has one row with page_from 0.",
)

extracted_field = Table(
    "extracted_field",
    metadata,
    document_ref(primary_key=True),
    Column("path", String(300), primary_key=True),
    Column("printed", Text, nullable=False),
    Column("value", JsonValue, nullable=False),
    Column("machine_value", JsonValue, nullable=False),
    Column("page", Integer, nullable=False),
    Column("bbox", JsonValue),
    Column("confidence", Float, nullable=False),
    Column("method", String(20), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("decided_by", String(60)),
    Column("decided_at", Moment),
    one_of("method", METHODS),
    one_of("decision", ("accepted", "review")),
    comment="Provenance of every value; machine_value stays as read when a clerk decides otherwise.",
)

match_candidate = Table(
    "match_candidate",
    metadata,
    document_ref(primary_key=True),
    Column("path", String(300), primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("code", String(200), nullable=False),
    Column("name", String(400), nullable=False),
    Column("area_office", String(200)),
    Column("score", Float, nullable=False),
    Column("reason", JsonValue, nullable=False),
    one_of("kind", ("school", "area_office")),
)

match_decision = Table(
    "match_decision",
    metadata,
    document_ref(primary_key=True),
    Column("path", String(300), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("code", String(200)),
    Column("name", String(400)),
    Column("score", Float, nullable=False),
    Column("margin", Float, nullable=False),
    Column("why", JsonValue, nullable=False),
    Column("decided_by", String(60)),
    Column("decided_at", Moment),
    one_of("kind", ("school", "area_office")),
    one_of("decision", DECISIONS),
    Index(None, "code"),
)

issue = Table(
    "issue",
    metadata,
    row_id("issue_id"),
    document_ref(),
    Column("path", String(300), nullable=False),
    Column("rule_id", String(80), nullable=False),
    Column("severity", String(20), nullable=False),
    Column("message", Text, nullable=False),
    Column("message_th", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("decided_by", String(60)),
    Column("decided_at", Moment),
    UniqueConstraint("document_id", "rule_id", "path"),
    one_of("severity", ("error", "warning", "info")),
    one_of("state", ISSUE_STATES),
    comment="stands: a clerk let it pass; withheld: the document is not to be published; fixed: gone.",
)

employment = Table(
    "employment",
    metadata,
    document_ref(primary_key=True),
    Column("person_id", BigId, ForeignKey("person.person_id"), nullable=False),
    Column("school_id", BigId, ForeignKey("school.school_id")),
    Column("office_id", BigId, ForeignKey("area_office.office_id")),
    Column("position", String(200)),
    Column("standing", String(100)),
    Column("rank", String(20)),
    Column("salary_baht", Integer),
    Column("as_of", Date),
    Index(None, "person_id"),
)
