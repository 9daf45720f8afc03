"""From a number about hand-offs to its definition, its SQL, and the rows behind it.

`explain=<metric>` in the URL opens it, so that also this view can be shared by its link.
"""

from __future__ import annotations

import streamlit as st

from components import auth, data, definition_text, empty_state, rows_table
from queries import filters as views
from queries import people, words
from queries.handoffs import answers, metrics

_PARAMETER = "explain"


def ask(metric: str) -> None:
    """Puts the question into the URL; `render` answers it."""
    st.query_params[_PARAMETER] = metric
    rows_table.start_over()


def render(user: people.User, filters: views.Filters, entered: answers.Entered) -> None:
    """Opens the answer if the URL asks for one that there is."""
    metric = metrics.METRICS.get(st.query_params.get(_PARAMETER, ""))
    if metric is not None:
        n = data.load(answers.count, filters, user=user, entered=entered, key=metric.key).n
        st.dialog(metric.label, width="large", on_dismiss=_dismissed)(_answer)(
            metric, n, user, filters, entered
        )


def _dismissed() -> None:
    st.query_params.pop(_PARAMETER, None)


def _answer(
    metric: metrics.Metric,
    n: int | None,
    user: people.User,
    filters: views.Filters,
    entered: answers.Entered,
) -> None:
    auth.still_here()
    if n is None:
        empty_state.no_activities()
        definition_text.render(metric.definition, filters.end)
        return
    span = words.period(filters.start, filters.end)
    when = f"at {words.moment(filters.as_of, filters.zone)}" if metric.is_state else f"in {span}"
    st.markdown(f"**{n:,} hand-off{'' if n == 1 else 's'}** · {when}")
    behind, meaning, code = st.tabs(["Rows", "Definition", "SQL"])
    with behind:
        _rows(metric, n, user, filters, entered)
    with meaning:
        definition_text.render(metric.definition, filters.end)
    with code:
        asked = {"user": user, "entered": entered, "key": metric.key}
        st.code(data.load(answers.sql_of, filters, **asked).text, language="sql", wrap_lines=True)


def _rows(
    metric: metrics.Metric,
    n: int,
    user: people.User,
    filters: views.Filters,
    entered: answers.Entered,
) -> None:
    if not user.scope.sees_persons:
        st.info("Single rows are not for your role: they are about people.")
        return
    asked = {"user": user, "entered": entered, "key": metric.key}
    rows_table.render(
        rows_table.Behind(
            f"handoffs_{metric.key}",
            metric.label,
            n,
            page=lambda number: data.load(answers.rows_behind, filters, number=number, **asked),
            everything=lambda pinned: data.load_from(pinned, answers.rows_behind, filters, **asked),
        ),
        user,
        filters,
    )
