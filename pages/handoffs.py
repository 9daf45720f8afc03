"""What happened to every lead that marketing handed to sales? For reps between two calls, for
managers who ask whose clock has run out, and for both teams in one room."""

from __future__ import annotations

from components import (
    auth,
    book,
    data,
    decide_form,
    empty_state,
    filter_bar,
    handoff_board,
    handoff_choice,
    handoff_details,
    handoff_sections,
    handoff_tiles,
    handoff_watch,
    present,
    work_list,
)
from queries.handoffs import answers, decisions

user = auth.require_user()
is_present = present.is_on()

entered = book.entered()
filters = handoff_choice.at_present(filter_bar.current(), entered)
by = handoff_choice.board_of(user.scope, is_present=is_present)
section = handoff_choice.asked(user, is_present=is_present)
shown = data.load(answers.load, filters, user=user, entered=entered, by=by, section=section)

decide_form.say_what_happened()
handoff_id = decide_form.asked()
is_too_late = decisions.may_decide(user) and handoff_choice.is_past(filters.as_of)
if is_too_late and (handoff_id or section == "list"):
    handoff_choice.say_it_is_past()
# The list has its own choice of the state, and on a phone no room for two; some have no list.
has_links = user.scope.sees_persons and not is_present and section != "list"
if shown.has_handoffs:
    if state := handoff_tiles.states(shown, is_present=is_present, has_links=has_links):
        work_list.show(state)
        handoff_choice.go_to("list")
    handoff_choice.choose(section, user, is_present=is_present)

if not shown.has_handoffs:
    handoff_sections.no_data()
elif section == "list":
    work_list.choose(shown.counts)
    total = shown.counts[work_list.state()]
    number = work_list.number(total or 0)
    rows = data.load(
        answers.work_list,
        filters,
        user=user,
        entered=entered,
        key=work_list.state(),
        number=number,
    )
    if total is None:
        empty_state.no_activities()
    else:
        zone = handoff_choice.zone()
        work_list.render(rows, user, now=filters.as_of, zone=zone, total=total, number=number)
        work_list.turn(total)
elif section == "results":
    if asked := handoff_tiles.results(shown, is_present=is_present):
        handoff_details.ask(asked)
    handoff_sections.promise(entered.terms)
    handoff_sections.completeness(shown.complete)
    handoff_choice.choose_board(by, user.scope, is_present=is_present)
    can_open = user.scope.sees_persons and not is_present
    handoff_board.render(shown.board, by, can_open=can_open, has_attempts=shown.has_attempts)
elif section == "funnel":
    handoff_sections.funnels(shown, is_present=is_present)
elif section == "times":
    handoff_sections.waits(shown.waits)
    handoff_sections.ages(shown.ages)
elif section == "reasons":
    handoff_sections.reasons(shown.reasons)
else:
    handoff_sections.recycled(shown)

if handoff_id and not is_too_late:
    found = data.load(answers.one, filters, user=user, entered=entered, handoff_id=handoff_id)
    decide_form.render(found, user, entered.terms, handoff_choice.zone())
else:
    handoff_details.render(user, filters, entered)
handoff_watch.render(entered)
