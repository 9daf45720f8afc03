"""Which campaigns touched each lead, from the first visit on."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from queries.demo import chance, history, rhythm, tables
from queries.demo.crowd import Crowd
from queries.demo.plan import DAY
from queries.demo.world import World

# Share of leads with one, two, three and four touches planned; late ones may not happen in time.
HOW_MANY = (0.48, 0.30, 0.14, 0.08)
AT_ONCE = 0.62
FIRST_STATUS = ("Responded", "Visited")
LATER_STATUS = ("Sent", "Opened", "Clicked", "Registered", "Attended")
LATER_WEIGHTS = (0.32, 0.22, 0.2, 0.14, 0.12)
FIRST_RESPONSE = 2


def table(rng: np.random.Generator, world: World, crowd: Crowd) -> pa.Table:
    """The relation `campaign_touches`: the first no later than the lead itself."""
    planned = 1 + chance.one_of(rng, len(crowd), HOW_MANY)
    lead = np.repeat(np.arange(len(crowd)), planned)
    place = np.arange(len(lead)) - np.repeat(np.cumsum(planned) - planned, planned)
    is_first = place == 0
    at = np.where(is_first, _first(rng, world, crowd)[lead], _later(rng, crowd, lead))
    kept = at <= world.plan.horizon
    lead, at, is_first = lead[kept], at[kept], is_first[kept]
    order = np.lexsort((at, lead))
    lead, at, is_first = lead[order], at[order], is_first[order]
    day = world.plan.day_index(at)
    campaign = chance.by_row(rng, world.catalogue.any_curves[day])
    status = len(FIRST_STATUS) + chance.one_of(rng, len(lead), LATER_WEIGHTS)
    first_status = chance.some(rng, len(lead), 0.25).astype(int)
    return tables.table(
        "campaign_touches",
        touch_id=tables.ids("U", history.numbered(crowd, lead)),
        lead_id=tables.ids("L", crowd.number[lead]),
        campaign_id=tables.pick(
            world.catalogue.ids, np.where(is_first, crowd.campaign[lead], campaign)
        ),
        touched_at=tables.instants(at),
        touch_status=tables.pick(
            FIRST_STATUS + LATER_STATUS, np.where(is_first, first_status, status)
        ),
        is_response=np.where(
            is_first, first_status == 0, status >= len(FIRST_STATUS) + FIRST_RESPONSE
        ),
    )


def _first(rng: np.random.Generator, world: World, crowd: Crowd) -> np.ndarray:
    """With the lead's form itself, or some days before it."""
    count = len(crowd)
    waits = np.minimum(rhythm.lognormal(rng, count, 3.0 * DAY, 1.0), 40 * DAY)
    earlier = np.maximum(crowd.created_at - waits.astype(np.int64), world.plan.starts_at)
    # A campaign that began yesterday cannot have touched anyone last week.
    starts = np.array([campaign.start for campaign in world.catalogue.campaigns])
    earlier = np.maximum(earlier, starts[crowd.campaign] * DAY)
    at_once = chance.some(rng, count, AT_ONCE)
    return np.where(at_once, crowd.created_at, np.minimum(earlier, crowd.created_at))


def _later(rng: np.random.Generator, crowd: Crowd, lead: np.ndarray) -> np.ndarray:
    waits = np.clip(rhythm.lognormal(rng, len(lead), 16.0 * DAY, 1.1), DAY / 4, 200 * DAY)
    return crowd.created_at[lead] + waits.astype(np.int64)
