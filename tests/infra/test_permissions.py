"""Who may do what, and nothing more."""

import pytest

from tests.infra.conftest import Synthesize
from tests.infra.template import FUNCTIONS, Template, plain, trusted_by

NUMBER_ARN = "arn:aws:sms-voice:us-east-1:111122223333:phone-number/phone-0123456789abcdef0"
POOL_ARN = "arn:aws:sms-voice:us-east-1:111122223333:pool/pool-0123456789abcdef0"
CARRIER = "arn:<AWS::Partition>:sms-voice:<AWS::Region>:<AWS::AccountId>"
# Who answers customers, who sends campaigns, and who tries them on the shop's own staff.
TEXTING = {"inbound", "webhook", "join", "send", "admin"}
TRACES = frozenset({"xray:PutTraceSegments", "xray:PutTelemetryRecords"})
OBJECTS = frozenset({"s3:GetObject", "s3:PutObject"})
SCHEDULES = frozenset({"scheduler:CreateSchedule", "scheduler:DeleteSchedule"})
# Who sets alarms: for campaigns, for openings of windows, and for what comes next.
SET_ALARMS = {"admin", "launch", "send", "triggers", "upkeep"}


def test_each_function_has_a_role_of_its_own(any_stage: Template) -> None:
    roles = {any_stage.role_of(function) for function in FUNCTIONS}
    assert len(roles) == len(FUNCTIONS)


def test_no_role_has_a_managed_policy(any_stage: Template) -> None:
    assert not any(role.get("ManagedPolicyArns") for role in any_stage.all("AWS::IAM::Role"))
    assert not any_stage.resources("AWS::IAM::ManagedPolicy")


def test_no_policy_allows_a_class_of_actions(any_stage: Template) -> None:
    allowed = [
        action
        for _, statement in any_stage.every_policy()
        if statement.effect == "Allow"
        for action in statement.actions
    ]
    assert allowed
    assert not [action for action in allowed if "*" in action]


@pytest.mark.parametrize(
    "settings",
    [
        {"stage": "local"},
        {"stage": "prod"},
        {"stage": "prod", "carrier": "sns"},
        {"stage": "prod", "origination_identity": POOL_ARN},
    ],
    ids=lambda settings: "-".join(settings.values()),
)
def test_every_wildcard_resource_is_one_of_those_that_cannot_be_narrower(
    synthesize: Synthesize, settings: dict[str, str]
) -> None:
    template = synthesize(**settings)
    wildcards = {
        (statement.actions, resource)
        for _, statement in template.every_policy()
        if statement.effect == "Allow"
        for resource in statement.resources
        if "*" in resource
    }
    group = plain(template.outputs["ScheduleGroup"]["Value"])
    schedules = f"arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/{group}/*"
    bucket = f"<{template.name_of_bucket}.Arn>"
    assert wildcards <= {
        (TRACES, "*"),
        (SCHEDULES, schedules),
        *((frozenset({action}), schedules) for action in SCHEDULES),
        (frozenset({"sms-voice:SendTextMessage"}), f"{CARRIER}:phone-number/*"),
        (frozenset({"sns:Publish"}), "*"),
        (frozenset({"sns:OptInPhoneNumber"}), "*"),
        *((actions, f"{bucket}/files/*") for actions in (OBJECTS, frozenset({"s3:GetObject"}))),
        *((actions, f"{bucket}/refused/*") for actions in (OBJECTS, frozenset({"s3:GetObject"}))),
        (frozenset({"sns:ListPhoneNumbersOptedOut"}), "*"),
        (frozenset({"dynamodb:ListStreams"}), "*"),
    }


def test_every_wildcard_resource_has_a_reason_on_record(any_stage: Template) -> None:
    reasons = {
        (construct["constructPath"].split("/")[1], accepted["ruleName"].partition("Resource::")[2])
        for plugin in any_stage.report["pluginReports"]
        for accepted in plugin["suppressedViolations"]
        for construct in accepted["violatingConstructs"]
        if "IAM5" in accepted["ruleName"] and len(accepted["reason"]) > 20
    }
    wildcards = {
        (f"{function.capitalize()}Handler", f"{resource}]")
        for function in FUNCTIONS
        for statement in any_stage.statements_of(function)
        for resource in statement.resources
        if statement.effect == "Allow" and "*" in resource
    }
    assert wildcards
    assert wildcards <= reasons


def test_only_functions_that_text_people_may_send(any_stage: Template) -> None:
    assert any_stage.who_may("sms-voice:SendTextMessage") == TEXTING
    assert any_stage.who_may("sns:Publish") == set()


def test_only_who_hears_of_opt_outs_may_change_the_carriers_list(prod: Template) -> None:
    unlisting = {"inbound", "webhook", "upkeep"}
    assert prod.who_may("sms-voice:DeleteOptedOutNumber") == unlisting
    assert prod.who_may("sms-voice:PutOptedOutNumber") == unlisting | {"receipts", "admin"}
    for action in ("sms-voice:PutOptedOutNumber", "sms-voice:DeleteOptedOutNumber"):
        assert prod.resources_for("inbound", action) == {f"{CARRIER}:opt-out-list/sayso"}


def test_the_admin_api_may_put_numbers_on_the_carriers_list_and_take_none_off(
    prod: Template,
) -> None:
    assert "admin" in prod.who_may("sms-voice:PutOptedOutNumber")
    assert "admin" not in prod.who_may("sms-voice:DeleteOptedOutNumber")
    assert prod.resources_for("admin", "sms-voice:PutOptedOutNumber") == {
        f"{CARRIER}:opt-out-list/sayso"
    }


@pytest.mark.parametrize(
    ("identity", "arn"),
    [
        (POOL_ARN, POOL_ARN),
        ("pool-0123456789abcdef0", f"{CARRIER}:pool/pool-0123456789abcdef0"),
        ("80808", f"{CARRIER}:phone-number/*"),
    ],
)
def test_sending_is_allowed_from_the_origination_identity_only(
    synthesize: Synthesize, identity: str, arn: str
) -> None:
    template = synthesize(origination_identity=identity)
    allowed = template.resources_for("send", "sms-voice:SendTextMessage")
    assert allowed == {arn, f"{CARRIER}:configuration-set/sayso"}


def test_with_the_sns_carrier_phones_may_be_published_to_but_topics_not(
    synthesize: Synthesize,
) -> None:
    template = synthesize(carrier="sns")
    assert template.who_may("sns:Publish") == TEXTING
    assert template.who_may("sms-voice:SendTextMessage") == set()
    for function in template.who_may("sns:Publish"):
        denied = [
            resource
            for statement in template.statements_of(function)
            if statement.effect == "Deny" and "sns:Publish" in statement.actions
            for resource in statement.resources
        ]
        assert denied == ["arn:<AWS::Partition>:sns:*:*:*"]


def test_only_the_admin_api_may_delete_items_and_of_runs_the_launcher(any_stage: Template) -> None:
    assert any_stage.who_may("dynamodb:DeleteItem") == {"admin", "launch"}
    (of_launch,) = [
        one for one in any_stage.statements_of("launch") if "dynamodb:DeleteItem" in one.actions
    ]
    assert of_launch.conditions == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["RUN#*"]}}


def test_the_admin_api_may_walk_through_the_whole_table_and_the_daily_round_through_the_index(
    any_stage: Template,
) -> None:
    assert any_stage.who_may("dynamodb:Scan") == {"admin", "upkeep"}
    (index,) = any_stage.resources_for("upkeep", "dynamodb:Scan")
    assert index.endswith("/index/by_location")


def test_only_the_daily_round_may_read_the_carriers_list(any_stage: Template) -> None:
    assert any_stage.who_may("sms-voice:DescribeOptedOutNumbers") == {"upkeep"}


def test_the_console_may_sign_people_in_and_nothing_else(any_stage: Template) -> None:
    calls = {"cognito-idp:AdminInitiateAuth", "cognito-idp:AdminRespondToAuthChallenge"}
    actions = {action for one in any_stage.statements_of("console") for action in one.actions}
    assert actions == calls | {"logs:CreateLogStream", "logs:PutLogEvents"} | TRACES
    for action in calls:
        assert any_stage.who_may(action) == {"console"}
        (resource,) = any_stage.resources_for("console", action)
        (pool,) = any_stage.resources("AWS::Cognito::UserPool")
        assert resource == f"<{pool}.Arn>"


def test_a_customers_link_reaches_the_table_and_nothing_else(any_stage: Template) -> None:
    """Neither the index, by which people are listed, nor the carrier; and it deletes nothing."""
    statements = any_stage.statements_of("public")
    actions = {action for one in statements for action in one.actions}
    reads = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
    writes = {"dynamodb:PutItem", "dynamodb:UpdateItem"}
    assert actions == reads | writes | {"logs:CreateLogStream", "logs:PutLogEvents"} | TRACES
    (table,) = any_stage.resources("AWS::DynamoDB::Table")
    assert any_stage.resources_for("public", "dynamodb:Query") == {f"<{table}.Arn>"}


def test_who_calls_strangers_may_write_nothing_but_how_that_went(any_stage: Template) -> None:
    """The one function whose other side anybody may be: no consent, no coupon is in its reach."""
    of_table = [
        one
        for one in any_stage.statements_of("notify")
        if any(action.startswith("dynamodb:") for action in one.actions)
    ]
    found = {action: one.conditions for one in of_table for action in one.actions}
    assert found == {
        "dynamodb:GetItem": {},
        "dynamodb:PutItem": {
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["WEBHOOK", "HOOK#*"]}
        },
    }


def test_only_the_admin_api_and_the_planner_may_list_an_audience(any_stage: Template) -> None:
    readers = {
        function
        for function in FUNCTIONS
        if any(
            resource.endswith("/index/by_location")
            for resource in any_stage.resources_for(function, "dynamodb:Query")
        )
    }
    assert readers == {"admin", "plan"}


@pytest.mark.parametrize(
    ("queue", "senders"),
    [
        ("runs", {"admin", "launch", "triggers", "upkeep"}),
        ("slices", {"launch", "plan"}),
        ("batches", {"launch", "plan", "send"}),
        ("receipts", set()),
        ("imports", {"admin", "importer"}),
        ("upkeep", {"admin", "upkeep"}),
        ("notices", {"admin", "activity", "notify"}),
    ],
)
def test_each_queue_is_filled_by_those_before_it(
    any_stage: Template, queue: str, senders: set[str]
) -> None:
    arn = any_stage.queue_arn(queue)
    found = {name for name in FUNCTIONS if arn in any_stage.resources_for(name, "sqs:SendMessage")}
    assert found == senders


def test_schedules_are_made_by_those_who_set_alarms_and_in_their_group_only(
    any_stage: Template,
) -> None:
    assert any_stage.who_may("scheduler:CreateSchedule") == SET_ALARMS
    assert any_stage.who_may("scheduler:DeleteSchedule") == {"admin"}
    group = plain(any_stage.outputs["ScheduleGroup"]["Value"])
    for action in SCHEDULES:
        for function in any_stage.who_may(action):
            (resource,) = any_stage.resources_for(function, action)
            assert resource.endswith(f":schedule/{group}/*")


def test_only_the_schedulers_role_may_be_passed_and_to_scheduler_only(any_stage: Template) -> None:
    assert any_stage.who_may("iam:PassRole") == SET_ALARMS
    for function in SET_ALARMS:
        (statement,) = (
            one for one in any_stage.statements_of(function) if "iam:PassRole" in one.actions
        )
        (resource,) = statement.resources
        assert resource == plain(
            any_stage.functions[function]["Environment"]["Variables"]["SCHEDULE_ROLE_ARN"]
        )
        assert statement.conditions == {
            "StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}
        }


def test_schedules_may_only_start_runs(any_stage: Template) -> None:
    admin = any_stage.functions["admin"]["Environment"]["Variables"]
    role = admin["SCHEDULE_ROLE_ARN"]["Fn::GetAtt"][0]
    allowed = {
        (action, resource)
        for statement in any_stage.statements_of_role(role)
        for action in statement.actions
        for resource in statement.resources
    }
    assert allowed == {
        ("sqs:SendMessage", any_stage.queue_arn("runs")),
        ("sqs:SendMessage", plain(admin["SCHEDULE_DLQ_ARN"])),
    }


def test_the_schedulers_role_serves_this_accounts_group_alone(any_stage: Template) -> None:
    admin = any_stage.functions["admin"]["Environment"]["Variables"]
    role = admin["SCHEDULE_ROLE_ARN"]["Fn::GetAtt"][0]
    (trust,) = trusted_by(any_stage.resources("AWS::IAM::Role")[role])
    assert "scheduler.amazonaws.com" in trust.principal
    (group,) = any_stage.resources("AWS::Scheduler::ScheduleGroup")
    assert trust.conditions["StringEquals"] == {
        "aws:SourceAccount": {"Ref": "AWS::AccountId"},
        "aws:SourceArn": {"Fn::GetAtt": [group, "Arn"]},
    }


def test_an_import_is_uploaded_by_the_admin_apis_leave_and_only_read_by_the_importer(
    any_stage: Template,
) -> None:
    bucket = f"<{any_stage.name_of_bucket}.Arn>"
    assert any_stage.resources_for("admin", "s3:PutObject") == {f"{bucket}/files/*"}
    assert any_stage.resources_for("importer", "s3:PutObject") == {f"{bucket}/refused/*"}
    assert any_stage.who_may("s3:GetObject") == {"admin", "importer"}
    assert any_stage.who_may("s3:DeleteObject") == set()


def test_twilios_secret_is_readable_by_the_web_hook_only(synthesize: Synthesize) -> None:
    template = synthesize(twilio_secret="sayso/twilio")
    assert template.who_may("secretsmanager:GetSecretValue") == {"webhook"}
    (secret,) = template.resources_for("webhook", "secretsmanager:GetSecretValue")
    assert secret.endswith(":secret:sayso/twilio-??????")


def test_without_twilio_no_function_may_read_secrets(prod: Template) -> None:
    assert prod.who_may("secretsmanager:GetSecretValue") == set()


def test_functions_write_to_their_own_log_group_only(any_stage: Template) -> None:
    for function in FUNCTIONS:
        group = any_stage.functions[function]["LoggingConfig"]["LogGroup"]["Ref"]
        assert any_stage.resources_for(function, "logs:PutLogEvents") == {f"<{group}.Arn>"}
