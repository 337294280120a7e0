"""The desk of web hooks, wired to a function's settings."""

from typing import Any

from sayso.adapters.aws import client
from sayso.adapters.dynamodb.activities import DynamoActivities
from sayso.adapters.dynamodb.deliveries import DynamoDeliveries
from sayso.adapters.dynamodb.webhooks import DynamoWebhooks
from sayso.adapters.ids import first_id, new_id, time_of
from sayso.adapters.queues import SERVICE, SqsNotices
from sayso.adapters.webhook_secrets import new_secret
from sayso.handlers.settings import optional, required
from sayso.services.webhooks import WebhookDesk


def webhook_desk(dynamodb: Any, table: str) -> WebhookDesk:
    """What stands behind `/admin/webhooks`."""
    return WebhookDesk(
        store=DynamoWebhooks(dynamodb, table),
        log=DynamoDeliveries(dynamodb, table),
        activities=DynamoActivities(dynamodb, table),
        queue=SqsNotices(client(SERVICE), required("NOTICES_QUEUE_URL")),
        new_id=new_id,
        new_secret=new_secret,
        first_id=first_id,
        time_of=time_of,
        may_be_private=may_be_private(),
    )


def may_be_private() -> bool:
    """Whether endpoints may lie off the open internet, by the deployment's settings."""
    return optional("WEBHOOKS_REACH") == "private"
