"""The functions that texts arrive at, with moto and the phone simulator behind them."""

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from moto import mock_aws

from sayso.adapters import aws, secrets
from sayso.adapters.end_user_messaging import SERVICE
from sayso.adapters.signatures import sns
from sayso.handlers import inbound_texts, webhook
from tests.support.bluebird import ANA, NUMBER, SHOP
from tests.support.shelves import DynamoShelf
from tests.support.signing import TOPIC
from tests.support.simulated_carrier import Phones, simulated
from tests.support.table import TABLE, create_table, everything_in

AUTH_TOKEN = "12345"
PUBLIC_URL = "https://texts.bluebird.example"
_SECRET = "sayso/twilio"
_ENVIRONMENT = {
    "TABLE_NAME": TABLE,
    "CARRIER": "end-user-messaging",
    "ORIGINATION_IDENTITY": NUMBER,
    "CONFIGURATION_SET": "",
    "OPT_OUT_LIST": "Default",
    "INBOUND_TOPIC_ARN": TOPIC,
    "TWILIO_SECRET_ID": _SECRET,
    "PUBLIC_URL": PUBLIC_URL,
}


@dataclass
class FrontDoor:
    """Storage and phones behind the doors, and everything that the functions said in logs."""

    shelf: DynamoShelf
    dynamodb: Any
    phones: Phones
    log: io.StringIO

    def stored(self) -> list[dict[str, Any]]:
        """Every item: for comparing before and after."""
        return everything_in(self.dynamodb)

    def bodies_to(self, phone: str) -> list[str]:
        """What the carrier brought to this phone."""
        return [text["body"] for text in self.phones.thread(phone)]


@contextmanager
def opened_front_door() -> Iterator[FrontDoor]:
    """Bluebird Coffee, open for texts; nobody has texted yet."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in _ENVIRONMENT.items():
            patch.setenv(name, value)
        stack.enter_context(mock_aws())
        _forget()
        stack.callback(_forget)
        dynamodb = aws.client("dynamodb")
        create_table(dynamodb)
        aws.client("secretsmanager").create_secret(Name=_SECRET, SecretString=AUTH_TOKEN)
        state = Path(stack.enter_context(TemporaryDirectory()))
        phones = stack.enter_context(simulated(aws.client_without_retries(SERVICE), state))
        yield FrontDoor(DynamoShelf(dynamodb, SHOP), dynamodb, phones, _recorded(patch))


def sns_event(body: str, *, phone: str = ANA, message_id: str = "in-1") -> dict[str, Any]:
    """What Lambda gets from SNS when AWS has published a customer's text."""
    payload = {
        "originationNumber": phone,
        "destinationNumber": NUMBER,
        "messageKeyword": "KEYWORD_123456789012",
        "messageBody": body,
        "inboundMessageId": message_id,
        "previousPublishedMessageId": "c9b0a2d8-1111-4222-8333-444455556666",
    }
    return raw_sns_event(json.dumps(payload))


def raw_sns_event(message: str) -> dict[str, Any]:
    """An SNS event with this message, published now."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    envelope: dict[str, Any] = {
        "Type": "Notification",
        "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
        "TopicArn": TOPIC,
        "Subject": None,
        "Message": message,
        "Timestamp": now,
        "SignatureVersion": "1",
        "Signature": "tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi+tE/1+82j==",
        "SigningCertUrl": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem",
        "UnsubscribeUrl": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
        "MessageAttributes": {},
    }
    subscription = f"{TOPIC}:21be56ed-a058-49f5-8c98-aedd2564c486"
    record = {"EventVersion": "1.0", "EventSubscriptionArn": subscription, "EventSource": "aws:sns"}
    return {"Records": [{**record, "Sns": envelope}]}


def _forget() -> None:
    """Have the functions make their clients anew."""
    for cached in (
        inbound_texts.use_case,
        aws.client,
        aws.client_without_retries,
        secrets.secret,
        sns.fetch_certificate,
    ):
        cached.cache_clear()


def _recorded(patch: pytest.MonkeyPatch) -> io.StringIO:
    log = io.StringIO()
    for handler in webhook.logger.handlers:
        patch.setattr(handler, "stream", log)
    return log
