"""Daily spend of the campaigns and daily web traffic of the channels."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from queries.demo import channels, tables
from queries.demo.campaigns import DAILY_SPEND, Catalogue
from queries.demo.channels import LABELS
from queries.demo.plan import Plan

VISITORS_PER_SESSION = 0.81
FORMS_PER_LEAD = 1.06


def spend_table(plan: Plan, catalogue: Catalogue) -> pa.Table:
    """The relation `campaign_spend`: by day where ads are bought, else by monthly invoice."""
    cents = _invoiced(plan, catalogue)
    day, campaign = np.nonzero(cents)
    is_fair = catalogue.channel[campaign] == channels.TRADE_FAIR
    return tables.table(
        "campaign_spend",
        campaign_id=tables.pick(catalogue.ids, campaign),
        spend_date=tables.days(plan.first_day + day),
        source=tables.same("spend", len(day)),
        amount=tables.money(cents[day, campaign]),
        currency_code=tables.same("EUR", len(day)),
        is_estimated=is_fair,
    )


def traffic_table(plan: Plan, catalogue: Catalogue) -> pa.Table:
    """The relation `web_traffic`: one row per day and channel without a campaign, and one per
    day of each dated campaign; together they are all sessions, none counted twice."""
    is_event = np.array([campaign.is_event for campaign in catalogue.campaigns])
    day, campaign = np.nonzero(catalogue.expected * is_event)
    rest = np.stack(
        [
            catalogue.expected[:, ~is_event & (catalogue.channel == channel)].sum(axis=1)
            for channel in range(len(LABELS))
        ],
        axis=1,
    )
    rest_day, rest_channel = (axis.ravel() for axis in np.indices(rest.shape))
    return _traffic(
        plan,
        catalogue,
        np.concatenate([rest_day, day]),
        np.concatenate([rest_channel, catalogue.channel[campaign]]),
        (
            np.concatenate([np.full(rest.size, tables.NO_ONE), campaign]),
            np.concatenate([rest.ravel(), catalogue.expected[day, campaign]]),
        ),
    )


def _traffic(
    plan: Plan,
    catalogue: Catalogue,
    day: np.ndarray,
    channel: np.ndarray,
    drawn: tuple[np.ndarray, np.ndarray],
) -> pa.Table:
    campaign, leads = drawn
    rng = plan.random(4)
    sessions = rng.poisson(leads * channels.each("sessions")[channel])
    order = np.lexsort((campaign, channel, day))
    return tables.table(
        "web_traffic",
        traffic_date=tables.days(plan.first_day + day[order]),
        channel=tables.pick(LABELS, channel[order]),
        campaign_id=tables.pick(catalogue.ids, campaign[order]),
        sessions=sessions[order].astype(np.int64),
        visitors=rng.binomial(sessions, VISITORS_PER_SESSION)[order].astype(np.int64),
        form_submissions=rng.poisson(leads * FORMS_PER_LEAD)[order].astype(np.int64),
    )


def _invoiced(plan: Plan, catalogue: Catalogue) -> np.ndarray:
    """Cents per day and campaign, those without daily bills on the first active day of a month."""
    days = np.arange(plan.first_day, plan.last_day + 1).astype("datetime64[D]")
    month = days.astype("datetime64[M]").astype(int)
    month -= month[0]
    daily = np.isin(np.array(LABELS)[catalogue.channel], DAILY_SPEND)
    invoiced = np.where(daily, catalogue.cents, 0)
    for campaign in np.flatnonzero(~daily):
        active = np.flatnonzero(catalogue.cents[:, campaign])
        billed_months, first = np.unique(month[active], return_index=True)
        totals = np.bincount(month[active], weights=catalogue.cents[active, campaign])
        invoiced[active[first], campaign] = totals[billed_months].astype(np.int64)
    return invoiced
