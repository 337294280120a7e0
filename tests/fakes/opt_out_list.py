"""The carrier's opt-out list in memory."""

from sayso.services.ports.carrier import Certainty, SendFailed


class FakeOptOutList:
    """OptOutList. `failing` fails the next calls, one entry each, before they have an effect."""

    def __init__(self) -> None:
        self.phones: set[str] = set()
        self.failing: list[Certainty] = []

    def add(self, phone: str) -> None:
        self._fail()
        self.phones.add(phone)

    def remove(self, phone: str) -> None:
        self._fail()
        self.phones.discard(phone)

    def _fail(self) -> None:
        if self.failing:
            raise SendFailed(self.failing.pop(0), "fake")
