"""`/admin/webhooks`: whom to tell what happens, and what became of it. For owners only."""

from http import HTTPStatus

from sayso.domain.activity import Kind
from sayso.handlers.admin_api.access import OWNERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Paging
from sayso.handlers.admin_api.paging import after, cursor_to, page_of
from sayso.handlers.admin_api.path_ids import delivery_id
from sayso.handlers.admin_api.path_ids import webhook_id as _id
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.handlers.admin_api.webhook_models import (
    DeliveryList,
    DeliveryView,
    ReplayForm,
    ReplayView,
    WebhookChange,
    WebhookForm,
    WebhookList,
    WebhookView,
    WebhookWithSecret,
    delivery_view,
    replay_view,
    webhook_view,
    with_secret,
)


def _create(desks: Desks, call: Call[WebhookForm, None]) -> Answer:
    form = call.body
    events = [Kind(one) for one in form.events]
    made = desks.webhooks.create(form.url, events, form.description, desks.clock())
    return Answer(with_secret(made), HTTPStatus.CREATED)


def _list(desks: Desks, call: Call[None, Paging]) -> Answer:
    page, following = page_of(desks.webhooks.all(), lambda one: one.id, desks, call)
    return Answer(WebhookList(items=[webhook_view(one) for one in page], next=following))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(webhook_view(desks.webhooks.get(_id(call))))


def _change(desks: Desks, call: Call[WebhookChange, None]) -> Answer:
    changes = call.body.model_dump(exclude_none=True)
    if "events" in changes:
        changes["events"] = [Kind(one) for one in changes["events"]]
    return Answer(webhook_view(desks.webhooks.update(_id(call), changes, desks.clock())))


def _delete(desks: Desks, call: Call[None, None]) -> Answer:
    desks.webhooks.delete(_id(call))
    return Answer(status=HTTPStatus.NO_CONTENT)


def _rotate(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(with_secret(desks.webhooks.rotate(_id(call), desks.clock())))


def _test(desks: Desks, call: Call[None, None]) -> Answer:
    told = desks.webhooks.test(_id(call), desks.clock())
    return Answer(delivery_view(told), HTTPStatus.ACCEPTED)


def _deliveries(desks: Desks, call: Call[None, Paging]) -> Answer:
    page = desks.webhooks.deliveries(_id(call), call.query.limit, after(desks, call))
    items = [delivery_view(one) for one in page.deliveries]
    return Answer(DeliveryList(items=items, next=cursor_to(desks, call, page.position)))


def _delivery(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(delivery_view(desks.webhooks.delivery(_id(call), delivery_id(call))))


def _replay(desks: Desks, call: Call[None, None]) -> Answer:
    told = desks.webhooks.replay(_id(call), delivery_id(call), desks.clock())
    return Answer(delivery_view(told), HTTPStatus.ACCEPTED)


def _replay_since(desks: Desks, call: Call[ReplayForm, None]) -> Answer:
    form = call.body
    replayed = desks.webhooks.replay_since(
        _id(call), form.since, desks.clock(), everything=form.everything
    )
    return Answer(replay_view(replayed), HTTPStatus.ACCEPTED)


_ALL = "/admin/webhooks"
_ONE = f"{_ALL}/{{id}}"
_LOG = f"{_ONE}/deliveries"
_SEEN = {HTTPStatus.OK: WebhookView}
_MISSING, _CONFLICT = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
ROUTES = (
    Route(
        "POST",
        _ALL,
        "Add an endpoint that is told what happens; its secret is shown this once",
        _create,
        roles=OWNERS,
        body=WebhookForm,
        answers={HTTPStatus.CREATED: WebhookWithSecret},
        problems=[_CONFLICT],
    ),
    Route(
        "GET",
        _ALL,
        "Every endpoint",
        _list,
        roles=OWNERS,
        query=Paging,
        answers={HTTPStatus.OK: WebhookList},
    ),
    Route("GET", _ONE, "One endpoint", _get, OWNERS, answers=_SEEN, problems=[_MISSING]),
    Route(
        "PATCH",
        _ONE,
        "Change an endpoint, or enable it again",
        _change,
        roles=OWNERS,
        body=WebhookChange,
        answers=_SEEN,
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "DELETE",
        _ONE,
        "Remove an endpoint",
        _delete,
        roles=OWNERS,
        answers={HTTPStatus.NO_CONTENT: None},
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "POST",
        f"{_ONE}/secret",
        "Replace an endpoint's secret; for a day the old one signs too",
        _rotate,
        roles=OWNERS,
        answers={HTTPStatus.OK: WebhookWithSecret},
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "POST",
        f"{_ONE}/test",
        "Send an endpoint a test",
        _test,
        roles=OWNERS,
        answers={HTTPStatus.ACCEPTED: DeliveryView},
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "GET",
        _LOG,
        "What an endpoint was told in the last 30 days, and how that went",
        _deliveries,
        roles=OWNERS,
        query=Paging,
        answers={HTTPStatus.OK: DeliveryList},
        problems=[_MISSING],
    ),
    Route(
        "GET",
        f"{_LOG}/{{delivery}}",
        "How one event has come to an endpoint",
        _delivery,
        roles=OWNERS,
        answers={HTTPStatus.OK: DeliveryView},
        problems=[_MISSING],
    ),
    Route(
        "POST",
        f"{_LOG}/{{delivery}}/replay",
        "Send an event once more, under the same id",
        _replay,
        roles=OWNERS,
        answers={HTTPStatus.ACCEPTED: DeliveryView},
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "POST",
        f"{_ONE}/replay",
        "Send again what happened since a moment and was not taken",
        _replay_since,
        roles=OWNERS,
        body=ReplayForm,
        answers={HTTPStatus.ACCEPTED: ReplayView},
        problems=[_MISSING, _CONFLICT],
    ),
)
