"""One row per hand-off and term of the agreement: when it was due, whose it was, how it ended."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa

from queries import handoff_schema
from queries.promises_kept import Judged
from queries.rules import zone_days


def write(
    duck: duckdb.DuckDBPyConnection, seqs: np.ndarray, terms: Sequence[Judged], zone: str
) -> None:
    """Fills mart.handoff_clocks, from what was judged of the hand-offs with these numbers.

    Of a hand-off that changed hands, what sales promised is charged to whoever had it when it was
    due. Runs after plain_handoffs and plain_handoff_owners.
    """
    duck.register("promised_rows", _rows(seqs, terms, zone))
    columns = {column.name: f"promised.{column.name}" for column in _COLUMNS}
    columns |= {name: f"plain.{name}" for name in ("campaign_id", "channel")}
    for name in ("rep_id", "team_id"):
        columns[name] = (
            f"case when charged.seq is null then plain.{name} else charged.{name} end as {name}"
        )
    # Whose they were is asked apart: of a left join by a span of time DuckDB tries every pair.
    duck.execute(f"""create or replace table mart.handoff_clocks as
    with owners as (
        select *, lead(from_at, 1, 'infinity'::timestamp) over (
            partition by seq order by from_at
        ) as until_at
        from plain_handoff_owners
    ), charged as (
        select promised.seq, promised.promise_no, owners.rep_id, owners.team_id
        from promised_rows as promised join owners using (seq)
        where promised.is_charged and from_at <= due_at and due_at < until_at
    )
    select {", ".join(columns[column.name] for column in _COLUMNS)}
    from promised_rows as promised
    join plain_handoffs as plain using (seq)
    left join charged using (seq, promise_no)
    order by promised.promise_no, promised.due_at, promised.seq""")
    duck.unregister("promised_rows")


_COLUMNS = tuple(handoff_schema.handoff_clocks.columns)


def _rows(seqs: np.ndarray, terms: Sequence[Judged], zone: str) -> pa.Table:
    """All terms one below the other, without whose each is."""
    counts = [len(each.places) for each in terms]
    due_at = _joined([each.due_at for each in terms], "datetime64[us]")
    return pa.table(
        {
            "seq": seqs[_joined([each.places for each in terms], "int64")],
            "promise_no": np.repeat(np.array([each.number for each in terms], "int32"), counts),
            "kind": _texts([each.term.kind for each in terms], counts),
            "is_charged": np.repeat(
                np.array([each.term.direction == "sales_to_marketing" for each in terms], bool),
                counts,
            ),
            "due_at": due_at,
            "due_on": days(due_at, zone),
            "done_at": _joined([each.done_at for each in terms], "datetime64[us]"),
            "result": pa.array(_joined([each.result for each in terms], "U9"), pa.string()),
            "amount": _joined([each.amount for each in terms], "float64"),
        }
    )


def _joined(columns: Sequence[np.ndarray], kind: str) -> np.ndarray:
    return np.concatenate([np.empty(0, dtype=kind), *columns])


def _texts(values: Sequence[str], counts: Sequence[int]) -> pa.Array:
    places = np.repeat(np.arange(len(values), dtype=np.int32), counts)
    return pa.array(list(values), pa.string()).take(pa.array(places))


def days(at: np.ndarray, zone: str) -> np.ndarray:
    """The day of each moment in the reporting zone: datetime64[D]."""
    if not len(at):
        return at.astype("datetime64[D]")
    margin = np.timedelta64(2, "D")
    first, last = at.min().astype("datetime64[D]"), at.max().astype("datetime64[D]")
    first, last = (first - margin), (last + margin)
    known = zone_days.of(zone, first.item(), last.item())
    return first + known.number(at.astype(np.int64))
