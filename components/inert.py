"""Text from data or links, made harmless where Streamlit would read it as Markdown."""

from __future__ import annotations

import re
import string

_PUNCTUATION = {ord(sign): "\\" + sign for sign in string.punctuation}
# A zero width space inside what would still become a link, an arrow or a picture by itself.
_STILL_ALIVE = re.compile(r"(://|www(?=\.)|@|-(?=>)|:(?=[A-Za-z_+-]))", re.IGNORECASE)
_LONGEST = 200


def markdown(text: str) -> str:
    """The text letter for letter, as Markdown that has no meaning; cut at 200 characters."""
    shown = plain(text)
    return _STILL_ALIVE.sub("\\1\u200b", shown).translate(_PUNCTUATION)


def plain(text: str) -> str:
    """The text for an element that knows no Markdown: one line, cut at 200 characters."""
    shown = "".join(sign if sign.isprintable() else " " for sign in str(text))
    return shown[: _LONGEST - 1] + "…" if is_cut(text) else shown


def is_cut(text: str) -> bool:
    """The text is too long to be shown as a whole."""
    return len(str(text)) > _LONGEST


def whole(text: str) -> str:
    """All of a text for an element that knows no Markdown, in its own lines."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in str(text))
