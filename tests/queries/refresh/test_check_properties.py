"""Whatever stands in the cells: no row is lost, and stages are reached in their order."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries import contract
from tests.small_company import Mart, built

MOMENTS = st.one_of(
    st.datetimes().map(str),
    st.dates().map(str),
    st.sampled_from(["", " ", "2026-01-05 10:00", "2026-01-05T10:00Z", "03/04/2018", "9999-12-31"]),
    st.text(max_size=12),
)
IDS = st.one_of(st.sampled_from(["L1", "L2", "L3", " L1", "l1", ""]), st.text(max_size=6))
STAGES = st.one_of(
    st.sampled_from([*contract.STAGES, *contract.DETOURS, "MQL ", "Nurture", ""]),
    st.text(max_size=8),
)
FLAGS = st.sampled_from(["", "true", "0", "No", "x", "2"])
LEADS = st.lists(st.tuples(IDS, MOMENTS, IDS, FLAGS, STAGES), max_size=12)
EVENTS = st.lists(st.tuples(IDS, IDS, STAGES, MOMENTS), max_size=25)


def as_csv(header: str, rows: list[tuple[str, ...]]) -> str:
    lines = io.StringIO(newline="")
    csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return f"{header}\n{lines.getvalue()}"


def snapshot(
    folder: Path, leads: list[tuple[str, ...]], events: list[tuple[str, ...]]
) -> tuple[Mart, int]:
    """The mart, and the records in its files. A NUL or lone carriage return is part of a cell."""
    source = folder / "source"
    source.mkdir()
    for name, header, rows in (
        ("leads", "lead_id,created_at,merged_into_lead_id,is_deleted,stage_key", leads),
        ("lead_stage_events", "event_id,lead_id,to_stage,occurred_at", events),
    ):
        (source / f"{name}.csv").write_bytes(as_csv(header, rows).encode("utf-8"))
    return built(folder, {}), len(leads) + len(events)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(leads=LEADS, events=EVENTS)
def test_rows_read_are_rows_kept_and_rows_refused_and_stages_are_reached_in_order(
    leads: list[tuple[str, ...]], events: list[tuple[str, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        mart, records = snapshot(Path(folder), leads, events)
        read = mart.rows(
            "select sum(rows_read), sum(rows_kept + rows_refused) from relation_reports"
        )
        refused = mart.rows("select count(*), count(line), count(reason) from refused_rows")[0]
        kept = sum(
            mart.rows(f"select count(*) from {name}")[0][0]
            for name in ("leads", "lead_stage_events")
        )
        assert read == [(records, records)]
        assert refused == (records - kept,) * 3
        places = [f"count({stage}_at)" for stage in contract.STAGES[1:]]
        reached = list(mart.rows(f"select count(*), {', '.join(places)} from journeys")[0])
        assert reached == sorted(reached, reverse=True)
        steps = [
            f"{before}_at > {after}_at"
            for before, after in zip(contract.STAGES[1:], contract.STAGES[2:], strict=False)
        ]
        assert mart.rows(f"select count(*) from journeys where {' or '.join(steps)}") == [(0,)]
        persons = "select count(*), count(distinct lead_id) from journeys"
        assert len(set(mart.rows(persons)[0])) == 1
