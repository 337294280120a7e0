"""Activities, told to the endpoints that want them: noted for each, then queued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sayso.domain.activity import Activity
from sayso.domain.webhook import Delivery, Endpoint, State
from sayso.services.ports.queues import Notice, NoticeQueue
from sayso.services.ports.webhooks import DeliveryLog, WebhookStore


@dataclass(frozen=True, slots=True)
class Telling:
    """Notes and queues what endpoints are to be told; done again, it adds nothing."""

    webhooks: WebhookStore
    log: DeliveryLog
    queue: NoticeQueue

    def tell(self, kept: Sequence[tuple[Activity, date]], now: datetime) -> int:
        """Tell whoever wants it of these activities, each with the day that it is kept under.

        How many notices were queued. Raises NotQueued: then all are to be told again.
        """
        endpoints = self.webhooks.all() if kept else ()
        noted = [
            self.log.add(delivery_of(activity, day, one, now))
            for activity, day in kept
            for one in endpoints
            if one.wants(activity.kind)
        ]
        # What was noted before and not yet tried may never have been queued.
        due = [one for one in noted if one.state is State.WAITING and one.tries == 0]
        self.queue.put([Notice(one.webhook, one.event) for one in due])
        return len(due)


def delivery_of(activity: Activity, day: date, endpoint: Endpoint, now: datetime) -> Delivery:
    """The delivery as it begins; one to an endpoint that is disabled waits for a replay."""
    begun = Delivery(
        webhook=endpoint.id,
        event=activity.id,
        kind=activity.kind,
        phone=activity.phone,
        day=day.isoformat(),
        created_at=now,
    )
    return begun if endpoint.enabled else begun.held()
