"""What web hooks look like from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from sayso.domain.webhook import Attempt, Delivery, Endpoint, State
from sayso.domain.webhook_address import URL_AT_MOST
from sayso.handlers.admin_api.forms import Form, View
from sayso.services.webhooks import REPLAYED_AT_MOST, Replayed

EventName = Literal[
    "joined",
    "opted_out",
    "replied",
    "clicked",
    "redeemed",
    "redemption_undone",
    "campaign_finished",
]
_URL = Field(
    max_length=URL_AT_MOST,
    description="https only, on the open internet; redirects are not followed",
    examples=["https://crm.bluebird.example/sayso"],
)
_EVENTS = Field(min_length=1, max_length=20, description="What to be told of")
_DESCRIPTION_AT_MOST = 200


class WebhookForm(Form):
    """An endpoint to add."""

    url: str = _URL
    events: Sequence[EventName] = _EVENTS
    description: str = Field(default="", max_length=_DESCRIPTION_AT_MOST)


class WebhookChange(Form):
    """What to change of an endpoint; what is left out stays."""

    url: str | None = Field(None, max_length=URL_AT_MOST)
    events: Sequence[EventName] | None = Field(None, min_length=1, max_length=20)
    description: str | None = Field(None, max_length=_DESCRIPTION_AT_MOST)
    enabled: bool | None = None


class ReplayForm(Form):
    """Which events to send again."""

    since: datetime = Field(description="Those that happened since then; of the last 30 days")
    everything: bool = Field(default=False, description="Also those that it has taken")


class WebhookView(View):
    """An endpoint. Its secret is shown when it is made, and never again."""

    id: str = Field(examples=["01KAMZ3S8E5XQW0V7Y9T2B4C6D"])
    url: str
    events: list[str]
    description: str
    enabled: bool
    disabled_reason: str | None = Field(description="Why it is told nothing")
    failing_since: datetime | None = Field(description="It has taken nothing since then")
    old_secret_until: datetime | None = Field(
        description="Until then the secret before this one signs too"
    )
    created_at: datetime
    updated_at: datetime


class WebhookWithSecret(WebhookView):
    """An endpoint, with the secret that its receiver verifies signatures by."""

    secret: str = Field(description="Shown this once", examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZI"])


class WebhookList(View):
    """Every endpoint, the oldest first."""

    items: list[WebhookView]
    next: str | None


class AttemptView(View):
    """One attempt to tell it."""

    at: datetime
    status: int | None = Field(description="What it answered, if it did")
    outcome: str = Field(examples=["answered 503"])
    took_ms: int


class DeliveryView(View):
    """How an event has come to an endpoint; the id is the event's, and `webhook-id`."""

    id: str
    event: str = Field(examples=["redeemed"])
    state: State = Field(description="`held`: the endpoint was disabled; a replay sends it")
    created_at: datetime
    tries: int
    next_try_at: datetime | None
    attempts: list[AttemptView] = Field(description="The newest 20, in their order")


class DeliveryList(View):
    """What an endpoint was told in the last 30 days, the newest event first."""

    items: list[DeliveryView]
    next: str | None


class ReplayView(View):
    """How many events are on their way again."""

    queued: int = Field(description=f"At most {REPLAYED_AT_MOST} at a time")
    go_on_since: datetime | None = Field(description="Where to go on, if there are more")


def webhook_view(endpoint: Endpoint) -> WebhookView:
    """The endpoint as the API shows it."""
    return WebhookView.model_construct(**_shown(endpoint))


def with_secret(endpoint: Endpoint) -> WebhookWithSecret:
    """The endpoint with its newest secret."""
    return WebhookWithSecret.model_construct(**_shown(endpoint), secret=endpoint.secrets[0])


def delivery_view(delivery: Delivery) -> DeliveryView:
    """The delivery as the API shows it."""
    return DeliveryView.model_construct(
        id=delivery.event,
        event=str(delivery.kind),
        state=delivery.state,
        created_at=delivery.created_at,
        tries=delivery.tries,
        next_try_at=delivery.next_at,
        attempts=[_attempt(one) for one in delivery.attempts],
    )


def replay_view(replayed: Replayed) -> ReplayView:
    """What a replay has queued."""
    return ReplayView(queued=replayed.queued, go_on_since=replayed.go_on_at)


def _attempt(attempt: Attempt) -> AttemptView:
    return AttemptView(
        at=attempt.at,
        status=attempt.status or None,
        outcome=attempt.outcome,
        took_ms=attempt.took_ms,
    )


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "events": [str(one) for one in endpoint.events],
        "description": endpoint.description,
        "enabled": endpoint.enabled,
        "disabled_reason": endpoint.disabled_reason or None,
        "failing_since": endpoint.failing_since,
        "old_secret_until": endpoint.overlap_until,
        "created_at": endpoint.created_at,
        "updated_at": endpoint.updated_at,
    }
