"""A frame as an argument of a cache: two frames with the same content are the same question."""

from __future__ import annotations

import pandas as pd

# Answers that a section keeps prepared. A view of many campaigns is a few hundred kilobytes; those
# who look at the same time look at a few views.
KEPT = 100


class Content:
    """A frame that equals every other one with the same columns, types and values in this order.

    What is kept under it can be served for these numbers only, whatever view, snapshot or person
    they belong to; nobody has to remember to name those in a key. The index is not part of it.
    The frame is never to be changed.
    """

    __slots__ = ("_hash", "_key", "frame")

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        # Types too: to Python 1, 1.0 and True are equal, to a reader they are not.
        self._key = (tuple(frame.columns), tuple(map(str, frame.dtypes)), _rows(frame))
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and self._key == other._key


def _rows(frame: pd.DataFrame) -> tuple[tuple[object, ...], ...]:
    # Missing values equal nothing, not even themselves; here they are equal.
    return tuple(
        tuple([None if value is pd.NA or value != value else value for value in row])
        for row in frame.to_numpy(object).tolist()
    )
