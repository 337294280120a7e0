"""The count of test texts to staff, an item a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item


@dataclass(frozen=True, slots=True)
class DynamoTrials:
    """TrialStore on the table. `client` is a DynamoDB client. One write unit a text."""

    client: Any
    table: str

    def take(self, day: date, at_most: int, now: datetime) -> bool:
        """See services.ports.trials.TrialStore."""
        values = {":one": 1, ":most": at_most, ":expires": keys.expires_soon_at(now)}
        try:
            self.client.update_item(
                TableName=self.table,
                Key=to_item(keys.trials(day.isoformat())),
                UpdateExpression="ADD taken :one SET expires_at = :expires",
                ConditionExpression="attribute_not_exists(taken) OR taken < :most",
                ExpressionAttributeValues=to_item(values),
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True
