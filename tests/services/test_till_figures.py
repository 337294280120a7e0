"""What a report says of an offer, from the counters of its runs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sayso.domain.campaign import State
from sayso.domain.lift import SEEN_BY_CODE
from sayso.domain.offer import Codes, Offer
from sayso.domain.run import Plan, Progress, RunState, Slice
from sayso.services.report import Report, report_of
from sayso.services.till_figures import Place, Till
from tests.support.bluebird import NOON
from tests.support.campaigns import a_campaign, a_run

OFFER = Offer("A free filter coffee", worth=500_000)
TALLY = {
    "delivered": 90,
    "sent": 10,
    "parts": 100,
    "priced_parts": 100,
    "price": 1_000_000,
    "redeemed": 20,
    "uses": 25,
    "sales": 2,
    "revenue": 31_500_000,
    "p=DOWNTOWN|uses": 15,
    "p=UPTOWN|uses": 9,
    "p=UPTOWN|sales": 2,
    "p=UPTOWN|revenue": 31_500_000,
    "c=sign|delivered": 100,
    "c=sign|uses": 25,
    "c=sign|revenue": 31_500_000,
    "till.24": 20,
    "clicks": 40,
    "previews": 7,
    "clicked": 30,
    "referred": 3,
}


def progress(tally: Mapping[str, int], run_id: str = "R1", reminds_of: str = "") -> Progress:
    run = replace(a_run(run_id, RunState.FINISHED), reminds_of=reminds_of)
    return Progress(run, (Plan(Slice(run_id, "", 0), targeted=100),), tally)


def reported(offer: Offer | None = OFFER, *more: Progress) -> Report:
    campaign = replace(a_campaign("C1", State.FINISHED), offer=offer)
    runs = (progress(TALLY), *more)
    return report_of(campaign, runs, NOON + timedelta(days=30))


def till(offer: Offer = OFFER, *more: Progress) -> Till:
    found = reported(offer, *more).till
    assert found is not None
    return found


def test_the_rate_is_of_people_and_of_those_the_carrier_took_the_text_for() -> None:
    rate = till().rate
    assert rate is not None
    assert (rate.events, rate.people) == (20, 100)


def test_where_people_share_a_code_no_rate_is_told() -> None:
    assert till(replace(OFFER, codes=Codes.SHARED, shared_code="SPRING")).rate is None


def test_where_visits_are_known_by_codes_the_lift_says_so() -> None:
    groups = {"v=A|sent": 90, "v=A|visited": 9, "v=held_out|skipped.held_out": 30}
    seen = progress(groups | {"v=held_out|visited": 2}, "R2")

    with_codes, without = reported(OFFER, seen).lift, reported(None, seen).lift

    assert with_codes is not None
    assert without is not None
    assert (with_codes.texted.events, with_codes.held_out.events) == (9, 2)
    assert with_codes.said == f"{without.said} {SEEN_BY_CODE}"


def test_a_redemption_costs_its_share_of_the_texts_and_what_the_offer_is_worth() -> None:
    found = till()
    assert (found.cost, found.cost_each, found.includes_worth) == (13_500_000, 540_000, True)


def test_without_a_worth_it_costs_the_texts_alone() -> None:
    found = till(replace(OFFER, worth=None))
    assert (found.cost, found.cost_each, found.includes_worth) == (1_000_000, 40_000, False)


def test_places_add_up_to_all_uses_and_those_without_one_are_told() -> None:
    assert till().by_place == (
        Place("DOWNTOWN", 15, 0, 0),
        Place("UPTOWN", 9, 2, 31_500_000),
        Place("", 1, 0, 0),
    )


def test_the_median_is_told_with_the_number_that_it_is_of() -> None:
    found = till()
    assert found.timed == 20
    assert found.median is not None
    assert timedelta(minutes=60) < found.median < timedelta(minutes=80)


def test_groups_have_their_uses_and_their_revenue() -> None:
    (row,) = reported().by_channel
    assert (row.name, row.uses, row.revenue) == ("sign", 25, 31_500_000)


def test_each_group_has_the_rate_of_its_own_people() -> None:
    groups = {"c=sign|redeemed": 20, "v=A|sent": 40, "v=A|redeemed": 8, "v=B|sent": 60}
    # Who reports visits itself may report redemptions of people who were sent nothing.
    reported_by_hand = {"v=held_out|skipped.held_out": 30, "v=held_out|redeemed": 1}
    found = reported(OFFER, progress(groups | reported_by_hand, "R2"))

    told = {
        row.name: (rate.events, rate.people) if (rate := found.rate_of(row)) else None
        for row in (*found.by_channel, *found.by_variant)
    }

    assert told == {"sign": (20, 100), "A": (8, 40), "B": (0, 60), "held_out": None}


def test_no_more_of_a_group_redeem_than_were_sent_the_text() -> None:
    found = reported(OFFER, progress({"v=A|sent": 40, "v=A|redeemed": 41}, "R2"))
    (row,) = found.by_variant
    assert (rate := found.rate_of(row)) is not None
    assert (rate.events, rate.people) == (40, 40)


def test_where_no_rate_is_told_in_all_none_is_told_of_a_group() -> None:
    for offer in (None, replace(OFFER, codes=Codes.SHARED, shared_code="SPRING")):
        found = reported(offer)
        (row,) = found.by_channel
        assert found.rate_of(row) is None


def test_clicks_and_programs_and_friends_are_told_apart() -> None:
    report = reported()
    attention = report.attention
    assert (report.clicked, attention.clicks, attention.previews) == (30, 40, 7)
    assert attention.referred == 3


def test_whoever_is_reminded_is_nobody_new_and_costs() -> None:
    tally = {"delivered": 40, "parts": 40, "priced_parts": 40, "price": 400_000}
    reminder = progress(tally, "R2", "R1")
    report = reported(OFFER, reminder)

    assert (report.targeted, report.sent) == (100, 100)
    assert report.reminders is not None
    assert (report.reminders.targeted, report.reminders.sent) == (100, 40)
    assert report.price.amount == 1_400_000
    assert report.till is not None
    assert report.till.cost == 13_900_000


def test_without_an_offer_there_is_no_till_and_without_reminders_none_are_told() -> None:
    report = reported(None)
    assert report.till is None
    assert report.reminders is None
