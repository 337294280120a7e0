"""Work that fails is tried again, alone, and then kept."""

import json

import pytest

from tests.infra.template import CONSUMERS, Template

TWO_WEEKS_S = 14 * 24 * 3600
every_queue = pytest.mark.parametrize("queue", CONSUMERS)


@every_queue
def test_each_queue_has_a_dead_letter_queue(any_stage: Template, queue: str) -> None:
    redrive = any_stage.queue(queue)["RedrivePolicy"]
    assert redrive["maxReceiveCount"] == 5
    letters = redrive["deadLetterTargetArn"]["Fn::GetAtt"][0]
    assert "RedrivePolicy" not in any_stage.resources("AWS::SQS::Queue")[letters]["Properties"]


@every_queue
def test_a_message_stays_hidden_for_six_timeouts(any_stage: Template, queue: str) -> None:
    timeout = any_stage.functions[CONSUMERS[queue]]["Timeout"]
    assert any_stage.queue(queue)["VisibilityTimeout"] >= 6 * timeout


@every_queue
def test_a_poison_message_does_not_take_its_batch_along(any_stage: Template, queue: str) -> None:
    assert any_stage.event_source(queue)["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@every_queue
def test_each_queue_has_a_limit_of_concurrency(any_stage: Template, queue: str) -> None:
    assert 2 <= any_stage.event_source(queue)["ScalingConfig"]["MaximumConcurrency"] <= 10


def test_delivery_events_come_in_batches(any_stage: Template) -> None:
    source = any_stage.event_source("receipts")
    assert source["BatchSize"] >= 10
    assert source["MaximumBatchingWindowInSeconds"] == 1


def test_every_queue_is_encrypted_and_keeps_messages_for_two_weeks(any_stage: Template) -> None:
    queues = any_stage.all("AWS::SQS::Queue")
    assert all(queue["SqsManagedSseEnabled"] is True for queue in queues)
    assert {queue["MessageRetentionPeriod"] for queue in queues} == {TWO_WEEKS_S}


def test_every_queue_refuses_requests_without_tls(any_stage: Template) -> None:
    for queue in any_stage.resources("AWS::SQS::Queue"):
        denied = [
            statement
            for statement in any_stage.queue_policy(queue)
            if statement.effect == "Deny" and statement.actions == {"sqs:*"}
        ]
        assert [one.conditions for one in denied] == [{"Bool": {"aws:SecureTransport": "false"}}]


def test_a_redelivery_on_a_laptop_takes_three_minutes_at_most(local: Template) -> None:
    assert max(local.queue(queue)["VisibilityTimeout"] for queue in CONSUMERS) <= 180


def test_texts_that_the_inbound_function_fails_on_are_kept(any_stage: Template) -> None:
    settings = any_stage.one("AWS::Lambda::EventInvokeConfig")["Properties"]
    assert any_stage.name_of("inbound") in json.dumps(settings["FunctionName"])
    letters = settings["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    assert letters in any_stage.resources("AWS::SQS::Queue")
    assert settings["MaximumRetryAttempts"] == 2
    assert any_stage.resources_for("inbound", "sqs:SendMessage") == {f"<{letters}.Arn>"}


def test_the_daily_round_begins_at_its_hour_and_what_cannot_be_queued_is_kept(
    any_stage: Template,
) -> None:
    rule = any_stage.one("AWS::Events::Rule")["Properties"]
    (target,) = rule["Targets"]
    assert (rule["ScheduleExpression"], rule["State"]) == ("cron(0 9 * * ? *)", "ENABLED")
    assert target["Arn"]["Fn::GetAtt"][0] == any_stage.queue_name("upkeep")
    letters = target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0]
    assert letters in any_stage.resources("AWS::SQS::Queue")
    assert letters != any_stage.queue_name("upkeep")
    assert "Input" not in target, "the round is named by the time in EventBridge's own event"


def test_only_the_rule_itself_may_queue_a_round_from_outside(any_stage: Template) -> None:
    (rule,) = any_stage.resources("AWS::Events::Rule")
    queue = any_stage.queue_name("upkeep")
    (allowed,) = [one for one in any_stage.queue_policy(queue) if one.effect == "Allow"]
    assert "events.amazonaws.com" in allowed.principal
    assert rule in str(allowed.conditions)
