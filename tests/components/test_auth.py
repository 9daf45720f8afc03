"""Who is at the screen: no cookie but a good one, from its own browser, opens anything."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from queries import accounts, records_schema, sessions, tokens
from tests import visits

PAGES = sorted(page.stem for page in (visits.ROOT / "pages").glob("*.py"))


def jwt(algorithm: str) -> str:
    """What the cookie of another library would hold."""
    parts = ({"typ": "JWT", "alg": algorithm}, {"username": "lee", "exp_date": 4e9})
    coded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    return ".".join([*coded, ""])


# None of them is a token that was given away.
FORGED = {
    "random": tokens.new(),
    "a token without signature": jwt("none"),
    "a token of another algorithm": jwt("HS512"),
    "4 kB": "A" * 4096,
    "hostile": "%00'\"<script>{{7*7}}../../etc/passwd\r\nX: y",
    "SQL": "' OR '1'='1' --",
    "no ASCII": "päßwörd🤝\ud800",
    "blank": " ",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_runs_alone_shows_nothing(door, march_place, page: str) -> None:
    door.set_up(march_place)
    file = str(visits.ROOT / "pages" / f"{page}.py")
    alone = AppTest.from_file(file, default_timeout=visits.SECONDS)
    alone.run()
    assert len(alone.main) == 0
    assert len(alone.sidebar) == 0
    assert not alone.exception


@pytest.mark.parametrize("page", ["", *PAGES])
def test_whoever_comes_first_to_any_address_sees_the_sign_in(door, march_place, page: str) -> None:
    door.set_up(march_place, company_name="Nord *Wind*")
    visit = door.come(page, explain="leads", rep="bo", by="rep", present="1")
    visits.assert_door(visit)
    assert [header.value for header in visit.header] == ["Nord \\*Wind\\*"]
    visits.assert_door(visit.run())


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("has_browser", [True, False])
def test_a_cookie_that_we_did_not_give_opens_nothing(
    door, march_place, forged: str, has_browser: bool
) -> None:
    door.set_up(march_place)
    door.sign_in()
    door.token = FORGED[forged]
    if not has_browser:
        door.browser = FORGED[forged]
    visit = door.come(explain="leads")
    assert not visit.exception
    assert not visit.metric
    assert not visit.tabs
    assert len(visit.sidebar) == 0


def test_without_a_cookie_of_the_browser_the_page_says_that_signing_in_needs_it(
    door, march_place
) -> None:
    door.set_up(march_place)
    door.sign_in()
    door.browser = ""
    visit = door.come()
    assert visit.error[0].value.startswith("This browser keeps no cookies for this site.")
    assert not visit.text_input
    assert not visit.metric


def test_a_cookie_opens_nothing_in_another_browser(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in()
    assert door.come().metric
    door.browser = tokens.new()
    visits.assert_door(door.come(explain="leads"))


def test_the_id_of_a_session_opens_nothing_in_another_browser(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open()
    assert visit.metric
    # Somebody takes over the connection by the id that Streamlit gives a page.
    door.leave()
    visits.assert_door(visit.run())


@pytest.mark.parametrize(
    ("column", "hours", "is_open"),
    [
        ("seen_at", 7.9, True),
        ("seen_at", 8, False),
        ("started_at", 11.9, True),
        ("started_at", 12, False),
    ],
)
def test_a_session_ends_by_the_clock(
    door, march_place, column: str, hours: float, is_open: bool
) -> None:
    door.set_up(march_place)
    visit = door.open()
    table = records_schema.sessions
    by = timedelta(hours=hours)
    visits.changed(lambda rows, act: rows.execute(sa.update(table).values({column: act.at - by})))
    for seen in (visit.run(), door.come()):
        assert bool(seen.metric) is is_open
        if not is_open:
            visits.assert_door(seen)


def test_being_used_keeps_a_session_open(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open()
    table = records_schema.sessions
    early = timedelta(hours=7)
    visits.changed(lambda rows, act: rows.execute(sa.update(table).values(seen_at=act.at - early)))
    visit.run()
    kept = []
    seen = sa.select(table.c.seen_at)
    visits.changed(lambda rows, act: kept.append(act.at - rows.execute(seen).scalar_one()))
    assert kept[0] < timedelta(minutes=1)


def test_the_cookie_of_somebody_who_was_deactivated_or_signed_out_opens_nothing(
    door, march_place
) -> None:
    door.set_up(march_place)
    lee = door.sign_in()
    visits.changed(lambda rows, act: accounts.set_active(rows, act, lee, is_active=False))
    visits.assert_door(door.come())
    visits.changed(lambda rows, act: accounts.set_active(rows, act, lee, is_active=True))
    visits.assert_door(door.come())
    door.sign_in()
    visits.changed(lambda rows, act: sessions.end_all(rows, lee, act.at))
    visits.assert_door(door.come())


def test_people_of_the_demo_company_are_nobody_elsewhere(door, march_place) -> None:
    door.set_up(march_place)
    lee = door.sign_in()
    table = records_schema.persons
    to_demo = sa.update(table).where(table.c.person_id == lee).values(is_demo=True)
    visits.changed(lambda rows, _: rows.execute(to_demo))
    visits.assert_door(door.come())


def test_the_user_is_the_person_of_the_records(door, march_place) -> None:
    def page() -> None:
        import streamlit as st

        from components import auth, data

        auth.start_run()
        data.start_run()
        user = auth.require_user()
        st.text(f"{user.name} {user.role} {user.scope.kind} {user.scope.ids}")

    door.set_up(march_place)
    for name, role, rep_id, expected in (
        ("lee", "leader", "", "lee leader everything ()"),
        ("ana", "marketer", "ana", "ana marketer everything ()"),
        ("vera", "viewer", "", "vera viewer everything ()"),
        ("bo", "rep", "bo", "bo rep reps ('bo',)"),
        ("cy", "sales_manager", "cy", "cy sales_manager teams ('north',)"),
        ("gone", "rep", "somebody who left", "gone rep reps ('somebody who left',)"),
    ):
        door.sign_in(name, role, rep_id)
        assert visits.of_function(page).run().text[0].value == expected


def test_a_role_that_a_page_is_not_for_sees_no_more_of_it() -> None:
    def page() -> None:
        import streamlit as st

        from components import auth
        from queries import people

        auth.require_role(people.User("x", st.query_params["role"]), "admin", "leader")
        st.text("secret")

    for role, expected in (("admin", 1), ("leader", 1), ("rep", 0), ("viewer", 0), ("", 0)):
        visit = visits.of_function(page)
        visit.query_params["role"] = role
        assert len(visit.run().text) == expected
        assert len(visit.error) == 1 - expected
