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
    shown = "".join(sign if sign.isprintable() else " " for sign in str(text))
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 1] + "…"
    return _STILL_ALIVE.sub("\\1\u200b", shown).translate(_PUNCTUATION)
