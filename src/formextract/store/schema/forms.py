"""Tables of single forms.  Rows exist here only while their document is published."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from formextract.store.schema.base import (
    BigId,
    JsonValue,
    Moment,
    document_ref,
    metadata,
    office_columns,
    one_of,
    row_id,
    school_columns,
)


def _child(column: str, target: str, *, key: bool = True) -> Column[int]:
    return Column(column, BigId, ForeignKey(target, ondelete="CASCADE"), primary_key=key, nullable=False)


pa_agreement = Table(
    "pa_agreement",
    metadata,
    row_id("pa_id"),
    document_ref(unique=True),
    Column("person_id", BigId, ForeignKey("person.person_id")),
    *school_columns("school"),
    *office_columns(),
    Column("form_code", String(40)),
    Column("fiscal_year", Integer),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("position", String(200)),
    Column("standing", String(100)),
    Column("rank", String(20)),
    Column("salary_baht", Integer),
    Column("full_time", Boolean),
    Column("not_full_time_reason", Text),
    Column("min_hours", Numeric(5, 1)),
    Column("signed_date", Date),
    Column("approved", Boolean),
    Column("approver_comments", Text),
    Column("published_at", Moment, nullable=False),
    Index(None, "fiscal_year", "school_code"),
    Index(None, "person_id"),
    comment="One performance agreement (PA1) of one person for one fiscal year (BE).",
)

pa_school_type = Table(
    "pa_school_type",
    metadata,
    _child("pa_id", "pa_agreement.pa_id"),
    Column("code", String(60), primary_key=True),
    Column("label", Text),
    comment="The ticked kinds of school or classroom only.",
)

pa_workload = Table(
    "pa_workload",
    metadata,
    _child("pa_id", "pa_agreement.pa_id"),
    Column("seq", Integer, primary_key=True),
    Column("code", String(60)),
    Column("label", Text),
    Column("checked", Boolean),
    Column("hours", Numeric(5, 1)),
    comment="All printed activities in printed order; hours a week.",
)

pa_task = Table(
    "pa_task",
    metadata,
    row_id("task_id"),
    _child("pa_id", "pa_agreement.pa_id", key=False),
    Column("domain", Integer),
    Column("domain_name", Text),
    Column("code", String(200)),
    Column("seq", Integer, nullable=False),
    Column("text", Text),
    UniqueConstraint("pa_id", "seq"),
)

pa_outcome = Table(
    "pa_outcome",
    metadata,
    _child("task_id", "pa_task.task_id"),
    Column("seq", Integer, primary_key=True),
    Column("text", Text),
)

pa_indicator = Table(
    "pa_indicator",
    metadata,
    _child("task_id", "pa_task.task_id"),
    Column("seq", Integer, primary_key=True),
    Column("audience", String(60)),
    Column("text", Text),
    Column("target_value", Numeric(9, 2)),
    Column("unit", String(20)),
)

pa_challenge = Table(
    "pa_challenge",
    metadata,
    _child("pa_id", "pa_agreement.pa_id"),
    Column("title", Text),
    Column("level", String(100)),
    Column("problem", Text),
)

pa_challenge_step = Table(
    "pa_challenge_step",
    metadata,
    _child("pa_id", "pa_agreement.pa_id"),
    Column("seq", Integer, primary_key=True),
    Column("text", Text),
)

pa_challenge_outcome = Table(
    "pa_challenge_outcome",
    metadata,
    _child("pa_id", "pa_agreement.pa_id"),
    Column("kind", String(20), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("text", Text),
    one_of("kind", ("quantitative", "qualitative")),
)

mou = Table(
    "mou",
    metadata,
    row_id("mou_id"),
    document_ref(unique=True),
    Column("variant", String(40)),
    Column("title", Text),
    *office_columns(),
    Column("purpose", Text),
    Column("made_at", Text),
    Column("made_date", Date),
    Column("n_parties", Integer),
    Column("period_start", Integer),
    Column("period_end", Integer),
    Column("copies", Integer),
    Column("change_days", Integer),
    Column("termination_days", Integer),
    Column("published_at", Moment, nullable=False),
    comment="A memorandum; variant is 3p_obec, 3p_area, 2p or salary; the period in years BE.",
)

mou_party = Table(
    "mou_party",
    metadata,
    _child("mou_id", "mou.mou_id"),
    Column("seq", Integer, primary_key=True),
    Column("role", String(40), nullable=False),
    Column("printed", String(400)),
    Column("code", String(200)),
    Column("name", String(400)),
    Column("school_id", BigId, ForeignKey("school.school_id")),
    Column("office_id", BigId, ForeignKey("area_office.office_id")),
    one_of("role", ("area_office", "lead_school", "codev_school", "school")),
    Index(None, "code"),
)

mou_clause = Table(
    "mou_clause",
    metadata,
    _child("mou_id", "mou.mou_id"),
    Column("seq", Integer, primary_key=True),
    Column("section", String(40), nullable=False),
    Column("path", String(40)),
    Column("no_printed", String(40)),
    Column("text", Text),
)

mou_round = Table(
    "mou_round",
    metadata,
    _child("mou_id", "mou.mou_id"),
    Column("seq", Integer, primary_key=True),
    Column("round", Integer),
    Column("effective", Date),
)

signature = Table(
    "signature",
    metadata,
    document_ref(primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("role", String(60)),
    Column("person_id", BigId, ForeignKey("person.person_id")),
    Column("name_printed", String(300)),
    Column("position_printed", Text),
    Column("signed", Boolean),
    Column("date", Date),
)

network = Table(
    "network",
    metadata,
    row_id("network_id"),
    document_ref(),
    Column("seq", Integer, nullable=False),
    *office_columns(),
    *school_columns("lead_school"),
    Column("start_year", Integer),
    Column("end_year", Integer),
    Column("published_at", Moment, nullable=False),
    UniqueConstraint("document_id", "seq"),
    Index(None, "lead_school_code"),
)

network_member = Table(
    "network_member",
    metadata,
    _child("network_id", "network.network_id"),
    Column("seq", Integer, primary_key=True),
    *school_columns("school"),
    Index(None, "school_code"),
)

roster_row = Table(
    "roster_row",
    metadata,
    document_ref(primary_key=True),
    Column("row_no", Integer, primary_key=True),
    Column("seq", Integer),
    *office_columns(),
    Column("lead_no", Integer),
    *school_columns("lead"),
    Column("codev_no", Integer),
    *school_columns("codev"),
    Column("carried", JsonValue, nullable=False),
    Column("uncertain", Boolean, nullable=False),
    Column("published_at", Moment, nullable=False),
    Index(None, "codev_code"),
    Index(None, "lead_code"),
)
