"""What the public opt-in page needs of storage, and of whoever reads a number as people type it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sayso.domain.contact import Contact
from sayso.domain.conversation import Decision
from sayso.domain.exchange import Exchange
from sayso.domain.limits import Use, Window


class Meanwhile(Exception):
    """Something has changed since it was read, so nothing was stored: look again."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands at one moment: the contact, the windows under way by name, the form's use.

    `exchange` is what came of the form if it was sent in before; `is_spent` also where that was for
    another number.
    """

    contact: Contact
    windows: Mapping[str, Window]
    is_spent: bool = False
    exchange: Exchange | None = None


class WebOptIns(Protocol):
    """Keeps what forms have brought about, and how often whoever sent them in."""

    def look(self, form: str, phone: str, windows: Sequence[str]) -> Known:
        """What is known of a form's id, a number and these windows, as it is now."""
        ...

    def commit(
        self,
        form: str,
        known: Known,
        decision: Decision,
        exchange: Exchange,
        uses: Mapping[str, Use],
    ) -> None:
        """Store the exchange, what was decided, and the uses by their windows' names, or nothing.

        Raises Meanwhile where the contact or the form is no longer as `known` has it, and where a
        window is full by now.
        """
        ...


class NotTextable(ValueError):
    """What was typed is no number that this shop's texts may go to; `reason` is a short code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


UNREADABLE = "unreadable"  # no telephone number
ELSEWHERE = "elsewhere"  # a number of a country that the shop does not text
NOT_MOBILE = "not_mobile"  # toll-free, premium, pager and the like: not a person's mobile


class NumberReader(Protocol):
    """Reads numbers as people write them."""

    def read(self, typed: str) -> str:
        """The number in E.164. Raises NotTextable."""
        ...


class Seals(Protocol):
    """Codes that only this deployment can make."""

    def seal(self, text: str) -> str:
        """The code of a text, always the same: 32 characters that tell nothing of the text."""
        ...
