"""`python -m queries people add | disable | enable | reset | list`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

from sqlalchemy.engine import Connection, Engine

from queries import accounts, audit, links, migrate, people, records
from queries.settings import Settings


def describe(parser: argparse.ArgumentParser) -> None:
    """Adds the commands to the command line."""
    commands = parser.add_subparsers(required=True, metavar="what")
    add = _command(commands, "add", _add, "add a person; prints a link to choose a password")
    add.add_argument("name", help="what they type to sign in")
    add.add_argument("--role", choices=people.ROLES, required=True)
    add.add_argument("--full-name", default="")
    add.add_argument("--email", default="", help="for the company's own sign-in")
    add.add_argument("--rep", default="", help="the rep_id that they are in the data")
    add.add_argument("--side", choices=people.SIDES, default="", help="a leader signs for it")
    for name, run, purpose in (
        ("disable", _disable, "end all sessions of a person and let them in no more"),
        ("enable", _enable, "let a disabled person in again"),
        ("reset", _reset, "print a link to choose another password"),
    ):
        _command(commands, name, run, purpose).add_argument("name")
    listing = _command(commands, "list", _list, "list the people")
    listing.add_argument("--format", choices=("text", "json"), default="text")


def _command(
    commands: argparse._SubParsersAction, name: str, run: Callable[..., None], purpose: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=purpose)
    parser.set_defaults(run=_on_records(run))
    return parser


def _on_records(run: Callable[..., None]) -> Callable[[argparse.Namespace, Settings], int]:
    def ran(asked: argparse.Namespace, configured: Settings) -> int:
        engine = records.open_records(configured.records)
        migrate.migrate(engine)
        run(asked, configured, engine)
        return 0

    return ran


def _add(asked: argparse.Namespace, configured: Settings, engine: Engine) -> None:
    act = audit.by_operator(records.now())
    said = (asked.name, asked.role, asked.full_name, asked.email, asked.rep)
    newcomer = accounts.Newcomer(*said, side=asked.side)
    with records.writing(engine) as connection:
        person_id = accounts.add(connection, act, newcomer)
        token = accounts.issue_link(connection, act, person_id)
    print(in_words(configured, asked.name, token))


def _reset(asked: argparse.Namespace, configured: Settings, engine: Engine) -> None:
    act = audit.by_operator(records.now())
    with records.writing(engine) as connection:
        person = _find(connection, asked.name, configured)
        token = accounts.issue_link(connection, act, person.person_id)
    print(in_words(configured, person.name, token))


def in_words(configured: Settings, name: str, token: str) -> str:
    """The link, and for whom and how long it is good."""
    link = address(configured, token)
    return f"{name} chooses a password here, once, within {links.HOURS} hours:\n{link}"


def address(configured: Settings, token: str) -> str:
    """The link as somebody opens it."""
    return f"{configured.server_public_url}/?link={token}"


def _disable(asked: argparse.Namespace, configured: Settings, engine: Engine) -> None:
    _set_active(asked, configured, engine, is_active=False)
    print(f"{asked.name} is signed out everywhere and cannot sign in.")


def _enable(asked: argparse.Namespace, configured: Settings, engine: Engine) -> None:
    _set_active(asked, configured, engine, is_active=True)
    print(f"{asked.name} can sign in again.")


def _set_active(
    asked: argparse.Namespace, configured: Settings, engine: Engine, *, is_active: bool
) -> None:
    act = audit.by_operator(records.now())
    with records.writing(engine) as connection:
        person = _find(connection, asked.name, configured)
        accounts.set_active(connection, act, person.person_id, is_active=is_active)


def _find(connection: Connection, name: str, configured: Settings) -> accounts.Person:
    person = accounts.find(connection, name, with_demo=configured.is_demo)
    if person is None:
        raise accounts.NotAllowed(f"There is nobody with the name “{name}”.")
    return person


def _list(asked: argparse.Namespace, configured: Settings, engine: Engine) -> None:
    with records.reading(engine) as connection:
        everyone = accounts.everyone(connection, with_demo=configured.is_demo)
    if asked.format == "json":
        print(json.dumps([vars(person) for person in everyone], indent=1, default=str))
        return
    for person in everyone:
        state = "" if person.is_active else "  disabled"
        rep = f"  rep {person.rep_id}" if person.rep_id else ""
        side = f"  for {person.side}" if person.side else ""
        print(f"{person.name:24} {person.role:14} {person.full_name}{rep}{side}{state}")
