"""Who is at the screen, and that no page shows anything without app.py."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests import visits

PAGES = sorted(page.name for page in (visits.ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_runs_alone_shows_nothing(door, march_place, page: str) -> None:
    door.set_up(march_place)
    alone = AppTest.from_file(str(visits.ROOT / "pages" / page), default_timeout=visits.SECONDS)
    alone.run()
    assert len(alone.main) == 0
    assert len(alone.sidebar) == 0
    assert not alone.exception


def test_whoever_reads_on_this_machine_sees_everything() -> None:
    def page() -> None:
        import streamlit as st

        from components import auth

        auth.start_run()
        user = auth.require_user()
        st.text(f"{user.name} {user.role} {user.scope.kind}")

    assert AppTest.from_function(page).run().text[0].value == "local leader everything"


def test_the_guard_is_the_first_thing_that_pages_do() -> None:
    assert len(PAGES) == 2
    for page in PAGES:
        lines = (visits.ROOT / "pages" / page).read_text().splitlines()
        calls = [
            line for line in lines if line and not line.startswith((" ", ")", "from", "import"))
        ]
        first = next(line for line in calls if "=" in line or line.startswith(("st.", "data.")))
        assert first == "user = auth.require_user()"
