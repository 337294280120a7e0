"""The triggers function: records of the table's stream in, enrolments and alarms out."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from moto import mock_aws

from sayso.adapters import aws
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.enrolments import DynamoEnrolments
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.campaign import Campaign, State
from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact, Status
from sayso.domain.firing_names import Does, FiringName
from sayso.domain.schedule import Schedule
from sayso.handlers import triggered, triggers
from sayso.services.campaign_checks import series_of
from sayso.services.ports.campaigns import RunMove
from tests.support.bluebird import ANA, BEN, NOON, PROGRAM
from tests.support.campaigns import a_campaign, a_subscriber
from tests.support.lambda_context import LambdaContext
from tests.support.sqs_queues import taken_from
from tests.support.stream_records import a_record, of_campaign, of_subscriber
from tests.support.table import TABLE, create_table

GROUP = "Sayso-campaigns"
_ARN = "arn:aws:sqs:us-east-1:123456789012:runs"
_ROLE = "arn:aws:iam::123456789012:role/scheduler"


def set_clock(patch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let the function's clock stand still: by day, a text that is due at once is due then."""

    class Still(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return moment.astimezone(tz)

    for module in (triggers, triggered):
        patch.setattr(module, "datetime", Still)


@dataclass
class Deployment:
    """What there is beside the function. `log` is all that it has logged."""

    dynamodb: Any
    sqs: Any
    scheduler: Any
    runs: str
    log: io.StringIO

    def waiting(self, schedule: Schedule) -> Campaign:
        """A campaign that has been scheduled, as the stream tells it."""
        active = replace(a_campaign(locations=()), schedule=schedule).activated(NOON)
        store = DynamoCampaigns(self.dynamodb, TABLE)
        store.save(None, active, [RunMove(None, series_of(active, NOON))])
        return active

    def enrolled(self, *phones: str) -> list[str]:
        return sorted(DynamoEnrolments(self.dynamodb, TABLE).standing("C1", phones))

    def alarms(self) -> list[tuple[str, int]]:
        """Take what was put into the queue of what is due, with the seconds until then."""
        found = taken_from(self.runs)
        return [(json.loads(body)["run"], delay_s) for body, delay_s in found]

    def schedules(self) -> list[str]:
        found = self.scheduler.list_schedules(GroupName=GROUP)["Schedules"]
        return [one["Name"] for one in found]


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    with mock_aws():
        _forget()
        dynamodb, sqs, scheduler = map(aws.client, ("dynamodb", "sqs", "scheduler"))
        create_table(dynamodb)
        DynamoCatalog(dynamodb, TABLE).put_program(PROGRAM, Catalog(program=None))
        scheduler.create_schedule_group(Name=GROUP)
        runs = sqs.create_queue(QueueName="runs")["QueueUrl"]
        settings = {"TABLE_NAME": TABLE, "RUNS_QUEUE_URL": runs, "RUNS_QUEUE_ARN": _ARN}
        settings |= {"SCHEDULE_GROUP": GROUP, "SCHEDULE_ROLE_ARN": _ROLE, "SCHEDULE_DLQ_ARN": _ARN}
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        log = io.StringIO()
        for handler in triggers.logger.handlers:
            monkeypatch.setattr(handler, "stream", log)
        set_clock(monkeypatch, NOON)
        yield Deployment(dynamodb, sqs, scheduler, runs, log)
        _forget()


def _forget() -> None:
    for cached in (triggers.use_case, triggered.enroller, triggered.firings, aws.client):
        cached.cache_clear()


def handle(*records: dict[str, Any]) -> None:
    triggers.handler({"Records": list(records)}, LambdaContext())


def joining(phone: str, before: Contact | None = None) -> dict[str, Any]:
    return of_subscriber(before, a_subscriber(phone))


def test_who_joins_is_enrolled_and_their_bucket_has_an_alarm(deployment: Deployment) -> None:
    deployment.waiting(Schedule(on="joined"))

    handle(joining(ANA), joining(BEN, Contact(BEN, Status.PENDING, revision=1, asked_at=NOON)))

    assert deployment.enrolled(ANA, BEN) == [ANA, BEN]
    assert len(deployment.alarms()) == 1
    assert deployment.schedules() == []


def test_records_that_come_again_change_nothing(deployment: Deployment) -> None:
    deployment.waiting(Schedule(on="joined"))
    handle(joining(ANA))
    before = deployment.dynamodb.scan(TableName=TABLE)["Items"]

    handle(joining(ANA), joining(ANA))

    assert deployment.dynamodb.scan(TableName=TABLE)["Items"] == before


def test_what_is_due_later_has_a_schedule(deployment: Deployment) -> None:
    deployment.waiting(Schedule(on="visited", delay_minutes=60))
    visiting = replace(a_subscriber(ANA), visited_at=NOON)

    handle(of_subscriber(a_subscriber(ANA), visiting))

    due = FiringName("C1", Does.BUCKET, NOON + timedelta(hours=1))
    assert deployment.schedules() == [str(due)]
    found = deployment.scheduler.get_schedule(Name=str(due), GroupName=GROUP)
    assert found["ScheduleExpression"] == "at(2026-11-23T19:00:00)"
    assert json.loads(found["Target"]["Input"]) == {"run": str(due)}


def test_a_change_that_no_campaign_waits_for_enrols_nobody(deployment: Deployment) -> None:
    deployment.waiting(Schedule(on="visited"))

    handle(
        joining(ANA), of_subscriber(a_subscriber(BEN), replace(a_subscriber(BEN), language="es"))
    )

    assert deployment.enrolled(ANA, BEN) == []
    assert deployment.alarms() == []


def test_an_erased_item_and_one_of_another_kind_are_passed_over(deployment: Deployment) -> None:
    deployment.waiting(Schedule(on="joined"))
    gone = to_item(keys.subscriber(ANA))
    other = to_item(keys.campaign("C1"))

    handle(a_record(gone, gone, None), a_record(other, None, other), joining(BEN))

    assert deployment.enrolled(ANA, BEN) == [BEN]


def test_a_campaign_that_becomes_active_has_its_first_daily_look_set(
    deployment: Deployment,
) -> None:
    active = deployment.waiting(Schedule(on="birthday", at="10:00"))

    handle(of_campaign(None, active))

    tomorrow = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 10:00 in New York, the program's zone
    assert deployment.schedules() == [str(FiringName("C1", Does.DAILY, tomorrow))]


def test_what_came_due_in_a_pause_is_begun_after_it(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    active = deployment.waiting(Schedule(on="joined"))
    paused = replace(active, state=State.PAUSED, revision=active.revision + 1)
    handle(joining(ANA))
    ((bucket, delay_s),) = deployment.alarms()
    assert 0 < delay_s <= 60

    handle(of_campaign(paused, replace(active, revision=paused.revision + 1)))

    # The bucket is due a few seconds after noon, and it is noon.
    assert deployment.alarms() == []
    set_clock(monkeypatch, NOON + timedelta(minutes=1))
    handle(of_campaign(paused, replace(active, revision=paused.revision + 1)))
    assert deployment.alarms() == [(bucket, 0)]


def test_a_failure_has_the_whole_event_delivered_again(deployment: Deployment) -> None:
    deployment.waiting(Schedule(on="joined"))
    deployment.sqs.delete_queue(QueueUrl=deployment.runs)

    with pytest.raises(deployment.sqs.exceptions.QueueDoesNotExist):
        handle(joining(ANA))

    assert deployment.enrolled(ANA) == []
    deployment.runs = deployment.sqs.create_queue(QueueName="runs")["QueueUrl"]
    handle(joining(ANA))
    assert deployment.enrolled(ANA) == [ANA]


def test_neither_numbers_nor_names_are_logged(deployment: Deployment) -> None:
    deployment.waiting(Schedule(on="joined"))
    handle(joining(ANA))

    log = deployment.log.getvalue()
    assert '"enrolled":1' in log
    for secret in (ANA, ANA[2:], "DOWNTOWN"):
        assert secret not in log
