"""The demo: its verdict notices every broken promise, and it holds from start to finish."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sayso.domain.catalog import Catalog, Location, Program
from sayso.domain.catalog_rules import location_faults
from sayso.domain.phone import parse_phone
from sayso.domain.understanding import understand
from sayso.domain.vocabulary import Intent
from sayso.domain.window import decide_window
from sayso_local.client import Text
from sayso_local.demo.cast import (
    PEOPLE_A_STORE,
    customers,
    sleepers,
    store_closed_at,
    stores_open_at,
    strangers,
)
from sayso_local.demo.checks import verdict
from sayso_local.demo.counter import EXTRAS
from sayso_local.demo.hours import explained
from sayso_local.demo.shop import PROGRAM
from sayso_local.demo.told import Redeemed, Told
from sayso_local.demo.wordings import read_wordings
from tests.local.running import sayso

ANA, BEN, CHLOE = "+13125550101", "+13125550102", "+13035550103"
MIA = "+13125550155"
DAYTIME, NIGHT = "2026-12-01T18:00:00+00:00", "2026-12-01T05:00:00+00:00"
JOINED, GOODBYE = "join-1", "stop-1"


def text(to: str, **context: str) -> Text:
    """An offer to a phone if the context names a campaign, else an answer."""
    kind = "PROMOTIONAL" if "campaign" in context else "TRANSACTIONAL"
    return Text("out", to, "80808", "…", 1, kind, "delivered", "id", DAYTIME, context)


def told() -> Told:
    """Ana and Ben joined DOWNTOWN, Chloe DENVER; Ben left; Ana's JOIN came six times."""
    return Told(
        named={"DOWNTOWN": {ANA, BEN}, "DENVER": {CHLOE}},
        tagged={"DOWNTOWN": {ANA, BEN}, "DENVER": {CHLOE}},
        goodbyes={BEN: GOODBYE},
        delivered_often={JOINED},
        campaigns={"c1": ("DOWNTOWN",)},
        names={"c1": "Cookie"},
        reports={"c1": {"sent": 2, "delivered": 2}},
    )


def record() -> list[Text]:
    """What the carrier took in a world where every promise is kept: Ben left after his offer."""
    return [
        text(ANA, exchange=JOINED),
        text(BEN, exchange="join-2"),
        text(CHLOE, exchange="join-3"),
        text(ANA, campaign="c1"),
        text(BEN, campaign="c1"),
        text(BEN, exchange=GOODBYE),
    ]


def broken(texts: list[Text], story: Told) -> list[str]:
    return [promise.text for promise in verdict(texts, story) if promise.broken]


def test_a_world_in_which_every_promise_is_kept_passes() -> None:
    assert broken(record(), told()) == []


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        (lambda texts: texts.pop(2), "Everyone who joined"),
        (lambda texts: texts.append(text(ANA, exchange=JOINED)), "A text that was delivered six"),
        (lambda texts: texts.insert(3, text(ANA, campaign="c1")), "Nobody got an offer twice"),
        (lambda texts: texts.append(text(CHLOE, campaign="c1")), "Offers went only to members"),
        (lambda texts: texts.append(texts.pop(4)), "Nobody got an offer after their goodbye"),
        (lambda texts: texts.append(text(BEN, exchange=GOODBYE)), "Each goodbye"),
        (lambda texts: texts.pop(5), "Each goodbye"),
        (lambda texts: texts.pop(3), "Everyone else got the offers"),
        (
            lambda texts: texts.__setitem__(3, replace(texts[3], at=NIGHT)),
            "Every offer came within the legal hours",
        ),
        (
            lambda texts: texts.__setitem__(3, replace(texts[3], status="unreachable")),
            "The reports agree",
        ),
    ],
)
def test_the_verdict_names_the_promise_that_was_broken(
    change: Callable[[list[Text]], object], promise: str
) -> None:
    texts = record()
    change(texts)
    assert any(text.startswith(promise) for text in broken(texts, told()))


def test_a_customer_without_the_tag_of_their_store_is_noticed() -> None:
    story = told()
    story.tagged["DOWNTOWN"] = {ANA}
    assert broken(record(), story) == [
        "Everyone who joined was answered and tagged with the store they named"
    ]


def test_an_offer_to_somebody_asleep_is_noticed() -> None:
    story = told()
    story.asleep = {ANA}
    assert broken(record(), story) == [
        "Every offer came within the legal hours; whoever sleeps waits"
    ]


CODE = "7777-7777"
TILL = {
    "uses": 1,
    "sales": 1,
    "revenue": "23.5",
    "by_place": [{"name": "DOWNTOWN", "uses": 1, "sales": 1, "revenue": "23.5"}],
}


USE = {"way": "text", "undone_at": None}


def redeemed() -> Told:
    """Ana's code was redeemed at DOWNTOWN, by text; Dan came by it."""
    story = told()
    story.redeemed = {CODE: Redeemed("DOWNTOWN", "23.50")}
    coupon = {"campaign_id": "c1", "channel": None, "location": "DOWNTOWN", "history": [USE]}
    story.coupons = {CODE: coupon}
    story.overall = {
        "campaign": [{"key": "c1", "redeemed": 1}, {"key": "", "redeemed": 0}],
        "channel": [{"key": "", "redeemed": 1}],
        "location": [{"key": "DOWNTOWN", "redeemed": 1}],
    }
    story.till = ("c1", TILL)
    story.newcomers = {"+13125550104": {"location": "DOWNTOWN", "channel": "friend"}}
    story.entered = {"+13125550104": {"location": "DOWNTOWN", "channel": "friend"}}
    return story


def at_the_counter(*verdicts: str) -> list[Text]:
    """The carrier's record, with what staff were told of Ana's code."""
    answers = (replace(text(MIA), body=f"{one} {CODE}.") for one in verdicts)
    return [*record(), *answers]


def test_a_coffee_that_was_redeemed_once_is_as_promised() -> None:
    assert broken(at_the_counter("VALID, redeemed now:", "USED already:"), redeemed()) == []


@pytest.mark.parametrize("verdicts", [(), ("USED already:",), ("VALID, redeemed now:",) * 2])
def test_staff_who_are_told_otherwise_than_it_was_are_noticed(verdicts: tuple[str, ...]) -> None:
    (found,) = broken(at_the_counter(*verdicts), redeemed())
    assert found.startswith("Staff were told VALID once")


def test_a_code_that_is_said_to_be_valid_and_redeemed_by_nobody_is_noticed() -> None:
    texts = at_the_counter("VALID, redeemed now:")
    texts.append(replace(text(MIA), body="VALID, redeemed now: 9999-9999."))
    (found,) = broken(texts, redeemed())
    assert found.startswith("Staff were told VALID once")


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        (
            lambda story: story.coupons[CODE]["history"].append({"way": "page", "undone_at": None}),
            "No code was redeemed twice",
        ),
        (
            lambda story: story.coupons[CODE].update(history=[USE | {"undone_at": DAYTIME}]),
            "No code was redeemed twice",
        ),
        (
            lambda story: setattr(story, "till", ("c1", TILL | {"uses": 2})),
            "The report tells of every redemption",
        ),
        (
            lambda story: setattr(story, "till", ("c1", TILL | {"revenue": "2.35"})),
            "The report tells of every redemption",
        ),
        (
            lambda story: setattr(story, "till", ("c1", TILL | {"by_place": []})),
            "The report tells of every redemption",
        ),
        *(
            (lambda story, by=by: story.overall.update({by: []}), "By campaign, channel and")
            for by in ("campaign", "channel", "location")
        ),
        (
            lambda story: story.entered["+13125550104"].update(channel="sign"),
            "Whoever came by a friend",
        ),
    ],
)
def test_the_verdict_names_what_went_wrong_at_the_counter(
    change: Callable[[Told], object], promise: str
) -> None:
    story = redeemed()
    change(story)
    (found,) = broken(at_the_counter("VALID, redeemed now:"), story)
    assert found.startswith(promise)


# Ordinary weeks, those in which clocks change on either side of the ocean, and those of holidays.
MONDAYS = (
    *("2026-02-09", "2026-09-14", "2026-03-02", "2026-03-09", "2026-03-23", "2026-10-19"),
    *("2026-10-26", "2026-06-29", "2026-07-27", "2026-11-23", "2026-12-21", "2026-12-28"),
)


def times_of_the_week(monday: str) -> Iterator[datetime]:
    """Of each of its 168 hours, the beginning, the middle and the end."""
    for minute in range(7 * 24 * 60):
        if minute % 60 in (0, 29, 30, 59):
            yield datetime.fromisoformat(f"{monday}T00:00:00Z") + timedelta(minutes=minute)


@pytest.mark.parametrize("monday", MONDAYS)
def test_at_any_hour_a_shop_is_open_and_one_is_closed(monday: str) -> None:
    half_an_hour = timedelta(minutes=30)
    for now in times_of_the_week(monday):
        open_ones, closed = stores_open_at(now), store_closed_at(now)
        assert len({store.code for store in open_ones}) == 3
        assert closed not in open_ones
        for store in open_ones:
            for later in (now, now + half_an_hour - timedelta(seconds=1)):
                assert decide_window(store.phone(0), later, store.timezone, store.state).allowed
        opens = decide_window(closed.phone(0), now, closed.timezone, closed.state).next
        assert opens is not None
        assert half_an_hour <= opens - now <= timedelta(hours=24)


@pytest.mark.parametrize("hour", range(24))
def test_at_any_hour_it_is_said_who_waits_how_long_and_by_which_rule(hour: int) -> None:
    now = datetime(2026, 11, 22, hour, 5, tzinfo=UTC)
    (here, *_), there = stores_open_at(now), store_closed_at(now)
    sent, waiting, why, _, command = explained(here, 51, there, 5, now)
    assert sent.startswith(f"Sent now: 51 at {here.code}, where it is ")
    assert waiting.startswith(f"Waiting: 5 at {there.code}, where it is ")
    assert "leaves at 08:00 there, in " in waiting
    assert "08:00 to 21:00" in why
    assert "47 CFR 64.1200(c)(1)" in why
    assert len(command) < 90  # in one line, to be copied
    assert f"sayso window {there.phone(0)} --timezone {there.timezone}" in command


def test_every_customer_has_a_number_of_their_own() -> None:
    people = customers(stores_open_at(datetime.now(UTC)), random.Random(1))
    assert len({person.phone for person in people}) == len(people) == 3 * PEOPLE_A_STORE > 200


@pytest.mark.parametrize("hour", range(24))
def test_at_any_hour_everyone_is_understood_to_mean_their_own_store(hour: int) -> None:
    now = datetime(2026, 11, 22, hour, tzinfo=UTC)
    stores, closed = stores_open_at(now), store_closed_at(now)
    locations = tuple(
        Location(one.code, f"{PROGRAM} {one.name}", one.timezone, one.state, aliases=(one.alias,))
        for one in (*stores, closed)
    )
    shop = Catalog(Program(PROGRAM, "help@bluebird.example", "weekly"), locations)
    assert [fault for one in locations for fault in location_faults(one, shop)] == []
    for person in [*customers(stores, random.Random(1)), *sleepers(closed)]:
        reading = understand(person.hello, shop)
        assert reading.intent is Intent.JOIN
        assert reading.location is not None
        assert reading.location.code == person.store


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_nobody_plays_two_parts(hour: int) -> None:
    now = datetime(2026, 11, 22, hour, tzinfo=UTC)
    stores = stores_open_at(now)
    members = [person.phone for person in customers(stores, random.Random(1))]
    asleep = [person.phone for person in sleepers(store_closed_at(now))]
    extras = [stores[1].phone(index) for index in EXTRAS]
    everyone = [*members, *asleep, *strangers(stores, 18), *extras]
    assert len(set(everyone)) == len(everyone)
    assert all(parse_phone(phone) == phone for phone in everyone)


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_at_any_hour_a_zip_code_means_the_store_that_has_it(hour: int) -> None:
    stores = stores_open_at(datetime(2026, 11, 22, hour, tzinfo=UTC))
    locations = tuple(
        Location(one.code, one.name, one.timezone, one.state, one.zip) for one in stores
    )
    for store in stores:
        if store.zip:
            found = understand(f"JOIN {store.zip}", Catalog(None, locations))
            assert found.location is not None
            assert found.location.code == store.code


def test_the_shipped_cases_are_enough_to_play_with() -> None:
    wordings = read_wordings()
    assert len(wordings.goodbyes) >= 40
    assert len(wordings.calls_for_help) >= 6
    assert len(wordings.chatter) >= 40


def test_the_demo_holds_from_start_to_finish(tmp_path: Path) -> None:
    done = sayso("demo", "--state", str(tmp_path))
    assert (done.code, done.err) == (0, "")
    assert "Every promise was kept." in done.out
