"""Who may change what was agreed, and which texts are refused with which sentence."""

from __future__ import annotations

import pytest

from queries import agreed, people


@pytest.mark.parametrize("role", people.ROLES)
def test_leaders_and_admins_change_what_was_agreed(role: str) -> None:
    assert agreed.may_edit(people.User("lee", role)) is (role in ("leader", "admin"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Label: it is empty; write something."),
        (" \t", "Label: it is empty; write something."),
        ("abcdef", "Label: one line of up to 5 letters."),
        ("a\nb", "Label: one line of up to 5 letters."),
        ("a\0", "Label: one line of up to 5 letters."),
    ],
)
def test_what_is_no_line_is_told(text: str, said: str) -> None:
    with pytest.raises(agreed.NotAllowed) as refused:
        agreed.one_line("label", "Label", text, 5)
    assert (refused.value.field, str(refused.value)) == ("label", said)


def test_a_line_is_kept_without_the_spaces_around_it() -> None:
    assert agreed.one_line("label", "Label", " abcde ", 5) == "abcde"
    assert agreed.one_line("label", "Label", "  ", 5, is_needed=False) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n", "Text: it is empty; write something."),
        ("a" * 8, "Text: plain text of up to 7 letters."),
        ("a\0b", "Text: plain text of up to 7 letters."),
    ],
)
def test_what_is_no_plain_text_is_told(text: str, said: str) -> None:
    with pytest.raises(agreed.NotAllowed) as refused:
        agreed.some_lines("text", "Text", text, 7)
    assert (refused.value.field, str(refused.value)) == ("text", said)


def test_lines_are_kept_as_lines() -> None:
    assert agreed.some_lines("text", "Text", " a \r\n\nb\tc\n", 7) == "a\n\nb\tc"
