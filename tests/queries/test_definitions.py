"""The metrics' keys, words and texts."""

from __future__ import annotations

import pytest

from queries import contract, definitions


def test_the_tiles_are_metrics_in_the_order_of_the_funnel() -> None:
    assert (
        *("sessions", "leads", "mqls", "sqls", "opportunities", "won", "revenue"),
    ) == definitions.TILES
    assert set(definitions.TILES) <= set(definitions.METRICS)


def test_a_metric_says_what_it_is_made_of() -> None:
    units = {key: (found.unit, found.rows) for key, found in definitions.METRICS.items()}
    assert units == {
        "sessions": ("count", "daily figures"),
        "leads": ("count", "leads"),
        "mqls": ("count", "leads"),
        "sals": ("count", "leads"),
        "sqls": ("count", "leads"),
        "opportunities": ("count", "opportunities"),
        "won": ("count", "deals"),
        "revenue": ("money", "deals"),
    }
    assert {found.needs for found in definitions.METRICS.values()} <= set(contract.RELATIONS)


def test_only_sessions_cannot_be_filtered_by_people_and_only_entries_can_be_inferred() -> None:
    blind = {key: found.blind_to for key, found in definitions.METRICS.items() if found.blind_to}
    assert blind == {"sessions": ("rep", "team")}
    inferred = [key for key, found in definitions.METRICS.items() if found.has_inferred]
    assert inferred == ["mqls", "sals", "sqls"]


def test_every_definition_has_a_name() -> None:
    keys = definitions.every_key()
    assert keys[:2] == ("sessions", "leads")
    assert set(keys) >= {*definitions.METRICS, "waiting_times"}
    names = {key: definitions.label_of(key) for key in keys}
    assert (names["leads"], names["ignored_rate"]) == ("Leads", "Ignored leads")
    assert len(set(names.values())) == len(keys)


def test_every_stage_has_its_words_and_its_metric() -> None:
    assert tuple(definitions.STAGE_LABELS) == contract.STAGES
    assert tuple(definitions.STAGE_METRICS) == contract.STAGES
    assert set(definitions.STAGE_METRICS.values()) <= set(definitions.METRICS)


@pytest.mark.parametrize("metric", definitions.METRICS)
def test_a_definition_is_its_own_section_and_no_more(metric: str) -> None:
    text = definitions.text_of(metric)
    assert "Rows behind it: one per" in text
    assert f"Needs `{definitions.METRICS[metric].needs}`" in " ".join(text.split())
    assert "## " not in text


def test_what_is_no_metric_has_no_definition() -> None:
    with pytest.raises(KeyError):
        definitions.text_of("clicks")
