"""Phone numbers as the carrier sees them: whose they are, and where they are."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

# ITU-T E.164 country codes of the places where a shop is likely to have customers.
_COUNTRY_CODES = {
    "1": "US",
    "27": "ZA",
    "31": "NL",
    "32": "BE",
    "33": "FR",
    "34": "ES",
    "351": "PT",
    "353": "IE",
    "39": "IT",
    "41": "CH",
    "43": "AT",
    "44": "GB",
    "45": "DK",
    "46": "SE",
    "47": "NO",
    "48": "PL",
    "49": "DE",
    "52": "MX",
    "55": "BR",
    "61": "AU",
    "64": "NZ",
    "81": "JP",
    "91": "IN",
}
# Canada's area codes within +1 (Canadian Numbering Administrator, 2026).
_CANADA = frozenset(
    "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 "
    "460 468 474 506 514 519 548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 "
    "782 807 819 825 867 873 879 902 905 942".split()
)
_TOLL_FREE = re.compile(r"\+18(00|33|44|55|66|77|88)\d{7}")
_E164 = re.compile(r"\+[1-9]\d{7,14}")
_NORTH_AMERICAN = re.compile(r"\+1[2-9]\d{9}")


def normal_destination(number: str) -> str | None:
    """A destination as `+13125550101`, with or without the plus sign given; None if impossible."""
    candidate = number if number.startswith("+") else f"+{number}"
    form = _NORTH_AMERICAN if candidate.startswith("+1") else _E164
    return candidate if form.fullmatch(candidate) else None


def country_of(phone: str) -> str | None:
    """ISO 3166 alpha-2 code, None where the table has no row."""
    if phone.startswith("+1") and phone[2:5] in _CANADA:
        return "CA"
    digits = phone.removeprefix("+")
    return next(
        (_COUNTRY_CODES[digits[:n]] for n in (3, 2, 1) if digits[:n] in _COUNTRY_CODES), None
    )


@dataclass(frozen=True, slots=True)
class OriginationNumber:
    """A number that the shop leases from the carrier, such as the short code 80808."""

    number: str
    region: str
    account: str

    @property
    def phone_number_id(self) -> str:
        return f"phone-{uuid.uuid5(uuid.NAMESPACE_URL, f'tel:{self.number}').hex}"

    @property
    def arn(self) -> str:
        return f"arn:aws:sms-voice:{self.region}:{self.account}:phone-number/{self.phone_number_id}"

    @property
    def number_type(self) -> str:
        if not self.number.startswith("+"):
            return "SHORT_CODE"
        return "TOLL_FREE" if _TOLL_FREE.fullmatch(self.number) else "TEN_DLC"

    def is_named(self, identity: str) -> bool:
        """Whether an OriginationIdentity means this number: by number, id or ARN."""
        return identity in (self.number, self.phone_number_id, self.arn)

    def described(
        self, opt_out_list: str, inbound_topic: str | None, made: float
    ) -> dict[str, Any]:
        """As DescribePhoneNumbers tells it."""
        described: dict[str, Any] = {
            "PhoneNumberArn": self.arn,
            "PhoneNumberId": self.phone_number_id,
            "PhoneNumber": self.number,
            "Status": "ACTIVE",
            "IsoCountryCode": "US",
            "MessageType": "PROMOTIONAL",
            "NumberCapabilities": ["SMS"],
            "NumberType": self.number_type,
            "MonthlyLeasingPrice": "995.00" if self.number_type == "SHORT_CODE" else "2.00",
            "TwoWayEnabled": inbound_topic is not None,
            "SelfManagedOptOutsEnabled": True,
            "OptOutListName": opt_out_list,
            "InternationalSendingEnabled": False,
            "DeletionProtectionEnabled": False,
            "CreatedTimestamp": made,
        }
        if inbound_topic:
            described["TwoWayChannelArn"] = inbound_topic
        return described
