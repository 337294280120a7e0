"""Clicks in the table: whoever clicks for the first time is counted as it is noted, in one write.

A series counts its firings' clicks under its own id, as everything else that they add up to.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.comparing import Outcome
from sayso.domain.coupon import Coupon
from sayso.domain.slot import OF_GROUP
from sayso.domain.takings import CLICKS, PREVIEWS


@dataclass(frozen=True, slots=True)
class DynamoClicks:
    """ClickStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def first(self, coupon: Coupon, groups: Collection[str], at: datetime) -> bool:
        clicked = Outcome.CLICKED.value
        names = [clicked, *(f"{group}{OF_GROUP}{clicked}" for group in groups)]
        note = keys.deed(coupon.phone, coupon.run_id, clicked)
        lifetime = {"touched_at": at, "expires_at": keys.expires_at(at)}
        put = {
            "TableName": self.table,
            "Item": to_item(note | lifetime),
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        try:
            transact(self.client, [{"Put": put}, {"Update": self._count(coupon, names, at)}])
        except Cancelled:
            is_new = False
        else:
            is_new = True
        self._note(coupon, at)
        return is_new

    def opened(self, coupon: Coupon, at: datetime) -> None:
        self.client.update_item(**self._count(coupon, [CLICKS], at))

    def previewed(self, coupon: Coupon, at: datetime) -> None:
        self.client.update_item(**self._count(coupon, [PREVIEWS], at))

    def _note(self, coupon: Coupon, at: datetime) -> None:
        """On the coupon itself, so that its next click need not ask again."""
        with suppress(self.client.exceptions.ConditionalCheckFailedException):
            self.client.update_item(
                TableName=self.table,
                Key=to_item(keys.coupon(coupon.code)),
                UpdateExpression="SET clicked_at = :at",
                ConditionExpression="attribute_exists(pk) AND attribute_not_exists(clicked_at)",
                ExpressionAttributeValues=to_item({":at": at}),
            )

    def _count(self, coupon: Coupon, counters: Sequence[str], at: datetime) -> dict[str, Any]:
        names = {f"#n{place}": name for place, name in enumerate(counters)}
        adds = ", ".join(f"{name} :one" for name in names)
        run_id = keys.series_of(coupon.run_id) or coupon.run_id
        # By the shard of the number: a campaign that goes well is no hot counter.
        shard = keys.shard_of(coupon.phone or coupon.code)
        return {
            "TableName": self.table,
            "Key": to_item(keys.stats(run_id, f"deeds{shard}")),
            "UpdateExpression": f"ADD {adds} SET expires_at = :expires_at",
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": to_item({":one": 1, ":expires_at": keys.expires_at(at)}),
        }
