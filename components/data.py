"""The only component that asks the stores: cached results, one snapshot per run, clear failures."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import pandas as pd
import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from queries import choices, people, settings, stores
from queries import filters as views
from queries.handoffs import live
from queries.refresh import background

_log = logging.getLogger("smarketing.data")
_PINNED = "data.snapshot"
_KEEP_RESULTS = 2_000

NoSnapshot, Snapshot = stores.NoSnapshot, stores.Snapshot

# One question asked of one connection with one view.
Query = Callable[..., Any]


class DataUnavailable(RuntimeError):
    """The data cannot be read at the moment; the message is for the reader."""


@cache
def configured() -> settings.Settings:
    """The settings of this process."""
    return settings.load()


@cache
def refresher() -> background.Refresher:
    """The refresher of this process, not yet started."""
    return background.Refresher(configured())


def refresh_status() -> background.Status:
    """What the refresher is doing."""
    return refresher().status


def newest() -> stores.Snapshot:
    """The snapshot in force at this moment, whatever a page shows. Raises: NoSnapshot."""
    return stores.current(configured().mart_folder)


def start_run() -> stores.Snapshot:
    """Pins the newest snapshot for this run: whatever is published meanwhile, a page shows one.

    Raises: NoSnapshot.
    """
    st.session_state[_PINNED] = newest()
    return st.session_state[_PINNED]


def snapshot() -> stores.Snapshot:
    """The snapshot of this run, also in a fragment that runs again on its own."""
    return st.session_state[_PINNED]


def has_newer() -> bool:
    """A snapshot was published since this page was drawn."""
    try:
        return newest().data_version != snapshot().data_version
    except NoSnapshot:
        return False


def load(query: Query, filters: views.Filters, *, user: people.User, **asked: Any) -> Any:
    """The answer of a query function: a frame, or an answer that copies itself as frames do.

    From the cache where this snapshot was asked before.

    Raises: DataUnavailable where the snapshot cannot be read.
    """
    kept = _answer(
        _named(query), snapshot().data_version, filters, user.scope, tuple(sorted(asked.items()))
    )
    # Copies on write: whatever a page does with it, the kept one stays as it is.
    return kept.copy(deep=False)


def load_from(
    pinned: stores.Snapshot,
    query: Query,
    filters: views.Filters,
    *,
    user: people.User,
    **asked: Any,
) -> pd.DataFrame:
    """The answer of a query function on a given snapshot, past the cache: for exports, which may
    be large and are made outside of a session's run."""
    with pinned.connect() as connection:
        return query(connection, filters, scope=user.scope, **asked)


def load_plain(query: Query, **asked: Any) -> Any:
    """The answer of a query function that knows no filters, from the cache."""
    return _plain_answer(_named(query), snapshot().data_version, tuple(sorted(asked.items())))


def records_read_at() -> datetime:
    """When the snapshot of this run read the records."""
    return _records_read_at(snapshot().data_version)


@lru_cache(maxsize=100)
def _records_read_at(data_version: str) -> datetime:
    del data_version
    return _ask(live.read_at)


def known_choices(user: people.User) -> views.Choices:
    """What this user can filter by."""
    return _choices(snapshot().data_version, user.scope)


_queries: dict[str, Query] = {}


def _named(query: Query) -> str:
    """The cache is keyed by the name of a question, not by the code that answers it."""
    name = f"{query.__module__}.{query.__qualname__}"
    _queries[name] = query
    return name


# Answers to a snapshot never change, so they are kept by plain equality of the question, without
# a time to live: `st.cache_data` spends more on hashing a view than the whole look-up takes here.
@lru_cache(maxsize=_KEEP_RESULTS)
def _answer(
    name: str,
    data_version: str,
    filters: views.Filters,
    scope: people.Scope,
    asked: tuple[tuple[str, Any], ...],
) -> Any:
    del data_version  # part of the key: the pinned snapshot is the one of that version
    return _ask(_queries[name], filters, scope=scope, **dict(asked))


@lru_cache(maxsize=_KEEP_RESULTS)
def _plain_answer(name: str, data_version: str, asked: tuple[tuple[str, Any], ...]) -> Any:
    del data_version
    return _ask(_queries[name], **dict(asked))


@lru_cache(maxsize=100)
def _choices(data_version: str, scope: people.Scope) -> views.Choices:
    del data_version
    return _ask(choices.load, snapshot(), scope=scope)


def _ask(query: Query, *given: Any, **asked: Any) -> Any:
    try:
        with snapshot().connect() as connection:
            return query(connection, *given, **asked)
    except SQLAlchemyError as error:
        _log.exception("%s failed", query.__qualname__)
        raise DataUnavailable(
            "The figures cannot be read at the moment. Your filters are kept; try again."
        ) from error
