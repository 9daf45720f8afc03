"""The metrics: their keys, their words on the screen, and what they need. Those of hand-offs are
in queries/handoffs/metrics.py.

docs/metrics.md holds the definition of each under a heading of its key (tested both ways); the
app shows that text and no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from queries.agreements import kinds
from queries.settings import ROOT

DOCUMENT = ROOT / "docs" / "metrics.md"


@dataclass(frozen=True)
class Metric:
    """One number: its label, its unit, what one row behind it is, and the relation it needs."""

    key: str
    label: str
    unit: Literal["count", "money"]
    row: str
    rows: str
    needs: str
    # What to connect where there is no data, in the words of a reader.
    connect: str
    # Dimensions by which it cannot be filtered, because its relation does not know them.
    blind_to: tuple[str, ...] = ()

    @property
    def has_inferred(self) -> bool:
        return self.key in ("mqls", "sals", "sqls")


_STAGE_HISTORY = "the stage history of leads"

METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (
        Metric(
            "sessions",
            "Sessions",
            "count",
            "daily figure",
            "daily figures",
            "web_traffic",
            "website traffic",
            ("rep", "team"),
        ),
        Metric("leads", "Leads", "count", "lead", "leads", "leads", "leads with creation dates"),
        Metric("mqls", "MQLs", "count", "lead", "leads", "lead_stage_events", _STAGE_HISTORY),
        Metric("sals", "SALs", "count", "lead", "leads", "lead_stage_events", _STAGE_HISTORY),
        Metric("sqls", "SQLs", "count", "lead", "leads", "lead_stage_events", _STAGE_HISTORY),
        Metric(
            "opportunities",
            "Opportunities",
            "count",
            "opportunity",
            "opportunities",
            "opportunities",
            "opportunities with creation dates",
        ),
        Metric(
            "won",
            "Closed-won",
            "count",
            "deal",
            "deals",
            "opportunities",
            "won opportunities with closing dates",
        ),
        Metric(
            "revenue",
            "Revenue (booked)",
            "money",
            "deal",
            "deals",
            "opportunities",
            "won opportunities with amounts",
        ),
    )
}
TILES = ("sessions", "leads", "mqls", "sqls", "opportunities", "won", "revenue")
# The trend has room for one more: who was accepted by sales.
TRENDS = ("sessions", "leads", "mqls", "sals", "sqls", "opportunities", "won", "revenue")

# What the definitions are called that are not of one metric alone.
_TITLES = {
    "handoffs": "Hand-offs",
    "handoff_decisions": "Decisions on hand-offs",
    "handoff_states": "States of the clocks",
    "attainment": "Answered in time",
    "ignored_rate": "Ignored leads",
    "waiting_times": "Waiting times",
    "completeness": "Completeness",
    "recycled_pool": "Recycled leads",
} | {f"sla_{kind.key}": f"Promise: {kind.label}" for kind in kinds.KINDS.values()}

# The funnel's stages, the words for them, and the metric that counts entries into each.
STAGE_LABELS = {
    "lead": "Lead",
    "mql": "MQL",
    "sal": "SAL",
    "sql": "SQL",
    "opportunity": "Opportunity",
    "customer": "Closed-won",
}
STAGE_METRICS = {
    "lead": "leads",
    "mql": "mqls",
    "sal": "sals",
    "sql": "sqls",
    "opportunity": "opportunities",
    "customer": "won",
}


def knows(metric: str, dimension: str) -> bool:
    """The rows behind the metric have a value of the dimension."""
    return dimension not in METRICS[metric].blind_to


@cache
def _sections() -> dict[str, str]:
    text = DOCUMENT.read_text(encoding="utf-8")
    parts = re.split(r"^## `(\w+)`.*\n", text, flags=re.MULTILINE)
    keys, bodies = parts[1::2], parts[2::2]
    return {
        key: re.split(r"^## ", body, maxsplit=1, flags=re.MULTILINE)[0].strip()
        for key, body in zip(keys, bodies, strict=True)
    }


def every_key() -> tuple[str, ...]:
    """The keys of all definitions, in the order of docs/metrics.md."""
    return tuple(_sections())


def label_of(key: str) -> str:
    """What a definition is called. KeyError if there is none."""
    return METRICS[key].label if key in METRICS else _TITLES[key]


def text_of(metric: str) -> str:
    """The definition as it stands in docs/metrics.md, Markdown. KeyError if it is not there."""
    return _sections()[metric]
