"""The transactions in which a coupon is used, and a use of it taken back."""

from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.coupon_items import use_item
from sayso.adapters.dynamodb.items import to_attribute, to_item
from sayso.domain.comparing import Outcome
from sayso.domain.coupon import Coupon, Use
from sayso.domain.redeeming import used
from sayso.domain.slot import Tally
from sayso.domain.takings import taken

# Where these stand among the actions.
COUPON, USE = 0, 1
_LAST = ("last_use", "last_used_at", "last_used_place")
Action = dict[str, Any]


def redemption(table: str, before: Coupon, use: Use, *, is_first: bool) -> list[Action]:
    """Use, coupon, the run's counters; `is_first` also notes that its owner counts as redeemed."""
    actions = [
        _coupon(table, before, used(before, use)),
        _new_use(table, use),
        _count(table, before, use, taken(before, use, is_first=is_first)),
    ]
    if use.staff:
        actions.append(_entered(table, use))
    if is_first and before.phone:
        actions.append(_note(table, before, use))
    return actions


def taking_back(
    table: str, before: Coupon, use: Use, after: Coupon, now: datetime, *, is_last: bool
) -> list[Action]:
    """The same, undone; `is_last` also that its owner counts as redeemed."""
    taken_back = taken(before, use, is_first=is_last)
    actions = [
        _coupon(table, before, after),
        _undone(table, use, now),
        _count(table, before, use, Tally({name: -n for name, n in taken_back.items()})),
    ]
    if is_last and before.phone:
        actions.append(_unnote(table, before, now))
    return actions


def _coupon(table: str, before: Coupon, after: Coupon) -> Action:
    """A code that all share has no limit: its uses need not wait for each other's reads."""
    last = {name: getattr(after, name) for name in _LAST}
    kept = to_item(last)
    sets = ", ".join(f"{name} = :{name}" for name in kept)
    gone = ", ".join(name for name in last if name not in kept)
    as_read = "attribute_exists(pk)" if before.most_uses == 0 else "uses = :before"
    values = to_item({":change": after.uses - before.uses})
    if before.most_uses:
        values |= to_item({":before": before.uses})
    return {
        "Update": {
            "TableName": table,
            "Key": to_item(keys.coupon(before.code)),
            "UpdateExpression": " ".join(
                [
                    "ADD uses :change",
                    f"SET {sets}" if sets else "",
                    f"REMOVE {gone}" if gone else "",
                ]
            ).strip(),
            "ConditionExpression": as_read,
            "ExpressionAttributeValues": values | {f":{name}": kept[name] for name in kept},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _new_use(table: str, use: Use) -> Action:
    return {
        "Put": {
            "TableName": table,
            "Item": use_item(use),
            "ConditionExpression": "attribute_not_exists(pk)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _undone(table: str, use: Use, now: datetime) -> Action:
    return {
        "Update": {
            "TableName": table,
            "Key": to_item(keys.use(use.code, use.id)),
            "UpdateExpression": "SET undone_at = :now",
            "ConditionExpression": "attribute_exists(pk) AND attribute_not_exists(undone_at)",
            "ExpressionAttributeValues": to_item({":now": now}),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _count(table: str, coupon: Coupon, use: Use, change: Tally) -> Action:
    names = {f"#n{at}": name for at, name in enumerate(change)}
    values = {f":n{at}": to_attribute(n) for at, n in enumerate(change.values())}
    adds = ", ".join(f"#n{at} :n{at}" for at in range(len(change)))
    # By the shard: a good day at the counter is no hot counter.
    counter = f"deeds{keys.shard_of(coupon.phone or use.id)}"
    run_id = keys.series_of(coupon.run_id) or coupon.run_id
    return {
        "Update": {
            "TableName": table,
            "Key": to_item(keys.stats(run_id, counter)),
            "UpdateExpression": f"ADD {adds} SET expires_at = :expires_at",
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values | to_item({":expires_at": keys.expires_at(use.at)}),
        }
    }


def _entered(table: str, use: Use) -> Action:
    values = {"code": use.code, "use_id": use.id, "expires_at": keys.expires_soon_at(use.at)}
    return {"Put": {"TableName": table, "Item": to_item(keys.entered(use.staff) | values)}}


def _note(table: str, coupon: Coupon, use: Use) -> Action:
    """As what a till reports is noted, so that whatever comes second counts nothing."""
    key = keys.deed(coupon.phone, coupon.run_id, Outcome.REDEEMED)
    values = {"code": coupon.code, "touched_at": use.at, "expires_at": keys.expires_at(use.at)}
    return {
        "Put": {
            "TableName": table,
            "Item": to_item(key | values),
            "ConditionExpression": "attribute_not_exists(pk) OR attribute_exists(undone_at)",
        }
    }


def _unnote(table: str, coupon: Coupon, now: datetime) -> Action:
    """It stays, since nothing here may delete, and counts as if it were gone."""
    key = keys.deed(coupon.phone, coupon.run_id, Outcome.REDEEMED)
    return {
        "Update": {
            "TableName": table,
            "Key": to_item(key),
            "UpdateExpression": "SET undone_at = :now",
            "ConditionExpression": "code = :code AND attribute_not_exists(undone_at)",
            "ExpressionAttributeValues": to_item({":now": now, ":code": coupon.code}),
        }
    }
