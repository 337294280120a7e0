"""The carrier's own resources, where the stack makes them."""

from tests.infra.conftest import Synthesize
from tests.infra.template import Template

NUMBER_ARN = "arn:aws:sms-voice:us-east-1:111122223333:phone-number/phone-0123456789abcdef0"
TEXTING = ("inbound", "webhook", "send")


def settings_of(template: Template, function: str) -> dict[str, object]:
    variables = template.functions[function]["Environment"]["Variables"]
    names = ("CARRIER", "ORIGINATION_IDENTITY", "CONFIGURATION_SET", "OPT_OUT_LIST")
    return {name: variables[name] for name in names}


def test_delivery_events_of_the_configuration_set_go_to_their_topic(prod: Template) -> None:
    made = prod.one("AWS::SMSVOICE::ConfigurationSet")["Properties"]
    assert made["ConfigurationSetName"] == "sayso"
    (destination,) = made["EventDestinations"]
    assert destination["Enabled"] is True
    assert destination["MatchingEventTypes"] == ["TEXT_ALL"]
    assert destination["SnsDestination"]["TopicArn"] == prod.outputs["EventTopicArn"]["Value"]


def test_a_number_known_by_its_arn_gets_a_pool_with_two_way_texts(synthesize: Synthesize) -> None:
    template = synthesize(origination_identity=NUMBER_ARN)
    pool = template.one("AWS::SMSVOICE::Pool")["Properties"]
    assert pool["OriginationIdentities"] == [NUMBER_ARN]
    assert pool["TwoWay"] == {
        "Enabled": True,
        "ChannelArn": template.outputs["InboundTopicArn"]["Value"],
    }


def test_the_carrier_does_not_answer_stop_by_itself(synthesize: Synthesize) -> None:
    template = synthesize(origination_identity=NUMBER_ARN)
    pool = template.one("AWS::SMSVOICE::Pool")["Properties"]
    (opt_outs,) = template.resources("AWS::SMSVOICE::OptOutList")
    assert pool["SelfManagedOptOutsEnabled"] is True
    assert pool["OptOutListName"] == {"Ref": opt_outs}


def test_with_a_pool_texts_are_sent_from_it(synthesize: Synthesize) -> None:
    template = synthesize(origination_identity=NUMBER_ARN)
    (pool,) = template.resources("AWS::SMSVOICE::Pool")
    for function in TEXTING:
        assert settings_of(template, function)["ORIGINATION_IDENTITY"] == {
            "Fn::GetAtt": [pool, "PoolId"]
        }
    allowed = template.resources_for("send", "sms-voice:SendTextMessage")
    assert {NUMBER_ARN, f"<{pool}.Arn>"} < allowed


def test_the_pool_is_made_when_its_topic_admits_the_carrier(synthesize: Synthesize) -> None:
    template = synthesize(origination_identity=NUMBER_ARN)
    (policy,) = (
        name
        for name, resource in template.resources("AWS::SNS::TopicPolicy").items()
        if template.outputs["InboundTopicArn"]["Value"] in resource["Properties"]["Topics"]
    )
    assert policy in template.one("AWS::SMSVOICE::Pool")["DependsOn"]


def test_a_number_by_itself_is_left_as_it_is(synthesize: Synthesize) -> None:
    template = synthesize(origination_identity="+18005550100")
    assert not template.resources("AWS::SMSVOICE::Pool")
    assert settings_of(template, "send")["ORIGINATION_IDENTITY"] == "+18005550100"


def test_the_local_stack_has_nothing_that_its_aws_does_not_know(local: Template) -> None:
    kinds = ("ConfigurationSet", "OptOutList", "Pool", "PhoneNumber")
    assert not [kind for kind in kinds if local.resources(f"AWS::SMSVOICE::{kind}")]
    assert settings_of(local, "send") == {
        "CARRIER": "end-user-messaging",
        "ORIGINATION_IDENTITY": "80808",
        "CONFIGURATION_SET": "sayso",
        "OPT_OUT_LIST": "sayso",
    }
