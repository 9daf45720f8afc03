"""The secret of the cookies: made once, kept, and for nobody else's eyes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from queries import keys
from queries.settings import SettingsError
from tests import records_place, small_company

GOOD = "Rk3-9sVw_Qx7LmZp2TnBc5HdJf8GyAeU"


def secret_of(tmp_path: Path, **values: str) -> str:
    return keys.cookie_secret(small_company.configured(tmp_path, **values))


def write(tmp_path: Path, text: str, mode: int = 0o600) -> Path:
    path = tmp_path / "data" / "cookie.key"
    path.parent.mkdir()
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path) -> None:
    made = secret_of(tmp_path)
    assert len(made) == 43
    assert secret_of(tmp_path) == made
    (path,) = (tmp_path / "data").iterdir()
    assert path.name == "cookie.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret_of(tmp_path / "other") != made


def test_a_secret_that_is_set_is_taken_and_nothing_is_written(tmp_path) -> None:
    assert secret_of(tmp_path, server_cookie_secret=GOOD) == GOOD
    assert not (tmp_path / "data").exists()


def test_a_secret_of_ones_own_in_the_file_is_taken(tmp_path) -> None:
    write(tmp_path, f"{GOOD}\n")
    assert secret_of(tmp_path) == GOOD


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o620, 0o666, 0o644])
def test_a_file_that_others_can_read_is_refused(tmp_path, mode: int) -> None:
    path = write(tmp_path, GOOD, mode)
    with pytest.raises(SettingsError, match="can be read by others; run: chmod 600") as refusal:
        secret_of(tmp_path)
    assert str(path) in str(refusal.value)


@pytest.mark.parametrize("text", ["", " \n", "geheim", "a" * 64, GOOD[:31], f"example{GOOD}", "�"])
def test_what_is_no_secret_is_refused_and_not_repeated(tmp_path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingsError, match="is short or an example; leave it empty") as no:
        secret_of(tmp_path)
    assert "geheim" not in str(no.value)


def test_bytes_that_are_no_text_are_refused(tmp_path) -> None:
    write(tmp_path, "").write_bytes(b"\xff\xfe" * 8)
    with pytest.raises(SettingsError, match="is short or an example"):
        secret_of(tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(SettingsError, match=r"cannot read or make .*cookie.key \(.+\)"):
        secret_of(tmp_path)


def test_servers_that_start_at_once_have_one_secret(tmp_path) -> None:
    found = records_place.at_once(*[lambda: secret_of(tmp_path)] * 8)
    assert len(set(found)) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["cookie.key"]
