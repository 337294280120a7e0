"""Verifying one number's ledger, however long it is."""

from collections.abc import Callable

from sayso.domain.ledger import Audit, Entry
from sayso.services.ports.subscribers import SubscriberStore


def audit_ledger(
    store: SubscriberStore, phone: str, each: Callable[[Entry], None] | None = None
) -> Audit:
    """Walk through the number's ledger, handing each entry to `each`, and compare its end.

    The number's own record is looked at before and after, so a text that comes meanwhile is no
    fault. A number of which nothing is stored has neither entries nor contact.
    """
    audit = Audit(phone)
    before = store.get(phone)
    for line in store.ledger(phone):
        audit.read(line)
        if each and isinstance(line, Entry):
            each(line)
    audit.end(before, store.get(phone))
    return audit
