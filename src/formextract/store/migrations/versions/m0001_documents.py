"""Registry, files, documents and the provenance of values."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from formextract.store.schema.base import BigId, JsonValue, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "registry_import",
        sa.Column("import_id", BigId, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("n_rows", sa.Integer(), nullable=False),
        sa.Column("n_added", sa.Integer(), nullable=False),
        sa.Column("n_changed", sa.Integer(), nullable=False),
        sa.Column("n_closed", sa.Integer(), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('school', 'area_office')", name=op.f("ck_registry_import_kind_word")),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_registry_import")),
        comment="One row for each registry file taken in.",
    )
    op.create_table(
        "area_office",
        sa.Column("office_id", BigId, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("abbr", sa.String(length=200), nullable=False),
        sa.Column("district_no", sa.Integer()),
        sa.Column("former_name", sa.String(length=300)),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("import_id", BigId),
        sa.CheckConstraint(
            "kind IN ('primary', 'secondary', 'special', 'other')", name=op.f("ck_area_office_kind_word")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["registry_import.import_id"],
            name=op.f("fk_area_office_import_id_registry_import"),
        ),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_area_office")),
        comment="One row for each office and period; valid_to is the last day.",
    )
    op.create_index(op.f("ix_area_office_abbr"), "area_office", ["abbr"], unique=False)
    op.create_index(op.f("ix_area_office_code"), "area_office", ["code"], unique=False)
    op.create_table(
        "area_office_province",
        sa.Column("office_id", BigId, nullable=False),
        sa.Column("province", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["area_office.office_id"],
            name=op.f("fk_area_office_province_office_id_area_office"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("office_id", "province", name=op.f("pk_area_office_province")),
    )
    op.create_table(
        "area_office_succession",
        sa.Column("old_id", BigId, nullable=False),
        sa.Column("new_id", BigId, nullable=False),
        sa.Column("province", sa.String(length=60), nullable=False),
        sa.Column("effective_date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["new_id"],
            ["area_office.office_id"],
            name=op.f("fk_area_office_succession_new_id_area_office"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["old_id"],
            ["area_office.office_id"],
            name=op.f("fk_area_office_succession_old_id_area_office"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("old_id", "new_id", "province", name=op.f("pk_area_office_succession")),
        comment="Which office took over a province; the successor depends on the province.",
    )
    op.create_table(
        "school",
        sa.Column("school_id", BigId, autoincrement=True, nullable=False),
        sa.Column("code10", sa.String(length=20), nullable=False),
        sa.Column("smis8", sa.String(length=20)),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("core_name", sa.String(length=300), nullable=False),
        sa.Column("suffix", sa.String(length=300)),
        sa.Column("area_office", sa.String(length=200)),
        sa.Column("office_id", BigId),
        sa.Column("former_offices", JsonValue, nullable=False),
        sa.Column("tambon", sa.String(length=100)),
        sa.Column("amphoe", sa.String(length=100)),
        sa.Column("province", sa.String(length=60)),
        sa.Column("status", sa.String(length=20), server_default="open", nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("import_id", BigId),
        sa.CheckConstraint("status IN ('open', 'closed')", name=op.f("ck_school_status_word")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["registry_import.import_id"], name=op.f("fk_school_import_id_registry_import")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["area_office.office_id"], name=op.f("fk_school_office_id_area_office")
        ),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_school")),
        comment="One row for each school and period; valid_to is the last day, code10 the lasting key.",
    )
    op.create_index(op.f("ix_school_code10"), "school", ["code10"], unique=False)
    op.create_index(op.f("ix_school_core_name"), "school", ["core_name"], unique=False)
    op.create_index(op.f("ix_school_office_id"), "school", ["office_id"], unique=False)
    op.create_index(op.f("ix_school_province_name"), "school", ["province", "name"], unique=False)
    op.create_table(
        "school_alias",
        sa.Column("alias_id", BigId, autoincrement=True, nullable=False),
        sa.Column("code10", sa.String(length=20), nullable=False),
        sa.Column("school_id", BigId),
        sa.Column("alias", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source_doc", sa.String(length=64)),
        sa.Column("created_by", sa.String(length=60)),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('registry', 'review', 'former')", name=op.f("ck_school_alias_kind_word")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.school_id"],
            name=op.f("fk_school_alias_school_id_school"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("alias_id", name=op.f("pk_school_alias")),
        sa.UniqueConstraint("code10", "alias", name=op.f("uq_school_alias_code10_alias")),
        comment="Other spellings, with the document they were seen in; never an edit of the registry's name.",
    )
    op.create_table(
        "person",
        sa.Column("person_id", BigId, autoincrement=True, nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=60)),
        sa.Column("first_name", sa.String(length=120), nullable=False),
        sa.Column("last_name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person")),
        sa.UniqueConstraint("person_key", name=op.f("uq_person_person_key")),
        comment="Names carry no citizen number: a person is first name, last name and school.",
    )
    op.create_index(
        op.f("ix_person_last_name_first_name"), "person", ["last_name", "first_name"], unique=False
    )
    op.create_table(
        "source_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=100)),
        sa.Column("size", sa.BigInteger()),
        sa.Column("pages", sa.Integer()),
        sa.Column("archived_path", sa.Text()),
        sa.Column("first_seen_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_source_file")),
        comment="One row for each distinct content; further paths of the same bytes stand in source_path.",
    )
    op.create_table(
        "work",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("process_start", sa.String(length=40), nullable=False),
        sa.Column("claimed_at", Moment(), nullable=False),
        sa.Column("finished_at", Moment()),
        sa.Column("outcome", sa.String(length=20)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=200)),
        sa.CheckConstraint(
            "outcome IN ('extracted', 'duplicate', 'unreadable', 'unknown_form')",
            name=op.f("ck_work_outcome_word"),
        ),
        sa.CheckConstraint("state IN ('claimed', 'done', 'released')", name=op.f("ck_work_state_word")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_work")),
        comment="The ledger: who works on which content, and what is done.",
    )
    op.create_index(op.f("ix_work_state"), "work", ["state"], unique=False)
    op.create_table(
        "document",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("page_from", sa.Integer(), nullable=False),
        sa.Column("page_to", sa.Integer(), nullable=False),
        sa.Column("pages", JsonValue, nullable=False),
        sa.Column("doc_type", sa.String(length=40)),
        sa.Column("doc_type_confidence", sa.Float()),
        sa.Column("mapping", sa.String(length=120)),
        sa.Column("form_code", sa.String(length=40)),
        sa.Column("fiscal_year", sa.Integer()),
        sa.Column("doc_date", sa.Date()),
        sa.Column("status", sa.String(length=20)),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("record", JsonValue, nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("source_file", sa.Text(), nullable=False),
        sa.Column("problem_code", sa.String(length=60)),
        sa.Column("problem_message", sa.Text()),
        sa.Column("problem_remedy", sa.Text()),
        sa.Column("withheld", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("duplicate_key", sa.String(length=64)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("published_at", Moment()),
        sa.CheckConstraint("decision IN ('accepted', 'review')", name=op.f("ck_document_decision_word")),
        sa.CheckConstraint(
            "outcome IN ('extracted', 'duplicate', 'unreadable', 'unknown_form')",
            name=op.f("ck_document_outcome_word"),
        ),
        sa.CheckConstraint(
            "status IN ('filled', 'blank_template', 'partial')", name=op.f("ck_document_status_word")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["source_file.sha256"], name=op.f("fk_document_sha256_source_file")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document")),
        sa.UniqueConstraint("sha256", "page_from", name=op.f("uq_document_sha256_page_from")),
        comment="One row for each form; an unreadable file has one row with page_from 0.",
    )
    op.create_index(
        op.f("ix_document_doc_type_fiscal_year"), "document", ["doc_type", "fiscal_year"], unique=False
    )
    op.create_index(op.f("ix_document_duplicate_key"), "document", ["duplicate_key"], unique=False)
    op.create_index(op.f("ix_document_published_at"), "document", ["published_at"], unique=False)
    op.create_table(
        "source_path",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["source_file.sha256"],
            name=op.f("fk_source_path_sha256_source_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sha256", "path", name=op.f("pk_source_path")),
    )
    op.create_table(
        "extracted_field",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("value", JsonValue, nullable=False),
        sa.Column("machine_value", JsonValue, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("bbox", JsonValue),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("decided_by", sa.String(length=60)),
        sa.Column("decided_at", Moment()),
        sa.CheckConstraint(
            "decision IN ('accepted', 'review')", name=op.f("ck_extracted_field_decision_word")
        ),
        sa.CheckConstraint(
            "method IN ('text_layer', 'ocr', 'mark', 'carried_down', 'derived', 'clerk')",
            name=op.f("ck_extracted_field_method_word"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_extracted_field_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "path", name=op.f("pk_extracted_field")),
        comment="Provenance of every value; machine_value stays as read when a clerk decides otherwise.",
    )
    op.create_table(
        "issue",
        sa.Column("issue_id", BigId, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("rule_id", sa.String(length=80), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("message_th", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_by", sa.String(length=60)),
        sa.Column("decided_at", Moment()),
        sa.CheckConstraint("severity IN ('error', 'warning', 'info')", name=op.f("ck_issue_severity_word")),
        sa.CheckConstraint(
            "state IN ('open', 'stands', 'withheld', 'fixed')", name=op.f("ck_issue_state_word")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_issue_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("issue_id", name=op.f("pk_issue")),
        sa.UniqueConstraint("document_id", "rule_id", "path", name=op.f("uq_issue_document_id_rule_id_path")),
        comment="stands: a clerk let it pass; withheld: the document is not to be published; fixed: gone.",
    )
    op.create_table(
        "match_candidate",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("area_office", sa.String(length=200)),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reason", JsonValue, nullable=False),
        sa.CheckConstraint("kind IN ('school', 'area_office')", name=op.f("ck_match_candidate_kind_word")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_match_candidate_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "path", "rank", name=op.f("pk_match_candidate")),
    )
    op.create_table(
        "match_decision",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=200)),
        sa.Column("name", sa.String(length=400)),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("margin", sa.Float(), nullable=False),
        sa.Column("why", JsonValue, nullable=False),
        sa.Column("decided_by", sa.String(length=60)),
        sa.Column("decided_at", Moment()),
        sa.CheckConstraint(
            "decision IN ('accepted', 'review', 'none')", name=op.f("ck_match_decision_decision_word")
        ),
        sa.CheckConstraint("kind IN ('school', 'area_office')", name=op.f("ck_match_decision_kind_word")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_match_decision_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "path", name=op.f("pk_match_decision")),
    )
    op.create_index(op.f("ix_match_decision_code"), "match_decision", ["code"], unique=False)
    op.create_table(
        "employment",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("school_id", BigId),
        sa.Column("office_id", BigId),
        sa.Column("position", sa.String(length=200)),
        sa.Column("standing", sa.String(length=100)),
        sa.Column("rank", sa.String(length=20)),
        sa.Column("salary_baht", sa.Integer()),
        sa.Column("as_of", sa.Date()),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.document_id"],
            name=op.f("fk_employment_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["area_office.office_id"], name=op.f("fk_employment_office_id_area_office")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.person_id"], name=op.f("fk_employment_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.school_id"], name=op.f("fk_employment_school_id_school")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_employment")),
    )
    op.create_index(op.f("ix_employment_person_id"), "employment", ["person_id"], unique=False)
