"""Imports in the table: one partition, newest first by their time-sortable ids."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.imports.job import Import, ImportState, Tally
from sayso.domain.imports.rows import Reason
from sayso.domain.imports.values import DateOrder
from sayso.services.ports.imports import ImportChanged, ImportPage

_FIELDS = tuple(one.name for one in fields(Import) if one.name != "tally")
_COUNTS = ("row", "read", "imported", "already_in")


@dataclass(frozen=True, slots=True)
class DynamoImports:
    """ImportStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def get(self, import_id: str) -> Import | None:
        key = to_item(keys.import_(import_id))
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return import_from(answer["Item"]) if "Item" in answer else None

    def page(self, limit: int, position: str = "") -> ImportPage:
        request: dict[str, Any] = {
            "TableName": self.table,
            "KeyConditionExpression": "pk = :imports",
            "ExpressionAttributeValues": {":imports": {"S": keys.IMPORT}},
            "ScanIndexForward": False,
            "ConsistentRead": True,
            "Limit": limit,
        }
        if position:
            request["ExclusiveStartKey"] = to_item(keys.import_(position))
        answer = self.client.query(**request)
        last = answer.get("LastEvaluatedKey", {})
        found = tuple(import_from(item) for item in answer["Items"])
        return ImportPage(found, last["sk"]["S"] if last else "")

    def save(self, before: Import | None, after: Import) -> None:
        put: dict[str, Any] = {"TableName": self.table, "Item": import_item(after)}
        if before is None:
            put["ConditionExpression"] = "attribute_not_exists(pk)"
        else:
            put["ConditionExpression"] = "#revision = :before"
            put["ExpressionAttributeNames"] = {"#revision": "revision"}
            put["ExpressionAttributeValues"] = {":before": {"N": str(before.revision)}}
        try:
            self.client.put_item(**put)
        except self.client.exceptions.ConditionalCheckFailedException:
            raise ImportChanged(after.id) from None


def import_item(job: Import) -> Item:
    """The whole item of an import, its key included."""
    tally = {name: getattr(job.tally, name) for name in _COUNTS}
    values = {name: getattr(job, name) for name in _FIELDS}
    return to_item(
        keys.import_(job.id) | values | {"tally": tally, "refused": dict(job.tally.refused)}
    )


def import_from(item: Mapping[str, Any]) -> Import:
    """The import that an item holds."""
    values = from_item(item)
    refused = {Reason(name): count for name, count in values.get("refused", {}).items()}
    known = {name: values[name] for name in _FIELDS if name in values}
    known["dates"] = DateOrder(values["dates"])
    known["state"] = ImportState(values["state"])
    known |= {name: parse_time(values[name]) for name in ("created_at", "updated_at")}
    return Import(**known, tally=Tally(**values["tally"], refused=refused))
