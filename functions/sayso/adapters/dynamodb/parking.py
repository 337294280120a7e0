"""Tasks that lie under their run: one item each, in the order of what they wait for.

`PARKED#` sorts before `RUN`, so that reading a run's progress leaves them aside.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.adapters.queues import batch_message, parse_batch
from sayso.domain.run import RunState
from sayso.services.ports.parking import NotPaused, Parked, ParkedPage
from sayso.services.ports.queues import BatchTask

_FOR_RESUMING = "PAUSED"
_TIME = "%Y%m%dT%H%M%SZ"
# As many as one transaction can remove.
_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class DynamoParking:
    """Parking on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def park(self, task: BatchTask, ticket: str, until: datetime | None, now: datetime) -> None:
        key = keys.parked(task.run_id, _group(until), f"{task.batch_id}#{ticket}")
        item = key | {"task": batch_message(task), "expires_at": keys.expires_at(now)}
        put = {"TableName": self.table, "Item": to_item(item)}
        if until:
            self.client.put_item(**put)
            return
        try:
            transact(self.client, [{"Put": put}, self._if_paused(task.run_id)])
        except Cancelled:
            raise NotPaused(task.run_id) from None

    def page(self, run_id: str, until: datetime | None, position: str = "") -> ParkedPage:
        first = keys.parked(run_id, _group(until), "")
        request: dict[str, Any] = {
            "TableName": self.table,
            "KeyConditionExpression": "pk = :run AND begins_with(sk, :first)",
            "ExpressionAttributeValues": to_item({":run": first["pk"], ":first": first["sk"]}),
            "ConsistentRead": True,
            "Limit": _A_PAGE,
        }
        if position:
            request["ExclusiveStartKey"] = to_item({"pk": first["pk"], "sk": position})
        answer = self.client.query(**request)
        last = answer.get("LastEvaluatedKey", {})
        parked = tuple(_parked(item) for item in answer["Items"])
        return ParkedPage(parked, last["sk"]["S"] if last else "")

    def openings(self, run_id: str) -> list[datetime]:
        """One read of one item for each of them, whatever the number of tasks."""
        found: list[datetime] = []
        last = keys.parked(run_id, _FOR_RESUMING, "")
        after = keys.parked(run_id, "", "")["sk"]
        while item := self._next_item(last["pk"], after, last["sk"]):
            group = item["sk"]["S"].split("#")[1]
            found.append(datetime.strptime(group, _TIME).replace(tzinfo=UTC))
            # "$" is what follows "#": the first key after all of this group's.
            after = f"PARKED#{group}$"
        return found

    def remove(self, run_id: str, parked: ParkedPage) -> None:
        pk = keys.run(run_id)["pk"]
        deletes = [
            {"Delete": {"TableName": self.table, "Key": to_item({"pk": pk, "sk": one.key})}}
            for one in parked.parked
        ]
        if deletes:
            transact(self.client, deletes)

    def _next_item(self, pk: str, after: str, before: str) -> Item | None:
        answer = self.client.query(
            TableName=self.table,
            KeyConditionExpression="pk = :run AND sk BETWEEN :after AND :before",
            ExpressionAttributeValues=to_item({":run": pk, ":after": after, ":before": before}),
            ConsistentRead=True,
            Limit=1,
        )
        items: list[Item] = answer["Items"]
        return items[0] if items else None

    def _if_paused(self, run_id: str) -> dict[str, Any]:
        return {
            "ConditionCheck": {
                "TableName": self.table,
                "Key": to_item(keys.run(run_id)),
                "ConditionExpression": "#state = :paused",
                "ExpressionAttributeNames": {"#state": "state"},
                "ExpressionAttributeValues": to_item({":paused": RunState.PAUSED}),
            }
        }


def _group(until: datetime | None) -> str:
    return until.astimezone(UTC).strftime(_TIME) if until else _FOR_RESUMING


def _parked(item: Item) -> Parked:
    values = from_item(item)
    return Parked(values["sk"], parse_batch(values["task"]))
