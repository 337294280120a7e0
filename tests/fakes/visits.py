"""Visits in memory."""

from collections.abc import MutableMapping
from dataclasses import replace

from sayso.domain.contact import Contact, Status
from sayso.services.ports.visits import VisitChanged


class FakeVisits:
    """A VisitStore on these contacts."""

    def __init__(self, contacts: MutableMapping[str, Contact]) -> None:
        self.contacts = contacts

    def note(self, before: Contact, after: Contact) -> None:
        standing = self.contacts.get(before.phone)
        if (
            standing is None
            or standing.status is Status.FORGOTTEN
            or noted(standing) != noted(before)
        ):
            raise VisitChanged
        self.contacts[before.phone] = replace(
            standing,
            visits=after.visits,
            visited_at=after.visited_at,
            redeemed_at=after.redeemed_at,
        )


def noted(contact: Contact) -> tuple[object, ...]:
    """What a visit changes."""
    return (dict(contact.visits), contact.visited_at, contact.redeemed_at)
