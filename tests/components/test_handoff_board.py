"""Whose hand-offs are open: a row per rep or team, and the way to them."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from components import handoff_board
from tests import visits

BOARD = ("key", "label", "open", "overdue", "due_soon", "running", "paused")
DUE = ("due", "met", "rate", "low", "high")


def shown(rows: dict, by: str, *, has_attempts: bool = True) -> AppTest:
    """What is drawn of a frame that is given as columns, for a reader who can open the rows."""

    def page(rows: dict, by: str, has_attempts: bool) -> None:
        import pandas as pd

        from components import handoff_board

        frame = pd.DataFrame(rows)
        handoff_board.render(frame, by, can_open=True, has_attempts=has_attempts)

    visit = visits.of_function(page, args=(rows, by, has_attempts)).run()
    assert not visit.exception
    return visit


def test_the_board_has_a_row_per_rep_and_no_share_of_few() -> None:
    rows = {
        name: list(cells)
        for name, cells in zip(
            (*BOARD, *DUE),
            zip(
                ("bo", "Bo", 3, 1, 1, 1, 0, 10, 4, 0.4, 0.17, 0.69),
                ("cy", "Cy", 0, 0, 0, 0, 0, 4, 4, 1.0, 0.51, 1.0),
                (None, "Unassigned", 1, 0, 0, 1, 0, 0, 0, float("nan"), float("nan"), float("nan")),
                strict=True,
            ),
            strict=True,
        )
    }
    visit = shown(rows, "rep")
    assert visit.dataframe[0].value["in_time"].tolist() == ["40 % (17 % to 69 %)", "4 of 4", "n/a"]
    assert visit.dataframe[0].value["open"].tolist() == [3, 0, 1]
    assert "In the order of their names, not of their results." in visit.caption[0].value


def test_a_board_without_a_row_is_a_sentence() -> None:
    visit = shown({name: [] for name in (*BOARD, *DUE)}, "team")
    assert visit.info[0].value == "Nothing is open, and nothing was due in this period."
    assert not visit.dataframe
    visit = shown({name: [] for name in (*BOARD, *DUE)}, "team", has_attempts=False)
    assert visit.info[0].value == "Nothing is open."


def test_without_attempts_the_board_says_what_is_open_alone() -> None:
    rows = {name: [None] for name in (*BOARD, *DUE)} | {"key": ["bo"], "label": ["Bo"], "open": [3]}
    visit = shown(rows, "rep", has_attempts=False)
    assert visit.dataframe[0].value.to_dict("list") == {"label": ["Bo"], "open": [3]}
    assert visit.caption[0].value == (
        "Choose a row to see its open hand-offs. In the order of their names, not of their results."
    )


def test_a_row_leads_to_its_open_hand_offs() -> None:
    def page(key: str | None, by: str) -> None:
        import streamlit as st

        from components import handoff_board

        if "show" not in st.query_params:
            handoff_board._open(key, by)

    for key, by, expected in (("bo", "rep", "bo"), (None, "team", "(none)")):
        visit = visits.of_function(page, args=(key, by)).run()
        assert visit.query_params[by] in (expected, [expected])
        assert visit.query_params["show"] in ("list", ["list"])
        assert visit.query_params["state"] in ("open", ["open"])


def test_the_states_of_the_board_have_their_words() -> None:
    assert list(handoff_board._STATES.values()) == [
        *("Open", "Overdue", "Due soon", "Running", "Paused")
    ]
