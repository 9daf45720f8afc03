"""Numpy arrays into Arrow tables with exactly the canonical columns and types."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from queries import contract
from queries.demo.plan import NEVER

TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "money": pa.decimal128(18, 2),
    "boolean": pa.bool_(),
    "day": pa.date32(),
    "instant": pa.timestamp("us"),
}
SCHEMAS = {
    relation.name: pa.schema([(column.name, TYPES[column.kind]) for column in relation.columns])
    for relation in contract.RELATIONS.values()
}
MICROSECONDS = 1_000_000
NO_ONE = -1


def table(relation: str, **columns: pa.Array | np.ndarray) -> pa.Table:
    """A table of the relation; a missing, an unknown or a wrongly typed column is an error."""
    schema = SCHEMAS[relation]
    if set(columns) != set(schema.names):
        raise ValueError(f"{relation}: wrong columns {set(columns) ^ set(schema.names)}")
    return pa.Table.from_arrays([pa.array(columns[name]) for name in schema.names], schema=schema)


def rows(relation: str, records: list[dict[str, object]]) -> pa.Table:
    """A small table written out by hand; columns left out are empty."""
    return pa.Table.from_pylist(records, schema=SCHEMAS[relation])


def pick(labels: tuple[str, ...] | list[str] | pa.Array, index: np.ndarray) -> pa.Array:
    """The label at each index; a negative index is empty."""
    choices = labels if isinstance(labels, pa.Array) else pa.array(labels, pa.string())
    return choices.take(pa.array(index.astype(np.int64), mask=index < 0))


def same(label: str, count: int) -> pa.Array:
    """One text for every row."""
    return pa.repeat(pa.scalar(label, pa.string()), count)


def ids(prefix: str, numbers: np.ndarray, absent: np.ndarray | None = None) -> pa.Array:
    """Ids such as L10000001; where `absent` is true, empty."""
    digits = pa.array(numbers.astype(np.int64), mask=absent).cast(pa.string())
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, "")


def instants(seconds: np.ndarray, absent: np.ndarray | None = None) -> pa.Array:
    """UTC timestamps; NEVER, and where `absent` is true, empty."""
    empty = seconds >= NEVER if absent is None else absent
    micros = np.where(empty, 0, seconds).astype(np.int64) * MICROSECONDS
    return pa.array(micros, mask=empty).cast(TYPES["instant"])


def days(numbers: np.ndarray, absent: np.ndarray | None = None) -> pa.Array:
    """Calendar dates from day numbers."""
    return pa.array(numbers.astype(np.int32), pa.int32(), mask=absent).cast(TYPES["day"])


def money(cents: np.ndarray) -> pa.Array:
    """Exact amounts from whole cents, without a detour through floats or text."""
    low = cents.astype(np.int64)
    words = np.ascontiguousarray(np.stack([low, low >> 63], axis=1))
    return pa.Array.from_buffers(TYPES["money"], len(low), [None, pa.py_buffer(words)])
