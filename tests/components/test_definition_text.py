"""The words of a definition on a day, and the exact rule below the company's own."""

from __future__ import annotations

from datetime import date

from queries import definition_versions, definitions
from tests import visits

TODAY, JULY = date(2026, 6, 1), date(2026, 7, 1)


def agree(text: str = "Whoever [wrote](x).", begins: date = JULY) -> None:
    wanted = definition_versions.Wanted("leads", "Leads", text, begins)
    visits.changed(lambda rows, act: definition_versions.agree(rows, act, wanted, TODAY))


def page(on: str) -> None:
    from datetime import date

    from components import data, definition_text

    data.start_run()
    definition_text.render("leads", date.fromisoformat(on))


def test_until_something_else_is_agreed_it_is_the_text_that_ships(door, march_place) -> None:
    door.set_up(march_place)
    agree()
    visit = visits.of_function(page, args=("2026-06-30",)).run()
    assert [one.value for one in visit.markdown] == [definitions.text_of("leads")]
    assert [one.value for one in visit.caption] == ["Version 1, as it ships."]


def test_from_its_day_on_it_is_the_companys_own_above_the_exact_rule(door, march_place) -> None:
    door.set_up(march_place)
    agree()
    visit = visits.of_function(page, args=("2026-07-01",)).run()
    assert not visit.exception
    assert [one.value for one in visit.text] == ["Whoever [wrote](x)."]
    assert [one.value for one in visit.markdown] == [
        "**The exact rule**",
        definitions.text_of("leads"),
    ]
    (caption,) = [one.value.replace("\\", "") for one in visit.caption]
    assert caption.startswith("Version 2, from 1 Jul 2026 on, agreed by operator on ")
