"""Answers as frames: rows given as tuples, columns of the kinds that an answer promises.

pandas guesses the kind of every column it is given and converts it afterwards; for the few rows
of an answer that takes longer than the question itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

_MASKED = {
    "Int64": (pd.arrays.IntegerArray, "int64"),
    "Float64": (pd.arrays.FloatingArray, "float64"),
}


def made(columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """The frame of these rows; `columns` is name -> dtype. None is NA."""
    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    arrays = {
        name: _array(values, kind)
        for (name, kind), values in zip(columns.items(), cells, strict=True)
    }
    return pd.DataFrame(arrays, copy=False)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries; what is missing, of whichever kind, is None."""
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _array(values: Sequence[Any], kind: str) -> Any:
    if kind not in _MASKED:
        return pd.array(values, dtype=kind) if kind == "str" else np.array(values, dtype=kind)
    made_of, plain = _MASKED[kind]
    is_missing = np.fromiter((value is None for value in values), bool, len(values))
    known = np.array([0 if value is None else value for value in values], dtype=plain)
    return made_of(known, is_missing)
