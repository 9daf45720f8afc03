"""Every setting there is: its name, its default, how it is read, what it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from queries import setting_kinds

PREFIX = "SMARKETING_"


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
    Setting(
        "records",
        "url",
        "",
        setting_kinds.records_url,
        "SQLite or PostgreSQL for what people enter; empty = an SQLite file in data_dir",
        is_secret=True,
    ),
    Setting(
        "sign_in",
        "idle_hours",
        "8",
        setting_kinds.hours,
        "a session ends when it has not been used for so long",
    ),
    Setting(
        "sign_in",
        "longest_hours",
        "12",
        setting_kinds.hours,
        "a session ends so long after the sign-in, used or not",
    ),
    Setting(
        "sign_in",
        "company_label",
        "",
        str,
        "words of the button for the company's own sign-in, set up in [auth]; empty = no button",
    ),
    Setting(
        "server",
        "public_url",
        "http://localhost:8501",
        setting_kinds.public_url,
        "address that people type; with https it says that a proxy with TLS stands in front",
    ),
    Setting(
        "server",
        "allow_plain_http",
        "no",
        setting_kinds.yes_or_no,
        "yes = serve a network without TLS: everybody on it can read passwords",
    ),
    Setting(
        "server",
        "cookie_secret",
        "",
        setting_kinds.secret,
        "32 random characters or more, the same on all servers; empty = made at the first start",
        is_secret=True,
    ),
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
