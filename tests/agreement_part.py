"""A part of the page of what was agreed, alone on a page, for one person."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests import visits


def opened(part: str, role: str = "leader", **scope: object) -> AppTest:
    """components/<part>.py, drawn for Lee, on the company that is set up. `scope`: of
    people.Scope; everything by default."""
    return visits.of_function(_page, args=(part, role, scope)).run()


def _page(part: str, role: str, scope: dict) -> None:
    import importlib

    from components import data
    from queries import people

    data.start_run()
    seen = people.Scope(**scope) if scope else people.EVERYTHING
    importlib.import_module(f"components.{part}").render(people.User("lee", role, seen))


def press(visit: AppTest, label: str) -> AppTest:
    """Clicks the button of that label."""
    (found,) = [one for one in visit.button if one.label == label]
    return found.click().run()


def said(visit: AppTest) -> list[str]:
    """What the last change was, or why it was refused."""
    return [message.value.replace("\\", "") for message in (*visit.success, *visit.error)]


def rows(visit: AppTest, place: int = 0) -> list[list[str]]:
    """The cells of a table."""
    return visit.dataframe[place].value.to_numpy().tolist()
