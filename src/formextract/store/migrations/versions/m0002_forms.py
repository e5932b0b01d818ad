"""Tables of single forms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from formextract.store.schema.base import BigId, JsonValue, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "mou",
        sa.Column("mou_id", BigId, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("variant", sa.String(length=40)),
        sa.Column("title", sa.Text()),
        sa.Column("office_printed", sa.String(length=400)),
        sa.Column("office_code", sa.String(length=200)),
        sa.Column("office_name", sa.String(length=400)),
        sa.Column("office_id", BigId),
        sa.Column("purpose", sa.Text()),
        sa.Column("made_at", sa.Text()),
        sa.Column("made_date", sa.Date()),
        sa.Column("n_parties", sa.Integer()),
        sa.Column("period_start", sa.Integer()),
        sa.Column("period_end", sa.Integer()),
        sa.Column("copies", sa.Integer()),
        sa.Column("change_days", sa.Integer()),
        sa.Column("termination_days", sa.Integer()),
        sa.Column("published_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_mou_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["area_office.office_id"], name=op.f("fk_mou_office_id_area_office")
        ),
        sa.PrimaryKeyConstraint("mou_id", name=op.f("pk_mou")),
        sa.UniqueConstraint("document_id", name=op.f("uq_mou_document_id")),
        comment="A memorandum; variant is 3p_obec, 3p_area, 2p or salary; the period in years BE.",
    )
    op.create_table(
        "signature",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=60)),
        sa.Column("person_id", BigId),
        sa.Column("name_printed", sa.String(length=300)),
        sa.Column("position_printed", sa.Text()),
        sa.Column("signed", sa.Boolean()),
        sa.Column("date", sa.Date()),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_signature_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_signature_person_id_person")
        ),
        sa.PrimaryKeyConstraint("document_id", "seq", name=op.f("pk_signature")),
    )
    op.create_table(
        "mou_clause",
        sa.Column("mou_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("path", sa.String(length=40)),
        sa.Column("no_printed", sa.String(length=40)),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(
            ["mou_id"], ["mou.mou_id"], name=op.f("fk_mou_clause_mou_id_mou"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mou_id", "seq", name=op.f("pk_mou_clause")),
    )
    op.create_table(
        "mou_party",
        sa.Column("mou_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("printed", sa.String(length=400)),
        sa.Column("code", sa.String(length=200)),
        sa.Column("name", sa.String(length=400)),
        sa.Column("school_id", BigId),
        sa.Column("office_id", BigId),
        sa.CheckConstraint(
            "role IN ('area_office', 'lead_school', 'codev_school', 'school')",
            name=op.f("ck_mou_party_role_word"),
        ),
        sa.ForeignKeyConstraint(
            ["mou_id"], ["mou.mou_id"], name=op.f("fk_mou_party_mou_id_mou"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["area_office.office_id"], name=op.f("fk_mou_party_office_id_area_office")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.school_id"], name=op.f("fk_mou_party_school_id_school")
        ),
        sa.PrimaryKeyConstraint("mou_id", "seq", name=op.f("pk_mou_party")),
    )
    op.create_index(op.f("ix_mou_party_code"), "mou_party", ["code"], unique=False)
    op.create_table(
        "mou_round",
        sa.Column("mou_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer()),
        sa.Column("effective", sa.Date()),
        sa.ForeignKeyConstraint(
            ["mou_id"], ["mou.mou_id"], name=op.f("fk_mou_round_mou_id_mou"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mou_id", "seq", name=op.f("pk_mou_round")),
    )
    op.create_table(
        "network",
        sa.Column("network_id", BigId, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("office_printed", sa.String(length=400)),
        sa.Column("office_code", sa.String(length=200)),
        sa.Column("office_name", sa.String(length=400)),
        sa.Column("office_id", BigId),
        sa.Column("lead_school_printed", sa.String(length=400)),
        sa.Column("lead_school_code", sa.String(length=200)),
        sa.Column("lead_school_name", sa.String(length=400)),
        sa.Column("lead_school_id", BigId),
        sa.Column("start_year", sa.Integer()),
        sa.Column("end_year", sa.Integer()),
        sa.Column("published_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_network_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["lead_school_id"], ["school.school_id"], name=op.f("fk_network_lead_school_id_school")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["area_office.office_id"], name=op.f("fk_network_office_id_area_office")
        ),
        sa.PrimaryKeyConstraint("network_id", name=op.f("pk_network")),
        sa.UniqueConstraint("document_id", "seq", name=op.f("uq_network_document_id_seq")),
    )
    op.create_index(op.f("ix_network_lead_school_code"), "network", ["lead_school_code"], unique=False)
    op.create_table(
        "pa_agreement",
        sa.Column("pa_id", BigId, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", BigId),
        sa.Column("school_printed", sa.String(length=400)),
        sa.Column("school_code", sa.String(length=200)),
        sa.Column("school_name", sa.String(length=400)),
        sa.Column("school_id", BigId),
        sa.Column("office_printed", sa.String(length=400)),
        sa.Column("office_code", sa.String(length=200)),
        sa.Column("office_name", sa.String(length=400)),
        sa.Column("office_id", BigId),
        sa.Column("form_code", sa.String(length=40)),
        sa.Column("fiscal_year", sa.Integer()),
        sa.Column("period_start", sa.Date()),
        sa.Column("period_end", sa.Date()),
        sa.Column("position", sa.String(length=200)),
        sa.Column("standing", sa.String(length=100)),
        sa.Column("rank", sa.String(length=20)),
        sa.Column("salary_baht", sa.Integer()),
        sa.Column("full_time", sa.Boolean()),
        sa.Column("not_full_time_reason", sa.Text()),
        sa.Column("min_hours", sa.Numeric(precision=5, scale=1)),
        sa.Column("signed_date", sa.Date()),
        sa.Column("approved", sa.Boolean()),
        sa.Column("approver_comments", sa.Text()),
        sa.Column("published_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_pa_agreement_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["area_office.office_id"], name=op.f("fk_pa_agreement_office_id_area_office")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_pa_agreement_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.school_id"], name=op.f("fk_pa_agreement_school_id_school")
        ),
        sa.PrimaryKeyConstraint("pa_id", name=op.f("pk_pa_agreement")),
        sa.UniqueConstraint("document_id", name=op.f("uq_pa_agreement_document_id")),
        comment="One performance agreement (PA1) of one person for one fiscal year (BE).",
    )
    op.create_index(
        op.f("ix_pa_agreement_fiscal_year_school_code"),
        "pa_agreement",
        ["fiscal_year", "school_code"],
        unique=False,
    )
    op.create_index(op.f("ix_pa_agreement_person_id"), "pa_agreement", ["person_id"], unique=False)
    op.create_table(
        "roster_row",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer()),
        sa.Column("office_printed", sa.String(length=400)),
        sa.Column("office_code", sa.String(length=200)),
        sa.Column("office_name", sa.String(length=400)),
        sa.Column("office_id", BigId),
        sa.Column("lead_no", sa.Integer()),
        sa.Column("lead_printed", sa.String(length=400)),
        sa.Column("lead_code", sa.String(length=200)),
        sa.Column("lead_name", sa.String(length=400)),
        sa.Column("lead_id", BigId),
        sa.Column("codev_no", sa.Integer()),
        sa.Column("codev_printed", sa.String(length=400)),
        sa.Column("codev_code", sa.String(length=200)),
        sa.Column("codev_name", sa.String(length=400)),
        sa.Column("codev_id", BigId),
        sa.Column("carried", JsonValue, nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("published_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["codev_id"], ["school.school_id"], name=op.f("fk_roster_row_codev_id_school")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_roster_row_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["school.school_id"], name=op.f("fk_roster_row_lead_id_school")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["area_office.office_id"], name=op.f("fk_roster_row_office_id_area_office")
        ),
        sa.PrimaryKeyConstraint("document_id", "row_no", name=op.f("pk_roster_row")),
    )
    op.create_index(op.f("ix_roster_row_codev_code"), "roster_row", ["codev_code"], unique=False)
    op.create_index(op.f("ix_roster_row_lead_code"), "roster_row", ["lead_code"], unique=False)
    op.create_table(
        "network_member",
        sa.Column("network_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("school_printed", sa.String(length=400)),
        sa.Column("school_code", sa.String(length=200)),
        sa.Column("school_name", sa.String(length=400)),
        sa.Column("school_id", BigId),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["network.network_id"],
            name=op.f("fk_network_member_network_id_network"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.school_id"], name=op.f("fk_network_member_school_id_school")
        ),
        sa.PrimaryKeyConstraint("network_id", "seq", name=op.f("pk_network_member")),
    )
    op.create_index(op.f("ix_network_member_school_code"), "network_member", ["school_code"], unique=False)
    op.create_table(
        "pa_challenge",
        sa.Column("pa_id", BigId, nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("level", sa.String(length=100)),
        sa.Column("problem", sa.Text()),
        sa.ForeignKeyConstraint(
            ["pa_id"],
            ["pa_agreement.pa_id"],
            name=op.f("fk_pa_challenge_pa_id_pa_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pa_id", name=op.f("pk_pa_challenge")),
    )
    op.create_table(
        "pa_challenge_outcome",
        sa.Column("pa_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.CheckConstraint(
            "kind IN ('quantitative', 'qualitative')", name=op.f("ck_pa_challenge_outcome_kind_word")
        ),
        sa.ForeignKeyConstraint(
            ["pa_id"],
            ["pa_agreement.pa_id"],
            name=op.f("fk_pa_challenge_outcome_pa_id_pa_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pa_id", "kind", "seq", name=op.f("pk_pa_challenge_outcome")),
    )
    op.create_table(
        "pa_challenge_step",
        sa.Column("pa_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(
            ["pa_id"],
            ["pa_agreement.pa_id"],
            name=op.f("fk_pa_challenge_step_pa_id_pa_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pa_id", "seq", name=op.f("pk_pa_challenge_step")),
    )
    op.create_table(
        "pa_school_type",
        sa.Column("pa_id", BigId, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("label", sa.Text()),
        sa.ForeignKeyConstraint(
            ["pa_id"],
            ["pa_agreement.pa_id"],
            name=op.f("fk_pa_school_type_pa_id_pa_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pa_id", "code", name=op.f("pk_pa_school_type")),
        comment="The ticked kinds of school or classroom only.",
    )
    op.create_table(
        "pa_task",
        sa.Column("task_id", BigId, autoincrement=True, nullable=False),
        sa.Column("pa_id", BigId, nullable=False),
        sa.Column("domain", sa.Integer()),
        sa.Column("domain_name", sa.Text()),
        sa.Column("code", sa.String(length=200)),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(
            ["pa_id"], ["pa_agreement.pa_id"], name=op.f("fk_pa_task_pa_id_pa_agreement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_pa_task")),
        sa.UniqueConstraint("pa_id", "seq", name=op.f("uq_pa_task_pa_id_seq")),
    )
    op.create_table(
        "pa_workload",
        sa.Column("pa_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60)),
        sa.Column("label", sa.Text()),
        sa.Column("checked", sa.Boolean()),
        sa.Column("hours", sa.Numeric(precision=5, scale=1)),
        sa.ForeignKeyConstraint(
            ["pa_id"],
            ["pa_agreement.pa_id"],
            name=op.f("fk_pa_workload_pa_id_pa_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pa_id", "seq", name=op.f("pk_pa_workload")),
        comment="All printed activities in printed order; hours a week.",
    )
    op.create_table(
        "pa_indicator",
        sa.Column("task_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=60)),
        sa.Column("text", sa.Text()),
        sa.Column("target_value", sa.Numeric(precision=9, scale=2)),
        sa.Column("unit", sa.String(length=20)),
        sa.ForeignKeyConstraint(
            ["task_id"], ["pa_task.task_id"], name=op.f("fk_pa_indicator_task_id_pa_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", "seq", name=op.f("pk_pa_indicator")),
    )
    op.create_table(
        "pa_outcome",
        sa.Column("task_id", BigId, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(
            ["task_id"], ["pa_task.task_id"], name=op.f("fk_pa_outcome_task_id_pa_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", "seq", name=op.f("pk_pa_outcome")),
    )
