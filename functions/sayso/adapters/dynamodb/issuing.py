"""Coupons as they are given out: in the transaction that claims a slot, or for all at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.coupon_items import coupon_from, coupon_item
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.dynamodb.stored_key import StoredKey
from sayso.adapters.dynamodb.updates import set_expression
from sayso.domain.coupon import Coupon
from sayso.services.ports.issuing import CodeTaken

_KEYS = ("pk", "sk")
# What later runs of the same campaign change about a code that is one for all.
_RENEWED = ("run_id", "valid_from", "valid_until", "places", "expires_at")


def code_key(client: Any, table: str) -> StoredKey:
    """The key that codes are derived with, read when first needed."""
    return StoredKey(client, table, keys.code_key())


def issue(table: str, coupon: Coupon) -> dict[str, Any]:
    """The action that keeps a person's coupon, unless the code is somebody else's.

    Who has it already, by an earlier delivery or an earlier text of the run, has it as it stands:
    with its uses, and valid from when it was given out.
    """
    item = coupon_item(coupon)
    values = {f":{name}": value for name, value in item.items() if name not in _KEYS}
    sets = ", ".join(f"#{name[1:]} = if_not_exists(#{name[1:]}, {name})" for name in values)
    return {
        "Update": {
            "TableName": table,
            "Key": {name: item[name] for name in _KEYS},
            "UpdateExpression": f"SET {sets}",
            "ConditionExpression": "attribute_not_exists(pk)"
            " OR (#run_id = :run_id AND #phone = :phone)",
            "ExpressionAttributeNames": {f"#{name[1:]}": name[1:] for name in values},
            "ExpressionAttributeValues": values,
        }
    }


def unused(table: str, coupon: Coupon) -> dict[str, Any]:
    """The action that lets a person be reminded of a coupon only if they have not redeemed it."""
    values = {":run_id": coupon.run_id, ":phone": coupon.phone, ":none": 0}
    return {
        "ConditionCheck": {
            "TableName": table,
            "Key": to_item(keys.coupon(coupon.code)),
            "ConditionExpression": "run_id = :run_id AND phone = :phone AND uses = :none",
            "ExpressionAttributeValues": to_item(values),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


@dataclass(frozen=True, slots=True)
class DynamoSharedCodes:
    """SharedCodes on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def open(self, coupon: Coupon, now: datetime, instead_of: str = "") -> None:
        """See services.ports.issuing.SharedCodes."""
        item = coupon_item(coupon)
        if self._renewed(item) or self._taken(item, now, instead_of):
            return
        owner = self._owner(coupon.code)
        if owner == coupon.campaign_id:
            return  # another worker has just opened it
        raise CodeTaken(owner)

    def _renewed(self, item: Item) -> bool:
        """Whether it was the campaign's own, and now is its newest run's."""
        attributes = {name: item[name] for name in _RENEWED if name in item}
        cleared = [name for name in _RENEWED if name not in item]
        change = set_expression(attributes, cleared)
        change["ExpressionAttributeValues"][":campaign"] = item["campaign_id"]
        return self._done(
            self.client.update_item,
            Key={name: item[name] for name in _KEYS},
            ConditionExpression="campaign_id = :campaign",
            **change,
        )

    def _taken(self, item: Item, now: datetime, instead_of: str) -> bool:
        """Whether it was free, or has become so."""
        return self._done(
            self.client.put_item,
            Item=item,
            ConditionExpression="attribute_not_exists(pk) OR valid_until < :now"
            " OR campaign_id = :other",
            ExpressionAttributeValues=to_item({":now": now, ":other": instead_of or "-"}),
        )

    def _owner(self, code: str) -> str:
        found = self.client.get_item(
            TableName=self.table, Key=to_item(keys.coupon(code)), ConsistentRead=True
        ).get("Item")
        return coupon_from(found).campaign_id if found else ""

    def _done(self, write: Any, **request: Any) -> bool:
        try:
            write(TableName=self.table, **request)
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True
