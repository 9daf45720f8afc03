"""The campaigns: what ran when, how many leads each was to bring, and what it cost."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from queries.demo import chance, channels, rhythm, staff, tables
from queries.demo.channels import LABELS
from queries.demo.plan import Plan, date_of

# Name, channel, from and to as shares of the demo's span (below 0 and above 1: outside it).
ALWAYS_ON = (
    ("Webinar programme", "Webinar", -0.5, 1.2),
    ("Trade fair programme", "Trade fair", -0.5, 1.2),
    ("Blog and guides", "Organic search", -0.9, 1.3),
    ("Buyer's handbook", "Organic search", 0.2, 1.1),
    ("Branded search", "Paid search", -0.4, 1.2),
    ("Search: comparison terms", "Paid search", 0.1, 0.7),
    ("Search: problem terms", "Paid search", 0.45, 1.1),
    ("LinkedIn: operations leaders", "Paid social", -0.2, 1.1),
    ("LinkedIn: finance leaders", "Paid social", 0.3, 0.8),
    ("Retargeting", "Paid social", 0.15, 1.2),
    ("Nurture series", "Email", -0.3, 1.2),
    ("Customer referral programme", "Referral", -0.6, 1.4),
    ("Partner network", "Partner", -0.4, 1.4),
    ("Contact form and chat", "Direct", -0.9, 1.4),
)
WEBINAR_TOPICS = (
    "Forecasting in an hour",
    "Handover without friction",
    "What buyers read first",
    "Pipeline reviews that work",
    "Pricing in uncertain times",
    "From spreadsheet to system",
    "Data quality for sales teams",
    "Winning back quiet leads",
    "Answering in five minutes",
    "Planning the next quarter",
    "Onboarding new sellers",
    "Lessons from 100 lost deals",
)
FAIRS = {4: "Trade fair Hannover", 9: "Trade fair Cologne", 11: "Trade fair Munich"}
SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
PROGRAMME_OF = {"Webinar": 0, "Trade fair": 1}
# Weight against the always-on campaigns of its channel, and days it draws leads.
PULL = {"Webinar": (3.0, 28), "Trade fair": (30.0, 21), "Email": (1.5, 30)}
DAILY_SPEND = ("Paid search", "Paid social")


@dataclass(frozen=True)
class Campaign:
    """One campaign; days are day numbers, `parent` an index or -1."""

    name: str
    channel: int
    start: int
    end: int
    parent: int
    is_event: bool


@dataclass(frozen=True)
class Catalogue:
    """All campaigns and, per day, who draws leads.

    `expected`: leads per day and campaign. `cents`: spend per day and campaign.
    `day_curve`, `channel_curves`, `campaign_curves`, `any_curves`: cumulative shares of days;
    of channels per day; of campaigns per channel and day; of campaigns per day.
    """

    campaigns: list[Campaign]
    expected: np.ndarray
    cents: np.ndarray
    day_curve: np.ndarray
    channel_curves: np.ndarray
    campaign_curves: np.ndarray
    any_curves: np.ndarray

    @property
    def channel(self) -> np.ndarray:
        """The channel of each campaign."""
        return np.array([campaign.channel for campaign in self.campaigns])

    @property
    def owner(self) -> np.ndarray:
        """The marketer who owns each campaign."""
        return staff.FIRST_MARKETER + np.arange(len(self.campaigns)) * 3 % staff.MARKETERS

    @property
    def ids(self) -> pa.Array:
        """Ids of the campaigns, by index."""
        return tables.ids("C", 1001 + np.arange(len(self.campaigns)))


def make(plan: Plan) -> Catalogue:
    """The campaigns of the demo's span and what is expected of each on each day."""
    campaigns = _always_on(plan) + _events(plan)
    pull = _pull(plan, campaigns)
    owner = np.array([campaign.channel for campaign in campaigns])
    is_of = owner[None, :] == np.arange(len(LABELS))[:, None]
    per_channel = pull[None, :, :] * is_of[:, None, :]
    day_share = rhythm.day_weights(plan)
    day_share = day_share / day_share.sum()
    channel_share = _channel_shares(per_channel)
    share_in_channel = per_channel / per_channel.sum(axis=2, keepdims=True)
    per_day = plan.leads * day_share[:, None] * channel_share
    expected = np.einsum("dc,cdk->dk", per_day, share_in_channel)
    noise = np.exp(0.15 * plan.random(2).standard_normal(expected.shape))
    return Catalogue(
        campaigns=campaigns,
        expected=expected,
        cents=np.rint(expected * channels.each("cost")[owner] * 100 * noise).astype(np.int64),
        day_curve=np.append(np.cumsum(day_share)[:-1], 1.0),
        channel_curves=chance.curves(channel_share),
        campaign_curves=chance.curves(per_channel),
        any_curves=chance.curves(expected + 1e-9),
    )


def campaigns_table(plan: Plan, catalogue: Catalogue) -> pa.Table:
    """The relation `campaigns`."""
    campaigns = catalogue.campaigns
    start = np.array([campaign.start for campaign in campaigns])
    end = np.array([campaign.end for campaign in campaigns])
    spent = catalogue.cents.sum(axis=0)
    headroom = plan.random(3).uniform(0.92, 1.25, len(campaigns))
    return tables.table(
        "campaigns",
        campaign_id=catalogue.ids,
        campaign_name=pa.array([campaign.name for campaign in campaigns]),
        channel=tables.pick(LABELS, catalogue.channel),
        parent_campaign_id=tables.pick(
            catalogue.ids, np.array([campaign.parent for campaign in campaigns])
        ),
        owner_rep_id=tables.ids("R", 101 + catalogue.owner),
        start_date=tables.days(start),
        end_date=tables.days(end),
        status=tables.pick(("In progress", "Completed"), (end < plan.last_day).astype(int)),
        # Budgets are agreed in round hundreds of euros.
        budget=tables.money(np.ceil(spent * headroom / 10_000).astype(np.int64) * 10_000),
        currency_code=tables.same("EUR", len(campaigns)),
    )


def _always_on(plan: Plan) -> list[Campaign]:
    return [
        Campaign(
            name,
            LABELS.index(channel),
            plan.first_day + round(begins * plan.days),
            plan.first_day + round(ends * plan.days),
            tables.NO_ONE,
            False,
        )
        for name, channel, begins, ends in ALWAYS_ON
    ]


def _events(plan: Plan) -> list[Campaign]:
    first = date_of(plan.first_day)
    campaigns = []
    for step in range(plan.months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
        campaigns += _events_of(year, month + 1)
    return [event for event in campaigns if plan.first_day <= event.start <= plan.last_day]


def _events_of(year: int, month: int) -> list[Campaign]:
    found = []
    if month % 2 == 0:
        topic = WEBINAR_TOPICS[(year * 6 + month // 2) % len(WEBINAR_TOPICS)]
        found.append(_event(f"Webinar: {topic}", "Webinar", datetime.date(year, month, 4)))
    if month in FAIRS:
        name = f"{FAIRS[month]} {year}"
        found.append(_event(name, "Trade fair", datetime.date(year, month, 14)))
    if month in SEASONS:
        name = f"Newsletter {SEASONS[month]} {year}"
        found.append(_event(name, "Email", datetime.date(year, month, 8)))
    return found


def _event(name: str, channel: str, starts: datetime.date) -> Campaign:
    start = (starts - datetime.date(1970, 1, 1)).days
    parent = PROGRAMME_OF.get(channel, tables.NO_ONE)
    return Campaign(name, LABELS.index(channel), start, start + PULL[channel][1], parent, True)


def _pull(plan: Plan, campaigns: list[Campaign]) -> np.ndarray:
    """How strongly each campaign draws leads of its channel, per day and campaign."""
    days = np.arange(plan.first_day, plan.last_day + 1)[:, None]
    start = np.array([campaign.start for campaign in campaigns])
    end = np.array([campaign.end for campaign in campaigns])
    strength = np.array(
        [PULL[LABELS[event.channel]][0] if event.is_event else 1.0 for event in campaigns]
    )
    return strength * ((days >= start) & (days <= end))


def _channel_shares(per_channel: np.ndarray) -> np.ndarray:
    """Share of each channel per day; webinars and fairs draw while one of them is on."""
    boost = np.ones(per_channel.shape[:2])
    busy = per_channel.sum(axis=2) > 1
    boost[channels.WEBINAR] = np.where(busy[channels.WEBINAR], 1.5, 0.6)
    boost[channels.TRADE_FAIR] = np.where(busy[channels.TRADE_FAIR], 4.0, 0.3)
    shares = channels.each("share") * boost.T
    return shares / shares.sum(axis=1, keepdims=True)
