"""The catalog in the table: one partition, read by one query, each write bumping its revision.

The head item `PROGRAM` carries the `revision` even before a program is set up, since locations
and keywords may be entered first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.catalog import (
    Caps,
    Catalog,
    Keyword,
    KeywordAction,
    Location,
    OptIn,
    Program,
    SpendLimits,
    Staff,
    Translation,
)
from sayso.services.ports.catalog import CatalogChanged


def read_catalog(client: Any, table: str) -> Catalog:
    """The whole catalog by one consistent query (half a read unit per 2 KB of it)."""
    program: Program | None = None
    revision = 0
    locations: list[Location] = []
    keywords: list[Keyword] = []
    staff: list[Staff] = []
    for item in _partition(client, table):
        kind, _, _ = item["sk"].partition("#")
        if kind == "LOCATION":
            locations.append(_location_from(item))
        elif kind == "KEYWORD":
            keywords.append(_keyword_from(item))
        elif kind == "STAFF":
            staff.append(Staff(**_known(Staff, item)))
        else:
            revision = item["revision"]
            program = _program_from(item) if "name" in item else None
    return Catalog(program, tuple(locations), tuple(keywords), revision, tuple(staff))


@dataclass(frozen=True, slots=True)
class DynamoCatalog:
    """The CatalogStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def load(self) -> Catalog:
        return read_catalog(self.client, self.table)

    def put_program(self, program: Program, read: Catalog) -> None:
        item = keys.program() | asdict(program) | {"revision": read.revision + 1}
        put = {"TableName": self.table, "Item": to_item(item)} | _unless_changed(read)
        self._transact({"Put": put})

    def put_location(self, location: Location, read: Catalog) -> None:
        self._write(read, self._put(keys.location(location.code), asdict(location)))

    def delete_location(self, code: str, read: Catalog) -> None:
        self._write(read, self._delete(keys.location(code)))

    def put_keyword(self, keyword: Keyword, read: Catalog) -> None:
        self._write(read, self._put(keys.keyword(keyword.word), asdict(keyword)))

    def delete_keyword(self, word: str, read: Catalog) -> None:
        self._write(read, self._delete(keys.keyword(word)))

    def put_staff(self, member: Staff, read: Catalog) -> None:
        self._write(read, self._put(keys.staff(member.phone), asdict(member)))

    def delete_staff(self, phone: str, read: Catalog) -> None:
        self._write(read, self._delete(keys.staff(phone)))

    def _put(self, key: keys.Key, values: dict[str, Any]) -> dict[str, Any]:
        return {"Put": {"TableName": self.table, "Item": to_item(key | values)}}

    def _delete(self, key: keys.Key) -> dict[str, Any]:
        return {"Delete": {"TableName": self.table, "Key": to_item(key)}}

    def _write(self, read: Catalog, change: dict[str, Any]) -> None:
        """The change and the new revision, together or not at all."""
        condition = _unless_changed(read)
        values = condition.get("ExpressionAttributeValues", {}) | to_item({":one": 1})
        bump = condition | {
            "TableName": self.table,
            "Key": to_item(keys.program()),
            "UpdateExpression": "ADD revision :one",
            "ExpressionAttributeValues": values,
        }
        self._transact({"Update": bump}, change)

    def _transact(self, *actions: dict[str, Any]) -> None:
        try:
            transact(self.client, actions)
        except Cancelled:
            raise CatalogChanged from None


def _unless_changed(read: Catalog) -> dict[str, Any]:
    if read.revision == 0:
        return {"ConditionExpression": "attribute_not_exists(revision)"}
    return {
        "ConditionExpression": "revision = :read",
        "ExpressionAttributeValues": to_item({":read": read.revision}),
    }


def _partition(client: Any, table: str) -> Iterator[dict[str, Any]]:
    request = {
        "TableName": table,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": to_item({":pk": keys.PROGRAM}),
        "ConsistentRead": True,
    }
    while True:
        page = client.query(**request)
        yield from map(from_item, page["Items"])
        if "LastEvaluatedKey" not in page:
            return
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _program_from(item: Mapping[str, Any]) -> Program:
    values = _known(Program, item)
    values["opt_in"] = OptIn(item["opt_in"])
    values["caps"] = Caps(**item["caps"])
    values["spend_limits"] = SpendLimits(**item.get("spend_limits", {}))
    values["translations"] = tuple(Translation(**one) for one in item.get("translations", ()))
    values["staff_phones"] = tuple(item.get("staff_phones", ()))
    return Program(**values)


def _location_from(item: Mapping[str, Any]) -> Location:
    values = _known(Location, item)
    values["aliases"] = tuple(values.get("aliases", ()))
    if "hours" in values:
        values["hours"] = tuple(map(tuple, values["hours"]))
    if "holidays" in values:
        values["holidays"] = tuple((day, tuple(map(tuple, at))) for day, at in values["holidays"])
    return Location(**values)


def _keyword_from(item: Mapping[str, Any]) -> Keyword:
    values = _known(Keyword, item)
    values["action"] = KeywordAction(item["action"])
    return Keyword(**values)


def _known(kind: type, item: Mapping[str, Any]) -> Item:
    """The item's values for the fields of `kind`; what a later version added is left out."""
    return {one.name: item[one.name] for one in fields(kind) if one.name in item}
