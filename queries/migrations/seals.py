"""What 0005 asks of the databases: nobody changes what both sides have signed, by whatever way."""

from __future__ import annotations

from alembic import op

# A draft may change. Reading its version "for share" waits for whoever is signing it just now.
_POSTGRESQL = (
    "create function sla_agreements_are_sealed() returns trigger language plpgsql"
    " set search_path from current as $$ begin"
    " if tg_op = 'TRUNCATE' then raise exception 'what is signed cannot be changed'; end if;"
    " if old.status <> 'draft' then raise exception 'what is signed cannot be changed'; end if;"
    " if tg_op = 'DELETE' then return old; end if;"
    " if (new.agreement_id, new.version) <> (old.agreement_id, old.version)"
    " then raise exception 'a version keeps its number'; end if;"
    " return new; end $$",
    "create function sla_terms_are_sealed() returns trigger language plpgsql"
    " set search_path from current as $$ begin"
    " if tg_op = 'TRUNCATE' then raise exception 'what is signed cannot be changed'; end if;"
    " if tg_op <> 'INSERT' then"
    " perform 1 from sla_agreements where agreement_id = old.agreement_id"
    " and version = old.version and status = 'draft' for share;"
    " if not found then raise exception 'what is signed cannot be changed'; end if; end if;"
    " if tg_op = 'DELETE' then return old; end if;"
    " perform 1 from sla_agreements where agreement_id = new.agreement_id"
    " and version = new.version and status = 'draft' for share;"
    " if not found then raise exception 'what is signed cannot be changed'; end if;"
    " return new; end $$",
    "create function sla_signatures_are_kept() returns trigger language plpgsql"
    " as $$ begin raise exception 'signatures are only ever appended to'; end $$",
    "create trigger sla_agreements_sealed before update or delete on sla_agreements"
    " for each row execute function sla_agreements_are_sealed()",
    "create trigger sla_agreements_kept before truncate on sla_agreements"
    " for each statement execute function sla_agreements_are_sealed()",
    "create trigger sla_terms_sealed before insert or update or delete on sla_terms"
    " for each row execute function sla_terms_are_sealed()",
    "create trigger sla_terms_kept before truncate on sla_terms"
    " for each statement execute function sla_terms_are_sealed()",
    "create trigger sla_signatures_kept before update or delete or truncate on sla_signatures"
    " for each statement execute function sla_signatures_are_kept()",
)
# "insert or replace" and "update or replace" delete without a word to the trigger of delete, also
# by the number that SQLite gives each row.
_SQLITE = (
    "create trigger sla_agreements_no_update before update on sla_agreements"
    " begin select raise(abort, 'what is signed cannot be changed') where old.status <> 'draft';"
    " select raise(abort, 'a version keeps its number')"
    " where new.agreement_id <> old.agreement_id or new.version <> old.version"
    " or new.rowid <> old.rowid; end",
    "create trigger sla_agreements_no_delete before delete on sla_agreements"
    " begin select raise(abort, 'what is signed cannot be changed') where old.status <> 'draft';"
    " end",
    "create trigger sla_agreements_no_replace before insert on sla_agreements"
    " begin select raise(abort, 'what is signed cannot be changed')"
    " where exists (select 1 from sla_agreements as kept where kept.status <> 'draft'"
    " and (kept.rowid = new.rowid"
    " or kept.agreement_id = new.agreement_id and kept.version = new.version)); end",
    "create trigger sla_terms_no_update before update on sla_terms"
    " begin select raise(abort, 'what is signed cannot be changed')"
    " where exists (select 1 from sla_agreements as kept where kept.status <> 'draft'"
    " and kept.agreement_id in (old.agreement_id, new.agreement_id)"
    " and kept.version in (old.version, new.version));"
    " select raise(abort, 'a term keeps its number')"
    " where new.term_id <> old.term_id or new.rowid <> old.rowid; end",
    "create trigger sla_terms_no_delete before delete on sla_terms"
    " begin select raise(abort, 'what is signed cannot be changed')"
    " where exists (select 1 from sla_agreements as kept where kept.status <> 'draft'"
    " and kept.agreement_id = old.agreement_id and kept.version = old.version); end",
    "create trigger sla_terms_no_insert before insert on sla_terms"
    " begin select raise(abort, 'what is signed cannot be changed')"
    " where exists (select 1 from sla_agreements as kept where kept.status <> 'draft'"
    " and kept.agreement_id = new.agreement_id and kept.version = new.version);"
    " select raise(abort, 'what is signed cannot be changed')"
    " where exists (select 1 from sla_terms as held join sla_agreements as kept"
    " using (agreement_id, version) where kept.status <> 'draft'"
    " and (held.term_id = new.term_id or held.rowid = new.rowid)); end",
    "create trigger sla_signatures_no_update before update on sla_signatures"
    " begin select raise(abort, 'signatures are only ever appended to'); end",
    "create trigger sla_signatures_no_delete before delete on sla_signatures"
    " begin select raise(abort, 'signatures are only ever appended to'); end",
    "create trigger sla_signatures_no_replace before insert on sla_signatures"
    " begin select raise(abort, 'signatures are only ever appended to')"
    " where exists (select 1 from sla_signatures as kept where kept.rowid = new.rowid"
    " or kept.agreement_id = new.agreement_id and kept.version = new.version"
    " and kept.side = new.side and kept.content_sha256 = new.content_sha256); end",
)


def forbid_changes() -> None:
    """The triggers of the database that the migrations run on."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if is_postgresql else _SQLITE:
        op.execute(statement)


def drop_functions() -> None:
    """What is left when the tables, and their triggers with them, are gone."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function sla_agreements_are_sealed()")
        op.execute("drop function sla_terms_are_sealed()")
        op.execute("drop function sla_signatures_are_kept()")
