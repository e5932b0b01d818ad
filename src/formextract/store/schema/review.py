"""What waits for clerks, who the clerks are, and what they did."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    true,
)

from formextract.store.schema.base import BigId, JsonValue, Moment, document_ref, metadata, one_of, row_id

ITEM_KINDS = ("value", "match", "issue", "form")
ITEM_STATES = ("open", "done", "withdrawn")
ACTIONS = ("accept", "correct", "choose", "reject", "cannot_read", "skip", "reopen")

clerk = Table(
    "clerk",
    metadata,
    row_id("clerk_id"),
    Column("login", String(60), nullable=False),
    Column("display_name", String(120), nullable=False),
    Column("password_hash", String(300), nullable=False),
    Column("role", String(20), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("failed_logins", Integer, nullable=False, server_default="0"),
    Column("locked_until", Moment),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("login"),
    one_of("role", ("clerk", "lead")),
)

review_item = Table(
    "review_item",
    metadata,
    row_id("item_id"),
    document_ref(),
    Column("kind", String(20), nullable=False),
    Column("path", String(300), nullable=False),
    Column("rule_id", String(80), nullable=False, server_default=""),
    Column("group_key", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("blocking", Boolean, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("y", Float, nullable=False),
    Column("x", Float, nullable=False),
    Column("assigned_to", String(60)),
    Column("assigned_until", Moment),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_by", String(60)),
    Column("closed_at", Moment),
    UniqueConstraint("document_id", "kind", "path", "rule_id"),
    one_of("kind", ITEM_KINDS),
    one_of("state", ITEM_STATES),
    Index(None, "state", "priority", "document_id"),
    Index(None, "document_id", "group_key"),
    comment="One row for each value, link, broken rule or form that waits; a group is decided together.",
)

review_action = Table(
    "review_action",
    metadata,
    row_id("action_id"),
    Column("item_id", BigId),
    Column("document_id", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("path", String(300), nullable=False),
    Column("action", String(20), nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    Column("before", JsonValue, nullable=False),
    Column("after", JsonValue, nullable=False),
    Column("note", Text),
    one_of("action", ACTIONS),
    Index(None, "document_id", "at"),
    Index(None, "by", "at"),
    comment="The audit: append only, held so by triggers; it outlives its document.",
)
