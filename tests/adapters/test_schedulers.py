"""What every Scheduler does: EventBridge's and the fake of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import botocore.session
import pytest
from moto import mock_aws

from sayso.adapters.queues import parse_launch
from sayso.adapters.scheduler import EventBridgeScheduler
from sayso.services.ports.scheduler import Scheduler
from tests.fakes.scheduler import FakeScheduler

GROUP = "sayso-campaigns"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:runs"
ROLE = "arn:aws:iam::123456789012:role/scheduler"
DEAD_LETTERS = "arn:aws:sqs:us-east-1:123456789012:dead"
TEN_IN_CHICAGO = datetime(2026, 12, 1, 10, tzinfo=timezone(timedelta(hours=-6)))
SIXTEEN_IN_UTC = datetime(2026, 12, 1, 16, tzinfo=UTC)


@dataclass
class Alarms:
    """A scheduler, and the alarms that are set."""

    scheduler: Scheduler
    set: Callable[[], dict[str, datetime]]


@pytest.fixture
def client() -> Iterator[Any]:
    with mock_aws():
        session = botocore.session.get_session()
        client: Any = session.create_client("scheduler", region_name="us-east-1")
        client.create_schedule_group(Name=GROUP)
        yield client


def event_bridge(client: Any) -> EventBridgeScheduler:
    return EventBridgeScheduler(client, GROUP, QUEUE, ROLE, DEAD_LETTERS)


@pytest.fixture(params=["fake", "eventbridge"])
def alarms(request: pytest.FixtureRequest, client: Any) -> Alarms:
    if request.param == "fake":
        fake = FakeScheduler()
        return Alarms(fake, lambda: fake.alarms)
    return Alarms(event_bridge(client), lambda: _set_in(client))


def _set_in(client: Any) -> dict[str, datetime]:
    names = [one["Name"] for one in client.list_schedules(GroupName=GROUP)["Schedules"]]
    expressions = {
        name: client.get_schedule(Name=name, GroupName=GROUP)["ScheduleExpression"]
        for name in names
    }
    return {
        name: datetime.strptime(expression, "at(%Y-%m-%dT%H:%M:%S)").replace(tzinfo=UTC)
        for name, expression in expressions.items()
    }


def test_an_alarm_is_set_for_its_instant(alarms: Alarms) -> None:
    alarms.scheduler.arm("R1", TEN_IN_CHICAGO)

    assert alarms.set() == {"R1": SIXTEEN_IN_UTC}


def test_an_alarm_set_twice_stays_as_it_was(alarms: Alarms) -> None:
    alarms.scheduler.arm("R1", SIXTEEN_IN_UTC)
    alarms.scheduler.arm("R1", SIXTEEN_IN_UTC + timedelta(days=1))

    assert alarms.set() == {"R1": SIXTEEN_IN_UTC}


def test_an_alarm_removed_is_gone_and_no_other(alarms: Alarms) -> None:
    alarms.scheduler.arm("R1-1", SIXTEEN_IN_UTC)
    alarms.scheduler.arm("R1-2", SIXTEEN_IN_UTC)

    alarms.scheduler.disarm("R1-1")

    assert alarms.set() == {"R1-2": SIXTEEN_IN_UTC}


def test_removing_an_alarm_that_is_not_set_is_fine(alarms: Alarms) -> None:
    alarms.scheduler.disarm("R1")

    assert alarms.set() == {}


def test_a_schedule_fires_once_in_utc_into_the_runs_queue_and_is_gone(client: Any) -> None:
    event_bridge(client).arm("R1", TEN_IN_CHICAGO)

    schedule = client.get_schedule(Name="R1", GroupName=GROUP)
    assert schedule["ScheduleExpressionTimezone"] == "UTC"
    assert schedule["ActionAfterCompletion"] == "DELETE"
    assert schedule["FlexibleTimeWindow"] == {"Mode": "OFF"}
    target = schedule["Target"]
    assert (target["Arn"], target["RoleArn"]) == (QUEUE, ROLE)
    assert target["DeadLetterConfig"] == {"Arn": DEAD_LETTERS}
    assert parse_launch(target["Input"]) == "R1"
