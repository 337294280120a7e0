"""What the shop notes about subscribers, on their items, where no text of theirs writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.domain.contact import Contact, Status
from sayso.domain.segment.filters import Event
from sayso.services.ports.profiles import ProfileChanged

_REMEMBERED = "attribute_exists(pk) AND #status <> :forgotten"


@dataclass(frozen=True, slots=True)
class DynamoProfiles:
    """ProfileStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def get(self, phone: str) -> Contact | None:
        return DynamoSubscribers(self.client, self.table).get(phone)

    def write(self, before: Contact, attributes: Mapping[str, str]) -> None:
        values: dict[str, Any] = {":before": dict(before.attributes)} if before.attributes else {}
        as_read = "#notes = :before" if before.attributes else "attribute_not_exists(#notes)"
        change = "SET #notes = :after" if attributes else "REMOVE #notes"
        values |= {":after": dict(attributes)} if attributes else {}
        condition = f"{as_read} AND {_REMEMBERED}"
        if not self._update(before.phone, change, condition, {"#notes": "attributes"}, values):
            raise ProfileChanged("the notes have changed")

    def note(self, phone: str, event: Event, at: datetime) -> bool:
        names, values = {"#newest": f"{event}_at"}, {":at": at}
        is_newer = "(attribute_not_exists(#newest) OR #newest < :at)"
        change, condition = "SET #newest = :at", f"{is_newer} AND {_REMEMBERED}"
        if self._update(phone, change, condition, names, values):
            return True
        contact = self.get(phone)
        return contact is not None and contact.status is not Status.FORGOTTEN

    def _update(
        self,
        phone: str,
        change: str,
        condition: str,
        names: Mapping[str, str],
        values: Mapping[str, Any],
    ) -> bool:
        """Whether the condition held and the change was made."""
        try:
            self.client.update_item(
                TableName=self.table,
                Key=to_item(keys.subscriber(phone)),
                UpdateExpression=change,
                ConditionExpression=condition,
                ExpressionAttributeNames={"#status": "status", **names},
                ExpressionAttributeValues=to_item({":forgotten": Status.FORGOTTEN, **values}),
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True
