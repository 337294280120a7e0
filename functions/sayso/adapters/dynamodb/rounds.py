"""The daily rounds in the table, and what they find on the carrier's list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.changes import new_item
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.upkeep import Phase, Round
from sayso.services.ports.upkeep import Overtaken


@dataclass(frozen=True, slots=True)
class DynamoRounds:
    """RoundStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def open(self, round_id: str, now: datetime) -> Round:
        started = Round(round_id, now)
        try:
            transact(self.client, [new_item(self.table, _round_item(started))])
        except Cancelled as cancelled:
            return _round_from(cancelled.failed[0])
        return started

    def advance(self, before: Round, after: Round, listed: Sequence[str], now: datetime) -> None:
        put = {
            "TableName": self.table,
            "Item": _round_item(after),
            "ConditionExpression": "#step = :before",
            "ExpressionAttributeNames": {"#step": "step"},
            "ExpressionAttributeValues": to_item({":before": before.step}),
        }
        actions: list[dict[str, Any]] = [{"Put": put}]
        if listed:
            actions.append(new_item(self.table, _listed_item(after, listed, now)))
        try:
            transact(self.client, actions)
        except Cancelled:
            raise Overtaken(before.id) from None

    def listed(self, round_id: str) -> set[str]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=to_item({":pk": keys.listed(round_id, 0)["pk"]}),
            ConsistentRead=True,
        )
        return {
            phone["S"] for page in pages for item in page["Items"] for phone in item["phones"]["L"]
        }

    def newest(self, limit: int, after: str = "") -> list[Round]:
        request: dict[str, Any] = {
            "TableName": self.table,
            "KeyConditionExpression": "pk = :rounds",
            "ExpressionAttributeValues": to_item({":rounds": keys.UPKEEP}),
            "ScanIndexForward": False,
            "ConsistentRead": True,
            "Limit": limit,
        }
        if after:
            request["ExclusiveStartKey"] = to_item(keys.upkeep(after))
        answer = self.client.query(**request)
        return [_round_from(item) for item in answer["Items"]]


def _round_item(one: Round) -> Item:
    return to_item(
        {
            **keys.upkeep(one.id),
            "started_at": one.started_at,
            "phase": one.phase,
            "position": one.position,
            "step": one.step,
            "ended_at": one.ended_at,
            "counts": one.counts,
            "expires_at": keys.expires_at(one.started_at),
        }
    )


def _round_from(item: Mapping[str, Any]) -> Round:
    values = from_item(item)
    started_at = parse_time(values["started_at"])
    if started_at is None:
        raise ValueError("a round without its time")
    return Round(
        id=values["sk"],
        started_at=started_at,
        phase=Phase(values["phase"]),
        position=values.get("position", ""),
        step=values["step"],
        ended_at=parse_time(values.get("ended_at")),
        counts=values.get("counts", {}),
    )


def _listed_item(after: Round, phones: Sequence[str], now: datetime) -> Item:
    key = keys.listed(after.id, after.step)
    lifetime = {"expires_at": keys.expires_soon_at(now)}
    return to_item(key | {"phones": list(phones)} | lifetime)
