"""From a promise to its definition, its SQL, and the clocks behind it.

`explain=<key of the promise>` in the URL opens it, so that also this view can be shared.
"""

from __future__ import annotations

import streamlit as st

from components import auth, data, definition_text, empty_state, inert, rows_table
from queries import filters as views
from queries import people, words
from queries.agreements import kinds
from queries.handoffs import answers as handoff_answers
from queries.sla import answers, lines, sentences

_PARAMETER = "explain"


def ask(key: str) -> None:
    """Puts the question into the URL; `render` answers it."""
    st.query_params[_PARAMETER] = key
    rows_table.start_over()


def render(
    user: people.User,
    filters: views.Filters,
    entered: handoff_answers.Entered,
    shown: answers.Answers,
) -> None:
    """Opens the answer if the URL asks for a promise that there is."""
    key = st.query_params.get(_PARAMETER, "")
    line = answers.line(filters, entered, key)
    if line is not None:
        name = inert.markdown(sentences.label(line, shown.names))
        st.dialog(name, width="large", on_dismiss=_dismissed)(_answer)(
            line, user, filters, entered, shown
        )


def _dismissed() -> None:
    st.query_params.pop(_PARAMETER, None)


def _answer(
    line: lines.Line,
    user: people.User,
    filters: views.Filters,
    entered: handoff_answers.Entered,
    shown: answers.Answers,
) -> None:
    auth.still_here()
    definition = f"sla_{line.term.kind}"
    score = next((each for each in shown.scores if each.line.key == line.key), None)
    if score is None or score.state == "no_data":
        empty_state.render("No data: what this promise is measured by is not there.")
        definition_text.render(definition, filters.end)
        return
    span = words.period(filters.start, filters.end)
    was_due = f"{score.tally.n:,} due in {span}, {score.tally.met:,} of them in time"
    if line.is_amount:
        was_due = f"{score.tally.n:,} hand-off{'' if score.tally.n == 1 else 's'} in {span}"
    st.markdown(f"**{was_due}** · {inert.markdown(sentences.promise(line, shown.names))}")
    behind, meaning, code = st.tabs(["Rows", "Definition", "SQL"])
    with behind:
        rows(line.key, sentences.label(line, shown.names), user, filters, entered)
    with meaning:
        definition_text.render(definition, filters.end)
        st.caption(f"The rule in short: {kinds.KINDS[line.term.kind].rule}")
    with code:
        asked = {"user": user, "entered": entered, "key": line.key}
        st.code(data.load(answers.sql_of, filters, **asked).text, language="sql", wrap_lines=True)


def rows(
    key: str,
    label: str,
    user: people.User,
    filters: views.Filters,
    entered: handoff_answers.Entered,
) -> None:
    """The clocks of a promise one by one; without a key all that ran out unanswered."""
    if not user.scope.sees_persons:
        st.info("Single rows are not for your role: they are about people.")
        return
    asked = {"user": user, "entered": entered, "key": key}
    rows_table.render(
        rows_table.Behind(
            f"sla_{key}" if key else "sla_missed",
            label,
            data.load(answers.count, filters, **asked).n,
            page=lambda number: data.load(answers.rows_behind, filters, number=number, **asked),
            everything=lambda pinned: data.load_from(pinned, answers.rows_behind, filters, **asked),
        ),
        user,
        filters,
    )
