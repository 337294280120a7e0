"""The answers' side of delivery events, on the items of inbound texts."""

from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.exchange import ReplyState
from sayso.domain.slot import Result


@dataclass(frozen=True, slots=True)
class DynamoReplies:
    """ReplyStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def settle_reply(self, phone: str, exchange_id: str, result: Result) -> None:
        """An event of any kind proves that the carrier had the answer; see ReplyStore.

        `reply_delivery` is where the answer ended up, `reply_reason` why it did not arrive.
        """
        values = {
            ":sent": ReplyState.SENT,
            ":message": result.message_id,
            ":delivery": result.state,
            ":reason": result.reason or "none",
            ":moving": ReplyState.SENT,
        }
        try:
            self.client.update_item(
                TableName=self.table,
                Key=to_item(keys.inbound_text(phone, exchange_id)),
                UpdateExpression="SET reply_state = :sent, reply_message_id = :message,"
                " reply_delivery = :delivery, reply_delivery_reason = :reason",
                ConditionExpression="attribute_exists(pk) AND"
                " (attribute_not_exists(reply_delivery) OR reply_delivery = :moving)",
                ExpressionAttributeValues=to_item(values),
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return  # its end is known already, or the text it answered is not
