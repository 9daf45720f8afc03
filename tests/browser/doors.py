"""The running apps by their addresses, and how a browser comes in signed in."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from components import cookies
from queries import accounts, audit, migrate, records, sessions, settings, tokens

_environments: dict[str, dict[str, str]] = {}


def note(url: str, environment: dict[str, str]) -> None:
    """An app with these settings is at this address."""
    _environments[url] = environment


def configured(url: str) -> settings.Settings:
    """The settings of the app at an address."""
    parts = urlsplit(url)
    environment = _environments[f"{parts.scheme}://{parts.netloc}"]
    return settings.load(environment, secrets_file=Path("/nonexistent"))


def opened_records(url: str) -> records.Engine:
    """The records of the app at an address."""
    engine = records.open_records(configured(url).records)
    migrate.migrate(engine)
    return engine


def signed_in(
    url: str, name: str = "lee", role: str = "leader", rep_id: str = ""
) -> list[dict[str, str]]:
    """The cookies of a browser in which somebody has signed in to the app at an address."""
    at, browser = records.now(), tokens.new()
    visit = sessions.Visit(browser, "this machine", "a test", at)
    with records.writing(opened_records(url)) as rows:
        person = accounts.find(rows, name, with_demo=True)
        newcomer = accounts.Newcomer(name, role, full_name=name.capitalize(), rep_id=rep_id)
        person_id = (
            person.person_id if person else accounts.add(rows, audit.by_operator(at), newcomer)
        )
        _, ticket = sessions.start(rows, person_id, visit, method="password")
        token = sessions.claim(rows, ticket, browser, at)
    origin = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}"
    return [
        {"name": cookies.browser_name(is_tls=False), "value": browser, "url": origin},
        {"name": cookies.session_name(is_tls=False), "value": token or "", "url": origin},
    ]
