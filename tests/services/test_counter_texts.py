"""Texts about coupons, from their arrival to their answer, through fakes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.domain.activity import of_contact
from sayso.domain.codes import spoken
from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Coupon
from sayso.domain.parts import count_parts
from sayso.domain.speech.counter import PHRASES
from sayso.services.inbound import Outcome
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, PROGRAM, a_text
from tests.support.campaigns import a_subscriber
from tests.support.counter_texts import A_MINUTE, STAFFED, World
from tests.support.counters import LATER, MIA, OMAR
from tests.support.coupons import a_coupon, code_of


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def coupon(world: World) -> Coupon:
    return world.till.issued(a_coupon(), a_subscriber(ANA))


def test_staff_redeem_by_text_and_are_told_for_what(world: World, coupon: Coupon) -> None:
    answer = world.says(MIA.phone, f"USE {spoken(coupon.code)} 23.50")

    assert answer == (
        "VALID, redeemed now at Bluebird Downtown: A free filter coffee, "
        f"{spoken(coupon.code)}, $23.50. Wrong one? UNDO within 10 min."
    )
    (use,) = world.till.live_uses(coupon.code)
    assert (use.by, use.amount) == ("Mia", 23_500_000)


def test_a_second_time_they_are_told_when_and_where(world: World, coupon: Coupon) -> None:
    world.says(MIA.phone, f"USE {coupon.code}")

    assert world.says(OMAR.phone, f"use {coupon.code}", LATER + A_MINUTE) == (
        f"USED already: {spoken(coupon.code)} on Nov 23, 12:40 PM at Bluebird Downtown."
    )


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"valid_until": NOON}, "EXPIRED: {} was good until Nov 23, 12:00 PM."),
        ({"valid_from": LATER + A_MINUTE}, "NOT YET: {} is good from Nov 23, 12:41 PM."),
        (
            {"places": ("UPTOWN", "DENVER")},
            "WRONG STORE: {} is good at Bluebird Uptown or Bluebird Denver only. Not redeemed.",
        ),
    ],
)
def test_what_is_not_redeemed_is_told_with_its_reason(
    world: World, changes: dict[str, Any], answer: str
) -> None:
    coupon = world.till.issued(a_coupon(**changes), a_subscriber(ANA))

    assert world.says(MIA.phone, f"USE {coupon.code}") == answer.format(spoken(coupon.code))


def test_a_code_that_is_none_is_told_and_after_ten_of_them_no_more(
    world: World, coupon: Coupon
) -> None:
    for number in range(10):
        assert "UNKNOWN" in world.says(MIA.phone, f"USE {code_of(BEN, f'R{number}')}")

    assert world.says(MIA.phone, f"USE {coupon.code}").startswith("LOCKED")
    assert world.till.live_uses(coupon.code) == []


def test_staff_take_back_what_they_entered(world: World, coupon: Coupon) -> None:
    world.says(MIA.phone, f"USE {coupon.code}")

    assert world.says(MIA.phone, "UNDO", LATER + A_MINUTE) == (
        f"UNDONE: {spoken(coupon.code)} can be used again."
    )
    assert world.till.live_uses(coupon.code) == []


def test_an_undo_that_arrives_again_takes_nothing_else_back(world: World, coupon: Coupon) -> None:
    bens = world.till.issued(a_coupon(BEN), a_subscriber(BEN))
    undo = a_text("UNDO", phone=MIA.phone, at=LATER + A_MINUTE)
    world.says(MIA.phone, f"USE {coupon.code}")
    world.handle(undo)
    world.says(MIA.phone, f"USE {bens.code}", LATER + 2 * A_MINUTE)
    world.conversations.exchanges.pop((MIA.phone, undo.message_id))

    world.handle(undo)

    assert len(world.till.live_uses(bens.code)) == 1


def test_a_text_that_arrives_again_redeems_once_and_is_answered_once(
    world: World, coupon: Coupon
) -> None:
    text = a_text(f"USE {coupon.code}", phone=MIA.phone, at=LATER)

    assert [world.handle(text).outcome for _ in range(2)] == [Outcome.ANSWERED, Outcome.DUPLICATE]
    assert len(world.carrier.bodies_to(MIA.phone)) == 1
    assert len(world.till.live_uses(coupon.code)) == 1


def test_a_text_cut_short_before_it_was_stored_gets_the_first_answer(
    world: World, coupon: Coupon
) -> None:
    text = a_text(f"USE {coupon.code}", phone=MIA.phone, at=LATER)
    world.handle(text)
    world.conversations.exchanges.clear()

    world.handle(text)

    first, second = world.carrier.bodies_to(MIA.phone)
    assert first == second
    assert len(world.till.live_uses(coupon.code)) == 1


def test_a_busy_hour_is_answered_to_its_end(world: World) -> None:
    for number in range(50):
        coupon = world.till.issued(a_coupon(f"+1312555{number:04}"))
        at = LATER + number * timedelta(seconds=20)
        assert world.says(MIA.phone, f"USE {coupon.code}", at).startswith("VALID")


def test_a_customer_is_told_to_show_it_and_learns_nothing_of_it(
    world: World, coupon: Coupon
) -> None:
    answers = [world.says(BEN, f"USE {code}") for code in (coupon.code, code_of(CHLOE))]

    assert answers == [
        f"Bluebird Coffee: to use {spoken(code)}, show it at the counter. The staff will enter it."
        for code in (coupon.code, code_of(CHLOE))
    ]
    assert world.till.live_uses(coupon.code) == []


def test_somebody_who_has_left_is_left_alone(world: World, coupon: Coupon) -> None:
    world.says(BEN, "STOP")

    assert world.says(BEN, f"USE {coupon.code}") == ""
    assert world.says(BEN, "OFFERS") == ""


def test_a_customer_asks_for_their_offers(world: World, coupon: Coupon) -> None:
    assert world.says(ANA, "OFFERS") == (
        f"Bluebird Coffee: your offers: A free filter coffee {spoken(coupon.code)}."
    )
    world.says(MIA.phone, f"USE {coupon.code}")
    assert world.says(ANA, "offers") == "Bluebird Coffee: you have no offers open right now."


def test_what_ends_first_is_told_first_and_what_has_no_end_last(world: World) -> None:
    ends = {"R3": NOON + timedelta(days=1), "R2": NOON + timedelta(days=2), "R1": None}
    world.till.campaigns.runs["R3"] = replace(world.till.campaigns.runs["R2"], id="R3")
    for age, (run, end) in enumerate(ends.items()):
        issued_at = NOON + age * A_MINUTE
        coupon = a_coupon(run_id=run, valid_until=end, issued_at=issued_at)
        world.till.issued(coupon, a_subscriber(ANA))

    answer = world.says(ANA, "OFFERS")

    told = sorted(ends, key=lambda run: answer.index(spoken(code_of(ANA, run))))
    assert told == ["R3", "R2", "R1"]


def test_a_code_that_only_opens_links_is_no_offer(world: World, coupon: Coupon) -> None:
    world.till.issued(a_coupon(run_id="R2", shown="", most_uses=0))

    assert world.says(ANA, "OFFERS") == (
        f"Bluebird Coffee: your offers: A free filter coffee {spoken(coupon.code)}."
    )


def test_each_offer_is_listed_with_its_page_where_the_shop_has_an_address() -> None:
    world = World(address="https://blue.example")
    coupon = world.till.issued(a_coupon(), a_subscriber(ANA))

    assert world.says(ANA, "OFFERS") == (
        f"Bluebird Coffee: your offers: A free filter coffee {spoken(coupon.code)}"
        f" https://blue.example/o/{coupon.code}."
    )


def test_every_answer_of_the_counter_fits_one_part(world: World) -> None:
    longest = replace(PROGRAM, name="Bluebird Coffee & Bakery of Springfield")
    for language in ("en", "es", "fr"):
        catalog = replace(STAFFED, program=replace(longest, language=language))
        world = World(catalog)
        coupon = world.till.issued(
            a_coupon(places=("DOWNTOWN", "UPTOWN", "DENVER")), a_subscriber(ANA)
        )
        said = [f"USE {coupon.code} 12345.67", f"USE {coupon.code}", "UNDO", "USE NONSENSE", "UNDO"]
        texts = [world.says(MIA.phone, one) for one in said]
        texts += [world.says(BEN, f"USE {coupon.code}"), world.says(ANA, "OFFERS")]
        assert all(texts)
        assert [count_parts(text).parts for text in texts] == [1] * len(texts)


def test_the_counter_speaks_in_characters_that_cost_nothing_more() -> None:
    for phrases in PHRASES.values():
        for phrase in phrases:
            assert count_parts(phrase).costly == ()


def test_a_title_that_would_cost_a_second_part_is_left_out(world: World) -> None:
    run = world.till.campaigns.runs["R1"]
    assert run.offer is not None
    world.till.campaigns.runs["R1"] = replace(run, offer=replace(run.offer, title="Kaffee ☕"))
    coupon = world.till.issued(a_coupon(), a_subscriber(ANA))

    answer = world.says(MIA.phone, f"USE {coupon.code}")

    assert answer.startswith("VALID")
    assert "Kaffee" not in answer


def test_a_text_from_the_counter_is_no_answer_to_a_campaign(world: World, coupon: Coupon) -> None:
    world.conversations.contacts[MIA.phone] = replace(
        a_subscriber(MIA.phone), last_run="R2", last_run_at=NOON
    )

    before = world.conversations.contacts[MIA.phone]

    world.says(MIA.phone, f"USE {coupon.code}")

    assert world.conversations.credits["R2"] == {}
    assert of_contact(before, world.conversations.contacts[MIA.phone]) == []


def test_what_staff_text_after_a_code_may_still_answer_a_campaign(
    world: World, coupon: Coupon
) -> None:
    world.conversations.contacts[MIA.phone] = replace(
        a_subscriber(MIA.phone), last_run="R2", last_run_at=NOON
    )
    world.says(MIA.phone, f"USE {coupon.code}")

    world.says(MIA.phone, "How nice", LATER + A_MINUTE)

    assert world.conversations.credits["R2"]["replied"] == 1


def test_a_member_of_staff_is_no_subscriber_by_that(world: World, coupon: Coupon) -> None:
    world.says(MIA.phone, f"USE {coupon.code}")

    assert world.conversations.contacts[MIA.phone].status is Status.UNKNOWN
    assert Contact.stranger(MIA.phone).status is Status.UNKNOWN
