"""The rules of the tree: each is kept by every file, and each can fail."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from tests import code_rules, import_rules

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("app.py", "pages", "components", "queries")
LIMITS = {"app.py": 80, "pages/": 120, "tests/": 300, "": 250}
NOT_JUSTIFIED = (
    *("assets", "common", "config", "data", "helpers", "migrations", "models", "notebooks"),
    *("scripts", "services", "sql", "src", "utils"),
    *("conftest.py", "setup.py", "requirements-dev.txt"),
)

# Each exception with the reason why the rule would make the code worse.
RAW_HTML = {"components/present.py": "the projector's sizes: one static style sheet"}
ASSEMBLED_SQL = {"queries/refresh/": "runs the operator's own mapping SQL, and loads its result"}
# Each shows no data: nothing to hide from whoever was signed out meanwhile.
UNGUARDED_PARTS = {
    "waiting": "the first snapshot is being read, so there is nothing to see yet",
    "without_records": "the records do not answer, so nobody can tell who is there",
}

Rule = Callable[[str, str], list[str]]


def _files(*places: str) -> dict[str, str]:
    """Path and text of the Python files there; a place may be a file or a folder."""
    found = [
        file
        for place in places
        for file in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    ]
    return {
        file.relative_to(ROOT).as_posix(): file.read_text()
        for file in sorted(found)
        if file.exists()
    }


def _broken(rule: Rule, *places: str, except_in: dict[str, str] | None = None) -> list[str]:
    return [
        sentence
        for path, source in _files(*places).items()
        if not path.startswith(tuple(except_in or ()))
        for sentence in rule(path, source)
    ]


def _is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").exists()


@functools.cache
def _listed_packages() -> frozenset[str]:
    """Import names of the packages in requirements.txt."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    named = {
        re.split(r"[=\[]", line)[0].lower() for line in lines if re.match(r"[a-z0-9]", line, re.I)
    }
    return frozenset(
        module
        for module, packages in metadata.packages_distributions().items()
        if named & {package.lower() for package in packages}
    )


def _too_long(path: str, source: str) -> list[str]:
    limit = next(limit for start, limit in LIMITS.items() if path.startswith(start))
    lines = len(source.splitlines())
    return [f"{path} has {lines} lines, more than {limit}"] if lines > limit else []


def _names_across_layers(path: str, source: str) -> list[str]:
    return import_rules.names_across_layers(path, source, _is_module)


def _unlisted_packages(path: str, source: str) -> list[str]:
    return import_rules.unlisted_packages(path, source, _listed_packages())


def _empty_names(path: str, _source: str) -> list[str]:
    return import_rules.refused_names(path)


def _sentences(broken: list[str]) -> str:
    """All that is wrong as one text, which pytest shows whole."""
    return "\n".join(broken)


def test_each_layer_imports_only_what_it_may() -> None:
    assert _sentences(_broken(import_rules.foreign_layers, *LAYERS)) == ""


def test_imports_are_absolute() -> None:
    assert _sentences(_broken(import_rules.relative_imports, *LAYERS, "tests")) == ""


def test_modules_not_names_cross_the_layers() -> None:
    assert _sentences(_broken(_names_across_layers, *LAYERS)) == ""


def test_every_package_that_is_imported_is_a_named_requirement() -> None:
    assert _sentences(_broken(_unlisted_packages, *LAYERS)) == ""


def test_names_say_what_is_inside() -> None:
    assert _sentences(_broken(_empty_names, *LAYERS, "tests")) == ""
    assert [name for name in NOT_JUSTIFIED if (ROOT / name).exists()] == []


def test_every_page_begins_by_asking_who_reads() -> None:
    assert _sentences(_broken(code_rules.unguarded_page, "pages")) == ""


def test_every_part_of_a_page_that_runs_alone_asks_who_is_still_there() -> None:
    broken = _broken(code_rules.unguarded_parts, "app.py", "pages", "components")
    allowed = {f" {name} does not" for name in UNGUARDED_PARTS}
    excused = [line for line in broken if any(name in line for name in allowed)]
    assert _sentences([line for line in broken if line not in excused]) == ""
    assert all(line.startswith("components/errors.py:") for line in excused)
    assert len(excused) == len(UNGUARDED_PARTS)


def test_sql_is_never_put_together_as_text() -> None:
    assert _sentences(_broken(code_rules.assembled_sql, *LAYERS, except_in=ASSEMBLED_SQL)) == ""


def test_raw_html_stands_only_where_it_is_listed() -> None:
    assert _sentences(_broken(code_rules.raw_html, *LAYERS, except_in=RAW_HTML)) == ""
    stale = [path for path in RAW_HTML if not _broken(code_rules.raw_html, path)]
    assert stale == []


def test_functions_and_files_are_short() -> None:
    assert _sentences(_broken(code_rules.long_functions, *LAYERS, "tests")) == ""
    assert _sentences(_broken(_too_long, *LAYERS, "tests")) == ""


def test_caches_end_and_their_keys_are_whole() -> None:
    assert _sentences(_broken(code_rules.loose_caches, *LAYERS)) == ""


AUTH = "from components import auth\n"
SA = "import sqlalchemy as sa\n"
ST = "import streamlit as st\n"
LATE = "@st.dialog('T')\ndef part():\n    x()\n    auth.still_here()"
EARLY = '@st.fragment(run_every=2)\ndef part():\n    """Says."""\n    auth.still_here()\n    x()\n'
DRAWN = "def f():\n    auth.still_here()\nst.dialog('T', width='large')(f)(1)"
CACHED = "@st.cache_data(ttl=60, max_entries=9)\ndef load({}): ...\n"
LONG = 'def f():\n    """Says it."""\n' + "    x()\n" * 40
OFFENCES: list[tuple[Rule, str, str]] = [
    (import_rules.foreign_layers, "app.py", "import pandas as pd"),
    (import_rules.foreign_layers, "pages/x.py", "from queries import stores"),
    (import_rules.foreign_layers, "pages/x.py", "import altair"),
    (import_rules.foreign_layers, "pages/x.py", "from pages import leads"),
    (import_rules.foreign_layers, "components/x.py", "from queries import stores"),
    (import_rules.foreign_layers, "components/x.py", "def f():\n    import sqlalchemy.orm"),
    (import_rules.foreign_layers, "components/data.py", "from queries.schema import leads"),
    (import_rules.foreign_layers, "components/charts/x.py", "import streamlit"),
    (import_rules.foreign_layers, "components/charts/x.py", "from components import kpi_row"),
    (import_rules.foreign_layers, "queries/x.py", "import streamlit.runtime"),
    (import_rules.foreign_layers, "queries/rules/x.py", "import pandas"),
    (import_rules.foreign_layers, "queries/rules/x.py", "from queries import settings"),
    (import_rules.relative_imports, "queries/x.py", "from . import settings"),
    (_names_across_layers, "pages/x.py", "from queries.settings import SETTINGS"),
    (_unlisted_packages, "queries/x.py", "import pytest"),
    (code_rules.unguarded_page, "pages/x.py", '"""Says it."""\n'),
    (code_rules.unguarded_parts, "components/x.py", ST + "@st.fragment\ndef part(): x()"),
    (code_rules.unguarded_parts, "components/x.py", ST + AUTH + LATE),
    (code_rules.unguarded_parts, "components/x.py", ST + "def f(): x()\nst.dialog('T')(f)(1)"),
    (code_rules.unguarded_parts, "components/x.py", ST + "def f(): x()\ng = st.fragment(f)"),
    (code_rules.unguarded_parts, "components/x.py", ST + "st.dialog('T')(lambda: x())()"),
    (code_rules.unguarded_page, "pages/x.py", AUTH + "x = 1\nauth.require_user()"),
    (code_rules.unguarded_page, "pages/x.py", AUTH + "if x:\n    auth.require_user()"),
    (code_rules.unguarded_page, "pages/x.py", "import auth\nauth.require_user()"),
    (code_rules.assembled_sql, "queries/x.py", SA + 'sa.text(f"select {x}")'),
    (code_rules.assembled_sql, "queries/x.py", SA + "sa.text(given)"),
    (code_rules.assembled_sql, "queries/x.py", SA + 'a = "x"\na = y\nsa.text(a)'),
    (code_rules.assembled_sql, "queries/x.py", 'from sqlalchemy import text\ntext("a" + b)'),
    (code_rules.assembled_sql, "queries/x.py", 'c.exec_driver_sql("select %s" % x)'),
    (code_rules.assembled_sql, "queries/x.py", 'pd.read_sql("select {}".format(x), c)'),
    (code_rules.assembled_sql, "queries/x.py", 'c.execute("select " + x)'),
    (code_rules.raw_html, "components/x.py", "f(x, unsafe_allow_html=True)"),
    (code_rules.raw_html, "components/x.py", ST + "st.html(x)"),
    (code_rules.long_functions, "queries/x.py", LONG),
    (_too_long, "pages/x.py", "\n" * 121),
    (_too_long, "queries/x.py", "\n" * 251),
    (code_rules.loose_caches, "components/x.py", ST + CACHED.format("_connection")),
    (code_rules.loose_caches, "components/x.py", ST + CACHED.format("a, *, _b=None")),
    (code_rules.loose_caches, "components/x.py", ST + "@st.cache_data\ndef load(): ..."),
    (code_rules.loose_caches, "components/x.py", ST + "@st.cache_data(ttl=1)\ndef load(): ..."),
    (code_rules.hollow_tests, "tests/x.py", "def test_it():\n    f()"),
    (code_rules.hollow_tests, "tests/x.py", "def test_it():\n    assert True"),
    (code_rules.hollow_tests, "tests/x.py", "def make_lead():\n    assert x"),
]
LEGAL: list[tuple[Rule, str, str]] = [
    (import_rules.foreign_layers, "components/data.py", "from queries import stores"),
    (import_rules.foreign_layers, "components/charts/x.py", "from components.charts import theme"),
    (import_rules.foreign_layers, "queries/rules/x.py", "import datetime\nimport numpy as np"),
    (_names_across_layers, "pages/x.py", "from queries import settings"),
    (_names_across_layers, "queries/x.py", "from queries.settings import SETTINGS"),
    (_unlisted_packages, "queries/x.py", "import json\nimport pandas\nfrom queries import a"),
    (code_rules.unguarded_page, "pages/x.py", '"""Says."""\n' + AUTH + "u = auth.require_user()"),
    (code_rules.unguarded_parts, "components/x.py", ST + AUTH + EARLY),
    (code_rules.unguarded_parts, "components/x.py", ST + AUTH + DRAWN),
    (code_rules.assembled_sql, "queries/x.py", SA + 'Q = "select 1"\nc.execute(sa.text(Q))'),
    (code_rules.assembled_sql, "queries/x.py", SA + 'c.execute(sa.select(t.c.a + "x"))'),
    (code_rules.assembled_sql, "components/x.py", ST + 'st.text(f"{n} leads")'),
    (code_rules.loose_caches, "components/x.py", ST + CACHED.format("query, filters")),
    (code_rules.long_functions, "queries/x.py", LONG.replace("    x()\n", "", 1)),
    (code_rules.hollow_tests, "tests/x.py", "def test_it():\n    with pytest.raises(E): f()"),
]


@pytest.mark.parametrize(("rule", "path", "source"), OFFENCES)
def test_a_rule_finds_an_offence(rule: Rule, path: str, source: str) -> None:
    assert rule(path, source) != []


@pytest.mark.parametrize(("rule", "path", "source"), LEGAL)
def test_a_rule_lets_the_good_form_pass(rule: Rule, path: str, source: str) -> None:
    assert rule(path, source) == []


@pytest.mark.parametrize(
    "path", ["queries/utils.py", "components/sql_helpers.py", "tests/misc/x.py"]
)
def test_an_empty_name_is_refused(path: str) -> None:
    assert import_rules.refused_names(path) != []


def test_the_rules_see_the_files() -> None:
    assert {"queries/__init__.py", "components/__init__.py"} <= set(_files(*LAYERS))
    assert {"streamlit", "sqlalchemy", "psycopg"} <= _listed_packages()
