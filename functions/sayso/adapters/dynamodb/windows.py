"""Windows in the table: uses of one don't exclude each other, up to the last that fits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.limits import Use, Window
from sayso.services.ports.windows import WindowFull


@dataclass(frozen=True, slots=True)
class DynamoWindows:
    """Windows on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def read(self, names: Collection[str]) -> dict[str, Window]:
        wanted = {keys.window(name)["pk"]: name for name in names}
        items = get_items(self.client, self.table, [to_item(keys.window(one)) for one in names])
        return {wanted[item["pk"]["S"]]: window_from(item) for item in items}

    def count(self, uses: Mapping[str, Use]) -> None:
        try:
            transact(self.client, [counted(self.table, *one) for one in uses.items()])
        except Cancelled:
            raise WindowFull from None
        except self.client.exceptions.TransactionCanceledException:
            raise WindowFull from None

    def give_back(self, uses: Mapping[str, Use]) -> None:
        for name, use in uses.items():
            try:
                self.client.update_item(
                    TableName=self.table,
                    Key=to_item(keys.window(name)),
                    UpdateExpression="ADD uses :less",
                    ConditionExpression="expires_at = :ends AND uses > :none",
                    ExpressionAttributeValues=to_item(
                        {":less": -1, ":none": 0, ":ends": epoch(use.after.ends_at)}
                    ),
                )
            except self.client.exceptions.ConditionalCheckFailedException:
                continue  # a new window has begun


def counted(table: str, name: str, use: Use) -> dict[str, Any]:
    """The action that counts one use more in this window."""
    values = {":one": 1, ":ends": epoch(use.after.ends_at)}
    if not use.is_first:
        update, condition = "ADD uses :one", "expires_at = :ends AND uses < :most"
        values[":most"] = use.most
    else:
        update, condition = "SET uses = :one, expires_at = :ends", "attribute_not_exists(pk)"
    if use.is_first and use.before:
        condition = "expires_at = :ended"
        values[":ended"] = epoch(use.before.ends_at)
    return {
        "Update": {
            "TableName": table,
            "Key": to_item(keys.window(name)),
            "UpdateExpression": update,
            "ConditionExpression": condition,
            "ExpressionAttributeValues": to_item(values),
        }
    }


def window_from(item: Item) -> Window:
    """The window that an item holds."""
    values = from_item(item)
    return Window(values["uses"], datetime.fromtimestamp(values["expires_at"], UTC))


def epoch(at: datetime) -> int:
    """A time as the table's lifetimes are kept, in whole seconds."""
    return int(at.timestamp())
