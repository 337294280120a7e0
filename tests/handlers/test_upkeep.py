"""The daily round's function, with moto and the phone simulator behind it."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws

from sayso.adapters import aws
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.rounds import DynamoRounds
from sayso.adapters.dynamodb.standing_contacts import DynamoContacts
from sayso.adapters.end_user_messaging import SERVICE
from sayso.adapters.queues import upkeep_message
from sayso.domain.campaign import State
from sayso.domain.contact import Contact, Status
from sayso.domain.schedule import Schedule
from sayso.domain.upkeep import Phase, Round
from sayso.handlers import recurring, triggered, upkeep
from sayso.services.campaign_checks import series_of
from sayso.services.ports.campaigns import RunMove
from tests.support.bluebird import ANA, BEN, NUMBER
from tests.support.campaign_pipeline import failed
from tests.support.campaigns import a_campaign, a_subscriber
from tests.support.lambda_context import LambdaContext
from tests.support.simulated_carrier import Phones, answering, simulated
from tests.support.table import TABLE, create_table

DUE = "2026-11-24T09:00:00Z"
# What EventBridge puts into the queue; source: its user guide, "Scheduled events", as of 2026-11.
RULES_EVENT = json.dumps(
    {
        "version": "0",
        "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": DUE,
        "region": "us-east-1",
        "resources": ["arn:aws:events:us-east-1:123456789012:rule/daily"],
        "detail": {},
    }
)
AT_LEISURE, IN_A_HURRY = LambdaContext(remaining_ms=300_000), LambdaContext(remaining_ms=5_000)


@dataclass
class Deployment:
    dynamodb: Any
    sqs: Any
    queue: str
    phones: Phones
    log: io.StringIO

    def put(self, contact: Contact) -> None:
        item = to_item(keys.subscriber(contact.phone)) | contact_attributes(contact)
        self.dynamodb.put_item(TableName=TABLE, Item=item)

    def status(self, phone: str) -> Status:
        return DynamoContacts(self.dynamodb, TABLE).read([phone])[phone].status

    def round(self) -> Round:
        (found,) = DynamoRounds(self.dynamodb, TABLE).newest(5)
        return found

    def is_listed(self, phone: str) -> bool:
        return bool(self.phones.send("GET", f"/phones/{phone}").json()["opted_out"])


@pytest.fixture
def deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    """Ana told the carrier to stop, Ben told us; neither has heard from the other."""
    settings = {
        "TABLE_NAME": TABLE,
        "CARRIER": "end-user-messaging",
        "ORIGINATION_IDENTITY": NUMBER,
        "OPT_OUT_LIST": "Default",
        "SCHEDULE_GROUP": "sayso-campaigns",
        "SCHEDULE_ROLE_ARN": "arn:aws:iam::123456789012:role/scheduler",
        "SCHEDULE_DLQ_ARN": "arn:aws:sqs:us-east-1:123456789012:dead-letters",
        "RUNS_QUEUE_ARN": "arn:aws:sqs:us-east-1:123456789012:runs",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        _forget()
        dynamodb, sqs = aws.client("dynamodb"), aws.client("sqs")
        create_table(dynamodb)
        url = sqs.create_queue(QueueName="upkeep")["QueueUrl"]
        monkeypatch.setenv("UPKEEP_QUEUE_URL", url)
        monkeypatch.setenv("RUNS_QUEUE_URL", sqs.create_queue(QueueName="runs")["QueueUrl"])
        aws.client("scheduler").create_schedule_group(Name="sayso-campaigns")
        log = io.StringIO()
        for handler in upkeep.logger.handlers:
            monkeypatch.setattr(handler, "stream", log)
        # One client reads the list and repeats calls by itself, another changes it and does not.
        patient = simulated(aws.client(SERVICE), tmp_path)
        with patient as phones, answering(aws.client_without_retries(SERVICE), phones):
            found = Deployment(dynamodb, sqs, url, phones, log)
            yesterday = datetime.now(UTC) - timedelta(days=1)
            found.put(replace(a_subscriber(ANA), joined_at=yesterday))
            found.put(replace(a_subscriber(BEN, status=Status.OPTED_OUT), opted_out_at=yesterday))
            phones.send("PUT", f"/phones/{ANA}", json={"opted_out": True})
            yield found
        _forget()


def _forget() -> None:
    upkeep.use_case.cache_clear()
    upkeep.queue.cache_clear()
    recurring.occurrences.cache_clear()
    triggered.firings.cache_clear()
    aws.client.cache_clear()
    aws.client_without_retries.cache_clear()


def test_the_rule_s_event_makes_a_whole_round(deployment: Deployment) -> None:
    assert failed(upkeep.handler, [RULES_EVENT], AT_LEISURE) == []

    done = deployment.round()
    assert (done.id, done.phase) == (DUE, Phase.DONE)
    assert done.counts == {
        "listed": 1,
        "opted_out_here": 1,
        "contacts": 2,
        "opted_out": 2,
        "put_on": 1,
    }
    assert deployment.status(ANA) is Status.OPTED_OUT
    assert deployment.is_listed(BEN)


def test_the_daily_round_sets_the_alarm_that_a_recurring_campaign_has_lost(
    deployment: Deployment,
) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
    weekly = replace(
        a_campaign(state=State.SCHEDULED),
        schedule=Schedule(cron="0 10 * * TUE"),
        next_at=tomorrow,
        next_local="2026-11-24T10:00:00",
    )
    DynamoCampaigns(deployment.dynamodb, TABLE).save(None, weekly)

    assert failed(upkeep.handler, [RULES_EVENT], AT_LEISURE) == []

    (alarm,) = aws.client("scheduler").list_schedules(GroupName="sayso-campaigns")["Schedules"]
    assert alarm["Name"] == f"C1-occurs-{tomorrow:%Y%m%dT%H%M%S}"


def test_the_round_goes_on_where_alarms_cannot_be_set(deployment: Deployment) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
    weekly = replace(
        a_campaign(state=State.SCHEDULED), schedule=Schedule(cron="0 10 * * TUE"), next_at=tomorrow
    )
    DynamoCampaigns(deployment.dynamodb, TABLE).save(None, weekly)
    aws.client("scheduler").delete_schedule_group(Name="sayso-campaigns")

    assert failed(upkeep.handler, [RULES_EVENT], AT_LEISURE) == [0]

    assert deployment.round().phase is Phase.DONE
    assert deployment.is_listed(BEN)


def test_the_daily_round_sets_the_alarm_that_a_triggered_campaign_has_lost(
    deployment: Deployment,
) -> None:
    now = datetime.now(UTC)
    in_three_hours = (now + timedelta(hours=3)).replace(second=0, microsecond=0)
    daily = Schedule(on="birthday", at=f"{in_three_hours:%H:%M}", timezone="UTC")
    active = replace(a_campaign(), schedule=daily).activated(now)
    moves = [RunMove(None, series_of(active, now))]
    DynamoCampaigns(deployment.dynamodb, TABLE).save(None, active, moves)

    assert failed(upkeep.handler, [RULES_EVENT], AT_LEISURE) == []

    (alarm,) = aws.client("scheduler").list_schedules(GroupName="sayso-campaigns")["Schedules"]
    assert alarm["Name"] == f"C1-D{in_three_hours:%Y%m%d%H%M%S}"


def test_a_round_without_time_is_queued_to_go_on(deployment: Deployment) -> None:
    assert failed(upkeep.handler, [RULES_EVENT], IN_A_HURRY) == []
    (message,) = deployment.sqs.receive_message(QueueUrl=deployment.queue)["Messages"]
    assert message["Body"] == upkeep_message(DUE)

    assert failed(upkeep.handler, [message["Body"]], AT_LEISURE) == []

    assert deployment.round().phase is Phase.DONE
    assert "Messages" not in deployment.sqs.receive_message(QueueUrl=deployment.queue)


def test_the_same_event_twice_makes_one_round(
    deployment: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failed(upkeep.handler, [RULES_EVENT, RULES_EVENT], AT_LEISURE) == []

    assert deployment.round().counts["opted_out_here"] == 1
    assert '"Upkeep-opted_out_here":[1.0]' in capsys.readouterr().out, "counted once"


def test_a_message_that_is_none_is_kept(deployment: Deployment) -> None:
    assert failed(upkeep.handler, ["{}", "no JSON", RULES_EVENT], AT_LEISURE) == [0, 1]


def test_what_is_logged_tells_counts_and_nobody_s_number(
    deployment: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    failed(upkeep.handler, [RULES_EVENT], AT_LEISURE)

    told = deployment.log.getvalue() + capsys.readouterr().out
    assert '"opted_out_here":1' in told.replace(" ", "")
    assert "Upkeep-opted_out_here" in told
    assert "312555" not in told
