"""A public data set, read through a mapping and asked through `show overview`."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from queries import choices, health, refresh, settings, show, stores
from queries.filters import Filters, parse
from queries.people import EVERYTHING

NOW = datetime(2026, 6, 30, tzinfo=UTC)


class Asked:
    """A data set's snapshot, its own true figures, and `show overview` of any view of it."""

    def __init__(self, folder: Path, mapping: str, place: Path) -> None:
        given = {"SOURCE_URL": f"files:{folder}", "SOURCE_MAPPING": mapping, "DATA_DIR": str(place)}
        environment = {f"SMARKETING_{name}": value for name, value in given.items()}
        wanted = settings.load(environment, place / "no-secrets.toml")
        self.snapshot = stores.open_snapshot(refresh.refresh(wanted, NOW))
        listed = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["figures"]
        self.truth = {figure["id"]: figure["value"] for figure in listed}
        self.report = health.report(self.snapshot)
        self._pages: dict[tuple[Filters, str | None], Any] = {}
        with self.snapshot.connect() as connection:
            self._known = choices.load(connection, self.snapshot, scope=EVERYTHING)

    def page(
        self, start: date | str, end: date | str, by: str | None = None, **chosen: str | list[str]
    ) -> Any:
        """What `python -m queries show overview` prints."""
        seen, notes = parse(chosen | {"period": [str(start), str(end)]}, self._known)
        assert notes == ()
        if (seen, by) not in self._pages:
            self._pages[seen, by] = self._ask(seen, by)
        return self._pages[seen, by]

    def _ask(self, seen: Filters, by: str | None) -> Any:
        with self.snapshot.connect() as connection:
            found = show.overview_page(connection, seen, self._known, scope=EVERYTHING, by=by)
        return json.loads(json.dumps(found, allow_nan=False))

    def values(
        self, start: date | str, end: date | str, **chosen: str | list[str]
    ) -> dict[str, Any]:
        """Metric -> value of its tile."""
        tiles = self.page(start, end, **chosen)["tiles"]
        return {metric: tile["value"] for metric, tile in tiles.items()}

    def parts(self, start: str, end: str, by: str) -> dict[str | None, dict[str, Any]]:
        """Key -> metric -> value of the breakdown."""
        return {
            row["key"]: {metric: tile["value"] for metric, tile in row["tiles"].items()}
            for row in self.page(start, end, by=by)["breakdown"]
        }


def month(text: str) -> tuple[date, date]:
    """The first and the last day of a month written YYYY-MM."""
    first = date.fromisoformat(f"{text}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
