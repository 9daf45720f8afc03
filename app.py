"""Smarketing: one view that sales and marketing share.

`streamlit run app.py` imports this file once as the server and runs it once per page view.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components import auth, data, errors, filter_bar, heading, present, server, sidebar, site


def main() -> None:
    """One view of one page: who, which page, which data, which filters, and the page itself."""
    st.set_page_config("Smarketing", page_icon="🤝", layout="wide")
    with errors.boundary(), auth.run() as seat:
        page = site.navigate(seat.role if seat else None)
        if seat is None:
            page.run()
            return
        auth.render_claim(seat)
        if present.is_on():
            present.style()
        data.start_run()
        user = auth.user_of(seat)
        known = filter_bar.read(user, page.url_path)
        is_filtered, is_compared = site.is_filtered(page), site.is_compared(page)
        if not present.is_on():
            if is_filtered:
                filter_bar.render(known, is_compared=is_compared)
            sidebar.render(user)
        heading.render(page.title, known, is_filtered=is_filtered, is_compared=is_compared)
        page.run()
        if present.is_on():
            present.render_exit()


if get_script_run_ctx(suppress_warning=True) is None:
    # Streamlit looks for exactly this assignment to know that the file is a server application.
    app = st.App(__file__, **server.hooks())
else:
    main()
