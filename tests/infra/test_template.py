"""The template as a whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infra.template import Template

# What the local stack and the command line look up.
OUTPUTS = {
    "ApiUrl",
    "ApiId",
    "ConsoleUrl",
    "TableName",
    "InboundTopicArn",
    "EventTopicArn",
    "UserPoolId",
    "UserPoolClientId",
    "ScheduleGroup",
    "RunsQueueUrl",
    "SlicesQueueUrl",
    "BatchesQueueUrl",
    "ReceiptsQueueUrl",
    "ImportsQueueUrl",
    "ImportsBucketName",
    "UpkeepQueueUrl",
    "UpkeepFunctionName",
    "InboundFunctionName",
    "WebhookFunctionName",
    "AdminFunctionName",
    "ConsoleFunctionName",
    "PublicFunctionName",
    "JoinFunctionName",
    "TriggersFunctionName",
    "ActivityFunctionName",
    "NotifyFunctionName",
    "NoticesQueueUrl",
    "LaunchFunctionName",
    "PlanFunctionName",
    "SendFunctionName",
    "ReceiptsFunctionName",
    "ImporterFunctionName",
}
# CloudFormation's limits: bytes of a template, and resources in it.
LARGEST, MOST = 1_000_000, 500


@pytest.mark.slow
def test_cfn_lint_finds_no_error(any_stage: Template) -> None:
    # W3005: the CDK makes a function depend on its role's policies, and the role besides.
    linter = str(Path(sys.prefix) / "bin" / "cfn-lint")
    command = [linter, "--ignore-checks", "W3005", "--", str(any_stage.path)]
    linted = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (linted.stdout, linted.returncode) == ("", 0)


def test_cdk_nag_ran_and_has_nothing_left_to_complain_of(any_stage: Template) -> None:
    (nag,) = (
        one for one in any_stage.report["pluginReports"] if one["pluginName"] == "AwsSolutions"
    )
    assert nag["conclusion"] == "success"
    assert nag["violations"] == []
    assert len(nag["suppressedViolations"]) > 10


def test_every_finding_that_is_accepted_names_one_resource_and_a_reason(
    any_stage: Template,
) -> None:
    accepted = [
        finding
        for plugin in any_stage.report["pluginReports"]
        for finding in plugin["suppressedViolations"]
    ]
    for finding in accepted:
        assert len(finding["violatingConstructs"]) == 1
        assert finding["acknowledgedAt"].count("/") >= 2  # not the stack, nor a whole part of it
        assert len(finding["reason"]) > 20


def test_the_template_is_far_from_what_cloudformation_refuses(any_stage: Template) -> None:
    body = any_stage.path.read_text()
    assert len(body) < LARGEST / 2
    assert len(json.loads(body)["Resources"]) < MOST / 2


def test_the_outputs_tell_where_everything_is(any_stage: Template) -> None:
    assert set(any_stage.outputs) == OUTPUTS


def test_the_alarms_are_few_enough_to_cost_cents_and_watch_every_dead_letter_queue(
    prod: Template,
) -> None:
    alarms = prod.all("AWS::CloudWatch::Alarm")
    assert len(alarms) <= 14  # ten are free, each other costs ten cents a month
    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in alarms
        for dimension in alarm["Dimensions"]
        if dimension["Name"] == "QueueName"
    }
    letters = {
        name
        for name, queue in prod.resources("AWS::SQS::Queue").items()
        if "RedrivePolicy" not in queue["Properties"]
    }
    assert watched == letters


def test_no_alarm_calculates(prod: Template) -> None:
    """The local AWS refuses a stack with metric math; plain metrics keep the two alike."""
    assert not [alarm for alarm in prod.all("AWS::CloudWatch::Alarm") if "Metrics" in alarm]


def test_the_stack_has_no_custom_resource(any_stage: Template) -> None:
    """The CDK's own run Node in Lambda, which the local AWS does not."""
    assert len(any_stage.functions) == len(any_stage.resources("AWS::Lambda::Function"))
    assert not any_stage.resources("AWS::CloudFormation::CustomResource")
