"""The index of subscribers, in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

from sayso.domain.contact import Contact, Status
from sayso.domain.listed import Listed
from sayso.services.ports.audience import AudiencePage


class FakeAudience:
    """An AudienceIndex of two partitions a location that never lags."""

    def __init__(self, contacts: Iterable[Contact] = (), page_size: int = 1000) -> None:
        self.contacts = list(contacts)
        self.page_size = page_size

    def shards(self) -> Sequence[int]:
        return range(2)

    def page(self, location: str, shard: int, position: str = "") -> AudiencePage:
        phones = sorted(one for one in self._at(location) if int(one[-1]) % 2 == shard)
        rest = [phone for phone in phones if phone > position]
        found = tuple(rest[: self.page_size])
        listed = [_listed(self._by_phone()[phone]) for phone in found]
        return AudiencePage(tuple(listed), found[-1] if len(rest) > len(found) else "")

    def count(self, location: str) -> int:
        return len(self._at(location))

    def _by_phone(self) -> dict[str, Contact]:
        return {contact.phone: contact for contact in self.contacts}

    def _at(self, location: str) -> list[str]:
        return [
            one.phone
            for one in self.contacts
            if one.location == location and one.status is Status.SUBSCRIBED
        ]


def _listed(contact: Contact) -> Listed:
    return Listed(**{one.name: getattr(contact, one.name) for one in fields(Listed)})
