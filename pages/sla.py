"""Did each side keep what it promised? For the meeting of sales and marketing, and for whoever
asks before it where a promise is about to be missed."""

from __future__ import annotations

from components import (
    auth,
    book,
    data,
    filter_bar,
    handoff_choice,
    handoff_sections,
    handoff_watch,
    present,
    sla_board,
    sla_cards,
    sla_choice,
    sla_details,
    sla_lists,
)
from queries.sla import answers

user = auth.require_user()
is_present = present.is_on()

entered = book.entered()
working = book.entered_working_time()
filters = handoff_choice.at_present(filter_bar.current(), entered)
section = sla_choice.asked(user, is_present=is_present)
by = sla_choice.by(user.scope, is_present=is_present) if section == "parts" else None
shown = data.load(answers.load, filters, user=user, entered=entered, working=working, by=by)

if not shown.has_handoffs:
    handoff_sections.no_data()
else:
    sla_choice.choose(section, user, is_present=is_present)
    if section == "scorecard":
        if asked := sla_cards.render(shown, filters.zone, is_present=is_present):
            sla_details.ask(asked)
    elif section == "parts":
        sla_choice.choose_by(by, user.scope, is_present=is_present)
        sla_board.render(shown, by)
    elif section == "breaches":
        sla_details.rows("", "All that was missed", user, filters, entered)
    elif section == "due_soon":
        sla_lists.due_soon(user, filters, entered, handoff_choice.zone())
    else:
        sla_lists.ignored(user, filters, entered)
    sla_details.render(user, filters, entered, shown)
handoff_watch.render(entered)
