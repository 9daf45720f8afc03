"""What counts as contact data of a lead: one rule for the Lead page and for every refresh."""

from __future__ import annotations

import re
from typing import Literal

# One @ with something before it, a dot in what follows, no blanks. The blanks are named one by one:
# DuckDB and Python each mean something else by \s.
EMAIL = r"[^@ \t\n\r\f\v]+@[^@ \t\n\r\f\v.]+([.][^@ \t\n\r\f\v.]+)+"
Gap = Literal["present", "missing", "not an e-mail address"]


def gap(field: str, value: str | None) -> Gap:
    """Whether a field (email, phone, ...) is there; blanks are nothing."""
    if value is None or not value.strip(" "):
        return "missing"
    is_there = field != "email" or re.fullmatch(EMAIL, value)
    return "present" if is_there else "not an e-mail address"
