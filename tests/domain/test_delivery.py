"""What delivery events mean."""

import pytest

from sayso.domain.delivery import (
    MEANINGS,
    DeliveryEvent,
    Suppression,
    UnknownEvent,
    meaning,
    suppression,
)
from sayso.domain.slot import Result, SlotState
from tests.support.bluebird import ANA, NOON

# AWS End User Messaging SMS, "Event types for SMS, MMS, and voice".
TYPES = (
    *("PENDING", "QUEUED", "SUCCESSFUL", "DELIVERED", "INVALID", "INVALID_MESSAGE", "UNREACHABLE"),
    *("CARRIER_UNREACHABLE", "BLOCKED", "CARRIER_BLOCKED", "SPAM", "UNKNOWN", "TTL_EXPIRED"),
    "PROTECT_BLOCKED",
)


def an_event(kind: str, *, final: bool = True) -> DeliveryEvent:
    return DeliveryEvent(kind, ANA, NOON, "m-1", final, {"run": "R1"})


def test_every_type_that_aws_documents_has_a_meaning() -> None:
    assert set(MEANINGS) == {f"TEXT_{name}" for name in TYPES}


@pytest.mark.parametrize("kind", sorted(MEANINGS))
def test_an_event_that_is_not_final_only_shows_that_the_carrier_has_the_text(kind: str) -> None:
    expected = SlotState.DELIVERED if kind == "TEXT_DELIVERED" else SlotState.SENT

    assert meaning(an_event(kind, final=False)).state is expected


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        ("TEXT_SUCCESSFUL", Result(SlotState.DELIVERED, "", "m-1")),
        ("TEXT_DELIVERED", Result(SlotState.DELIVERED, "", "m-1")),
        ("TEXT_SPAM", Result(SlotState.UNDELIVERED, "spam", "m-1")),
        ("TEXT_TTL_EXPIRED", Result(SlotState.UNDELIVERED, "expired", "m-1")),
        ("TEXT_QUEUED", Result(SlotState.SENT, "", "m-1")),
    ],
)
def test_a_final_event_is_an_end(kind: str, result: Result) -> None:
    assert meaning(an_event(kind)) == result


def test_every_failure_has_a_reason_of_its_own() -> None:
    reasons = [one.reason for one in MEANINGS.values() if one.ends_as is SlotState.UNDELIVERED]

    assert all(reasons)
    assert len(set(reasons)) == len(reasons)


def test_a_type_that_nobody_documents_is_refused() -> None:
    with pytest.raises(UnknownEvent):
        meaning(an_event("TEXT_TELEPORTED"))


@pytest.mark.parametrize(
    ("kind", "suppresses"),
    [
        ("TEXT_SPAM", Suppression.OPTED_OUT),
        ("TEXT_INVALID", Suppression.UNREACHABLE),
        ("TEXT_UNREACHABLE", Suppression.DOUBTFUL),
        ("TEXT_CARRIER_UNREACHABLE", Suppression.DOUBTFUL),
        ("TEXT_BLOCKED", Suppression.DOUBTFUL),
        ("TEXT_CARRIER_BLOCKED", Suppression.NONE),
        ("TEXT_PROTECT_BLOCKED", Suppression.NONE),
        ("TEXT_TTL_EXPIRED", Suppression.NONE),
        ("TEXT_UNKNOWN", Suppression.NONE),
        ("TEXT_INVALID_MESSAGE", Suppression.NONE),
        ("TEXT_DELIVERED", Suppression.NONE),
        ("TEXT_SUCCESSFUL", Suppression.NONE),
        ("TEXT_OF_NEXT_YEAR", Suppression.NONE),
    ],
)
def test_only_what_tells_of_the_number_suppresses_it(kind: str, suppresses: Suppression) -> None:
    assert suppression(an_event(kind, final=True)) is suppresses


def test_an_event_that_is_not_final_suppresses_nobody() -> None:
    assert suppression(an_event("TEXT_SPAM", final=False)) is Suppression.NONE
