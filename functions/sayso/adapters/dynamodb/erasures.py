"""Erasing a number's traces from the table, as often as it takes.

No item is deleted, so that the functions that answer customers need no right to delete: texts lose
their words at once and all else by their lifetime, which ends now.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, timestamp, to_item
from sayso.adapters.dynamodb.ledger import erased_item, line_from
from sayso.adapters.dynamodb.updates import set_expression
from sayso.domain.contact import Status
from sayso.domain.erasure import erasable, erased, newest_erasure
from sayso.domain.ledger import Entry
from sayso.services.ports.erasures import Traces

_WORDS = ("body", "reply")
# What a coupon knows of the person whose it is.
_OF_ITS_OWNER = ("phone", "variant", "channel", "location", "language", "clicked_at")
# A run that is under way must find whom it has texted already, and hear what became of it.
_RUNS_END_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DynamoErasures:
    """Erasures on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def erase(self, phone: str, now: datetime) -> Traces:
        items = list(self._items(phone, "LEDGER#"))
        lines = [line_from(item) for item in items]
        asked = newest_erasure(lines)
        if asked is None:
            return Traces()
        entries = sum(self._leave_place(phone, entry) for entry in erasable(lines))
        texts = sum(self._end_text(item, asked, now) for item in self._items(phone, "IN#"))
        slots = sum(self._end_run(item, asked, now) for item in self._items(phone, "RUN#"))
        for prefix in ("DID#", "ACT#"):
            for item in self._items(phone, prefix):
                self._end_slot(item, asked, now)
        for item in self._items(phone, "SERIES#"):
            self._end_enrolment(item, asked, now)
        self._forget_run(phone)
        return Traces(entries, texts, slots)

    def _items(self, phone: str, prefix: str) -> Iterator[Item]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues=to_item(
                {":pk": keys.subscriber(phone)["pk"], ":prefix": prefix}
            ),
            ConsistentRead=True,
        )
        return (item for page in pages for item in page["Items"])

    def _leave_place(self, phone: str, entry: Entry) -> bool:
        """Replace the entry that was read by its place, and no other one."""
        return self._done(
            self.client.put_item,
            Item=erased_item(phone, erased(entry)),
            ConditionExpression="digest = :digest",
            ExpressionAttributeValues=to_item({":digest": entry.digest}),
        )

    def _end_text(self, item: Item, asked: Entry, now: datetime) -> bool:
        """A text that came before the one that asks: without words, to be deleted by the table."""
        is_older = item["received_at"]["S"] < timestamp(asked.evidence.at)
        is_asking = item["message_id"]["S"] == asked.evidence.message_id
        if not is_older or is_asking or not (item.keys() & set(_WORDS)):
            return False
        # The rule may name a keyword, and so a store.
        changes = {"rule": "erased", "expires_at": int(now.timestamp())}
        return self._change(item, changes, cleared=_WORDS)

    def _end_slot(self, item: Item, asked: Entry, now: datetime) -> bool:
        last = int((now + _RUNS_END_WITHIN).timestamp())
        is_older = item.get("touched_at", {"S": ""})["S"] < timestamp(asked.evidence.at)
        if not is_older or int(item["expires_at"]["N"]) <= last:
            return False
        return self._change(item, {"expires_at": last}, cleared=("code",))

    def _end_run(self, item: Item, asked: Entry, now: datetime) -> bool:
        if "code" in item:
            self._withdraw_coupon(item["code"]["S"], item["phone"]["S"], asked, now)
        return self._end_slot(item, asked, now)

    def _withdraw_coupon(self, code: str, phone: str, asked: Entry, now: datetime) -> None:
        """Its uses stay for the shop's books: nobody can tell any more whose they were."""
        names = {f"#{name}": name for name in _OF_ITS_OWNER}
        values = {":phone": phone, ":asked": asked.evidence.at, ":now": now}
        self._done(
            self.client.update_item,
            Key=to_item(keys.coupon(code)),
            UpdateExpression=f"SET withdrawn_at = :now REMOVE {', '.join(names)}",
            ConditionExpression="#phone = :phone AND issued_at < :asked",
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=to_item(values),
        )

    def _end_enrolment(self, item: Item, asked: Entry, now: datetime) -> None:
        """Who waits in a bucket, a year perhaps, stays countable there, and nothing more."""
        if item["happened_at"]["S"] >= timestamp(asked.evidence.at):
            return
        from sayso.domain.listed import Listed  # noqa: PLC0415 (nobody else here needs it)

        known = [one.name for one in fields(Listed) if one.name != "phone"]
        values = from_item(item)
        self._done(
            self.client.update_item,
            Key=to_item(keys.due(values["run_id"], values.get("place", ""), values["phone"])),
            UpdateExpression="REMOVE " + ", ".join(f"#{name}" for name in known),
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames={f"#{name}": name for name in known},
        )
        self._end_slot(item, asked, now)

    def _change(self, item: Item, changes: dict[str, Any], cleared: tuple[str, ...] = ()) -> bool:
        expression = set_expression(to_item(changes), cleared=cleared)
        key = {"pk": item["pk"], "sk": item["sk"]}
        condition = "attribute_exists(pk)"
        return self._done(
            self.client.update_item, Key=key, ConditionExpression=condition, **expression
        )

    def _forget_run(self, phone: str) -> None:
        """Which campaign texted the number last; not if it has joined anew meanwhile."""
        self._done(
            self.client.update_item,
            Key=to_item(keys.subscriber(phone)),
            UpdateExpression="REMOVE last_run, last_run_at, last_run_groups",
            ConditionExpression="#status = :forgotten",
            ExpressionAttributeNames={"#status": "status"},
            ExpressionAttributeValues=to_item({":forgotten": Status.FORGOTTEN}),
        )

    def _done(self, write: Any, **request: Any) -> bool:
        """Whether the write's condition held: what has changed meanwhile is left alone."""
        try:
            write(TableName=self.table, **request)
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True
