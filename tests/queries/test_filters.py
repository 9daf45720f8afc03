"""Filters: what a text becomes, what it is compared with, and which rows it lets through."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from queries import filters
from queries.filters import Choices, Filters, parse
from tests.company import utc, view

NOW = utc("2026-06-30 12:00")
KNOWN = Choices(
    rep={"bo": "Bo", "dee": "Dee", "(none)": "Unassigned"},
    team={"north": "North"},
    campaign={"spring": "Spring"},
    channel={"web": "web", "ads": "ads"},
    oldest=date(2025, 1, 1),
    newest=date(2026, 6, 29),
    as_of=NOW,
)
LAST_90_DAYS = (date(2026, 4, 1), date(2026, 6, 29))


def days_of(seen: Filters) -> tuple[date, date]:
    return seen.start, seen.end


def test_nothing_chosen_is_the_last_ninety_days_with_data_and_everything() -> None:
    seen, notes = parse({}, KNOWN)
    assert seen == Filters(*LAST_90_DAYS, NOW)
    assert (seen.days, seen.chosen(), notes) == (90, {}, ())


def test_everything_legal_is_taken_and_nothing_is_said() -> None:
    given = {
        "period": ["2026-01-01", "2026-01-31"],
        "rep": ["bo", "(none)", "bo"],
        "team": ["north"],
        "campaign": ["spring"],
        "channel": ["web"],
        "compare": ["year"],
        "as_of": ["2026-02-01T10:00:00Z"],
    }
    expected = Filters(
        date(2026, 1, 1),
        date(2026, 1, 31),
        utc("2026-02-01 10:00"),
        rep=("bo", "(none)"),
        team=("north",),
        campaign=("spring",),
        channel=("web",),
        compare="year",
    )
    assert parse(given, KNOWN) == (expected, ())


@pytest.mark.parametrize(
    ("given", "note"),
    [
        (
            {"period": ["2026-02-30", "2026-03-01"]},
            "The period “2026-02-30 to 2026-03-01” is not two days (YYYY-MM-DD); the last 90 days"
            " are shown.",
        ),
        (
            {"period": ["2026-02-01"]},
            "The period “2026-02-01” is not two days (YYYY-MM-DD); the last 90 days are shown.",
        ),
        (
            {"period": ["1969-12-31", "2026-03-01"]},
            "The period “1969-12-31 to 2026-03-01” is not two days (YYYY-MM-DD); the last 90 days"
            " are shown.",
        ),
        ({"rep": ["zoe"]}, "Rep “zoe” is not in the data; all reps are shown."),
        (
            {"team": ["a", "b", "c", "d"]},
            "Team “a”, “b”, “c” and more is not in the data; all teams are shown.",
        ),
        (
            {"channel": ["x' OR 1=1--"]},
            "Channel “x' OR 1=1--” is not in the data; all channels are shown.",
        ),
        (
            {"channel": ["x" * 10_000]},
            f"Channel “{'x' * 40}…” is not in the data; all channels are shown.",
        ),
        ({"channel": ["a\0b\nc"]}, "Channel “a b c” is not in the data; all channels are shown."),
        ({"compare": ["last"]}, "There is no comparison “last”; the previous period is used."),
        (
            {"compare": ["none", "year"]},
            "There is no comparison “none and year”; the previous period is used.",
        ),
        ({"as_of": ["noon"]}, "“noon” is not a moment; the newest data are shown."),
        ({"as_of": ["0001-01-01"]}, "“0001-01-01” is not a moment; the newest data are shown."),
        (
            {"as_of": ["2026-01-01", "2026-01-02"]},
            "“2026-01-01 and 2026-01-02” is not a moment; the newest data are shown.",
        ),
    ],
)
def test_what_cannot_be_used_is_said_and_changes_nothing(given, note: str) -> None:
    assert parse(given, KNOWN) == (Filters(*LAST_90_DAYS, NOW), (note,))


def test_what_is_known_is_kept_beside_what_is_not() -> None:
    seen, notes = parse({"rep": ["zoe", "bo"]}, KNOWN)
    assert seen.rep == ("bo",)
    assert notes == ("Rep “zoe” is not in the data; the others are shown.",)


def test_a_period_the_wrong_way_round_is_turned() -> None:
    seen, notes = parse({"period": ["2026-03-31", "2026-03-01"]}, KNOWN)
    assert days_of(seen) == (date(2026, 3, 1), date(2026, 3, 31))
    assert notes == ("The period began after its end; its two days were swapped.",)


def test_more_than_a_hundred_values_are_no_choice() -> None:
    many = {f"c{number}": "Campaign" for number in range(101)}
    known = Choices(**(vars(KNOWN) | {"campaign": many}))
    seen, notes = parse({"campaign": list(many)}, known)
    assert len(seen.campaign) == 100
    assert notes == ("101 campaigns are more than can be chosen; the first 100 are shown.",)


def test_a_text_alone_is_a_list_of_one() -> None:
    assert parse({"rep": "bo", "as_of": "2026-03-01"}, KNOWN)[0].rep == ("bo",)


def test_the_future_is_not_known_yet() -> None:
    assert parse({"as_of": ["2027-01-01"]}, KNOWN)[0].as_of == NOW


def test_of_a_past_moment_the_last_ninety_days_before_it_are_shown() -> None:
    seen, _ = parse({"as_of": ["2026-03-31"]}, KNOWN)
    assert days_of(seen) == (date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-03-29", "UTC", utc("2026-03-29 23:59:59.999999")),
        # Berlin's 29 March 2026 has 23 hours, its 25 October 25.
        ("2026-03-28", "Europe/Berlin", utc("2026-03-28 22:59:59.999999")),
        ("2026-03-29", "Europe/Berlin", utc("2026-03-29 21:59:59.999999")),
        ("2026-10-25", "Europe/Berlin", utc("2026-10-25 22:59:59.999999")),
        ("2026-03-29T12:00", "Europe/Berlin", utc("2026-03-29 10:00")),
        ("2026-03-29 12:00", "UTC", utc("2026-03-29 12:00")),
        ("2026-03-29T12:00:00Z", "Asia/Tokyo", utc("2026-03-29 12:00")),
        ("2026-03-29T12:00+02:00", "UTC", utc("2026-03-29 10:00")),
        # The plus of a link that was not escaped.
        ("2026-03-29T12:00:00 02:00", "UTC", utc("2026-03-29 10:00")),
        ("9999-12-31T23:59", "America/Sao_Paulo", None),
        ("0001-01-01T00:00", "Asia/Tokyo", None),
        ("1969-12-31T23:59:59", "UTC", None),
        ("1970-01-01T00:00:00", "UTC", utc("1970-01-01 00:00")),
        ("soon", "UTC", None),
        ("", "UTC", None),
    ],
)
def test_a_day_means_its_end_and_a_time_is_of_the_zone(text, zone, expected) -> None:
    assert filters.instant(text, zone) == expected


@pytest.mark.parametrize(
    ("start", "end", "compare", "expected"),
    [
        ("2026-03-01", "2026-03-31", "previous", (date(2026, 1, 29), date(2026, 2, 28))),
        ("2026-03-01", "2026-03-01", "previous", (date(2026, 2, 28), date(2026, 2, 28))),
        ("2028-03-01", "2028-03-01", "previous", (date(2028, 2, 29), date(2028, 2, 29))),
        ("2028-02-01", "2028-02-29", "year", (date(2027, 2, 1), date(2027, 2, 28))),
        ("2029-02-28", "2029-03-01", "year", (date(2028, 2, 28), date(2028, 3, 1))),
        ("1970-01-01", "2199-12-31", "year", (date(1969, 1, 1), date(2198, 12, 31))),
    ],
)
def test_what_a_period_is_compared_with(start, end, compare, expected) -> None:
    assert days_of(view(start, end, compare=compare).compared_with()) == expected


def test_the_comparison_keeps_everything_but_the_days() -> None:
    before = view(rep=("bo",), zone="Asia/Tokyo").compared_with()
    assert before == view("2026-01-29", "2026-02-28", rep=("bo",), zone="Asia/Tokyo")
    assert view(compare="none").compared_with() is None


@pytest.mark.parametrize(
    ("as_of", "zone", "today", "last_whole"),
    [
        (utc("2026-03-10 00:00"), "UTC", 10, 9),
        (utc("2026-03-10 23:59:59.999998"), "UTC", 10, 9),
        (utc("2026-03-10 23:59:59.999999"), "UTC", 10, 10),
        (utc("2026-03-10 02:59"), "America/Sao_Paulo", 9, 8),
        (utc("2026-03-10 15:00"), "Asia/Tokyo", 11, 10),
        (utc("2026-04-10 00:00"), "UTC", 10, 31),
    ],
)
def test_days_are_of_the_zone_and_over_at_their_end(as_of, zone, today, last_whole) -> None:
    seen = view(as_of=as_of, zone=zone)
    assert (seen.as_of_day.day, seen.last_whole_day) == (today, date(2026, 3, last_whole))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), ["ads", "web", None, "(none)"]),
        (("web",), ["web"]),
        (("(none)",), [None, "(none)"]),
        (("(none)", "ads"), ["ads", None, "(none)"]),
        (("WEB",), []),
        (("%",), []),
    ],
)
def test_values_let_through_the_rows_that_have_them(values, expected) -> None:
    rows = sa.values(sa.column("channel", sa.Text), name="rows").data(
        [("ads",), ("web",), (None,), ("(none)",)]
    )
    with sa.create_engine("duckdb:///:memory:").connect() as connection:
        wanted = sa.select(rows.c.channel).where(view(channel=values).matching(rows))
        assert list(connection.execute(wanted).scalars()) == expected
        everyone = sa.select(rows).where(view(channel=values).matching(rows, but=("channel",)))
        assert len(connection.execute(everyone).all()) == 4


texts = st.text(max_size=30) | st.sampled_from(
    ["bo", "(none)", "web", "2026-01-01", "0001-01-01T00:00", "9999-12-31", "2026-01-01T00:00-23"]
)
MAPPINGS = st.dictionaries(
    st.sampled_from(["period", "rep", "team", "campaign", "channel", "compare", "as_of", "x"]),
    texts | st.lists(texts, max_size=4),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@drawn(MAPPINGS, st.sampled_from(["UTC", "America/Sao_Paulo", "Pacific/Kiritimati"]))
def test_any_texts_become_something_legal(given, zone: str) -> None:
    known = Choices(**(vars(KNOWN) | {"zone": zone}))
    seen, notes = parse(given, known)
    assert seen.start <= seen.end
    assert seen.as_of <= NOW
    assert all(set(getattr(seen, name)) <= set(getattr(KNOWN, name)) for name in filters.DIMENSIONS)
    assert seen.compare in ("previous", "year", "none")
    assert len(notes) <= len(given)
    assert all(note.endswith(".") and note.isprintable() for note in notes)
    seen.compared_with()
    # What a link of this view holds leads back to it.
    link = {name: list(getattr(seen, name)) for name in filters.DIMENSIONS}
    link |= {"period": [seen.start.isoformat(), seen.end.isoformat()], "compare": [seen.compare]}
    link |= {"as_of": [seen.as_of.isoformat() + "Z"]}
    assert seen.start.year < 1970 or parse(link, known) == (seen, ())
