"""What a term can be narrowed to: the teams, channels, campaigns, personas and countries that the
data names."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import choices, filters, people, personas, schema
from queries.people import Scope

Named = Mapping[str, Mapping[str, str]]
# More countries than this are free text, of which a list helps nobody.
_MOST_COUNTRIES = 300


def offered(connection: Connection, *, scope: Scope) -> Named:
    """Dimension of content.SEGMENTS -> key -> name, of the data that the viewer may see.

    Source: dimension_values, leads, journeys.
    """
    named = {
        name: choices.labels(connection, name, scope=scope)
        for name in ("team", "campaign", "channel")
    }
    # A hand-off without one is of none that a term could name.
    known = {
        name: {key: label for key, label in held.items() if key != filters.UNSET}
        for name, held in named.items()
    }
    found = sorted(key for key, _ in personas.of_data(connection, scope=scope))
    return known | {
        "persona": {key: key for key in found},
        "country": {key: key for key in _countries(connection, scope)},
    }


def _countries(connection: Connection, scope: Scope) -> list[str]:
    country = schema.leads.c.country
    wanted = (
        sa.select(country)
        .join(schema.journeys, schema.journeys.c.lead_id == schema.leads.c.lead_id)
        .where(country.is_not(None), people.visible(scope, schema.journeys))
        .group_by(country)
        .order_by(sa.func.count().desc(), country)
        .limit(_MOST_COUNTRIES)
    )
    return sorted(connection.execute(wanted).scalars())
