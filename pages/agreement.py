"""What did the two sides promise each other, and what do our words mean? For both leaders, who
write and sign it, and for everybody whom it holds for."""

from __future__ import annotations

from components import (
    agreement_choice,
    agreement_definitions,
    agreement_draft,
    agreement_edit,
    agreement_names,
    agreement_personas,
    agreement_reasons,
    agreement_sign,
    agreement_stages,
    agreement_targets,
    agreement_version,
    agreement_watch,
    auth,
    book,
    data,
    present,
)
from queries.agreements import drafting

user = auth.require_user()
is_present = present.is_on()
reader = agreement_choice.reader(user, is_present=is_present)
section = agreement_choice.asked()
agreement_choice.choose(section, is_present=is_present)

if section == "targets":
    agreement_targets.render(reader)
elif section == "definitions":
    agreement_definitions.render(reader)
elif section == "reasons":
    agreement_reasons.render(reader)
elif section == "personas":
    agreement_personas.render(reader)
elif section == "stages":
    agreement_stages.render(reader)
else:
    agreement_edit.say_what_happened()
    agreement_edit.fulfil(reader)
    agreement_draft.start(reader)
    shown, names, zone = book.agreement_for(reader), agreement_names.known(), data.snapshot().zone
    version = agreement_choice.version(shown)
    can_edit = drafting.may_edit(reader) and version.status == "draft"
    agreement_version.damages(shown)
    if not is_present:
        agreement_choice.choose_version(shown, version, zone)
    agreement_version.head(shown, version, zone)
    if not is_present:
        agreement_draft.tools(reader, shown, version)
    agreement_version.lacking(version)
    agreement_version.body(version, names, can_edit=can_edit, is_present=is_present)
    agreement_sign.render(reader, shown, version, zone)
    if not is_present:
        agreement_version.differs(shown, version, names, zone)
        agreement_version.calendars(reader)
    agreement_draft.render(reader, shown, names)
    agreement_sign.form(reader, shown, names, zone)
    agreement_watch.render(shown, reader)
