"""A customer's code is redeemed on their own page, before staff's eyes and once."""

from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.form_seals import FormSeals
from sayso.adapters.ids import new_id
from sayso.domain.coupon import Coupon, Way
from sayso.handlers import public
from sayso.services.form_tokens import FormTokens
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import table_contacts
from tests.support.coupons import a_coupon
from tests.support.public_pages import PublicPages
from tests.support.table import TABLE

HOURS = timedelta(hours=1)


def test_two_presses_before_staffs_eyes_redeem_it(pages: PublicPages, coupon: Coupon) -> None:
    question = pages.send(f"/o/{coupon.code}", do="ask")
    assert "Is staff looking at this screen?" in question.words
    assert pages.coupons.uses(coupon.code) == []
    proof = pages.send(f"/o/{coupon.code}", do="redeem", token=question.token, place="UPTOWN")
    assert "✓ Redeemed Nov 23, 12:00 PM · Bluebird Uptown" in proof.words
    (use,) = pages.coupons.uses(coupon.code)
    assert (use.way, use.place, use.by, use.at) == (Way.PAGE, "UPTOWN", "", NOON)
    ana = table_contacts(pages.dynamodb).get(ANA)
    assert ana is not None
    assert (list(ana.visits), ana.redeemed_at) == (["UPTOWN"], NOON)


def test_pressed_twice_the_same_form_is_the_same_use(pages: PublicPages, coupon: Coupon) -> None:
    token = pages.send(f"/o/{coupon.code}", do="ask").token
    first, second = (
        pages.send(f"/o/{coupon.code}", do="redeem", token=token, place="UPTOWN") for _ in "12"
    )
    assert "✓ Redeemed" in first.words
    assert second.words == first.words
    assert len(pages.coupons.uses(coupon.code)) == 1


def test_another_form_finds_it_used_and_says_when_and_where(
    pages: PublicPages, coupon: Coupon
) -> None:
    another = pages.send(f"/o/{coupon.code}", do="ask").token
    pages.redeems(coupon.code, place="UPTOWN")
    pages.now += HOURS
    for page in (
        pages.send(f"/o/{coupon.code}", do="redeem", token=another),
        pages.send(f"/o/{coupon.code}", do="ask"),
        pages.get(f"/o/{coupon.code}"),
    ):
        assert (
            "This one has been used Redeemed on Nov 23, 12:00 PM at Bluebird Uptown." in page.words
        )
        assert "Redeem at the counter" not in page.words
    assert len(pages.coupons.uses(coupon.code)) == 1


@pytest.mark.parametrize("token", ["", "x", "a.1.b", "é"])
def test_without_the_questions_own_token_nothing_is_redeemed(
    pages: PublicPages, coupon: Coupon, token: str
) -> None:
    page = pages.send(f"/o/{coupon.code}", do="redeem", token=token)
    assert page.status == 422
    assert page.token != token
    assert pages.coupons.uses(coupon.code) == []


def test_the_token_of_another_coupon_redeems_nothing(pages: PublicPages, coupon: Coupon) -> None:
    other = pages.issued(a_coupon(run_id="R2"))
    token = pages.send(f"/o/{other.code}", do="ask").token
    assert pages.send(f"/o/{coupon.code}", do="redeem", token=token).status == 422
    assert pages.coupons.uses(coupon.code) == []


def test_the_token_of_yesterday_redeems_nothing(pages: PublicPages, coupon: Coupon) -> None:
    token = pages.send(f"/o/{coupon.code}", do="ask").token
    pages.now += 13 * HOURS
    assert pages.send(f"/o/{coupon.code}", do="redeem", token=token).status == 422
    assert pages.coupons.uses(coupon.code) == []


def test_looking_at_the_page_redeems_nothing_whoever_looks(
    pages: PublicPages, coupon: Coupon
) -> None:
    for target in ("", "?do=redeem", "?do=redeem&token=x"):
        pages.get(f"/o/{coupon.code}{target}")
        pages.get(f"/o/{coupon.code}{target}", method="HEAD")
    assert pages.coupons.uses(coupon.code) == []


def test_the_proof_has_a_clock_that_runs_and_is_no_proof_a_minute_later(
    pages: PublicPages, coupon: Coupon
) -> None:
    token = pages.send(f"/o/{coupon.code}", do="ask").token
    pages.now += timedelta(minutes=5, seconds=7)
    form = {"do": "redeem", "token": token, "place": "UPTOWN"}
    proof = pages.send(f"/o/{coupon.code}", **form)
    assert ".clock .seconds{animation-delay:-7s}" in proof.html
    assert ".clock .minutes{animation-delay:-307s}" in proof.html
    assert 'class="late"' not in proof.html
    pages.now += timedelta(minutes=1)
    late = pages.send(f"/o/{coupon.code}", **form)
    assert 'class="late"' in late.html
    assert "12:05 PM" in late.words


def test_what_staff_took_back_is_no_proof_any_more(pages: PublicPages, coupon: Coupon) -> None:
    token = pages.send(f"/o/{coupon.code}", do="ask").token
    pages.send(f"/o/{coupon.code}", do="redeem", token=token)
    public.counter().undo("+13125550155", pages.now, code=coupon.code)
    again = pages.send(f"/o/{coupon.code}", do="redeem", token=token)
    assert "✓ Redeemed" not in again.words
    assert "Redeem at the counter" in again.words


def test_a_code_that_all_share_is_redeemed_by_staff_alone(pages: PublicPages) -> None:
    pages.issued(a_coupon(code="SPRING", phone="", most_uses=0))
    assert "Redeem at the counter" not in pages.get("/o/SPRING").words
    token = FormTokens(FormSeals(pages.dynamodb, TABLE), new_id).make("redeem SPRING", pages.now)
    for form in ({"do": "ask"}, {"do": "redeem", "token": token}):
        page = pages.send("/o/SPRING", **form)
        assert (page.status, "Is staff looking" in page.words) == (200, False)
    assert pages.coupons.uses("SPRING") == []


def test_a_form_that_is_none_of_ours_redeems_nothing(pages: PublicPages, coupon: Coupon) -> None:
    crowded = pages.send(f"/o/{coupon.code}", **{f"field{n}": "x" for n in range(30)})
    too_long = pages.send(f"/o/{coupon.code}", do="redeem", token="x" * 10_000)

    assert (crowded.status, too_long.status) == (200, 413)
    assert pages.coupons.uses(coupon.code) == []
