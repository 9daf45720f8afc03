"""The life of one person, row by row: Mia came twice, was merged, became a contact and bought.

Bo owns her now. Dee, a stranger to Bo's team, owned her first record and owns one of her deals.
"""

from __future__ import annotations

from tests.company import Row, make_campaign, make_deal, make_event, make_lead, make_touch

# A text that tries everything: a picture, a link, a tag, a formula, lines, a reversal of letters.
HOSTILE = (
    "=1+1 ![x](https://evil.example/p.png) [log in](https://evil.example) <b>b</b>"
    " <script>alert(1)</script> $x^2$ :red[x] \u202egpj.exe 🤝 'or 1=1 --"
)


def make_activity(activity_id: str = "a1", **cells: object) -> Row:
    """A call that Bo made to Mia."""
    usual = {
        "lead_id": "m1",
        "rep_id": "bo",
        "activity_type": "call",
        "occurred_at": "2026-03-04 10:00",
    }
    return "activities", {"activity_id": activity_id} | usual | cells


def make_owner_event(event_id: str = "o1", **cells: object) -> Row:
    """Cy gives Mia to Bo."""
    usual = {
        "lead_id": "m1",
        "from_rep_id": "dee",
        "to_rep_id": "bo",
        "actor_rep_id": "cy",
        "occurred_at": "2026-03-04 09:00",
    }
    return "lead_owner_events", {"event_id": event_id} | usual | cells


def make_deal_event(
    to_stage: str, at: str, opportunity_id: str = "d1", from_stage: str = ""
) -> Row:
    """A deal enters a stage."""
    cells = {"opportunity_id": opportunity_id, "from_stage": from_stage, "to_stage": to_stage}
    event_id = f"{opportunity_id} {to_stage}"
    return "opportunity_stage_events", {"event_id": event_id, "occurred_at": at} | cells


MIA: tuple[Row, ...] = (
    make_campaign(),
    make_lead(
        "m1",
        created_at="2026-03-02 09:00",
        lead_name="Mia Berg",
        email="mia@acme.example",
        company="Acme",
        country="Germany",
        converted_contact_id="c1",
        converted_at="2026-03-12 09:00",
    ),
    make_lead("m0", created_at="2026-03-01 09:00", owner_rep_id="dee", merged_into_lead_id="m1"),
    make_touch("m0", at="2026-03-01 08:00"),
    make_event("mql", "2026-03-03 09:00", "m0"),
    make_owner_event(),
    make_activity("a1", outcome="connected"),
    make_activity("a2", lead_id="c1", activity_type="email", occurred_at="2026-03-13 10:00"),
    make_event("sql", "2026-03-05 09:00", "m1"),
    make_event("mql", "2026-03-06 09:00", "m1"),
    make_deal("d1", lead_id="m1", created_at="2026-03-14 09:00", stage="Done"),
    make_deal_event("Proposal", "2026-03-16 09:00"),
    make_deal("d2", lead_id="m1", owner_rep_id="dee", created_at="2026-03-15 09:00", amount=7),
    # A person of Dee's, of whom nobody of team North may see anything.
    make_lead("x1", lead_name="Secret Person", company="Acme", owner_rep_id="dee"),
)


# A person of Bo's of whom each text is hostile, and the company's name is very long.
EVE: tuple[Row, ...] = (
    make_campaign("evil", campaign_name=HOSTILE),
    make_lead(
        "e1",
        lead_name=HOSTILE,
        email=HOSTILE,
        phone=HOSTILE,
        company="x" * 9_999 + "!",
        job_title=f"{HOSTILE}\nsecond line",
        country=HOSTILE,
        source=HOSTILE,
        persona=HOSTILE,
    ),
    make_touch("e1", "evil"),
    make_event(HOSTILE, "2026-03-12 09:00", "e1"),
    make_activity("e1", lead_id="e1", outcome=HOSTILE),
    make_deal("deal", lead_id="e1", outcome="lost", stage=HOSTILE, loss_reason=HOSTILE),
)
