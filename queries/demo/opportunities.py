"""The deals: those that grew out of leads, and a few that partners brought without a lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from queries.demo import chance, channels, contacts, history, rhythm, tables
from queries.demo.crowd import Crowd
from queries.demo.handoffs import Handoffs
from queries.demo.plan import COMPANY, DAY, NEVER, Plan
from queries.demo.world import World

STAGES = ("Discovery", "Proposal", "Negotiation", "Closed won", "Closed lost")
DISCOVERY, PROPOSAL, NEGOTIATION, CLOSED_WON, CLOSED_LOST = range(5)
OUTCOMES = ("open", "won", "lost")
OPEN, WON, LOST = range(3)
WITHOUT_LEAD = 0.02
# Deals without a lead are numbered above every lead.
PARTNER_NUMBERS = 80_000_000
PARTNER = channels.LABELS.index("Partner")
EXPANSION = 0.12
EXPANSION_SIZE = 0.6
SMALLEST, LARGEST, ROUNDED_TO = 2_000, 80_000, 50
WITHOUT_CAMPAIGN = 0.1
DATED_EARLIER = 0.08
DELETED = 0.002


@dataclass(frozen=True)
class Deals:
    """Deals by row; `story` is the hand-off that led here, `has_lead` false for partner deals."""

    story: np.ndarray
    has_lead: np.ndarray
    number: np.ndarray
    created_at: np.ndarray
    closed_at: np.ndarray
    is_won: np.ndarray

    def outcome(self, plan: Plan) -> np.ndarray:
        """Open, won or lost by the horizon."""
        closed = self.closed_at <= plan.horizon
        return np.where(closed, np.where(self.is_won, WON, LOST), OPEN)


def struck(rng: np.random.Generator, world: World, crowd: Crowd, story: Handoffs) -> Deals:
    """The deals opened by the horizon."""
    grown = np.flatnonzero(story.opportunity_at <= world.plan.horizon)
    brought = grown[chance.some(rng, len(grown), WITHOUT_LEAD)]
    row = np.concatenate([grown, brought])
    has_lead = np.arange(len(row)) < len(grown)
    opened = story.opportunity_at[row]
    # A partner's deal has the course of a neighbour's, some weeks earlier.
    shift = np.where(has_lead, 0, rng.integers(DAY, 30 * DAY, len(row)))
    created = np.maximum(opened - shift, np.minimum(opened, world.plan.starts_at))
    closed = story.closed_at[row]
    return Deals(
        story=row,
        has_lead=has_lead,
        number=crowd.number[story.lead[row]] + np.where(has_lead, 0, PARTNER_NUMBERS),
        created_at=created,
        closed_at=np.where(closed < NEVER, closed - (opened - created), NEVER),
        is_won=story.is_won[row],
    )


def table(
    rng: np.random.Generator,
    world: World,
    who: tuple[Crowd, Handoffs, Deals],
    stage: np.ndarray,
) -> pa.Table:
    """The relation `opportunities`; `stage` is where each deal stands now."""
    crowd, story, deals = who
    plan, count = world.plan, len(deals.story)
    lead = story.lead[deals.story]
    outcome = deals.outcome(plan)
    closed_at = np.where(outcome == OPEN, NEVER, deals.closed_at)
    is_expansion = chance.some(rng, count, EXPANSION)
    amount = _amounts(rng, crowd, (deals, lead), is_expansion)
    hides = ~deals.has_lead | chance.some(rng, count, WITHOUT_CAMPAIGN)
    loss = np.where(outcome == LOST, history.loss_reason(deals.number), tables.NO_ONE)
    owner = story.acting(deals.story, np.minimum(closed_at, plan.horizon))
    return tables.table(
        "opportunities",
        opportunity_id=tables.ids("O", deals.number),
        lead_id=tables.ids("L", deals.number, ~deals.has_lead),
        account_id=tables.ids("A", 1_000 + contacts.company_number(crowd)[lead]),
        owner_rep_id=tables.pick(world.staff.ids, owner),
        primary_campaign_id=tables.pick(
            world.catalogue.ids, np.where(hides, tables.NO_ONE, crowd.campaign[lead])
        ),
        created_at=tables.instants(deals.created_at),
        stage=tables.pick(STAGES, stage),
        outcome=tables.pick(OUTCOMES, outcome),
        close_date=tables.days(_close_days(rng, plan, deals, closed_at)),
        closed_at=tables.instants(closed_at),
        amount=tables.money(amount),
        currency_code=tables.same("EUR", count),
        amount_home=tables.money(amount),
        deal_type=tables.pick(("new", "expansion"), is_expansion.astype(int)),
        loss_reason=tables.pick(history.LOSSES, loss),
        is_deleted=chance.some(rng, count, DELETED),
        synced_at=tables.instants(np.full(count, plan.horizon)),
    )


def stage_events(
    rng: np.random.Generator, world: World, story: Handoffs, deals: Deals
) -> tuple[np.ndarray, pa.Table]:
    """Where each deal stands, and the relation `opportunity_stage_events`."""
    deal, at, stage = _steps(rng, deals)
    kept = np.flatnonzero(at <= world.plan.horizon)
    kept = kept[np.lexsort((stage[kept], at[kept], deal[kept]))]
    deal, at, stage = deal[kept], at[kept], stage[kept]
    before = np.roll(stage, 1)
    # Discovery opens every deal, and nothing comes before it.
    before[stage == DISCOVERY] = tables.NO_ONE
    standing = np.zeros(len(deals.story), np.int64)
    standing[deal] = stage
    return standing, tables.table(
        "opportunity_stage_events",
        event_id=tables.ids("D", deals.number[deal] * history.ID_ROOM + stage),
        opportunity_id=tables.ids("O", deals.number[deal]),
        from_stage=tables.pick(STAGES, before),
        to_stage=tables.pick(STAGES, stage),
        occurred_at=tables.instants(at),
        actor_rep_id=tables.pick(world.staff.ids, story.acting(deals.story[deal], at)),
    )


def _steps(rng: np.random.Generator, deals: Deals) -> tuple[np.ndarray, ...]:
    """Deal, instant and stage of each step, whether or not it has happened yet."""
    count = len(deals.story)
    row = np.arange(count)
    closes = deals.closed_at < NEVER
    cycle = np.where(closes, deals.closed_at - deals.created_at, 60 * DAY)
    proposed = deals.created_at + (cycle * rng.uniform(0.15, 0.4, count)).astype(np.int64)
    negotiated = deals.created_at + (cycle * rng.uniform(0.5, 0.85, count)).astype(np.int64)
    # What is lost, or stays open for ever, often stops before the last steps.
    has_proposal = deals.is_won | chance.some(rng, count, 0.82)
    has_negotiation = deals.is_won | (has_proposal & chance.some(rng, count, 0.5))
    end = np.where(deals.is_won, CLOSED_WON, CLOSED_LOST)
    steps = (
        (row, deals.created_at, np.full(count, DISCOVERY)),
        (row[has_proposal], proposed[has_proposal], np.full(has_proposal.sum(), PROPOSAL)),
        (
            row[has_negotiation],
            negotiated[has_negotiation],
            np.full(has_negotiation.sum(), NEGOTIATION),
        ),
        (row[closes], deals.closed_at[closes], end[closes]),
    )
    return tuple(np.concatenate(parts) for parts in zip(*steps, strict=True))


def _amounts(
    rng: np.random.Generator,
    crowd: Crowd,
    which: tuple[Deals, np.ndarray],
    is_expansion: np.ndarray,
) -> np.ndarray:
    """Cents, in round sums as on a quote."""
    deals, lead = which
    channel = np.where(deals.has_lead, crowd.channel[lead], PARTNER)
    size = np.array([persona.deal for persona in channels.PERSONAS])[crowd.persona[lead]]
    typical = channels.each("deal")[channel] * size * np.where(is_expansion, EXPANSION_SIZE, 1)
    euros = np.clip(rhythm.lognormal(rng, len(lead), typical, 0.65), SMALLEST, LARGEST)
    return np.rint(euros / ROUNDED_TO).astype(np.int64) * ROUNDED_TO * 100


def _close_days(
    rng: np.random.Generator, plan: Plan, deals: Deals, closed_at: np.ndarray
) -> np.ndarray:
    """The day closed, now and then dated a little earlier; of open deals, the day hoped for."""
    count = len(closed_at)
    created_day = plan.local(deals.created_at, COMPANY) // DAY
    earlier = np.where(chance.some(rng, count, DATED_EARLIER), rng.integers(1, 5, count), 0)
    closed_day = np.maximum(plan.local(closed_at, COMPANY) // DAY - earlier, created_day)
    return np.where(closed_at < NEVER, closed_day, created_day + rng.integers(30, 100, count))
