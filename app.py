"""Smarketing: one view that sales and marketing share.

`streamlit run app.py` imports this file once as the server and runs it once per page view.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components import auth, data, errors, filter_bar, heading, present, server, sidebar

# Pages that are about all of the data; the view waits in the background until one leaves them.
UNFILTERED = {"data_health"}


def main() -> None:
    """One view of one page: who, which page, which data, which filters, and the page itself."""
    st.set_page_config("Smarketing", page_icon="🤝", layout="wide")
    auth.start_run()
    page = st.navigation(
        [
            st.Page(
                "pages/overview.py", title="Overview", icon=":material/query_stats:", default=True
            ),
            st.Page("pages/data_health.py", title="Data health", icon=":material/fact_check:"),
        ]
    )
    user = auth.require_user()
    if present.is_on():
        present.style()
    with errors.boundary():
        data.start_run()
        known = filter_bar.read(user, page.url_path)
        is_filtered = page.url_path not in UNFILTERED
        if not present.is_on():
            if is_filtered:
                filter_bar.render(known)
            sidebar.render(user)
        heading.render(page.title, known, is_filtered=is_filtered)
        page.run()
    if present.is_on():
        present.render_exit()


if get_script_run_ctx(suppress_warning=True) is None:
    # Streamlit looks for exactly this assignment to know that the file is a server application.
    app = st.App(__file__, **server.hooks())
else:
    main()
