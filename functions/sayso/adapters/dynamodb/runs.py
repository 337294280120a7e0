"""Runs in the table: each a partition with its slices, its counters and the ends of its batches.

`BATCH#` and `PARKED#` sort before `RUN`, `SLICE#` and `STATS#`: a run's progress is one query that
leaves the batches, of which there may be many thousands, aside.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.adapters.dynamodb.versions import versions_from, versions_values
from sayso.domain.offer import Links, Offer
from sayso.domain.recipient import Recipient
from sayso.domain.run import Batch, Plan, Progress, Run, RunState, Slice
from sayso.services.ports.campaigns import PlanChanged

_NO_COUNTERS = frozenset({"pk", "sk", "expires_at"})


def run_put(table: str, before: Run | None, after: Run) -> dict[str, Any]:
    """The action that writes a run, if it is in the state that `before` has (None: not there)."""
    put: dict[str, Any] = {"TableName": table, "Item": run_item(after)}
    if before is None:
        put["ConditionExpression"] = "attribute_not_exists(pk)"
    else:
        put["ConditionExpression"] = "#state = :before"
        put["ExpressionAttributeNames"] = {"#state": "state"}
        put["ExpressionAttributeValues"] = {":before": {"S": before.state}}
    return {"Put": put}


def run_from(item: Mapping[str, Any]) -> Run:
    """The run that an item holds."""
    values = from_item(item)
    due_at = parse_time(values["due_at"])
    if due_at is None:
        raise ValueError("a run without its time")
    return Run(
        id=values["id"],
        campaign_id=values["campaign_id"],
        body=values["body"],
        due_at=due_at,
        timezone=values["timezone"],
        locations=tuple(values["locations"]),
        state=RunState(values["state"]),
        launched_at=parse_time(values.get("launched_at")),
        ended_at=parse_time(values.get("ended_at")),
        where=values.get("where", ""),
        versions=versions_from(values.get("versions")),
        valid_until=parse_time(values.get("valid_until")),
        spend_limit=values.get("spend_limit"),
        resumed_at=parse_time(values.get("resumed_at")),
        exit_on_reply=values.get("exit_on_reply", False),
        valid_from=parse_time(values.get("valid_from")),
        offer=Offer.of(values.get("offer")),
        links=Links(values.get("links", {})),
        reminds_of=values.get("reminds_of", ""),
        offer_ends=parse_time(values.get("offer_ends")),
    )


def read_progress(client: Any, table: str, run_id: str) -> Progress | None:
    """The run, its plans and its counters; None where there is no such run."""
    run: Run | None = None
    plans: list[Plan] = []
    tally: Counter[str] = Counter()
    for item in _partition(client, table, run_id):
        kind, _, _ = item["sk"]["S"].partition("#")
        if kind == "SLICE":
            plans.append(_plan_from(item))
        elif kind == "STATS":
            tally.update(
                {name: n for name, n in from_item(item).items() if name not in _NO_COUNTERS}
            )
        else:
            run = run_from(item)
    return Progress(run, tuple(plans), tally) if run else None


@dataclass(frozen=True, slots=True)
class DynamoPlans:
    """PlanStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def plan(self, piece: Slice) -> Plan | None:
        answer = self.client.get_item(
            TableName=self.table, Key=to_item(_slice_key(piece)), ConsistentRead=True
        )
        return _plan_from(answer["Item"]) if "Item" in answer else None

    def record(self, plan: Plan, now: datetime) -> None:
        put: dict[str, Any] = {"TableName": self.table, "Item": plan_item(plan, now)}
        if plan.revision == 1:
            put["ConditionExpression"] = "attribute_not_exists(pk)"
        else:
            put["ConditionExpression"] = "#revision = :before"
            put["ExpressionAttributeNames"] = {"#revision": "revision"}
            put["ExpressionAttributeValues"] = {":before": {"N": str(plan.revision - 1)}}
        try:
            self.client.put_item(**put)
        except self.client.exceptions.ConditionalCheckFailedException:
            raise PlanChanged("the slice is being planned elsewhere") from None


def _partition(client: Any, table: str, run_id: str) -> Iterator[Item]:
    key = keys.run(run_id)
    request: dict[str, Any] = {
        "TableName": table,
        "KeyConditionExpression": "pk = :run AND sk >= :first",
        "ExpressionAttributeValues": {":run": {"S": key["pk"]}, ":first": {"S": key["sk"]}},
        "ConsistentRead": True,
    }
    while True:
        answer = client.query(**request)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def run_item(run: Run) -> Item:
    return to_item(
        {
            **keys.run(run.id),
            "id": run.id,
            "campaign_id": run.campaign_id,
            "body": run.body,
            "due_at": run.due_at,
            "timezone": run.timezone,
            "locations": run.locations,
            "state": run.state,
            "launched_at": run.launched_at,
            "ended_at": run.ended_at,
            "where": run.where,
            "versions": versions_values(run.versions),
            "valid_until": run.valid_until,
            "spend_limit": run.spend_limit,
            "resumed_at": run.resumed_at,
            "exit_on_reply": run.exit_on_reply,
            "valid_from": run.valid_from,
            "offer": run.offer.values() if run.offer else None,
            "links": run.links.targets or None,
            "reminds_of": run.reminds_of,
            "offer_ends": run.offer_ends,
            "expires_at": keys.expires_at(run.due_at),
        }
    )


def _slice_key(piece: Slice) -> keys.Key:
    return keys.slice_(piece.run_id, piece.location, piece.shard)


def plan_item(plan: Plan, now: datetime) -> Item:
    return to_item(
        {
            **_slice_key(plan.slice),
            "run_id": plan.slice.run_id,
            "location": plan.slice.location,
            "shard": plan.slice.shard,
            "targeted": plan.targeted,
            "batches": plan.batches,
            "position": plan.position,
            "queued": [
                {"id": batch.id, "people": [asdict(one) for one in batch.recipients]}
                for batch in plan.queued
            ],
            "is_complete": plan.is_complete,
            "revision": plan.revision,
            "expires_at": keys.expires_at(now),
        }
    )


def _plan_from(item: Mapping[str, Any]) -> Plan:
    values = from_item(item)
    return Plan(
        slice=Slice(values["run_id"], values.get("location", ""), values["shard"]),
        targeted=values["targeted"],
        batches=values["batches"],
        position=values.get("position", ""),
        queued=tuple(
            Batch(one["id"], tuple(_recipient_from(person) for person in one["people"]))
            for one in values["queued"]
        ),
        is_complete=values["is_complete"],
        revision=values["revision"],
    )


def _recipient_from(values: Mapping[str, Any]) -> Recipient:
    return Recipient(**{**values, "since": parse_time(values.get("since"))})
