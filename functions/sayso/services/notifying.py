"""One attempt to tell an endpoint of an event, and what follows from how it went."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sayso.domain.webhook import ATTEMPT, Attempt, Delivery, Endpoint, State
from sayso.domain.webhook_payload import payload
from sayso.services.ports.queues import Notice, NoticeQueue
from sayso.services.ports.webhooks import (
    ActivityReader,
    Caller,
    DeliveryLog,
    Message,
    WebhookChanged,
    WebhookStore,
)

GONE = "the event is not kept any more"


@dataclass(frozen=True, slots=True)
class Notifier:
    """Takes notices in. An endpoint that has taken an event is not told of it again.

    A crash between its answer and the record of it may repeat an attempt, under the same id.
    """

    webhooks: WebhookStore
    log: DeliveryLog
    activities: ActivityReader
    queue: NoticeQueue
    caller: Caller
    clock: Callable[[], datetime]

    def take_in(self, notice: Notice) -> Attempt | None:
        """Try, if it is time to; the attempt, or None where there was nothing to do yet, or at all.

        Raises NotQueued: then the notice is to be delivered again, and comes to the same end.
        """
        now = self.clock()
        found = self.log.get(notice.webhook, notice.event)
        if found is None or found.state is not State.WAITING:
            return None
        look_again = found.look_again_at(now)
        if look_again:
            self.queue.put([notice], look_again - now)
            return None
        endpoint = self.webhooks.get(notice.webhook)
        if endpoint is None:
            return None
        if not endpoint.enabled:
            self.log.change(found, found.held())
            return None
        claimed = found.claimed(now)
        if not self.log.change(found, claimed):
            self.queue.put([notice], ATTEMPT)
            return None
        return self._tried(endpoint, claimed, now)

    def _tried(self, endpoint: Endpoint, claimed: Delivery, now: datetime) -> Attempt:
        activity = self.activities.get(claimed.phone, claimed.day, claimed.event)
        if activity is None:
            attempt = Attempt(now, 0, GONE, 0)
            self.log.change(claimed, replace(claimed.after(attempt), state=State.FAILED))
            return attempt
        secrets = endpoint.secrets_at(now)
        message = Message(endpoint.url, activity.id, payload(activity), secrets)
        attempt = self.caller.call(message, now)
        after = claimed.after(attempt)
        self.log.change(claimed, after)
        if after.state is State.WAITING and after.next_at:
            wait: timedelta = after.next_at - now
            self.queue.put([Notice(after.webhook, after.event)], wait)
        self._note(endpoint, attempt)
        return attempt

    def _note(self, endpoint: Endpoint, attempt: Attempt) -> None:
        """What the attempt says of the endpoint; where others say so at once, one is enough."""
        after = endpoint.recovered(attempt.at) if attempt.is_success else endpoint.failed(attempt)
        if after == endpoint:
            return
        try:
            self.webhooks.save(endpoint, after)
        except WebhookChanged:
            return
