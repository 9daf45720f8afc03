"""`python -m queries check`: 0 where all is well, 1 with file and line where it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from queries import __main__ as command_line
from tests import small_company

CLEAN = "lead_id,created_at,owner_rep_id\nL1,2026-01-01,R1\n"
REPS = {"reps.csv": "rep_id\nR1"}


def check(tmp_path: Path, root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "queries", "check"],
        cwd=root,
        env={**os.environ, **small_company.environment(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_clean_folder_passes(tmp_path: Path, root: Path) -> None:
    small_company.write(tmp_path / "source", {"leads.csv": CLEAN} | REPS)
    done = check(tmp_path, root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  leads                                1 rows\n" in done.stdout
    assert "refused" not in done.stdout
    assert not (tmp_path / "data" / "mart").exists()


def test_a_dirty_folder_fails_and_says_where(tmp_path: Path, root: Path) -> None:
    leads = CLEAN + "L2,03/04/2018,R1\nL3,2026-01-01,R9"
    small_company.write(tmp_path / "source", {"leads.csv": leads} | REPS)
    done = check(tmp_path, root)
    assert done.returncode == 1
    assert (
        "refused: leads: leads.csv, line 3: created_at is not a moment written"
        " YYYY-MM-DD HH:MM:SS (“03/04/2018”)\n" in done.stdout
    )
    assert "doubt: 1 rows of leads name a owner_rep_id that is not in reps" in done.stdout


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command in this process, with the settings of the small company."""

    def run(*arguments: str, **values: str) -> int:
        for name, value in small_company.environment(tmp_path, **values).items():
            monkeypatch.setenv(name, value)
        return command_line.main(arguments)

    return run


@pytest.mark.parametrize(
    ("row", "code"), [("", 0), ("L2,x,R1", 1), ("L2,2026-01-01,R9", 1), ("L2,2026-01-01,", 0)]
)
def test_a_refusal_and_a_doubt_fail_and_a_note_does_not(
    tmp_path: Path, main, row: str, code: int
) -> None:
    small_company.write(tmp_path / "source", {"leads.csv": CLEAN + row} | REPS)
    assert main("check") == code


def test_what_is_unknown_is_null_for_a_machine(tmp_path: Path, main, capsys) -> None:
    events = "event_id,lead_id,to_stage,occurred_at\nE1,L9,mql,2026-01-01"
    columns = "event_id, lead_id, to_stage, occurred_at"
    mapping = {
        "leads.sql": "select * from leads",
        "lead_stage_events.sql": f"select distinct {columns} from lead_stage_events",
    }
    small_company.write(tmp_path / "source", {"leads.csv": CLEAN, "lead_stage_events.csv": events})
    own = str(small_company.write(tmp_path / "mapping", mapping))
    assert main("check", "--format", "json", source_mapping=own) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["refused"][0]["line"] is None
    assert {entry["relation"]: entry["newest_at"] for entry in report["relations"]}["reps"] is None


def test_a_source_that_is_away_fails_with_a_sentence(main, capsys) -> None:
    assert main("check") == 1
    said = capsys.readouterr().err
    assert said.startswith("error: Folder ")
    assert said.count("\n") == 1
