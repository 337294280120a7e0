"""Answers to customers' texts, as far as delivery events concern them."""

from typing import Protocol

from sayso.domain.slot import Result


class ReplyStore(Protocol):
    """Keeps what became of the answers that were given to inbound texts."""

    def settle_reply(self, phone: str, exchange_id: str, result: Result) -> None:
        """Note how the answer to the inbound text with this id went.

        What is certain stays; an id that is not known is ignored.
        """
        ...
