"""The words that one recipient gets."""

from dataclasses import dataclass
from typing import Protocol

from sayso.domain.catalog import Catalog
from sayso.domain.recipient import Recipient
from sayso.domain.run import Run


class Unwritable(Exception):
    """There is no text for this person; `reason` is a short code without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Composed:
    """A text as it goes out, which variant it is, and in which language it was written."""

    body: str
    parts: int
    variant: str = ""
    language: str = ""


class Composer(Protocol):
    """Writes a run's texts."""

    def compose(self, run: Run, recipient: Recipient) -> Composed:
        """The text for this person. Raises Unwritable."""
        ...


class Composers(Protocol):
    """Gives each batch its composer."""

    def for_batch(self, run: Run, catalog: Catalog, location: str) -> Composer:
        """The composer of a run's texts to people found at this location ("" for none)."""
        ...
