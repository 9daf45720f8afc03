"""The twelve relations: five of the company as a whole, seven made chunk by chunk of leads."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from queries.demo import (
    activities,
    audience,
    campaigns,
    contacts,
    crowd,
    handoffs,
    history,
    opportunities,
    staff,
    touches,
)
from queries.demo.plan import NEVER
from queries.demo.world import World

# Leads made at a time: bounds memory. Another size draws other numbers, so it is part of
# what folder.GENERATION stands for. Even, as duplicates are merged into the row before.
CHUNK = 40_000


def of_company(world: World) -> dict[str, pa.Table]:
    """The relations whose size does not depend on the leads."""
    return {
        "teams": staff.teams_table(),
        "reps": staff.reps_table(world.staff),
        "campaigns": campaigns.campaigns_table(world.plan, world.catalogue),
        "campaign_spend": audience.spend_table(world.plan, world.catalogue),
        "web_traffic": audience.traffic_table(world.plan, world.catalogue),
    }


def of_leads(world: World, start: int) -> dict[str, pa.Table]:
    """The relations of the chunk of leads that begins at position `start`."""
    rng = world.plan.random(5, start)
    leads = crowd.gather(rng, world, start, min(start + CHUNK, world.plan.leads))
    story = handoffs.of(rng, world, leads)
    events = history.stage_events(rng, world, leads, story)
    owner, owner_events = history.owners(world, leads, story)
    deals = opportunities.struck(rng, world, leads, story)
    standing, deal_events = opportunities.stage_events(rng, world, story, deals)
    converted_at = np.full(len(leads), NEVER)
    converts = story.opportunity_at < NEVER
    converted_at[story.lead[converts]] = story.opportunity_at[converts]
    present = (owner, history.last_stage(leads, events), converted_at)
    return {
        "leads": contacts.leads_table(rng, world, leads, present),
        "campaign_touches": touches.table(rng, world, leads),
        "lead_stage_events": history.stage_table(world, leads, events),
        "lead_owner_events": owner_events,
        "activities": activities.table(rng, world, leads, story),
        "opportunities": opportunities.table(rng, world, (leads, story, deals), standing),
        "opportunity_stage_events": deal_events,
    }
