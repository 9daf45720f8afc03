"""Are we on plan? For both teams in one room: seven numbers, the funnel twice, the weeks, by whom.

From each number a reader gets to its definition, its SQL and its rows.
"""

from __future__ import annotations

from components import (
    auth,
    book,
    breakdown_section,
    data,
    explain,
    filter_bar,
    funnel_section,
    kpi_section,
    present,
    trend_panels,
)
from queries import definitions, funnel, overview_answers, target_pacing

user = auth.require_user()
filters = filter_bar.current()
is_present = present.is_on()

by = breakdown_section.chosen(user.scope)
shown = data.load(overview_answers.load, filters, user=user, by=by)
currency = data.snapshot().currency
marks = book.definition_marks(definitions.TRENDS, filters.start, filters.end)
paces = target_pacing.of(shown.tiles, filters, user.scope, book.agreed_targets())

asked = kpi_section.render(shown.tiles, filters, user.scope, is_present=is_present, paces=paces)
if asked:
    explain.ask(asked)
funnel_section.render(
    shown.in_period,
    shown.of_cohort,
    filters,
    mature_after=data.load_plain(funnel.maturity_days),
    is_present=is_present,
)
trend_panels.render(shown.trend, currency=currency, marks=marks, present=is_present)
breakdown_section.choose(by, user.scope, is_present=is_present)
breakdown_section.render(
    shown.breakdown,
    by,
    has_data=shown.has_data,
    currency=currency,
    is_present=is_present,
)

explain.render(shown.tiles, user, filters, paces)
