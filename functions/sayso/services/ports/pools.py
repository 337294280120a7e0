"""Pools of the till system's codes, as storage keeps them."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from sayso.domain.pool import Pool
from sayso.domain.run import Run

# So many codes are appended by one write.
APPENDED_AT_ONCE = 2_000


class PoolChanged(Exception):
    """The pool is not as it was read: read it again and judge anew."""


class PoolStore(Protocol):
    """Keeps pools and their codes; every read sees every write that has returned."""

    def get(self, pool_id: str) -> Pool | None:
        """The pool, or None."""
        ...

    def all(self) -> list[Pool]:
        """Every pool, the newest first."""
        ...

    def codes(self, pool_id: str) -> Iterator[str]:
        """All codes that it has ever held; one that came back more than once."""
        ...

    def save(self, before: Pool | None, after: Pool, appended: Sequence[str] = ()) -> None:
        """Write it, with these codes at the end of its row, at most APPENDED_AT_ONCE.

        Raises PoolChanged unless it has `before`'s revision (None: is new).
        """
        ...

    def delete(self, pool: Pool) -> None:
        """Remove it and its codes. Raises PoolChanged when it is not as it was read."""
        ...


class UnsentCodes(Protocol):
    """Takes back codes of runs that nobody was sent."""

    def take_back(self, run: Run, batch_id: str, phones: Collection[str]) -> int:
        """Put the codes of these people of the batch at the end of their pool; how many.

        Whoever's code has come back has none in this run any more. One that somebody else has
        does not come back, nor does any a second time. They are people whose slots say that
        nothing was sent.
        """
        ...
