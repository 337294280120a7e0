"""Reading the carriers' opt-out lists, page by page."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sayso.adapters import end_user_messaging, sns_carrier
from sayso.adapters.aws import client
from sayso.adapters.carrier_calls import hand_over
from sayso.adapters.carriers import CarrierSettings
from sayso.services.ports.opt_out_register import Listed, ListedPage, OptOutRegister

# The most that DescribeOptedOutNumbers gives at once. AWS admits one such call a second.
_PAGE = 100


def opt_out_register_from(settings: CarrierSettings) -> OptOutRegister | None:
    """The list that opt-outs are mirrored to; None where there is none to keep in step with."""
    if settings.carrier == "sns":
        return SnsRegister(client(sns_carrier.SERVICE))
    if not settings.opt_out_list:
        return None
    return EndUserMessagingRegister(client(end_user_messaging.SERVICE), settings.opt_out_list)


@dataclass(frozen=True, slots=True)
class EndUserMessagingRegister:
    """OptOutRegister of the list that the origination number uses.

    `client` may retry by itself: it should, as AWS throttles these calls early.
    """

    client: Any
    name: str
    page_size: int = _PAGE
    takes_numbers: ClassVar[bool] = True

    def page(self, position: str = "") -> ListedPage:
        """See services.ports.opt_out_register.OptOutRegister."""
        request: dict[str, Any] = {"OptOutListName": self.name, "MaxResults": self.page_size}
        if position:
            request["NextToken"] = position
        answer = hand_over(self.client.describe_opted_out_numbers, request)
        numbers = (
            Listed(
                phone=_with_plus(one["OptedOutNumber"]),
                since=one["OptedOutTimestamp"],
                by_customer=one["EndUserOptedOut"],
            )
            for one in answer.get("OptedOutNumbers", ())
        )
        return ListedPage(tuple(numbers), answer.get("NextToken", ""))


@dataclass(frozen=True, slots=True)
class SnsRegister:
    """OptOutRegister of SNS's account-wide list, which has no times and takes no numbers."""

    client: Any
    takes_numbers: ClassVar[bool] = False

    def page(self, position: str = "") -> ListedPage:
        """See services.ports.opt_out_register.OptOutRegister."""
        request = {"nextToken": position} if position else {}
        answer = hand_over(self.client.list_phone_numbers_opted_out, request)
        numbers = (
            Listed(_with_plus(phone), by_customer=True) for phone in answer.get("phoneNumbers", ())
        )
        return ListedPage(tuple(numbers), answer.get("nextToken", ""))


def _with_plus(number: str) -> str:
    """The number as everything here writes it; AWS takes either form, and may give either."""
    return number if number.startswith("+") else f"+{number}"
