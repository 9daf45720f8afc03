"""What the Handoffs page shows below its numbers: by rep, funnel, waiting, reasons, recycled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from components import content, due_words, empty_state, handoff_tiles, inert, plot
from components import format as formats
from components.charts import funnel
from queries import terms, words
from queries.handoffs import answers, metrics, rates
from queries.rules import intervals

_NOTHING = "No hand-off in this period with these filters."
_SALES = ("attempted", "contacted", "decided", *metrics.OUTCOMES)


def no_data() -> None:
    """What there is to say where the data knows of no hand-off at all."""
    empty_state.render(
        "No data: connect the stage history of leads, the relation lead_stage_events of"
        " docs/operations.md. Each entry into MQL is a hand-off."
    )


def promise(agreed: terms.Terms) -> None:
    """What the results are measured by."""
    targets = {"a first attempt": agreed.first_attempt, "a decision": agreed.decision}
    promised = [f"{what} within {target.in_words()}" for what, target in targets.items() if target]
    if promised:
        st.caption(
            f"Promised by sales ({inert.markdown(agreed.title)}): {words.listed(promised)}, in the"
            " working time of whoever receives the lead. A result belongs to the period in which"
            " the first attempt was due."
        )


def completeness(counted: Mapping[str, int]) -> None:
    """How far what is said of the contact data is known. Counts: reasons.completeness."""
    if counted["late"]:
        st.caption(
            f"Of {counted['late']:,} of the {counted['n']:,} hand-offs nobody looked within a week"
            " what was missing; they are judged by what the lead says today."
        )


def funnels(shown: answers.Answers, *, is_present: bool) -> None:
    """The funnel of the hand-off twice: what happened in the period, and what became of these."""
    if not shown.counts["handed"] and not shown.counts["decided"]:
        empty_state.render(_NOTHING)
        return
    left, right = st.columns(2, gap="large")
    cohort = content.Content(shown.cohort)
    with left:
        st.header("In this period")
        counts = tuple((key, shown.counts[key]) for key in (*metrics.STEPS, *metrics.OUTCOMES))
        plot.draw(
            "handoffs_period",
            funnel.bars,
            _period_bars(counts, is_present),
            alt_text="In this period: " + _told(counts),
            present=is_present,
        )
    with right:
        st.header("Of these hand-offs")
        plot.draw(
            "handoffs_cohort",
            funnel.bars,
            _cohort_bars(cohort),
            alt_text="Of the hand-offs old enough: "
            + _told(zip(shown.cohort["key"], shown.cohort["reached"], strict=True)),
            present=is_present,
        )
    if not is_present:
        st.caption(_difference(shown.cohort))


def _told(counts: Iterable[tuple[str, int | None]]) -> str:
    """The numbers in words, of those that are known."""
    told = [
        f"{count:,} {metrics.METRICS[key].label.lower()}"
        for key, count in counts
        if not pd.isna(count)
    ]
    return ", ".join(told) + "."


@lru_cache(maxsize=content.KEPT)
def _period_bars(counts: tuple[tuple[str, int | None], ...], is_present: bool) -> pa.Table:
    decided = dict(counts)["decided"] or 0
    longest = max(count or 0 for _, count in counts) or 1
    rows = []
    for key, count in counts:
        note = ""
        if key in metrics.OUTCOMES[:-1] and decided:
            share = handoff_tiles.share(key, "", intervals.rate(count or 0, decided))
            note = f"{share.value} of decided{_interval(share)}"
        value = formats.count(count, is_present)
        rows.append(_bar(key, len(rows), (count or 0) / longest, value, note))
    return plot.as_rows(pd.DataFrame(rows))


@lru_cache(maxsize=content.KEPT)
def _cohort_bars(cohort: content.Content) -> pa.Table:
    rows = []
    for row in cohort.frame.to_dict("records"):
        if pd.isna(row["n"]):
            rows.append(_bar(row["key"], len(rows), 0.0, formats.NO_DATA, ""))
            continue
        share = handoff_tiles.share(row["key"], "", intervals.rate(row["reached"], row["n"]))
        note = f"{formats.count(row['reached'])} of {formats.count(row['n'])}"
        note += _interval(share)
        length = 0.0 if pd.isna(row["rate"]) else row["rate"]
        rows.append(_bar(row["key"], len(rows), length, share.value, note))
    return plot.as_rows(pd.DataFrame(rows))


def _interval(share: handoff_tiles.Tile) -> str:
    """Such as (35 % to 41 %), where there are enough for a share."""
    return f" ({share.note.split(' · ')[0]})" if " to " in share.note else ""


def _bar(key: str, order: int, length: float, value: str, note: str) -> dict[str, Any]:
    return {
        "order": float(order),
        "label": metrics.METRICS[key].label,
        "shown": float(length),
        "observed": float(length),
        "tone": "sales" if key in _SALES else "marketing",
        "value": value,
        "note": note,
    }


def _difference(cohort: pd.DataFrame) -> str:
    days = int(cohort.set_index("key")["days"]["decided"])
    return (
        "Left: what happened in the period, whenever the lead was handed over. Right: what became"
        " of the hand-offs of the period, of those old enough for each step only: nine of ten that"
        f" are ever decided are decided within {days} day{'' if days == 1 else 's'}."
    )


def waits(rows: pd.DataFrame) -> None:
    """How long hand-offs wait, in working time. Frame: queries.handoffs.times.waits."""
    st.header("How long it takes")
    if rows["n"].isna().all():
        empty_state.no_activities()
        return
    table = pd.DataFrame(
        {
            "Until": rows["label"],
            "Half of them": _spans(rows["median"], rows["n"]),
            "Nine of ten": _spans(rows["p90"], rows["n"]),
            "It happened to": [
                f"{done:,} of {n:,}" for done, n in zip(rows["happened"], rows["n"], strict=True)
            ],
        }
    )
    with st.container(key="table_waits"):
        st.table(table, border="horizontal", hide_index=True)
    st.caption(
        "In working time of whoever received the lead. Those that still wait are in it (Kaplan and"
        " Meier): “not reached” says that so many never had it, as far as is known."
    )


def _spans(values: pd.Series, of: pd.Series) -> list[str]:
    return [_wait(value, n) for value, n in zip(values, of, strict=True)]


def _wait(value: Any, n: int) -> str:
    if n == 0:
        return formats.NOT_APPLICABLE
    return "not reached" if pd.isna(value) else due_words.minutes(int(value))


def ages(rows: pd.DataFrame) -> None:
    """The open ones by age. Frame: queries.handoffs.counts.ages."""
    st.header("How old the open ones are")
    columns = {"untouched": "Not attempted yet", "attempted": "Attempted, not decided"}
    if rows["untouched"].isna().all():
        columns = {"n": "Open"}
    counted = {label: [formats.count(n) for n in rows[key]] for key, label in columns.items()}
    table = pd.DataFrame({"Handed over": rows["age"]} | counted)
    with st.container(key="table_ages"):
        st.table(table, border="horizontal", hide_index=True)


def reasons(rows: pd.DataFrame) -> None:
    """Why they were not accepted. Frame: queries.handoffs.reasons.by_reason."""
    if rows.empty:
        empty_state.render("Nothing was rejected, recycled or disqualified in this period.")
        return
    for decision, part in rows.groupby("decision", sort=False):
        total, given = int(part["n"].sum()), int(part.loc[part["reason"].notna(), "n"].sum())
        coverage = handoff_tiles.share(decision, "", intervals.rate(given, total))
        st.header(metrics.METRICS[decision].label)
        st.caption(f"With a reason: {coverage.value} ({coverage.note})")
        shares = [intervals.rate(int(n), total) for n in part["n"]]
        table = pd.DataFrame(
            {
                "Reason": ["without a reason" if pd.isna(r) else r for r in part["reason"]],
                "Hand-offs": part["n"],
                "Share": [handoff_tiles.share(decision, "", each).value for each in shares],
            }
        )
        with st.container(key=f"table_reasons_{decision}"):
            st.dataframe(table, hide_index=True, alt=f"Reasons of {decision} hand-offs")


def recycled(shown: answers.Answers) -> None:
    """The leads that wait to come back, and what came of those that did."""
    counts = shown.counts
    st.header("Waiting to come back")
    table = pd.DataFrame(
        {
            "Comes back": shown.returns["due"],
            "Leads": [formats.count(n) for n in shown.returns["n"]],
        }
    )
    with st.container(key="table_returns"):
        st.table(table, border="horizontal", hide_index=True)
    st.header("What came of those sent back in this period")
    found = rates.of(counts)
    back = handoff_tiles.share("came_back", "", found["came_back"])
    won = handoff_tiles.share("won_after", "", found["won_after"])
    st.markdown(
        f"- **{counts['sent_back']:,}** were sent back to marketing\n"
        f"- **{counts['came_back']:,}** were handed over again within 180 days:"
        f" {back.value} ({back.note})\n"
        f"- **{counts['won_after']:,}** of those were won: {won.value} ({won.note})"
    )
