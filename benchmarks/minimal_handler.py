"""The floor of an inbound text: one conditional put and one send, with boto3 as it comes."""

import json
import os
from typing import Any

import boto3

_REPLY = (
    "Bluebird Coffee: you're in at Bluebird Downtown! up to 4 msgs/month. "
    "Msg & data rates may apply. Reply HELP for help, STOP to end."
)

dynamodb = boto3.client("dynamodb")
carrier = boto3.client("pinpoint-sms-voice-v2")


def handler(event: dict[str, Any], context: object) -> None:  # noqa: ARG001
    """Store who texted what, unless it is stored already; answer."""
    for record in event["Records"]:
        text = json.loads(record["Sns"]["Message"])
        dynamodb.put_item(
            TableName=os.environ["TABLE_NAME"],
            Item={
                "pk": {"S": text["originationNumber"]},
                "sk": {"S": text["inboundMessageId"]},
                "body": {"S": text["messageBody"]},
                "at": {"S": record["Sns"]["Timestamp"]},
            },
            ConditionExpression="attribute_not_exists(pk)",
        )
        carrier.send_text_message(
            DestinationPhoneNumber=text["originationNumber"],
            OriginationIdentity=os.environ["ORIGINATION_IDENTITY"],
            MessageBody=_REPLY,
            MessageType="TRANSACTIONAL",
        )
