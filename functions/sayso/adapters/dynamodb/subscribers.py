"""Subscribers and their ledgers, read from the table; lists go through the sharded index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import contact_from
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.dynamodb.ledger import line_from
from sayso.adapters.dynamodb.reads import get_items
from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Line
from sayso.services.ports.subscribers import Page

# Of BatchGetItem.
_KEYS_A_CALL = 100
# A page ends early rather than keep its reader waiting for hundreds of empty partitions.
_READS_A_PAGE = 80
_HERE = (Status.SUBSCRIBED, Status.PAUSED, Status.PENDING)


class _Place(NamedTuple):
    """A point in the order of the index: after `standing` in that partition, or at its start."""

    location: str
    shard: int
    standing: str = ""

    @classmethod
    def parse(cls, text: str) -> "_Place":
        location, shard, standing = text.split("/")
        return cls(location, int(shard), standing)

    def __str__(self) -> str:
        return f"{self.location}/{self.shard}/{self.standing}"


@dataclass(frozen=True, slots=True)
class DynamoSubscribers:
    """The SubscriberStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def get(self, phone: str) -> Contact | None:
        key = to_item(keys.subscriber(phone))
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return contact_from(answer["Item"]) if "Item" in answer else None

    def ledger(self, phone: str) -> Iterator[Line]:
        first = keys.ledger_entry(phone, 0)
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :ledger)",
            ExpressionAttributeValues=to_item({":pk": first["pk"], ":ledger": "LEDGER#"}),
            ConsistentRead=True,
        )
        return (line_from(item) for page in pages for item in page["Items"])

    def page(
        self, locations: Sequence[str], status: Status | None, limit: int, after: str = ""
    ) -> Page:
        places = list(_places(locations, after))
        found: dict[str, str] = {}
        for read, place in enumerate(places):
            if read == _READS_A_PAGE:
                return Page(self._current(found, status), str(place))
            last = self._read(place, status, limit, found)
            if len(found) >= limit:
                rest = [place._replace(standing=last)] if last else places[read + 1 : read + 2]
                return Page(self._current(found, status), str(rest[0]) if rest else "")
        return Page(self._current(found, status), "")

    def has_anyone_at(self, location: str) -> bool:
        return any(
            self._query(place, status, 1)["Items"]
            for place in _places([location], "")
            for status in _HERE
        )

    def _read(self, place: _Place, status: Status | None, limit: int, found: dict[str, str]) -> str:
        """Add the partition's numbers, with their location, until `limit`; where it stopped."""
        while True:
            answer = self._query(place, status, limit - len(found))
            found |= dict.fromkeys(map(_phone_of, answer["Items"]), place.location)
            if "LastEvaluatedKey" not in answer:
                return ""
            place = place._replace(standing=answer["LastEvaluatedKey"]["gsi1sk"]["S"])
            if len(found) >= limit:
                return place.standing

    def _query(self, place: _Place, status: Status | None, limit: int) -> dict[str, Any]:
        partition = keys.audience(place.location, place.shard)
        condition, values = "gsi1pk = :partition", {":partition": partition}
        if status:
            condition += " AND begins_with(gsi1sk, :status)"
            values[":status"] = keys.standing(status, "")
        request = {
            "TableName": self.table,
            "IndexName": keys.INDEX,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": to_item(values),
            "Limit": limit,
        }
        if place.standing:
            phone = place.standing.rpartition("#")[2]
            index_key = {"gsi1pk": partition, "gsi1sk": place.standing}
            request["ExclusiveStartKey"] = to_item(keys.subscriber(phone) | index_key)
        answer: dict[str, Any] = self.client.query(**request)
        return answer

    def _current(self, found: dict[str, str], status: Status | None) -> list[Contact]:
        """The contacts as they are now, without those who have moved or changed status."""
        wanted = [to_item(keys.subscriber(phone)) for phone in found]
        items: dict[str, Item] = {}
        for start in range(0, len(wanted), _KEYS_A_CALL):
            batch = get_items(self.client, self.table, wanted[start : start + _KEYS_A_CALL])
            items |= {item["pk"]["S"]: item for item in batch}
        contacts = [
            contact_from(items[key["pk"]["S"]]) for key in wanted if key["pk"]["S"] in items
        ]
        return [
            contact
            for contact in contacts
            if contact.location == found[contact.phone] and status in (None, contact.status)
        ]


def _places(locations: Sequence[str], after: str) -> Iterator[_Place]:
    """Every partition to read, in order, from the place that `after` names."""
    start = _Place.parse(after) if after else None
    for location in sorted(locations):
        for shard in range(keys.SHARDS):
            place = _Place(location, shard)
            if start is None or place[:2] > start[:2]:
                yield place
            elif place[:2] == start[:2]:
                yield start


def _phone_of(entry: Item) -> str:
    phone: str = entry["gsi1sk"]["S"].rpartition("#")[2]
    return phone
