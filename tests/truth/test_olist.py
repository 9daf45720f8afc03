"""The Olist marketing funnel: every figure of its truth.json that the Overview can give."""

from __future__ import annotations

from tests.truth.asked import month

ALL = ("2017-06-01", "2018-11-30")
# After the last row: nothing happened, and what is unknown is still no zero.
LATER = ("2026-01-01", "2026-01-31")
UNKNOWN = ("sessions", "opportunities", "revenue")


def test_all_of_it(olist) -> None:
    values = olist.values(*ALL)
    assert values["leads"] == values["mqls"] == olist.truth["mql_total"]
    assert values["won"] == olist.truth["won_total"]


def test_what_the_set_does_not_have_is_null_everywhere(olist) -> None:
    for start, end, by in ((*ALL, "channel"), (*month("2018-01"), "rep"), (*LATER, "campaign")):
        page = olist.page(start, end, by=by)
        for metric in UNKNOWN:
            assert page["tiles"][metric]["value"] is None
            assert page["tiles"][metric]["previous"] is None
            assert all(metric not in week for week in page["trend"])
            assert {row["tiles"][metric]["value"] for row in page["breakdown"]} <= {None}


def test_leads_and_deals_by_month(olist) -> None:
    by_month = olist.truth["period_by_month_raw"]
    assert len(by_month) == 18
    for text, figures in by_month.items():
        values = olist.values(*month(text))
        assert values["leads"] == values["mqls"] == figures["mqls"]
        assert values["won"] == figures["won"]
        assert figures["mqls"] == olist.truth["mql_by_month"].get(text, 0)
        assert figures["won"] == olist.truth["won_by_month_raw"].get(text, 0)


def test_the_weeks_of_a_month_of_whole_weeks_add_up_to_it(olist) -> None:
    # 1 October 2018 is a Monday, the 28th a Sunday.
    page = olist.page("2018-10-01", "2018-10-28")
    assert [week["is_whole"] for week in page["trend"]] == [True] * 4
    assert sum(week["won"] for week in page["trend"]) == page["tiles"]["won"]["value"]


def test_cohorts_by_month(olist) -> None:
    for text, figures in olist.truth["cohort_by_month"].items():
        cohort = {
            row["stage"]: row["count"] for row in olist.page(*month(text))["funnel"]["cohort"]
        }
        assert (cohort["lead"], cohort["mql"]) == (figures["mqls"], figures["mqls"])
        assert (cohort["opportunity"], cohort["customer"]) == (figures["won"], figures["won"])
        assert round(cohort["customer"] / cohort["mql"], 6) == figures["rate"]


def test_cohorts_by_origin(olist) -> None:
    by_channel = olist.parts(*ALL, by="channel")
    assert len(by_channel) == len(olist.truth["cohort_by_origin"]) == 11
    for origin, figures in olist.truth["cohort_by_origin"].items():
        channel = "(none)" if origin == "(blank)" else origin
        page = olist.page(*ALL, channel=channel)
        cohort = {row["stage"]: row["count"] for row in page["funnel"]["cohort"]}
        assert (cohort["lead"], cohort["customer"]) == (figures["mqls"], figures["won"])
        assert round(cohort["customer"] / cohort["lead"], 6) == figures["rate"]
        part = by_channel[None if origin == "(blank)" else origin]
        assert (part["mqls"], part["won"]) == (figures["mqls"], figures["won"])
        assert page["tiles"]["mqls"]["value"] == figures["mqls"]
        assert page["tiles"]["won"]["value"] == figures["won"]


def test_several_channels_at_once(olist) -> None:
    together = olist.truth["cohort_by_origin_blank_as_unknown"]["unknown"]
    page = olist.page(*ALL, channel=["unknown", "(none)"])
    assert page["tiles"]["mqls"]["value"] == together["mqls"]
    assert page["tiles"]["won"]["value"] == together["won"]


def test_the_conversion_of_all(olist) -> None:
    cohort = {row["stage"]: row for row in olist.page(*ALL)["funnel"]["cohort"]}
    rate = cohort["customer"]["count"] / cohort["lead"]["count"]
    assert rate == olist.truth["conversion_overall_cohort"]
    still = cohort["lead"]["count"] - cohort["customer"]["count"]
    assert still == olist.truth["open_or_lost_total"]


def test_deals_by_rep(olist) -> None:
    by_rep = {key: part["won"] for key, part in olist.parts(*ALL, by="rep").items() if part["won"]}
    assert by_rep == olist.truth["wins_by_sr"]
    assert len(by_rep) == olist.truth["sr_count"]
    best = next(iter(olist.truth["wins_by_sr"]))
    assert olist.values(*ALL, rep=best)["won"] == olist.truth["wins_by_sr"][best]
    # Whoever is not sold to yet has no rep.
    assert olist.values(*ALL, rep="(none)")["leads"] == olist.truth["open_or_lost_total"]


def test_leads_and_deals_by_landing_page(olist) -> None:
    by_campaign = olist.parts(*ALL, by="campaign")
    pages = olist.truth["landing_pages"]
    # The page that is the MD5 of nothing is no page.
    assert len(by_campaign) == pages["distinct"]
    assert sum(part["won"] > 0 for part in by_campaign.values()) == pages["with_win"]
    assert sum(part["mqls"] == 1 for part in by_campaign.values()) == pages["single_mql"]
    for landing_page, figures in olist.truth["landing_page_top10"].items():
        part = by_campaign[landing_page]
        assert (part["mqls"], part["won"]) == (figures["mqls"], figures["won"])
        assert round(part["won"] / part["mqls"], 6) == figures["rate"]
    missing = olist.truth["landing_page_md5_of_empty_string"]
    assert (by_campaign[None]["mqls"], by_campaign[None]["won"]) == (
        missing["mqls"],
        missing["won"],
    )


def test_the_deal_that_was_won_before_the_first_contact_is_counted_and_said(olist) -> None:
    (wrong,) = olist.truth["negative_lag"]
    (found,) = [
        row for row in olist.report["findings"] if row["finding"] == "reached_before_created"
    ]
    assert (found["rows"], found["is_doubt"], found["examples"]) == (1, True, wrong["mql_id"])


def test_no_row_was_refused(olist) -> None:
    assert (olist.report["refused"], olist.report["unmapped"]) == ([], [])
