"""Who may import what, as functions from a file's text to the sentences of what is wrong."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

STANDARD = frozenset(sys.stdlib_module_names)
# Only queries/stores.py and what stands behind it open a database.
DATABASES = ("sqlalchemy", "duckdb", "duckdb_sqlalchemy", "psycopg", "sqlite3")
OWN = ("app", "pages", "components", "queries", "tests")
REFUSED_NAMES = frozenset({"misc", "utils", "util", "helpers", "helper", "common", "manager"})


@dataclass(frozen=True)
class Layer:
    """What a folder must not import, and, where `only` is given, all that it may."""

    refused: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None


# The table of the house style. The first match from the top counts.
LAYERS = {
    "components/charts/": Layer(
        refused=("components.auth", "components.data"),
        only=("altair", "pandas", "components.charts"),
    ),
    "components/data.py": Layer(refused=("queries.schema", "pages", "app", "altair")),
    "components/": Layer(refused=(*DATABASES, "queries.schema", "queries.stores", "pages", "app")),
    "queries/rules/": Layer(only=("numpy", "scipy", "queries.rules")),
    "queries/": Layer(refused=("streamlit", "altair", "components", "pages", "app")),
    "pages/": Layer(
        refused=(*DATABASES, "altair", "pages", "app", "queries.schema", "queries.stores")
    ),
    "app.py": Layer(refused=(*DATABASES, "pandas", "altair", "queries.schema", "queries.stores")),
}


def layer_of(path: str) -> Layer:
    """The rules for the file at `path`, relative to the root."""
    return next((rules for start, rules in LAYERS.items() if path.startswith(start)), Layer())


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, `from a import b` being `a.b`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _under(name: str, starts: tuple[str, ...]) -> bool:
    return any(name == start or name.startswith(f"{start}.") for start in starts)


def foreign_layers(path: str, source: str) -> list[str]:
    """Imports that the layer of `path` must not have."""
    rules = layer_of(path)
    wrong = []
    for line, name in imported(source):
        outside = rules.only is not None and not (
            name.split(".")[0] in STANDARD or _under(name, rules.only)
        )
        if outside or _under(name, rules.refused):
            wrong.append(f"{path}:{line} imports {name}")
    return wrong


def relative_imports(path: str, source: str) -> list[str]:
    """Imports that depend on where the file stands."""
    return [
        f"{path}:{node.lineno} imports relatively"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def names_across_layers(path: str, source: str, is_module: Callable[[str], bool]) -> list[str]:
    """Names, not modules, taken out of another layer: a call must say where it comes from."""
    wrong = []
    for line, name in imported(source):
        top = name.split(".")[0]
        crosses = top in OWN and top != path.split("/")[0].removesuffix(".py")
        if crosses and not is_module(name):
            wrong.append(f"{path}:{line} imports the name {name}, not its module")
    return wrong


def unlisted_packages(path: str, source: str, listed: frozenset[str]) -> list[str]:
    """Imports of packages that requirements.txt does not name (`listed`: import names)."""
    return [
        f"{path}:{line} imports {name}, which requirements.txt does not name"
        for line, name in imported(source)
        if name.split(".")[0] not in STANDARD | listed | frozenset(OWN)
    ]


def refused_names(path: str) -> list[str]:
    """Parts of a path that say nothing about what is inside."""
    words = {word for part in PurePosixPath(path).with_suffix("").parts for word in part.split("_")}
    return [f"{path} is named {word}" for word in sorted(words & REFUSED_NAMES)]
