"""Promises by rep, team, ...: the same words for the same numbers."""

from __future__ import annotations

from tests import visits


def drawn(*, with_parts: bool):
    def page(with_parts: bool) -> None:
        from components import sla_board
        from queries.sla import answers, breakdown, tallies
        from tests.components import test_sla_cards as given

        found = (
            given.made("decision", 71, 100, "missed"),
            given.made("coverage", 0, 0, "no_data"),
            given.made("volume", 100, 100, "of_others"),
        )
        bo = (tallies.Tally(30, 24), tallies.Tally(), tallies.Tally(7, 7, 7.0))
        cy = (tallies.Tally(4, 1), tallies.Tally(), tallies.Tally())
        dee = (tallies.Tally(), tallies.Tally(), tallies.Tally())
        rows = zip(("Bo", "Cy", "Dee"), (bo, cy, dee), strict=True)
        parts = tuple(breakdown.Part(name, name, own) for name, own in rows)
        names = {"rep": {}}
        shown = answers.Answers(found, {}, "month", parts if with_parts else (), names, True, True)
        sla_board.render(shown, "rep")

    visit = visits.of_function(page, args=(with_parts,)).run()
    assert not visit.exception
    return visit


def test_each_cell_says_its_share_how_sure_it_is_and_of_how_many() -> None:
    sales, marketing = (table.value for table in drawn(with_parts=True).dataframe)
    assert list(sales["Rep"]) == ["Bo", "Cy", "Dee"]
    assert list(sales["Decision"]) == ["80 % (63 % to 90 %), n = 30", "1 of 4", "n/a"]
    assert list(sales["Coverage"]) == ["no data"] * 3
    assert list(marketing["Volume"]) == ["7", "0", "0"]


def test_where_nothing_was_due_that_is_said() -> None:
    visit = drawn(with_parts=False)
    assert not visit.dataframe
    assert visit.info[0].value == "Nothing was due in this period with these filters."
