"""Random choices over whole arrays at once."""

from __future__ import annotations

import numpy as np


def happens(rng: np.random.Generator, chance: np.ndarray) -> np.ndarray:
    """True with the chance given for each row."""
    return rng.random(len(chance)) < chance


def some(rng: np.random.Generator, count: int, chance: float) -> np.ndarray:
    """True in about that share of the rows."""
    return rng.random(count) < chance


def one_of(rng: np.random.Generator, count: int, weights: tuple[float, ...]) -> np.ndarray:
    """An index per row, by the weights."""
    return np.searchsorted(np.cumsum(weights) / np.sum(weights), rng.random(count), side="right")


def by_row(rng: np.random.Generator, curves: np.ndarray) -> np.ndarray:
    """An index per row, by that row's own cumulative curve."""
    return (rng.random(len(curves))[:, None] >= curves).sum(axis=1)


def curves(weights: np.ndarray) -> np.ndarray:
    """Cumulative shares along the last axis, its last entry safely above every draw."""
    cumulative = np.cumsum(weights, axis=-1) / weights.sum(axis=-1, keepdims=True)
    cumulative[..., -1] = 1.0
    return cumulative
