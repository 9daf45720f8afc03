"""The form of one promise: its fields by its kind, each with what is wrong beside it."""

from __future__ import annotations

import streamlit as st

from components import agreement_edit, agreement_names, agreement_term_fields, auth, book, inert
from queries import people
from queries.agreements import content, drafting, kinds

_CHANGE = "term-"
_ADDS: dict[str, content.Direction] = {
    "add-marketing_to_sales": "marketing_to_sales",
    "add-sales_to_marketing": "sales_to_marketing",
}
_TITLES = {
    "marketing_to_sales": "A promise of marketing",
    "sales_to_marketing": "A promise of sales",
}


def is_asked(form: str) -> bool:
    """Whether the open form is one of a term."""
    return form in _ADDS or form.startswith(_CHANGE)


def render(user: people.User, on: content.Version, names: kinds.Names) -> None:
    """Opens the form that the address asks for, on the content of `on`."""
    form = agreement_edit.asked()
    old = next((term for term in on.terms if f"{_CHANGE}{term.term_id}" == form), None)
    if old is None and form not in _ADDS:
        st.warning("This promise is not in the draft any more.")
        return
    direction = old.direction if old else _ADDS[form]
    form_id = agreement_edit.form_id()
    title = _TITLES[direction] + (f": {kinds.KINDS[old.kind].label}" if old else "")
    st.dialog(title, width="large", on_dismiss=agreement_edit.close)(_form)(
        user, on, old or direction, form_id, names
    )


def _form(
    user: people.User,
    on: content.Version,
    about: content.Term | content.Direction,
    form_id: str,
    names: kinds.Names,
) -> None:
    auth.still_here()
    is_stale = agreement_edit.meanwhile(book.agreement_for(user), on, names)
    old = about if isinstance(about, content.Term) else None
    kind = kinds.KINDS[old.kind] if old else _choose_kind(about)
    if kind is None:
        return
    st.caption(kind.rule)
    form = agreement_term_fields.Form(kind, old)
    offered = agreement_names.offered(user)
    term_id = old.term_id if old else form_id
    term = agreement_term_fields.draw(form, term_id, offered, names)
    wrong = agreement_term_fields.problems(form, term)
    if not wrong:
        st.info(inert.markdown(f"It will say: {kinds.sentence(term, names)}."))
    with st.container(horizontal=True):
        if st.button("Save", type="primary", key="agreement_term_form.save", disabled=is_stale):
            agreement_term_fields.tell(form, wrong)
            if not wrong:
                agreement_edit.save(user, on, _saving(term, is_new=old is None), form.slots)
        if old and st.button(
            "Remove this promise", key="agreement_term_form.remove", disabled=is_stale
        ):
            agreement_edit.save(user, on, _removing(old), form.slots)


def _saving(term: content.Term, *, is_new: bool) -> agreement_edit.Deed:
    def save(rows: book.Connection, edit: drafting.Edit) -> str:
        how = drafting.add_term if is_new else drafting.change_term
        how(rows, edit, term)
        return f"{'Added' if is_new else 'Saved'}: {kinds.label(term)}."

    return save


def _removing(term: content.Term) -> agreement_edit.Deed:
    def remove(rows: book.Connection, edit: drafting.Edit) -> str:
        drafting.remove_term(rows, edit, term.term_id)
        return f"Removed: {kinds.label(term)}."

    return remove


def _choose_kind(direction: content.Direction) -> kinds.Kind | None:
    """The kind of a new promise."""
    offered = {kind.key: kind for kind in kinds.of_direction(direction)}
    chosen = st.selectbox(
        "What is promised?",
        list(offered),
        index=None,
        format_func=lambda key: offered[key].label,
        placeholder="Choose a kind of promise",
        key=agreement_edit.key("kind"),
    )
    return offered.get(chosen) if chosen else None
