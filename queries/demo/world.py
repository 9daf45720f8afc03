"""What every part of the demo looks at: the plan, the staff and the campaigns."""

from __future__ import annotations

from dataclasses import dataclass

from queries.demo import campaigns, staff
from queries.demo.plan import Plan


@dataclass(frozen=True)
class World:
    """The company the leads come to."""

    plan: Plan
    staff: staff.Staff
    catalogue: campaigns.Catalogue


def found(plan: Plan) -> World:
    """The company of a plan."""
    return World(plan, staff.hire(plan), campaigns.make(plan))
