"""The tables of the data health page: relations, refused rows, unmapped stages, findings."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components import data, empty_state
from queries import words

MOST_ROWS = 1_000


def relations(rows: pd.DataFrame) -> None:
    """What was read. Frame: queries.health.relations."""
    snapshot = data.snapshot()
    st.caption(
        f"Source: {snapshot.source}. Reading and checking took {snapshot.seconds:.1f} seconds."
    )
    shown = pd.DataFrame(
        {
            "Relation": rows["relation"],
            "State": ["read" if mapped else "no data" for mapped in rows["is_mapped"]],
            "Rows read": rows["rows_read"].where(rows["is_mapped"]),
            "Rows kept": rows["rows_kept"].where(rows["is_mapped"]),
            "Rows refused": rows["rows_refused"].where(rows["is_mapped"]),
            "Newest": [
                words.moment(newest, snapshot.zone) if pd.notna(newest) else ""
                for newest in rows["newest_at"]
            ],
        }
    )
    _table("relations", shown, "What was read of each relation")


def refused(rows: pd.DataFrame, total: int, *, is_shown: bool) -> None:
    """Which rows were refused and why. Frame: queries.health.refused."""
    if not is_shown and total:
        are = "row is" if total == 1 else "rows are"
        st.info(f"{total:,} {are} not counted on any page. Which ones, your role does not see.")
        return
    if rows.empty:
        empty_state.render("Every row that was read is legal.")
        return
    st.caption(
        f"{total:,} {'row is' if total == 1 else 'rows are'} not counted on any page"
        + (f"; the first {len(rows):,} are listed." if total > len(rows) else ".")
    )
    shown = rows.rename(columns=lambda name: name.capitalize())
    _table("refused", shown, "Refused rows with file, line, column and reason")


def unmapped(rows: pd.DataFrame) -> None:
    """Frame: queries.health.unmapped."""
    if rows.empty:
        empty_state.render("Every stage name is known.")
        return
    st.caption("Rows with these names count at no stage. Add the names to stage_map.csv.")
    shown = rows.rename(
        columns={
            "relation": "Relation",
            "column": "Column",
            "source_value": "Name in the source",
            "rows": "Rows",
        }
    )
    _table("unmapped", shown, "Stage names that are not mapped")


def findings(rows: pd.DataFrame) -> None:
    """Frame: queries.health.findings."""
    if rows.empty:
        empty_state.render("Nothing found.")
        return
    shown = pd.DataFrame(
        {
            "Kind": ["doubt" if doubt else "note" for doubt in rows["is_doubt"]],
            "Rows": rows["rows"],
            "What": rows["relation"] + " " + rows["sentence"],
            "Examples": rows["examples"],
        }
    )
    _table("findings", shown, "Rows that are kept but doubtful")


def _table(name: str, rows: pd.DataFrame, alt_text: str) -> None:
    with st.container(key=f"table_{name}"):
        st.dataframe(
            rows,
            hide_index=True,
            placeholder="",
            height="content",
            column_config={
                column: st.column_config.NumberColumn(format="localized")
                for column in rows.select_dtypes("number").columns
            },
            alt=alt_text,
        )
