"""The agreement as both sides sign it: drafts, terms of every kind, signatures, and their seal."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from queries.migrations import seals

revision = "0005"
down_revision = "0004"

_DEFAULT = {"agreement_id": "default", "version": 1}
_SHIPPED = datetime.fromisoformat("2026-11-22")
_OLD_TERMS = tuple(
    f"default 1 {name}" for name in ("first attempt", "decision", "reasons", "completeness")
)
# What the older terms did not say: the share of cases, and who answers for it.
_MORE_OF_OLD = {
    "first_attempt": {"share": 0.9},
    "decision": {"share": 0.9},
    "reason_coverage": {},
    "completeness": {},
}
# kind, target, unit, and what else differs from nothing. Half of all leads are never reached.
_NEW_TERMS: tuple[tuple[str, float, str, dict[str, Any]], ...] = (
    ("first_contact", 24, "business_hours", {"share": 0.5}),
    ("attempts", 10, "business_days", {"share": 0.8, "attempts": 6, "channels": 2}),
    ("coverage", 0.95, "ratio", {}),
    ("acceptance", 0.6, "ratio", {}),
    ("latency", 1, "business_hours", {"share": 0.9, "calendar": "company"}),
)
_OF_MARKETING = ("acceptance", "completeness", "latency")
_ORDER = (
    *("acceptance", "completeness", "latency"),
    *("first_attempt", "first_contact", "attempts", "coverage", "decision", "reason_coverage"),
)


def upgrade() -> None:
    op.add_column("persons", sa.Column("side", sa.Text))
    bind = op.get_bind()
    old_agreements = _taken(bind, "sla_agreements")
    old_terms = _taken(bind, "sla_terms")
    op.drop_table("sla_terms")
    op.drop_table("sla_agreements")
    op.bulk_insert(_make_agreements(), [_agreement(row) for row in old_agreements])
    op.bulk_insert(_make_terms(), [*map(_term, old_terms), *map(_new_term, _NEW_TERMS)])
    _make_signatures()
    seals.forbid_changes()


def _taken(bind: sa.Connection, name: str) -> list[dict[str, Any]]:
    table = sa.Table(name, sa.MetaData(), autoload_with=bind)
    return [dict(row._mapping) for row in bind.execute(sa.select(table))]


def _agreement(old: dict[str, Any]) -> dict[str, Any]:
    names = ("agreement_id", "version", "title", "text", "effective_from", "supersedes_version")
    made = {"created_by": "smarketing", "created_at": _SHIPPED}
    changed = {"changed_by": "smarketing", "changed_at": _SHIPPED, "signed_at": None}
    rules = {"pause_days": 10, "pause_statuses": "[]", "effective_at": None}
    return {name: old[name] for name in names} | {"status": "signed"} | rules | made | changed


def _term(old: dict[str, Any]) -> dict[str, Any]:
    kind = old["metric_key"]
    about = next(iter(json.loads(old["segment_json"]).values()), [])
    row = _blank(kind) | {"term_id": old["term_id"], "about_json": json.dumps(about)}
    row |= {"agreement_id": old["agreement_id"], "version": old["version"]}
    return row | {"target_value": old["target_value"], "unit": old["unit"]} | _MORE_OF_OLD[kind]


def _new_term(said: tuple[str, float, str, dict[str, Any]]) -> dict[str, Any]:
    kind, target, unit, more = said
    row = _blank(kind) | _DEFAULT | {"term_id": f"default 1 {kind}"}
    return row | {"target_value": target, "unit": unit} | more


def _blank(kind: str) -> dict[str, Any]:
    """A term of a kind that says nothing yet."""
    is_of_marketing = kind in _OF_MARKETING
    nothing = dict.fromkeys(("share", "per", "attempts", "channels"))
    empty = {"about_json": "[]", "segment_json": "{}", "points_json": "{}"}
    return (
        nothing
        | empty
        | {
            "term_key": kind,
            "kind": kind,
            "direction": "marketing_to_sales" if is_of_marketing else "sales_to_marketing",
            "calendar": "receiver",
            "owner": "head of marketing" if is_of_marketing else "head of sales",
            "restarts_on_reassignment": False,
            "sort_order": _ORDER.index(kind),
        }
    )


def _make_agreements() -> sa.Table:
    table = op.create_table(
        "sla_agreements",
        sa.Column("agreement_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("effective_from", sa.Date),
        sa.Column("effective_at", sa.DateTime),
        sa.Column("pause_days", sa.Integer, nullable=False),
        sa.Column("pause_statuses", sa.Text, nullable=False),
        sa.Column("supersedes_version", sa.Integer),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("signed_at", sa.DateTime),
        sa.PrimaryKeyConstraint("agreement_id", "version", name="pk_sla_agreements"),
    )
    is_draft = sa.text("status = 'draft'")
    where = {"sqlite_where": is_draft, "postgresql_where": is_draft}
    op.create_index(
        "uq_sla_agreements_draft", "sla_agreements", ["agreement_id"], unique=True, **where
    )
    return table


def _make_terms() -> sa.Table:
    table = op.create_table(
        "sla_terms",
        sa.Column("term_id", sa.Text, nullable=False),
        sa.Column("agreement_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("term_key", sa.Text, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("target_value", sa.Numeric(18, 4), nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("share", sa.Numeric(18, 4)),
        sa.Column("per", sa.Text),
        sa.Column("attempts", sa.Integer),
        sa.Column("channels", sa.Integer),
        sa.Column("about_json", sa.Text, nullable=False),
        sa.Column("segment_json", sa.Text, nullable=False),
        sa.Column("points_json", sa.Text, nullable=False),
        sa.Column("calendar", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("restarts_on_reassignment", sa.Boolean, nullable=False),
        sa.Column("sort_order", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("term_id", name="pk_sla_terms"),
        sa.UniqueConstraint("agreement_id", "version", "term_key", name="uq_sla_terms_key"),
        _of_a_version("sla_terms"),
    )
    op.create_index("ix_sla_terms_agreement_id", "sla_terms", ["agreement_id"])
    return table


def _make_signatures() -> None:
    op.create_table(
        "sla_signatures",
        sa.Column("agreement_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("content_sha256", sa.Text, nullable=False),
        sa.Column("signer_user", sa.Text, nullable=False),
        sa.Column("signer_name", sa.Text, nullable=False),
        sa.Column("signed_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint(
            "agreement_id", "version", "side", "content_sha256", name="pk_sla_signatures"
        ),
        _of_a_version("sla_signatures"),
    )


def _of_a_version(table: str) -> sa.ForeignKeyConstraint:
    parent = ["sla_agreements.agreement_id", "sla_agreements.version"]
    return sa.ForeignKeyConstraint(
        ["agreement_id", "version"], parent, name=f"fk_{table}_agreement_id"
    )


def downgrade() -> None:
    """Back to the default terms: the older tables cannot say what was agreed since."""
    bind = op.get_bind()
    agreements = [row for row in _taken(bind, "sla_agreements") if row["version"] == 1]
    terms = [row for row in _taken(bind, "sla_terms") if row["term_id"] in _OLD_TERMS]
    for table in ("sla_signatures", "sla_terms", "sla_agreements"):
        op.drop_table(table)
    seals.drop_functions()
    _make_old_agreements(agreements)
    _make_old_terms(terms)
    op.drop_column("persons", "side")


def _make_old_agreements(rows: list[dict[str, Any]]) -> None:
    table = op.create_table(
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
    names = ("agreement_id", "version", "title", "text")
    old = [{name: row[name] for name in names} | {"status": "in_force"} for row in rows]
    op.bulk_insert(table, old)


def _make_old_terms(rows: list[dict[str, Any]]) -> None:
    table = op.create_table(
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
        _of_a_version("sla_terms"),
    )
    op.create_index("ix_sla_terms_agreement_id", "sla_terms", ["agreement_id"])
    op.bulk_insert(table, [_old_term(row) for row in rows])


def _old_term(row: dict[str, Any]) -> dict[str, Any]:
    kind, about = row["kind"], json.loads(row["about_json"])
    names = {"reason_coverage": "decisions", "completeness": "fields"}
    same = ("term_id", "agreement_id", "version", "direction", "target_value", "unit")
    return {name: row[name] for name in same} | {
        "metric_key": kind,
        "comparator": "at least" if kind in names else "at most",
        "segment_json": json.dumps({names[kind]: about} if about else {}),
        "sort_order": _OLD_TERMS.index(row["term_id"]),
    }
