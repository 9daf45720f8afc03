"""What the forms have in common: who may, what stays when it is refused, what is said."""

from __future__ import annotations

from queries import audit
from tests import visits


def page(role: str, ends: str) -> None:
    import streamlit as st

    from components import agreement_form
    from queries import agreed, audit, people

    def deed(rows, act) -> str:
        audit.note(rows, act, "tried", "one")
        if ends:
            raise agreed.NotAllowed(ends, "No: [x](y).")
        return "Done: [x](y)."

    agreement_form.say_what_happened("part")
    st.text(f"emptied: {agreement_form.was_done('part')}")
    slots = {"field": st.container(), "": st.container()}
    if st.button("Do"):
        agreement_form.do(people.User("lee", role), deed, slots, "part")
    agreement_form.table("one", {"A": ["[x](y)"], "B": [""]}, "a table")


def do(role: str = "leader", ends: str = ""):
    visit = visits.of_function(page, args=(role, ends)).run()
    return visit.button[0].click().run()


def log() -> list[str]:
    found = []
    visits.changed(lambda rows, _: found.append(audit.count(rows)))
    return found


def test_what_is_done_is_said_once_and_its_text_is_inert(door, march_place) -> None:
    door.set_up(march_place)
    visit = do()
    assert not visit.exception
    assert visit.success[0].value == "Done\\: \\[x\\]\\(y\\)\\."
    assert visit.text[0].value == "emptied: True"
    visit.run()
    assert not visit.success
    assert visit.text[0].value == "emptied: False"
    assert log() == [1]
    assert visit.dataframe[0].value.to_numpy().tolist() == [["[x](y)", ""]]


def test_what_is_refused_is_said_at_its_field_and_nothing_is_kept(door, march_place) -> None:
    door.set_up(march_place)
    for field in ("field", "another"):
        visit = do(ends=field)
        assert visit.error[0].value == "No\\: \\[x\\]\\(y\\)\\."
        assert visit.text[0].value == "emptied: False"
    assert log() == [0]


def test_whoever_may_not_is_refused(door, march_place) -> None:
    door.set_up(march_place)
    for role in ("viewer", "rep", "sales_manager", "marketer"):
        assert do(role).error[0].value == "Leaders and admins change this."
    assert log() == [0]
