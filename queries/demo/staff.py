"""The people of the demo company: teams, managers, marketers and sales reps who differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from queries.demo import channels, names, tables
from queries.demo.plan import DAY, REP_ZONES, Plan

MARKETING_TEAMS = ("Demand generation", "Content and events")
SALES_TEAMS = ("North", "South", "Key Accounts", "Inbound")
TEAM_NAMES = MARKETING_TEAMS + SALES_TEAMS
MARKETERS = 5
# Head of marketing, head of sales, one manager per sales team; none of them owns leads.
HEAD_OF_MARKETING, HEAD_OF_SALES, FIRST_MANAGER = 0, 1, 2
FIRST_MARKETER = FIRST_MANAGER + len(SALES_TEAMS)
FIRST_REP = FIRST_MARKETER + MARKETERS
# 24 reps up to 20,000 leads, about 60 at a million.
FEWEST_REPS, LEADS_OF_FEWEST, REP_GROWTH = 24, 20_000, 0.235
# Zones of the reps of each sales team, in turn, as indexes into REP_ZONES.
TEAM_ZONES = ((0, 0, 1), (0, 0, 0), (0, 1, 2), (0, 2, 1))
# One rep of team South left when this share of the time had passed.
LEAVER_TEAM, LEAVER_PLACE, LEFT_AFTER = 1, 2, 0.6


@dataclass(frozen=True)
class Staff:
    """Everyone, by index; sales reps stand together team by team.

    `team`, `zone`, `manager`: indexes. `speed`: 1 is usual, 2 answers twice as slowly.
    `win`, `accept`: factors. `ignores`: share of hand-offs never touched.
    `block_start`, `block_size`: where the reps of each sales team stand.
    `leaver`: the rep who left at `left_at`.
    """

    team: np.ndarray
    zone: np.ndarray
    manager: np.ndarray
    speed: np.ndarray
    win: np.ndarray
    accept: np.ndarray
    ignores: np.ndarray
    block_start: np.ndarray
    block_size: np.ndarray
    team_curves: np.ndarray
    leaver: int
    left_at: int

    @property
    def ids(self) -> pa.Array:
        """Ids of everyone, by index."""
        return tables.ids("R", 101 + np.arange(len(self.team)))

    def rep_for(self, rng: np.random.Generator, channel: np.ndarray) -> np.ndarray:
        """A sales rep for each lead, from a team that suits its channel."""
        team = (rng.random(len(channel))[:, None] >= self.team_curves[channel]).sum(axis=1)
        place = (rng.random(len(channel)) * self.block_size[team]).astype(int)
        return self.block_start[team] + place

    def colleague(self, rng: np.random.Generator, rep: np.ndarray) -> np.ndarray:
        """Another rep of the same team; no one for no one."""
        block = np.maximum(self.team[rep] - len(MARKETING_TEAMS), 0)
        size = self.block_size[block]
        step = 1 + (rng.random(len(rep)) * (size - 1)).astype(int)
        place = (rep - self.block_start[block] + step) % size
        return np.where(rep < 0, rep, self.block_start[block] + place)

    def present(self, rep: np.ndarray, at: np.ndarray | np.int64) -> np.ndarray:
        """The same rep, or whoever took over from the one who had left by then."""
        return np.where((rep == self.leaver) & (at >= self.left_at), rep + 1, rep)


def hire(plan: Plan) -> Staff:
    """The staff of a demo of that size."""
    growth = (max(plan.leads, LEADS_OF_FEWEST) / LEADS_OF_FEWEST) ** REP_GROWTH
    reps = round(FEWEST_REPS * growth)
    size = np.full(len(SALES_TEAMS), reps // len(SALES_TEAMS))
    size[: reps % len(SALES_TEAMS)] += 1
    start = FIRST_REP + np.cumsum(size) - size
    sales_team = np.repeat(np.arange(len(SALES_TEAMS)), size)
    place = np.arange(reps) - (start - FIRST_REP)[sales_team]
    everyone = FIRST_REP + reps
    rng = plan.random(1)
    return Staff(
        team=np.concatenate([_office_teams(), sales_team + len(MARKETING_TEAMS)]),
        zone=np.concatenate(
            [np.zeros(FIRST_REP, int), np.array(TEAM_ZONES)[sales_team, place % 3]]
        ),
        manager=np.concatenate([_office_managers(), FIRST_MANAGER + sales_team]),
        speed=np.clip(np.exp(0.45 * rng.standard_normal(everyone)), 0.4, 3.0),
        win=np.clip(1 + 0.18 * rng.standard_normal(everyone), 0.6, 1.5),
        accept=np.clip(1 + 0.05 * rng.standard_normal(everyone), 0.85, 1.08),
        ignores=np.clip(0.055 * np.exp(0.6 * rng.standard_normal(everyone)), 0.01, 0.2),
        block_start=start,
        block_size=size,
        team_curves=_team_curves(),
        leaver=int(start[LEAVER_TEAM] + LEAVER_PLACE),
        left_at=plan.starts_at + int(LEFT_AFTER * plan.days) * DAY,
    )


def teams_table() -> pa.Table:
    """The relation `teams`."""
    sides = ["marketing"] * len(MARKETING_TEAMS) + ["sales"] * len(SALES_TEAMS)
    return tables.table(
        "teams",
        team_id=tables.ids("T", 1 + np.arange(len(TEAM_NAMES))),
        team_name=pa.array(TEAM_NAMES),
        side=pa.array(sides),
    )


def reps_table(staff: Staff) -> pa.Table:
    """The relation `reps`: everyone, the one who left included."""
    everyone = np.arange(len(staff.team))
    # The two lists have no common divisor in length, so no two people share a full name.
    first = [names.STAFF_FIRST[person % len(names.STAFF_FIRST)] for person in everyone]
    last = [names.STAFF_LAST[person * 7 % len(names.STAFF_LAST)] for person in everyone]
    emails = [
        f"{given}.{family}@demo-company.example".lower()
        for given, family in zip(first, last, strict=True)
    ]
    return tables.table(
        "reps",
        rep_id=staff.ids,
        rep_name=pa.array([f"{given} {family}" for given, family in zip(first, last, strict=True)]),
        email=pa.array(emails),
        team_id=tables.ids("T", 1 + staff.team),
        manager_id=tables.pick(staff.ids, staff.manager),
        time_zone=tables.pick(REP_ZONES, staff.zone),
        is_active=everyone != staff.leaver,
    )


def _office_teams() -> np.ndarray:
    managers = len(MARKETING_TEAMS) + np.arange(len(SALES_TEAMS))
    return np.concatenate([[0, managers[-2]], managers, np.arange(MARKETERS) % 2])


def _office_managers() -> np.ndarray:
    top = [tables.NO_ONE, tables.NO_ONE]
    return np.array(top + [HEAD_OF_SALES] * len(SALES_TEAMS) + [HEAD_OF_MARKETING] * MARKETERS)


def _team_curves() -> np.ndarray:
    fits = channels.each("fits").astype(float)
    return np.cumsum(fits, axis=1) / fits.sum(axis=1, keepdims=True)
