"""Every number of which anything is stored."""

from typing import NamedTuple, Protocol


class Numbers(NamedTuple):
    """Some of them. `after` is where to go on, "" at the end; it may hold a phone number."""

    phones: list[str]
    after: str


class NumberIndex(Protocol):
    """Finds numbers by what is stored under them, in the table itself: no index is trusted here."""

    def page(self, limit: int, after: str = "") -> Numbers:
        """The next of the numbers that have a record, or a ledger that has lost its record.

        At most `limit`, each once. A page may be empty and still not be the last.
        """
        ...
