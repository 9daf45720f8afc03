"""Who you are, on every page: your name and role, your password, and the way out."""

from __future__ import annotations

import streamlit as st

from components import auth, book, data, inert, sign_in_form, sign_in_page
from queries import accounts, passwords, people, sign_in


def render(user: people.User) -> None:
    """Draws it at the foot of the sidebar."""
    with st.sidebar, st.container(key="account"):
        st.caption(
            f"Signed in: **{inert.markdown(user.full_name)}**, {user.role.replace('_', ' ')}"
        )
        with st.container(horizontal=True):
            st.button(
                "Sign out",
                key="account.out",
                icon=":material/logout:",
                on_click=auth.sign_out,
                args=(user,),
            )
            with st.popover("Account", icon=":material/person:"):
                _render_more(user)


def _render_more(user: people.User) -> None:
    if st.button("Change the password", key="account.password", width="stretch"):
        _change_password(user)
    st.button(
        "Sign out everywhere",
        key="account.everywhere",
        on_click=auth.sign_out_everywhere,
        args=(user,),
        help="Ends your sessions in all browsers, also in this one.",
        width="stretch",
    )


@st.dialog("Change the password")
def _change_password(user: people.User) -> None:
    auth.still_here()
    with st.form("account.form", border=False):
        old = st.text_input("Password until now", type="password", autocomplete="current-password")
        st.caption(sign_in_page.RULE)
        new = st.text_input("New password", type="password", autocomplete="new-password")
        again = st.text_input("The same again", type="password", autocomplete="new-password")
        is_sent = st.form_submit_button("Change it and sign in again")
    if is_sent:
        _change(user, old, new, again)


def _change(user: people.User, old: str, new: str, again: str) -> None:
    visit, with_demo = book.visit(), data.configured().is_demo
    with book.reading() as connection:
        person = accounts.find(connection, user.name, with_demo=with_demo)
    if person is None or not sign_in_page.is_usable(person, new, again):
        return
    try:
        sign_in.prove(book.engine(), person, old, visit, sign_in_form.check_password)
    except sign_in.Refused as refused:
        st.error(str(refused))
        return
    kept = passwords.hashed(new)
    with book.writing() as connection:
        accounts.set_password(connection, book.act_of(user), person, kept)
    st.rerun()
