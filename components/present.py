"""The projector view: the same page, readable from five metres."""

import streamlit as st

# Nearly all of Streamlit is sized in rem, so one font size scales it; the rest is numbers that
# must be read first. Static text: nothing from the database ever comes in here.
_STYLE = """<style>
html { font-size: 22px; }
[data-testid=stHeader], [data-testid=stSidebar],
[data-testid=stExpandSidebarButton] { display: none; }
[data-testid=stMainBlockContainer] { padding: 0.5rem 2rem 1rem; max-width: none; }
[data-testid=stMainBlockContainer] > div > [data-testid=stVerticalBlock] { gap: 0.6rem; }
[data-testid=stHeadingWithActionElements] :is(h1, h2, h3) { padding: 0.2rem 0; }
[data-testid=stMetricValue] { font-size: 60px; line-height: 1.15; }
[data-testid=stMetricLabel] p { font-size: 28px; font-weight: 600; }
[data-testid=stMetricDelta], [data-testid=stMetricDelta] * { font-size: 26px; }
[data-testid=stCaptionContainer] p { font-size: 22px; }
[data-testid=stElementToolbar] { display: none; }
h1 { font-size: 44px !important; }
h2 { font-size: 36px !important; }
h3 { font-size: 32px !important; }
</style>"""


def is_on() -> bool:
    """Whether the address says present=1; anything else is the desk."""
    return st.query_params.get_all("present") == ["1"]


def style() -> None:
    """The projector's sizes for this page; call once, before anything else is drawn."""
    st.html(_STYLE)


def render_exit() -> None:
    """The way back to the desk, at the foot of the page or by one key."""
    st.button(
        "Leave the projector view",
        key="present.exit",
        type="tertiary",
        shortcut="Escape",
        on_click=_leave,
    )


def _leave() -> None:
    st.query_params.pop("present", None)
