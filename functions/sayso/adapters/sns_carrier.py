"""SNS publish to a phone number: the fallback sender where End User Messaging is not set up.

SNS echoes no context and knows no time-to-live, and it reports deliveries to CloudWatch only:
a text whose outcome is unknown stays unknown.
"""

from dataclasses import dataclass
from typing import Any

from sayso.adapters.carrier_calls import hand_over, send_once
from sayso.services.ports.carrier import OutboundText, Purpose, Receipt

SERVICE = "sns"

_SMS_TYPES = {
    Purpose.ANSWER: "Transactional",
    Purpose.MARKETING: "Promotional",
    Purpose.TRIAL: "Promotional",
}


@dataclass(frozen=True, slots=True)
class SnsCarrier:
    """Carrier. `client` must not retry by itself: Publish to a number has no idempotency token."""

    client: Any
    origination_identity: str

    def send(self, text: OutboundText) -> Receipt:
        """See services.ports.carrier.Carrier."""
        attributes = {
            "AWS.SNS.SMS.SMSType": _SMS_TYPES[text.purpose],
            "AWS.MM.SMS.OriginationNumber": self.origination_identity,
        }
        request = {
            "PhoneNumber": text.to,
            "Message": text.body,
            "MessageAttributes": {
                name: {"DataType": "String", "StringValue": value}
                for name, value in attributes.items()
            },
        }
        return send_once(self.client.publish, request)


@dataclass(frozen=True, slots=True)
class SnsOptOutList:
    """OptOutList on SNS's own, account-wide list, which takes numbers from replies only.

    There is no call that adds a number, so `add` has nothing to do: the consent check before
    each send is the only barrier with this carrier.
    """

    client: Any

    def add(self, phone: str) -> None:
        """See services.ports.carrier.OptOutList."""

    def remove(self, phone: str) -> None:
        """See services.ports.carrier.OptOutList; AWS allows it once in 30 days a number."""
        hand_over(self.client.opt_in_phone_number, {"phoneNumber": phone})
