"""What do both sides know of this person? For a rep before a call and for marketing after it."""

from __future__ import annotations

import streamlit as st

from components import (
    auth,
    book,
    data,
    decide_form,
    handoff_choice,
    lead_handoffs,
    lead_head,
    lead_history,
    lead_moment,
    lead_search,
    lead_work,
)
from queries import lead_answers, lead_notes, leads, records
from queries.handoffs import answers

user = auth.require_user()
auth.require_role(user, "rep", "sales_manager", "marketer", "leader", "admin")

asked_id, shown = lead_search.asked_id(), None
entered = book.entered()
view = lead_moment.view(entered)
asked = {"user": user, "entered": entered}
if asked_id:
    shown = data.load(lead_answers.load, view, asked_id=asked_id, **asked).person

decide_form.say_what_happened()
if shown is not None:
    said = book.decisions_on(shown.lead.ids)
    timeline = lead_notes.told(shown.timeline, shown.handoffs, said, records.now())
    lead_head.render(shown, asked_id, view.as_of)
    lead_handoffs.render(shown.handoffs, user, view.as_of)
    lead_work.opportunities(shown.deals, shown.hidden_deals)
    lead_history.render(timeline, shown.lead.lead_id)
    if handoff_id := decide_form.asked():
        found = data.load(answers.one, view, handoff_id=handoff_id, **asked)
        decide_form.render(found, user, entered.terms, handoff_choice.zone())
else:
    if asked_id:
        st.warning("There is no lead with this id, or it is not one that you may see.")
    else:
        st.markdown("Everything that both sides know of one person: find the person here.")
    sought = lead_search.words()
    if sought:
        seen = {"scope": user.scope, "as_of": data.snapshot().read_at}
        lead_search.found(data.load_plain(leads.search, words=sought, **seen))
