"""Pools of the till system's codes, in memory."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sayso.domain.codes import bare
from sayso.domain.pool import Pool
from sayso.domain.run import Run
from sayso.services.ports.pools import PoolChanged
from tests.fakes.slots import FakeSlots


class FakePools:
    """A PoolStore."""

    def __init__(self) -> None:
        self.pools: dict[str, Pool] = {}
        self.rows: dict[str, list[str]] = {}

    def get(self, pool_id: str) -> Pool | None:
        return self.pools.get(pool_id)

    def all(self) -> list[Pool]:
        return [self.pools[one] for one in sorted(self.pools, reverse=True)]

    def codes(self, pool_id: str) -> Iterator[str]:
        yield from self.rows.get(pool_id, ())

    def save(self, before: Pool | None, after: Pool, appended: Sequence[str] = ()) -> None:
        self._check(after.id, before)
        self.pools[after.id] = after
        self.rows.setdefault(after.id, []).extend(appended)

    def delete(self, pool: Pool) -> None:
        self._check(pool.id, pool)
        del self.pools[pool.id], self.rows[pool.id]

    def _check(self, pool_id: str, read: Pool | None) -> None:
        standing = self.pools.get(pool_id)
        if (standing and standing.revision) != (read and read.revision):
            raise PoolChanged(pool_id)


class FakeTills:
    """TillCodes and UnsentCodes of some pools, whose codes the claims of `slots` tie."""

    def __init__(self, pools: FakePools, slots: FakeSlots, clock: Callable[[], datetime]) -> None:
        self.pools = pools
        self.slots = slots
        self.clock = clock
        self.given: dict[tuple[str, str], dict[str, str]] = {}

    def take(self, run: Run, batch_id: str, phones: Collection[str]) -> Mapping[str, str]:
        with self.slots.campaigns.lock:
            if run.reminds_of:
                return self._had(run.reminds_of, phones)
            if (run.id, batch_id) not in self.given:
                self._give(run, batch_id, phones)
            given = self.given.get((run.id, batch_id), {})
            return {phone: given[phone] for phone in phones if phone in given}

    def take_back(self, run: Run, batch_id: str, phones: Collection[str]) -> int:
        with self.slots.campaigns.lock:
            given = self.given.get((run.id, batch_id), {})
            back = {phone: given.pop(phone) for phone in phones if phone in given}
            free = [code for phone, code in back.items() if self._let_go(run, phone, code)]
            pool = self._pool(run)
            if pool and back:
                after = pool.getting_back(len(free), self.clock())
                self.pools.save(pool, after, free)
            return len(free)

    def _give(self, run: Run, batch_id: str, phones: Collection[str]) -> None:
        pool = self._pool(run)
        if pool is None:
            return
        count = min(len(phones), pool.open_to(run.campaign_id))
        codes = self.pools.rows[pool.id][pool.taken : pool.taken + count]
        if codes:
            self.given[run.id, batch_id] = dict(zip(phones, codes, strict=False))
            self.pools.save(pool, pool.giving(run.campaign_id, len(codes), self.clock()))

    def _let_go(self, run: Run, phone: str, code: str) -> bool:
        """Whether the code is nobody's, or was this person's, whom it is taken from."""
        owner = self.slots.tills.get(bare(code), "")
        slot = self.slots.slots.get((run.id, phone))
        if owner and (slot is None or slot.code != owner):
            return False
        self.slots.tills.pop(bare(code), None)
        return True

    def _had(self, origin: str, phones: Collection[str]) -> dict[str, str]:
        slots = [self.slots.slots.get((origin, phone)) for phone in phones]
        coupons = [self.slots.coupons.get(slot.code) for slot in slots if slot]
        return {coupon.phone: coupon.shown for coupon in coupons if coupon}

    def _pool(self, run: Run) -> Pool | None:
        return self.pools.get(run.offer.pool) if run.offer else None
