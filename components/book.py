"""The records, for components: where they are, how long sessions last, who stands at the door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from components import cookies, data
from queries import (
    accounts,
    audit,
    definition_versions,
    lead_notes,
    migrate,
    people,
    personas,
    reasons_book,
    records,
    sessions,
    targets,
    terms,
    working_time,
)
from queries.agreements import answers as agreement
from queries.handoffs import answers

Unavailable, Conflict = records.RecordsUnavailable, records.Conflict
Connection, Engine = records.Connection, records.Engine


def engine() -> Engine:
    """The records, brought to this release when they are first used. Raises: Unavailable."""
    return _migrated(data.configured().records)


@lru_cache(maxsize=1)
def _migrated(url: str) -> Engine:
    opened = records.open_records(url)
    migrate.migrate(opened)
    return opened


def reading() -> AbstractContextManager[Connection]:
    """A connection to read the records with. Raises: Unavailable."""
    return records.reading(engine())


def writing() -> AbstractContextManager[Connection]:
    """One transaction on the records. Raises: Unavailable."""
    return records.writing(engine())


def limits() -> sessions.Limits:
    """How long sessions last, and whether the people of the demo company exist."""
    configured = data.configured()
    return sessions.Limits(
        idle=timedelta(hours=configured.sign_in_idle_hours),
        longest=timedelta(hours=configured.sign_in_longest_hours),
        with_demo=configured.is_demo,
    )


def visit() -> sessions.Visit:
    """Who stands at the door of this page, as far as one can tell."""
    known = handshake_cookies()
    name = cookies.browser_name(is_tls=data.configured().is_behind_tls)
    agent = st.context.headers.get("User-Agent", "")
    address = st.context.ip_address
    return sessions.Visit(
        browser=cookies.token(known, name),
        # Streamlit does not tell the address of its own machine.
        address=address if isinstance(address, str) else "this machine",
        agent=agent if isinstance(agent, str) else "",
        at=records.now(),
    )


def act_of(user: people.User) -> audit.Act:
    """The user acts, now."""
    return audit.Act(user.name, user.address, records.now())


def session_token() -> str:
    """The token that the browser sent when it opened this page."""
    name = cookies.session_name(is_tls=data.configured().is_behind_tls)
    return cookies.token(handshake_cookies(), name)


def handshake_cookies() -> Mapping[str, str]:
    """The cookies with which the browser opened this page."""
    return st.context.cookies


def entered() -> answers.Entered:
    """The terms in force, and what was decided here since the snapshot. Raises: Unavailable."""
    moment = data.records_read_at()
    with reading() as connection:
        return answers.entered(connection, moment, records.now())


def agreement_for(user: people.User) -> agreement.Answers:
    """The agreement in all its versions, for a viewer. Raises: Unavailable."""
    with reading() as connection:
        return agreement.load(
            connection, user, at=records.now(), with_demo=data.configured().is_demo
        )


def agreed_targets() -> targets.Agreed:
    """The targets that are not struck, and the time that people work. Raises: Unavailable."""
    with reading() as connection:
        return targets.read(connection)


def every_target() -> tuple[targets.Target, ...]:
    """Every target that was ever entered, the newest first. Raises: Unavailable."""
    with reading() as connection:
        return targets.history(connection)


def reasons() -> tuple[terms.Reason, ...]:
    """The reasons that a decision can have. Raises: Unavailable."""
    with reading() as connection:
        return terms.reasons(connection)


def every_persona() -> tuple[personas.Persona, ...]:
    """Every wording of a persona, in the order of entry. Raises: Unavailable."""
    with reading() as connection:
        return personas.read(connection)


def definition(key: str, on: date) -> definition_versions.Version:
    """The version of a definition that holds on a day. Raises: Unavailable."""
    with reading() as connection:
        return definition_versions.in_force(connection, key, on)


def versions_of(key: str) -> tuple[definition_versions.Version, ...]:
    """Every version of a definition, the first at the beginning. Raises: Unavailable."""
    with reading() as connection:
        return definition_versions.history(connection, key)


def definition_marks(
    keys: Sequence[str], start: date, end: date
) -> tuple[definition_versions.Mark, ...]:
    """Where a definition changed from one day to another. Raises: Unavailable."""
    with reading() as connection:
        return definition_versions.marks(connection, keys, start, end)


def every_reason() -> tuple[reasons_book.Entry, ...]:
    """The reasons that can be given, and those that could be. Raises: Unavailable."""
    with reading() as connection:
        return reasons_book.read(connection)


def decisions_on(lead_ids: Sequence[str]) -> tuple[lead_notes.Said, ...]:
    """What was decided here on a person whom the reader may see. Raises: Unavailable."""
    with reading() as connection:
        return lead_notes.read(connection, lead_ids)


def everyone() -> list[accounts.Person]:
    """The people who may sign in, or once might. Raises: Unavailable."""
    with reading() as connection:
        return accounts.everyone(connection, with_demo=data.configured().is_demo)


def open_sessions() -> list[Any]:
    """The sessions that give access now: queries.sessions.open_ones. Raises: Unavailable."""
    with reading() as connection:
        return sessions.open_ones(connection, limits(), records.now())


def entered_working_time() -> working_time.WorkingTime:
    """What is in force of the working time that was entered. Raises: Unavailable."""
    with reading() as connection:
        return working_time.read(connection)


def entries_in_log(words: str) -> int:
    """How many entries of the audit log hold all the words. Raises: Unavailable."""
    with reading() as connection:
        return audit.count(connection, words)


def log(words: str, page: int) -> pd.DataFrame:
    """A page of the audit log: queries.audit.search. Raises: Unavailable."""
    with reading() as connection:
        return audit.search(connection, words, offset=(page - 1) * audit.PAGE)


def whole_log(words: str) -> pd.DataFrame:
    """All entries that hold the words, for an export. Raises: Unavailable."""
    with reading() as connection:
        return audit.search(connection, words, limit=None)
