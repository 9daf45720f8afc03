"""What a company agrees on in words and numbers: who may change it, and what is refused."""

from __future__ import annotations

from queries import people

EDITORS: tuple[people.Role, ...] = ("leader", "admin")


class NotAllowed(ValueError):
    """The change cannot be made. `field`: which of what was said is wrong; the message tells it."""

    def __init__(self, which: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = which


def may_edit(user: people.User) -> bool:
    """Everybody reads what was agreed; these change it."""
    return user.role in EDITORS


def one_line(which: str, label: str, text: str, longest: int, *, is_needed: bool = True) -> str:
    """A text of one line, without the spaces around it. Raises: NotAllowed."""
    kept = text.strip()
    if not kept and is_needed:
        raise NotAllowed(which, f"{label}: it is empty; write something.")
    if len(kept) > longest or not kept.isprintable():
        raise NotAllowed(which, f"{label}: one line of up to {longest} letters.")
    return kept


def some_lines(which: str, label: str, text: str, longest: int) -> str:
    """A text of several lines, without the spaces around it. Raises: NotAllowed."""
    kept = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not kept:
        raise NotAllowed(which, f"{label}: it is empty; write something.")
    if len(kept) > longest or not kept.replace("\n", "").replace("\t", "").isprintable():
        raise NotAllowed(which, f"{label}: plain text of up to {longest:,} letters.")
    return kept
