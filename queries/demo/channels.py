"""The nine channels and how clearly they differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Channel:
    """One channel: its share of leads, what becomes of them, and what they cost.

    `mql`, `accept`, `win`: chances; `deal`: typical amount in EUR; `cost`: EUR per lead;
    `sessions`: web sessions per lead; `fits`: where its leads go, by weight of
    North, South, Key Accounts, Inbound.
    """

    label: str
    share: float
    mql: float
    accept: float
    win: float
    deal: int
    cost: int
    sessions: int
    fits: tuple[int, int, int, int]


CHANNELS = (
    Channel("Organic search", 0.20, 0.36, 0.80, 0.25, 11_000, 12, 62, (2, 2, 1, 5)),
    Channel("Paid search", 0.17, 0.40, 0.77, 0.22, 10_000, 62, 38, (2, 2, 1, 5)),
    Channel("Paid social", 0.15, 0.25, 0.63, 0.14, 9_000, 74, 48, (3, 3, 1, 3)),
    Channel("Email", 0.12, 0.42, 0.79, 0.24, 12_000, 9, 30, (3, 3, 1, 3)),
    Channel("Webinar", 0.11, 0.43, 0.81, 0.26, 14_000, 34, 28, (3, 3, 2, 2)),
    Channel("Trade fair", 0.07, 0.46, 0.72, 0.23, 19_000, 140, 6, (3, 3, 4, 0)),
    Channel("Referral", 0.06, 0.56, 0.92, 0.40, 17_000, 8, 30, (3, 3, 3, 1)),
    Channel("Partner", 0.05, 0.50, 0.88, 0.34, 24_000, 20, 22, (2, 2, 5, 1)),
    Channel("Direct", 0.07, 0.39, 0.80, 0.28, 13_000, 3, 55, (1, 1, 1, 7)),
)
LABELS = tuple(channel.label for channel in CHANNELS)
WEBINAR = LABELS.index("Webinar")
TRADE_FAIR = LABELS.index("Trade fair")


def each(name: str) -> np.ndarray:
    """One trait of all channels, in their order."""
    return np.array([getattr(channel, name) for channel in CHANNELS])


@dataclass(frozen=True)
class Persona:
    """One kind of buyer: how readily it becomes an MQL, how large its deals are, its titles."""

    label: str
    mql: float
    deal: float
    titles: tuple[str, ...]


PERSONAS = (
    Persona(
        "Operations lead",
        1.08,
        1.0,
        ("Head of Operations", "COO", "Operations Manager", "Plant Manager"),
    ),
    Persona(
        "Finance lead", 0.94, 1.25, ("CFO", "Head of Finance", "Controller", "Finance Director")
    ),
    Persona("Sales leader", 1.05, 0.9, ("VP Sales", "Head of Sales", "Sales Director", "CRO")),
    Persona("IT lead", 0.88, 1.1, ("CIO", "Head of IT", "IT Manager", "Enterprise Architect")),
)
