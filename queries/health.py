"""May we trust it? How the snapshot's rows came through the contract, and what is doubtful."""

from __future__ import annotations

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import people, schema, words
from queries.people import Scope
from queries.stores import Snapshot

# More refused rows than this are counted, not listed, in a terminal.
_LISTED = 20


def relations(connection: Connection) -> pd.DataFrame:
    """Rows: one per canonical relation. Columns: relation str, is_mapped bool, rows_read,
    rows_kept, rows_refused int, newest_at datetime (UTC). Source: relation_reports."""
    return _frame(connection, sa.select(schema.relation_reports))


def refused(connection: Connection, *, scope: Scope, limit: int | None = None) -> pd.DataFrame:
    """Rows: one per refused row, up to `limit`; none for whoever may not see all rows, since nobody
    knows whose they would have been. Columns: relation, file str, line Int64, key, column, value,
    reason str. Source: refused_rows."""
    table = schema.refused_rows
    ordered = (
        sa.select(table)
        .where(sa.literal(sees_all_rows(scope)))
        .order_by(table.c.relation, table.c.file, table.c.line, table.c.key)
    )
    return _frame(connection, ordered.limit(limit)).astype({"line": "Int64"})


def unmapped(connection: Connection) -> pd.DataFrame:
    """Rows: one per stage value that neither the vocabulary nor the stage map knows. Columns:
    relation, column, source_value str, rows int. Source: unmapped_stages."""
    return _frame(connection, sa.select(schema.unmapped_stages))


def findings(connection: Connection, *, scope: Scope) -> pd.DataFrame:
    """Rows: one per kind of kept data worth knowing of, doubts first. Columns: finding, relation
    str, rows int, is_doubt bool, sentence, examples str ("" for whoever may not see all rows).
    Source: findings."""
    table = schema.findings
    found = _frame(
        connection, sa.select(table).order_by(table.c.is_doubt.desc(), table.c.rows.desc())
    )
    return found if sees_all_rows(scope) else found.assign(examples="")


def sees_all_rows(scope: Scope) -> bool:
    """Also those that belong to nobody known."""
    return scope.kind == "everything" and scope.sees_persons


def _frame(connection: Connection, statement: sa.Select) -> pd.DataFrame:
    found = connection.execute(statement)
    return pd.DataFrame(found.fetchall(), columns=list(found.keys()))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")


def report(snapshot: Snapshot) -> dict[str, Any]:
    """All of the above of one snapshot, as plain records."""
    with snapshot.connect() as connection:
        return {
            "data_version": snapshot.data_version,
            "read_at": words.moment(snapshot.read_at, snapshot.zone),
            "seconds": round(snapshot.seconds, 2),
            "relations": _records(relations(connection)),
            "refused": _records(refused(connection, scope=people.EVERYTHING)),
            "unmapped": _records(unmapped(connection)),
            "findings": _records(findings(connection, scope=people.EVERYTHING)),
        }


def is_fine(found: dict[str, Any]) -> bool:
    """Nothing was refused or unmapped, and nothing that was kept is doubtful."""
    doubts = [finding for finding in found["findings"] if finding["is_doubt"]]
    return not (found["refused"] or found["unmapped"] or doubts)


def in_words(found: dict[str, Any], *, details: bool) -> str:
    """The report for a terminal: a line per relation, and with `details` every complaint."""
    lines = [f"Read {found['read_at']} in {found['seconds']} s, snapshot {found['data_version']}"]
    for entry in found["relations"]:
        if not entry["is_mapped"]:
            lines.append(f"  {entry['relation']:25} no data")
            continue
        lines.append(
            f"  {entry['relation']:25} {entry['rows_kept']:>12,} rows"
            + (f", {entry['rows_refused']:,} refused" if entry["rows_refused"] else "")
        )
    if details:
        lines += [_refusal(row) for row in found["refused"][:_LISTED]]
    if details and len(found["refused"]) > _LISTED:
        lines.append(f"  ... {_LISTED} of {len(found['refused']):,} refused rows are listed")
    lines += [
        f"unmapped: {row['rows']:,} rows of {row['relation']} have the {row['column']}"
        f" “{row['source_value']}”; add it to stage_map.csv"
        for row in found["unmapped"]
    ]
    if details:
        lines += [
            f"{'doubt' if row['is_doubt'] else 'note'}: {row['rows']:,} rows of {row['relation']}"
            f" {row['sentence']} ({row['examples']})"
            for row in found["findings"]
        ]
    elif not is_fine(found):
        lines.append("Something is doubtful: `python -m queries check` lists it.")
    return "\n".join(lines)


def _refusal(row: dict[str, Any]) -> str:
    line = row["line"]
    where = f"{row['file']}, line {line}" if line is not None else f"key {row['key']}"
    cell = f" (“{row['value']}”)" if row["value"] else ""
    return f"refused: {row['relation']}: {where}: {row['reason']}{cell}"
