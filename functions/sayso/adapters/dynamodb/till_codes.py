"""Codes of pools as they are given out: one write a batch, and whose each is in its claim.

What a batch was given is kept under seals of the numbers: nobody's number outlives its use here.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.coupon_items import coupon_from
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.adapters.dynamodb.pool_items import head, pool_from, row, stretches
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.slot_items import slot_from
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.codes import bare
from sayso.domain.coupon import Coupon
from sayso.domain.pool import Pool
from sayso.domain.run import Run
from sayso.services.ports.issuing import CodeKey

# Senders of the same pool at one moment get in each other's way, each once a batch.
_TRIES = 20
# Whose a code is that has come back.
NOBODY = "-"


class Besieged(Exception):
    """Others changed the pool under every try: deliver the message again."""


def tie(table: str, coupon: Coupon) -> dict[str, Any]:
    """The action that makes a code of the till system's this coupon's, for good.

    It fails if the code is anybody else's: that is what keeps it from being sent twice, whatever
    became of the pool meanwhile.
    """
    ends = keys.expires_at(max(coupon.valid_until or coupon.issued_at, coupon.issued_at))
    return _till_update(table, coupon.shown, coupon.code, coupon.code, ends)


def _till_update(table: str, shown: str, owner: str, before: str, ends: int) -> dict[str, Any]:
    values = {":owner": owner, ":before": before, ":nobody": NOBODY, ":ends": ends}
    return {
        "Update": {
            "TableName": table,
            "Key": to_item(keys.till(bare(shown))),
            "UpdateExpression": "SET coupon = :owner, expires_at = :ends",
            "ConditionExpression": "attribute_not_exists(pk) OR coupon = :before"
            " OR coupon = :nobody",
            "ExpressionAttributeValues": to_item(values),
        }
    }


def owner_of(client: Any, table: str, shown: str) -> str:
    """The code of the coupon that somebody shows by their till code; "" for nobody's."""
    key = to_item(keys.till(bare(shown)))
    found = client.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item")
    owner = str(from_item(found)["coupon"]) if found else NOBODY
    return "" if owner == NOBODY else owner


@dataclass(frozen=True, slots=True)
class DynamoTillCodes:
    """TillCodes and UnsentCodes on the table. `client` is a DynamoDB client."""

    client: Any
    table: str
    key: CodeKey
    clock: Callable[[], datetime]

    def take(self, run: Run, batch_id: str, phones: Collection[str]) -> Mapping[str, str]:
        """See services.ports.issuing.TillCodes. Raises Besieged."""
        if run.reminds_of:
            return self._had(run.reminds_of, phones)
        seals = {phone: self._seal(run, phone) for phone in phones}
        for _ in range(_TRIES):
            given, pool = self._read(run, batch_id)
            if given is None and pool:
                given = self._give(run, batch_id, pool, sorted(seals.values()))
            if given is not None or pool is None:
                codes = given or {}
                return {phone: codes[seal] for phone, seal in seals.items() if seal in codes}
        raise Besieged(run.id)

    def take_back(self, run: Run, batch_id: str, phones: Collection[str]) -> int:
        """See services.ports.pools.UnsentCodes. Raises Besieged."""
        seals = {self._seal(run, phone): phone for phone in phones}
        for _ in range(_TRIES):
            given, pool = self._read(run, batch_id)
            if not given or pool is None:
                return 0
            back = {seals[seal]: code for seal, code in given.items() if seal in seals}
            if not back:
                return 0
            kept = {seal: code for seal, code in given.items() if seal not in seals}
            count = self._put_back(run, batch_id, pool, kept, back)
            if count is not None:
                return count
        raise Besieged(run.id)

    def _give(
        self, run: Run, batch_id: str, pool: Pool, seals: Sequence[str]
    ) -> Mapping[str, str] | None:
        """Give out as many as there are; None if the pool has changed meanwhile."""
        count = min(len(seals), pool.open_to(run.campaign_id))
        first, now = pool.taken, self.clock()
        found = [code for _, code in row(self.client, self.table, pool.id, first, first + count)]
        if not found:
            return {}
        given = dict(zip(seals, found, strict=False))
        after = pool.giving(run.campaign_id, len(found), now)
        noted = self._given(run, batch_id, given, "attribute_not_exists(pk)", now)
        return given if self._done([head(self.table, pool, after), noted]) else None

    def _put_back(
        self,
        run: Run,
        batch_id: str,
        pool: Pool,
        kept: Mapping[str, str],
        back: Mapping[str, str],
    ) -> int | None:
        """Put codes at the end of the row, but for those that somebody else has by now."""
        now, ends = self.clock(), keys.expires_at(self.clock())
        owners, mine = self._owners(back.values()), self._coupons_of(run.id, back)
        ties: list[dict[str, Any]] = []
        free: list[str] = []
        for phone, code in sorted(back.items()):
            owner = owners.get(bare(code), NOBODY)
            if owner in (NOBODY, mine.get(phone)):
                free.append(code)
            if owner != NOBODY and owner == mine.get(phone):
                ties.append(_till_update(self.table, code, NOBODY, owner, ends))
        after = pool.getting_back(len(free), now)
        actions = [
            head(self.table, pool, after),
            self._given(run, batch_id, kept, "attribute_exists(pk)", now),
            *stretches(self.table, pool.id, pool.end, free),
        ]
        return len(free) if self._done([*actions, *ties]) else None

    def _read(self, run: Run, batch_id: str) -> tuple[Mapping[str, str] | None, Pool | None]:
        """What the batch was given (None: nothing yet), and the run's pool, at one moment."""
        pool_id = run.offer.pool if run.offer else ""
        wanted = [keys.given_codes(run.id, batch_id), keys.pool(pool_id or "-")]
        found = get_items(self.client, self.table, [to_item(key) for key in wanted])
        items = {item["pk"]["S"]: item for item in found}
        given, pool = (items.get(key["pk"]) for key in wanted)
        codes: Mapping[str, str] | None = from_item(given)["given"] if given else None
        return codes, pool_from(pool) if pool else None

    def _given(
        self, run: Run, batch_id: str, given: Mapping[str, str], condition: str, now: datetime
    ) -> dict[str, Any]:
        values = {"given": given, "expires_at": keys.expires_at(now)}
        item = to_item(keys.given_codes(run.id, batch_id) | values)
        return {"Put": {"TableName": self.table, "Item": item, "ConditionExpression": condition}}

    def _had(self, origin: str, phones: Collection[str]) -> Mapping[str, str]:
        """The codes that these people were sent before."""
        codes = {code: phone for phone, code in self._coupons_of(origin, phones).items()}
        found = map(coupon_from, self._items([keys.coupon(code) for code in codes]))
        return {coupon.phone: coupon.shown for coupon in found}

    def _coupons_of(self, run_id: str, phones: Collection[str]) -> dict[str, str]:
        """The codes of ours that the slots of these people hold, by their numbers."""
        slots = map(slot_from, self._items([keys.slot(phone, run_id) for phone in phones]))
        return {slot.phone: slot.code for slot in slots if slot.code}

    def _owners(self, codes: Collection[str]) -> dict[str, str]:
        found = self._items([keys.till(bare(code)) for code in codes])
        return {item["pk"]["S"].partition("#")[2]: item["coupon"]["S"] for item in found}

    def _items(self, wanted: Sequence[keys.Key]) -> list[Item]:
        return (
            get_items(self.client, self.table, [to_item(key) for key in wanted]) if wanted else []
        )

    def _done(self, actions: Sequence[dict[str, Any]]) -> bool:
        try:
            transact(self.client, actions)
        except Cancelled:
            return False
        return True

    def _seal(self, run: Run, phone: str) -> str:
        return hmac.digest(self.key.get(), f"{run.id}|{phone}".encode(), hashlib.sha256)[:9].hex()
