"""One version of the agreement as a document: how it stands, its words, its promises, what differs
from another version, and whether it is still what was signed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from components import agreement_choice, agreement_edit, agreement_terms, inert
from queries import people
from queries.agreements import answers, content, differences, draft_check, kinds

# A sign and a word: never by colour alone.
_SIGNS = {
    "in force": (":material/verified:", "green"),
    "coming": (":material/event_upcoming:", "blue"),
    "draft": (":material/edit_note:", "orange"),
    "superseded": (":material/history:", "gray"),
    "discarded": (":material/delete:", "gray"),
}
_DAMAGED = (":material/gpp_bad:", "red")
_MOST_SHOWN = 30


def head(shown: answers.Answers, version: content.Version, zone: str) -> None:
    """Its title, how it stands, and from when it shall hold."""
    st.header(inert.markdown(version.title), anchor=False)
    is_whole = version.number not in {damage.number for damage in shown.damages}
    sign, colour = _SIGNS[shown.standing(version)] if is_whole else _DAMAGED
    said = inert.markdown(_standing(shown, version, zone))
    st.markdown(f":{colour}[{sign}] **Version {version.number}** · {said}")


def _standing(shown: answers.Answers, version: content.Version, zone: str) -> str:
    said = shown.said(version, zone)
    parts = [f"{said[:1].upper()}{said[1:]}"]
    if version.status == "draft":
        parts.append(wanted(version))
    return ". ".join(parts) + "."


def wanted(version: content.Version) -> str:
    """From when both sides want it."""
    begins = differences.begins(version)
    return f"It shall hold from {begins}" if version.effective_from else f"It shall hold {begins}"


def damages(shown: answers.Answers) -> None:
    """What somebody changed behind the back of those who signed, of whatever version it is."""
    for damage in shown.damages:
        st.error(
            f"**Do not rely on version {damage.number}.** {inert.markdown(damage.sentence)}",
            icon=_DAMAGED[0],
        )


def lacking(version: content.Version) -> None:
    """What a draft still lacks before it can be signed."""
    if version.status == "draft" and (lacks := draft_check.lacks(version)):
        st.warning(inert.markdown(lacks))


def body(
    version: content.Version, names: kinds.Names, *, can_edit: bool, is_present: bool = False
) -> None:
    """Its text, its promises in two columns, and its rule for clocks that stand still. Before a
    projector the promises come first."""
    if not is_present:
        _text(version)
    agreement_terms.render(version, names, can_edit=can_edit, is_present=is_present)
    st.caption(inert.markdown(_pauses(version)))
    if is_present:
        _text(version)


def _text(version: content.Version) -> None:
    if version.text:
        st.text(inert.whole(version.text))


def _pauses(version: content.Version) -> str:
    if version.pause_days == 0:
        said = "No clock can be stopped while waiting for a prospect"
    else:
        days = content.Target(Decimal(version.pause_days), "business_days").in_words()
        said = f"A clock that waits for a prospect stands still for {days} at most"
    also = f", also while the CRM says {kinds.about_in_words(version.pause_statuses)}"
    return said + (also if version.pause_statuses else "") + "."


def calendars(user: people.User) -> None:
    """Where the working time is entered by which clocks count."""
    if user.role == "admin":
        st.page_link("pages/admin.py", label="Working time, holidays and leave: Admin")
    else:
        st.caption("Working time, public holidays and leave: an admin enters them.")


def differs(
    shown: answers.Answers, version: content.Version, names: kinds.Names, zone: str
) -> None:
    """What differs from another version, which can be chosen, in words."""
    if len(shown.versions) < 2:
        return
    st.subheader("What is different", anchor=False)
    other = agreement_choice.beside(shown, version)
    agreement_choice.choose_beside(shown, version, other, zone)
    if other is None:
        return
    found = differences.between(other, version, names)
    if not found:
        st.text(f"It says the same as version {other.number}.")
        return
    _list(found[:_MOST_SHOWN])
    if len(found) > _MOST_SHOWN:
        with st.expander(f"{len(found) - _MOST_SHOWN} more differences"):
            _list(found[_MOST_SHOWN:])


def _list(found: Sequence[differences.Difference]) -> None:
    with st.container(gap="xsmall"):
        for each in found:
            st.text(f"• {agreement_edit.arrow(each.sentence)}")
