"""The pages there are, and who has which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components import sign_in_page
from queries import people


@dataclass(frozen=True)
class Entry:
    """A page: its file, which is its address, and the roles that have it.

    One that is not filtered is about all of the data; the view waits until one leaves it. One that
    is compared shows its numbers beside those of another period.
    """

    name: str
    title: str
    icon: str
    roles: tuple[people.Role, ...] = people.ROLES
    is_filtered: bool = True
    is_compared: bool = False


ENTRIES = (
    Entry("overview", "Overview", ":material/query_stats:", is_compared=True),
    Entry("handoffs", "Handoffs", ":material/swap_horiz:"),
    Entry("sla", "SLA", ":material/scoreboard:"),
    Entry("agreement", "Agreement", ":material/handshake:", is_filtered=False),
    # About single persons, whom the projector's role never sees.
    Entry(
        "lead",
        "Lead",
        ":material/person_search:",
        ("rep", "sales_manager", "marketer", "leader", "admin"),
        is_filtered=False,
    ),
    Entry("data_health", "Data health", ":material/fact_check:", is_filtered=False),
    Entry("admin", "Admin", ":material/manage_accounts:", ("admin",), is_filtered=False),
)
_UNFILTERED = frozenset(entry.name for entry in ENTRIES if not entry.is_filtered)
_UNCOMPARED = frozenset(entry.name for entry in ENTRIES if not entry.is_compared)


def navigate(role: people.Role | None) -> StreamlitPage:
    """The page that is asked for, of those that the role has.

    Without a role each address is the sign-in, so that a link leads to its page afterwards.
    """
    if role is None:
        return st.navigation([_door(entry) for entry in ENTRIES], position="hidden")
    return st.navigation([_page(entry) for entry in ENTRIES if role in entry.roles])


def is_filtered(page: StreamlitPage) -> bool:
    """The page has the filters."""
    return page.url_path not in _UNFILTERED


def is_compared(page: StreamlitPage) -> bool:
    """The page compares its period with another one."""
    return page.url_path not in _UNCOMPARED


def _page(entry: Entry) -> StreamlitPage:
    file, is_first = f"pages/{entry.name}.py", entry is ENTRIES[0]
    return st.Page(file, title=entry.title, icon=entry.icon, default=is_first)


def _door(entry: Entry) -> StreamlitPage:
    is_first = entry is ENTRIES[0]
    path = None if is_first else entry.name
    render: Callable[[], None] = sign_in_page.render
    return st.Page(render, title="Sign in", url_path=path, default=is_first)
