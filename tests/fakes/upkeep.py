"""Rounds and the roll of subscribers, in memory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sayso.domain.contact import Contact, Status
from sayso.domain.upkeep import Round
from sayso.services.ports.upkeep import Overtaken, RollPage


class FakeRounds:
    """A RoundStore."""

    def __init__(self) -> None:
        self.rounds: dict[str, Round] = {}
        self.found: dict[str, set[str]] = defaultdict(set)

    def open(self, round_id: str, now: datetime) -> Round:
        return self.rounds.setdefault(round_id, Round(round_id, now))

    def advance(self, before: Round, after: Round, listed: Sequence[str], now: datetime) -> None:
        if self.rounds[before.id].step != before.step:
            raise Overtaken(before.id)
        self.rounds[before.id] = after
        self.found[before.id].update(listed)

    def listed(self, round_id: str) -> set[str]:
        return set(self.found[round_id])

    def newest(self, limit: int, after: str = "") -> list[Round]:
        names = sorted(self.rounds, reverse=True)
        return [self.rounds[name] for name in names if not after or name < after][:limit]


class FakeRoll:
    """A Roll of `contacts`, in the order of their numbers; its index never lags."""

    def __init__(self, contacts: Mapping[str, Contact], page_size: int = 1000) -> None:
        self.contacts = contacts
        self.page_size = page_size

    def page(self, position: str = "") -> RollPage:
        rest = sorted(
            phone
            for phone, one in self.contacts.items()
            if phone > position and one.status is not Status.UNKNOWN
        )
        page = rest[: self.page_size]
        standings = tuple((phone, self.contacts[phone].status) for phone in page)
        return RollPage(standings, page[-1] if len(rest) > len(page) else "")
