"""What the operator sets: where it may stand, which place wins, and what stops the start."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from queries import settings
from queries.settings import SettingsError


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    return tmp_path / "secrets.toml"


def test_with_nothing_set_it_is_the_demo_company(secrets: Path) -> None:
    found = settings.load({}, secrets)
    assert found.is_demo
    assert found.source_mapping == "identity"
    assert found.source_refresh_seconds == 900
    assert found.zone.key == "UTC"
    assert found.mart_folder == settings.ROOT / ".data" / "mart"
    assert found.demo_folder == settings.ROOT / ".data" / "demo"


def test_the_file_is_read_with_its_numbers(secrets: Path) -> None:
    secrets.write_text('[source]\nrefresh_seconds = 60\n[company]\nname = "Acme"\n')
    found = settings.load({}, secrets)
    assert (found.source_refresh_seconds, found.company_name) == (60, "Acme")


def test_the_environment_wins_over_the_file(secrets: Path) -> None:
    secrets.write_text('[company]\nname = "Acme"\ncurrency = "EUR"\n')
    found = settings.load({"SMARKETING_COMPANY_NAME": "Bolt"}, secrets)
    assert (found.company_name, found.company_currency) == ("Bolt", "EUR")


def test_sections_of_streamlit_and_variables_of_others_are_left_alone(secrets: Path) -> None:
    secrets.write_text('[auth]\nredirect_uri = "x"\n[connections.crm]\nurl = "y"\n')
    assert settings.load({"SMARK": "1", "PATH": "/bin"}, secrets).is_demo


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("[source]\nulr = 'x'", r"secrets.toml: \[source\] ulr is not a setting; did you mean "
         r"\[source\] url\?"),
        ("[sources]\nurl = 'x'", r"\[sources\] url is not a setting; did you mean \[source\] url"),
        ("url = 'x'", r"\[url\] is not a setting; did you mean"),
        ("[source", "secrets.toml is not valid TOML"),
        ("[company]\ninternal_domains = ['a.com']", "internal_domains is not one text"),
        ("[company.time_zone]\nx = 1", r"\[company\] time_zone is not one text"),
        ("[source]\nrefresh_seconds = 1.5", r"refresh_seconds = '1.5' is not a number of seconds"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_stops_and_is_named(
    secrets: Path, written: str, sentence: str
) -> None:
    secrets.write_text(written)
    with pytest.raises(SettingsError, match=sentence):
        settings.load({}, secrets)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("SMARKETING_SOURCE_ULR", "x", "SMARKETING_SOURCE_ULR is not a setting; did you mean "
         "SMARKETING_SOURCE_URL?"),
        ("SMARKETING_COMPANY_ZONE", "x", "did you mean SMARKETING_COMPANY_"),
        ("SMARKETING_COMPANY_NAME_FILE", "x", "only secrets may be read from a file; "
         "set SMARKETING_COMPANY_NAME"),
        ("SMARKETING_COMPANY_TIME_ZONE", "Berlin", r"\[company\] time_zone = 'Berlin' is not an "
         r"IANA time zone such as .*Berlin \(or SMARKETING_COMPANY_TIME_ZONE\)"),
        ("SMARKETING_SOURCE_URL_FILE", "/nowhere/x", r"cannot read /nowhere/x \(No such file"),
        ("SMARKETING_DATA_DIR", "", r"\[data\] dir = '' is not a folder"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_environment_stops_and_is_named(
    secrets: Path, variable: str, value: str, sentence: str
) -> None:
    with pytest.raises(SettingsError, match=sentence):
        settings.load({variable: value}, secrets)


def test_a_secret_may_stand_in_a_file_of_its_own(secrets: Path, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("sqlite:////data/crm.db\n")
    there = {"SMARKETING_SOURCE_URL_FILE": str(tmp_path / "url")}
    assert settings.load(there, secrets).source_url == "sqlite:////data/crm.db"
    both = there | {"SMARKETING_SOURCE_URL": "files:crm"}
    assert settings.load(both, secrets).source_url == "files:crm"


@pytest.mark.parametrize("url", ["pg://ana:geheim@h/crm", "postgresql+psycopg://u:x@h:geheim/crm"])
def test_a_malformed_secret_is_in_no_message_and_no_trace(secrets: Path, url: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        settings.load({"SMARKETING_SOURCE_URL": url}, secrets)
    assert "[source] url = (not shown) is neither" in str(refusal.value)
    assert "geheim" not in "".join(traceback.format_exception(refusal.value))


def test_a_source_is_told_from_another_without_telling_where_it_is(secrets: Path) -> None:
    one, other = (
        settings.load({"SMARKETING_SOURCE_URL": f"files:{name}"}, secrets) for name in "ab"
    )
    assert one.origin != other.origin
    assert one.origin == settings.load({"SMARKETING_SOURCE_URL": "files:a"}, secrets).origin
    assert "files" not in one.origin


def test_the_snapshots_may_stand_elsewhere(secrets: Path) -> None:
    found = settings.load({"SMARKETING_MART_URL": "duckdb:/srv/mart"}, secrets)
    assert found.mart_folder == Path("/srv/mart")
