"""The floor of sending: a plain loop of boto3's `send_text_message`, checking nothing."""

import os
from collections.abc import Sequence

import boto3

from benchmarks.campaign import BODY, RUN

carrier = boto3.client("pinpoint-sms-voice-v2")


def send(phones: Sequence[str]) -> None:
    """One text to each, one after the other."""
    for phone in phones:
        carrier.send_text_message(
            DestinationPhoneNumber=phone,
            OriginationIdentity=os.environ["ORIGINATION_IDENTITY"],
            ConfigurationSetName=os.environ["CONFIGURATION_SET"],
            MessageBody=BODY,
            MessageType="PROMOTIONAL",
            Context={"run": RUN.id, "campaign": RUN.campaign_id},
            TimeToLive=14_400,
        )
