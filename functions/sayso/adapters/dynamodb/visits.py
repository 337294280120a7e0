"""Visits on the subscriber items, where no text of theirs writes."""

from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.updates import set_expression
from sayso.domain.contact import Contact, Status
from sayso.services.ports.visits import VisitChanged

_NOTED = ("visits", "visited_at", "redeemed_at")


@dataclass(frozen=True, slots=True)
class DynamoVisits:
    """VisitStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def note(self, before: Contact, after: Contact) -> None:
        standing = {name: getattr(before, name) or None for name in _NOTED}
        noted = {name: getattr(after, name) or None for name in _NOTED}
        expression = set_expression(to_item(noted))
        as_read = [
            f"#{name} = :before_{name}" if value else f"attribute_not_exists(#{name})"
            for name, value in standing.items()
        ]
        values = {f":before_{name}": value for name, value in standing.items() if value}
        expression["ExpressionAttributeNames"] |= {"#status": "status"} | {
            f"#{name}": name for name in _NOTED
        }
        expression["ExpressionAttributeValues"] |= to_item(
            values | {":forgotten": Status.FORGOTTEN}
        )
        try:
            self.client.update_item(
                TableName=self.table,
                Key=to_item(keys.subscriber(before.phone)),
                ConditionExpression=" AND ".join(
                    [*as_read, "attribute_exists(pk)", "#status <> :forgotten"]
                ),
                **expression,
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            raise VisitChanged from None
