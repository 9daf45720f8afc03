"""Every reading that a refresh of the demo company stores, derived again in another way."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from queries import audit, demo_company, migrate, records, refresh, working_time_changes
from tests import small_company
from tests.small_company import Mart

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
MOMENTS = ("handed", "assigned", "first_attempt", "first_contact", "decided")
# What was open before a moment, added up interval by interval.
WRONG = """
with moments as (
    select {name}_at as at, {name}_clock as stored, calendar_no
    from handoffs where {name}_at is not null
), derived as (
    select any_value(moments.stored) as stored, sum(greatest(0, epoch_us(
            least(intervals.closes_at, moments.at)) - epoch_us(intervals.opens_at))) as reading
    from (select row_number() over () as place, * from moments) as moments
    join business_intervals as intervals using (calendar_no)
    where intervals.opens_at <= moments.at group by moments.place
)
select count(*), count(*) filter (where stored is distinct from reading::bigint) from derived
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    place = tmp_path_factory.mktemp("demo")
    configured = small_company.configured(place, source_url="")
    demo_company.build(configured, leads=1_500, months=12, seed=3)
    return configured


@pytest.fixture(scope="module")
def mart(company, tmp_path_factory) -> Mart:
    return Mart(refresh.check(company, tmp_path_factory.mktemp("mart") / "one.duckdb", NOW))


@pytest.mark.parametrize("name", MOMENTS)
def test_every_reading_is_what_was_open_before_its_moment(mart, name: str) -> None:
    ((rows, wrong),) = mart.rows(WRONG.format(name=name))
    assert wrong == 0
    # Those before the first opening of all have nothing to add up.
    missing = f"select count(*) from handoffs where {name}_at is not null and {name}_clock is null"
    assert mart.rows(missing) == [(0,)]
    assert rows > 10


def test_a_moment_that_is_not_there_has_no_reading(mart) -> None:
    for name in MOMENTS:
        found = f"select count(*) from handoffs where {name}_at is null and {name}_clock >= 0"
        assert mart.rows(found) == [(0,)]


DUE = """
with dues as (
    select row_number() over () as place, {clock}_due_at as due_at, handed_clock, calendar_no
    from handoffs where {clock}_due_at is not null
), derived as (
    select dues.place, any_value(dues.handed_clock) as handed_clock, sum(greatest(0, epoch_us(
            least(intervals.closes_at, dues.due_at)) - epoch_us(intervals.opens_at))) as reading,
        bool_or(opens_at <= due_at and due_at < closes_at) as is_open
    from dues join business_intervals as intervals using (calendar_no)
    where intervals.opens_at <= dues.due_at group by dues.place
)
select count(*), count_if(reading - handed_clock <> {hours} * 3600000000), count_if(not is_open)
from derived
"""


@pytest.mark.parametrize(("clock", "hours"), [("attempt", 4), ("decision", 16)])
def test_every_due_time_is_its_hours_of_work_away_and_the_last_such_moment(
    mart, clock: str, hours: int
) -> None:
    ((rows, wrong, closed),) = mart.rows(DUE.format(clock=clock, hours=hours))
    # In closed time there would be a later moment at which no more has been open.
    assert (wrong, closed) == (0, 0)
    assert rows > 10


def test_they_are_others_when_the_calendar_has_changed(company, mart, tmp_path) -> None:
    engine = records.open_records(company.records)
    migrate.migrate(engine)
    with records.writing(engine) as rows:
        act = audit.by_operator(records.now())
        days = working_time_changes.WantedDays(
            "company", "", date(2026, 11, 16), date(2026, 11, 16), is_working=False, note="move"
        )
        working_time_changes.add_exception(rows, act, days)
    changed = Mart(refresh.check(company, tmp_path / "two.duckdb", NOW))
    engine.dispose()
    state = "select working_time from records_state"
    assert mart.rows(state) != changed.rows(state)
    after = "select handoff_id, decided_clock from handoffs where decided_on >= '2026-11-17'"
    before, since = dict(mart.rows(after)), dict(changed.rows(after))
    nine_hours = 9 * 3_600_000_000
    assert {before[key] - reading for key, reading in since.items()} == {nine_hours}
    earlier = "select handoff_id, decided_clock from handoffs where decided_on < '2026-11-16'"
    assert mart.rows(earlier) == changed.rows(earlier)
