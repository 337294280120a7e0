"""The carrier's two topics."""

import pytest

from tests.infra.template import Properties, Template

TOPICS = {"InboundTopicArn": "lambda", "EventTopicArn": "sqs"}
every_topic = pytest.mark.parametrize("output", TOPICS)


def subscription(template: Template, output: str) -> Properties:
    (found,) = (
        properties
        for properties in template.all("AWS::SNS::Subscription")
        if properties["TopicArn"] == template.outputs[output]["Value"]
    )
    return found


@every_topic
def test_the_carrier_may_publish_for_this_account_only(any_stage: Template, output: str) -> None:
    topic = any_stage.outputs[output]["Value"]["Ref"]
    allowed = [one for one in any_stage.topic_policy(topic) if one.effect == "Allow"]
    (statement,) = allowed
    assert statement.actions == {"sns:Publish"}
    assert statement.principal == '{"Service": "sms-voice.amazonaws.com"}'
    assert statement.conditions == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }


@every_topic
def test_nobody_may_publish_without_tls(any_stage: Template, output: str) -> None:
    topic = any_stage.outputs[output]["Value"]["Ref"]
    denied = [one for one in any_stage.topic_policy(topic) if one.effect == "Deny"]
    assert [one.conditions for one in denied] == [{"Bool": {"aws:SecureTransport": "false"}}]


@every_topic
def test_what_a_topic_cannot_deliver_is_kept(any_stage: Template, output: str) -> None:
    letters = subscription(any_stage, output)["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"]
    (admitting,) = (
        statement for statement in any_stage.queue_policy(letters[0]) if statement.effect == "Allow"
    )
    assert admitting.actions == {"sqs:SendMessage"}
    assert admitting.conditions["ArnEquals"] == {
        "aws:SourceArn": any_stage.outputs[output]["Value"]
    }


@every_topic
def test_each_topic_has_the_one_subscriber(any_stage: Template, output: str) -> None:
    assert subscription(any_stage, output)["Protocol"] == TOPICS[output]


def test_texts_go_straight_to_the_inbound_function(any_stage: Template) -> None:
    endpoint = subscription(any_stage, "InboundTopicArn")["Endpoint"]
    assert endpoint == {"Fn::GetAtt": [any_stage.name_of("inbound"), "Arn"]}


def test_delivery_events_are_queued_as_the_carrier_wrote_them(any_stage: Template) -> None:
    found = subscription(any_stage, "EventTopicArn")
    assert found["RawMessageDelivery"] is True
    assert found["Endpoint"]["Fn::GetAtt"][0] == any_stage.queue_name("receipts")
