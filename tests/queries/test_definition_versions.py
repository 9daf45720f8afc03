"""Definitions are worded anew from a day on; what was said before stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queries import definition_versions, definitions, records
from queries.agreed import NotAllowed
from queries.definition_versions import Mark, Version, Wanted
from tests import records_place
from tests.records_place import AT, act, entries

engine, url = records_place.engine, records_place.url
TODAY, JULY = date(2026, 6, 30), date(2026, 7, 1)
DAY = timedelta(days=1)
LEADS = Wanted("leads", "Leads", "Whoever wrote to us.\nNot our own tests.", JULY, "select 1")


def agree(engine, wanted: Wanted = LEADS, **other: object) -> int:
    with records.writing(engine) as connection:
        return definition_versions.agree(connection, act(), replace(wanted, **other), TODAY)


def history(engine, key: str = "leads") -> tuple[Version, ...]:
    with records.reading(engine) as connection:
        return definition_versions.history(connection, key)


def holds(engine, on: date, key: str = "leads") -> int:
    with records.reading(engine) as connection:
        return definition_versions.in_force(connection, key, on).version


def test_the_first_version_is_the_text_that_ships(engine) -> None:
    for key in definitions.every_key():
        assert history(engine, key) == (definition_versions.shipped(key),)
        assert holds(engine, date(1970, 1, 1), key) == 1
    first = history(engine)[0]
    assert (first.label, first.plain_text) == ("Leads", definitions.text_of("leads"))
    assert first.is_shipped
    with pytest.raises(KeyError):
        history(engine, "nothing")


def test_a_wording_holds_from_its_day_on(engine) -> None:
    assert agree(engine) == 2
    assert [holds(engine, on) for on in (JULY - DAY, JULY, JULY + DAY)] == [1, 2, 2]
    assert holds(engine, JULY, "mqls") == 1
    text = "Whoever wrote to us.\nNot our own tests."
    assert history(engine)[1] == Version("leads", 2, "Leads", text, JULY, "select 1", "root", AT)
    said = "version 2, from 1 Jul 2026 on, Leads: Whoever wrote to us. Not our own tests."
    assert entries(engine) == [("root", "definition agreed", "leads", said)]


def test_of_two_for_the_same_day_the_later_holds(engine) -> None:
    agree(engine)
    assert agree(engine, plain_text="Whoever called us.") == 3
    assert holds(engine, JULY) == 3
    assert [each.version for each in history(engine)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("other", "field", "sentence"),
    [
        ({"key": "nothing"}, "key", "Definition: choose one of the list."),
        ({"label": ""}, "label", "Called: it is empty; write something."),
        ({"plain_text": " "}, "plain_text", "Wording: it is empty; write something."),
        ({"plain_text": "a" * 8001}, "plain_text", "Wording: plain text of up to 8,000 letters."),
        ({"effective_from": None}, "effective_from", "From: choose the day"),
        ({"effective_from": TODAY - DAY}, "effective_from", "From: today or later; what was"),
    ],
)
def test_what_cannot_be_a_wording_is_told_and_nothing_is_kept(
    engine, other, field: str, sentence: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        agree(engine, **other)
    assert refused.value.field == field
    assert str(refused.value).startswith(sentence)
    assert (len(history(engine, "leads")), entries(engine)) == (1, [])


def test_a_wording_may_hold_from_today_on(engine) -> None:
    agree(engine, effective_from=TODAY)
    assert holds(engine, TODAY) == 2


def test_a_version_does_not_begin_before_the_one_before_it(engine) -> None:
    agree(engine)
    with pytest.raises(NotAllowed, match=r"version 2 begins on 1 Jul 2026; choose that day"):
        agree(engine, plain_text="Else.", effective_from=JULY - DAY)
    assert len(history(engine)) == 2


def test_the_same_sent_twice_is_one_version(engine) -> None:
    agree(engine)
    with pytest.raises(NotAllowed, match="it says the same as the version before it"):
        agree(engine)
    with pytest.raises(NotAllowed, match="says the same"):
        agree(engine, key="mqls", label="MQLs", plain_text=definitions.text_of("mqls"))
    assert agree(engine, label="Our leads") == 3


def test_two_at_the_same_time_are_one_version_and_a_sentence(engine) -> None:
    found = records_place.at_once(
        lambda: agree(engine, plain_text="One."), lambda: agree(engine, plain_text="Two.")
    )
    numbers = sorted(each for each in found if isinstance(each, int))
    refused = [each for each in found if not isinstance(each, int)]
    # One after the other both are kept; at the very same time one of them is told.
    assert numbers in ([2], [2, 3])
    assert all(isinstance(each, records.Conflict) for each in refused)
    assert len(history(engine)) == len(numbers) + 1


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (TODAY, JULY - DAY, ()),
        (TODAY, JULY, (Mark("leads", JULY, "version 2"),)),
        (JULY, JULY, (Mark("leads", JULY, "version 2"),)),
        (JULY + DAY, date(2199, 1, 1), (Mark("mqls", date(2026, 8, 1), "version 2"),)),
    ],
)
def test_changes_are_marked_at_their_day(engine, start, end, expected) -> None:
    agree(engine)
    agree(engine, key="mqls", effective_from=date(2026, 8, 1))
    agree(engine, key="won")
    with records.reading(engine) as connection:
        found = definition_versions.marks(connection, ("leads", "mqls"), start, end)
        assert definition_versions.marks(connection, (), start, end) == ()
    assert found == expected
