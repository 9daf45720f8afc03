"""Which leads are handed over, and when: the first time, and again after they were recycled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queries.demo import chance, channels, rhythm
from queries.demo.crowd import Crowd
from queries.demo.plan import DAY, HOUR, MINUTE, NEVER
from queries.demo.world import World

# Leads that ask to be called: sales qualifies them though no rule made them an MQL.
SKIPS_MQL = 0.012
RETURNS = 0.30


@dataclass(frozen=True)
class Opening:
    """Hand-offs before anyone has done anything about them; `lead` is a row of the crowd."""

    lead: np.ndarray
    handed_at: np.ndarray
    skips_mql: np.ndarray


def first(rng: np.random.Generator, world: World, crowd: Crowd) -> Opening:
    """The leads that qualify, some at once and some after weeks."""
    keenness = np.array([persona.mql for persona in channels.PERSONAS])[crowd.persona]
    skips = chance.some(rng, len(crowd), SKIPS_MQL) & (crowd.owner >= 0)
    qualifies = chance.happens(rng, channels.each("mql")[crowd.channel] * keenness)
    lead = np.flatnonzero(qualifies | skips)
    created = crowd.created_at[lead]
    waits = np.clip(rhythm.lognormal(rng, len(lead), 2.0 * DAY, 1.5), 2 * MINUTE, 150 * DAY)
    handed = created + waits.astype(np.int64)
    # Same-day ones follow a click at once; later ones come at the hours people are awake.
    later = np.maximum(rhythm.mostly_weekdays(rng, world.plan, handed), created + HOUR)
    return Opening(lead, np.where(waits < DAY, handed, later), skips[lead])


def again(
    rng: np.random.Generator, world: World, lead: np.ndarray, recycled_at: np.ndarray
) -> Opening:
    """Some of the recycled leads, weeks later."""
    row = np.flatnonzero((recycled_at < NEVER) & chance.some(rng, len(lead), RETURNS))
    waits = rng.uniform(20, 120, len(row)) * DAY
    handed = rhythm.mostly_weekdays(rng, world.plan, recycled_at[row] + waits.astype(np.int64))
    return Opening(lead[row], handed, np.zeros(len(row), bool))
