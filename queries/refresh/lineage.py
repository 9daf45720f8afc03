"""From which line of which file a mapped row came: added to the operator's SELECT by its syntax.

DuckDB gives a statement's syntax tree as JSON and takes it back, so the hidden columns `_file`
and `_line` of the leading table can be put into the select list without parsing SQL ourselves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

Node = dict[str, Any]


@dataclass(frozen=True)
class Landed:
    """The mapped rows of one relation: a SELECT to run in DuckDB.

    `starts`: the tables that the SELECT (each branch of a UNION ALL) starts from and their files;
    none where a row cannot be followed to its line. `reads`: all tables of files in it, lower case.
    `has_line_per_row`: no two rows have one line, and they come in the order of their lines.
    """

    select: str
    starts: tuple[tuple[str, str], ...] = ()
    reads: frozenset[str] = frozenset()
    has_line_per_row: bool = False


def with_lines(
    duck: duckdb.DuckDBPyConnection, select: str, file_names: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The SELECT with `_file` and `_line` added, and the leading table of each of its branches.

    `file_names`: table -> the file it was read from. Where the shape of the SELECT has no line to
    give (DISTINCT, UNION without ALL, a leading sub-query), it comes back as it was, with no table.
    """
    tree = _tree(duck, select)
    if tree is None:
        return select, ()
    tables = {table.lower(): table for table in file_names}
    leading = [
        _leading_table(branch, tables) for branch in _branches(tree["statements"][0]["node"])
    ]
    if not leading or not all(leading):
        return select, ()
    for branch, (alias, table) in zip(
        _branches(tree["statements"][0]["node"]), leading, strict=True
    ):
        branch["select_list"] += _line_columns(duck, branch, alias, file_names[table])
    traced = duck.execute("select json_deserialize_sql(?)", [json.dumps(tree)]).fetchone()[0]
    try:
        duck.sql(traced).columns  # noqa: B018 - binds the statement, runs nothing
    except duckdb.Error:
        return select, ()
    return traced, tuple(dict.fromkeys(table for _, table in leading))


def _tree(duck: duckdb.DuckDBPyConnection, select: str) -> Node | None:
    tree = json.loads(duck.execute("select json_serialize_sql(?)", [select]).fetchone()[0])
    return None if tree.get("error") else tree


def _branches(node: Node) -> list[Node]:
    """The SELECTs that a statement is the UNION ALL of; [] where it is something else."""
    if node["type"] == "SELECT_NODE":
        return [node]
    if node["type"] == "SET_OPERATION_NODE" and node["setop_type"] == "UNION" and node["setop_all"]:
        left, right = _branches(node["left"]), _branches(node["right"])
        return left + right if left and right else []
    return []


def _leading_table(node: Node, tables: dict[str, str]) -> tuple[str, str] | None:
    """The alias and name of the file table that the SELECT starts from."""
    if any(modifier["type"] == "DISTINCT_MODIFIER" for modifier in node["modifiers"]):
        return None
    source = node["from_table"]
    while source["type"] == "JOIN":
        source = source["left"]
    if source["type"] != "BASE_TABLE":
        return None
    named = source["table_name"].lower()
    common_tables = {entry["key"].lower() for entry in node["cte_map"]["map"]}
    if named not in tables or named in common_tables:
        return None
    return source["alias"] or source["table_name"], tables[named]


def _line_columns(
    duck: duckdb.DuckDBPyConnection, node: Node, alias: str, file_name: str
) -> list[Node]:
    """Syntax of `'<file>' as _file, <alias>._line as _line` (the first line of a group)."""
    quoted = '"' + alias.replace('"', '""') + '"'
    is_grouped = node["group_expressions"] or node["aggregate_handling"] == "FORCE_AGGREGATES"
    line = f"min({quoted}._line)" if is_grouped else f"{quoted}._line"
    literal = "'" + file_name.replace("'", "''") + "'"
    tree = _tree(duck, f"select {literal} as _file, {line} as _line from {quoted}")
    assert tree is not None, "our own statement parses"
    return tree["statements"][0]["node"]["select_list"]
