"""Stage events, owner events, and where they leave each lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from queries import contract
from queries.demo import chance, handoffs, tables
from queries.demo.crowd import Crowd
from queries.demo.handoffs import Handoffs
from queries.demo.plan import NEVER
from queries.demo.world import World

STAGES = contract.STAGES + contract.DETOURS
LEAD, MQL, SAL, SQL, OPPORTUNITY, CUSTOMER, RECYCLED, REJECTED, DISQUALIFIED, LOST = range(10)
# Events of one relation are numbered within their lead, so ids do not depend on the chunks.
ID_ROOM = 100
REASONS_OF = {
    REJECTED: (
        "not target industry",
        "too small",
        "wrong role",
        "duplicate",
        "already a customer",
        "bad contact data",
    ),
    RECYCLED: (
        "no response after full cadence",
        "bad timing",
        "no budget",
        "evaluating elsewhere",
        "in contract with competitor",
        "no authority",
    ),
    DISQUALIFIED: ("competitor", "student", "bad contact data", "out of territory"),
    LOST: ("price", "competitor", "no decision", "product gap", "timing", "champion left"),
}
LOSSES = REASONS_OF[LOST]
REASONS = tuple(dict.fromkeys(reason for group in REASONS_OF.values() for reason in group))
OTHER = "other"
NO_REASON = 0.07
FREE_TEXT = 0.05
FIRST_OUTCOME = {
    handoffs.REJECTED: REJECTED,
    handoffs.RECYCLED: RECYCLED,
    handoffs.DISQUALIFIED: DISQUALIFIED,
}


@dataclass(frozen=True)
class StageEvents:
    """Stage events by row, in the order lead, time; `before` is the stage left, or -1."""

    lead: np.ndarray
    at: np.ndarray
    stage: np.ndarray
    before: np.ndarray
    actor: np.ndarray
    reason: np.ndarray


def stage_events(
    rng: np.random.Generator, world: World, crowd: Crowd, story: Handoffs
) -> StageEvents:
    """What the hand-offs and the arrival of the leads wrote into the CRM by the horizon."""
    lead, at, stage, actor = _all_steps(crowd, story)
    kept = at <= world.plan.horizon
    lead, at, stage, actor = lead[kept], at[kept], stage[kept], actor[kept]
    order = np.lexsort((stage, at, lead))
    lead, at, stage, actor = lead[order], at[order], stage[order], actor[order]
    before = np.roll(stage, 1)
    before[np.append(True, lead[1:] != lead[:-1])] = tables.NO_ONE
    return StageEvents(lead, at, stage, before, actor, _reasons(rng, stage, crowd.number[lead]))


def last_stage(crowd: Crowd, events: StageEvents) -> np.ndarray:
    """Where each lead stands now."""
    stage = np.zeros(len(crowd), np.int64)
    # Later events of a lead stand later, and the last assignment to an index is the one kept.
    stage[events.lead] = events.stage
    return stage


def stage_table(world: World, crowd: Crowd, events: StageEvents) -> pa.Table:
    """The relation `lead_stage_events`."""
    return tables.table(
        "lead_stage_events",
        event_id=tables.ids("S", numbered(crowd, events.lead)),
        lead_id=tables.ids("L", crowd.number[events.lead]),
        from_stage=tables.pick(STAGES, events.before),
        to_stage=tables.pick(STAGES, events.stage),
        occurred_at=tables.instants(events.at),
        actor_rep_id=tables.pick(world.staff.ids, events.actor),
        reason_code=tables.pick((*REASONS, OTHER), events.reason),
        is_inferred=np.zeros(len(events.at), bool),
    )


def owners(world: World, crowd: Crowd, story: Handoffs) -> tuple[np.ndarray, pa.Table]:
    """The present owner of each lead, and the relation `lead_owner_events`."""
    row = np.arange(len(story))
    lead = np.concatenate([story.lead, story.lead])
    at = np.concatenate([story.assigned_at, story.reassigned_at])
    owner = np.concatenate([story.rep, story.next_rep])
    manager = world.staff.manager[story.acting(row, story.reassigned_at)]
    # Routing rules assign, so nobody acts there; managers reassign.
    actor = np.concatenate([np.full(len(story), tables.NO_ONE), manager])
    kept = np.flatnonzero((at <= world.plan.horizon) & (owner >= 0))
    kept = kept[np.lexsort((at[kept], lead[kept]))]
    lead, at, owner, actor = lead[kept], at[kept], owner[kept], actor[kept]
    before = np.roll(owner, 1)
    starts = np.append(True, lead[1:] != lead[:-1])[: len(lead)]
    before = np.where(starts, crowd.owner[lead], before)
    changed = before != owner
    present = crowd.owner.copy()
    present[lead] = owner
    lead, before, owner = lead[changed], before[changed], owner[changed]
    return present, tables.table(
        "lead_owner_events",
        event_id=tables.ids("W", numbered(crowd, lead)),
        lead_id=tables.ids("L", crowd.number[lead]),
        from_rep_id=tables.pick(world.staff.ids, before),
        to_rep_id=tables.pick(world.staff.ids, owner),
        occurred_at=tables.instants(at[changed]),
        actor_rep_id=tables.pick(world.staff.ids, actor[changed]),
    )


def numbered(crowd: Crowd, lead: np.ndarray) -> np.ndarray:
    """A number per row, unique over the whole demo; rows of a lead must stand together."""
    starts = np.flatnonzero(np.append(True, lead[1:] != lead[:-1])[: len(lead)])
    lengths = np.diff(np.append(starts, len(lead)))
    place = np.arange(len(lead)) - np.repeat(starts, lengths)
    return crowd.number[lead] * ID_ROOM + place


def loss_reason(number: np.ndarray) -> np.ndarray:
    """Why the deal of that number was lost, as an index into LOSSES.

    Computed from the number, so that the lead's event and the opportunity name the same reason.
    """
    share = (number * 2_654_435_761 % 2**32) / 2**32
    weights = np.cumsum(_usual_first(LOSSES))
    return np.searchsorted(weights / weights[-1], share, side="right")


def _usual_first(group: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(1 / (place + 1.5) for place in range(len(group)))


def _all_steps(crowd: Crowd, story: Handoffs) -> tuple[np.ndarray, ...]:
    """Lead, instant, stage and actor of each step, whether or not it has happened yet."""
    row = np.arange(len(story))
    accepted = story.decision == handoffs.ACCEPTED
    hidden = {
        MQL: story.skips_mql,
        SAL: ~accepted | story.skips_sal,
        SQL: story.skips_sql,
    }
    steps = [
        (MQL, story.handed_at),
        (SAL, story.decided_at),
        (SQL, story.sql_at),
        (SAL, story.back_at),
        (OPPORTUNITY, story.opportunity_at),
        (CUSTOMER, np.where(story.is_won, story.closed_at, NEVER)),
        (LOST, np.where(story.is_won, NEVER, story.closed_at)),
        (RECYCLED, np.where(story.left_to == handoffs.RECYCLED, story.left_at, NEVER)),
        (DISQUALIFIED, np.where(story.left_to == handoffs.DISQUALIFIED, story.left_at, NEVER)),
    ]
    for decision, stage in FIRST_OUTCOME.items():
        steps.append((stage, np.where(story.decision == decision, story.decided_at, NEVER)))
    parts = [(np.arange(len(crowd)), crowd.created_at, LEAD, np.full(len(crowd), tables.NO_ONE))]
    for stage, at in steps:
        shown = at < NEVER
        if stage in hidden and at is not story.back_at:
            shown &= ~hidden[stage]
        which = row[shown]
        # A scoring rule makes MQLs; people make everything else.
        actor = story.acting(which, at[shown])
        actor = np.full(len(which), tables.NO_ONE) if stage == MQL else actor
        parts.append((story.lead[which], at[shown], stage, actor))
    return (
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.repeat([part[2] for part in parts], [len(part[0]) for part in parts]),
        np.concatenate([part[3] for part in parts]),
    )


def _reasons(rng: np.random.Generator, stage: np.ndarray, number: np.ndarray) -> np.ndarray:
    """A reason for each way out of the funnel, the usual ones first; a few are missing."""
    reason = np.full(len(stage), tables.NO_ONE)
    for detour, group in REASONS_OF.items():
        rows = np.flatnonzero(stage == detour)
        codes = np.array([REASONS.index(text) for text in group])
        if detour == LOST:
            reason[rows] = codes[loss_reason(number[rows])]
            continue
        reason[rows] = codes[chance.one_of(rng, len(rows), _usual_first(group))]
        reason[rows[chance.some(rng, len(rows), FREE_TEXT)]] = len(REASONS)
        reason[rows[chance.some(rng, len(rows), NO_REASON)]] = tables.NO_ONE
    return reason
