"""Each module has its tests at the mirrored path, and each test could fail."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from tests import code_rules

ROOT = Path(__file__).resolve().parent.parent
MIRRORED = ("components", "queries")
# One subject in many small files: Alembic's scripts are run, up and down, and the invented company
# is looked at, by the tests of the whole folder.
AS_A_WHOLE = ("queries/demo", "queries/migrations")


def mirror_of(module: str) -> str:
    """Where the tests of a module stand: queries/x/y.py -> tests/queries/x/test_y.py."""
    path = PurePosixPath(module)
    return f"tests/{path.parent}/test_{path.stem.strip('_')}.py"


def untested(modules: list[str], tests: list[str]) -> list[str]:
    """Mirrored paths at which no tests stand."""
    wanted = {
        mirror_of(
            next((f"{whole}.py" for whole in AS_A_WHOLE if path.startswith(f"{whole}/")), path)
        )
        for path in modules
        if PurePosixPath(path).name != "__init__.py"
    }
    return sorted(wanted - set(tests))


def strays(modules: list[str], tests: list[str]) -> list[str]:
    """Test files that mirror nothing; test_y_late.py may stand beside test_y.py."""
    folders = {str(PurePosixPath(path).parent) for path in modules}
    mirrors = [mirror_of(path) for path in [*modules, *(f"{folder}.py" for folder in folders)]]
    stems = tuple(path.removesuffix(".py") for path in mirrors)
    return [
        path
        for path in tests
        if not any(path in (f"{stem}.py",) or path.startswith(f"{stem}_") for stem in stems)
    ]


def _python(*folders: str, pattern: str = "*.py") -> list[str]:
    found = [file for folder in folders for file in (ROOT / folder).rglob(pattern)]
    return sorted(file.relative_to(ROOT).as_posix() for file in found)


MODULES = _python(*MIRRORED)
TESTS = _python(*(f"tests/{folder}" for folder in MIRRORED), pattern="test_*.py")


def test_every_module_has_its_tests_at_the_mirrored_path() -> None:
    assert "\n".join(untested(MODULES, TESTS)) == ""


def test_every_test_file_mirrors_a_module() -> None:
    assert "\n".join(strays(MODULES, TESTS)) == ""


def test_every_test_could_fail() -> None:
    files = _python("tests", pattern="test_*.py")
    hollow = [s for path in files for s in code_rules.hollow_tests(path, (ROOT / path).read_text())]
    assert "\n".join(hollow) == ""


@pytest.mark.parametrize(
    ("module", "mirror"),
    [
        ("queries/x.py", "tests/queries/test_x.py"),
        ("queries/rules/x.py", "tests/queries/rules/test_x.py"),
        ("queries/__main__.py", "tests/queries/test_main.py"),
    ],
)
def test_a_module_without_its_mirror_is_found(module: str, mirror: str) -> None:
    assert mirror_of(module) == mirror
    assert untested([module], []) == [mirror]
    assert untested([module], [mirror]) == []


def test_migrations_are_tested_as_a_whole() -> None:
    scripts = ["queries/migrations/env.py", "queries/migrations/versions/0001_people.py"]
    assert untested(scripts, []) == ["tests/queries/test_migrations.py"]


def test_tests_of_a_module_that_is_gone_are_found() -> None:
    modules = ["queries/leads.py", "queries/refresh/__init__.py"]
    kept = ["tests/queries/test_leads_late.py", "tests/queries/test_refresh.py"]
    assert strays(modules, [*kept, "tests/queries/test_gone.py"]) == ["tests/queries/test_gone.py"]
