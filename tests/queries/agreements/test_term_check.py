"""What is wrong with a term is said by its field, with what to do."""

from __future__ import annotations

import pytest

from queries.agreements import term_check
from queries.agreements.kinds import KINDS
from tests.agreement_terms import DAYS, HOURS, make_term


def found(kind: str = "first_attempt", **said) -> list[tuple[str, str]]:
    return [(each.field, each.sentence) for each in term_check.problems(make_term(kind, **said))]


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_least_that_a_kind_needs_is_enough(kind: str) -> None:
    assert found(kind) == []


@pytest.mark.parametrize(
    ("kind", "said", "field", "sentence"),
    [
        ("coverage", {"direction": "marketing_to_sales"}, "direction", "Sales promises this: put"),
        ("volume", {"direction": "sales_to_marketing"}, "direction", "Marketing promises this: "),
        ("decision", {"target": ("1", "ratio")}, "unit", "told in minutes or business hours or"),
        ("decision", {"target": ("0", HOURS)}, "target", "above 0, up to 1,000 business hours"),
        ("decision", {"target": ("-1", HOURS)}, "target", "a number above 0"),
        ("decision", {"target": ("1000.0001", HOURS)}, "target", "a number above 0"),
        ("decision", {"target": ("0.00001", HOURS)}, "target", "to 4 decimals"),
        ("decision", {"target": ("NaN", HOURS)}, "target", "a number above 0"),
        ("decision", {"target": ("Infinity", HOURS)}, "target", "a number above 0"),
        ("decision", {"target": ("367", DAYS)}, "target", "up to 366 business days"),
        ("decision", {"target": ("10001", "minutes")}, "target", "up to 10,000 minutes"),
        ("coverage", {"target": ("1.0001", "ratio")}, "target", "up to 100 %"),
        ("volume", {"target": ("1.5", "count")}, "target", "hand-offs are counted whole"),
        ("decision", {"share": None}, "share", "in how many of the cases"),
        ("decision", {"share": "0"}, "share", "more than 0 %, up to 100 %"),
        ("decision", {"share": "1.0001"}, "share", "more than 0 %, up to 100 %"),
        ("coverage", {"share": "0.9"}, "share", "“Coverage” does not have it; leave it empty"),
        ("volume", {"per": None}, "per", "choose a week, a month or a quarter"),
        ("volume", {"per": "day"}, "per", "choose a week, a month or a quarter"),
        ("decision", {"per": "week"}, "per", "“Decision” does not have it"),
        ("attempts", {"attempts": None}, "attempts", "say how many, 1 to 100"),
        ("attempts", {"attempts": 0, "channels": 1}, "attempts", "say how many, 1 to 100"),
        ("attempts", {"attempts": 101}, "attempts", "say how many, 1 to 100"),
        ("decision", {"attempts": 2}, "attempts", "“Decision” does not have it"),
        ("attempts", {"channels": None}, "channels", "say over how many"),
        ("attempts", {"channels": 0}, "channels", "say over how many"),
        ("attempts", {"channels": 7}, "channels", "not more than attempts"),
        ("attempts", {"attempts": 20, "channels": 11}, "channels", "1 to 10"),
        ("decision", {"channels": 2}, "channels", "“Decision” does not have it"),
        ("completeness", {"about": ()}, "about", "choose at least one"),
        ("completeness", {"about": ("shoe_size",)}, "about", "among e-mail, phone, company, job"),
        ("reason_coverage", {"about": ("pending",)}, "about", "accepted, rejected, recycled and"),
        ("completeness", {"about": ("email", "email")}, "about", "something is there twice"),
        ("decision", {"about": ("email",)}, "about", "“Decision” does not have it"),
        ("value_points", {"points": {}}, "points", "give points to at least one kind"),
        ("value_points", {"points": {"": "0"}}, "points", "give points to at least one kind"),
        ("value_points", {"points": {"": "-1"}}, "points", "each is 0 or more"),
        ("value_points", {"points": {"": "1000000001"}}, "points", "up to 1,000,000,000"),
        ("value_points", {"points": {"Web": "1"}}, "points", "a channel and a persona"),
        ("decision", {"points": {"": "1"}}, "points", "“Decision” does not have it"),
        ("decision", {"calendar": "lunar"}, "calendar", "choose that of whoever receives"),
        ("coverage", {"calendar": "always"}, "calendar", "“Coverage” runs no clock"),
        (
            "decision",
            {"calendar": "always", "target": ("2", DAYS)},
            "unit",
            "around the clock there are no business days",
        ),
        ("decision", {"segment": {"rep": ("bo",)}}, "segment", "“rep” is none of team, campaign"),
        ("decision", {"segment": {"team": ()}}, "segment", "choose a team, 1 to 100 of them"),
        ("decision", {"segment": {"team": ("a", "a")}}, "segment", "each once, or leave it out"),
        ("decision", {"segment": {"team": ("",)}}, "segment", "a team has no name"),
        ("decision", {"segment": {"team": ("a\n",)}}, "segment", "a team has no name"),
        ("decision", {"owner": "x" * 101}, "owner", "one line of up to 100 letters"),
        ("decision", {"owner": "Ana\0"}, "owner", "one line of up to 100 letters"),
        ("coverage", {"restarts_on_reassignment": True}, "restarts_on_reassignment", "no clock"),
        ("latency", {"restarts_on_reassignment": True}, "restarts_on_reassignment", "no clock"),
    ],
)
def test_what_is_wrong_is_said(kind, said, field, sentence) -> None:
    ((which, told),) = found(kind, **said)
    assert which == field
    assert sentence in told


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("decision", {"target": ("1000", HOURS)}),
        ("decision", {"target": ("0.0001", HOURS), "share": "0.0001"}),
        ("decision", {"target": ("366", DAYS), "share": "1"}),
        ("decision", {"target": ("10000", "minutes"), "calendar": "always"}),
        ("coverage", {"target": ("1", "ratio")}),
        ("volume", {"target": ("1000000", "count"), "per": "quarter"}),
        ("attempts", {"attempts": 100, "channels": 10}),
        ("attempts", {"attempts": 1, "channels": 1}),
        ("value_points", {"points": {"Web|CFO": "0", "|": "1.5", "": "1000000000"}}),
        ("decision", {"segment": {"team": tuple(map(str, range(100)))}, "owner": "x" * 100}),
        ("decision", {"restarts_on_reassignment": True, "calendar": "company"}),
    ],
)
def test_what_is_within_the_limits_is_right(kind, said) -> None:
    assert found(kind, **said) == []


def test_a_segment_has_no_more_than_a_hundred_values() -> None:
    ((field, _),) = found(segment={"team": tuple(map(str, range(101)))})
    assert field == "segment"


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert [field for field, _ in found(target=("0", HOURS), share=None)] == ["target", "share"]


def test_a_promise_that_nobody_knows_is_refused() -> None:
    term = make_term()
    (problem,) = term_check.problems(type(term)(**(vars(term) | {"kind": "love"})))
    assert (problem.field, problem.sentence) == (
        *("kind", "Kind: there is no promise “love”; choose one."),
    )
