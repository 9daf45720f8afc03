"""What is to be done next about a person, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from queries import frames, words


@dataclass(frozen=True)
class NextStep:
    """What comes next, in words; those of a clock end before its time, which readers in several
    zones read on several clocks.

    `clock`: what it waits for (attempt, decision), "" where none presses; `state` as
    facts.OPEN_STATES; `due_at` UTC, naive: when it runs out or goes on; `left` microseconds of
    working time; `rep_zone`: of whom it is for.
    """

    words: str
    clock: str = ""
    state: str = ""
    due_at: datetime | None = None
    left: int | None = None
    rep_zone: str | None = None

    def in_full(self, zone: str) -> str:
        """The whole sentence, with the time in the zone."""
        return f"{self.words} {words.moment(self.due_at, zone)}." if self.due_at else self.words


# The words of a step by what its clock waits for: in time, and too late.
_STEPS = {
    "attempt": ("First attempt due", "First attempt overdue since"),
    "decision": ("Decide until", "Decision overdue since"),
}


def of(handoffs: pd.DataFrame, deals: pd.DataFrame, today: Any) -> NextStep:
    """The next step. Frames: lead_handoffs.load, lead_deals.load; `today` a day."""
    last = frames.records(handoffs)[-1] if not handoffs.empty else None
    if last is not None and last["decision"] == "pending":
        return _open(last)
    still_open = deals[deals["outcome"] == "open"]
    if last is not None and last["recycled_at"] is not None and still_open.empty:
        return NextStep(_comes_back(last["recycle_until"], today))
    if not still_open.empty:
        stage = still_open.iloc[-1]["stage"]
        return NextStep("Deal is open." if pd.isna(stage) else f"Deal in stage {stage}.")
    return NextStep("Nothing is open.")


def _open(row: dict[str, Any]) -> NextStep:
    if row["due_at"] is None:
        return NextStep(f"Decide on hand-off {row['handoff_no']}.")
    said = _STEPS[row["waits_for"]][row["state"] == "overdue"]
    moment = row["due_at"]
    if row["state"] == "paused":
        said = f"Waiting for “{row['pause_reason']}”: the clock stands still until"
        moment = row["paused_until"]
    at, left = moment.to_pydatetime(), row["left"]
    return NextStep(said, row["waits_for"], row["state"], at, left, row["rep_zone"])


def _comes_back(until: Any, today: Any) -> str:
    if until is None:
        return "Recycled; no day is given for its return."
    comes = "Comes back" if until >= today else "Was to come back"
    return f"{comes} on {words.day(until)}."
