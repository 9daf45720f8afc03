"""Where the server may listen: every combination of address, source, TLS and consent."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from components import exposure
from queries import settings
from tests import small_company

ON_THIS_MACHINE = ("127.0.0.1", "127.1.2.3", "localhost", "::1")
ELSEWHERE = ("0.0.0.0", "::", "192.168.1.5", "2001:db8::1", "", None, "funnel.example.com")
NOT_QUITE = ("127.0.0.1.example.com", "localhost.example.com", "unix:/run/app.sock", "127.1")


def configured(tmp_path: Path, *, is_demo: bool = False, **values: str) -> settings.Settings:
    source = {"source_url": ""} if is_demo else {}
    return small_company.configured(tmp_path, **values, **source)


def refusal(given: settings.Settings, address: str | None, *, has_provider: bool = False) -> str:
    """Why the start is refused; "" where it is not."""
    try:
        exposure.check(given, address, has_provider=has_provider)
    except settings.SettingsError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("address", ON_THIS_MACHINE)
def test_on_this_machine_everything_is_allowed(tmp_path, address: str) -> None:
    for is_demo, url, plain in itertools.product(
        (True, False), ("http://localhost:8501", "https://funnel.example.com"), ("yes", "no")
    ):
        given = configured(
            tmp_path, is_demo=is_demo, server_public_url=url, server_allow_plain_http=plain
        )
        assert refusal(given, address) == ""


@pytest.mark.parametrize("address", [*ELSEWHERE, *NOT_QUITE])
@pytest.mark.parametrize("is_tls", [True, False])
@pytest.mark.parametrize("may_be_plain", ["yes", "no"])
@pytest.mark.parametrize("is_demo", [True, False])
def test_elsewhere_the_demo_never_and_passwords_in_the_clear_only_by_consent(
    tmp_path, address: str | None, is_tls: bool, may_be_plain: str, is_demo: bool
) -> None:
    given = configured(
        tmp_path,
        is_demo=is_demo,
        server_public_url="https://funnel.example.com" if is_tls else "http://funnel.example.com",
        server_allow_plain_http=may_be_plain,
    )
    said = refusal(given, address)
    assert ("whose passwords everybody knows" in said) is is_demo
    assert ("without TLS" in said) is (not is_demo and not is_tls and may_be_plain == "no")
    assert bool(said) is (is_demo or (not is_tls and may_be_plain == "no"))
    assert not said or (address or "every address") in said


@pytest.mark.parametrize("has_provider", [True, False])
def test_a_button_of_the_company_needs_the_companys_provider(tmp_path, has_provider: bool) -> None:
    given = configured(tmp_path, sign_in_company_label="Sign in with Acme")
    said = refusal(given, "127.0.0.1", has_provider=has_provider)
    assert ("no section [auth]" in said) is not has_provider
    assert refusal(configured(tmp_path), "127.0.0.1", has_provider=has_provider) == ""


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://localhost:8501", "localhost"),
        ("https://Funnel.Example.com", "funnel.example.com"),
        ("https://funnel.example.com:8443/", "funnel.example.com"),
        ("http://[2001:db8::1]:8501", "2001:db8::1"),
    ],
)
def test_the_names_of_the_server_are_its_own_and_this_machines(
    tmp_path, url: str, own: str
) -> None:
    given = configured(tmp_path, server_public_url=url)
    assert exposure.hosts(given) == {"localhost", "127.0.0.1", "::1", own}
