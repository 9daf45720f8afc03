"""Agreements, their terms and reasons, with the default set that holds until one is signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TITLE = "Default terms"
_TEXT = "In force until both sides have signed an agreement of their own."
# term, direction, metric, comparator, target, unit, segment
_TERMS = (
    ("first attempt", "sales_to_marketing", "first_attempt", "at most", 4, "business_hours", "{}"),
    ("decision", "sales_to_marketing", "decision", "at most", 16, "business_hours", "{}"),
    (
        "reasons",
        "sales_to_marketing",
        "reason_coverage",
        "at least",
        1,
        "ratio",
        '{"decisions": ["rejected", "recycled", "disqualified"]}',
    ),
    (
        "completeness",
        "marketing_to_sales",
        "completeness",
        "at least",
        0.9,
        "ratio",
        '{"fields": ["email", "phone", "company", "job_title", "country"]}',
    ),
)
_REASONS = {
    "rejected": (
        ("not target industry", "marketing narrows the target"),
        ("too small", "marketing narrows the target"),
        ("wrong role", "marketing narrows the target"),
        ("duplicate", "merge it in the CRM"),
        ("already a customer", "pass it to the account's owner"),
        ("bad contact data", "marketing mends the form"),
        ("student, competitor or vendor", "marketing filters it out"),
        ("other", "say in the note what it was"),
    ),
    "recycled": (
        ("no response after full cadence", "marketing nurtures it"),
        ("bad timing", "comes back on its date"),
        ("no budget", "comes back on its date"),
        ("evaluating elsewhere", "marketing nurtures it"),
        ("in contract with competitor", "comes back on its date"),
        ("no authority", "marketing looks for the right person"),
        ("other", "say in the note what it was"),
    ),
    "disqualified": (
        ("competitor", "never handed over again"),
        ("student", "never handed over again"),
        ("bad contact data", "marketing mends the form"),
        ("out of territory", "marketing narrows the target"),
        ("other", "say in the note what it was"),
    ),
}


def upgrade() -> None:
    agreements = op.create_table(
        "sla_agreements",
        sa.Column("agreement_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("effective_from", sa.Date),
        sa.Column("effective_to", sa.Date),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("supersedes_version", sa.Integer),
        sa.PrimaryKeyConstraint("agreement_id", "version", name="pk_sla_agreements"),
    )
    default = {"agreement_id": "default", "version": 1, "title": _TITLE, "status": "in_force"}
    op.bulk_insert(agreements, [{**default, "text": _TEXT}])
    _make_terms()
    _make_reasons()


def _make_terms() -> None:
    terms = op.create_table(
        "sla_terms",
        sa.Column("term_id", sa.Text, nullable=False),
        sa.Column("agreement_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("metric_key", sa.Text, nullable=False),
        sa.Column("comparator", sa.Text, nullable=False),
        sa.Column("target_value", sa.Numeric(18, 4), nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("segment_json", sa.Text, nullable=False),
        sa.Column("sort_order", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("term_id", name="pk_sla_terms"),
        sa.ForeignKeyConstraint(
            ["agreement_id", "version"],
            ["sla_agreements.agreement_id", "sla_agreements.version"],
            name="fk_sla_terms_agreement_id",
        ),
    )
    op.create_index("ix_sla_terms_agreement_id", "sla_terms", ["agreement_id"])
    names = ("term_id", "direction", "metric_key", "comparator", "target_value", "unit")
    op.bulk_insert(
        terms,
        [
            dict(zip((*names, "segment_json"), (f"default 1 {term[0]}", *term[1:]), strict=True))
            | {"agreement_id": "default", "version": 1, "sort_order": place}
            for place, term in enumerate(_TERMS)
        ],
    )


def _make_reasons() -> None:
    reasons = op.create_table(
        "reason_codes",
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason_code", sa.Text, nullable=False),
        sa.Column("next_step", sa.Text, nullable=False),
        sa.Column("sort_order", sa.Integer, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("decision", "reason_code", name="pk_reason_codes"),
    )
    rows = [
        {"decision": decision, "reason_code": code, "next_step": step}
        | {"sort_order": place, "is_active": True}
        for decision, codes in _REASONS.items()
        for place, (code, step) in enumerate(codes)
    ]
    op.bulk_insert(reasons, rows)


def downgrade() -> None:
    for table in ("reason_codes", "sla_terms", "sla_agreements"):
        op.drop_table(table)
