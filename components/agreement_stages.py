"""Which name of the source is which stage of ours, and the names that are none yet. Read only."""

from __future__ import annotations

import streamlit as st

from components import agreement_form, data, empty_state, health_section
from queries import health, people, stage_names

_ABOUT = (
    "The stages of the source, by the names that they have there. They stand in the file"
    " stage_map.csv of the mapping: the operator adds or changes a line there, and the next refresh"
    " counts by it."
)


def render(_user: people.User) -> None:
    """Draws the names that are known and those that are not. Everybody reads them."""
    st.caption(_ABOUT)
    known = stage_names.known(data.configured())
    if known:
        agreement_form.table(
            "stage_names",
            {
                "Name in the source": [name for name, _ in known],
                "Stage": [stage for _, stage in known],
            },
            "Names of stages in the source",
        )
    elif known is None:
        st.warning("The mapping cannot be read at the moment; the last refresh counts.")
    else:
        empty_state.render("The source calls its stages as we do; there is nothing to translate.")
    st.header("Names that are no stage yet")
    unmapped = data.load_plain(health.unmapped)
    health_section.unmapped(unmapped)
