"""A carrier in memory that keeps an opt-out list, as the real one does."""

from sayso.services.ports.carrier import (
    OPTED_OUT_AT_CARRIER,
    Certainty,
    OutboundText,
    Receipt,
    SendFailed,
)
from tests.fakes.opt_out_list import FakeOptOutList


class FakeCarrier:
    """Carrier. `texts` went out; `failing` fails the next sends, one entry each.

    A send that fails as UNKNOWN does go out: the worst case is the one to be tested.
    """

    def __init__(self, opt_outs: FakeOptOutList | None = None) -> None:
        self.opt_outs = opt_outs or FakeOptOutList()
        self.texts: list[OutboundText] = []
        self.failing: list[Certainty] = []

    def send(self, text: OutboundText) -> Receipt:
        if text.to in self.opt_outs.phones:
            raise SendFailed(Certainty.REFUSED, OPTED_OUT_AT_CARRIER)
        failure = self.failing.pop(0) if self.failing else None
        if failure in (None, Certainty.UNKNOWN):
            self.texts.append(text)
        if failure:
            raise SendFailed(failure, f"fake {failure}")
        return Receipt(f"out-{len(self.texts)}")

    def bodies_to(self, phone: str) -> list[str]:
        """What that phone got to read, oldest first."""
        return [text.body for text in self.texts if text.to == phone]
