"""The head of a lead's page: who it is, what is missing, what comes next."""

from __future__ import annotations

import pytest

from tests import lead_company, visits
from tests.company import make_lead, opened


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The place of Mia's company, and of a person of whom hardly anything is known."""
    folder = tmp_path_factory.mktemp("head")
    bare = make_lead("bare", created_at="", owner_rep_id="", source="", email="nobody")
    opened(folder, *lead_company.MIA, bare, make_lead("long", lead_name="n" * 300))
    return folder


def head(door, place, asked_id: str, **values: str):
    door.set_up(place, **values)
    visit = door.open("lead", id=asked_id)
    assert not visit.exception
    return visit


def facts(visit) -> dict[str, str]:
    """Word -> fact of the head."""
    words = [word.value for word in visit.main.caption][:6]
    return dict(zip(words, [text.value for text in visit.main.text][:6], strict=True))


def test_a_person_has_a_name_a_place_and_facts(door, place) -> None:
    visit = head(door, place, "m1")
    assert [header.value for header in visit.main.header] == [
        "Mia Berg",
        "Next step",
        "Contact data",
        "Hand-offs",
        "Opportunities and revenue",
        "Timeline",
    ]
    assert facts(visit) == {
        "Stage": "Closed-won",
        "Owner": "Bo",
        "Team": "North",
        "First campaign": "Spring",
        "Created": "1 Mar 2026, 09:00",
        "Id": "m1",
    }
    assert "Nothing is open\\." in visits.texts(visit)
    assert "3 of 7 missing: Phone, Job title, Persona" in visits.texts(visit)


def test_a_moment_is_one_of_the_reporting_zone(door, tmp_path) -> None:
    opened(tmp_path, *lead_company.MIA, zone="Asia/Tokyo")
    visit = head(door, tmp_path, "m1", company_time_zone="Asia/Tokyo")
    assert facts(visit)["Created"] == "1 Mar 2026, 18:00"


def test_whoever_is_hardly_known_is_said_so(door, place) -> None:
    visit = head(door, place, "bare")
    assert visit.main.header[0].value == "No name"
    assert facts(visit) == {
        "Stage": "Lead",
        "Owner": "Unassigned",
        "Team": "No team",
        "First campaign": "No campaign",
        "Created": "not known",
        "Id": "bare",
    }
    marks = [text.value for text in visit.main.markdown if text.value.startswith(":material")]
    assert marks == [":material/error: not an e-mail address"] + [":material/error: missing"] * 6


def test_a_long_name_is_cut_and_can_be_opened(door, place) -> None:
    visit = head(door, place, "long")
    assert visit.main.header[0].value == "n" * 199 + "…"
    assert [opened.label for opened in visit.expander] == ["The whole text: Name"]
    assert visit.code[0].value == "n" * 300


@pytest.mark.parametrize(("asked_id", "is_said"), [("m0", True), ("c1", False), ("m1", False)])
def test_a_merged_record_says_into_whom(door, place, asked_id: str, is_said: bool) -> None:
    visit = head(door, place, asked_id)
    assert visit.main.header[0].value == "Mia Berg"
    said = "This record was merged into m1, which is shown here."
    assert (said in [info.value for info in visit.info]) is is_said
