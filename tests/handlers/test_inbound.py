"""The function that the carrier's topic calls: a real event in, a text to the phone out."""

import json
import traceback
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.adapters.inbound_payloads import Malformed
from sayso.domain import replies
from sayso.domain.contact import Status
from sayso.domain.phone import masked
from sayso.handlers.inbound import handler
from sayso.services.inbound import TryAgain
from tests.support.bluebird import ANA, BEN, DOWNTOWN, NUMBER, PROGRAM
from tests.support.front_door import FrontDoor, opened_front_door, raw_sns_event, sns_event
from tests.support.lambda_context import LambdaContext

JOINED = replies.opted_in(PROGRAM, DOWNTOWN, "")


@pytest.fixture
def door() -> Iterator[FrontDoor]:
    with opened_front_door() as found:
        yield found


def test_a_join_is_recorded_and_answered(door: FrontDoor) -> None:
    handler(sns_event("JOIN downtown"), LambdaContext())
    contact = door.shelf.contact(ANA)
    assert (contact.status, contact.location) == (Status.SUBSCRIBED, "DOWNTOWN")
    assert door.bodies_to(ANA) == [JOINED]


def test_the_time_on_record_is_when_the_carrier_published_the_text(door: FrontDoor) -> None:
    event = sns_event("JOIN")
    event["Records"][0]["Sns"]["Timestamp"] = "2026-11-23T18:00:00.123Z"
    handler(event, LambdaContext())
    (entry,) = door.shelf.ledger(ANA)
    assert entry.evidence.at.isoformat() == "2026-11-23T18:00:00.123000+00:00"
    assert entry.evidence.message_id == "in-1"
    assert entry.evidence.number == NUMBER


def test_a_second_delivery_is_not_answered(door: FrontDoor) -> None:
    event = sns_event("JOIN downtown")
    handler(event, LambdaContext())
    before = door.stored()
    handler(event, LambdaContext())
    assert door.stored() == before
    assert door.bodies_to(ANA) == [JOINED]


def test_a_stop_is_confirmed_and_the_carrier_refuses_the_number_from_then_on(
    door: FrontDoor,
) -> None:
    handler(sns_event("JOIN downtown", message_id="in-1"), LambdaContext())
    handler(sns_event("please stop texting me", message_id="in-2"), LambdaContext())
    assert door.shelf.contact(ANA).status is Status.OPTED_OUT
    assert door.bodies_to(ANA) == [JOINED, replies.opted_out(PROGRAM)]
    (phone,) = [one for one in door.phones.send("GET", "/phones").json() if one["phone"] == ANA]
    assert phone["opted_out"] is True


def test_whoever_comes_back_is_texted_again(door: FrontDoor) -> None:
    for number, body in enumerate(("JOIN downtown", "STOP", "JOIN downtown")):
        handler(sns_event(body, message_id=f"in-{number}"), LambdaContext())
    assert door.bodies_to(ANA) == [JOINED, replies.opted_out(PROGRAM), JOINED]


def test_a_carrier_that_is_busy_has_the_text_delivered_again(door: FrontDoor) -> None:
    door.phones.have(parts_per_second=1)
    handler(sns_event("JOIN downtown", phone=BEN), LambdaContext())
    with pytest.raises(TryAgain):
        handler(sns_event("JOIN downtown"), LambdaContext())
    assert door.shelf.contact(ANA).status is Status.SUBSCRIBED
    door.phones.have(parts_per_second=None)
    handler(sns_event("JOIN downtown"), LambdaContext())
    assert door.bodies_to(ANA) == [JOINED]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "not JSON",
        "[]",
        '"JOIN"',
        "{}",
        json.dumps({"originationNumber": "80808", "destinationNumber": NUMBER}),
        json.dumps({"originationNumber": ANA, "destinationNumber": NUMBER, "messageBody": "JOIN"}),
        json.dumps({"originationNumber": ANA, "inboundMessageId": "in-1", "messageBody": "JOIN"}),
    ],
)
def test_a_malformed_message_is_an_error_for_the_dead_letter_queue_and_is_not_stored(
    door: FrontDoor, message: str
) -> None:
    before = door.stored()
    with pytest.raises(Malformed):
        handler(raw_sns_event(message), LambdaContext())
    assert door.stored() == before


def test_a_malformed_message_does_not_spoil_the_next_event(door: FrontDoor) -> None:
    with pytest.raises(Malformed):
        handler(raw_sns_event("nonsense"), LambdaContext())
    handler(sns_event("JOIN downtown"), LambdaContext())
    assert door.bodies_to(ANA) == [JOINED]


def test_what_is_logged_says_what_happened_and_not_to_whom(
    door: FrontDoor, capsys: pytest.CaptureFixture[str]
) -> None:
    handler(sns_event("JOIN downtown"), LambdaContext())
    line = json.loads(capsys.readouterr().out)
    assert line["outcome"] == "answered"
    assert (line["intent"], line["rule"]) == ("join", "keyword JOIN")
    assert line["phone"] == masked(ANA)
    assert line["Inbound-answered"] == [1.0]


secret_words = st.text("QXZJKV", min_size=12, max_size=30)
phones = st.from_regex(r"\+1[2-9][0-9]{9}", fullmatch=True)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    phone=phones,
    secret=secret_words,
    before=st.sampled_from(["", "JOIN ", "STOP ", "HELP ", "hours ", "coffee "]),
    broken=st.sampled_from(["", "originationNumber", "destinationNumber", "inboundMessageId"]),
)
def test_no_number_and_no_words_reach_a_log(
    door: FrontDoor,
    capsys: pytest.CaptureFixture[str],
    phone: str,
    secret: str,
    before: str,
    broken: str,
) -> None:
    event = sns_event(before + secret, phone=phone, message_id=f"in-{hash((phone, secret))}")
    if broken:
        payload = json.loads(event["Records"][0]["Sns"]["Message"])
        payload[broken] = {"wrong": phone}
        event["Records"][0]["Sns"]["Message"] = json.dumps(payload)
    failure = ""
    try:
        handler(event, LambdaContext())
    except (Malformed, TryAgain) as error:
        failure = "".join(traceback.format_exception(error))
    said = door.log.getvalue() + failure + "".join(capsys.readouterr())
    assert said
    for hidden in (phone, phone[1:], phone[2:], secret, secret.casefold()):
        assert hidden not in said
