"""Facts under their words: as text, cut with the whole to be opened, and what is missing."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests import lead_company, visits


def shown(facts: dict, marks: dict | None = None) -> AppTest:
    def page(facts: dict, marks: dict | None) -> None:
        from components import lead_facts

        lead_facts.render(facts, marks)

    visit = visits.of_function(page, args=(facts, marks)).run()
    assert not visit.exception
    return visit


def test_a_fact_stands_as_text_below_its_word() -> None:
    visit = shown({"E-mail": "mia@acme.example", "Name": lead_company.HOSTILE})
    assert [word.value for word in visit.caption] == ["E-mail", "Name"]
    address, name = (text.value for text in visit.text)
    # No sign that one does not see: it can be copied.
    assert address == "mia@acme.example"
    assert name == lead_company.HOSTILE.replace("\u202e", " ")
    assert not visit.markdown
    assert not visit.expander


def test_what_is_missing_is_said_with_a_sign_and_a_word() -> None:
    visit = shown({"Phone": None, "E-mail": "mia"}, {"Phone": "missing", "E-mail": "no address"})
    assert [mark.value for mark in visit.markdown] == [
        ":material/error: missing",
        ":material/error: no address",
    ]
    assert [text.value for text in visit.text] == ["mia"]


def test_what_is_not_known_says_so() -> None:
    assert [text.value for text in shown({"By": None, "Reason": ""}).text] == ["not known"] * 2


def test_a_long_text_is_cut_and_can_be_opened() -> None:
    visit = shown({"Company": "x" * 9_999 + "\n!", "Short": "y" * 200})
    assert [text.value for text in visit.text] == ["x" * 199 + "…", "y" * 200]
    assert [opened.label for opened in visit.expander] == ["The whole text: Company"]
    assert visit.expander[0].code[0].value == "x" * 9_999 + "\n!"
