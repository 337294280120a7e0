"""Verifying ledgers: one number's, however long it is, or all of them, however many there are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sayso.domain.ledger import Audit, Kept, Unreadable
from sayso.services.ports.numbers import NumberIndex
from sayso.services.ports.subscribers import SubscriberStore

_AT_ONCE = 1000
_UNREADABLE = "the number's own record cannot be read"


class Audits(NamedTuple):
    """The audits of some numbers; `after` is where to go on, "" at the end."""

    audits: list[Audit]
    after: str


def audit_ledger(
    store: SubscriberStore, phone: str, each: Callable[[Kept], None] | None = None
) -> Audit:
    """Walk through the number's ledger, handing each entry to `each`, and compare its end.

    The number's own record is looked at before and after, so a text that comes meanwhile is no
    fault. A number of which nothing is stored has neither entries nor contact.
    """
    audit = Audit(phone)
    before = store.get(phone)
    for line in store.ledger(phone):
        audit.read(line)
        if each and not isinstance(line, Unreadable):
            each(line)
    audit.end(before, store.get(phone))
    return audit


@dataclass(frozen=True, slots=True)
class Ledgers:
    """Audits numbers one by one or all of them, whatever was done to what is stored."""

    subscribers: SubscriberStore
    numbers: NumberIndex

    def audit(self, phone: str) -> Audit:
        """What is wrong with the number's ledger or record, if anything."""
        try:
            return audit_ledger(self.subscribers, phone)
        except (KeyError, TypeError, ValueError):
            # Entries never fail to be read, so it is the record that someone has edited.
            return Audit(phone, faults=[_UNREADABLE])

    def page(self, limit: int, after: str = "") -> Audits:
        """At most `limit` audits of the next numbers. An empty page need not be the last."""
        found = self.numbers.page(limit, after)
        return Audits([self.audit(phone) for phone in found.phones], found.after)

    def all(self) -> Iterator[Audit]:
        """Every number's audit, a page at a time."""
        after = ""
        while True:
            audits, after = self.page(_AT_ONCE, after)
            yield from audits
            if not after:
                return
