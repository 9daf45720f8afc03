"""How the text of a setting is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from queries import setting_kinds as kinds

SECRET = "Rk3-9sVw_Qx7LmZp2TnBc5HdJf8GyAeU"


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (kinds.time_zone, "Europe/Berlin", "Europe/Berlin"),
        (kinds.currency, "EUR", "EUR"),
        (kinds.currency, "", ""),
        (kinds.seconds, "0", 0),
        (kinds.seconds, "5", 5),
        (kinds.seconds, "999999", 999999),
        (kinds.folder, "x/y", "x/y"),
        (kinds.mart_url, "", ""),
        (kinds.mart_url, "duckdb:/srv/mart", "duckdb:/srv/mart"),
        (kinds.domains, "", ()),
        (kinds.domains, " B.de, a.com ,,b.de", ("a.com", "b.de")),
        (kinds.source_url, "", ""),
        (kinds.source_url, "files:crm", "files:crm"),
        (kinds.source_url, "sqlite:////data/crm.db", "sqlite:////data/crm.db"),
        (kinds.source_url, "postgresql+psycopg://r:p@h/crm", "postgresql+psycopg://r:p@h/crm"),
        (kinds.records_url, "", ""),
        (kinds.records_url, "sqlite:////srv/r.sqlite", "sqlite:////srv/r.sqlite"),
        (kinds.records_url, "sqlite:///r.sqlite", "sqlite:///r.sqlite"),
        (kinds.records_url, "postgresql+psycopg://r:p@h/crm", "postgresql+psycopg://r:p@h/crm"),
        (kinds.hours, "1", 1),
        (kinds.hours, "720", 720),
        (kinds.yes_or_no, "yes", True),
        (kinds.yes_or_no, "True", True),
        (kinds.yes_or_no, "NO", False),
        (kinds.yes_or_no, "false", False),
        (kinds.public_url, "http://localhost:8501", "http://localhost:8501"),
        (kinds.public_url, "HTTPS://Funnel.Acme.com/", "https://funnel.acme.com"),
        (kinds.public_url, "https://10.0.0.1:8443", "https://10.0.0.1:8443"),
        (kinds.public_url, "http://[::1]:8501", "http://[::1]:8501"),
        (kinds.secret, "", ""),
        (kinds.secret, SECRET, SECRET),
    ],
)
def test_a_legal_text_gives_its_value(read: Callable[[str], Any], text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (kinds.time_zone, "Europe/Berln", "is not an IANA time zone such as Europe/Berlin"),
        (kinds.time_zone, "", "is not an IANA time zone such as Europe/Berlin"),
        (kinds.currency, "eur", "is not a currency code"),
        (kinds.currency, "EURO", "is not a currency code"),
        (kinds.seconds, "4", "is not a number of seconds"),
        (kinds.seconds, "-1", "is not a number of seconds"),
        (kinds.seconds, "1e3", "is not a number of seconds"),
        (kinds.seconds, "1000000", "is not a number of seconds"),
        (kinds.seconds, "٩٩", "is not a number of seconds"),
        (kinds.folder, "", "is not a folder"),
        (kinds.mart_url, "sqlite:///x", "is not duckdb:<folder>"),
        (kinds.domains, "ana@acme.com", "is not a list of domains"),
        (kinds.domains, "['acme.com']", "is not a list of domains"),
        (kinds.source_url, "files:", "is neither files:<folder> nor"),
        (kinds.source_url, "crm.db", "is neither files:<folder> nor"),
        (kinds.source_url, "nosuch://h/crm", "is neither files:<folder> nor"),
        (kinds.source_url, "postgresql+psycopg://r:p@h:geheim/x", "is neither files:<folder> nor"),
        (kinds.source_url, "mysql+pymysql://r:p@h/crm", "whose driver is not installed"),
        *[
            (kinds.records_url, url, "is neither sqlite:////path/records.sqlite nor postgresql")
            for url in (
                "sqlite://",
                "sqlite:///",
                "sqlite:///:memory:",
                "sqlite:///file:r?mode=memory&uri=true",
                "/srv/records.sqlite",
                "files:crm",
                "duckdb:///geheim",
                "mysql+pymysql://r:geheim@h/crm",
                "postgresql+psycopg_async://r:geheim@h/crm",
                "postgresql+psycopg://r:p@h:geheim/x",
                "nosuch://geheim",
            )
        ],
        *[
            (kinds.hours, text, "is not a number of hours: 1 to 720")
            for text in ("0", "721", "-1", "8.5", "", "٩", "1e2", "8h", "0001")
        ],
        *[
            (kinds.yes_or_no, text, "is neither yes nor no")
            for text in ("", "1", "0", "on", "y", "yes please", "none")
        ],
        *[
            (kinds.public_url, text, "is not an address such as https://funnel.example.com")
            for text in (
                "",
                "localhost:8501",
                "ftp://acme.com",
                "https://",
                "https://acme.com/funnel",
                "https://acme.com?x=1",
                "https://ana:geheim@acme.com",
                "javascript:alert(1)//http://acme.com",
                "https://acme.com\nSet-Cookie: x",
                "https://acme.com:123456",
            )
        ],
        *[
            (kinds.secret, text, "is short or an example; leave it empty")
            for text in ("geheim", SECRET[:31], "ab" * 32, "a" * 64, f"Example{SECRET}")
        ],
    ],
)
def test_another_text_is_refused_with_what_is_legal(
    read: Callable[[str], Any], text: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence) as refusal:
        read(text)
    assert "geheim" not in str(refusal.value)
