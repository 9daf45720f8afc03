"""The leads of one chunk: when they came, through which channel, and as what kind of buyer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queries.demo import chance, rhythm, tables
from queries.demo.world import World

# Ids count from here, so they have the same length and sort by time.
FIRST_NUMBER = 10_000_001
UNASSIGNED = 0.03
PERSONA_WEIGHTS = (0.36, 0.22, 0.24, 0.18)


@dataclass(frozen=True)
class Crowd:
    """Leads by row; `number` makes the id, `campaign` drew the lead, `owner` is a marketer or -1.

    `day`: index of the day the lead came, counted from the first day of the demo.
    """

    number: np.ndarray
    created_at: np.ndarray
    day: np.ndarray
    channel: np.ndarray
    campaign: np.ndarray
    persona: np.ndarray
    owner: np.ndarray

    def __len__(self) -> int:
        return len(self.number)


def gather(rng: np.random.Generator, world: World, start: int, stop: int) -> Crowd:
    """The leads from position `start` to `stop`, later positions on later days."""
    count = stop - start
    catalogue = world.catalogue
    position = (np.arange(start, stop) + rng.random(count)) / world.plan.leads
    day = np.searchsorted(catalogue.day_curve, position, side="right")
    channel = chance.by_row(rng, catalogue.channel_curves[day])
    campaign = chance.by_row(rng, catalogue.campaign_curves[channel, day])
    owner = np.where(chance.some(rng, count, UNASSIGNED), tables.NO_ONE, catalogue.owner[campaign])
    return Crowd(
        number=FIRST_NUMBER + np.arange(start, stop),
        created_at=rhythm.moments_of(rng, world.plan, day),
        day=day,
        channel=channel,
        campaign=campaign,
        persona=chance.one_of(rng, count, PERSONA_WEIGHTS),
        owner=owner,
    )
