"""A carrier's network in memory, which notes every text that it takes."""

from collections.abc import Callable

from sayso.services.ports.carrier import Certainty, OutboundText, Receipt, SendFailed

# What the network does with one text: takes it, or fails in one of three ways.
Mood = Callable[[OutboundText], Certainty | None]


class FakeNetwork:
    """A Carrier. `texts` are those that went out, also where the answer to us was lost."""

    def __init__(self, mood: Mood = lambda _: None) -> None:
        self.mood = mood
        self.texts: list[OutboundText] = []

    def send(self, text: OutboundText) -> Receipt:
        failure = self.mood(text)
        if failure in (None, Certainty.UNKNOWN):
            self.texts.append(text)
        if failure:
            raise SendFailed(failure, f"fake_{failure}")
        return Receipt(f"message-{len(self.texts)}")
