"""How the contract reads one cell: a DuckDB expression per kind, NULL where it is not legal.

Text is read in one way only: days as YYYY-MM-DD, instants as YYYY-MM-DD HH:MM[:SS] (UTC unless
an offset says otherwise), numbers with a decimal point. Everything else is left to the mapping.
"""

from __future__ import annotations

from queries import contract

_DAY = r"\d{4}-\d{2}-\d{2}"
_INSTANT = _DAY + r"[ T]\d{1,2}:\d{2}(:\d{2}([.]\d{1,9})?)?( ?(Z|UTC|[+-]\d{2}(:?\d{2})?))?"
_WHOLE = r"[+-]?\d{1,18}([.]0+)?"
_AMOUNT = r"[+-]?(\d{1,14}([.]\d*)?|[.]\d+)([eE][+-]?\d{1,2})?"
_TRUE = ("true", "t", "yes", "y", "1", "1.0")
_FALSE = ("false", "f", "no", "n", "0", "0.0")
_FLOATS = ("DOUBLE", "FLOAT")

_KIND_IN_WORDS: dict[contract.Kind, str] = {
    "text": "a text",
    "integer": "a whole number",
    "money": "an amount such as 1234.50",
    "boolean": "yes or no",
    "day": "a day written YYYY-MM-DD",
    "instant": "a moment written YYYY-MM-DD HH:MM:SS",
}


def cell(name: str, landed_type: str) -> str:
    """The cell as it came, NULL where it is empty."""
    quoted = '"' + name + '"'
    if landed_type == "VARCHAR":
        # Hardly a cell has blanks around it, and to look is ten times faster than to trim.
        ends = " or ".join(rf"suffix({quoted}, e'{blank}')" for blank in (" ", r"\t", r"\r", r"\n"))
        trimmed = rf"nullif(trim({quoted}, e' \t\r\n'), '')"
        return f"case when {quoted} >= '!' and not ({ends}) then {quoted} else {trimmed} end"
    if landed_type in _FLOATS:
        return f"case when not isnan({quoted}) then {quoted} end"
    return quoted


def value(column: contract.Column, given: str, landed_type: str, zone: str) -> str:
    """The typed value of a cell expression; NULL where the cell is empty or not legal."""
    if column.one_of:
        return f"case when {_is_one_of(f'lower({given})', column.one_of)} then lower({given}) end"
    return {
        "text": _text,
        "integer": _integer,
        "money": _money,
        "boolean": _boolean,
        "day": _day,
        "instant": _instant,
    }[column.kind](given, landed_type, zone)


def reason(column: contract.Column) -> str:
    """Why a cell that has a value was refused, as the end of a sentence."""
    if column.one_of:
        return "is not one of " + ", ".join(column.one_of)
    return "is not " + _KIND_IN_WORDS[column.kind]


def local_midnight(day: str, zone: str) -> str:
    """The instant at which a day begins in the reporting zone, UTC."""
    return f"(timezone('{zone}', ({day})::timestamp) at time zone 'UTC')"


def local_day(instant: str, zone: str) -> str:
    """The day of an instant in the reporting zone."""
    if zone == "UTC":
        return f"({instant})::date"
    return f"(timezone('{zone}', ({instant}) at time zone 'UTC'))::date"


def _text(given: str, landed_type: str, _zone: str) -> str:
    return given if landed_type == "VARCHAR" else f"({given})::varchar"


def _integer(given: str, landed_type: str, _zone: str) -> str:
    if landed_type == "VARCHAR":
        whole = f"try_cast(split_part({given}, '.', 1) as bigint)"
        return f"case when regexp_full_match({given}, '{_WHOLE}') then {whole} end"
    return f"case when try_cast({given} as bigint) = {given} then try_cast({given} as bigint) end"


def _money(given: str, landed_type: str, _zone: str) -> str:
    amount = f"try_cast({given} as decimal(18, 4))"
    if landed_type == "VARCHAR":
        return f"case when regexp_full_match({given}, '{_AMOUNT}') then {amount} end"
    return amount


def _boolean(given: str, landed_type: str, _zone: str) -> str:
    if landed_type == "BOOLEAN":
        return given
    word = f"lower(({given})::varchar)"
    is_true, is_false = _is_one_of(word, _TRUE), _is_one_of(word, _FALSE)
    return f"case when {is_true} then true when {is_false} then false end"


def _is_one_of(word: str, words: tuple[str, ...]) -> str:
    # DuckDB makes a join of a longer "in", and after a join rows come in any order.
    return f"list_contains([{', '.join(repr(one) for one in words)}], {word})"


def _plausible(moment: str) -> str:
    # Outside of these years a date is a placeholder (0001, 9999, infinity), not a fact.
    return f"case when year({moment}) between 1900 and 2200 then {moment} end"


def _day(given: str, landed_type: str, zone: str) -> str:
    if landed_type == "DATE":
        return _plausible(given)
    moment = _written_instant(given, landed_type)
    # Many exports write a day as its midnight; that is still the plain day, never shifted.
    as_day = (
        f"case when ({moment})::time = time '00:00' then ({moment})::date"
        f" else {local_day(moment, zone)} end"
    )
    if landed_type != "VARCHAR":
        return _plausible(as_day)
    plain = f"case when regexp_full_match({given}, '{_DAY}') then try_cast({given} as date)"
    return _plausible(f"({plain} else {as_day} end)")


def _instant(given: str, landed_type: str, zone: str) -> str:
    if landed_type == "DATE":
        return _plausible(local_midnight(given, zone))
    moment = _written_instant(given, landed_type)
    if landed_type != "VARCHAR":
        return _plausible(moment)
    midnight = local_midnight(f"try_cast({given} as date)", zone)
    plain = f"case when regexp_full_match({given}, '{_DAY}') then {midnight}"
    return _plausible(f"({plain} else {moment} end)")


def _written_instant(given: str, landed_type: str) -> str:
    """The cell as a UTC timestamp; the session's zone is UTC, so a bare time is UTC."""
    if landed_type == "TIMESTAMP":
        return given
    if landed_type.startswith("TIMESTAMP"):
        return f"({given})::timestamptz at time zone 'UTC'"
    if landed_type != "VARCHAR":
        return f"try_cast(({given})::varchar as timestamp)"
    # DuckDB wants the seconds, and nothing between them and the offset.
    whole = f"regexp_replace({given}, '^(.{{11,13}}:[0-9]{{2}})([^0-9:].*)?$', '\\1:00\\2')"
    closed = f"regexp_replace(regexp_replace({whole}, ' ?(Z|UTC)$', '+00'), ' ([+-])', '\\1')"
    moment = (
        f"coalesce(try_cast({given} as timestamptz), try_cast({closed} as timestamptz))"
        " at time zone 'UTC'"
    )
    return f"case when regexp_full_match({given}, '{_INSTANT}') then {moment} end"
