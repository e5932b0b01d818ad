"""The tables, after `DOMAIN.md` §12, as SQLAlchemy Core objects on one metadata.

Conventions: words of a closed list are VARCHAR with CHECK; salaries are whole baht; scores are
doubles; every moment is UTC; JSON is JSONB on PostgreSQL.  Where a school or office stands in a
published table, four columns stand together: ``*_printed`` (as on paper), ``*_code`` and
``*_name`` (the registry's link and spelling, empty without a decided link) and ``*_id`` (the
registry row valid at the document's date, when this store holds the registry).
"""

from formextract.store.schema.base import metadata
from formextract.store.schema.documents import (
    document,
    employment,
    extracted_field,
    issue,
    match_candidate,
    match_decision,
    person,
    source_file,
    source_path,
    work,
)
from formextract.store.schema.forms import (
    mou,
    mou_clause,
    mou_party,
    mou_round,
    network,
    network_member,
    pa_agreement,
    pa_challenge,
    pa_challenge_outcome,
    pa_challenge_step,
    pa_indicator,
    pa_outcome,
    pa_school_type,
    pa_task,
    pa_workload,
    roster_row,
    signature,
)
from formextract.store.schema.registry import (
    area_office,
    area_office_province,
    area_office_succession,
    registry_import,
    school,
    school_alias,
)
from formextract.store.schema.review import clerk, review_action, review_item

__all__ = [
    "area_office",
    "area_office_province",
    "area_office_succession",
    "clerk",
    "document",
    "employment",
    "extracted_field",
    "issue",
    "match_candidate",
    "match_decision",
    "metadata",
    "mou",
    "mou_clause",
    "mou_party",
    "mou_round",
    "network",
    "network_member",
    "pa_agreement",
    "pa_challenge",
    "pa_challenge_outcome",
    "pa_challenge_step",
    "pa_indicator",
    "pa_outcome",
    "pa_school_type",
    "pa_task",
    "pa_workload",
    "person",
    "registry_import",
    "review_action",
    "review_item",
    "roster_row",
    "school",
    "school_alias",
    "signature",
    "source_file",
    "source_path",
    "work",
]
