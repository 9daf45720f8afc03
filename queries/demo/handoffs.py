"""What becomes of the leads that marketing hands over: the story behind all events.

Each row is one hand-off. Its instants may lie after the horizon; whoever writes a relation keeps
only what has happened by then, so the youngest leads are as unfinished as in life.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from queries.demo import chance, channels, openings, rhythm
from queries.demo.crowd import Crowd
from queries.demo.openings import Opening
from queries.demo.plan import COMPANY, DAY, HOUR, MINUTE, NEVER
from queries.demo.world import World

PENDING, ACCEPTED, REJECTED, RECYCLED, DISQUALIFIED = range(5)
# What the hand-offs become that are not accepted, in the order above without ACCEPTED.
REFUSALS = np.array([PENDING, REJECTED, RECYCLED, DISQUALIFIED])
AFTER_TOUCH = (0.08, 0.44, 0.33, 0.15)
WITHOUT_TOUCH = (0.66, 0.0, 0.22, 0.12)
# Typical working time from the first touch to the decision, in the order PENDING to DISQUALIFIED.
DECISION_HOURS = np.array([0.0, 5.0, 7.0, 48.0, 4.0])

# Managers go through what was left lying and send it back to marketing: most of it, after a month
# or two.
SWEPT = 0.94
SWEEPS = 9
SWEPT_AFTER_DAYS = (25, 60)

SKIPS_SAL = 0.07
SKIPS_SAL_AND_SQL = 0.05
EAGER = 0.06
REASSIGNED = 0.06
BECOMES_SQL = 0.51
BECOMES_OPPORTUNITY = 0.60
LOSES = 0.58
STEPS_BACK = 0.15


@dataclass(frozen=True)
class Handoffs:
    """Hand-offs by row; `lead` is a row of the crowd, reps are indexes or -1.

    `left_at`, `left_to`: an accepted lead that was recycled or disqualified later on.
    `back_at`: a step back from sql to sal.
    """

    lead: np.ndarray
    handed_at: np.ndarray
    skips_mql: np.ndarray
    rep: np.ndarray
    assigned_at: np.ndarray
    touched_at: np.ndarray
    decision: np.ndarray
    decided_at: np.ndarray
    skips_sal: np.ndarray
    skips_sql: np.ndarray
    sql_at: np.ndarray
    back_at: np.ndarray
    opportunity_at: np.ndarray
    closed_at: np.ndarray
    is_won: np.ndarray
    left_at: np.ndarray
    left_to: np.ndarray
    reassigned_at: np.ndarray
    next_rep: np.ndarray

    def __len__(self) -> int:
        return len(self.lead)

    def acting(self, row: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Who had the hand-off at that instant."""
        return np.where(at >= self.reassigned_at[row], self.next_rep[row], self.rep[row])


def of(rng: np.random.Generator, world: World, crowd: Crowd) -> Handoffs:
    """All hand-offs of the crowd: the first ones and those of recycled leads that came back."""
    first = _play(rng, world, crowd, openings.first(rng, world, crowd))
    early = np.where(first.decision == RECYCLED, first.decided_at, NEVER)
    late = np.where(first.left_to == RECYCLED, first.left_at, NEVER)
    recycled_at = np.minimum(early, late)
    second = _play(rng, world, crowd, openings.again(rng, world, first.lead, recycled_at))
    return Handoffs(
        **{
            field.name: np.concatenate([getattr(first, field.name), getattr(second, field.name)])
            for field in fields(Handoffs)
        }
    )


def _play(rng: np.random.Generator, world: World, crowd: Crowd, opening: Opening) -> Handoffs:
    """Play each hand-off through, as if there were no horizon."""
    count = len(opening.lead)
    channel = crowd.channel[opening.lead]
    routing = rhythm.lognormal(rng, count, 4 * MINUTE, 1.0).astype(np.int64)
    rep = np.where(crowd.owner[opening.lead] < 0, -1, world.staff.rep_for(rng, channel))
    rep = world.staff.present(rep, opening.handed_at)
    touched = _first_touch(rng, world, opening, rep)
    decision, decided = _decision(rng, world, (opening, channel, rep), touched)
    path = _qualification(rng, world, (opening, decision, decided), rep)
    deal = _deal(rng, world, (channel, rep), path["opportunity_at"])
    story = {
        "lead": opening.lead,
        "handed_at": opening.handed_at,
        "skips_mql": opening.skips_mql,
        "rep": rep,
        "assigned_at": opening.handed_at + routing,
        "touched_at": touched,
        "decision": decision,
        "decided_at": decided,
        **path,
        **deal,
    }
    return Handoffs(**story, **_reassignment(rng, world, story))


def _first_touch(
    rng: np.random.Generator, world: World, opening: Opening, rep: np.ndarray
) -> np.ndarray:
    """The first attempt: in the rep's working time, now and then at once, or never."""
    count = len(rep)
    work = rhythm.lognormal(rng, count, 1.4 * HOUR, 1.25) * world.staff.speed[rep]
    zone = np.where(rep < 0, COMPANY, world.staff.zone[rep])
    usual = rhythm.after_work(world.plan, opening.handed_at, work, zone)
    at_once = opening.handed_at + rng.integers(3 * MINUTE, 40 * MINUTE, count)
    touched = np.where(chance.some(rng, count, EAGER), at_once, usual)
    ignored = chance.happens(rng, world.staff.ignores[rep]) & ~opening.skips_mql
    return np.where(ignored | (rep < 0), NEVER, touched)


def _decision(
    rng: np.random.Generator,
    world: World,
    who: tuple[Opening, np.ndarray, np.ndarray],
    touched: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    opening, channel, rep = who
    count = len(rep)
    is_touched = touched < NEVER
    accepts = channels.each("accept")[channel] * world.staff.accept[rep]
    refusal = np.where(
        is_touched,
        chance.one_of(rng, count, AFTER_TOUCH),
        chance.one_of(rng, count, WITHOUT_TOUCH),
    )
    accepted = (is_touched & chance.happens(rng, accepts)) | opening.skips_mql
    decision = np.where(accepted, ACCEPTED, REFUSALS[refusal])
    work = rhythm.lognormal(rng, count, DECISION_HOURS[decision] * HOUR, 0.9)
    work = np.where(is_touched, work, rng.uniform(45, 90, count) * HOUR)
    since = np.where(is_touched, touched, opening.handed_at)
    zone = world.staff.zone[rep]
    decided = rhythm.after_work(world.plan, since, work, zone)
    swept_rng = world.plan.random(SWEEPS, count)
    is_swept = (decision == PENDING) & chance.some(swept_rng, count, SWEPT)
    waited = (swept_rng.uniform(*SWEPT_AFTER_DAYS, count) * DAY).astype(np.int64)
    swept = rhythm.after_work(world.plan, opening.handed_at + waited, work * 0 + HOUR, zone)
    decided = np.where(is_swept, swept, decided)
    decision = np.where(is_swept, RECYCLED, decision)
    return decision, np.where(decision == PENDING, NEVER, decided)


def _qualification(
    rng: np.random.Generator,
    world: World,
    so_far: tuple[Opening, np.ndarray, np.ndarray],
    rep: np.ndarray,
) -> dict[str, np.ndarray]:
    """From accepted to an opportunity, or out of the funnel on the way."""
    opening, decision, decided = so_far
    count, zone = len(rep), world.staff.zone[rep]

    def later(since: np.ndarray, hours: float, spread: float) -> np.ndarray:
        work = rhythm.lognormal(rng, count, hours * HOUR, spread)
        return rhythm.after_work(world.plan, since, work, zone)

    accepted = decision == ACCEPTED
    is_sql = accepted & (chance.some(rng, count, BECOMES_SQL) | opening.skips_mql)
    sql_at = np.where(is_sql, later(decided, 26, 0.8), NEVER)
    has_deal = is_sql & chance.some(rng, count, BECOMES_OPPORTUNITY)
    leaves = accepted & ~has_deal & chance.some(rng, count, 0.55)
    left_at = np.where(leaves, later(np.where(is_sql, sql_at, decided), 110, 0.4), NEVER)
    recycled = chance.some(rng, count, 0.78)
    steps_back = is_sql & ~has_deal & ~leaves & chance.some(rng, count, STEPS_BACK)
    skip = rng.random(count)
    skips_both = has_deal & ~opening.skips_mql & (skip < SKIPS_SAL_AND_SQL)
    return {
        "skips_sal": skips_both | opening.skips_mql | (is_sql & (skip > 1 - SKIPS_SAL)),
        "skips_sql": skips_both,
        "sql_at": sql_at,
        "back_at": np.where(steps_back, later(sql_at, 40, 0.5), NEVER),
        "opportunity_at": np.where(has_deal, later(sql_at, 30, 0.8), NEVER),
        "left_at": left_at,
        "left_to": np.where(leaves, np.where(recycled, RECYCLED, DISQUALIFIED), PENDING),
    }


def _deal(
    rng: np.random.Generator,
    world: World,
    who: tuple[np.ndarray, np.ndarray],
    opportunity_at: np.ndarray,
) -> dict[str, np.ndarray]:
    channel, rep = who
    luck = rng.random(len(rep))
    wins = channels.each("win")[channel] * world.staff.win[rep]
    cycle = rhythm.lognormal(rng, len(rep), 38.0, 0.42) * np.sqrt(world.staff.speed[rep])
    ready = opportunity_at + (np.clip(cycle, 4, 240) * DAY).astype(np.int64)
    work = rng.uniform(0, 8 * HOUR, len(rep))
    closed = rhythm.after_work(world.plan, ready, work, world.staff.zone[rep])
    closes = (opportunity_at < NEVER) & (luck < wins + LOSES)
    return {"closed_at": np.where(closes, closed, NEVER), "is_won": closes & (luck < wins)}


def _reassignment(
    rng: np.random.Generator, world: World, story: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Some hand-offs change hands; those of the rep who left all do, if still unfinished."""
    rep, staff = story["rep"], world.staff
    has_rep = rep >= 0
    work = rng.uniform(5, 30, len(rep)) * HOUR
    at = rhythm.after_work(world.plan, story["assigned_at"], work, staff.zone[rep])
    at = np.where(chance.some(rng, len(rep), REASSIGNED) & has_rep, at, NEVER)
    finished = np.minimum(
        np.minimum(story["closed_at"], story["left_at"]),
        np.where(story["decision"] > ACCEPTED, story["decided_at"], NEVER),
    )
    orphaned = (rep == staff.leaver) & (finished > staff.left_at) & (at > staff.left_at)
    at = np.where(orphaned, staff.left_at + 3 * HOUR, at)
    return {
        "reassigned_at": at,
        # Nothing is passed on to the one who will leave.
        "next_rep": staff.present(staff.colleague(rng, rep), NEVER),
    }
