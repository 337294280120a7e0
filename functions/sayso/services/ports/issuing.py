"""What it takes to give people their codes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from sayso.domain.coupon import Coupon
from sayso.domain.run import Run


class CodeTaken(Exception):
    """The code is somebody else's: a person's, or another campaign's whose offer is not over.

    `campaign_id` is that campaign's, "" where it does not matter.
    """

    def __init__(self, campaign_id: str = "") -> None:
        super().__init__("the code is taken")
        self.campaign_id = campaign_id


class CodeKey(Protocol):
    """The key that codes are derived with."""

    def get(self) -> bytes:
        """The same for every worker, for good."""
        ...


class SharedCodes(Protocol):
    """Keeps the coupons of codes that are one for all."""

    def open(self, coupon: Coupon, now: datetime, instead_of: str = "") -> None:
        """Keep it under its `code`, with the uses that it has had in the same campaign.

        Raises CodeTaken while the code is another campaign's, and that one's offer not over; unless
        that is the campaign `instead_of`, of which the caller knows better.
        """
        ...


class TillCodes(Protocol):
    """Hands out codes of the till system's lists (pools)."""

    def take(self, run: Run, batch_id: str, phones: Collection[str]) -> Mapping[str, str]:
        """A code for each of the batch's numbers, as far as the run's pool goes.

        The same ones again for whom it has been asked before, whatever crashed in between.
        """
        ...


class NoTillCodes:
    """There are no lists."""

    def take(self, run: Run, batch_id: str, phones: Collection[str]) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing for anybody."""
        return {}
