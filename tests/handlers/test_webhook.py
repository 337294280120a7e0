"""Texts over HTTP: what a carrier signed gets in, and nothing else leaves a trace."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.domain import replies
from sayso.domain.contact import Status
from sayso.handlers import inbound_texts
from sayso.handlers.webhook import BODY_LIMIT, handler
from sayso.services.ports.carrier import Certainty, SendFailed
from tests.support.bluebird import ANA, DOWNTOWN, NUMBER, PROGRAM
from tests.support.front_door import AUTH_TOKEN, PUBLIC_URL, FrontDoor, opened_front_door
from tests.support.http_events import as_json, http_event
from tests.support.lambda_context import LambdaContext
from tests.support.signing import CERTIFICATE_URL, TOPIC, certificate, sns_message, twilio_signature

TWILIO = "/inbound/twilio"
SNS = "/inbound/sns"
JOINED = replies.opted_in(PROGRAM, DOWNTOWN, "")
FORM = {
    "MessageSid": "SM0000000000000000000000000000001",
    "From": ANA,
    "To": "+18005551212",
    "Body": "JOIN downtown & tell me",
    "NumMedia": "0",
}
Answer = dict[str, Any]


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were asked for on the web; SNS's certificate is at each of them."""
    addresses: list[str] = []

    def urlopen(url: str, timeout: float) -> io.BytesIO:
        addresses.append(url)
        return io.BytesIO(certificate())

    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    return addresses


@pytest.fixture
def door(fetched: list[str]) -> Iterator[FrontDoor]:
    with opened_front_door() as found:
        yield found


def post(path: str, body: str | bytes, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    event = http_event("POST", path, body=body, headers=named, route_key=f"POST {path}")
    answer: Answer = handler(event, LambdaContext())
    return answer


def from_twilio(signature: str | None = None, url: str = PUBLIC_URL, **changed: str) -> Answer:
    fields = {**FORM, **changed}
    signed = signature or twilio_signature(url + TWILIO, fields, AUTH_TOKEN)
    return post(TWILIO, urlencode(fields), X_Twilio_Signature=signed)


def from_sns(
    body: str, at: datetime | None = None, message_id: str = "in-1", **more: Any
) -> Answer:
    payload = {
        "originationNumber": ANA,
        "destinationNumber": NUMBER,
        "messageBody": body,
        "inboundMessageId": message_id,
    }
    return post(SNS, json.dumps(sns_message(json.dumps(payload), at or datetime.now(UTC), **more)))


def messages(answer: Answer) -> list[str | None]:
    assert answer["statusCode"] == 200
    assert answer["headers"]["content-type"] == "application/xml"
    return [message.text for message in ET.fromstring(answer["body"])]


def test_a_text_that_twilio_signed_is_answered_in_the_response(door: FrontDoor) -> None:
    assert messages(from_twilio()) == [JOINED]
    assert door.shelf.contact(ANA).status is Status.SUBSCRIBED
    assert door.bodies_to(ANA) == []


def test_a_text_that_sns_signed_is_answered_through_the_carrier(door: FrontDoor) -> None:
    answer = from_sns("JOIN downtown")
    assert (answer["statusCode"], answer["body"]) == (200, "")
    assert door.bodies_to(ANA) == [JOINED]


def test_a_text_that_needs_no_answer_gets_an_empty_response(door: FrontDoor) -> None:
    from_twilio(Body="STOP")
    assert messages(from_twilio(Body="STOP", MessageSid="SM2")) == []


def test_a_stop_that_twilio_has_confirmed_is_recorded_and_not_confirmed_again(
    door: FrontDoor,
) -> None:
    assert messages(from_twilio(Body="STOP", OptOutType="STOP")) == []
    assert door.shelf.contact(ANA).status is Status.OPTED_OUT


def test_the_words_of_a_reply_are_escaped(door: FrontDoor) -> None:
    answer = from_twilio()
    assert "Msg &amp; data" in answer["body"]


def test_without_a_public_address_the_requests_own_counts(
    door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "")
    own = "https://a1b2c3.execute-api.us-east-1.amazonaws.com"
    assert messages(from_twilio(url=own)) == [JOINED]


def refused(answer: Answer) -> bool:
    assert answer["headers"]["content-type"] == "application/problem+json"
    problem = as_json(answer)
    return bool(answer["statusCode"] == problem["status"] == 403 and problem["detail"])


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda: from_twilio(signature="RSOYDt4T1cUTdK1PDd93/VVr8B8="), id="another"),
        pytest.param(lambda: from_twilio(url="https://evil.example"), id="another address"),
        pytest.param(lambda: post(TWILIO, urlencode(FORM)), id="none"),
        pytest.param(lambda: post(TWILIO, ""), id="nothing at all"),
        pytest.param(lambda: from_sns("JOIN", signer="mallory"), id="another signer"),
        pytest.param(lambda: from_sns("JOIN", TopicArn=f"{TOPIC}x"), id="another topic"),
        pytest.param(lambda: from_sns("JOIN", Signature="FAKE"), id="no signature"),
        pytest.param(
            lambda: from_sns("JOIN", SigningCertURL="https://[evil.example/a.pem"), id="no address"
        ),
        pytest.param(lambda: from_sns("JOIN", TopicArn=[TOPIC]), id="a list of topics"),
        pytest.param(lambda: from_sns("JOIN", datetime.now(UTC) - timedelta(hours=2)), id="stale"),
        pytest.param(
            lambda: from_sns("JOIN", datetime.now(UTC) + timedelta(hours=2)), id="from the future"
        ),
        pytest.param(lambda: post(SNS, "{}"), id="empty"),
    ],
)
def test_a_forged_or_stale_request_is_refused_and_stored_nowhere(
    door: FrontDoor, forge: Any
) -> None:
    before = door.stored()
    assert refused(forge())
    assert door.stored() == before
    assert door.phones.thread(ANA) == []


@pytest.mark.parametrize("send", [from_twilio, lambda: from_sns("JOIN downtown")])
def test_a_replayed_request_is_refused_and_changes_nothing(door: FrontDoor, send: Any) -> None:
    assert send()["statusCode"] == 200
    before = door.stored()
    assert refused(send())
    assert door.stored() == before


def test_a_closed_door_lets_nobody_in(door: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_SECRET_ID", "")
    assert refused(from_twilio())


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (SNS, ""),
        (SNS, "not JSON"),
        (SNS, "[]"),
        (SNS, "[" * 100_000),
        (SNS, b"\xff\xfe"),
        (TWILIO, "no form"),
        (TWILIO, b"\xff=\xfe"),
    ],
)
def test_a_malformed_request_is_told_so_and_stored_nowhere(
    door: FrontDoor, path: str, body: str | bytes
) -> None:
    before = door.stored()
    answer = post(path, body)
    assert answer["statusCode"] == as_json(answer)["status"] == 400
    assert door.stored() == before


def test_a_signed_request_that_is_no_text_is_told_so(door: FrontDoor) -> None:
    before = door.stored()
    answers = [
        from_twilio(From="80808"),
        from_twilio(MessageSid=""),
        post(SNS, json.dumps(sns_message("not JSON", datetime.now(UTC)))),
        post(SNS, json.dumps(sns_message("{}", datetime.now(UTC)))),
    ]
    assert [answer["statusCode"] for answer in answers] == [400] * 4
    assert all(ANA not in answer["body"] and "80808" not in answer["body"] for answer in answers)
    assert door.stored() == before


@pytest.mark.parametrize("path", [SNS, TWILIO])
def test_a_body_over_the_limit_is_refused_before_it_is_read(door: FrontDoor, path: str) -> None:
    answer = post(path, "x" * (BODY_LIMIT + 1))
    assert answer["statusCode"] == as_json(answer)["status"] == 413


def test_a_subscription_to_our_topic_is_confirmed(door: FrontDoor, fetched: list[str]) -> None:
    url = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
    more = {"Type": "SubscriptionConfirmation", "Token": "t", "SubscribeURL": url}
    answer = post(SNS, json.dumps(sns_message("confirm", datetime.now(UTC), **more)))
    assert answer["statusCode"] == 200
    assert fetched == [CERTIFICATE_URL, url]


def test_the_certificate_is_fetched_once_a_worker(door: FrontDoor, fetched: list[str]) -> None:
    for number in range(3):
        from_sns("HELP", message_id=f"in-{number}")
    assert fetched == [CERTIFICATE_URL]


def test_where_the_list_fails_twilio_still_gets_the_confirmation(
    door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise SendFailed(Certainty.POSTPONED, "ThrottlingException")

    monkeypatch.setattr(type(inbound_texts.use_case().opt_out_list), "add", busy)
    assert messages(from_twilio(Body="STOP")) == [replies.opted_out(PROGRAM)]


def test_a_busy_carrier_has_sns_deliver_again(door: FrontDoor) -> None:
    door.phones.have(parts_per_second=1)
    from_sns("HELP", message_id="in-0")
    assert from_sns("JOIN downtown")["statusCode"] == 503
    door.phones.have(parts_per_second=None)
    assert from_sns("JOIN downtown")["statusCode"] == 200
    assert door.bodies_to(ANA)[-1] == JOINED


def test_a_text_that_is_being_answered_at_this_moment_is_asked_for_again(
    door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(DynamoConversations, "record", lambda *_: None)
        from_sns("JOIN downtown")
    assert from_sns("JOIN downtown")["statusCode"] == 503
    assert door.bodies_to(ANA) == [JOINED]


phones = st.from_regex(r"\+1[2-9][0-9]{9}", fullmatch=True)
secret_words = st.text("QXZJKV", min_size=12, max_size=30)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(phone=phones, secret=secret_words, forged=st.booleans(), broken=st.booleans())
def test_no_number_and_no_words_reach_a_log(
    door: FrontDoor,
    capsys: pytest.CaptureFixture[str],
    phone: str,
    secret: str,
    forged: bool,
    broken: bool,
) -> None:
    sender = f"{phone}x" if broken else phone
    sid = f"SM{abs(hash((phone, secret))):032x}"
    answer = from_twilio("forged" if forged else None, Body=secret, From=sender, MessageSid=sid)
    assert answer["statusCode"] in (200, 400, 403)
    said = door.log.getvalue() + "".join(capsys.readouterr())
    assert said
    for hidden in (phone, phone[1:], secret, secret.casefold()):
        assert hidden not in said
        assert hidden not in answer["body"]
