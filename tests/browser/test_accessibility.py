"""Every page, in every dress, by the rules of axe."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import conftest, screen


def _broken(page: Page) -> list[str]:
    """Rule and place of each violation."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, demo: conftest.Served, scheme: Any
) -> None:
    broken: dict[str, list[str]] = {}
    with screen.opened(browser, demo.url, screen.PROJECTOR, color_scheme=scheme) as (page, _):
        screen.drawn(page)
        broken["overview"] = _broken(page)
        page.get_by_role("button", name="Details: MQLs").click()
        expect(page.get_by_role("dialog").get_by_test_id("stDataFrame")).to_be_visible()
        screen.settled(page)
        broken["dialog"] = _broken(page)
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("button", name="Projector view").click()
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        screen.drawn(page)
        broken["projector"] = _broken(page)
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stSidebar")).to_be_visible()
        page.get_by_role("link", name="Data health").click()
        expect(page.get_by_test_id("stDataFrame")).to_have_count(4)
        screen.settled(page)
        broken["data health"] = _broken(page)
        broken |= _of_leads(page)
        # Its parts are many and made of the same pieces; once is enough.
        if scheme == "light":
            broken |= _of_handoffs(page)
            broken |= _of_the_agreement(page)
            broken |= _of_the_scorecards(page)
    assert {place: rules for place, rules in broken.items() if rules} == {}


def _of_handoffs(page: Page) -> dict[str, list[str]]:
    broken = {}
    page.get_by_role("link", name="Handoffs").click()
    # Not first the one that is shown first.
    parts = {"Reasons": "reasons", "Results": "results", "Work list": "list"}
    for part, key in (parts | {"Waiting times": "times"}).items():
        page.get_by_role("radio", name=part, exact=True).click()
        # The address changes when the run has begun: before, everything stands as it stood.
        expect(page).to_have_url(re.compile(f"show={key}"))
        screen.settled(page)
        broken[part] = _broken(page)
    return broken


def _of_the_agreement(page: Page) -> dict[str, list[str]]:
    broken = {}
    page.get_by_role("link", name="Agreement").click()
    for part in ("Agreement", "Targets", "Definitions", "Reasons", "Personas", "Stages"):
        page.get_by_role("radio", name=part, exact=True).click()
        screen.settled(page)
        broken[part] = _broken(page)
    return broken


def _of_the_scorecards(page: Page) -> dict[str, list[str]]:
    broken = {}
    page.get_by_role("link", name="SLA").click()
    expect(page.get_by_role("heading", name="SLA", level=1)).to_be_visible()
    for part, key in {"By team and more": "parts", "Scorecard": "scorecard"}.items():
        page.get_by_role("radio", name=part, exact=True).click()
        expect(page).to_have_url(re.compile(f"show={key}"))
        screen.settled(page)
        broken[part] = _broken(page)
    return broken


def _of_leads(page: Page) -> dict[str, list[str]]:
    broken = {}
    page.get_by_role("link", name="Lead", exact=True).click()
    page.get_by_role("textbox", name="Find a lead").fill("an")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPageLink")).to_have_count(20)
    screen.settled(page)
    broken["search"] = _broken(page)
    page.get_by_test_id("stPageLink").first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
    screen.settled(page)
    broken["lead"] = _broken(page)
    return broken
