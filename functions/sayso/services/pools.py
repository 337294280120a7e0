"""What a marketer does with pools of the till system's codes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.catalog_rules import Fault
from sayso.domain.pool import CODES_AT_MOST, NAME_AT_MOST, OF_ALL_AT_MOST, POOLS_AT_MOST, Pool
from sayso.domain.pool_file import BadRow, codes_in, rows_of
from sayso.domain.refusal import Refused
from sayso.services.pool_reserving import PoolReserving
from sayso.services.ports.pools import APPENDED_AT_ONCE, PoolChanged, PoolStore
from sayso.services.refusals import Conflict, Invalid, NotFound

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Filled:
    """A pool after an import: how many codes it brought, and the rows that brought none."""

    pool: Pool
    added: int
    bad: tuple[BadRow, ...]


@contextmanager
def _explained() -> Iterator[None]:
    """Turn the domain's refusals into those of a use case."""
    try:
        yield
    except Refused as refused:
        raise Invalid.because(refused) from None
    except PoolChanged:
        raise Conflict("others are changing the pool: look at it and try again") from None


@dataclass(frozen=True, slots=True)
class PoolDesk:
    """Keeps pools. Each may raise one of services.refusals."""

    store: PoolStore
    reserving: PoolReserving
    new_id: Callable[[], str]

    @_explained()
    def create(self, name: str, rows: Iterable[str], now: datetime) -> Filled:
        """Import a list into a pool of its own. Rows that bring no code are told."""
        others = self.store.all()
        if not 1 <= len(name.strip()) <= NAME_AT_MOST or not name.isprintable():
            raise Refused("name", f"give it a name, in one line of 1 to {NAME_AT_MOST} characters")
        if len(others) >= POOLS_AT_MOST:
            raise Refused("name", f"a shop has at most {POOLS_AT_MOST} pools: delete one first")
        codes, bad = self._read(rows, others, held=0)
        if not codes:
            raise Refused("codes", _no_codes(bad))
        pool = Pool(self.new_id(), name.strip(), created_at=now, updated_at=now)
        self.store.save(None, pool)
        return Filled(self._filled(pool, codes, now), len(codes), bad)

    @_explained()
    def add(self, pool_id: str, rows: Iterable[str], now: datetime) -> Filled:
        """Import more codes into a pool; what it has already is told as such."""
        pool = self.get(pool_id, now)
        codes, bad = self._read(rows, self.store.all(), held=pool.codes)
        return Filled(self._filled(pool, codes, now), len(codes), bad)

    def get(self, pool_id: str, now: datetime) -> Pool:
        """The pool, without reservations that count no more."""
        pool = self.store.get(pool_id)
        if pool is None:
            raise NotFound(f"there is no pool {pool_id}")
        return self.reserving.current(pool, now)

    def all(self, now: datetime) -> list[Pool]:
        """Every pool, the newest first."""
        return [self.reserving.current(pool, now) for pool in self.store.all()]

    @_explained()
    def delete(self, pool_id: str, now: datetime) -> None:
        """Remove a pool of which nobody has a code, and on which no campaign counts."""
        for _ in range(_TRIES):
            stored = self.store.get(pool_id)
            if stored is None:
                raise NotFound(f"there is no pool {pool_id}")
            if stored.given:
                raise Conflict(f"{stored.given} people have codes of {stored.name}: it has to stay")
            if self.reserving.current(stored, now).reserved:
                raise Conflict(f"a campaign counts on {stored.name}: cancel it first")
            try:
                self.store.delete(stored)
            except PoolChanged:
                continue
            return
        raise PoolChanged(pool_id)

    def _read(
        self, rows: Iterable[str], pools: Sequence[Pool], held: int
    ) -> tuple[tuple[str, ...], tuple[BadRow, ...]]:
        """The codes of these rows that no pool has, and the bad rows. Raises Refused.

        `held` is how many codes the pool has that they are for.
        """
        known = (code for pool in pools for code in self.store.codes(pool.id))
        read = codes_in(rows, known)
        if held + len(read.codes) > CODES_AT_MOST:
            raise Refused("codes", f"a pool holds at most {CODES_AT_MOST} codes")
        room = OF_ALL_AT_MOST - sum(pool.codes for pool in pools)
        if len(read.codes) > room:
            reason = f"a shop's pools hold at most {OF_ALL_AT_MOST} codes, and there is room for"
            raise Refused("codes", f"{reason} {room}: delete a pool of which nobody has a code")
        return read.codes, read.bad

    def _filled(self, pool: Pool, codes: Sequence[str], now: datetime) -> Pool:
        """The pool with these codes, written piece by piece: others may be at it meanwhile."""
        for first in range(0, len(codes), APPENDED_AT_ONCE):
            pool = self._appended(pool.id, codes[first : first + APPENDED_AT_ONCE], now)
        return pool

    def _appended(self, pool_id: str, codes: Sequence[str], now: datetime) -> Pool:
        for _ in range(_TRIES):
            before = self.store.get(pool_id)
            if before is None:
                raise NotFound(f"there is no pool {pool_id}")
            after = before.with_more(len(codes), now)
            try:
                self.store.save(before, after, codes)
            except PoolChanged:
                continue
            return after
        raise PoolChanged(pool_id)


def rows(listed: Sequence[str], csv: str) -> Iterator[str]:
    """What stands in each row of a list, or of a CSV file instead. Raises Invalid."""
    if bool(listed) == bool(csv):
        raise Invalid([Fault("codes", "give a list of codes, or a file's text as csv")])
    with _explained():
        yield from (row.strip() for row in listed) if listed else rows_of(csv)


def _no_codes(bad: Sequence[BadRow]) -> str:
    return f"there is no code in it: row {bad[0].row}: {bad[0].reason}" if bad else "none in it"
