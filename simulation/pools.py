"""Pools of the till system's codes: few enough for objects, but given out by rows of people."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sayso.domain.codes import bare
from sayso.domain.pool import Pool
from sayso.domain.run import Run
from sayso.services.ports.pools import PoolChanged
from simulation.campaigns import SimulatedCampaigns
from simulation.slots import SimulatedSlots


class SimulatedPools:
    """PoolStore."""

    def __init__(self) -> None:
        self._pools: dict[str, Pool] = {}
        self._rows: defaultdict[str, list[str]] = defaultdict(list)

    def get(self, pool_id: str) -> Pool | None:
        return self._pools.get(pool_id)

    def all(self) -> list[Pool]:
        return [self._pools[one] for one in sorted(self._pools, reverse=True)]

    def codes(self, pool_id: str) -> Iterator[str]:
        yield from self._rows[pool_id]

    def between(self, pool_id: str, first: int, last: int) -> Sequence[str]:
        """The codes of its row from the `first` to before the `last` number."""
        return self._rows[pool_id][first:last]

    def save(self, before: Pool | None, after: Pool, appended: Sequence[str] = ()) -> None:
        self._require(after.id, before)
        self._pools[after.id] = after
        self._rows[after.id] += appended

    def delete(self, pool: Pool) -> None:
        self._require(pool.id, pool)
        del self._pools[pool.id], self._rows[pool.id]

    def _require(self, pool_id: str, read: Pool | None) -> None:
        standing = self._pools.get(pool_id)
        if (standing and standing.revision) != (read and read.revision):
            raise PoolChanged(pool_id)


class SimulatedTills:
    """TillCodes and UnsentCodes, of codes that the claims of `slots` tie to coupons."""

    def __init__(
        self,
        pools: SimulatedPools,
        slots: SimulatedSlots,
        campaigns: SimulatedCampaigns,
        clock: Callable[[], datetime],
    ) -> None:
        self._pools = pools
        self._slots = slots
        self._campaigns = campaigns
        self._clock = clock
        self.counts: Counter[str] = Counter()
        self._given: dict[tuple[str, str], dict[str, str]] = {}

    def take(self, run: Run, batch_id: str, phones: Collection[str]) -> Mapping[str, str]:
        with self._campaigns.lock:
            if run.reminds_of:
                return self._had(run.reminds_of, phones)
            if (run.id, batch_id) not in self._given:
                self._give(run, batch_id, phones)
            given = self._given.get((run.id, batch_id), {})
            return {phone: given[phone] for phone in phones if phone in given}

    def take_back(self, run: Run, batch_id: str, phones: Collection[str]) -> int:
        with self._campaigns.lock:
            given, pool = self._given.get((run.id, batch_id), {}), self._pool(run)
            back = {phone: given.pop(phone) for phone in phones if phone in given}
            if not back or pool is None:
                return 0
            slots = self._slots.read(run.id, back)
            owners = {phone: slots[phone].code if phone in slots else "" for phone in back}
            free = [code for phone, code in back.items() if self._let_go(code, owners[phone])]
            self.counts["codes back"] += len(free)
            self._pools.save(pool, pool.getting_back(len(free), self._clock()), free)
            return len(free)

    def _give(self, run: Run, batch_id: str, phones: Collection[str]) -> None:
        pool = self._pool(run)
        if pool is None:
            return
        count = min(len(phones), pool.open_to(run.campaign_id))
        codes = self._pools.between(pool.id, pool.taken, pool.taken + count)
        if codes:
            self._given[run.id, batch_id] = dict(zip(phones, codes, strict=False))
            self._pools.save(pool, pool.giving(run.campaign_id, len(codes), self._clock()))

    def _let_go(self, shown: str, owner: str) -> bool:
        """Whether the code is nobody's, or was this coupon's, which it is taken from."""
        tied = self._slots.coupons.tied
        if tied.get(bare(shown), owner) != owner:
            return False
        tied.pop(bare(shown), None)
        return True

    def _had(self, origin: str, phones: Collection[str]) -> dict[str, str]:
        slots = self._slots.read(origin, phones)
        coupons = (self._slots.coupons.get(slot.code) for slot in slots.values())
        return {coupon.phone: coupon.shown for coupon in coupons if coupon}

    def _pool(self, run: Run) -> Pool | None:
        return self._pools.get(run.offer.pool) if run.offer else None
