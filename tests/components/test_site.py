"""The pages there are: each file has one address, the first is the start."""

from __future__ import annotations

from components import site
from queries import people
from tests import visits


def test_every_page_file_has_an_entry_and_a_role() -> None:
    files = {page.stem for page in (visits.ROOT / "pages").glob("*.py")}
    assert {entry.name for entry in site.ENTRIES} == files
    assert len({entry.title for entry in site.ENTRIES}) == len(site.ENTRIES)
    for entry in site.ENTRIES:
        assert set(entry.roles) <= set(people.ROLES)
        assert entry.roles
    assert site.ENTRIES[0].roles == people.ROLES


def test_whoever_is_not_signed_in_is_told_no_page(door, march_place) -> None:
    door.set_up(march_place)
    pages = door.come()._registered_pages.values()
    assert {page["page_name"] for page in pages} == {"Sign in"}
    assert {page["script_path"] for page in pages} == {""}
    # The address stays, so that a link leads to its page afterwards.
    assert {page["url_pathname"] for page in pages} == {
        "",
        "handoffs",
        "sla",
        "agreement",
        "lead",
        "data_health",
        "admin",
    }


def test_the_view_waits_while_a_page_about_all_data_is_open(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in("ada", "admin")
    visit = door.open(rep="bo")
    assert visit.multiselect
    for page in ("agreement", "lead", "data_health", "admin"):
        visit.switch_page(f"pages/{page}.py").run()
        assert not visit.multiselect
        assert visit.title[0].value in ("Agreement", "Lead", "Data health", "Admin")
    visit.switch_page("pages/overview.py").run()
    assert visit.multiselect(key="filter_bar.rep").value == ["bo"]
