"""Who is at the screen, and the guard that every page begins with.

Who it is, is read from the records again in every run: what an admin changes acts at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st

from components import book, data
from queries import audit, people, records, sessions

_APP_RAN, _SENT_BACK = "auth.app_ran", "auth.sent_back"
_SESSION, _TICKET, _PERSON, _TYPED = "auth.session", "auth.ticket", "auth.person", "auth.typed"
_ACCESS = "auth.access"
_OWN = frozenset({_APP_RAN, _SENT_BACK, _SESSION, _TICKET, _PERSON})
# Keys of widgets in which people write begin so; what stands there outlives the session.
TYPED = "typed."


class _Run(threading.local):
    """Who is at the screen in the run of app.py that is going on in this thread, if one is."""

    seat: sessions.Seat | None = None


_run = _Run()


@contextmanager
def run() -> Iterator[sessions.Seat | None]:
    """As `start_run`; all parts of this run of app.py share the one look at the records."""
    _run.seat = start_run()
    try:
        yield _run.seat
    finally:
        _run.seat = None


def start_run() -> sessions.Seat | None:
    """Who is signed in, in a run of app.py; None where nobody is. Raises: book.Unavailable."""
    st.session_state[_APP_RAN] = True
    seat = _seat()
    if seat is None:
        _keep_what_was_typed()
        return None
    if st.session_state.setdefault(_PERSON, seat.person_id) != seat.person_id:
        _forget_whose_page_this_was()
        st.session_state[_PERSON] = seat.person_id
    st.session_state[_ACCESS] = _access(seat)
    for key, text in st.session_state.pop(_TYPED, {}).items():
        st.session_state[key] = text
    if sessions.is_worth_a_touch(seat, book.visit().at):
        with book.writing() as connection:
            sessions.touch(connection, seat.session_id, book.visit().at)
    return seat


def _keep_what_was_typed() -> None:
    """Streamlit forgets a widget that is not drawn, as behind the sign-in."""
    typed = {key: text for key, text in st.session_state.items() if str(key).startswith(TYPED)}
    if typed and _PERSON in st.session_state:
        st.session_state[_TYPED] = st.session_state.get(_TYPED, {}) | typed


def user_of(seat: sessions.Seat) -> people.User:
    """The person of a seat, with what they may see in the data of this run."""
    scope = data.load_plain(people.scope_of, role=seat.role, rep_id=seat.rep_id)
    return people.User(
        seat.name,
        seat.role,
        scope,
        person_id=seat.person_id,
        full_name=seat.full_name,
        address=book.visit().address,
    )


def require_user() -> people.User:
    """The user, or no page at all.

    Streamlit serves every file in pages/ by its own address, without app.py, until some session
    has called st.navigation. So the first line of a page calls it, and starts over; a page that
    is still alone then shows nothing.
    """
    if not st.session_state.get(_APP_RAN):
        if st.session_state.get(_SENT_BACK):
            st.stop()
        st.session_state[_SENT_BACK] = True
        st.navigation([st.Page(lambda: None, title="Smarketing")], position="hidden")
        st.rerun()
    seat = _run.seat or _seat()
    if seat is None:
        st.stop()
    return user_of(seat)


def require_role(user: people.User, *roles: people.Role) -> None:
    """Nothing more of the page for anybody else."""
    if user.role not in roles:
        st.error("This page is not for your role.")
        st.stop()


def still_here() -> None:
    """In a part of a page that runs alone, with the user for whom the page was drawn: whoever was
    signed out since then, or may see something else, gets the whole page anew instead."""
    seat = _run.seat or _seat()
    if seat is None or _access(seat) != st.session_state.get(_ACCESS):
        st.rerun()


def only_while_here(make: Callable[[], bytes], what: str, view: str) -> Callable[[], bytes]:
    """For a file that is made when it is clicked, outside of any run: as `still_here`.

    Who took `what`, seen as `view`, is written to the audit log before they get it.
    """
    session_id, access = st.session_state[_SESSION], st.session_state[_ACCESS]
    visit, limits = book.visit(), book.limits()

    def made() -> bytes:
        with book.reading() as connection:
            seat = sessions.by_id(connection, session_id, visit.browser, limits, records.now())
        if seat is None or _access(seat) != access:
            raise PermissionError("signed out, or given another role, since the page was drawn")
        file = make()
        with book.writing() as connection:
            act = audit.Act(seat.name, visit.address, records.now())
            audit.note(connection, act, "exported", what, view)
        return file

    return made


def _access(seat: sessions.Seat) -> tuple[str, str, str | None]:
    return seat.person_id, seat.role, seat.rep_id


def _seat() -> sessions.Seat | None:
    visit, limits = book.visit(), book.limits()
    if not visit.browser:
        return None
    with book.reading() as connection:
        seat = None
        if _SESSION in st.session_state:
            session_id = st.session_state[_SESSION]
            seat = sessions.by_id(connection, session_id, visit.browser, limits, visit.at)
        if seat is None and book.session_token():
            token = book.session_token()
            seat = sessions.by_token(connection, token, visit.browser, limits, visit.at)
    if seat is None:
        st.session_state.pop(_SESSION, None)
    else:
        st.session_state[_SESSION] = seat.session_id
    return seat


def sit_down(session_id: str, ticket: str) -> NoReturn:
    """Begins the page anew for the session that has just been started."""
    st.session_state[_SESSION], st.session_state[_TICKET] = session_id, ticket
    st.rerun()


def render_claim(seat: sessions.Seat) -> None:
    """Lets the browser fetch its cookie, until it has. The page itself cannot set one that scripts
    cannot read."""
    if seat.has_token:
        st.session_state.pop(_TICKET, None)
    elif _TICKET in st.session_state:
        st.iframe(f"/auth/claim?ticket={st.session_state[_TICKET]}", height=1, alt="Signing in")


def sign_out(user: people.User) -> None:
    """Ends this session, in all tabs that it is open in."""
    act = book.act_of(user)
    with book.writing() as connection:
        sessions.end(connection, st.session_state.get(_SESSION, ""), act.at)
        audit.note(connection, act, "signed out", user.name)
    _leave()


def sign_out_everywhere(user: people.User) -> None:
    """Ends all sessions of the user."""
    act = book.act_of(user)
    with book.writing() as connection:
        sessions.end_all(connection, user.person_id, act.at)
        audit.note(connection, act, "signed out everywhere", user.name)
    _leave()


def _leave() -> None:
    _forget_whose_page_this_was()
    if data.configured().sign_in_company_label and st.user.is_logged_in:
        # Streamlit's own cookie of the company's sign-in.
        st.logout()


def _forget_whose_page_this_was() -> None:
    for key in [key for key in st.session_state if key not in _OWN]:
        del st.session_state[key]
    st.session_state.pop(_PERSON, None)
