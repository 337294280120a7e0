"""A number's time in memory."""

from datetime import UTC, datetime, timedelta
from threading import Lock

from sayso.domain.pace import Line, Stretch
from sayso.services.ports.pace import NotYet

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class FakePace:
    """A Pace."""

    def __init__(self) -> None:
        self.line = Line(_LONG_AGO, _LONG_AGO)
        self._lock = Lock()

    def take(self, length: timedelta, now: datetime, *, has_waited: bool) -> Stretch:
        with self._lock:
            self.line, given = self.line.taken(length, now, has_waited=has_waited)
        if isinstance(given, Stretch):
            return given
        raise NotYet(given)

    def give_back(self, stretch: Stretch, used_until: datetime) -> None:
        with self._lock:
            self.line = self.line.given_back(stretch, used_until)

    def hold(self, until: datetime) -> None:
        with self._lock:
            self.line = self.line.held(until)
