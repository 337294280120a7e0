"""The staff's redeem page: what it asks for, and what it is answered."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.domain.coupon import Coupon, Way
from sayso.handlers import public
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.coupons import a_coupon
from tests.support.lambda_context import LambdaContext
from tests.support.logs import LogBook
from tests.support.public_pages import MIA, OMAR, PIN, PublicPages, opened_pages

ONE, TWO = "0199b4c1-0000-7000-8000-000000000001", "0199b4c1-0000-7000-8000-000000000002"
USE = {"request_id": ONE, "code": "", "cents": 2350}


@dataclass
class Told:
    """What the page was answered."""

    status: int
    fields: dict[str, Any]
    cookies: list[str]


@dataclass
class Phone:
    """A phone at the counter, with whatever cookie it has."""

    pages: PublicPages
    cookie: str = ""

    def asks(self, method: str, path: str, body: Any = None, **headers: str) -> Told:
        sent = {"content-type": "application/json", "cookie": self.cookie} | headers
        raw = (
            b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        )
        event = self.pages.event(method, f"/counter/{path}", raw, sent)
        answer = public.handler(event, LambdaContext())
        content = json.loads(answer["body"]) if answer["body"] else {}
        cookies = answer.get("cookies", [])
        for one in cookies:
            self.cookie = one.partition(";")[0]
        return Told(answer["statusCode"], content, cookies)

    def signs_in(self, phone: str = "(312) 555-0155", pin: str = PIN) -> Told:
        return self.asks("POST", "session", {"phone": phone, "pin": pin})

    def redeems(self, code: str, request_id: str = ONE, **fields: Any) -> Told:
        return self.asks("POST", "uses", {"request_id": request_id, "code": code, **fields})

    def undoes(self, code: str, request_id: str = ONE) -> Told:
        return self.asks("POST", "undo", {"request_id": request_id, "code": code})


@pytest.fixture
def pages() -> Iterator[PublicPages]:
    with opened_pages() as found:
        yield found


@pytest.fixture
def coupon(pages: PublicPages) -> Coupon:
    return pages.issued(a_coupon())


@pytest.fixture
def mia(pages: PublicPages) -> Phone:
    phone = Phone(pages)
    assert phone.signs_in().status == 200
    return phone


def test_the_page_loads_only_its_own_files_and_may_use_the_camera(pages: PublicPages) -> None:
    page = pages.get("/counter")
    assert page.status == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["permissions-policy"].startswith("camera=(self)")
    assert "http" not in page.html
    for name in ("counter.js", "counter.css", "jsQR.js"):
        version = page.html.partition('href="counter/')[2].partition("/")[0]
        file = pages.get(f"/counter/{version}/{name}")
        assert file.status == 200
        assert "immutable" in file.headers["cache-control"]


def test_a_number_and_its_pin_sign_in_with_a_cookie_that_no_script_sees(pages: PublicPages) -> None:
    phone = Phone(pages)
    told = phone.signs_in()
    assert (told.status, told.fields["name"], told.fields["location"]) == (200, "Mia", "DOWNTOWN")
    (cookie,) = told.cookies
    assert cookie.endswith("; Max-Age=43200; HttpOnly; Secure; SameSite=Strict")
    assert phone.asks("GET", "session").fields["name"] == "Mia"


@pytest.mark.parametrize(
    ("phone", "pin"), [("(312) 555-0155", "1"), ("(312) 555-0199", PIN), ("what", PIN)]
)
def test_whoever_gets_either_wrong_is_told_the_same(
    pages: PublicPages, phone: str, pin: str
) -> None:
    told = Phone(pages).signs_in(phone, pin)
    assert (told.status, told.cookies) == (401, [])
    assert told.fields["detail"] == "The number or the PIN is not right."


def test_who_guesses_pins_is_locked_out(pages: PublicPages) -> None:
    phone = Phone(pages)
    statuses = [phone.signs_in(pin=f"{pin:06}").status for pin in range(11)]
    assert statuses == [401] * 10 + [429]
    assert phone.signs_in().status == 429


def test_nobody_redeems_without_signing_in(pages: PublicPages, coupon: Coupon) -> None:
    for cookie in ("", "sayso_counter=", "sayso_counter=9999999999.KzEzMTI1NTUwMTU1.0"):
        phone = Phone(pages, cookie)
        assert phone.redeems(coupon.code).status == 401
        assert phone.undoes(coupon.code).status == 401
        assert phone.asks("GET", "session").status == 204
    assert pages.coupons.uses(coupon.code) == []


def test_a_shift_ends_and_signing_out_ends_it_sooner(pages: PublicPages, mia: Phone) -> None:
    pages.now += timedelta(hours=12)
    assert mia.redeems("K7P4XQ9M").status == 401
    mia.signs_in()
    assert mia.asks("DELETE", "session").status == 204
    assert mia.redeems("K7P4XQ9M").status == 401


def test_a_code_however_typed_is_redeemed_at_her_store_with_the_sale(
    pages: PublicPages, mia: Phone, coupon: Coupon
) -> None:
    typed = f" {coupon.code[:4].lower()} {coupon.code[4:].lower()}"
    told = mia.redeems(typed, cents=2350, place="DENVER")
    assert told.fields["verdict"] == "redeemed"
    assert told.fields["title"] == "Redeemed"
    assert told.fields["offer"] == "A free filter coffee"
    assert told.fields["detail"] == "Nov 23, 12:00 PM, Bluebird Downtown, on the redeem page"
    (use,) = pages.coupons.uses(coupon.code)
    assert (use.way, use.by, use.staff) == (Way.COUNTER, "Mia", MIA.phone)
    assert (use.place, use.amount) == ("DOWNTOWN", 23_500_000)


def test_who_has_no_store_of_their_own_says_where_they_are(
    pages: PublicPages, coupon: Coupon
) -> None:
    omar = Phone(pages)
    omar.signs_in("(312) 555-0156", "815815")
    omar.redeems(coupon.code, place="UPTOWN")
    (use,) = pages.coupons.uses(coupon.code)
    assert (use.by, use.place) == (OMAR.name, "UPTOWN")


def test_a_retry_is_the_same_use_and_another_attempt_is_told_when_and_where(
    pages: PublicPages, mia: Phone, coupon: Coupon
) -> None:
    first, again = mia.redeems(coupon.code), mia.redeems(coupon.code)
    assert again.fields == first.fields
    other = mia.redeems(coupon.code, TWO)
    assert (other.fields["verdict"], other.fields["title"]) == ("used", "Used already")
    assert other.fields["detail"] == "Nov 23, 12:00 PM, Bluebird Downtown"
    assert len(pages.coupons.uses(coupon.code)) == 1


@pytest.mark.parametrize(
    ("changes", "verdict", "detail"),
    [
        ({"places": ("UPTOWN", "DENVER")}, "wrong_location", "Bluebird Uptown, Bluebird Denver"),
        ({"valid_until": NOON - timedelta(hours=1)}, "expired", "until Nov 23, 11:00 AM"),
        (
            {"valid_until": NOON - timedelta(hours=1), "most_uses": 5, "uses": 1}
            | {"last_used_at": NOON - timedelta(hours=2), "last_used_place": "UPTOWN"},
            "expired",
            "until Nov 23, 11:00 AM",
        ),
        ({"valid_from": NOON + timedelta(hours=1)}, "not_yet", "from Nov 23, 1:00 PM"),
    ],
)
def test_what_is_not_good_says_why(
    pages: PublicPages, mia: Phone, changes: dict[str, Any], verdict: str, detail: str
) -> None:
    coupon = pages.issued(replace(a_coupon(BEN), **changes))
    told = mia.redeems(coupon.code)
    assert told.fields["verdict"] == verdict
    assert detail in told.fields["detail"]
    assert "undo_until" not in told.fields


def test_unknown_codes_are_told_as_such_and_too_many_lock_out(
    pages: PublicPages, mia: Phone, coupon: Coupon
) -> None:
    verdicts = [mia.redeems("K7P4XQ9M").fields["verdict"] for _ in range(11)]
    assert verdicts == ["unknown"] * 10 + ["locked"]
    assert mia.redeems(coupon.code).fields["verdict"] == "locked"
    assert pages.coupons.uses(coupon.code) == []


def test_a_slip_is_taken_back_within_minutes_by_whom_it_was(
    pages: PublicPages, mia: Phone, coupon: Coupon
) -> None:
    mia.redeems(coupon.code)
    omar = Phone(pages)
    omar.signs_in("(312) 555-0156", "815815")
    assert omar.undoes(coupon.code).fields["undone"] == "not_yours"
    assert mia.undoes(coupon.code).fields["undone"] == "undone"
    assert mia.redeems(coupon.code).fields["verdict"] == "undone"
    assert mia.redeems(coupon.code, TWO).fields["verdict"] == "redeemed"
    pages.now += timedelta(minutes=11)
    assert mia.undoes(coupon.code, TWO).fields["undone"] == "too_late"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        {"code": "K7P4XQ9M"},
        {"request_id": "short", "code": "K7P4XQ9M"},
        {"request_id": f"{ONE}#USE", "code": "K7P4XQ9M"},
        {"request_id": ONE, "code": ""},
        {"request_id": ONE, "code": "K" * 61},
        {"request_id": ONE, "code": 7},
        {"request_id": ONE, "code": "K7P4XQ9M", "cents": -1},
        {"request_id": ONE, "code": "K7P4XQ9M", "cents": True},
        {"request_id": ONE, "code": "K7P4XQ9M", "cents": 23.5},
    ],
)
def test_what_the_page_does_not_send_is_refused(mia: Phone, body: Any) -> None:
    assert mia.asks("POST", "uses", body).status == 400


def test_no_other_sites_page_is_answered(mia: Phone, coupon: Coupon) -> None:
    for site in ("cross-site", "same-site"):
        told = mia.asks(
            "POST", "uses", {"request_id": ONE, "code": coupon.code}, **{"sec-fetch-site": site}
        )
        assert told.status == 403
    assert mia.asks("POST", "uses", b"x" * 5000).status == 413


def test_too_busy_a_storage_is_told_and_the_same_request_redeems_once(
    pages: PublicPages, mia: Phone, coupon: Coupon, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(DynamoCoupons, "look", _too_busy)
        assert mia.redeems(coupon.code).status == 503
    assert mia.redeems(coupon.code).fields["verdict"] == "redeemed"
    assert len(pages.coupons.uses(coupon.code)) == 1


def _too_busy(*_: object) -> None:
    raise TimeoutError


def test_neither_code_nor_number_nor_pin_is_logged(
    pages: PublicPages, mia: Phone, coupon: Coupon
) -> None:
    log = LogBook(public.logger)
    mia.signs_in()
    mia.redeems(coupon.code)
    secrets = (coupon.code, ANA, MIA.phone, "555-0155", PIN, pages.ip)
    assert not [one for one in secrets if one in log.text]
    assert len(log.lines) == 2
