"""What every Scheduler does: EventBridge's and the fake of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import botocore.session
import pytest
from moto import mock_aws

from sayso.adapters.queues import parse_due
from sayso.adapters.scheduler import EventBridgeScheduler
from sayso.services.ports.queues import OccurrenceDue, OpeningDue, RunDue
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
        return Alarms(fake, lambda: fake.alarms | {_name(due): due.at for due in fake.due})
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


def _name(due: OpeningDue | OccurrenceDue) -> str:
    at = f"{due.at.astimezone(UTC):%Y%m%dT%H%M%S}"
    if isinstance(due, OpeningDue):
        return f"{due.run_id}-opens-{at}"
    return f"{due.campaign_id}-occurs-{at}"


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


def test_an_opening_of_a_run_has_one_alarm_however_often_it_is_set(alarms: Alarms) -> None:
    opens = OpeningDue("R1", TEN_IN_CHICAGO)

    for _ in range(3):
        alarms.scheduler.arm_due(opens)

    assert alarms.set() == {"R1-opens-20261201T160000": SIXTEEN_IN_UTC}


def test_an_occurrence_of_a_campaign_has_one_alarm_and_can_lose_it(alarms: Alarms) -> None:
    occurrence = OccurrenceDue("C1", SIXTEEN_IN_UTC)
    later = OccurrenceDue("C1", SIXTEEN_IN_UTC + timedelta(days=1))
    for due in (occurrence, occurrence, later):
        alarms.scheduler.arm_due(due)

    for _ in range(2):
        alarms.scheduler.disarm_due(later)

    assert alarms.set() == {"C1-occurs-20261201T160000": SIXTEEN_IN_UTC}


@pytest.mark.parametrize(
    "due", [OpeningDue("R1", SIXTEEN_IN_UTC), OccurrenceDue("C1", SIXTEEN_IN_UTC)]
)
def test_an_alarm_says_what_is_due(client: Any, due: OpeningDue | OccurrenceDue) -> None:
    event_bridge(client).arm_due(due)

    schedule = client.get_schedule(Name=_name(due), GroupName=GROUP)
    assert parse_due(schedule["Target"]["Input"]) == due


def test_a_schedule_fires_once_in_utc_into_the_runs_queue_and_is_gone(client: Any) -> None:
    event_bridge(client).arm("R1", TEN_IN_CHICAGO)

    schedule = client.get_schedule(Name="R1", GroupName=GROUP)
    assert schedule["ScheduleExpressionTimezone"] == "UTC"
    assert schedule["ActionAfterCompletion"] == "DELETE"
    assert schedule["FlexibleTimeWindow"] == {"Mode": "OFF"}
    target = schedule["Target"]
    assert (target["Arn"], target["RoleArn"]) == (QUEUE, ROLE)
    assert target["DeadLetterConfig"] == {"Arn": DEAD_LETTERS}
    assert parse_due(target["Input"]) == RunDue("R1")
