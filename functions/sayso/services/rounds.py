"""The daily rounds as the shop's people see them, and beginning one at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.domain.upkeep import Round
from sayso.services.ports.queues import UpkeepQueue
from sayso.services.ports.upkeep import RoundStore


@dataclass(frozen=True, slots=True)
class RoundDesk:
    """Shows rounds, and queues one without waiting for its hour."""

    rounds: RoundStore
    queue: UpkeepQueue

    def page(self, limit: int, after: str = "") -> Sequence[Round]:
        """The newest rounds, newest first, from the one that follows `after`."""
        return self.rounds.newest(limit, after)

    def begin(self, now: datetime) -> str:
        """The name of the round that is queued now; two within a second are one."""
        round_id = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.queue.put(round_id)
        return round_id
