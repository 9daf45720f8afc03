"""What is written about the project is true: each check compares a text with the code."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from queries import definitions, settings
from queries.agreements import kinds
from queries.handoffs import metrics

ROOT = Path(__file__).resolve().parent.parent
HEADING = re.compile(r"^#{2,4} `([a-z0-9_]+)`", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)[^)]*\)")
TARGET = re.compile(r"^([a-z][a-z-]*):(?!=)", re.MULTILINE)
VERSION = re.compile(r"^## (\d+\.\d+\.\d+)\b", re.MULTILINE)
# Targets that only other targets call.
INNER_TARGETS = {"setup-tests"}


def _text(path: str) -> str:
    return (ROOT / path).read_text()


def not_named(names: list[str], text: str) -> list[str]:
    """Names that a text does not hold as `code`, whole."""
    return [name for name in names if f"`{name}`" not in text]


def dead_links(document: Path) -> list[str]:
    """Relative links of a document that lead nowhere."""
    links = [link.split("#")[0] for link in LINK.findall(document.read_text())]
    return [
        f"{document.name}: {link}"
        for link in links
        if link and not re.match(r"[a-z]+:", link) and not (document.parent / link).exists()
    ]


def test_every_setting_is_in_the_operators_manual() -> None:
    names = [setting.env for setting in settings.SETTINGS]
    assert names != []
    assert not_named(names, _text("docs/operations.md")) == []


def test_the_operators_manual_names_no_setting_that_is_gone() -> None:
    known = {setting.env for setting in settings.SETTINGS}
    written = set(re.findall(r"`(SMARKETING_[A-Z0-9_]+)`", _text("docs/operations.md")))
    assert {name for name in written if name.removesuffix("_FILE") not in known} - known == set()


def test_metrics_and_their_written_definitions_are_the_same_set() -> None:
    written = HEADING.findall(_text("docs/metrics.md"))
    of_handoffs = {metric.definition for metric in metrics.METRICS.values()}
    of_promises = {f"sla_{kind}" for kind in kinds.KINDS}
    assert sorted(written) == sorted({*definitions.METRICS, *of_handoffs, *of_promises})


def test_no_definition_is_of_a_metric_and_of_hand_offs() -> None:
    of_handoffs = {metric.definition for metric in metrics.METRICS.values()}
    assert of_handoffs & set(definitions.METRICS) == set()


def test_make_help_lists_every_target() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = {line.split()[1] for line in told.stdout.splitlines() if line.startswith("make ")}
    assert listed == set(TARGET.findall(_text("Makefile"))) - INNER_TARGETS
    assert {"help", "setup", "run", "test", "check", "bench"} <= listed


def test_make_alone_lists_the_targets() -> None:
    alone = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "make run" in alone.stdout


@pytest.mark.parametrize("folder", ["", "docs"])
def test_links_lead_somewhere(folder: str) -> None:
    documents = sorted((ROOT / folder).glob("*.md"))
    assert documents != []
    assert [link for document in documents for link in dead_links(document)] == []


def test_the_changelog_begins_with_a_version() -> None:
    assert VERSION.search(_text("CHANGELOG.md")), "no heading such as `## 0.1.0`"


@pytest.mark.parametrize("lock", ["requirements.lock", "tests/requirements.lock"])
def test_the_lock_is_whole_and_names_no_machine(lock: str) -> None:
    text = _text(lock)
    pins = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
    asked = re.findall(r"^([a-z0-9-]+)[\[=]", _text(lock.replace(".lock", ".txt")), re.MULTILINE)
    assert set(asked) <= set(pins)
    assert len(re.findall(r"==[^\\]+\\\n    --hash=sha256:", text)) == len(pins)
    assert re.findall(r"://|--index|--find-links|file:|\s/", text) == []


def test_both_locks_agree() -> None:
    runtime, tests = (
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", _text(lock), re.MULTILINE))
        for lock in ("requirements.lock", "tests/requirements.lock")
    )
    both = runtime.keys() & tests.keys()
    assert {name: tests[name] for name in both} == {name: runtime[name] for name in both}


def test_a_missing_name_is_found() -> None:
    assert not_named(["A_URL", "A_URL_FILE"], "Set `A_URL_FILE`.") == ["A_URL"]


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    document = tmp_path / "README.md"
    document.write_text("[a](README.md#b) [c](gone.md) [d](https://example.org/e) ![f](g.png)")
    assert dead_links(document) == ["README.md: gone.md", "README.md: g.png"]


def test_headings_targets_and_versions_are_recognised() -> None:
    assert HEADING.findall("## `won_deals`\n### Sources\n") == ["won_deals"]
    assert TARGET.findall("PORT ?= 1\nrun: setup\nA := b\n$(X): y\nhelp:\n") == ["run", "help"]
    assert VERSION.findall("## 0.1.0 - unreleased\n## Soon\n") == ["0.1.0"]


def test_every_test_that_the_security_page_names_is_there() -> None:
    named = re.findall(r"`([a-z_/]+[.]py)`", _text("docs/security.md"))
    places = (ROOT, ROOT / "tests")
    missing = [name for name in named if not any((place / name).is_file() for place in places)]
    assert len(named) > 40
    assert missing == []
