"""The projector view: when it is on, and that its style is one fixed text."""

import pytest
from streamlit.testing.v1 import AppTest

from tests import visits


def shown(**parameters: object) -> AppTest:
    def page() -> None:
        import streamlit as st

        from components import present

        st.text(str(present.is_on()))
        present.style()
        present.render_exit()

    app = visits.of_function(page)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize("value", ["0", "true", "", "11", " 1", ["1", "1"], ["1", "0"]])
def test_only_present_1_is_the_projector(value: object) -> None:
    assert shown(present=value).text[0].value == "False"


def test_present_1_is_the_projector_and_its_exit_leads_back() -> None:
    app = shown(present="1", rep="r1")
    assert app.text[0].value == "True"
    app.button(key="present.exit").click().run()
    assert app.text[0].value == "False"
    assert dict(app.query_params) == {"rep": "r1"}


def test_the_style_is_one_element_and_takes_nothing_from_the_address() -> None:
    plain, strange = shown(present="1"), shown(present="1", rep="</style><b>")
    assert [html.proto.body for html in plain.get("html")] == [
        html.proto.body for html in strange.get("html")
    ]
    assert len(plain.get("html")) == 1
