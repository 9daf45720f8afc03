"""What a section says when it has nothing to show."""

from __future__ import annotations

from tests import visits


def test_the_sentence_stands_alone() -> None:
    def page() -> None:
        from components import empty_state

        empty_state.render("Every stage name is known.")

    shown = visits.of_function(page).run()
    assert [info.value for info in shown.info] == ["Every stage name is known."]
    assert len(shown.main) == 1
