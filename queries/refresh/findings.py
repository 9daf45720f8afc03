"""What is worth knowing of the rows that were kept: doubts that no page may hide.

A doubt is likely wrong data that still counts; a note only explains a number.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from queries import contract

_EXAMPLES = 3


@dataclass(frozen=True)
class Question:
    """One count over the mart: `where` selects the rows of `relation` that are meant."""

    finding: str
    relation: str
    where: str
    sentence: str
    is_doubt: bool = True


QUESTIONS: tuple[Question, ...] = (
    Question(
        "no_creation_date",
        "leads",
        "created_at is null",
        "have no creation date: they are in no period",
    ),
    Question(
        "no_creation_date",
        "opportunities",
        "created_at is null",
        "have no creation date: they are in no period",
    ),
    Question(
        "closed_without_date",
        "opportunities",
        "outcome <> 'open' and closed_at is null and close_date is null",
        "are won or lost without a date: they are in no period",
    ),
    Question("in_the_future", "leads", "created_at > $read_at", "were created in the future"),
    Question(
        "in_the_future", "lead_stage_events", "occurred_at > $read_at", "happen in the future"
    ),
    Question(
        "in_the_future",
        "opportunities",
        "created_at > $read_at or closed_at > $read_at",
        "were created or closed in the future",
    ),
    Question("negative_amount", "opportunities", "amount < 0", "have a negative amount"),
    Question(
        "other_currency",
        "opportunities",
        "amount is not null and amount_home is null and upper(currency_code) <> $currency",
        "are in another currency, without an amount in the reporting one: their amount is not"
        " counted",
    ),
    Question(
        "closed_before_created",
        "opportunities",
        "closed_at < created_at",
        "were closed before they were created",
    ),
    Question(
        "merged_into_nothing",
        "leads",
        "merged_into_lead_id is not null and lead_id not in (select lead_id from survivors)",
        "are merged into a record that is not there: they count as persons of their own",
    ),
    Question(
        "no_owner", "leads", "owner_rep_id is null", "have no owner: shown as unassigned", False
    ),
    Question("deleted", "leads", "is_deleted", "are deleted in the source: not counted", False),
    Question(
        "deleted", "opportunities", "is_deleted", "are deleted in the source: not counted", False
    ),
    Question(
        "merged",
        "leads",
        "lead_id in (select lead_id from survivors)",
        "are merged into another record: counted with it",
        False,
    ),
    Question(
        "internal",
        "leads",
        "list_contains($domains, lower(split_part(email, '@', 2)))",
        "have an internal e-mail address: not counted",
        False,
    ),
)


def find_all(
    duck: duckdb.DuckDBPyConnection, read_at: object, currency: str, domains: tuple[str, ...]
) -> None:
    """Fills mart.findings and mart.unmapped_stages. Runs after derive_all."""
    duck.execute(
        "create or replace table mart.findings (finding varchar, relation varchar, rows bigint,"
        " is_doubt boolean, sentence varchar, examples varchar)"
    )
    known = {"read_at": read_at, "currency": currency, "domains": list(domains)}
    for question in QUESTIONS:
        _ask(duck, question, {key: known[key] for key in known if f"${key}" in question.where})
    _impossible_orders(duck)
    for relation in contract.RELATIONS.values():
        for column in (column for column in relation.columns if column.link):
            _dangling(duck, relation, column)


def _ask(duck: duckdb.DuckDBPyConnection, question: Question, known: dict[str, object]) -> None:
    key = contract.RELATIONS[question.relation].key[0]
    _record(
        duck,
        question,
        f"select {key} as key from mart.{question.relation} where {question.where}",
        known,
    )


def _record(
    duck: duckdb.DuckDBPyConnection, question: Question, keys: str, known: dict[str, object]
) -> None:
    rows, examples = duck.execute(
        f"select count(*), array_to_string(list_sort(min(key, {_EXAMPLES})), ', ') from ({keys})",
        known,
    ).fetchone()
    if rows:
        duck.execute(
            "insert into mart.findings values (?, ?, ?, ?, ?, ?)",
            [
                question.finding,
                question.relation,
                rows,
                question.is_doubt,
                question.sentence,
                examples,
            ],
        )


def _impossible_orders(duck: duckdb.DuckDBPyConnection) -> None:
    question = Question(
        "reached_before_created",
        "leads",
        "",
        "reached a stage on a day before the one on which they were created",
    )
    first = "least(mql_on, sal_on, sql_on, opportunity_on, customer_on)"
    _record(
        duck, question, f"select lead_id as key from mart.journeys where {first} < created_on", {}
    )


def _dangling(
    duck: duckdb.DuckDBPyConnection, relation: contract.Relation, column: contract.Column
) -> None:
    """Links into nowhere. A relation that the company does not have cannot be pointed into."""
    target_key = contract.RELATIONS[column.link].key[0]
    has_target = duck.execute(f"select count(*) from mart.{column.link}").fetchone()[0]
    if not has_target:
        return
    question = Question(
        "dangling_link",
        relation.name,
        "",
        f"name a {column.name} that is not in {column.link}: kept, without it",
    )
    keys = (
        f"select {column.name} as key from mart.{relation.name}"
        f" where {column.name} is not null"
        f" and {column.name} not in (select {target_key} from mart.{column.link})"
    )
    if column.link == "leads":
        # The contact that a lead became is that lead.
        keys += f" and {column.name} not in (select alias_id from mart.lead_aliases)"
    _record(duck, question, keys, {})


def count_unmapped(duck: duckdb.DuckDBPyConnection, columns: tuple[tuple[str, str], ...]) -> None:
    """Fills mart.unmapped_stages: labels that neither the vocabulary nor the stage map knows."""
    known = ", ".join(f"'{key}'" for key in contract.STAGES + contract.DETOURS)
    branches = " union all ".join(
        f"select '{relation}' as relation, '{column}' as \"column\", {column} as source_value,"
        f" count(*) as rows from mart.{relation}"
        f" where {column} is not null and {column} not in ({known}) group by {column}"
        for relation, column in columns
    )
    duck.execute(
        f"create or replace table mart.unmapped_stages as select * from ({branches})"
        ' order by rows desc, relation, "column", source_value'
    )
