"""The hand-offs of a lead, each with its clocks, as blocks that fit a phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from components import decide_form, due_words, empty_state, handoff_choice, lead_facts
from components import format as formats
from queries import frames, people, words
from queries.handoffs import decisions, metrics


def render(rows: pd.DataFrame, user: people.User, now: datetime) -> None:
    """Draws them, newest first. Frame: queries.lead_handoffs.load; `now` is UTC, naive."""
    st.header("Hand-offs", anchor=False)
    if rows.empty:
        empty_state.render("No hand-off of this person is known.")
    for row in reversed(frames.records(rows)):
        with st.container(border=True):
            inferred = " (inferred: the stage was skipped)" if row["is_inferred"] else ""
            st.subheader(f"Hand-off {row['handoff_no']}{inferred}", anchor=False)
            lead_facts.render(_people(row) | _clocks(row, now) | _decision(row))
            _offer(row, user)


def _offer(row: dict[str, Any], user: people.User) -> None:
    """A way to decide, or to take back what was decided here."""
    if not (row["is_decidable"] and decisions.may_decide(user)):
        return
    is_open = row["decision"] == "pending"
    key = f"lead_handoffs.decide_{row['handoff_no']}"
    if is_open and st.button("Decide", key=key, type="primary"):
        decide_form.ask(row["handoff_id"])
    if row["decision_source"] == "app" and st.button("Take the decision back", key=key):
        decide_form.ask(row["handoff_id"])


def _people(row: dict[str, Any]) -> dict[str, str | None]:
    """Who handed over what to whom."""
    facts = {
        "Handed over": _moment(row["handed_at"]),
        "By": row["handed_by"],
        "Campaign": row["campaign"],
        "Owner at hand-off": row["owner_at_handoff"] or "Unassigned",
        "Received by": row["receiver"] or "Unassigned",
    }
    if row["owner_when_due"] is not None:
        facts["Owner when the first attempt was due"] = row["owner_when_due"]
    seen = words.local_day(row["missing_seen_at"], handoff_choice.zone())
    handed = words.local_day(row["handed_at"], handoff_choice.zone())
    later = f" (as known on {words.day(seen)})" if seen != handed else ""
    return facts | {
        "Owner": row["owner"] or "Unassigned",
        "Missing when handed over": (row["missing"] or "nothing") + later,
    }


def _clocks(row: dict[str, Any], now: datetime) -> dict[str, str | None]:
    facts: dict[str, str | None] = {}
    if row["decision"] == "pending":
        facts["Clock"] = _clock(row, now)
    facts["First attempt due"] = _due(row, "attempt_due_at")
    facts["First attempt"] = _first_attempt(row)
    facts["First contact"] = _moment(row["first_contact_at"]) or "none yet"
    facts["Attempts"] = formats.count(row["attempts"])
    facts["Decision due"] = _due(row, "decision_due_at")
    if row["paused_at"] is not None:
        span = f"{_moment(row['paused_at'])} to {_moment(row['paused_until'])}"
        facts["Clock stopped"] = f"{span}, waiting for: {row['pause_reason']}"
    return facts


def _clock(row: dict[str, Any], now: datetime) -> str:
    label = metrics.METRICS[row["state"]].label
    if row["due_at"] is None:
        return label
    zone = handoff_choice.zone()
    if row["state"] == "paused":
        today = words.local_day(now, zone)
        return f"{label} until {due_words.when(row['paused_until'], zone, today)}"
    return f"{label} {due_words.due(row['state'], row['left'], row['due_at'], zone, now)}"


def _due(row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return "no clock"
    zone = handoff_choice.zone()
    elsewhere = due_words.beside(row[name], zone, row["rep_zone"])
    return " · ".join(part for part in (_moment(row[name]), elsewhere) if part)


def _first_attempt(row: dict[str, Any]) -> str:
    """When it was, and whether that was in time."""
    at, due = row["first_attempt_at"], row["attempt_due_at"]
    if row["late"] is not None:
        late = f"{due_words.span(row['late'])} late"
        return f"{_moment(at)}, {late}" if at is not None else f"none yet, {late}"
    if at is not None:
        in_time = ", in time" if due is not None and at <= due else ""
        return f"{_moment(at)}{in_time}"
    if row["decision"] == "pending":
        return "none yet"
    return "none, decided in time" if row["response"] == "met" else "none"


def _decision(row: dict[str, Any]) -> dict[str, str | None]:
    decision = row["decision"].capitalize()
    if row["decision_is_inferred"]:
        decision += " (inferred)"
    facts = {"Decision": decision}
    if row["decided_at"] is not None:
        facts |= {
            "Decided": _moment(row["decided_at"]),
            "Decided by": row["decided_by"],
            "Reason": row["reason_code"] or "none given",
        }
    if row["recycled_at"] is not None:
        until = row["recycle_until"]
        facts["Comes back"] = words.day(until) if until else "no day given"
    return facts


def _moment(at: Any) -> str | None:
    return words.moment(at, handoff_choice.zone()) if at is not None else None
