"""The contract is whole: what one part of it names, another defines."""

from __future__ import annotations

import pytest

from queries import contract

COLUMNS = [
    (relation, column) for relation in contract.RELATIONS.values() for column in relation.columns
]


def test_the_relations_are_those_that_the_documents_name() -> None:
    assert list(contract.RELATIONS) == [
        *("teams", "reps", "campaigns", "campaign_spend", "web_traffic", "leads"),
        *("campaign_touches", "lead_stage_events", "lead_owner_events", "activities"),
        *("opportunities", "opportunity_stage_events"),
    ]


def test_stages_are_in_funnel_order_and_apart_from_the_detours() -> None:
    assert contract.STAGES == ("lead", "mql", "sal", "sql", "opportunity", "customer")
    assert contract.DETOURS == ("recycled", "rejected", "disqualified", "lost")


@pytest.mark.parametrize("relation", contract.RELATIONS.values(), ids=lambda found: found.name)
def test_a_relation_has_its_key_and_no_column_twice(relation: contract.Relation) -> None:
    names = [column.name for column in relation.columns]
    assert set(relation.key) <= set(names)
    assert len(names) == len(set(names))
    # A row is found again by its key: at least one part of it is never empty.
    assert any(relation.column(name).required for name in relation.key)


def test_a_column_points_into_a_relation_that_is_there_and_has_one_key() -> None:
    targets = {column.parent or column.link for _, column in COLUMNS} - {""}
    assert targets == {"teams", "reps", "campaigns", "leads", "opportunities"}
    assert {len(contract.RELATIONS[name].key) for name in targets} == {1}
    assert [column.name for _, column in COLUMNS if column.parent and column.link] == []


def test_a_default_is_legal_itself() -> None:
    defaults = {f"{found.name}.{column.name}": column.default for found, column in COLUMNS}
    assert {name: value for name, value in defaults.items() if value is not None} == {
        "teams.side": "sales",
        "reps.is_active": "true",
        "campaign_spend.source": "spend",
        "campaign_spend.is_estimated": "false",
        "leads.is_deleted": "false",
        "campaign_touches.is_response": "true",
        "lead_stage_events.is_inferred": "false",
        "activities.direction": "outbound",
        "activities.is_done": "true",
        "activities.is_automated": "false",
        "opportunities.is_deleted": "false",
    }
    assert contract.RELATIONS["teams"].column("side").one_of == ("marketing", "sales")


def test_a_column_that_is_not_there_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError):
        contract.RELATIONS["leads"].column("salary")
