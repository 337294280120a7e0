"""What every CouponStore does: the one on the table and the fake of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.domain.campaign import State
from sayso.domain.codes import spoken
from sayso.domain.comparing import Outcome
from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Coupon, Use, Way
from sayso.domain.redeeming import restored, used
from sayso.domain.slot import Slot, SlotState
from sayso.services.ports.coupons import Background, CouponChanged, Entered, Look, RequestKnown
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import a_subscriber
from tests.support.coupons import FREE_COFFEE, KINDS_OF_COUPON_STORE, Till, a_coupon, opened_till

MIA = "+13125550155"
LATER = NOON + timedelta(minutes=40)


@pytest.fixture(params=KINDS_OF_COUPON_STORE)
def till(request: pytest.FixtureRequest) -> Iterator[Till]:
    with opened_till(request.param) as opened:
        yield opened


def a_use(coupon: Coupon, use_id: str = "U1", **changes: Any) -> Use:
    use = Use(use_id, coupon.code, LATER, Way.TEXT, by="Mia", staff=MIA, place="DOWNTOWN")
    return replace(use, **changes)


def test_a_coupon_is_found_however_its_code_is_written(till: Till) -> None:
    coupon = a_coupon(valid_until=LATER, places=("DOWNTOWN",), variant="B", language="es")
    till.coupons.put(coupon)

    assert till.coupons.get(coupon.code) == coupon
    assert till.coupons.find(spoken(coupon.code).lower()) == coupon
    assert till.coupons.find("NOSUCHCODE") is None


def test_a_word_that_all_share_is_found_too(till: Till) -> None:
    shared = a_coupon("", code="SPRING", most_uses=0)
    till.coupons.put(shared)

    assert till.coupons.find("spring") == shared


def test_behind_a_coupon_stand_its_owner_and_its_offer(till: Till) -> None:
    till.contacts.put(a_subscriber(ANA))

    background = till.coupons.background(a_coupon())

    assert background == Background(till.contacts.get(ANA), FREE_COFFEE)
    assert till.coupons.background(a_coupon("")).contact is None


def test_a_coupon_of_a_cancelled_campaign_counts_no_more(till: Till) -> None:
    campaign = till.campaigns.get("C1")
    assert campaign is not None
    cancelled = replace(campaign, state=State.CANCELLED, revision=campaign.revision + 1)
    till.campaigns.save(campaign, cancelled)

    assert till.coupons.background(a_coupon()).is_withdrawn


def test_a_coupon_of_a_campaign_that_is_gone_counts_no_more(till: Till) -> None:
    assert till.coupons.background(a_coupon(campaign_id="C9")).is_withdrawn


def test_a_coupon_of_somebody_who_is_forgotten_counts_no_more(till: Till) -> None:
    till.contacts.put(Contact(ANA, Status.FORGOTTEN, revision=1))

    assert till.coupons.background(a_coupon()).is_withdrawn


def test_a_use_is_counted_on_the_coupon_and_in_its_run(till: Till) -> None:
    coupon = a_coupon(variant="B")
    till.coupons.put(coupon)
    use = a_use(coupon, amount=23_500_000)

    till.coupons.redeem(coupon, use)

    assert till.coupons.look(coupon.code, "U1") == Look(used(coupon, use), use)
    assert till.coupons.uses(coupon.code) == [use]
    assert till.coupons.entered(MIA) == Entered(coupon.code, "U1")
    each = {"uses": 1, "revenue": 23_500_000, "sales": 1, "redeemed": 1}
    groups = ("", "l=DOWNTOWN|", "c=sign|", "v=B|")
    expected = {f"{group}{name}": n for group in groups for name, n in each.items()}
    there = {f"p=DOWNTOWN|{name}": n for name, n in each.items() if name != "redeemed"}
    assert till.tally() == expected | there | {"till.21": 1}


def test_a_request_redeems_once_whatever_it_has_read(till: Till) -> None:
    coupon = a_coupon(most_uses=5)
    till.coupons.put(coupon)
    till.coupons.redeem(coupon, a_use(coupon))

    for read in (coupon, used(coupon, a_use(coupon))):
        with pytest.raises(RequestKnown) as known:
            till.coupons.redeem(read, a_use(coupon, at=LATER + timedelta(hours=1)))
        assert known.value.use == a_use(coupon)

    assert till.tally()["uses"] == 1


def test_a_coupon_that_was_used_meanwhile_is_not_used_again(till: Till) -> None:
    coupon = a_coupon()
    till.coupons.put(coupon)
    till.coupons.redeem(coupon, a_use(coupon))

    with pytest.raises(CouponChanged):
        till.coupons.redeem(coupon, a_use(coupon, "U2"))

    assert [use.id for use in till.coupons.uses(coupon.code)] == ["U1"]
    assert till.tally()["uses"] == 1


def test_a_coupon_that_is_not_there_is_not_made_by_its_use(till: Till) -> None:
    for coupon in (a_coupon(), a_coupon("", code="SPRING", most_uses=0)):
        with pytest.raises(CouponChanged):
            till.coupons.redeem(coupon, a_use(coupon))

        assert till.coupons.get(coupon.code) is None


def test_somebody_who_redeems_twice_counts_once_as_such(till: Till) -> None:
    coupon = a_coupon(most_uses=2)
    till.coupons.put(coupon)
    first, second = a_use(coupon), a_use(coupon, "U2")
    till.coupons.redeem(coupon, first)
    till.coupons.redeem(used(coupon, first), second)

    tally = till.tally()
    assert (tally["uses"], tally["redeemed"], tally["l=DOWNTOWN|redeemed"]) == (2, 1, 1)


def test_what_a_till_has_reported_already_is_not_counted_again(till: Till) -> None:
    coupon = a_coupon()
    till.coupons.put(coupon)
    till.outcomes.credit(a_slot(), Outcome.REDEEMED, [""], NOON)

    till.coupons.redeem(coupon, a_use(coupon))

    assert (till.tally()["redeemed"], till.tally()["uses"]) == (1, 1)


def test_what_is_redeemed_here_is_not_counted_again_when_a_till_reports_it(till: Till) -> None:
    coupon = a_coupon()
    till.coupons.put(coupon)
    till.coupons.redeem(coupon, a_use(coupon))

    assert not till.outcomes.credit(a_slot(), Outcome.REDEEMED, [""], NOON)
    assert till.tally()["redeemed"] == 1


def test_a_use_of_a_shared_code_is_somebodys_and_has_no_limit(till: Till) -> None:
    shared = a_coupon("", code="SPRING", most_uses=0)
    till.coupons.put(shared)
    for number in range(3):
        till.coupons.redeem(shared, a_use(shared, f"U{number}"))

    standing = till.coupons.get("SPRING")
    assert standing is not None
    assert (standing.uses, standing.last_used_at) == (3, LATER)
    assert till.tally() == {"uses": 3, "redeemed": 3, "p=DOWNTOWN|uses": 3}


def test_a_use_that_is_taken_back_is_on_record_and_counts_nowhere(till: Till) -> None:
    coupon = a_coupon(variant="B")
    till.coupons.put(coupon)
    use = a_use(coupon, amount=5_000_000)
    till.coupons.redeem(coupon, use)
    before = used(coupon, use)

    till.coupons.undo(before, use, restored(before, use, [use]), LATER + timedelta(minutes=1))

    undone = replace(use, undone_at=LATER + timedelta(minutes=1))
    assert till.coupons.look(coupon.code, "U1") == Look(coupon, undone)
    assert till.tally() == {}


def test_it_is_taken_back_once(till: Till) -> None:
    coupon = a_coupon(most_uses=0, phone="", code="SPRING")
    till.coupons.put(coupon)
    use = a_use(coupon)
    till.coupons.redeem(coupon, use)
    till.coupons.redeem(coupon, a_use(coupon, "U2"))
    standing = till.coupons.get("SPRING")
    assert standing is not None
    after = restored(standing, use, till.coupons.uses("SPRING"))
    till.coupons.undo(standing, use, after, LATER)

    with pytest.raises(CouponChanged):
        till.coupons.undo(standing, use, after, LATER)

    assert till.tally() == {"uses": 1, "redeemed": 1, "p=DOWNTOWN|uses": 1}


def test_what_was_taken_back_can_be_redeemed_and_counted_anew(till: Till) -> None:
    coupon = a_coupon()
    till.coupons.put(coupon)
    use = a_use(coupon)
    till.coupons.redeem(coupon, use)
    till.coupons.undo(used(coupon, use), use, coupon, LATER)

    till.coupons.redeem(coupon, a_use(coupon, "U2"))

    assert (till.tally()["uses"], till.tally()["redeemed"]) == (1, 1)
    assert [one.id for one in till.coupons.uses(coupon.code)] == ["U1", "U2"]


def test_their_owner_counts_as_one_who_redeemed_until_the_last_use_is_taken_back(
    till: Till,
) -> None:
    coupon = a_coupon(most_uses=5)
    till.coupons.put(coupon)
    first, second = a_use(coupon), a_use(coupon, "U2", at=LATER + timedelta(minutes=1))
    once = used(coupon, first)
    twice = used(once, second)
    till.coupons.redeem(coupon, first)
    till.coupons.redeem(once, second)

    till.coupons.undo(twice, second, restored(twice, second, [first, second]), LATER)
    assert (till.tally()["uses"], till.tally()["redeemed"]) == (1, 1)

    till.coupons.undo(once, first, restored(once, first, [first]), LATER)
    assert till.tally() == {}


def test_a_use_that_was_never_made_is_not_taken_back(till: Till) -> None:
    coupon = a_coupon(uses=1)
    till.coupons.put(coupon)

    with pytest.raises(CouponChanged):
        till.coupons.undo(coupon, a_use(coupon), replace(coupon, uses=0), LATER)

    assert till.coupons.get(coupon.code) == coupon


def test_two_people_count_by_themselves(till: Till) -> None:
    for phone in (ANA, BEN):
        coupon = a_coupon(phone)
        till.coupons.put(coupon)
        till.coupons.redeem(coupon, a_use(coupon, f"U-{phone}"))

    assert till.tally()["redeemed"] == 2


def a_slot() -> Slot:
    return Slot("R1", ANA, SlotState.SENT, "DOWNTOWN#3#0", "claim", NOON)
