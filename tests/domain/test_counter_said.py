"""What staff are told at the counter: a moment by which clock, and which stores."""

from dataclasses import replace

from sayso.domain.catalog import Catalog
from sayso.domain.counter_said import Teller
from sayso.domain.coupon import Verdict
from tests.support.bluebird import DENVER, DOWNTOWN, NOON, PROGRAM, SHOP, UPTOWN
from tests.support.coupons import a_coupon

OVER = a_coupon(valid_until=NOON)


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
