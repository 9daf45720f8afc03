"""What happens to a page that is open when somebody else changes who its reader is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from queries import accounts, passwords, records_schema, sessions
from tests import visits

MARCH = ["2026-03-01", "2026-03-31"]
PASSWORD = "four random words here"


def deactivate(rows, act, person_id: str) -> None:
    accounts.set_active(rows, act, person_id, is_active=False)


def end_sessions(rows, act, person_id: str) -> None:
    sessions.end_all(rows, person_id, act.at)


def set_password(rows, act, person_id: str) -> None:
    person = accounts.one(rows, person_id)
    accounts.set_password(rows, act, person, passwords.hashed(PASSWORD))


def make_rep(rows, act, person_id: str) -> None:
    accounts.change_access(rows, act, person_id, role="rep", rep_id="bo")


def make_viewer(rows, act, person_id: str) -> None:
    accounts.change_access(rows, act, person_id, role="viewer", rep_id="")


ENDS = [deactivate, end_sessions, set_password]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("page", ["overview", "data_health"])
def test_whoever_is_signed_out_sees_nothing_at_the_next_run(
    door, march_place, end: Callable, page: str
) -> None:
    door.set_up(march_place)
    lee = door.sign_in()
    visit = door.open(period=MARCH, explain="leads")
    assert visit.metric
    assert visit.tabs
    visits.changed(lambda rows, act: end(rows, act, lee))
    visits.assert_door(visit.switch_page(f"pages/{page}.py").run())
    visits.assert_door(visit.run())
    visits.assert_door(door.come(period=MARCH, explain="leads"))


def test_another_role_sees_its_own_at_the_next_run(door, march_place) -> None:
    door.set_up(march_place)
    lee = door.sign_in()
    visit = door.open(period=MARCH, by="rep")
    assert visit.metric[1].value == "3"
    visits.changed(lambda rows, act: make_rep(rows, act, lee))
    visit.run()
    assert visit.metric[1].value == "1"
    assert "Dee" not in visits.texts(visit)
    assert list(visit.dataframe[0].value["label"]) == ["Bo"]
    visits.changed(lambda rows, act: make_viewer(rows, act, lee))
    visit.run()
    assert visit.metric[1].value == "3"
    assert visit.main.header[-1].value == "By channel"


def test_an_admin_no_more_has_no_admin_page_at_the_next_run(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in("ada", "admin")
    lee = door.sign_in("lee", "admin")
    visit = door.open("admin")
    assert visit.title[0].value == "Admin"
    visits.changed(lambda rows, act: make_viewer(rows, act, lee))
    visit.run()
    assert visit.title[0].value != "Admin"
    assert not visit.tabs
    assert "ada" not in visits.texts(visit)


def part_of_a_page(name: str, change: str, person_id: str) -> None:
    """A run of app.py draws the page; then the records change; then a part of it runs alone."""
    import streamlit as st

    from components import account, auth, data, explain, filter_bar, heading
    from queries import definitions, overview
    from tests import visits
    from tests.components import test_auth_open_page as changes

    if auth.start_run() is None:
        st.text("signed out")
        st.stop()
    data.start_run()
    user = auth.require_user()
    filter_bar.read(user, "")
    view = filter_bar.current()
    tile = data.load(overview.tiles, view, user=user).set_index("metric").loc["leads"]
    parts = {
        "answer": (explain._answer, (definitions.METRICS["leads"], tile, user, view, None)),
        "watch": (heading._watch, (data.refresh_status(),)),
        "password": (account._change_password, (user,)),
    }
    if "changed" not in st.session_state:
        st.session_state["changed"] = True
        visits.changed(lambda rows, act: getattr(changes, change)(rows, act, person_id))
        draw, given = parts[name]
        draw(*given)
        st.text("drawn for whoever it was")
    else:
        st.text(f"drawn anew for the {user.role}")


@pytest.mark.parametrize(
    ("change", "expected"),
    [(end.__name__, "signed out") for end in ENDS]
    + [("make_rep", "drawn anew for the rep"), ("make_viewer", "drawn anew for the viewer")],
)
@pytest.mark.parametrize("part", ["answer", "watch", "password"])
def test_a_part_of_a_page_that_runs_alone_notices_it_too(
    door, march_place, part: str, change: str, expected: str
) -> None:
    door.set_up(march_place)
    lee = door.sign_in()
    visit = visits.of_function(part_of_a_page, args=(part, change, lee))
    visit.query_params["period"] = MARCH
    visit.run()
    assert not visit.exception
    assert [text.value for text in visit.text] == [expected]
    assert not visit.dataframe
    assert not visit.tabs


@pytest.mark.parametrize("change", [*ENDS, make_rep, make_viewer])
def test_a_download_that_was_offered_before_gives_nothing_any_more(
    door, march_place, change: Callable
) -> None:
    def page() -> None:
        import streamlit as st

        from components import auth

        auth.start_run()
        st.session_state["made"] = auth.only_while_here(lambda: b"rows", "rows", "all")

    door.set_up(march_place)
    lee = door.sign_in()
    make = visits.of_function(page).run().session_state["made"]
    assert make() == b"rows"
    visits.changed(lambda rows, act: change(rows, act, lee))
    with pytest.raises(PermissionError):
        make()


def page_with_a_field() -> None:
    import streamlit as st

    from components import auth

    seat = auth.start_run()
    if seat is None:
        st.text("signed out")
        st.stop()
    st.text(seat.name)
    st.text_area("Comment", key=f"{auth.TYPED}comment")
    st.text_input("Other", key="other")
    st.session_state.setdefault("kept", seat.name)


def run_out_and_return(door, name: str) -> AppTest:
    """Lee types, the session runs out, and a person of this name signs in at the same page."""
    door.sign_in()
    visit = visits.of_function(page_with_a_field).run()
    visit.text_area[0].input("a long story").run()
    visit.text_input[0].input("b").run()
    ends = sa.update(records_schema.sessions)
    visits.changed(lambda rows, act: rows.execute(ends.values(ended_at=act.at)))
    visit.run()
    assert [text.value for text in visit.text] == ["signed out"]
    # The form of the sign-in is tried more than once.
    visit.run()
    door.sign_in(name)
    return visit.run()


def test_who_comes_back_finds_what_they_had_typed(door, march_place) -> None:
    door.set_up(march_place)
    visit = run_out_and_return(door, "lee")
    assert [text.value for text in visit.text] == ["lee"]
    assert visit.text_area[0].value == "a long story"
    assert visit.session_state["kept"] == "lee"
    assert visit.run().text_area[0].value == "a long story"


def test_somebody_else_finds_nothing_of_the_one_before(door, march_place) -> None:
    door.set_up(march_place)
    visit = run_out_and_return(door, "mia")
    assert [text.value for text in visit.text] == ["mia"]
    assert visit.text_area[0].value == ""
    assert visit.text_input[0].value == ""
    assert visit.session_state["kept"] == "mia"


def test_a_person_who_follows_in_the_same_page_sees_their_own(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in()
    visit = door.open(period=MARCH, rep="dee", explain="leads", by="rep")
    assert "Dee" in visits.texts(visit)
    visit.button(key="account.out").click().run()
    visits.assert_door(visit)
    door.sign_in("bo", "rep", "bo")
    visit.run()
    assert visit.metric[1].value == "1"
    assert "Dee" not in visits.texts(visit)
    assert [table.value.astype(str).to_csv().count("Dee") for table in visit.dataframe] == [0, 0]
    visit.switch_page("pages/data_health.py").run().switch_page("pages/overview.py").run()
    assert visit.multiselect(key="filter_bar.rep").options == ["Bo"]
