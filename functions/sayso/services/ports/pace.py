"""The time of an origination number, which all of its senders share."""

from datetime import datetime, timedelta
from typing import Protocol

from sayso.domain.pace import Stretch


class NotYet(Exception):
    """The number's time is given away for too long ahead: come back at `turn`."""

    def __init__(self, turn: datetime) -> None:
        super().__init__("the number is busy")
        self.turn = turn


class Pace(Protocol):
    """Hands out stretches of the number's time, each but once, in order."""

    def take(self, length: timedelta, now: datetime, *, has_waited: bool) -> Stretch:
        """The next stretch, which begins at `now` or very soon after it (domain.pace.LONGEST_WAIT).

        Raises NotYet where it would begin later. Who has not waited yet gets a place in the order
        of those who wait, `length` after the one before; who comes back at their turn
        (`has_waited`) goes before them.
        """
        ...

    def give_back(self, stretch: Stretch, used_until: datetime) -> None:
        """The rest of the stretch is not used; it is lost where others have time after it already.

        It may fail in silence.
        """
        ...

    def hold(self, until: datetime) -> None:
        """Give nothing away that begins before `until`: the carrier takes no more."""
        ...
