"""The two columns of the SLA page: how each side did, and a card for each of its promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from components import format as formats
from components import inert, plot, sla_trend
from components.charts import steps
from queries.agreements import content, kinds
from queries.sla import answers, scores, sentences

# Pixels; the second is for a projector, whose type is larger.
_NARROWEST = {False: 250, True: 270}
_BADGES: dict[str, tuple[str, Literal["green", "red", "gray"]]] = {
    "kept": (":material/check:", "green"),
    "missed": (":material/close:", "red"),
    "open": (":material/hourglass_empty:", "gray"),
}
_CONNECT = "Connect activities: calls, e-mails, meetings."
_NO_FEEDBACK = "Feedback is not collected yet."


def render(shown: answers.Answers, zone: str, *, is_present: bool) -> str | None:
    """Draws both columns; returns the key of the promise whose details were asked for."""
    asked = None
    columns = st.columns(2, gap="medium")
    for column, side in zip(columns, sentences.HEADINGS, strict=True):
        with column, st.container(key=f"sla_{side}"):
            st.header(sentences.HEADINGS[side])
            # A number and its sign stay on one line.
            told = inert.markdown(shown.overall[side]).replace(" \\%", "\u00a0\\%")
            st.markdown(f"**{told}**")
            own = [score for score in shown.scores if score.direction == side]
            asked = _cards(own, shown, zone, is_present) or asked
    if not is_present:
        st.caption(_reading(shown))
    return asked


def _cards(
    own: Sequence[scores.Score], shown: answers.Answers, zone: str, is_present: bool
) -> str | None:
    asked = None
    with st.grid("auto", min_column_width=_NARROWEST[is_present], gap="xsmall"):
        for score in own:
            if _card(score, shown, zone, is_present):
                asked = score.line.key
    return asked


def _card(score: scores.Score, shown: answers.Answers, zone: str, is_present: bool) -> bool:
    name = sentences.label(score.line, shown.names)
    with st.container(
        key=f"kpi_{score.line.key}",
        border=True,
        height="stretch",
        gap="xsmall",
        vertical_alignment="distribute",
    ):
        with st.container(gap=None):
            _number(score, name, is_present)
            for said in _captions(score, shown.names, zone, is_present):
                st.caption(inert.markdown(said))
        if score.trend:
            _trend(score, name, shown)
        if is_present:
            return False
        # The name in it: the same word on each card says nothing to a screen reader.
        label = f"Details: {inert.markdown(name)}"
        return st.button(label, key=f"sla_cards.{score.line.key}", type="tertiary")


def _number(score: scores.Score, name: str, is_present: bool) -> None:
    # In the large type of a projector there is no room for both in one line.
    gap = None if is_present else "small"
    with st.container(horizontal=not is_present, vertical_alignment="bottom", gap=gap):
        st.metric(
            inert.markdown(name),
            value(score),
            # Grey: of few, a share says little.
            delta="few cases" if _is_grey(score) else None,
            delta_color="off",
            delta_arrow="off",
            width="content",
        )
        if score.state in _BADGES:
            sign, colour = _BADGES[score.state]
            st.badge(sentences.STATES[score.state], icon=sign, color=colour)


def _is_grey(score: scores.Score) -> bool:
    return score.is_few and score.tally.n >= scores.FEWEST and score.state != "no_data"


def value(score: scores.Score) -> str:
    """71 %; 3 of 4 of very few; an amount; n/a where nothing was due."""
    tally = score.tally
    if score.state == "no_data":
        return formats.NO_DATA
    if score.line.is_amount:
        return sentences.number(tally.amount)
    if tally.n == 0:
        return formats.NOT_APPLICABLE
    if tally.n < scores.FEWEST:
        return f"{tally.met:,} of {tally.n:,}"
    return formats.rate(tally.met / tally.n)


def _captions(score: scores.Score, names: kinds.Names, zone: str, is_present: bool) -> list[str]:
    """What is below the number: against what, how sure, and what was promised."""
    said = [" · ".join(each for each in (_against(score), _sureness(score)) if each)]
    if not is_present:
        said += [sentences.promise(score.line, names), sentences.changed(score, zone, names)]
    return [each for each in said if each]


def _against(score: scores.Score) -> str:
    if score.state == "no_data":
        kind = score.line.term.kind
        return _NO_FEEDBACK if kind.startswith("feedback") else _CONNECT
    if score.pace is not None:
        return f"promised: {sentences.number(score.pace.target)} · {score.pace.in_words()}"
    if score.state == "of_others":
        return "promised for more than this view shows"
    return f"promised: {formats.rate(score.target)}"


def _sureness(score: scores.Score) -> str:
    n = f"n = {score.tally.n:,}"
    if score.state == "no_data":
        return ""
    if score.line.is_amount:
        forecast = score.pace.forecast if score.pace else None
        if forecast is None or score.pace.is_complete:
            return n
        low, high = forecast.low, forecast.high
        band = "" if low is None else f" ({sentences.number(round(low))} to {round(high):,})"
        return f"{n} · will end at {sentences.number(round(forecast.value))}{band} at this pace"
    if score.tally.n < scores.FEWEST:
        return "too few for a share" if score.tally.n else n
    return f"{n} · between {formats.rate(score.rate.low)} and {formats.rate(score.rate.high)}"


def _trend(score: scores.Score, name: str, shown: answers.Answers) -> None:
    is_share = not score.line.is_amount
    plot.draw(
        f"sla_{score.line.key}",
        steps.line,
        sla_trend.rows(score.trend, shown.unit, is_share=is_share),
        alt_text=sla_trend.message(name, score.trend, shown.unit, is_share=is_share),
        tone=_tone(score.direction),
        is_share=is_share,
    )


def _tone(direction: content.Direction) -> str:
    return "sales" if direction == "sales_to_marketing" else "marketing"


def _reading(shown: answers.Answers) -> str:
    said: Mapping[str, str] = {
        "week": "12 weeks",
        "month": "12 months",
        "quarter": "12 quarters",
        "span": "12 periods of this length",
    }
    return (
        f"Each chart: the last {said[shown.unit]}; the dashed line is what was promised, a hollow"
        " point is not over yet. A result belongs to the period in which it was due, and is judged"
        " by the version of the agreement that held when its clock started."
    )
