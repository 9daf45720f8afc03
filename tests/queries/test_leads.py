"""One person under all ids, for those who may see the person and for nobody else."""

from __future__ import annotations

import pytest

from queries import leads, people
from queries.people import EVERYTHING, FIGURES, NOTHING, Scope
from tests import company, lead_company
from tests.company import make_event, make_lead, opened, utc

BO, CY, DEE = Scope("reps", ("bo",)), Scope("teams", ("north",)), Scope("reps", ("dee",))


@pytest.fixture(scope="module")
def mia(tmp_path_factory):
    """The snapshot of Mia's company."""
    return opened(tmp_path_factory.mktemp("mia"), *lead_company.MIA)


def found(snapshot, asked_id="m1", scope=EVERYTHING, as_of=company.NOW):
    with snapshot.connect() as connection:
        return leads.find(connection, asked_id, scope=scope, as_of=as_of)


def test_a_person_is_named_with_what_is_missing(mia) -> None:
    lead = found(mia)
    assert (lead.lead_id, lead.ids, lead.merged) == ("m1", ("m1", "c1", "m0"), ("m0",))
    assert (lead.name, lead.owner, lead.team, lead.campaign) == (
        "Mia Berg",
        "Bo",
        "North",
        "Spring",
    )
    # The first record was made on the first of March.
    assert lead.created_at == utc("2026-03-01 09:00")
    assert lead.contact["email"] == "mia@acme.example"
    assert lead.gaps == {
        "email": "present",
        "phone": "missing",
        "company": "present",
        "job_title": "missing",
        "country": "present",
        "source": "present",
        "persona": "missing",
    }


@pytest.mark.parametrize("asked_id", ["m1", "m0", "c1"])
@pytest.mark.parametrize("scope", [EVERYTHING, BO, CY])
def test_each_id_of_a_person_leads_to_the_survivor(mia, asked_id: str, scope: Scope) -> None:
    assert found(mia, asked_id, scope).lead_id == "m1"


@pytest.mark.parametrize("asked_id", ["m1", "m0", "c1"])
@pytest.mark.parametrize("scope", [DEE, Scope("teams", ("south",)), FIGURES, NOTHING, Scope()])
def test_nobody_else_finds_the_person_by_any_id(mia, asked_id: str, scope: Scope) -> None:
    assert found(mia, asked_id, scope) is None


@pytest.mark.parametrize(
    "asked_id", ["", "nobody", "M1", "m1 ", "m1\0", "%", "x" * 501, "' or 1=1 --", "m1\u202e"]
)
def test_an_id_that_nobody_has_finds_nobody(mia, asked_id: str) -> None:
    assert found(mia, asked_id) is None


def test_who_is_deleted_or_one_of_us_is_not_found(tmp_path) -> None:
    rows = (make_lead("gone", is_deleted="true"), make_lead("here"))
    snapshot = opened(tmp_path, *rows)
    assert found(snapshot, "gone") is None
    assert found(snapshot, "here").gaps["email"] == "missing"


@pytest.mark.parametrize(
    ("as_of", "stage", "campaign"),
    [
        ("2026-03-01 09:00", "lead", "Spring"),
        ("2026-03-03 08:59:59", "lead", "Spring"),
        ("2026-03-03 09:00", "mql", "Spring"),
        ("2026-03-05 09:00", "sql", "Spring"),
        # A step back.
        ("2026-03-06 09:00", "mql", "Spring"),
        ("2026-03-14 09:00", "opportunity", "Spring"),
        ("2026-03-20 09:00", "customer", "Spring"),
    ],
)
def test_the_stage_is_that_of_the_moment(mia, as_of: str, stage: str, campaign: str) -> None:
    lead = found(mia, as_of=utc(as_of))
    assert (lead.stage, lead.campaign) == (stage, campaign)


def test_before_a_person_came_there_is_nobody(mia) -> None:
    assert found(mia, as_of=utc("2026-03-01 08:59:59")) is None


def test_the_stage_that_the_source_tells_is_that_of_now_only(tmp_path) -> None:
    rows = (make_lead(stage_key="recycled"), make_event("mql", "2026-03-11 09:00"))
    snapshot = opened(tmp_path, *rows)
    assert found(snapshot, "l1").stage == "recycled"
    assert found(snapshot, "l1", as_of=utc("2026-06-30 11:59:59")).stage == "mql"


def test_the_first_campaign_is_none_before_the_first_touch(tmp_path) -> None:
    rows = (
        company.make_campaign(),
        make_lead(created_at="2026-03-01 09:00"),
        company.make_touch(at="2026-03-02 09:00"),
    )
    snapshot = opened(tmp_path, *rows)
    assert found(snapshot, "l1", as_of=utc("2026-03-02 08:59:59")).campaign is None
    assert found(snapshot, "l1", as_of=utc("2026-03-02 09:00")).campaign == "Spring"


@pytest.mark.parametrize(
    ("email", "gap"),
    [
        ("mia@acme.example", "present"),
        ("m.b+x@mail.acme.example", "present"),
        ("mia@acme", "not an e-mail address"),
        ("mia", "not an e-mail address"),
        ("@acme.example", "not an e-mail address"),
        ("mia@@acme.example", "not an e-mail address"),
        ("mia berg@acme.example", "not an e-mail address"),
        ("mia@acme.", "not an e-mail address"),
        (" ", "missing"),
    ],
)
def test_an_address_that_is_none_is_said_so(tmp_path, email: str, gap: str) -> None:
    assert found(opened(tmp_path, make_lead(email=email)), "l1").gaps["email"] == gap


@pytest.mark.parametrize(
    ("stage", "label"),
    [("mql", "MQL"), ("customer", "Closed-won"), ("lost", "Closed-lost"), ("Odd", "Odd")],
)
def test_stages_have_words_and_unmapped_ones_their_own(stage: str, label: str) -> None:
    assert leads.stage_label(stage) == label
    assert leads.stage_label(None) is None


def sought(snapshot, words: str, scope=EVERYTHING) -> list[str]:
    with snapshot.connect() as connection:
        rows = leads.search(connection, words, scope=scope, as_of=company.NOW)
    return list(rows["lead_id"])


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("mia", ["m1"]),
        ("BERG acme", ["m1"]),
        ("acme", ["x1", "m1"]),
        ("mia@acme", ["m1"]),
        ("m1", ["m1"]),
        ("m0", ["m1"]),
        ("c1", ["m1"]),
        ("mia nobody", []),
        ("%", []),
        ("_", []),
        ("", []),
        (" \0\n ", []),
        ("' or 1=1 --", []),
    ],
)
def test_people_are_found_by_what_one_knows_of_them(mia, words: str, ids: list[str]) -> None:
    assert sought(mia, words) == ids


@pytest.mark.parametrize(
    ("scope", "ids"),
    [(BO, ["m1"]), (CY, ["m1"]), (DEE, ["x1"]), (FIGURES, []), (NOTHING, [])],
)
def test_a_search_finds_only_whom_one_may_see(mia, scope: people.Scope, ids: list[str]) -> None:
    assert sought(mia, "acme", scope) == ids
    assert sought(mia, "c1", scope) == [key for key in ids if key == "m1"]


def test_one_more_than_is_listed_is_found(tmp_path) -> None:
    rows = [make_lead(f"l{number:02}", company="Acme") for number in range(22)]
    assert len(sought(opened(tmp_path, *rows), "acme")) == 21
    assert leads.MOST_FOUND == 20
