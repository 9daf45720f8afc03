"""Signing: who has signed which content, who has to, and the form in which a leader signs."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from components import agreement_choice, agreement_edit, agreement_version, auth, book, inert
from queries import people, words
from queries.agreements import (
    answers,
    content,
    draft_check,
    drafting,
    kinds,
    seal,
    signing,
    standing,
    store,
)

_FORM = "sign"
_BY_NOBODY = "Nobody signed the default terms: they hold until both sides have signed their own."


def render(user: people.User, shown: answers.Answers, version: content.Version, zone: str) -> None:
    """Draws who has signed it and who has to; for a leader who has to, the way there."""
    st.subheader("Signatures", anchor=False)
    if version.status == "signed" and version.effective_at is None:
        st.text(_BY_NOBODY)
        return
    counting = store.counting(version, shown.given)
    for column, side in zip(st.columns(2), store.SIDES, strict=True):
        with column, st.container(key=f"agreement_signed_{side}", gap="xsmall"):
            st.markdown(f"**For {side}**")
            if given := counting.get(side):
                _signed(given, zone)
            else:
                _missing(user, shown, version, side, zone)
    st.caption(f"The seal of what stands here is {seal.short(seal.of(version))}.")
    if version.status == "draft":
        _ask(user, shown, version)


def _signed(given: store.Signature, zone: str) -> None:
    when = words.moment(given.signed_at, zone)
    st.markdown(f":material/check_circle: Signed by {inert.markdown(given.signer_name)} on {when}")
    st.caption(f"Seal {seal.short(given.content_sha256)}")


def _missing(
    user: people.User,
    shown: answers.Answers,
    version: content.Version,
    side: content.Side,
    zone: str,
) -> None:
    if version.status != "draft":
        st.markdown(":material/cancel: Nobody has signed what stands here")
    elif not shown.leaders[side]:
        st.markdown(f":material/pending: Nobody leads {side} yet: an admin says who does")
    else:
        who = words.listed(shown.leaders[side])
        whom = who if user.scope.sees_persons else f"whoever leads {side}"
        st.markdown(f":material/pending: Still to sign: {inert.markdown(whom)}")
    earlier = [one for one in shown.given if (one.number, one.side) == (version.number, side)]
    if earlier:
        when = words.moment(earlier[-1].signed_at, zone)
        name = inert.markdown(earlier[-1].signer_name)
        st.caption(f"{name} signed an earlier wording on {when}; it was changed since.")


def _ask(user: people.User, shown: answers.Answers, version: content.Version) -> None:
    if user.role != "leader":
        return
    if shown.side is None:
        st.caption("An admin must say first which side you lead, on the page Admin.")
    elif shown.side not in store.counting(version, shown.given):
        st.button(
            f"Read and sign for {shown.side}",
            key="agreement_sign.ask",
            type="primary",
            icon=":material/signature:",
            disabled=bool(draft_check.lacks(version)),
            on_click=agreement_edit.ask,
            args=(_FORM, version),
        )


def form(user: people.User, shown: answers.Answers, names: kinds.Names, zone: str) -> None:
    """Opens the form if the address asks for it and the user may sign."""
    if agreement_edit.asked() != _FORM or shown.side is None or user.role != "leader":
        return
    on = agreement_edit.seen(shown)
    if on is None:
        st.warning("There is no draft to sign any more: it was signed or discarded.")
        return
    title = f"Sign version {on.number} for {shown.side}"
    st.dialog(title, width="large", on_dismiss=agreement_edit.close)(_form)(
        user, on, names, shown.side, zone
    )


def _form(
    user: people.User, on: content.Version, names: kinds.Names, side: content.Side, zone: str
) -> None:
    auth.still_here()
    shown = book.agreement_for(user)
    is_stale = agreement_edit.meanwhile(shown, on, names)
    st.subheader(inert.markdown(on.title), anchor=False)
    st.caption(inert.markdown(f"{agreement_version.wanted(on)}."))
    agreement_version.body(on, names, can_edit=False)
    st.markdown("**What you sign is exactly this. Its seal:**")
    st.code(seal.of(on), language=None, wrap_lines=True)
    st.markdown(inert.markdown(_what_happens(shown, on, side, zone)))
    slots = {"": st.empty()}

    def sign(rows: book.Connection, edit: drafting.Edit) -> str:
        asked = signing.Asked(on.number, side, edit.seen)
        signed = signing.sign(rows, edit.act, user, asked, edit.zone)
        agreement_choice.go_to(on.number)
        return _said(signed, edit.act.at, side, zone)

    label = f"Sign for {side}"
    if st.button(label, type="primary", key=f"agreement_sign.sign_{side}", disabled=is_stale):
        agreement_edit.save(user, on, sign, slots)


def _what_happens(
    shown: answers.Answers, on: content.Version, side: content.Side, zone: str
) -> str:
    other = _other(side)
    given = store.counting(on, shown.given).get(other)
    if given is None:
        return f"{other.capitalize()} has still to sign the same. Until then nothing changes."
    when = words.moment(given.signed_at, zone)
    begins = signing.begins(shown.versions, shown.at, on, zone)
    # To the moment of signing nobody is held; what is ahead has a day.
    ahead = f"on {standing.since(begins, zone)}" if begins > shown.at else "at once"
    return (
        f"{given.signer_name} has signed it for {other} on {when}. With your signature it comes"
        f" into force {ahead}, and nobody can change it any more."
    )


def _said(version: content.Version, at: datetime, side: content.Side, zone: str) -> str:
    signed = f"You have signed version {version.number} for {side}."
    if version.effective_at is None:
        return f"{signed} {_other(side).capitalize()} has still to sign it."
    if version.effective_at <= at:
        return f"{signed} Both sides have signed: it is in force."
    begins = standing.since(version.effective_at, zone)
    return f"{signed} Both sides have signed: it comes into force on {begins}."


def _other(side: content.Side) -> content.Side:
    return "sales" if side == "marketing" else "marketing"
