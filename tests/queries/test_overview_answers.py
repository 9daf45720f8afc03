"""One question for the whole page gives what each question alone gives."""

from __future__ import annotations

import pandas as pd
import pytest

from queries import breakdown, funnel, overview, overview_answers
from queries.people import EVERYTHING, Scope
from tests.company import view


@pytest.mark.parametrize("by", breakdown.DIMENSIONS)
@pytest.mark.parametrize("scope", [EVERYTHING, Scope("teams", ("north",))])
def test_the_page_shows_what_each_question_alone_answers(connection, by: str, scope) -> None:
    seen = view(channel=("web", "(none)"))
    page = overview_answers.load(connection, seen, scope=scope, by=by)
    alone = {
        "tiles": overview.tiles(connection, seen, scope=scope),
        "in_period": funnel.in_period(connection, seen, scope=scope),
        "of_cohort": funnel.of_cohort(connection, seen, scope=scope),
        "trend": overview.trend(connection, seen, scope=scope),
        "breakdown": breakdown.by(connection, seen, scope=scope, by=by),
    }
    assert list(vars(page)) == list(alone)
    for name, frame in alone.items():
        pd.testing.assert_frame_equal(getattr(page, name), frame)
    assert page.tiles["value"].sum() > 0


def test_a_copy_is_changed_without_the_answer(connection) -> None:
    page = overview_answers.load(connection, view(), scope=EVERYTHING, by="rep")
    copied = page.copy(deep=False)
    copied.tiles["value"] = 0
    assert page.tiles["value"].sum() > 0
