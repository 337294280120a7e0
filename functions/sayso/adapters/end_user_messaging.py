"""AWS End User Messaging SMS (`pinpoint-sms-voice-v2`): the first carrier."""

from dataclasses import dataclass
from typing import Any

from sayso.adapters.carrier_calls import hand_over, send_once
from sayso.services.ports.carrier import OutboundText, Purpose, Receipt, SendFailed

SERVICE = "pinpoint-sms-voice-v2"

# What is promotional is so whoever reads it.
_MESSAGE_TYPES = {
    Purpose.ANSWER: "TRANSACTIONAL",
    Purpose.MARKETING: "PROMOTIONAL",
    Purpose.TRIAL: "PROMOTIONAL",
}


@dataclass(frozen=True, slots=True)
class EndUserMessaging:
    """Carrier. `client` must not retry by itself: SendTextMessage has no idempotency token."""

    client: Any
    origination_identity: str
    configuration_set: str = ""

    def send(self, text: OutboundText) -> Receipt:
        """See services.ports.carrier.Carrier."""
        request: dict[str, Any] = {
            "DestinationPhoneNumber": text.to,
            "OriginationIdentity": self.origination_identity,
            "MessageBody": text.body,
            "MessageType": _MESSAGE_TYPES[text.purpose],
        }
        if self.configuration_set:
            request["ConfigurationSetName"] = self.configuration_set
        if text.context:
            request["Context"] = dict(text.context)
        if text.time_to_live_s:
            request["TimeToLive"] = text.time_to_live_s
        return send_once(self.client.send_text_message, request)


@dataclass(frozen=True, slots=True)
class EndUserMessagingOptOutList:
    """OptOutList on the list that the origination number uses."""

    client: Any
    name: str

    def add(self, phone: str) -> None:
        """See services.ports.carrier.OptOutList."""
        request = {"OptOutListName": self.name, "OptedOutNumber": phone}
        hand_over(self.client.put_opted_out_number, request)

    def remove(self, phone: str) -> None:
        """See services.ports.carrier.OptOutList; AWS allows it once in 30 days a number."""
        request = {"OptOutListName": self.name, "OptedOutNumber": phone}
        try:
            hand_over(self.client.delete_opted_out_number, request)
        except SendFailed as failure:
            if failure.reason != "ResourceNotFoundException":
                raise
