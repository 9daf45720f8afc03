"""Who a lead is: name, contact data with what is missing, where it stands, what comes next."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from components import data, handoff_choice, inert, lead_facts, lead_next
from queries import lead_answers, leads, words


def render(shown: lead_answers.Answers, asked_id: str, now: datetime) -> None:
    """Draws it. `asked_id` may be another id of the person; `now` is UTC, naive."""
    lead, zone = shown.lead, handoff_choice.zone()
    if asked_id in lead.merged:
        st.info(f"This record was merged into {inert.markdown(lead.lead_id)}, which is shown here.")
    st.header(inert.markdown(lead.name) if lead.name else "No name", anchor=False)
    whole = {"Name": lead.name or ""}
    work = [lead.contact[field] for field in ("job_title", "company") if lead.contact[field]]
    if work:
        st.markdown(", ".join(inert.markdown(part) for part in work))
    lead_facts.whole(whole)
    with st.container(key="lead_facts"):
        lead_facts.render(
            {
                "Stage": leads.stage_label(lead.stage),
                "Owner": lead.owner or "Unassigned",
                "Team": lead.team or "No team",
                "First campaign": lead.campaign or "No campaign",
                "Created": words.moment(lead.created_at, zone) if lead.created_at else None,
                "Id": lead.lead_id,
            }
        )
    if zone != data.snapshot().zone:
        st.caption(f"Times are those of your clock ({inert.markdown(zone)}).")
    st.header("Next step", anchor=False)
    st.markdown(inert.markdown(lead_next.said(shown.next_step, zone, now)))
    _contact(lead)


def _contact(lead: leads.Lead) -> None:
    st.header("Contact data", anchor=False)
    labels = leads.CONTACT_FIELDS
    missing = [labels[field] for field, gap in lead.gaps.items() if gap == "missing"]
    if missing:
        st.caption(f"{len(missing)} of {len(labels)} missing: {', '.join(missing)}")
    with st.container(key="lead_contact"):
        lead_facts.render(
            {labels[field]: value for field, value in lead.contact.items()},
            {labels[field]: gap for field, gap in lead.gaps.items() if gap != "present"},
        )
