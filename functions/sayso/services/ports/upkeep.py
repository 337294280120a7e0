"""What the daily round needs of storage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sayso.domain.contact import Status
from sayso.domain.upkeep import Round


class Overtaken(Exception):
    """Another worker has done this step of the round."""


@dataclass(frozen=True, slots=True)
class RollPage:
    """Numbers with the status that the index knows; `position` is "" after the last page."""

    standings: tuple[tuple[str, Status], ...]
    position: str = ""


class Roll(Protocol):
    """Everybody whom the index lists, at whatever location: it may lag, so look again."""

    def page(self, position: str = "") -> RollPage:
        """The next numbers."""
        ...


class RoundStore(Protocol):
    """Keeps rounds, and the numbers that one has found on the carrier's list."""

    def open(self, round_id: str, now: datetime) -> Round:
        """The round of this name as it stands; a new one where there is none."""
        ...

    def advance(self, before: Round, after: Round, listed: Sequence[str], now: datetime) -> None:
        """Store one step, with the numbers that it found on the list (at most a few hundred).

        Raises Overtaken unless the round stands at `before`'s step.
        """
        ...

    def listed(self, round_id: str) -> set[str]:
        """All numbers that the round has found on the carrier's list."""
        ...

    def newest(self, limit: int, after: str = "") -> list[Round]:
        """The newest rounds, newest first, from the one that follows the name `after`."""
        ...
