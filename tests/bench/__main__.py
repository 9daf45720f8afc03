"""`make bench`: how long the data of each page take, beside other engines and beside the limit."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

import duckdb
import sqlalchemy as sa

from queries.filters import Filters
from tests.bench import demo_data, engines, handoffs, limit, questions, server, sla, timing
from tests.bench.timing import Timed

# At one million leads, in milliseconds, but the refresh in seconds.
_TARGET_LEADS = 1_000_000
_UNFILTERED, _FILTERED, _REFRESH, _CPU = 150, 60, 15, 60


@dataclass(frozen=True)
class Case:
    """One view of one page: the time of its data, and the same on other engines."""

    leads: int
    page: str
    view: str
    own: Timed
    bare: Timed
    others: dict[str, Timed]

    def line(self) -> str:
        cells = [f"{self.page:9} {self.view:24} {self.own.milliseconds:9,.1f} ms"]
        for name, timed in {"limit": self.bare, **self.others}.items():
            mark = "" if timed.rounds == timing.ROUNDS else f" ({timed.rounds} rounds)"
            ratio = (
                self.own.seconds / timed.seconds
                if name == "limit"
                else timed.seconds / self.own.seconds
            )
            cells.append(f"{name} {timed.milliseconds:8,.1f} ms {ratio:5.1f} x{mark}")
        return "  | ".join(cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; 1 where two engines answer differently."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--leads", type=int, nargs="+", default=[20_000, _TARGET_LEADS])
    parser.add_argument("--fresh", action="store_true", help="build the companies anew")
    asked = parser.parse_args(arguments)
    print("Medians of warm rounds. limit: x = how many times one bare aggregate of DuckDB over the")
    print("same columns; the engines: x = how many times our time they take for the same answers.")
    verdicts: list[str] = []
    for leads in asked.leads:
        built = demo_data.build(leads, is_fresh=asked.fresh)
        _say_refresh(built)
        cases = _cases(built)
        if cases is None:
            return 1
        parts, scores = _say_handoffs(built), _say_sla(built)
        cost = _say_server(built)
        if leads == _TARGET_LEADS:
            verdicts = [*_verdicts(built, cases, cost), *_verdicts_of_handoffs(parts)]
            verdicts += [_verdict_of_sla(score) for score in scores]
    print("\n".join(verdicts) or "The targets are set for 1,000,000 leads.")
    return 0


def _say_refresh(built: demo_data.Built) -> None:
    load = os.getloadavg()[0]
    print(f"\n{built.leads:,} leads, {built.rows:,} rows in all; machine load {load:.1f}")
    print(
        f"refresh from Parquet {built.process_seconds:.1f} s as a process,"
        f" {built.inner_seconds:.1f} s within one; snapshot {built.megabytes:.0f} MB"
    )


def _cases(built: demo_data.Built) -> list[Case] | None:
    """Each case, printed as it is measured; None where the engines differ."""
    cases = []
    with ExitStack() as stack:
        bare = stack.enter_context(duckdb.connect(str(built.plain_file), read_only=True))
        others = {
            "PostgreSQL": stack.enter_context(engines.postgresql(bare)),
            "SQLite": stack.enter_context(engines.sqlite(bare)),
        }
        for page in questions.PAGES:
            for name, view in questions.views(built.snapshot).items():
                warm_ups = _check(built, others, page, view)
                if warm_ups is None:
                    return None
                cases.append(_case(built, bare, (page, name, view), others, warm_ups))
                print(cases[-1].line(), flush=True)
    return cases


def _check(
    built: demo_data.Built, others: dict[str, sa.Engine], page: str, view: Filters
) -> dict[str, float] | None:
    """How long each other engine took at first; None where one answers otherwise."""
    expected = questions.ask(built.snapshot.connect, page, view)
    seconds = {}
    for name, engine in others.items():
        started = time.perf_counter()
        found = questions.ask(engine.connect, page, view)
        seconds[name] = time.perf_counter() - started
        wrong = questions.differences(expected, found)
        if wrong:
            print(f"error: {name} answers otherwise for {view}\n{wrong}")
            return None
    return seconds


def _case(
    built: demo_data.Built,
    bare: duckdb.DuckDBPyConnection,
    asked: tuple[str, str, Filters],
    others: dict[str, sa.Engine],
    warm_ups: dict[str, float],
) -> Case:
    page, name, view = asked
    return Case(
        built.leads,
        page,
        name,
        timing.median(lambda: questions.ask(built.snapshot.connect, page, view)),
        timing.median(limit.reading(bare, view)),
        {
            other: timing.median(
                partial(questions.ask, engine.connect, page, view), warm_ups[other]
            )
            for other, engine in others.items()
        },
    )


def _say_handoffs(built: demo_data.Built) -> list[handoffs.Part]:
    print(f"{handoffs.count(built.snapshot):,} hand-offs")
    parts = []
    for part in handoffs.parts(built.snapshot):
        parts.append(part)
        print(part.line(), flush=True)
    return parts


def _say_sla(built: demo_data.Built) -> list[sla.Part]:
    parts = []
    for part in sla.parts(built.snapshot):
        parts.append(part)
        print(part.line(), flush=True)
    return parts


def _verdict_of_sla(part: sla.Part) -> str:
    return _verdict(f"SLA, {part.section}, {part.view}", part.own.milliseconds, part.most, "ms")


def _verdicts_of_handoffs(parts: list[handoffs.Part]) -> list[str]:
    lines = []
    for part in parts:
        most = handoffs.UNFILTERED if "no filter" in part.view else handoffs.FILTERED
        what = f"Handoffs, {part.section}, {part.view}"
        lines.append(_verdict(what, part.own.milliseconds, most, "ms"))
    return lines


def _say_server(built: demo_data.Built) -> server.Cost | None:
    cost = server.measure(built.place)
    if cost is None:
        print("CPU per script run: left out, ../shared/tools/stload.py is not on this machine")
    else:
        print(
            f"Overview, warm cache: {cost.cpu_milliseconds:.0f} ms CPU per script run,"
            f" server memory {cost.megabytes:.0f} MB"
        )
    return cost


def _verdicts(built: demo_data.Built, cases: list[Case], cost: server.Cost | None) -> list[str]:
    year = {case.view: case.own.milliseconds for case in cases if "12 months" in case.view}
    filtered = max(value for view, value in year.items() if "no filter" not in view)
    lines = [
        _verdict("Overview, 12 months, no filter", year["12 months, no filter"], _UNFILTERED, "ms"),
        _verdict("Overview, 12 months, filtered (slower one)", filtered, _FILTERED, "ms"),
        _verdict("refresh from Parquet, as a process", built.process_seconds, _REFRESH, "s"),
    ]
    if cost is not None:
        lines.append(_verdict("CPU per script run", cost.cpu_milliseconds, _CPU, "ms"))
    return ["", *lines]


def _verdict(what: str, value: float, most: float, unit: str) -> str:
    word = "reached" if value <= most else "missed"
    return f"{word:8} {what}: {value:.1f} {unit}, at most {most} {unit}"


if __name__ == "__main__":
    raise SystemExit(main())
