"""The terms of a version in two columns: what each side promises the other, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import agreement_edit, inert
from queries.agreements import content, differences, kinds

TITLES: dict[content.Direction, str] = {
    "marketing_to_sales": "Marketing promises sales",
    "sales_to_marketing": "Sales promises marketing",
}
_CLOCKS = {
    "receiver": "the rep's working time",
    "company": "the company's working time",
    "always": "around the clock",
}


def render(
    version: content.Version, names: kinds.Names, *, can_edit: bool, is_present: bool = False
) -> None:
    """Draws them, one column below the other on a phone; to who `can_edit` with what they can do
    about each."""
    for column, direction in zip(st.columns(2), TITLES, strict=True):
        with column:
            st.subheader(TITLES[direction], anchor=False)
            terms = [term for term in version.terms if term.direction == direction]
            if not terms:
                st.info("Nothing is promised yet.")
            for place, term in enumerate(terms):
                with st.container(border=not is_present, gap=None if is_present else "xsmall"):
                    _term(term, names, is_present=is_present)
                    if can_edit:
                        _tools(version, terms, place)
            if can_edit:
                st.button(
                    "Add a promise of marketing"
                    if direction == "marketing_to_sales"
                    else "Add a promise of sales",
                    key=f"agreement_terms.add_{direction}",
                    icon=":material/add:",
                    on_click=agreement_edit.ask,
                    args=(f"add-{direction}", version),
                )


def _term(term: content.Term, names: kinds.Names, *, is_present: bool) -> None:
    # All of them fit one screen of a projector without their headings.
    if not is_present:
        st.markdown(f"**{kinds.KINDS[term.kind].label}**")
    said = kinds.sentence(term, names)
    st.text(inert.whole(f"{said[:1].upper()}{said[1:]}."))
    if term.points:
        st.text(inert.whole(f"Points: {differences.points(term)}."))
    st.caption(inert.markdown(" · ".join(_about(term, names))))


def _about(term: content.Term, names: kinds.Names) -> list[str]:
    """Whom it holds for, whose time counts, who answers for it."""
    narrowed = kinds.segment_in_words(term, names)
    whom = f"only hand-offs{narrowed}" if narrowed else "all hand-offs"
    clock = [_CLOCKS[term.calendar]] if kinds.KINDS[term.kind].is_span else []
    return [f"{whom[:1].upper()}{whom[1:]}", *clock, f"owner: {term.owner or 'nobody yet'}"]


def _tools(version: content.Version, terms: Sequence[content.Term], place: int) -> None:
    term_id = terms[place].term_id
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Change",
            key=f"agreement_terms.change_{term_id}",
            help=f"Change or remove: {kinds.KINDS[terms[place].kind].label}",
            on_click=agreement_edit.ask,
            args=(f"term-{term_id}", version),
        )
        for label, step in (("Up", -1), ("Down", 1)):
            if 0 <= place + step < len(terms):
                order = swapped(version, term_id, terms[place + step].term_id)
                st.button(
                    label,
                    key=f"agreement_terms.{label.lower()}_{term_id}",
                    type="tertiary",
                    on_click=agreement_edit.wish,
                    args=(order, version),
                )


def swapped(version: content.Version, one: str, other: str) -> tuple[str, ...]:
    """The ids of the terms of a version, with two of them in each other's place."""
    places = {one: other, other: one}
    return tuple(places.get(term.term_id, term.term_id) for term in version.terms)
