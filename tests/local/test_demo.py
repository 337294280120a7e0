"""The demo: its verdict notices every broken promise, and it holds from start to finish."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sayso_local.client import Text
from sayso_local.demo.cast import PEOPLE_A_STORE, customers, stores_open_at
from sayso_local.demo.checks import Told, verdict
from sayso_local.demo.wordings import read_wordings
from tests.local.running import sayso

ANA, BEN, CHLOE = "+13125550101", "+13125550102", "+13035550103"
JOINED, GOODBYE = "join-1", "stop-1"


def text(to: str, **context: str) -> Text:
    """An offer to a phone if the context names a campaign, else an answer."""
    kind = "PROMOTIONAL" if "campaign" in context else "TRANSACTIONAL"
    return Text("out", to, "80808", "…", 1, kind, "delivered", "id", "2026-12-01", context)


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


@pytest.mark.parametrize("month", [1, 7])
@pytest.mark.parametrize("hour", range(24))
def test_at_any_hour_there_is_a_shop_in_daylight(hour: int, month: int) -> None:
    now = datetime(2026, month, 15, hour, tzinfo=UTC) + timedelta(minutes=30)
    assert len(stores_open_at(now)) == 3


def test_every_customer_has_a_number_of_their_own() -> None:
    people = customers(stores_open_at(datetime.now(UTC)), random.Random(1))
    assert len({person.phone for person in people}) == len(people) == 3 * PEOPLE_A_STORE > 200


def test_the_shipped_cases_are_enough_to_play_with() -> None:
    wordings = read_wordings()
    assert len(wordings.goodbyes) >= 40
    assert len(wordings.calls_for_help) >= 6
    assert len(wordings.chatter) >= 40


def test_the_demo_holds_from_start_to_finish(tmp_path: Path) -> None:
    done = sayso("demo", "--state", str(tmp_path))
    assert (done.code, done.err) == (0, "")
    assert "Every promise was kept." in done.out
