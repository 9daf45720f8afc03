"""May this server be reached from where it would be? Asked before it listens."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from queries import settings

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def check(configured: settings.Settings, address: str | None, *, has_provider: bool) -> None:
    """Refuses a start by which passwords, or the known ones of the demo, would be for everybody.

    `address`: what the server is going to listen on; none = everywhere. `has_provider`: Streamlit
    is told of one to sign in with. Raises: SettingsError.
    """
    if configured.sign_in_company_label and not has_provider:
        raise settings.SettingsError(
            "[sign_in] company_label is set, but .streamlit/secrets.toml has no section [auth] that"
            " says where the company's provider is"
        )
    if is_loopback(address):
        return
    where = f"the server would listen on {address or 'every address'}, not on this machine only"
    if configured.is_demo:
        raise settings.SettingsError(
            f"{where}, with the demo company, whose passwords everybody knows. Set [source] url"
            " (SMARKETING_SOURCE_URL) to your data, or STREAMLIT_SERVER_ADDRESS=127.0.0.1"
        )
    if not configured.is_behind_tls and not configured.server_allow_plain_http:
        raise settings.SettingsError(
            f"{where}, without TLS, so everybody on the network could read passwords. Put a proxy"
            " with TLS in front and its address into [server] public_url"
            " (SMARKETING_SERVER_PUBLIC_URL=https://...), or set [server] allow_plain_http = yes"
        )


def is_loopback(address: str | None) -> bool:
    """Only programs on this machine can reach the address."""
    if not address:
        return False
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def hosts(configured: settings.Settings) -> frozenset[str]:
    """The names by which browsers may call the server."""
    return _LOOPBACK | {urlsplit(configured.server_public_url).hostname or "localhost"}
