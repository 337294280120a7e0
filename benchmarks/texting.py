"""Customers' texts as SNS hands them to a function, and the context that comes along."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from benchmarks.shop import JOIN, NUMBER


@dataclass(frozen=True, slots=True)
class Context:
    """What the Lambda runtime says about a call."""

    function_name: str = "inbound"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:000000000000:function:inbound"
    aws_request_id: str = "2f6d3e9c-7a42-4b41-9d3a-0d6f1c9d4b11"


def inbound_event(phone: str, body: str = JOIN) -> dict[str, Any]:
    """The event of one text: End User Messaging's two-way payload in an SNS envelope."""
    payload = {
        "originationNumber": phone,
        "destinationNumber": NUMBER,
        "messageKeyword": "KEYWORD_000000000000",
        "messageBody": body,
        "inboundMessageId": str(uuid.uuid4()),
        "previousPublishedMessageId": str(uuid.uuid4()),
    }
    topic = "arn:aws:sns:us-east-1:000000000000:inbound-texts"
    envelope: dict[str, Any] = {
        "Type": "Notification",
        "MessageId": str(uuid.uuid4()),
        "TopicArn": topic,
        "Subject": None,
        "Message": json.dumps(payload),
        "Timestamp": "2026-11-20T15:04:05.678Z",
        "SignatureVersion": "1",
        "Signature": "c2lnbmF0dXJl",
        "SigningCertUrl": "https://sns.us-east-1.amazonaws.com/certificate.pem",
        "UnsubscribeUrl": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
        "MessageAttributes": {},
    }
    record = {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": f"{topic}:6c1d1b0a-0a57-4c0f-9a43-2c6f0a7c2d10",
        "Sns": envelope,
    }
    return {"Records": [record]}
