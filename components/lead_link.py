"""The way from wherever a lead is named to its page. The view's filters stay behind."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from components import inert

COLUMN = "lead_id"
_PAGE = "pages/lead.py"


def render(lead_id: str, label: str) -> None:
    """A link within the session, for readers who have the page. `label` is a text of the data."""
    st.page_link(_PAGE, label=inert.markdown(label), icon="", query_params={"id": lead_id})


def address(lead_id: str) -> str:
    """The page of a lead, relative to any other page."""
    return f"lead?id={quote(lead_id, safe='')}"


def linked(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the address of each lead in the place of its id, where there are leads."""
    if COLUMN not in rows:
        return rows
    return rows.assign(
        **{COLUMN: [address(key) if pd.notna(key) else None for key in rows[COLUMN]]}
    )


def column(title: str) -> Any:
    """How a table shows such addresses: as the ids that are in them."""
    return st.column_config.LinkColumn(title, display_text=r"^lead\?id=(.*)$")
