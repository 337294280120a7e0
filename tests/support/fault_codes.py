"""The codes of a campaign some of whose calls failed: who has which, and where the others are."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.coupon_items import coupon_from
from sayso.adapters.dynamodb.pools import DynamoPools
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.adapters.dynamodb.till_codes import owner_of
from sayso.domain.codes import bare
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Codes
from sayso.domain.pool import Pool
from sayso.domain.slot import SlotState
from tests.support.fault_story import LISTED, POOL, Story
from tests.support.table import TABLE, everything_in

_SHOWN = re.compile(r"Show (\S+)\. ")
_MAY_HAVE = frozenset({*SlotState} - {SlotState.SKIPPED, SlotState.POSTPONED, SlotState.FAILED})


@dataclass(frozen=True)
class Issued:
    """The codes as they stand when all is over.

    `coupons` are those of people, `holders` the codes of those who were texted or may have been, by
    number; `read` is what stood in each text; `tied` tells whose each of the till's codes is.
    """

    coupons: tuple[Coupon, ...]
    holders: Mapping[str, str]
    read: tuple[tuple[str, str], ...]
    pool: Pool | None
    row: tuple[str, ...]
    tied: Mapping[str, str]

    def check(self, story: Story) -> None:
        """What holds of codes whatever fails."""
        shown = {coupon.phone: coupon.shown for coupon in self.coupons}
        assert len(shown) == len(self.coupons), "nobody gets two codes"
        assert {one.code for one in self.coupons} >= {*self.holders.values()}
        assert all(self._coupon(code).phone == phone for phone, code in self.holders.items())
        theirs = [shown[phone] for phone in self.holders]
        if story.codes is not Codes.SHARED:
            assert len({*theirs}) == len(theirs), "no code goes to two people"
        for phone, code in self.read:
            assert bare(code) == bare(shown[phone]), "a text shows the code that is stored for them"
        if self.pool:
            self._check_pool(self.pool, story.pool, theirs)

    def _check_pool(self, pool: Pool, codes: Iterable[str], theirs: list[str]) -> None:
        free = self.row[pool.taken : pool.end]
        assert pool.end == len(self.row), "the pool's counts add up"
        assert Counter([*free, *theirs]) == Counter(codes), "what was not sent is back, once"
        assert (pool.given, pool.free) == (len(theirs), len(free))
        assert not pool.reserved, "nobody counts on any of them"
        owners = {self._coupon(code).shown: code for code in self.holders.values()}
        assert self.tied == {code: owners.get(code, "") for code in self.tied}

    def _coupon(self, code: str) -> Coupon:
        return next(one for one in self.coupons if one.code == code)


def issued(client: Any, run_id: str, texts: Iterable[Mapping[str, Any]]) -> Issued:
    """The codes of a campaign whose first run this is, and what its texts say."""
    pools = DynamoPools(client, TABLE)
    row = tuple(pools.codes(POOL))
    slots = DynamoSlots(client, TABLE).read(run_id, LISTED)
    return Issued(
        coupons=tuple(coupons_in(client)),
        holders={
            phone: slot.code
            for phone, slot in slots.items()
            if slot.code and slot.state in _MAY_HAVE
        },
        read=tuple((one["to"], found[1]) for one in texts if (found := _SHOWN.search(one["body"]))),
        pool=pools.get(POOL),
        row=row,
        tied={code: owner_of(client, TABLE, code) for code in row},
    )


def coupons_in(client: Any) -> list[Coupon]:
    """Everybody's coupon."""
    kind = keys.coupon("")["sk"]
    found = (coupon_from(one) for one in everything_in(client) if one["sk"]["S"] == kind)
    return [coupon for coupon in found if coupon.phone]
