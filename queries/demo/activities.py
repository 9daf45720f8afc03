"""What the reps did: attempts after a hand-off, talks, deal meetings, and what does not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from queries.demo import chance, handoffs, history, rhythm, tables
from queries.demo.crowd import Crowd
from queries.demo.handoffs import Handoffs
from queries.demo.plan import DAY, HOUR, MINUTE, NEVER
from queries.demo.world import World

TYPES = ("call", "email", "meeting", "social", "task")
CALL, EMAIL, MEETING, SOCIAL, TASK = range(5)
OUTCOMES = ("connected", "no answer", "voicemail", "sent", "replied", "held", "no-show")
CONNECTED, NO_ANSWER, VOICEMAIL, SENT, REPLIED, HELD, NO_SHOW = range(7)
DIRECTIONS = ("outbound", "inbound")
# Attempts beyond the first, by decision: PENDING, ACCEPTED, REJECTED, RECYCLED, DISQUALIFIED.
MORE_ATTEMPTS = np.array([0.8, 1.9, 0.5, 3.0, 0.4])
MOST_ATTEMPTS = 8
ATTEMPT_TYPES = (0.50, 0.38, 0.0, 0.12)
AUTOMATED = 0.22
PLANNED = 0.06
EARLIER = 0.03
LOGGED_LATE = 0.06


@dataclass(frozen=True)
class Deeds:
    """Activities by row; `story` is a row of the hand-offs; outcome -1 is none."""

    story: np.ndarray
    at: np.ndarray
    kind: np.ndarray
    outcome: np.ndarray
    is_done: bool = True
    is_automated: bool = False
    is_deal: bool = False


def table(rng: np.random.Generator, world: World, crowd: Crowd, story: Handoffs) -> pa.Table:
    """The relation `activities`."""
    groups = list(_groups(rng, world, crowd, story))
    sizes = [len(group.at) for group in groups]
    row = np.concatenate([group.story for group in groups])
    at = np.concatenate([group.at for group in groups])
    kind = np.concatenate([group.kind for group in groups])
    outcome = np.concatenate([group.outcome for group in groups])
    flags = np.repeat(
        [[group.is_done, group.is_automated, group.is_deal] for group in groups], sizes, axis=0
    )
    kept = np.flatnonzero(at <= world.plan.horizon)
    kept = kept[np.lexsort((kind[kept], at[kept], story.lead[row[kept]]))]
    row, at, kind, outcome, flags = row[kept], at[kept], kind[kept], outcome[kept], flags[kept]
    lead = story.lead[row]
    waits = np.where(chance.some(rng, len(at), LOGGED_LATE), DAY, 4 * MINUTE)
    logged = np.minimum(at + (waits * rng.random(len(at))).astype(np.int64), world.plan.horizon)
    return tables.table(
        "activities",
        activity_id=tables.ids("A", history.numbered(crowd, lead)),
        lead_id=tables.ids("L", crowd.number[lead]),
        opportunity_id=tables.ids("O", crowd.number[lead], ~flags[:, 2]),
        rep_id=tables.pick(world.staff.ids, story.acting(row, at)),
        activity_type=tables.pick(TYPES, kind),
        direction=tables.pick(DIRECTIONS, (outcome == REPLIED).astype(int)),
        outcome=tables.pick(OUTCOMES, outcome),
        occurred_at=tables.instants(at),
        logged_at=tables.instants(logged),
        is_done=flags[:, 0],
        is_automated=flags[:, 1],
    )


def _groups(
    rng: np.random.Generator, world: World, crowd: Crowd, story: Handoffs
) -> Iterator[Deeds]:
    yield _attempts(rng, world, story)
    yield _qualifying_talks(rng, story)
    yield _deal_meetings(rng, world, story)
    yield _automated_mails(rng, story)
    yield _planned_tasks(rng, story)
    yield _earlier_mails(rng, crowd, story)


def _attempts(rng: np.random.Generator, world: World, story: Handoffs) -> Deeds:
    """The first touch and the cadence after it, up to the decision where that ends the matter."""
    more = np.minimum(rng.poisson(MORE_ATTEMPTS[story.decision]), MOST_ATTEMPTS - 1)
    times = np.where(story.touched_at < NEVER, 1 + more, 0)
    row = np.repeat(np.arange(len(story)), times)
    place = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    work = (place + rng.uniform(-0.3, 0.3, len(row)) * (place > 0)) * 8 * HOUR
    zone = world.staff.zone[story.rep[row]]
    at = np.where(
        place > 0,
        rhythm.after_work(world.plan, story.touched_at[row], work, zone),
        story.touched_at[row],
    )
    kept = (place == 0) | (story.decision[row] <= handoffs.ACCEPTED)
    kept |= at < story.decided_at[row]
    row, at, place = row[kept], at[kept], place[kept]
    kind = chance.one_of(rng, len(row), ATTEMPT_TYPES)
    call = chance.one_of(rng, len(row), (0.34, 0.42, 0.24))
    mail = SENT + (chance.some(rng, len(row), 0.28) & (place > 0))
    outcome = np.select([kind == CALL, kind == EMAIL], [call, mail], tables.NO_ONE)
    return Deeds(row, at, kind, outcome)


def _qualifying_talks(rng: np.random.Generator, story: Handoffs) -> Deeds:
    """Nobody is qualified without having been spoken to."""
    row = np.flatnonzero((story.sql_at < NEVER) & (story.rep >= 0))
    before = story.sql_at[row] - rng.integers(10 * MINUTE, 50 * MINUTE, len(row))
    at = np.maximum(before, story.decided_at[row])
    is_meeting = chance.some(rng, len(row), 0.6)
    return Deeds(
        row,
        at,
        np.where(is_meeting, MEETING, CALL),
        np.where(is_meeting, HELD, CONNECTED),
    )


def _deal_meetings(rng: np.random.Generator, world: World, story: Handoffs) -> Deeds:
    has_deal = story.opportunity_at < NEVER
    times = np.where(has_deal, 1 + rng.poisson(1.2, len(story)), 0)
    row = np.repeat(np.arange(len(story)), times)
    opened = story.opportunity_at[row]
    span = np.minimum(story.closed_at[row], opened + 60 * DAY) - opened
    ready = opened + (span * rng.random(len(row))).astype(np.int64)
    zone = world.staff.zone[story.rep[row]]
    at = rhythm.after_work(world.plan, ready, np.full(len(row), 20 * MINUTE), zone)
    at = np.minimum(at, story.closed_at[row])
    outcome = np.where(chance.some(rng, len(row), 0.14), NO_SHOW, HELD)
    return Deeds(row, at, np.full(len(row), MEETING), outcome, is_deal=True)


def _automated_mails(rng: np.random.Generator, story: Handoffs) -> Deeds:
    row = np.flatnonzero(chance.some(rng, len(story), AUTOMATED))
    at = story.handed_at[row] + rng.integers(1 * MINUTE, 15 * MINUTE, len(row))
    kind, outcome = np.full(len(row), EMAIL), np.full(len(row), SENT)
    return Deeds(row, at, kind, outcome, is_automated=True)


def _planned_tasks(rng: np.random.Generator, story: Handoffs) -> Deeds:
    """Tasks somebody meant to do and has not done: no attempts, whatever their date says."""
    row = np.flatnonzero(chance.some(rng, len(story), PLANNED) & (story.rep >= 0))
    at = story.handed_at[row] + rng.integers(DAY, 6 * DAY, len(row))
    kind = np.where(chance.some(rng, len(row), 0.6), TASK, CALL)
    return Deeds(row, at, kind, np.full(len(row), tables.NO_ONE), is_done=False)


def _earlier_mails(rng: np.random.Generator, crowd: Crowd, story: Handoffs) -> Deeds:
    """A few mails before the hand-off; they answer no hand-off."""
    row = np.flatnonzero(chance.some(rng, len(story), EARLIER) & (story.rep >= 0))
    created = crowd.created_at[story.lead[row]]
    at = created + ((story.handed_at[row] - created) * rng.random(len(row))).astype(np.int64)
    return Deeds(row, at, np.full(len(row), EMAIL), np.full(len(row), SENT))
