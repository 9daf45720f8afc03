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
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from queries import setting_kinds

ROOT = Path(__file__).resolve().parent.parent
SECRETS_FILE = ROOT / ".streamlit" / "secrets.toml"
PREFIX = "SMARKETING_"
# Sections of secrets.toml that are Streamlit's own, not ours to judge.
FOREIGN_SECTIONS = frozenset({"auth", "connections"})


class SettingsError(ValueError):
    """A setting is unknown or malformed; the message says which, where and what is legal."""


@dataclass(frozen=True)
class Setting:
    """One setting: where it stands, its default as text, how it is read, what it is for."""

    section: str
    key: str
    default: str
    read: Callable[[str], Any]
    purpose: str
    is_secret: bool = False

    @property
    def name(self) -> str:
        return f"{self.section}_{self.key}"

    @property
    def env(self) -> str:
        return PREFIX + self.name.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "source",
        "url",
        "",
        setting_kinds.source_url,
        "where the company's data is: files:<folder>, or an SQLAlchemy URL; empty = demo company",
        is_secret=True,
    ),
    Setting(
        "source",
        "mapping",
        "identity",
        str,
        "name of a shipped mapping, or the folder of your own",
    ),
    Setting(
        "source",
        "refresh_seconds",
        "900",
        setting_kinds.seconds,
        "how often the running app reads the source again; 0 = never by itself",
    ),
    Setting(
        "mart",
        "url",
        "",
        setting_kinds.mart_url,
        "duckdb:<folder> of the snapshots; empty = in data_dir",
    ),
    Setting("data", "dir", ".data", setting_kinds.folder, "folder for everything the app writes"),
    Setting("company", "name", "", str, "shown in the title"),
    Setting(
        "company",
        "time_zone",
        "UTC",
        setting_kinds.time_zone,
        "reporting zone: decides on which day something happened",
    ),
    Setting(
        "company",
        "currency",
        "",
        setting_kinds.currency,
        "reporting currency such as EUR; empty = the one most used in the data",
    ),
    Setting(
        "company",
        "internal_domains",
        "",
        setting_kinds.domains,
        "e-mail domains, comma separated, whose leads are tests and are not counted",
    ),
)


@dataclass(frozen=True)
class Settings:
    """All settings, read and checked. Field names are `<section>_<key>`."""

    source_url: str
    source_mapping: str
    source_refresh_seconds: int
    mart_url: str
    data_dir: str
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
    return Settings(**values)
