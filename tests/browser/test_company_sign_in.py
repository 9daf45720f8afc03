"""The company's own sign-in, by a real OpenID provider on this machine."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import postgres_server
from tests.browser import conftest, screen

with warnings.catch_warnings():
    # It warns of what its own next version will use.
    warnings.simplefilter("ignore")
    import oidc_provider_mock

# The provider runs in a thread of this process, and warns of what its next version will use.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
LABEL = "Sign in with Example"
USERS = (
    ("ida", {"email": "Ida@Example.com", "email_verified": True}),
    ("ulf", {"email": "ulf@example.com", "email_verified": False}),
    ("eve", {"email": "eve@example.com", "email_verified": True}),
)


@pytest.fixture(scope="module")
def app(
    serve: conftest.Serve, built_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[conftest.Served]:
    """An app whose company has a provider, which knows three people."""
    users = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in USERS]
    port = postgres_server.free_port()
    home = tmp_path_factory.mktemp("home")
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as provider:
        (home / ".streamlit").mkdir()
        secrets = home / ".streamlit" / "secrets.toml"
        secrets.write_text(f"""
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "0c5b1f7a9e3d4862b7a1c9d2e8f4a6b3"
client_id = "smarketing"
client_secret = "of the test"
server_metadata_url = "http://localhost:{provider.server_port}/.well-known/openid-configuration"
""")
        secrets.chmod(0o600)
        served = serve(
            refresh=False,
            port=port,
            HOME=str(home),
            SMARKETING_DATA_DIR=str(built_demo),
            SMARKETING_RECORDS_URL=f"sqlite:///{home}/records.sqlite",
            SMARKETING_SIGN_IN_COMPANY_LABEL=LABEL,
            SMARKETING_SOURCE_REFRESH_SECONDS="0",
        )
        for sub, claims in USERS[:2]:
            email = str(claims["email"])
            served.queries("people", "add", sub, "--role", "marketer", "--email", email)
        yield served


def _go_through_the_provider(page: Page, sub: str) -> None:
    page.get_by_role("button", name=LABEL).click()
    expect(page.get_by_role("heading", name="Authorize Client")).to_be_visible()
    page.get_by_role("button", name=sub, exact=True).first.click()


def test_whoever_the_provider_knows_by_a_verified_address_is_that_person(
    browser: Browser, app: conftest.Served
) -> None:
    with screen.opened(browser, f"{app.url}/?channel=Email", role="") as (page, _):
        _go_through_the_provider(page, "ida")
        expect(page.get_by_text("Signed in: ida, marketer")).to_be_visible()
        page.get_by_role("button", name="Sign out", exact=True).click()
        # Signing out here signs out there.
        page.get_by_role("button", name="End session").click()
        expect(page.get_by_role("textbox", name="Password")).to_be_visible()
        page.goto(app.url)
        screen.settled(page)
        expect(page.get_by_role("textbox", name="Password")).to_be_visible()
    log = app.queries("people", "list")
    assert "ida" in log


@pytest.mark.parametrize(
    ("sub", "sentence"),
    [
        ("ulf", "did not confirm an e-mail address"),
        ("eve", "eve@example.com is nobody who may sign in here"),
    ],
)
def test_nobody_else_is_let_in(
    browser: Browser, app: conftest.Served, sub: str, sentence: str
) -> None:
    with screen.opened(browser, app.url, role="") as (page, _):
        _go_through_the_provider(page, sub)
        expect(page.get_by_test_id("stAlert")).to_contain_text(sentence)
        expect(page.get_by_role("textbox", name="Password")).to_be_visible()
        expect(page.get_by_test_id("stMetric")).to_have_count(0)


def test_a_button_without_a_provider_stops_the_start(
    serve: conftest.Serve, built_demo: Path, tmp_path: Path
) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"no section \[auth\]"):
        serve(
            refresh=False,
            HOME=str(tmp_path),
            SMARKETING_DATA_DIR=str(built_demo),
            SMARKETING_SIGN_IN_COMPANY_LABEL=LABEL,
        )
