"""An owner sets up web hooks, and looks at what became of them."""

from datetime import timedelta
from typing import Any, get_args

import pytest

from sayso.adapters.dynamodb.activities import DynamoActivities
from sayso.adapters.dynamodb.deliveries import DynamoDeliveries
from sayso.adapters.dynamodb.webhooks import DynamoWebhooks
from sayso.adapters.queues import parse_notice
from sayso.domain.activity import Kind
from sayso.domain.slot import Tally
from sayso.domain.webhook import Attempt
from sayso.handlers.admin_api.webhook_models import EventName
from sayso.services import webhooks
from sayso.services.ports.queues import Notice
from sayso.services.telling import delivery_of
from sayso.services.webhooks import ENDPOINTS_AT_MOST
from tests.support.bluebird import ANA, NOON
from tests.support.console import Console
from tests.support.table import TABLE
from tests.support.webhooks import MONDAY, an_activity

HOOKS = "/admin/webhooks"
FORM = {"url": "https://crm.bluebird.example/sayso", "events": ["redeemed", "joined"]}
UNKNOWN = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
HOUR = timedelta(hours=1)


@pytest.fixture
def hook(console: Console) -> Any:
    """An endpoint as it was made, its secret included."""
    answer = console.post(HOOKS, FORM)
    assert answer.status == 201, answer.text
    return answer.json


def noticed(console: Console) -> list[Notice]:
    url = console.sqs.get_queue_url(QueueName="notices")["QueueUrl"]
    found = console.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    return [parse_notice(one["Body"]) for one in found.get("Messages", ())]


def told(console: Console, hook: Any, *statuses: int, source: str = "r1", after: Any = None) -> str:
    """An event an hour ago that the endpoint answered with these; its id."""
    event = an_activity(source, at=NOON - HOUR + (after or timedelta()))
    DynamoActivities(console.dynamodb, TABLE).record(event, MONDAY, Tally(), NOON)
    endpoint = DynamoWebhooks(console.dynamodb, TABLE).get(hook["id"])
    assert endpoint is not None
    log = DynamoDeliveries(console.dynamodb, TABLE)
    delivery = log.add(delivery_of(event, MONDAY, endpoint, NOON))
    for status in statuses:
        tried = delivery.after(Attempt(NOON, status, f"answered {status}", 12))
        assert log.change(delivery, tried)
        delivery = tried
    return event.id


def test_an_endpoint_is_added_and_its_secret_shown_once(console: Console, hook: Any) -> None:
    assert hook == {
        "id": hook["id"],
        "url": "https://crm.bluebird.example/sayso",
        "events": ["joined", "redeemed"],
        "description": "",
        "enabled": True,
        "disabled_reason": None,
        "failing_since": None,
        "old_secret_until": None,
        "created_at": "2026-11-23T18:00:00Z",
        "updated_at": "2026-11-23T18:00:00Z",
        "secret": hook["secret"],
    }
    seen = console.get(f"{HOOKS}/{hook['id']}")
    assert seen.json == {name: value for name, value in hook.items() if name != "secret"}
    assert console.get(HOOKS).json == {"items": [seen.json], "next": None}
    for answer in (seen, console.get(HOOKS)):
        assert hook["secret"] not in answer.text


def test_every_kind_of_event_can_be_wanted() -> None:
    assert set(get_args(EventName)) == set(Kind) - {Kind.TEST}


@pytest.mark.parametrize(
    ("form", "path"),
    [
        ({**FORM, "url": "http://crm.bluebird.example/"}, "url"),
        ({**FORM, "url": "https://169.254.169.254/latest/meta-data"}, "url"),
        ({**FORM, "url": "https://localhost/"}, "url"),
        ({**FORM, "events": []}, "events"),
        ({**FORM, "events": ["test"]}, "events.0"),
        ({**FORM, "events": ["sold"]}, "events.0"),
        ({"url": FORM["url"]}, "events"),
        ({**FORM, "secret": "whsec_mine"}, "secret"),
    ],
)
def test_an_endpoint_that_may_not_be_is_refused(
    console: Console, form: dict[str, Any], path: str
) -> None:
    answer = console.post(HOOKS, form)

    assert answer.status == 422
    assert [one["path"] for one in answer.json["errors"]] == [path]
    assert console.get(HOOKS).json["items"] == []


def test_there_are_so_many_endpoints_and_no_more(console: Console) -> None:
    for _ in range(ENDPOINTS_AT_MOST):
        assert console.post(HOOKS, FORM).status == 201

    assert console.post(HOOKS, FORM).status == 409


def test_an_endpoint_is_changed_disabled_and_enabled(console: Console, hook: Any) -> None:
    path = f"{HOOKS}/{hook['id']}"

    changed = console.patch(path, {"events": ["replied"], "description": "CRM"}).json
    assert (changed["events"], changed["description"]) == (["replied"], "CRM")
    off = console.patch(path, {"enabled": False}).json
    assert (off["enabled"], off["disabled_reason"]) == (False, "Disabled by hand.")
    on = console.patch(path, {"enabled": True}).json
    assert (on["enabled"], on["disabled_reason"]) == (True, None)
    assert console.patch(path, {"url": "http://127.0.0.1/"}).status == 422


def test_a_new_secret_is_shown_once_and_the_old_one_signs_for_a_day(
    console: Console, hook: Any
) -> None:
    rotated = console.post(f"{HOOKS}/{hook['id']}/secret").json

    assert rotated["secret"] != hook["secret"]
    assert rotated["old_secret_until"] == "2026-11-24T18:00:00Z"
    endpoint = DynamoWebhooks(console.dynamodb, TABLE).get(hook["id"])
    assert endpoint is not None
    assert endpoint.secrets_at(NOON + 23 * HOUR) == (rotated["secret"], hook["secret"])
    assert endpoint.secrets_at(NOON + 24 * HOUR) == (rotated["secret"],)


def test_a_removed_endpoint_is_gone(console: Console, hook: Any) -> None:
    assert console.delete(f"{HOOKS}/{hook['id']}").status == 204

    assert console.get(f"{HOOKS}/{hook['id']}").status == 404


@pytest.mark.parametrize("role", ["marketer", "staff"])
def test_only_owners_see_or_change_web_hooks(console: Console, hook: Any, role: str) -> None:
    other = console.acting_as(role)

    for answer in (
        other.get(HOOKS),
        other.post(HOOKS, FORM),
        other.post(f"{HOOKS}/{hook['id']}/secret"),
        other.get(f"{HOOKS}/{hook['id']}/deliveries"),
    ):
        assert answer.status == 403


def test_a_test_is_on_its_way_at_once(console: Console, hook: Any) -> None:
    answer = console.post(f"{HOOKS}/{hook['id']}/test")

    assert answer.status == 202
    assert (answer.json["event"], answer.json["state"]) == ("test", "waiting")
    assert noticed(console) == [Notice(hook["id"], answer.json["id"])]
    path = f"{HOOKS}/{hook['id']}/deliveries/{answer.json['id']}"
    assert console.get(path).json == answer.json


def test_the_log_shows_every_attempt_the_newest_event_first(console: Console, hook: Any) -> None:
    first = told(console, hook, 503, 204)
    second = told(console, hook, source="r2", after=timedelta(minutes=1))

    page = console.get(f"{HOOKS}/{hook['id']}/deliveries?limit=1").json
    rest = console.get(f"{HOOKS}/{hook['id']}/deliveries?limit=1&cursor={page['next']}").json

    assert [one["id"] for one in (*page["items"], *rest["items"])] == [second, first]
    (delivery,) = rest["items"]
    assert (delivery["event"], delivery["state"], delivery["tries"]) == ("joined", "delivered", 2)
    assert [(one["status"], one["outcome"]) for one in delivery["attempts"]] == [
        (503, "answered 503"),
        (204, "answered 204"),
    ]
    assert ANA not in console.get(f"{HOOKS}/{hook['id']}/deliveries").text


def test_an_event_is_sent_again_whatever_became_of_it(console: Console, hook: Any) -> None:
    event = told(console, hook, 204)

    answer = console.post(f"{HOOKS}/{hook['id']}/deliveries/{event}/replay")

    assert (answer.status, answer.json["state"], answer.json["id"]) == (202, "waiting", event)
    assert noticed(console) == [Notice(hook["id"], event)]


def test_what_was_not_taken_since_a_moment_is_sent_again(console: Console, hook: Any) -> None:
    told(console, hook, source="r0", after=-HOUR)
    taken = told(console, hook, 204, source="r1")
    failed = told(console, hook, 503, source="r2", after=timedelta(minutes=1))
    path, since = f"{HOOKS}/{hook['id']}/replay", "2026-11-23T17:00:00Z"

    answer = console.post(path, {"since": since})
    assert (answer.status, answer.json) == (202, {"queued": 1, "go_on_since": None})
    assert [one.event for one in noticed(console)] == [failed]

    everything = console.post(path, {"since": since, "everything": True})
    assert everything.json["queued"] == 2
    assert sorted(one.event for one in noticed(console)) == sorted([taken, failed])


@pytest.mark.parametrize(
    ("bound", "everything", "queued"),
    [("REPLAYED_AT_MOST", True, 2), ("LOOKED_AT_AT_MOST", False, 0)],
)
def test_a_replay_that_is_too_long_says_from_where_to_go_on(
    console: Console,
    hook: Any,
    monkeypatch: pytest.MonkeyPatch,
    bound: str,
    everything: bool,
    queued: int,
) -> None:
    for minute in range(3):
        told(console, hook, 204, source=f"r{minute}", after=timedelta(minutes=minute))
    monkeypatch.setattr(webhooks, bound, 2)
    monkeypatch.setattr(webhooks, "_A_PAGE", 1)
    path, form = f"{HOOKS}/{hook['id']}/replay", {"everything": everything}

    answer = console.post(path, {"since": "2026-11-23T17:00:00Z"} | form).json

    assert answer == {"queued": queued, "go_on_since": "2026-11-23T17:02:00Z"}
    rest = console.post(path, {"since": answer["go_on_since"]} | form).json
    assert rest == {"queued": int(everything), "go_on_since": None}


def test_to_an_endpoint_that_is_disabled_nothing_is_sent_again(console: Console, hook: Any) -> None:
    event = told(console, hook, 503)
    console.patch(f"{HOOKS}/{hook['id']}", {"enabled": False})

    for what in (f"deliveries/{event}/replay", "test"):
        assert console.post(f"{HOOKS}/{hook['id']}/{what}").status == 409
    since = {"since": "2026-11-23T17:00:00Z"}
    assert console.post(f"{HOOKS}/{hook['id']}/replay", since).status == 409
    assert noticed(console) == []


@pytest.mark.parametrize("event", [UNKNOWN, "no-id"])
def test_what_is_not_there_is_not_found(console: Console, hook: Any, event: str) -> None:
    for path in (
        f"{HOOKS}/{event}",
        f"{HOOKS}/{event}/deliveries",
        f"{HOOKS}/{hook['id']}/deliveries/{event}",
    ):
        assert console.get(path).status == 404
    assert console.post(f"{HOOKS}/{hook['id']}/deliveries/{event}/replay").status == 404
