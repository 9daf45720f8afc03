"""How the text of a setting is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from queries import setting_kinds as kinds


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
    ],
)
def test_another_text_is_refused_with_what_is_legal(
    read: Callable[[str], Any], text: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence) as refusal:
        read(text)
    assert "geheim" not in str(refusal.value)
