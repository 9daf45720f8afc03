"""Points as people type them and as a term keeps them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from queries.agreements import points


def test_lines_are_read_and_written_back() -> None:
    typed = "Web | Buyer = 40\n\n  e-mail|IT lead=2.5 \nOTHERS = 10\nTrade fair | = 7"
    found = points.read(typed)
    assert found == {
        "Web|Buyer": Decimal(40),
        "e-mail|IT lead": Decimal("2.5"),
        "": Decimal(10),
        "Trade fair|": Decimal(7),
    }
    assert points.lines(found) == (
        "Trade fair |  = 7\nWeb | Buyer = 40\ne-mail | IT lead = 2.5\nothers = 10"
    )
    assert points.read(points.lines(found)) == found
    assert (points.read(""), points.lines({})) == ({}, "")


def test_a_name_may_hold_an_equals_sign() -> None:
    assert points.read("a=b | c = 1") == {"a=b|c": Decimal(1)}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Web 40", "Points: “Web 40” is no line like Web | Buyer = 40."),
        ("Web = 40", "Points: “Web = 40” is no line like Web | Buyer = 40."),
        ("a | b | c = 4", "Points: “a | b | c = 4” is no line like Web | Buyer = 40."),
        ("a | b = 4\na|b = 5", "Points: “a|b” is there twice; leave one of the two."),
        ("others = many", "Points: “many” is no number."),
        ("others =", "Points: “” is no number."),
    ],
)
def test_what_cannot_be_read_is_told(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="Points") as told:
        points.read(typed)
    assert str(told.value) == sentence
