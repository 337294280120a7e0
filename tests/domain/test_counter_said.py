"""What staff are told at the counter: a moment by which clock, and which stores."""

from dataclasses import replace

import pytest

from sayso.domain.catalog import Catalog
from sayso.domain.counter_said import Teller
from sayso.domain.coupon import Use, Verdict, Way
from sayso.domain.parts import count_parts
from sayso.domain.pool_file import CODE_AT_MOST
from sayso.domain.redeeming import Undoing
from sayso.domain.speech.counter import PHRASES
from tests.support.bluebird import DENVER, DOWNTOWN, NOON, PROGRAM, SHOP, UPTOWN
from tests.support.coupons import a_coupon

OVER = a_coupon(valid_until=NOON)
# The admin API takes no longer name of a store, and staff can text no higher amount.
LONGEST_NAME, HIGHEST_AMOUNT = 40, 999_999_990_000


def told(verdict: Verdict, place: str = "", shop: Catalog = SHOP, **changes: object) -> str:
    coupon = replace(OVER, **changes)  # type: ignore[arg-type]
    return Teller(shop).refused(verdict, coupon, coupon.code, place)


def test_a_moment_is_told_by_the_clock_of_the_store_that_asks() -> None:
    assert told(Verdict.EXPIRED, "DENVER").endswith("good until Nov 23, 11:00 AM.")
    assert told(Verdict.EXPIRED, "DOWNTOWN").endswith("good until Nov 23, 12:00 PM.")


def test_to_who_is_of_no_store_it_is_told_by_the_clock_of_the_customers() -> None:
    assert told(Verdict.EXPIRED, location="DENVER").endswith("good until Nov 23, 11:00 AM.")


def test_when_it_was_used_is_told_by_the_clock_of_where_that_was() -> None:
    used = told(Verdict.USED, "DOWNTOWN", last_used_at=NOON, last_used_place="DENVER")

    assert used.endswith("on Nov 23, 11:00 AM at Bluebird Denver.")


def test_of_many_stores_two_are_named() -> None:
    many = replace(SHOP, locations=(*SHOP.locations, replace(UPTOWN, code="KIOSK", name="Kiosk")))
    places = (UPTOWN.code, DENVER.code, "KIOSK")

    answer = told(Verdict.WRONG_LOCATION, DOWNTOWN.code, many, places=places)

    assert "is good at Bluebird Uptown or Bluebird Denver, ... only" in answer


def test_a_shop_without_stores_goes_by_the_worlds_clock() -> None:
    bare = Catalog(PROGRAM)

    assert told(Verdict.EXPIRED, shop=bare).endswith("good until Nov 23, 6:00 PM.")


@pytest.mark.parametrize("language", PHRASES)
def test_the_longest_names_and_a_tills_longest_code_still_fit_one_part(language: str) -> None:
    stores = [
        replace(store, name=store.name.ljust(LONGEST_NAME, "x"))
        for store in (DOWNTOWN, UPTOWN, DENVER)
    ]
    teller = Teller(replace(SHOP, locations=tuple(stores)), language)
    coupon = a_coupon(
        shown="T1" * (CODE_AT_MOST // 2),
        places=tuple(store.code for store in stores),
        valid_from=NOON,
        valid_until=NOON,
        last_used_at=NOON,
        last_used_place="DOWNTOWN",
    )
    use = Use("U1", coupon.code, NOON, Way.TEXT, place="DOWNTOWN", amount=HIGHEST_AMOUNT)
    refusals = [verdict for verdict in Verdict if verdict is not Verdict.REDEEMED]

    texts = [teller.refused(verdict, coupon, coupon.shown, "UPTOWN") for verdict in refusals]
    texts += [teller.undone(undoing, coupon, use) for undoing in Undoing]
    texts += [teller.redeemed(coupon, use, "A free filter coffee"), teller.show(coupon.shown)]
    texts.append(teller.redeemed(coupon, replace(use, undone_at=NOON)))

    assert [text for text in texts if count_parts(text).parts > 1] == []
