"""What the operator sets: once, typed, checked at the start.

Each setting is `[section] key` in `.streamlit/secrets.toml`, or the environment variable
`SMARKETING_<SECTION>_<KEY>`, or (for secrets) a file named by `SMARKETING_<SECTION>_<KEY>_FILE`.
The environment wins over the file. docs/operations.md lists them all (tested).
"""

from __future__ import annotations

import difflib
import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from queries.known_settings import PREFIX, SETTINGS

ROOT = Path(__file__).resolve().parent.parent
SECRETS_FILE = ROOT / ".streamlit" / "secrets.toml"
_OTHERS_READ = 0o004
# Sections of secrets.toml that are Streamlit's own, not ours to judge.
FOREIGN_SECTIONS = frozenset({"auth", "connections"})


class SettingsError(ValueError):
    """A setting is unknown or malformed; the message says which, where and what is legal."""


@dataclass(frozen=True)
class Settings:
    """All settings, read and checked. Field names are `<section>_<key>`."""

    source_url: str
    source_mapping: str
    source_refresh_seconds: int
    mart_url: str
    data_dir: str
    records_url: str
    sign_in_idle_hours: int
    sign_in_longest_hours: int
    sign_in_company_label: str
    server_public_url: str
    server_allow_plain_http: bool
    server_cookie_secret: str
    company_name: str
    company_time_zone: str
    company_currency: str
    company_internal_domains: tuple[str, ...]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.company_time_zone)

    @property
    def data_folder(self) -> Path:
        return _from_root(self.data_dir)

    @property
    def mart_folder(self) -> Path:
        named = self.mart_url.removeprefix("duckdb:")
        return _from_root(named) if named else self.data_folder / "mart"

    @property
    def demo_folder(self) -> Path:
        return self.data_folder / "demo"

    @property
    def records(self) -> str:
        """The URL of the records."""
        return self.records_url or f"sqlite:///{self.data_folder / 'records.sqlite'}"

    @property
    def is_behind_tls(self) -> bool:
        return self.server_public_url.startswith("https:")

    @property
    def origin(self) -> str:
        """Which source it is, without telling where: a digest of its URL."""
        return hashlib.sha256(self.source_url.encode()).hexdigest()[:16]

    @property
    def is_demo(self) -> bool:
        return self.source_url == ""


def _from_root(path: str) -> Path:
    return Path(path) if Path(path).is_absolute() else ROOT / path


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return f"did you mean {near[0]}?" if near else ""


def _from_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    _refuse_an_open_file(path)
    try:
        sections = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} is not valid TOML: {error}") from error
    known = {f"[{setting.section}] {setting.key}": setting for setting in SETTINGS}
    found: dict[str, str] = {}
    for section, values in sections.items():
        if section in FOREIGN_SECTIONS:
            continue
        for key, value in (values if isinstance(values, dict) else {"": values}).items():
            title = f"[{section}] {key}".strip()
            if title not in known:
                raise SettingsError(
                    f"{path.name}: {title} is not a setting; {_nearest(title, list(known))}"
                )
            if isinstance(value, (list, dict)):
                raise SettingsError(f"{path.name}: {title} is not one text or number")
            found[known[title].name] = str(value)
    return found


def _refuse_an_open_file(path: Path) -> None:
    if path.stat().st_mode & _OTHERS_READ:
        raise SettingsError(
            f"{path.name} can be read by everybody on this machine; run: chmod 600 {path.name}"
        )


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    known = {setting.env: setting for setting in SETTINGS}
    found: dict[str, str] = {}
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        setting = known.get(variable.removesuffix("_FILE")) or known.get(variable)
        if setting is None:
            raise SettingsError(f"{variable} is not a setting; {_nearest(variable, list(known))}")
        if variable in known:
            found[setting.name] = environ[variable]
        elif not setting.is_secret:
            raise SettingsError(
                f"{variable}: only secrets may be read from a file; set {setting.env}"
            )
        elif setting.env not in environ:
            found[setting.name] = _secret_file(variable, environ[variable])
    return found


def _secret_file(variable: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{variable}: cannot read {path} ({error.strerror})") from error


def load(environ: Mapping[str, str] = os.environ, secrets_file: Path = SECRETS_FILE) -> Settings:
    """The settings in force.

    Raises: SettingsError naming the first setting that is unknown or malformed.
    """
    found = _from_file(secrets_file) | _from_environment(environ)
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = found.get(setting.name, setting.default)
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            shown = "(not shown)" if setting.is_secret else repr(text)
            raise SettingsError(
                f"[{setting.section}] {setting.key} = {shown} {error} (or {setting.env})"
            ) from None
    if values["sign_in_idle_hours"] > values["sign_in_longest_hours"]:
        raise SettingsError("[sign_in] idle_hours is more than longest_hours, so it never ends one")
    return Settings(**values)
