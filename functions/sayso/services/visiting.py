"""Somebody came and redeemed: it is noted, and whoever has no store yet gets that one."""

from dataclasses import dataclass, replace

from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Use
from sayso.domain.outside_word import Said, placed
from sayso.domain.visiting import seen
from sayso.services.ports.contacts import ContactStore
from sayso.services.ports.conversations import Outdated
from sayso.services.ports.visits import VisitChanged, VisitStore

# Visits of one person come one by one: only a redelivery, or a text of theirs, races them.
_LOOKS = 6


class KeepsChanging(Exception):
    """The contact changed under every try: try again later."""


@dataclass(frozen=True, slots=True)
class Visiting:
    """Notes visits; done again with the same use, nothing changes."""

    contacts: ContactStore
    visits: VisitStore

    def came(self, phone: str, use: Use) -> None:
        """Note it, unless the number is not known any more. Raises KeepsChanging."""
        for _ in range(_LOOKS):
            contact = self.contacts.read([phone]).get(phone)
            if contact is None or contact.status is Status.FORGOTTEN:
                return
            try:
                self._note(contact, use)
                self._place(contact, use)
            except (VisitChanged, Outdated):
                continue
            return
        raise KeepsChanging("the contact kept changing")

    def _note(self, before: Contact, use: Use) -> None:
        after = seen(before, use)
        if after != before:
            self.visits.note(before, after)

    def _place(self, before: Contact, use: Use) -> None:
        """A store that somebody has named is theirs, wherever they go."""
        is_here = before.status in (Status.SUBSCRIBED, Status.PAUSED)
        if before.location or not use.place or not is_here:
            return
        after, entry = placed(before, use.place, Said(use.at, message_id=use.id))
        self.contacts.change(before, replace(after, revision=before.revision + 1), entry)
