"""What somebody sees who is not signed in, at whichever page's address they are."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from components import auth, book, data, errors, inert, sign_in_form
from queries import accounts, company_sign_in, demo_people, passwords, records, sign_in

_LINK, _CHOSEN = "link", "sign_in.chosen"
_WIDTH = 460
_NO_COOKIES = (
    "This browser keeps no cookies for this site. Signing in needs them: allow them, reload."
)


def render() -> None:
    """Draws the sign-in, or the choice of a password where a link asks for it."""
    with (
        errors.boundary(),
        st.container(horizontal_alignment="center"),
        st.container(width=_WIDTH, key="sign_in"),
    ):
        st.title("Smarketing")
        company = data.configured().company_name
        st.header(inert.markdown(company) if company else "One view for sales and marketing")
        if _LINK in st.query_params:
            _choose_password(st.query_params[_LINK])
        else:
            _sign_in()


def _sign_in() -> None:
    visit = book.visit()
    if not visit.browser:
        st.error(_NO_COOKIES)
        return
    if st.session_state.pop(_CHOSEN, False):
        st.success("The password is set. Sign in with it.")
    sign_in_form.render(_examine)
    configured = data.configured()
    if configured.sign_in_company_label:
        st.button(
            configured.sign_in_company_label,
            key="sign_in.company",
            on_click=st.login,
            width="stretch",
        )
        _company_sign_in()
    if configured.is_demo:
        _render_demo()
    elif not _has_anybody():
        st.info(
            "Nobody can sign in yet. On the server, add the first person with\n\n"
            "`.venv/bin/python -m queries people add NAME --role admin`"
        )


def _examine(name: str, password: str) -> bool:
    """Begins the page anew for whoever is right; False, with the reason, for anybody else."""
    if not name.strip() or not password:
        st.error("Type your name and your password.")
        return False
    try:
        started = sign_in.with_password(
            book.engine(),
            name,
            password,
            book.visit(),
            sign_in_form.check_password,
            with_demo=data.configured().is_demo,
        )
    except sign_in.Refused as refused:
        st.error(str(refused))
        return False
    return auth.sit_down(*started)


def _company_sign_in() -> None:
    """Somebody comes back from the company's provider: they are the person of their address.

    Streamlit remembers the provider's word for thirty days; here it is good once, and only fresh,
    so that whoever was signed out or left the company has to ask the provider again.
    """
    if not st.user.is_logged_in:
        return
    claims, visit = st.user.to_dict(), book.visit()
    try:
        started = company_sign_in.begin(
            book.engine(), claims, visit, with_demo=data.configured().is_demo
        )
    except company_sign_in.Stale:
        return
    except sign_in.Refused as refused:
        st.error(inert.markdown(str(refused)))
        return
    auth.sit_down(*started)


def _has_anybody() -> bool:
    with book.reading() as connection:
        return bool(accounts.everyone(connection, with_demo=False))


def _render_demo() -> None:
    """The people of the demo company, who exist only while it is the source."""
    snapshot = data.newest()
    _ensure_demo_people(snapshot.data_version, data.configured().records)
    st.subheader("The demo company")
    names = ", ".join(f"**{one.name}**" for one in demo_people.PEOPLE)
    st.markdown(
        f"Nothing here is real. Sign in as {names}; the password of all of them is"
        f" `{demo_people.PASSWORD}`. The two leaders sign the agreement, each for their side."
    )


@lru_cache(maxsize=4)
def _ensure_demo_people(data_version: str, url: str) -> None:
    del url  # part of the key
    snapshot = data.newest()
    if snapshot.data_version == data_version:
        with snapshot.connect() as connection:
            demo_people.ensure(book.engine(), connection, records.now())


def _choose_password(token: str) -> None:
    visit, with_demo = book.visit(), data.configured().is_demo
    with book.reading() as connection:
        person = accounts.of_link(connection, token, visit.at, with_demo=with_demo)
    if person is None:
        st.error("This link has been used or is too old. Ask an admin for a new one.")
        st.button("To the sign-in", on_click=_leave_link, key="sign_in.leave_link")
        return
    with st.form("sign_in.choose"):
        st.subheader("Choose a password")
        st.markdown(
            f"For **{inert.markdown(person.full_name)}**, who signs in as"
            f" **{inert.markdown(person.name)}**."
        )
        st.caption(RULE)
        first = st.text_input("New password", type="password", autocomplete="new-password")
        again = st.text_input("The same again", type="password", autocomplete="new-password")
        is_sent = st.form_submit_button("Set the password")
    if is_sent and is_usable(person, first, again):
        kept = passwords.hashed(first)
        try:
            with book.writing() as connection:
                accounts.redeem_link(connection, token, kept, visit, person)
        except accounts.NotAllowed as refused:
            st.error(str(refused))
            return
        _leave_link()
        st.session_state[_CHOSEN] = True
        st.rerun()


RULE = (
    f"{passwords.FEWEST_BYTES} to {passwords.MOST_BYTES} characters, any you like; four random"
    " words are a good one."
)


def is_usable(person: accounts.Person, first: str, again: str) -> bool:
    """A new password may be set; otherwise says why not."""
    try:
        passwords.judge(first, person.name, person.full_name, person.email or "")
    except passwords.PasswordRefused as refused:
        st.error(str(refused))
        return False
    if first != again:
        st.error("The two are not the same.")
        return False
    return True


def _leave_link() -> None:
    st.query_params.pop(_LINK, None)
