"""The words that one recipient gets."""

from dataclasses import dataclass
from typing import Protocol

from sayso.domain.catalog import Catalog
from sayso.domain.coupon import Coupon
from sayso.domain.recipient import Recipient
from sayso.domain.run import Batch, Run


class Unwritable(Exception):
    """There is no text for this person; `reason` is a short code without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Composed:
    """A text as it goes out, which variant it is, and in which language it was written.

    `coupon` is the person's own, if the run gives codes; it is theirs once their slot is.
    """

    body: str
    parts: int
    variant: str = ""
    language: str = ""
    coupon: Coupon | None = None


class Composer(Protocol):
    """Writes a run's texts."""

    def compose(self, run: Run, recipient: Recipient, attempt: int = 0) -> Composed:
        """The text for this person. Raises Unwritable.

        The next `attempt` has another code: the one before turned out to be somebody else's.
        """
        ...


class Composers(Protocol):
    """Gives each batch its composer."""

    def for_batch(self, run: Run, catalog: Catalog, batch: Batch) -> Composer:
        """The composer of a run's texts to the people of this batch."""
        ...
