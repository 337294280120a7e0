"""The functions of a campaign, from its launch to its delivery events: SQS events in, texts out."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sayso.adapters.queues import (
    batch_message,
    due_message,
    launch_message,
    parse_batch,
    slice_message,
)
from sayso.domain.campaign import State
from sayso.domain.contact import Status
from sayso.domain.recipient import recipients
from sayso.domain.run import RunState, Slice
from sayso.domain.schedule import Schedule
from sayso.handlers import launch, plan, receipts, send
from sayso.services.pausing import BY_HAND, Pausing, Resuming
from sayso.services.ports.campaigns import RunMove
from sayso.services.ports.queues import BatchTask, OccurrenceDue, OpeningDue
from tests.fakes.queues import FakeLaunches
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaign_pipeline import Handler, Pipeline, failed, opened_pipeline, sqs_event
from tests.support.campaigns import BODY, a_campaign, a_run, a_subscriber
from tests.support.delivery_events import delivery_event
from tests.support.lambda_context import LambdaContext
from tests.support.queue_driver import frozen

ONE_BATCH = BatchTask("R1", "DOWNTOWN#0#0", recipients((ANA, BEN, CHLOE)))


@pytest.fixture
def pipeline() -> Iterator[Pipeline]:
    """Ana and Ben are downtown, Chloe in Denver; an offer for downtown is due."""
    with opened_pipeline() as opened:
        opened.put(a_subscriber(ANA))
        opened.put(a_subscriber(BEN))
        opened.put(a_subscriber(CHLOE, "DENVER"))
        scheduled(opened, opened.now())
        yield opened


def scheduled(pipeline: Pipeline, due_at: datetime, state: RunState = RunState.WAITING) -> None:
    campaign = a_campaign(state=State.SCHEDULED, runs=("R1",))
    pipeline.store.save(None, campaign, [RunMove(None, a_run(state=state, due_at=due_at))])


def delivered(phone: str, kind: str = "TEXT_DELIVERED", **context: str) -> str:
    return json.dumps(delivery_event(phone, kind, context or {"run": "R1", "campaign": "C1"}))


def test_an_offer_gets_to_the_phones_of_its_location_once(pipeline: Pipeline) -> None:
    pipeline.run("R1")

    for phone in (ANA, BEN):
        (text,) = pipeline.texts_to(phone)
        assert (text["body"], text["message_type"]) == (BODY, "PROMOTIONAL")
        assert text["context"] == {"run": "R1", "campaign": "C1"}
    assert pipeline.texts_to(CHLOE) == []
    report = pipeline.report("C1")
    assert (report.targeted, report.sent, report.status) == (2, 2, State.FINISHED)


def test_delivery_events_complete_the_report(pipeline: Pipeline) -> None:
    pipeline.run("R1")

    assert failed(receipts.handler, [delivered(ANA), delivered(BEN, "TEXT_BLOCKED")]) == []

    report = pipeline.report("C1")
    assert (report.delivered, report.undelivered, report.failures) == (1, 1, {"blocked": 1})


def test_every_message_delivered_three_times_changes_nothing_more(pipeline: Pipeline) -> None:
    failed(launch.handler, [launch_message("R1")] * 3)
    slices = pipeline.queued("slices")
    assert failed(plan.handler, slices * 3) == []
    batches = pipeline.queued("batches")
    assert failed(send.handler, batches * 3) == []
    assert failed(receipts.handler, [delivered(ANA), delivered(BEN)] * 3) == []

    assert [len(pipeline.texts_to(phone)) for phone in (ANA, BEN, CHLOE)] == [1, 1, 0]
    report = pipeline.report("C1")
    assert (report.targeted, report.sent, report.delivered, report.waiting) == (2, 2, 2, 0)


def test_a_stop_between_planning_and_sending_wins(pipeline: Pipeline) -> None:
    failed(launch.handler, [launch_message("R1")])
    failed(plan.handler, pipeline.queued("slices"))
    pipeline.put(replace(a_subscriber(BEN), status=Status.OPTED_OUT))

    failed(send.handler, pipeline.queued("batches"))

    assert [len(pipeline.texts_to(phone)) for phone in (ANA, BEN)] == [1, 0]
    assert pipeline.report("C1").excluded == {"opted_out": 1}


def test_a_number_on_the_carrier_s_own_list_is_refused_there(pipeline: Pipeline) -> None:
    client: Any = send.use_case().carrier.client  # type: ignore[attr-defined]
    client.put_opted_out_number(OptOutListName="Default", OptedOutNumber=BEN)

    pipeline.run("R1")

    report = pipeline.report("C1")
    assert (report.sent, report.refused) == (1, 1)
    assert list(report.failures) == ["DESTINATION_PHONE_NUMBER_OPTED_OUT"]


def test_a_carrier_that_is_busy_gets_the_rest_later(pipeline: Pipeline) -> None:
    pipeline.phones.have(parts_per_second=0.1)
    failed(launch.handler, [launch_message("R1")])
    failed(plan.handler, pipeline.queued("slices"))
    bodies = pipeline.queued("batches")
    people = [one for body in bodies for one in json.loads(body)["people"]]
    whole = json.loads(bodies[0]) | {"people": people}

    assert failed(send.handler, [json.dumps(whole)]) == []

    assert [delay_s for _, delay_s in pipeline.taken_from("batches") if delay_s] == [1]
    assert sum(len(pipeline.texts_to(phone)) for phone in (ANA, BEN)) == 1


@pytest.mark.parametrize("handler", [launch.handler, plan.handler, send.handler, receipts.handler])
@pytest.mark.parametrize("poison", ["", "{}", "[1]", '{"run": 1}', "\u0000", "null"])
def test_a_poison_message_fails_alone_for_every_function(
    pipeline: Pipeline, handler: Handler, poison: str
) -> None:
    good = {
        launch.handler: launch_message("R1"),
        plan.handler: slice_message(Slice("R1", "DOWNTOWN", 0)),
        send.handler: batch_message(replace(ONE_BATCH, recipients=())),
        receipts.handler: delivered(ANA, tag="payroll"),
    }[handler]
    if handler is not launch.handler:
        failed(launch.handler, [launch_message("R1")])

    assert failed(handler, [poison, good, poison]) == [0, 2]


@pytest.mark.parametrize(
    ("handler", "body"),
    [
        (plan.handler, slice_message(Slice("R9", "DOWNTOWN", 0))),
        (send.handler, batch_message(replace(ONE_BATCH, run_id="R9"))),
        (receipts.handler, delivered(ANA, run="R9")),
        (receipts.handler, delivered(ANA, "TEXT_TELEPORTED")),
    ],
)
def test_a_message_about_nothing_that_exists_goes_to_the_dead_letters(
    pipeline: Pipeline, handler: Handler, body: str
) -> None:
    assert failed(handler, [body]) == [0]


def test_an_old_launch_of_a_run_that_was_never_written_is_dropped(pipeline: Pipeline) -> None:
    assert failed(launch.handler, [launch_message("R9")]) == []


def test_a_paused_run_lays_its_batches_by_and_a_launch_brings_them_back(pipeline: Pipeline) -> None:
    failed(launch.handler, [launch_message("R1")])
    failed(plan.handler, pipeline.queued("slices"))
    pausing = Pausing(pipeline.store)
    assert pausing.pause("R1", BY_HAND, pipeline.now())

    assert failed(send.handler, pipeline.queued("batches")) == []
    assert (pipeline.texts_to(ANA), pipeline.queued("batches")) == ([], [])
    Resuming(pipeline.store, FakeLaunches()).resume("C1", pipeline.now())
    assert failed(launch.handler, [launch_message("R1")]) == []
    assert failed(send.handler, pipeline.queued("batches")) == []

    assert [len(pipeline.texts_to(phone)) for phone in (ANA, BEN)] == [1, 1]
    assert pipeline.report("C1").status is State.FINISHED


def test_whoever_sleeps_has_an_alarm_and_comes_back_with_it(pipeline: Pipeline) -> None:
    sleeper = "+61255550101"  # in Sydney, where it is before dawn
    pipeline.put(a_subscriber(sleeper))
    pipeline.run("R1")

    (alarm,) = pipeline.alarms()
    opens = datetime.strptime(alarm, "R1-opens-%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    assert failed(launch.handler, [due_message(OpeningDue("R1", opens))] * 2) == []

    (body,) = pipeline.queued("batches")
    assert parse_batch(body).phones == (sleeper,)
    assert pipeline.report("C1").waiting == 1


def test_an_occurrence_sets_the_next_alarm_and_launches_its_run_once(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    this_hour = NOON
    # What is due in a moment has no schedule: the hour must not be about to end.
    monkeypatch.setattr(launch, "datetime", frozen(this_hour, [timedelta()]))
    hourly = replace(
        a_campaign("C2", State.SCHEDULED),
        schedule=Schedule(cron="0 * * * *", timezone="UTC"),
        next_at=this_hour,
        next_local=this_hour.replace(tzinfo=None).isoformat(),
    )
    pipeline.store.save(None, hourly)
    message = due_message(OccurrenceDue("C2", this_hour))

    assert failed(launch.handler, [message, message]) == []

    following = this_hour + timedelta(hours=1)
    assert pipeline.alarms() == [f"C2-occurs-{following:%Y%m%dT%H%M%S}"]
    after = pipeline.store.get("C2")
    assert after is not None
    assert (after.next_at, len(after.runs), after.open_runs) == (following, 1, 1)
    run = pipeline.store.run(after.runs[0])
    assert run is not None
    assert (run.due_at, run.state, run.campaign_id) == (this_hour, RunState.WAITING, "C2")


def test_a_young_launch_waits_for_its_run(pipeline: Pipeline) -> None:
    event = sqs_event(launch_message("R9"))
    sent_at = int(pipeline.now().timestamp() * 1000)
    event["Records"][0]["attributes"]["SentTimestamp"] = str(sent_at)

    answer = launch.handler(event, LambdaContext())

    assert answer == {"batchItemFailures": [{"itemIdentifier": "0"}]}


def test_an_alarm_before_its_time_launches_nothing() -> None:
    with opened_pipeline() as pipeline:
        scheduled(pipeline, pipeline.now() + timedelta(hours=1))

        assert failed(launch.handler, [launch_message("R1")]) == []

        assert pipeline.queued("slices") == []
        assert pipeline.report("C1").status is State.SCHEDULED


def test_a_sender_without_time_sends_nothing_and_wants_the_message_again(
    pipeline: Pipeline,
) -> None:
    failed(launch.handler, [launch_message("R1")])
    failed(plan.handler, pipeline.queued("slices"))
    hasty = LambdaContext(remaining_ms=5_000)

    bodies = pipeline.queued("batches")

    assert failed(send.handler, bodies, hasty) == list(range(len(bodies)))
    assert pipeline.texts_to(ANA) == []
    assert failed(send.handler, bodies) == []
    assert len(pipeline.texts_to(ANA)) == 1


def test_a_planner_without_time_queues_its_slice_again(pipeline: Pipeline) -> None:
    failed(launch.handler, [launch_message("R1")])
    slices = pipeline.queued("slices")

    assert failed(plan.handler, slices, LambdaContext(remaining_ms=5_000)) == []

    assert sorted(pipeline.queued("slices")) == sorted(slices)


def test_an_event_of_an_answer_to_an_unknown_text_does_no_harm(pipeline: Pipeline) -> None:
    assert failed(receipts.handler, [delivered(ANA, exchange="in-1")]) == []


def test_neither_numbers_nor_words_are_logged(pipeline: Pipeline) -> None:
    pipeline.run("R1")
    failed(receipts.handler, [delivered(ANA), delivered(BEN, "TEXT_TELEPORTED"), f"no {CHLOE}"])
    failed(send.handler, [batch_message(ONE_BATCH), f'{{"phones": "{BEN}"}}'])
    pipeline.dynamodb.delete_table(TableName="sayso-test")
    assert failed(send.handler, [batch_message(ONE_BATCH)]) == [0]

    log = pipeline.log.getvalue()
    assert '"outcomes"' in log
    assert "message failed" in log
    for secret in (ANA, BEN, CHLOE, "3125550101", "cinnamon"):
        assert secret not in log
