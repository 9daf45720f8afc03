"""Contact data that is there, and such that is none: the same in Python and in DuckDB."""

from __future__ import annotations

import duckdb
import pytest

from queries.rules import contact_data

ADDRESSES = {
    "a@b.de": True,
    "a.b+c@mail.acme.co.uk": True,
    "a@b.c.": False,
    "acme.com": False,
    "@acme.com": False,
    "a@acme": False,
    "a@.com": False,
    "a@b@acme.com": False,
    "a b@acme.com": False,
    "a\tb@acme.com": False,
    "a\vb@acme.com": False,
    "a@acme.com\n": False,
    "a@acme .com": False,
    "ä@müller.example": True,
}


@pytest.mark.parametrize(("address", "is_one"), ADDRESSES.items())
def test_an_address_is_one_everywhere_or_nowhere(address: str, is_one: bool) -> None:
    expected = "present" if is_one else "not an e-mail address"
    assert contact_data.gap("email", address) == expected
    rule = "select regexp_full_match(?, ?)"
    assert duckdb.execute(rule, [address, contact_data.EMAIL]).fetchone() == (is_one,)


@pytest.mark.parametrize("field", ["email", "phone"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_blanks_are_nothing(field: str, value: str | None) -> None:
    assert contact_data.gap(field, value) == "missing"


def test_only_an_e_mail_address_has_a_form() -> None:
    assert contact_data.gap("phone", "none") == "present"
