"""Text from data or links is shown letter for letter; none of it is Markdown any more."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import inert

GAP = "\u200b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Spring 2026", "Spring 2026"),
        ("Müller & Söhne", "Müller \\& Söhne"),
        ("![x](http://a.b/c.png)", f"\\!\\[x\\]\\(http\\:\\/\\/{GAP}a\\.b\\/c\\.png\\)"),
        ("[log in](/x)", "\\[log in\\]\\(\\/x\\)"),
        ("<b onclick='x()'>", "\\<b onclick\\=\\'x\\(\\)\\'\\>"),
        ("$x^2$ and $5", "\\$x\\^2\\$ and \\$5"),
        (":streamlit: :red[x]", f"\\:{GAP}streamlit\\: \\:{GAP}red\\[x\\]"),
        ("a -> b", f"a \\-{GAP}\\> b"),
        ("www.example.com", f"www{GAP}\\.example\\.com"),
        ("WWW.example.com", f"WWW{GAP}\\.example\\.com"),
        ("bo@example.com", f"bo\\@{GAP}example\\.com"),
        ("# a\n- b\r\n\t* c", "\\# a \\- b   \\* c"),
        ("a\x00b\x1b[31m\u202ec", "a b \\[31m c"),
        ("back\\slash", "back\\\\slash"),
        ("", ""),
    ],
)
def test_hostile_texts_lose_their_meaning_and_keep_their_letters(text: str, shown: str) -> None:
    assert inert.markdown(text) == shown


def test_a_text_is_cut_at_200_characters() -> None:
    assert inert.markdown("x" * 200) == "x" * 200
    assert inert.markdown("x" * 201) == "x" * 199 + "…"
    assert len(inert.markdown("*" * 10_000)) == 2 * 199 + 1


@given(st.text(max_size=300))
def test_no_punctuation_is_left_unescaped(text: str) -> None:
    left = re.sub(r"\\[!-/:-@\[-`{-~]", "", inert.markdown(text))
    assert set(left).isdisjoint(string.punctuation)
    assert left.isprintable() or GAP in left


@given(st.text(max_size=150))
def test_the_letters_stay_what_they_were(text: str) -> None:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", inert.markdown(text).replace(GAP, ""))
    assert shown == plain


HOSTILE = "=1+1 [x](y)\n\u202eabc \U0001f91d\x00."


def test_plain_text_is_one_line_of_the_same_letters() -> None:
    assert inert.plain(HOSTILE) == "=1+1 [x](y)  abc \U0001f91d ."
    assert inert.plain("bo@example.com") == "bo@example.com"


def test_the_whole_text_keeps_its_lines_and_turns_no_letters_around() -> None:
    assert inert.whole(HOSTILE) == "=1+1 [x](y)\n abc \U0001f91d ."
    assert inert.whole("x" * 10_000) == "x" * 10_000


@pytest.mark.parametrize(
    ("length", "is_cut"), [(0, False), (199, False), (200, False), (201, True)]
)
def test_a_text_of_more_than_200_characters_is_cut(length: int, is_cut: bool) -> None:
    assert inert.is_cut("x" * length) is is_cut
    assert inert.plain("x" * length).endswith("…") is is_cut
    assert len(inert.plain("x" * length)) == min(length, 200)
