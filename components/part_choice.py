"""A choice that stands in the address, so that also this view can be shared by its link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st


def draw(
    label: str,
    offered: Sequence[str],
    chosen: str,
    *,
    parameter: str,
    key: str,
    words: Mapping[str, str],
) -> None:
    """Draws it, standing at `chosen`; another choice goes into the address as `parameter`.

    `words`: what each of the offered is called; `label` is for those who do not see.
    """
    st.session_state[key] = chosen
    st.segmented_control(
        label,
        offered,
        key=key,
        required=True,
        format_func=words.__getitem__,
        on_change=_remember,
        args=(parameter, key),
        label_visibility="collapsed",
    )


def _remember(parameter: str, key: str) -> None:
    if st.session_state[key]:
        st.query_params[parameter] = st.session_state[key]
