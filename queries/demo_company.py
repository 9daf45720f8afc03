"""The demo company of this installation: built once, and again when its days have gone by."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from queries import demo
from queries.settings import Settings

DEFAULT = {"leads": 20_000, "months": 24, "seed": 7}
# A larger one was asked for by hand and takes minutes: it is kept, however old.
_LARGEST_REBUILT = 100_000


def build(configured: Settings, *, leads: int, months: int, seed: int) -> None:
    """Writes the demo company up to this moment into the data folder."""
    demo.build(
        configured.demo_folder,
        leads=leads,
        months=months,
        seed=seed,
        until=datetime.now(UTC),
        time_zone=configured.company_time_zone,
    )


def is_current(configured: Settings) -> bool:
    """It is there and reaches up to today."""
    wanted = _wanted(configured)
    if wanted["leads"] > _LARGEST_REBUILT:
        return True
    today = datetime.now(UTC).date()
    return demo.is_current(configured.demo_folder, **wanted, until_day=today)


def ensure(configured: Settings) -> None:
    """Builds the demo company where it is missing or of another day."""
    if not is_current(configured):
        build(configured, **_wanted(configured))


def _wanted(configured: Settings) -> dict[str, int]:
    """The size that was last asked for, else the default."""
    try:
        built = json.loads((configured.demo_folder / "demo.json").read_text(encoding="utf-8"))
        return {name: int(built[name]) for name in DEFAULT}
    except (OSError, ValueError, KeyError, TypeError):
        return dict(DEFAULT)
