"""Erasing what is known of a number, once its ledger says that it was asked for."""

from datetime import datetime
from typing import NamedTuple, Protocol


class Traces(NamedTuple):
    """How much was found and erased by one call: entries of the ledger, texts, campaigns' slots."""

    entries: int = 0
    texts: int = 0
    slots: int = 0


class Erasures(Protocol):
    """Erases what is older than the newest erasure in the number's ledger."""

    def erase(self, phone: str, now: datetime) -> Traces:
        """Erase what `domain.erasure` says. Repeated, it finishes what a call before it left over.

        Nothing happens to a number whose ledger asks for no erasure.
        """
        ...
