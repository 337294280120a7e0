"""Every call that the code makes of AWS is allowed to a function, and no other call is."""

import re

import pytest

from tests.infra.conftest import Synthesize
from tests.infra.template import FUNCTIONS, Template
from tests.support.repository import ROOT

# How a call looks in the adapters, by the IAM action that it needs.
CALLS = {
    "dynamodb:GetItem": r"\.get_item\(",
    "dynamodb:BatchGetItem": r"\.batch_get_item\(",
    "dynamodb:Query": r"\.query\(",
    "dynamodb:Scan": r"\.scan\(",
    "dynamodb:PutItem": r"\.put_item\(|\"Put\": ?|PutRequest",
    "dynamodb:UpdateItem": r"\.update_item\(|\"Update\": ?",
    "dynamodb:DeleteItem": r"\.delete_item\(|\"Delete\": ?|DeleteRequest",
    "dynamodb:ConditionCheckItem": r"\"ConditionCheck\": ?",
    "dynamodb:BatchWriteItem": r"\.batch_write_item\(",
    "sqs:SendMessage": r"\.send_message(_batch)?\(",
    "scheduler:CreateSchedule": r"\.create_schedule\(",
    "scheduler:DeleteSchedule": r"\.delete_schedule\(",
    "scheduler:GetSchedule": r"\.get_schedule\(",
    "scheduler:UpdateSchedule": r"\.update_schedule\(",
    "scheduler:ListSchedules": r"\.list_schedules\(",
    "sms-voice:SendTextMessage": r"\.send_text_message\b",
    "sms-voice:PutOptedOutNumber": r"\.put_opted_out_number\b",
    "sms-voice:DeleteOptedOutNumber": r"\.delete_opted_out_number\b",
    "sms-voice:DescribeOptedOutNumbers": r"\.describe_opted_out_numbers\b",
    "sns:Publish": r"\.publish\b",
    "sns:OptInPhoneNumber": r"\.opt_in_phone_number\b",
    "sns:ListPhoneNumbersOptedOut": r"\.list_phone_numbers_opted_out\b",
    "cognito-idp:AdminInitiateAuth": r"\.admin_initiate_auth\b",
    "cognito-idp:AdminRespondToAuthChallenge": r"\.admin_respond_to_auth_challenge\b",
    "secretsmanager:GetSecretValue": r"\.get_secret_value\(",
    "s3:GetObject": r"\.(get|head)_object\(",
    "s3:PutObject": r"\.put_object\(",
}


@pytest.mark.parametrize("action", CALLS)
def test_an_action_is_allowed_exactly_if_the_code_needs_it(
    synthesize: Synthesize, action: str
) -> None:
    adapters = (ROOT / "functions" / "sayso" / "adapters").rglob("*.py")
    needed = any(re.search(CALLS[action], path.read_text()) for path in adapters)
    with_each_carrier = [
        synthesize(twilio_secret="sayso/twilio"),
        synthesize(twilio_secret="sayso/twilio", carrier="sns"),
    ]
    assert any(template.who_may(action) for template in with_each_carrier) == needed


def test_functions_may_call_nothing_else(prod: Template) -> None:
    of_lambda_itself = {
        "iam:PassRole",  # with CreateSchedule
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "s3:ListBucket",  # with GetObject, which calls what is absent forbidden without it
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    }
    allowed = {
        action
        for function in FUNCTIONS
        for statement in prod.statements_of(function)
        if statement.effect == "Allow"
        for action in statement.actions
    }
    assert allowed <= of_lambda_itself | set(CALLS)
