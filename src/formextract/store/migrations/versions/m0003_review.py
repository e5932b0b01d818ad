"""What waits for clerks, the audit, and the views for other systems."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from formextract.store.schema.base import BigId, JsonValue, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VIEWS = {
    # Rows of form tables exist only while their document is published, so the views need no filter for it.
    "published_document": """
        SELECT document_id, sha256, page_from, doc_type, mapping, form_code, fiscal_year, doc_date, status,
               decision, record, source_file, published_at
        FROM document WHERE published_at IS NOT NULL
    """,
    # For the performance-appraisal system and the salary committee: one row for each person and fiscal year.
    "agreement_by_person": """
        SELECT a.pa_id, a.document_id, a.fiscal_year, p.person_id, p.title, p.first_name, p.last_name,
               a.position, a.standing, a.rank, a.salary_baht, a.school_code, a.school_name, a.school_printed,
               a.office_code, a.office_name, a.office_printed, a.min_hours, a.signed_date, a.approved,
               d.source_file, d.sha256, d.page_from, d.page_to
        FROM pa_agreement a
        JOIN document d ON d.document_id = a.document_id
        LEFT JOIN person p ON p.person_id = a.person_id
    """,
    # For the network project: one row for each member, with the lead and the years of the agreement.
    "network_overview": """
        SELECT n.network_id, n.document_id, n.office_code, n.office_name, n.office_printed,
               n.lead_school_code, n.lead_school_name, n.lead_school_printed, n.start_year, n.end_year,
               m.seq, m.school_code, m.school_name, m.school_printed
        FROM network n LEFT JOIN network_member m ON m.network_id = n.network_id
    """,
}


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "clerk",
        sa.Column("clerk_id", BigId, autoincrement=True, nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("failed_logins", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", Moment()),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint("role IN ('clerk', 'lead')", name=op.f("ck_clerk_role_word")),
        sa.PrimaryKeyConstraint("clerk_id", name=op.f("pk_clerk")),
        sa.UniqueConstraint("login", name=op.f("uq_clerk_login")),
    )
    op.create_table(
        "review_action",
        sa.Column("action_id", BigId, autoincrement=True, nullable=False),
        sa.Column("item_id", BigId),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("before", JsonValue, nullable=False),
        sa.Column("after", JsonValue, nullable=False),
        sa.Column("note", sa.Text()),
        sa.CheckConstraint(
            "action IN ('accept', 'correct', 'choose', 'reject', 'cannot_read', 'skip', 'reopen')",
            name=op.f("ck_review_action_action_word"),
        ),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_review_action")),
        comment="The audit: append only, held so by triggers; it outlives its document.",
    )
    op.create_index(op.f("ix_review_action_by_at"), "review_action", ["by", "at"], unique=False)
    op.create_index(
        op.f("ix_review_action_document_id_at"), "review_action", ["document_id", "at"], unique=False
    )
    op.create_table(
        "review_item",
        sa.Column("item_id", BigId, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("rule_id", sa.String(length=80), server_default="", nullable=False),
        sa.Column("group_key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("blocking", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("y", sa.Float(), nullable=False),
        sa.Column("x", sa.Float(), nullable=False),
        sa.Column("assigned_to", sa.String(length=60)),
        sa.Column("assigned_until", Moment()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("closed_by", sa.String(length=60)),
        sa.Column("closed_at", Moment()),
        sa.CheckConstraint(
            "kind IN ('value', 'match', 'issue', 'form')", name=op.f("ck_review_item_kind_word")
        ),
        sa.CheckConstraint("state IN ('open', 'done', 'withdrawn')", name=op.f("ck_review_item_state_word")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_review_item_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_review_item")),
        sa.UniqueConstraint(
            "document_id",
            "kind",
            "path",
            "rule_id",
            name=op.f("uq_review_item_document_id_kind_path_rule_id"),
        ),
        comment="One row for each value, link, broken rule or form that waits; a group is decided together.",
    )
    op.create_index(
        op.f("ix_review_item_document_id_group_key"),
        "review_item",
        ["document_id", "group_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_review_item_state_priority_document_id"),
        "review_item",
        ["state", "priority", "document_id"],
        unique=False,
    )

    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")
    _hold_audit()


def _hold_audit() -> None:
    """Let the database itself refuse to change or remove what clerks did."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER review_action_no_{verb.lower()} BEFORE {verb} ON review_action "
                "BEGIN SELECT RAISE(ABORT, 'review_action is append only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION review_action_hold() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'review_action is append only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER review_action_hold BEFORE UPDATE OR DELETE ON review_action "
        "FOR EACH ROW EXECUTE FUNCTION review_action_hold()"
    )
