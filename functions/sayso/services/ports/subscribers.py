"""The people who texted, as a marketer looks them up."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Line


class Page(NamedTuple):
    """Some of a list. `after` is where to go on, empty at the end; it may hold a phone number."""

    contacts: list[Contact]
    after: str


class SubscriberStore(Protocol):
    """Finds contacts and their proof of consent; changes nothing."""

    def get(self, phone: str) -> Contact | None:
        """The contact as it is now."""
        ...

    def ledger(self, phone: str) -> Iterable[Line]:
        """The number's consent ledger, oldest entry first, read as it is walked through."""
        ...

    def page(
        self, locations: Sequence[str], status: Status | None, limit: int, after: str = ""
    ) -> Page:
        """At most `limit` contacts of these locations ("" = of none), in a stable order.

        Found by an index that may lag, returned as they are now: who has ceased to fit is left
        out, so a page may be short, or even empty, and still not be the last.
        """
        ...

    def has_anyone_at(self, location: str) -> bool:
        """Whether anyone who is subscribed, or is being asked, belongs to the location."""
        ...
