"""A choice of parts of a page, bound to the address."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from components import part_choice

    words = {"one": "The first", "two": "The second"}
    chosen = st.query_params.get("show", "one")
    part_choice.draw("Part", list(words), chosen, parameter="show", key="part", words=words)
    st.text(chosen)


def test_it_stands_where_the_address_says_and_changes_it() -> None:
    app = AppTest.from_function(page).run()
    assert (app.segmented_control[0].value, app.text[0].value) == ("one", "one")
    app.segmented_control[0].set_value("two").run()
    assert (app.query_params["show"], app.text[0].value) == ("two", "two")
    assert app.segmented_control[0].options == ["The first", "The second"]


def test_a_link_opens_its_part() -> None:
    app = AppTest.from_function(page)
    app.query_params["show"] = "two"
    assert app.run().segmented_control[0].value == "two"
