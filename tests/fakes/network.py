"""A carrier in memory with moods: how it takes a text may depend on whom it is to."""

from collections.abc import Callable

from sayso.services.ports.carrier import Certainty, OutboundText, Receipt
from tests.fakes.carrier import FakeCarrier

# What becomes of one text: it is taken (None), or it fails.
Mood = Callable[[OutboundText], Certainty | None]


class FakeNetwork(FakeCarrier):
    """Carrier. `mood` is asked before each text."""

    def __init__(self, mood: Mood = lambda _: None) -> None:
        super().__init__()
        self.mood = mood

    def send(self, text: OutboundText) -> Receipt:
        failure = self.mood(text)
        if failure and text.to not in self.opt_outs.phones:
            self.failing.append(failure)
        return super().send(text)
