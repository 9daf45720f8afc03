"""Are we on plan? For both teams in one room: seven numbers, the funnel twice, the weeks, by whom.

From each number a reader gets to its definition, its SQL and its rows.
"""

from __future__ import annotations

from components import (
    auth,
    breakdown_section,
    data,
    explain,
    filter_bar,
    funnel_section,
    kpi_section,
    present,
    trend_panels,
)
from queries import breakdown, funnel, overview

user = auth.require_user()
filters = filter_bar.current()
is_present = present.is_on()

tiles = data.load(overview.tiles, filters, user=user)
asked = kpi_section.render(tiles, filters, is_present=is_present)
if asked:
    explain.ask(asked)

in_period = data.load(funnel.in_period, filters, user=user)
of_cohort = data.load(funnel.of_cohort, filters, user=user)
funnel_section.render(
    in_period,
    of_cohort,
    filters,
    mature_after=data.load_plain(funnel.maturity_days),
    is_present=is_present,
)

weeks = data.load(overview.trend, filters, user=user)
trend_panels.render(weeks, currency=data.snapshot().currency, present=is_present)

by = breakdown_section.choose(is_present=is_present)
rows = data.load(breakdown.by, filters, user=user, by=by)
breakdown_section.render(rows, by, currency=data.snapshot().currency, is_present=is_present)

explain.render(user, filters)
