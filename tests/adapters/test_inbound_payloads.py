"""A customer's text as each door delivers it, and what is no such text."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.adapters.dynamodb.exchanges import exchange_item
from sayso.adapters.inbound_payloads import (
    Malformed,
    from_end_user_messaging,
    from_twilio,
    json_object,
)
from sayso.domain.exchange import Exchange, InboundText
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import ANA, NOON, NUMBER

TWO_WAY = {
    "originationNumber": ANA,
    "destinationNumber": NUMBER,
    "messageKeyword": "KEYWORD_12345",
    "messageBody": "Join: down-town!",
    "inboundMessageId": "cae173d2-66b9-564c-8309-21f858e9fb84",
    "previousPublishedMessageId": "c9b0a2d8-0000-0000-0000-000000000000",
}
FORM = {
    "MessageSid": "SM8f3f6c6c4a0f4c5b9d2e",
    "From": ANA,
    "To": "+18005551212",
    "Body": "Join: down-town!",
    "NumMedia": "0",
}
Parse = Callable[[dict[str, Any]], InboundText]


def two_way(payload: dict[str, Any]) -> InboundText:
    return from_end_user_messaging(payload, NOON)


def twilio(fields: dict[str, Any]) -> InboundText:
    return from_twilio(fields, NOON)


DOORS = [
    pytest.param(two_way, TWO_WAY, "messageBody", id="End User Messaging"),
    pytest.param(twilio, FORM, "Body", id="Twilio"),
]


def test_a_two_way_message_is_read_by_its_body_and_not_by_its_registered_keyword() -> None:
    assert two_way(TWO_WAY) == InboundText(
        phone=ANA,
        number=NUMBER,
        body="Join: down-town!",
        message_id=TWO_WAY["inboundMessageId"],
        received_at=NOON,
        door="sns",
    )


def test_a_form_of_twilios_is_read() -> None:
    assert twilio(FORM) == InboundText(
        phone=ANA,
        number="+18005551212",
        body="Join: down-town!",
        message_id=FORM["MessageSid"],
        received_at=NOON,
        door="twilio",
    )


@pytest.mark.parametrize(
    ("kind", "answered"), [("STOP", True), ("HELP", True), ("START", False), ("", False)]
)
def test_what_twilio_answers_by_itself_is_noted(kind: str, answered: bool) -> None:
    assert twilio({**FORM, "OptOutType": kind}).answered_by_carrier is answered


@pytest.mark.parametrize(("parse", "payload", "body"), DOORS)
@pytest.mark.parametrize("absent", [None, ""])
def test_a_picture_without_words_is_a_text_without_words(
    parse: Parse, payload: dict[str, Any], body: str, absent: object
) -> None:
    assert parse({**payload, body: absent}).body == ""
    assert parse({name: value for name, value in payload.items() if name != body}).body == ""


@pytest.mark.parametrize(("parse", "payload", "body"), DOORS)
@pytest.mark.parametrize(
    ("said", "kept"),
    [("STOP \ud83d", "STOP \ufffd"), ("\ude00 hi", "\ufffd hi"), ("\ud83d\ude00", "😀")],
)
def test_half_an_emoji_costs_nobody_their_stop(
    parse: Parse, payload: dict[str, Any], body: str, said: str, kept: str
) -> None:
    text = parse({**payload, body: said})
    assert text.body == kept
    assert exchange_item(Exchange(text, Intent.STOP, "rule"))["body"] == {"S": kept}
    kept.encode()


@pytest.mark.parametrize(("parse", "payload", "body"), DOORS)
@pytest.mark.parametrize("wrong", [5, ["STOP"], {"a": "STOP"}, True])
def test_a_body_that_is_no_text_is_malformed(
    parse: Parse, payload: dict[str, Any], body: str, wrong: object
) -> None:
    with pytest.raises(Malformed, match=f"{body} is not a text"):
        parse({**payload, body: wrong})


@pytest.mark.parametrize(
    ("parse", "payload", "needed"),
    [
        *((two_way, TWO_WAY, f"{end}Number") for end in ("origination", "destination")),
        (two_way, TWO_WAY, "inboundMessageId"),
        *((twilio, FORM, name) for name in ("From", "To", "MessageSid")),
    ],
)
@pytest.mark.parametrize("wrong", [None, "", 7, [ANA]])
def test_a_text_without_its_numbers_or_its_id_is_malformed(
    parse: Parse, payload: dict[str, Any], needed: str, wrong: object
) -> None:
    with pytest.raises(Malformed, match=f"^{needed} is missing$"):
        parse({**payload, needed: wrong})


@pytest.mark.parametrize("number", ["80808", "ANA", "3125550101", "whatsapp:+13125550101"])
def test_a_sender_that_is_no_phone_is_malformed_and_not_quoted(number: str) -> None:
    with pytest.raises(Malformed) as malformed:
        two_way({**TWO_WAY, "originationNumber": number})
    assert number not in str(malformed.value)
    assert malformed.value.__suppress_context__


@pytest.mark.parametrize("content", ["", "{", "nonsense", "[1]", "5", "null", "[" * 100_000])
def test_what_is_no_json_object_is_malformed(content: str) -> None:
    with pytest.raises(Malformed):
        json_object(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*TWO_WAY]), json_values))
def test_whatever_comes_is_a_text_or_malformed_and_nothing_worse(payload: dict[str, Any]) -> None:
    try:
        text = two_way(payload)
    except Malformed:
        return
    text.body.encode()
    assert text.phone.startswith("+")
