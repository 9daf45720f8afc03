"""What the operator sets: where it may stand, which place wins, and what stops the start."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from queries import settings
from queries.settings import SettingsError


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    path = tmp_path / "secrets.toml"
    path.touch(mode=0o600)
    return path


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


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o666, 0o755])
def test_a_file_of_secrets_that_everybody_can_read_stops_the_start(secrets: Path, mode) -> None:
    secrets.chmod(mode)
    sentence = "secrets.toml can be read by everybody on this machine; run: chmod 600 secrets.toml"
    with pytest.raises(SettingsError, match=sentence):
        settings.load({}, secrets)


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o640, 0o660])
def test_a_file_of_secrets_may_be_for_its_owner_and_a_group(secrets: Path, mode: int) -> None:
    secrets.chmod(mode)
    assert settings.load({}, secrets).is_demo


def test_without_a_file_of_secrets_nothing_is_wrong(tmp_path: Path) -> None:
    assert settings.load({}, tmp_path / "nowhere.toml").is_demo


def test_signing_in_has_defaults_that_are_safe(secrets: Path) -> None:
    found = settings.load({}, secrets)
    assert (found.sign_in_idle_hours, found.sign_in_longest_hours) == (8, 12)
    assert (found.sign_in_company_label, found.server_cookie_secret) == ("", "")
    assert (found.server_allow_plain_http, found.is_behind_tls) == (False, False)
    assert found.records == f"sqlite:///{settings.ROOT / '.data' / 'records.sqlite'}"


def test_the_records_are_where_they_are_set_to_be(secrets: Path) -> None:
    url = "postgresql+psycopg://smarketing@db/crm"
    assert settings.load({"SMARKETING_RECORDS_URL": url}, secrets).records == url
    there = settings.load({"SMARKETING_DATA_DIR": "/srv/data"}, secrets)
    assert there.records == "sqlite:////srv/data/records.sqlite"


def test_https_says_that_there_is_a_proxy(secrets: Path) -> None:
    secrets.write_text('[server]\npublic_url = "https://Funnel.acme.com/"\nallow_plain_http = true')
    found = settings.load({}, secrets)
    assert (found.server_public_url, found.is_behind_tls) == ("https://funnel.acme.com", True)
    assert found.server_allow_plain_http


@pytest.mark.parametrize(("idle", "longest"), [("13", "12"), ("24", ""), ("720", "719")])
def test_a_session_that_would_never_be_idle_is_refused(secrets: Path, idle, longest) -> None:
    given = {"SMARKETING_SIGN_IN_IDLE_HOURS": idle, "SMARKETING_SIGN_IN_LONGEST_HOURS": longest}
    with pytest.raises(SettingsError, match=r"\[sign_in\] idle_hours is more than longest_hours"):
        settings.load({name: value for name, value in given.items() if value}, secrets)


def test_idle_may_be_as_long_as_a_session(secrets: Path) -> None:
    assert settings.load({"SMARKETING_SIGN_IN_IDLE_HOURS": "12"}, secrets).sign_in_idle_hours == 12


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SMARKETING_RECORDS_URL", "mysql://ana:geheim@h/crm"),
        ("SMARKETING_RECORDS_URL", "postgresql+psycopg://u:x@h:geheim/crm"),
        ("SMARKETING_SERVER_COOKIE_SECRET", "geheim"),
    ],
)
def test_the_new_secrets_are_in_no_message_either(secrets: Path, variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=r"\(not shown\)") as refusal:
        settings.load({variable: value}, secrets)
    assert "geheim" not in "".join(traceback.format_exception(refusal.value))


def test_the_snapshots_may_stand_elsewhere(secrets: Path) -> None:
    found = settings.load({"SMARKETING_MART_URL": "duckdb:/srv/mart"}, secrets)
    assert found.mart_folder == Path("/srv/mart")
