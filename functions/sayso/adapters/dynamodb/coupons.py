"""Coupons in the table: found by one read, and by one more what stands behind them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import campaign_from
from sayso.adapters.dynamodb.contacts import contact_from
from sayso.adapters.dynamodb.coupon_items import coupon_from, coupon_item, use_from
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.redemptions import COUPON, USE, redemption, taking_back
from sayso.adapters.dynamodb.runs import run_from
from sayso.adapters.dynamodb.slot_history import DynamoSlotHistory
from sayso.adapters.dynamodb.till_codes import owner_of
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.campaign import State
from sayso.domain.codes import bare, parsed
from sayso.domain.contact import Status
from sayso.domain.coupon import Coupon, Use
from sayso.domain.slot import SlotState
from sayso.services.ports.coupons import (
    Background,
    CouponChanged,
    Entered,
    Look,
    RequestKnown,
)

_KEYS_A_READ = 100
# Whoever has such a slot was not sent the code that is theirs.
_UNSENT = frozenset({SlotState.POSTPONED, SlotState.SKIPPED, SlotState.FAILED})


@dataclass(frozen=True, slots=True)
class DynamoCoupons:
    """CouponStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def get(self, code: str) -> Coupon | None:
        found = self._get(keys.coupon(code))
        return coupon_from(found[0]) if found else None

    def find(self, shown: str) -> Coupon | None:
        found = self.get(parsed(shown) or bare(shown))
        if found or not bare(shown):
            return found
        owner = owner_of(self.client, self.table, shown)
        return self.get(owner) if owner else None

    def look(self, code: str, request_id: str) -> Look | None:
        items = self._get(keys.coupon(code), keys.use(code, request_id))
        found = {item["sk"]["S"]: item for item in items}
        use = found.pop(keys.use(code, request_id)["sk"], None)
        coupon = found.get("COUPON")
        if coupon is None:
            return None
        return Look(coupon_from(coupon), use_from(use) if use else None)

    def background(self, coupon: Coupon) -> Background:
        wanted = [keys.campaign(coupon.campaign_id), keys.run(coupon.run_id)]
        if coupon.phone:
            wanted.append(keys.subscriber(coupon.phone))
        found = {(item["pk"]["S"], item["sk"]["S"]): item for item in self._get(*wanted)}
        campaign, run, *others = (found.get((key["pk"], key["sk"])) for key in wanted)
        contact = contact_from(others[0]) if others and others[0] else None
        was_cancelled = campaign is None or campaign_from(campaign).state is State.CANCELLED
        is_forgotten = contact is not None and contact.status is Status.FORGOTTEN
        return Background(
            contact, run_from(run).offer if run else None, was_cancelled or is_forgotten
        )

    def uses(self, code: str) -> list[Use]:
        first = keys.use(code, "")
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :use)",
            ExpressionAttributeValues=to_item({":pk": first["pk"], ":use": first["sk"]}),
            ConsistentRead=True,
        )
        found = [use_from(item) for page in pages for item in page["Items"]]
        return sorted(found, key=lambda use: (use.at, use.id))

    def of(self, phone: str) -> list[Coupon]:
        slots = DynamoSlotHistory(self.client, self.table).of(phone)
        codes = sorted({one.code for one in slots if one.code and one.state not in _UNSENT})
        found: list[Coupon] = []
        for start in range(0, len(codes), _KEYS_A_READ):
            wanted = map(keys.coupon, codes[start : start + _KEYS_A_READ])
            found += map(coupon_from, self._get(*wanted))
        mine = [coupon for coupon in found if coupon.phone == phone]
        return sorted(mine, key=lambda one: (one.issued_at, one.code), reverse=True)

    def entered(self, staff: str) -> Entered | None:
        found = self._get(keys.entered(staff))
        if not found:
            return None
        values = from_item(found[0])
        return Entered(values["code"], values["use_id"])

    def put(self, coupon: Coupon) -> None:
        self.client.put_item(TableName=self.table, Item=coupon_item(coupon))

    def redeem(self, before: Coupon, use: Use) -> None:
        # Whoever counts as having redeemed already is not counted again: so the others do.
        for is_first in (True, False) if before.uses == 0 or not before.phone else (False,):
            try:
                self._write(redemption(self.table, before, use, is_first=is_first))
            except Cancelled as cancelled:
                if USE in cancelled.failed:
                    raise RequestKnown(use_from(cancelled.failed[USE])) from None
                if COUPON in cancelled.failed:
                    raise CouponChanged("it was used meanwhile") from None
            else:
                return

    def undo(self, before: Coupon, use: Use, after: Coupon, now: datetime) -> None:
        for is_last in (True, False) if after.uses == 0 or not before.phone else (False,):
            try:
                self._write(taking_back(self.table, before, use, after, now, is_last=is_last))
            except Cancelled as cancelled:
                if {USE, COUPON} & cancelled.failed.keys():
                    raise CouponChanged("it changed meanwhile") from None
            else:
                return

    def _write(self, actions: list[dict[str, Any]]) -> None:
        """Raises Cancelled, and CouponChanged where too many fight over the same coupon."""
        try:
            transact(self.client, actions)
        except self.client.exceptions.TransactionCanceledException:
            raise CouponChanged("others are at it") from None

    def _get(self, *wanted: keys.Key) -> list[Item]:
        return get_items(self.client, self.table, [to_item(key) for key in wanted])
