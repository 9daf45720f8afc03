"""Who the leads are: invented people at invented companies, with the gaps real lists have."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from queries.demo import chance, channels, history, names, tables
from queries.demo.crowd import Crowd
from queries.demo.plan import NEVER
from queries.demo.world import World

# Country, dialling prefix of numbers kept free for fiction or not in service, zone, weight.
COUNTRIES = (
    ("Germany", "+49 30 23125", "Europe/Berlin", 46),
    ("Austria", "+43 1 0000", "Europe/Vienna", 8),
    ("Switzerland", "+41 44 000 00", "Europe/Zurich", 8),
    ("United Kingdom", "+44 20 7946 0", "Europe/London", 13),
    ("France", "+33 1 99 00 0", "Europe/Paris", 7),
    ("Netherlands", "+31 20 000 0", "Europe/Amsterdam", 6),
    ("United States", "+1 212 555 0", "America/New_York", 12),
)
MISSING = {"phone": 0.25, "company": 0.03, "job_title": 0.12, "country": 0.05, "persona": 0.10}
SOURCE_MISSING = 0.015
DUPLICATES = 0.003
DELETED = 0.002
LABEL_OF_STAGE = (
    "New",
    "Marketing qualified",
    "Accepted - working",
    "Qualified",
    "In opportunity",
    "Customer",
    "Recycled - nurture",
    "Rejected",
    "Disqualified",
    "Closed lost",
)
TITLES = tuple(title for persona in channels.PERSONAS for title in persona.titles)
TITLES_EACH = len(channels.PERSONAS[0].titles)


def leads_table(
    rng: np.random.Generator,
    world: World,
    crowd: Crowd,
    present: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> pa.Table:
    """The relation `leads`; `present` is each lead's owner, stage and opportunity instant."""
    owner, stage, converted_at = present
    count = len(crowd)
    twin = _twins(rng, count)
    not_converted = converted_at > world.plan.horizon
    channel = np.where(chance.some(rng, count, SOURCE_MISSING), tables.NO_ONE, crowd.channel)
    return tables.table(
        "leads",
        lead_id=tables.ids("L", crowd.number),
        created_at=tables.instants(crowd.created_at),
        **_contact(rng, crowd, twin),
        source=tables.pick(channels.LABELS, channel),
        owner_rep_id=tables.pick(world.staff.ids, owner),
        stage_key=tables.pick(history.STAGES, stage),
        source_status=tables.pick(LABEL_OF_STAGE, stage),
        opportunity_id=tables.ids("O", crowd.number, not_converted),
        converted_contact_id=tables.ids("P", crowd.number, not_converted),
        converted_at=tables.instants(np.where(not_converted, NEVER, converted_at)),
        merged_into_lead_id=tables.ids("L", crowd.number[twin], twin == np.arange(count)),
        is_deleted=chance.some(rng, count, DELETED),
        synced_at=tables.instants(np.full(count, world.plan.horizon)),
    )


def company_number(crowd: Crowd) -> np.ndarray:
    """The company each lead works for; a few dozen leads share one in a small demo."""
    # A multiplicative hash: neighbours work for different companies, without a draw to store.
    return crowd.number * 2_654_435_761 % len(names.COMPANIES)


def _twins(rng: np.random.Generator, count: int) -> np.ndarray:
    """The lead each lead was merged into; itself for nearly all. Odd rows only, so no chains."""
    row = np.arange(count)
    merged = (row % 2 == 1) & chance.some(rng, count, 2 * DUPLICATES)
    return np.where(merged, row - 1, row)


def _contact(rng: np.random.Generator, crowd: Crowd, twin: np.ndarray) -> dict[str, pa.Array]:
    """Name, addresses and description; a duplicate has those of the lead it was merged into."""
    count = len(crowd)
    first = rng.integers(0, len(names.LEAD_FIRST), count)[twin]
    last = rng.integers(0, len(names.LEAD_LAST), count)[twin]
    company = company_number(crowd)[twin]
    country = chance.one_of(rng, count, tuple(row[3] for row in COUNTRIES))[twin]
    persona = crowd.persona[twin]
    title = persona * TITLES_EACH + rng.integers(0, TITLES_EACH, count)[twin]

    def gappy(name: str, index: np.ndarray) -> np.ndarray:
        return np.where(chance.some(rng, count, MISSING[name]), tables.NO_ONE, index)

    return {
        "lead_name": _joined(
            tables.pick(names.LEAD_FIRST, first), tables.pick(names.LEAD_LAST, last), " "
        ),
        "email": _emails(first, last, company),
        "phone": _phones(rng, gappy("phone", country)),
        "company": tables.pick(names.COMPANIES, gappy("company", company)),
        "job_title": tables.pick(TITLES, gappy("job_title", title)),
        "country": tables.pick([row[0] for row in COUNTRIES], gappy("country", country)),
        "persona": tables.pick(
            [persona.label for persona in channels.PERSONAS], gappy("persona", persona)
        ),
        "time_zone": tables.pick([row[2] for row in COUNTRIES], country),
    }


def _emails(first: np.ndarray, last: np.ndarray, company: np.ndarray) -> pa.Array:
    given = tables.pick(names.EMAIL_FIRST, first)
    family = tables.pick(names.EMAIL_LAST, last)
    domain = tables.pick(names.DOMAINS, company)
    return _joined(_joined(given, family, "."), domain, "")


def _phones(rng: np.random.Generator, country: np.ndarray) -> pa.Array:
    number = pa.array(rng.integers(100, 200, len(country))).cast(pa.string())
    return _joined(tables.pick([row[1] for row in COUNTRIES], country), number, "")


def _joined(left: pa.Array, right: pa.Array, glue: str) -> pa.Array:
    return pc.binary_join_element_wise(left, right, glue)
