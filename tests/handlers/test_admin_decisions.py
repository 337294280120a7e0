"""People of the program decide about a number: each decision is proven, and none lets anyone in."""

from datetime import timedelta
from typing import Any

import pytest

from sayso.adapters.carriers import LateOptOutList
from tests.handlers.test_admin_subscribers import text_in
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, a_text
from tests.support.console import ACTOR, Console

HOUR = timedelta(hours=1)
UNSURE = "wrong number I think"
ELSEWHERE = f"/admin/subscribers/{CHLOE}"


@pytest.fixture
def busy_shop(shop: Console) -> Console:
    """Ana joined and may have opted out; Ben never joined and may have opted out."""
    text_in(
        shop,
        a_text("COFFEE", phone=ANA, at=NOON - 2 * HOUR),
        a_text(UNSURE, phone=ANA, at=NOON - HOUR),
        a_text(UNSURE, phone=BEN, at=NOON - HOUR),
    )
    assert {status(shop, phone) for phone in (ANA, BEN)} == {"held"}
    return shop


def status(console: Console, phone: str) -> str:
    found: str = console.get(f"/admin/subscribers/{phone}").json["status"]
    return found


def decide(console: Console, phone: str, decision: str, reason: str = "was about an order") -> Any:
    body = {"decision": decision, "reason": reason}
    return console.post(f"/admin/subscribers/{phone}/decide", body)


def newest_entry(console: Console, phone: str) -> Any:
    consent = console.get(f"/admin/subscribers/{phone}/consent").json
    assert consent["verified"]
    return consent["items"][-1]


def test_held_numbers_are_listed_for_a_person_to_decide(busy_shop: Console) -> None:
    held = busy_shop.get("/admin/subscribers?status=held").json["items"]
    assert {one["phone"] for one in held} == {ANA, BEN}
    assert all(one["held_at"] for one in held)


def test_a_subscriber_whose_words_were_no_opt_out_is_subscribed_again(busy_shop: Console) -> None:
    answer = decide(busy_shop.acting_as("marketer"), ANA, "keep")
    assert (answer.status, answer.json["status"]) == (200, "subscribed")
    entry = newest_entry(busy_shop, ANA)
    assert (entry["change"], entry["medium"]) == ("kept", "admin")
    assert entry["words"] == "was about an order"
    assert entry["rule"] == f"decided by user {ACTOR}"


def test_whoever_was_not_subscribed_is_not_after_that_either(busy_shop: Console) -> None:
    assert decide(busy_shop, BEN, "keep").json["status"] == "unknown"


def test_a_person_may_take_the_words_for_an_opt_out(busy_shop: Console) -> None:
    assert decide(busy_shop, ANA, "opt_out").json["status"] == "opted_out"
    entry = newest_entry(busy_shop, ANA)
    assert (entry["change"], entry["medium"]) == ("opted_out", "admin")
    assert decide(busy_shop, ANA, "keep").status == 409


def test_whoever_opts_out_in_another_way_than_by_text_is_opted_out(shop: Console) -> None:
    assert decide(shop, CHLOE, "opt_out", "called the shop").json["status"] == "opted_out"
    assert newest_entry(shop, CHLOE)["words"] == "called the shop"


def test_the_carriers_list_is_told(busy_shop: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[str] = []
    monkeypatch.setattr(LateOptOutList, "add", lambda _, phone: listed.append(phone))
    decide(busy_shop, ANA, "opt_out")
    busy_shop.delete(f"/admin/subscribers/{BEN}")
    assert listed == [ANA, BEN]


@pytest.mark.parametrize(
    "body",
    [
        {"decision": "keep"},
        {"decision": "keep", "reason": ""},
        {"decision": "subscribe", "reason": "they asked"},
        {"decision": "keep", "reason": "x" * 301},
    ],
)
def test_a_decision_needs_a_verdict_and_a_reason(busy_shop: Console, body: Any) -> None:
    before = busy_shop.state()
    assert busy_shop.post(f"/admin/subscribers/{ANA}/decide", body).status == 422
    assert busy_shop.state() == before


def test_only_the_held_can_be_kept(busy_shop: Console) -> None:
    text_in(busy_shop, a_text("JOIN", phone=CHLOE, at=NOON))
    before = busy_shop.state()
    assert decide(busy_shop, CHLOE, "keep").status == 409
    assert busy_shop.state() == before


def test_staff_decide_nothing_and_marketers_erase_nothing(busy_shop: Console) -> None:
    before = busy_shop.state()
    assert decide(busy_shop.acting_as("staff"), ANA, "opt_out").status == 403
    assert busy_shop.acting_as("marketer").delete(f"/admin/subscribers/{ANA}").status == 403
    assert busy_shop.state() == before


def test_an_owner_erases_all_but_the_proof_and_is_told_what_is_kept(busy_shop: Console) -> None:
    answer = busy_shop.delete(f"/admin/subscribers/{ANA}?reason=asked+by+letter")
    assert answer.status == 200
    told = answer.json
    assert (told["phone"], told["status"]) == (ANA, "forgotten")
    assert (told["entries"], told["texts"], told["slots"]) == (2, 2, 0)
    assert "opted out" in told["kept"]
    consent = busy_shop.get(f"/admin/subscribers/{ANA}/consent").json
    assert consent["verified"]
    assert [entry["change"] for entry in consent["items"]] == ["erased"]
    assert consent["items"][0]["words"] == "asked by letter"
    assert [place["seq"] for place in consent["erased"]] == [1, 2]
    items = [item for item in busy_shop.state()[0] if item["pk"]["S"] == f"S#{ANA}"]
    assert "COFFEE" not in repr(items)
    assert "wrong number" not in repr(items)


def test_erasing_again_finds_nothing_more(busy_shop: Console) -> None:
    busy_shop.delete(f"/admin/subscribers/{ANA}")
    again = busy_shop.delete(f"/admin/subscribers/{ANA}").json
    assert (again["entries"], again["texts"], again["slots"]) == (0, 0, 0)
    assert busy_shop.get(f"/admin/subscribers/{ANA}/consent").json["verified"]


def test_a_number_that_never_texted_cannot_be_erased(busy_shop: Console) -> None:
    before = busy_shop.state()
    assert busy_shop.delete(ELSEWHERE).status == 404
    assert busy_shop.state() == before


def test_an_erased_number_comes_back_by_its_own_opt_in_only(busy_shop: Console) -> None:
    busy_shop.delete(f"/admin/subscribers/{ANA}")
    later = NOON + HOUR
    text_in(busy_shop, a_text("YES", phone=ANA, at=later), a_text("hello", phone=ANA, at=later))
    assert status(busy_shop, ANA) == "forgotten"
    text_in(busy_shop, a_text("JOIN", phone=ANA, at=later + HOUR))
    assert status(busy_shop, ANA) == "subscribed"
    assert busy_shop.get(f"/admin/subscribers/{ANA}/consent").json["verified"]


def test_the_page_says_what_was_erased_and_why(busy_shop: Console) -> None:
    busy_shop.delete(f"/admin/subscribers/{ANA}?reason=asked+by+letter")
    page = busy_shop.get(f"/admin/subscribers/{ANA}/consent?format=html").text
    for words in (
        "Opted out and erased",
        "3 entries (2 of them erased) read; each digest of the others is right",
        "asked by letter",
        "is intact",
    ):
        assert words in page
    assert "COFFEE" not in page
