"""What became of answers, in memory."""

from sayso.domain.slot import Result, SlotState


class FakeReplies:
    """A ReplyStore of the exchanges in `known`, by number and id."""

    def __init__(self, *known: tuple[str, str]) -> None:
        self.results: dict[tuple[str, str], Result | None] = dict.fromkeys(known)

    def settle_reply(self, phone: str, exchange_id: str, result: Result) -> None:
        standing = self.results.get((phone, exchange_id), _UNKNOWN)
        if standing is None or standing.state is SlotState.SENT:
            self.results[phone, exchange_id] = result

    def end(self, phone: str, exchange_id: str) -> SlotState | None:
        """Where the answer to this text has ended up, as far as is known."""
        result = self.results[phone, exchange_id]
        return result.state if result else None


_UNKNOWN = Result(SlotState.SKIPPED)
