"""The index of subscribers, in memory."""

from collections.abc import Iterable, Sequence

from sayso.domain.contact import Contact, Status
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
        return AudiencePage(found, found[-1] if len(rest) > len(found) else "")

    def count(self, location: str) -> int:
        return len(self._at(location))

    def _at(self, location: str) -> list[str]:
        return [
            one.phone
            for one in self.contacts
            if one.location == location and one.status is Status.SUBSCRIBED
        ]
