"""What an endpoint is told, and what follows from its answers."""

import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.activity import Activity, Kind
from sayso.domain.webhook import RETRIES, Attempt, Delivery, State
from sayso.domain.webhook_payload import payload
from tests.support.bluebird import ANA, NOON
from tests.support.webhooks import an_endpoint

REDEEMED = Activity(
    Kind.REDEEMED,
    NOON,
    *("01KAMZ3S8E5XQW0V7Y9T2B4C6D", ANA, "C1", "R1", "B", "sign", "DOWNTOWN", "UPTOWN"),
    code="K7P4XQ9M",
    amount=23_500_000,
)
DELIVERY = Delivery("W1", REDEEMED.id, Kind.REDEEMED, ANA, "2026-11-23", NOON)


def test_the_payload_has_the_form_of_the_standard_and_all_that_is_known() -> None:
    assert json.loads(payload(REDEEMED)) == {
        "type": "redeemed",
        "timestamp": "2026-11-23T18:00:00+00:00",
        "data": {
            "id": "01KAMZ3S8E5XQW0V7Y9T2B4C6D",
            "phone": ANA,
            "campaign": "C1",
            "run": "R1",
            "variant": "B",
            "channel": "sign",
            "location": "DOWNTOWN",
            "place": "UPTOWN",
            "code": "K7P4XQ9M",
            "amount": "23.50",
            "redeemed_at": None,
        },
    }


def test_what_is_not_known_is_null() -> None:
    data = json.loads(payload(Activity(Kind.FINISHED, NOON, id="E1", campaign="C1")))["data"]

    assert {name for name, value in data.items() if value} == {"id", "campaign"}
    assert None in data.values()


def test_an_amount_of_nothing_is_one() -> None:
    assert json.loads(payload(replace(REDEEMED, amount=0)))["data"]["amount"] == "0.00"


def test_what_is_undone_says_when_it_was_redeemed() -> None:
    undone = replace(REDEEMED, kind=Kind.UNDONE, undoes=NOON - timedelta(minutes=3))

    assert json.loads(payload(undone))["data"]["redeemed_at"] == "2026-11-23T17:57:00+00:00"


@given(st.lists(st.integers(0, 599), max_size=30), st.integers(0, 3_000_000))
def test_whatever_it_answers_the_tries_come_to_an_end_and_a_success_is_one(
    answers: list[int], asked_to_wait_s: int
) -> None:
    delivery, tries = DELIVERY, 0
    for status in answers:
        if delivery.state is not State.WAITING:
            break
        wait = timedelta(seconds=asked_to_wait_s)
        now = delivery.next_at or NOON
        delivery = delivery.claimed(now).after(Attempt(now, status, "", 1, wait))
        tries += 1
        if delivery.state is State.WAITING:
            assert delivery.next_at is not None
            assert timedelta(seconds=5) <= delivery.next_at - now <= timedelta(hours=24)

    assert delivery.tries == tries <= len(RETRIES) + 1
    success = any(200 <= one < 300 for one in answers[:tries])
    assert (delivery.state is State.DELIVERED) == success


def test_a_replay_begins_the_waits_anew_and_keeps_what_was_tried() -> None:
    tried = DELIVERY.after(Attempt(NOON, 500, "", 1)).after(Attempt(NOON, 500, "", 1))

    again = tried.begun_again().after(Attempt(NOON, 500, "", 1))

    assert again.next_at == NOON + RETRIES[0]
    assert (again.tries, len(again.attempts)) == (3, 3)


def test_no_more_than_the_newest_attempts_are_kept() -> None:
    delivery = DELIVERY
    for n in range(40):
        delivery = delivery.begun_again().after(Attempt(NOON, 500, str(n), 1))

    assert [one.outcome for one in delivery.attempts] == [str(n) for n in range(20, 40)]


def test_who_enables_an_endpoint_gives_it_its_days_again() -> None:
    failing = an_endpoint(failing_since=NOON).disabled("It has taken nothing.", NOON)

    enabled = failing.reenabled(NOON)

    assert (enabled.enabled, enabled.disabled_reason, enabled.failing_since) == (True, "", None)


def test_tests_reach_an_endpoint_whatever_it_wants() -> None:
    endpoint = an_endpoint(events=(Kind.JOINED,))

    assert endpoint.wants(Kind.TEST)
    assert not endpoint.wants(Kind.REDEEMED)
