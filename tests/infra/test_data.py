"""What must not get lost, and who is let in."""

import json
from typing import Any

import pytest

from benchmarks.stream import record_of, wakes_activity, wakes_triggers
from tests.infra.template import FUNCTIONS, Template

LASTING = ["AWS::DynamoDB::Table", "AWS::Cognito::UserPool"]


def test_the_table_is_paid_by_request_and_restorable_to_any_second(any_stage: Template) -> None:
    table = any_stage.one("AWS::DynamoDB::Table")["Properties"]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_the_table_has_the_one_index_by_location(any_stage: Template) -> None:
    (index,) = any_stage.one("AWS::DynamoDB::Table")["Properties"]["GlobalSecondaryIndexes"]
    assert index["IndexName"] == "by_location"
    assert [key["AttributeName"] for key in index["KeySchema"]] == ["gsi1pk", "gsi1sk"]
    assert index["Projection"]["ProjectionType"] == "INCLUDE"
    assert set(index["Projection"]["NonKeyAttributes"]) == {
        *("phone", "status", "location", "channel", "keyword", "language", "preference"),
        *("joined_at", "last_heard_at", "visited_at", "clicked_at", "redeemed_at", "attributes"),
        *("visits", "zip"),
    }


def test_changes_of_subscribers_and_triggered_campaigns_wake_the_triggers(
    any_stage: Template,
) -> None:
    assert patterns(stream_sources(any_stage)["triggers"]) == [
        {"dynamodb": {"Keys": {"sk": {"S": ["SUBSCRIBER"]}}}},
        {"dynamodb": {"Keys": {"pk": {"S": ["TRIGGERED"]}}}},
    ]


def test_what_people_do_is_told_to_the_activity_and_no_coupon_that_is_only_issued(
    any_stage: Template,
) -> None:
    assert patterns(stream_sources(any_stage)["activity"]) == [
        {"dynamodb": {"Keys": {"sk": {"S": ["SUBSCRIBER"]}}}},
        {"dynamodb": {"Keys": {"pk": {"S": ["CAMPAIGN"]}}}},
        {
            "dynamodb": {
                "Keys": {"sk": {"S": ["COUPON"]}},
                "NewImage": {"clicked_at": {"S": [{"exists": True}]}},
            }
        },
        {"dynamodb": {"Keys": {"sk": {"S": [{"prefix": "USE#"}]}}}},
    ]


def test_the_cost_model_wakes_whom_the_deployment_wakes(prod: Template) -> None:
    sources = stream_sources(prod)
    kinds = [
        *(
            ("S#+13125550101", "SUBSCRIBER"),
            ("S#+13125550101", "ACT#1"),
            ("CODE#K7P4XQ9M", "USE#1"),
        ),
        *(("CODE#K7P4XQ9M", "COUPON"), ("CAMPAIGN", "C1"), ("TRIGGERED", "C1"), ("RUN#1", "+1312")),
    ]
    for pk, sk in kinds:
        for more in ({}, {"clicked_at": {"S": "2026-11-23T18:00:00.000+00:00"}}):
            item = {"pk": {"S": pk}, "sk": {"S": sk}, **more}
            for name, wakes in (("triggers", wakes_triggers), ("activity", wakes_activity)):
                found = any(lets_in(one, record_of(1, {}, item)) for one in patterns(sources[name]))
                assert wakes(item) == found, (name, item)


def lets_in(pattern: Any, told: Any) -> bool:
    """Whether a filter of Lambda's lets this through (Lambda developer guide, "Filter rules")."""
    if isinstance(pattern, dict):
        return told is not None and all(lets_in(pattern[one], told.get(one)) for one in pattern)
    return any(_is_met(rule, told) for rule in pattern)


def _is_met(rule: Any, told: Any) -> bool:
    if not isinstance(rule, dict):
        return bool(rule == told)
    if "prefix" in rule:
        return str(told).startswith(rule["prefix"])
    return bool((told is not None) == rule["exists"])


def test_the_stream_tells_two_functions_everything_in_order_and_keeps_what_fails(
    any_stage: Template,
) -> None:
    table = any_stage.one("AWS::DynamoDB::Table")["Properties"]
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    # More than two consumers would be throttled: each polls the same shards.
    assert any_stage.who_may("dynamodb:GetRecords") == {"triggers", "activity"}
    for source in stream_sources(any_stage).values():
        # In order and from the first on; a bad record is told apart, and kept.
        assert (source["StartingPosition"], source["BisectBatchOnFunctionError"]) == (
            "TRIM_HORIZON",
            True,
        )
        assert "ParallelizationFactor" not in source
        assert source["DestinationConfig"]["OnFailure"]["Destination"]


def stream_sources(template: Template) -> dict[str, dict[str, Any]]:
    """What ties the stream to functions, by their names."""
    return {
        name: one
        for one in template.all("AWS::Lambda::EventSourceMapping")
        if "StreamArn" in json.dumps(one["EventSourceArn"])
        for name in FUNCTIONS
        if template.name_of(name) in json.dumps(one["FunctionName"])
    }


def patterns(source: dict[str, Any]) -> list[Any]:
    return [json.loads(one["Pattern"]) for one in source["FilterCriteria"]["Filters"]]


@pytest.mark.parametrize("kind", LASTING)
def test_in_production_data_outlives_the_stack(prod: Template, kind: str) -> None:
    resource = prod.one(kind)
    assert resource["DeletionPolicy"] == "Retain"
    assert resource["UpdateReplacePolicy"] == "Retain"


def test_in_production_data_is_protected_from_deletion(prod: Template) -> None:
    assert prod.one("AWS::DynamoDB::Table")["Properties"]["DeletionProtectionEnabled"] is True
    assert prod.one("AWS::Cognito::UserPool")["Properties"]["DeletionProtection"] == "ACTIVE"


@pytest.mark.parametrize("kind", LASTING)
def test_on_a_laptop_everything_goes_with_the_stack(local: Template, kind: str) -> None:
    assert local.one(kind)["DeletionPolicy"] == "Delete"


def test_people_are_invited_and_cannot_sign_up(any_stage: Template) -> None:
    pool = any_stage.one("AWS::Cognito::UserPool")["Properties"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert pool["UsernameAttributes"] == ["email"]


def test_passwords_are_long_and_mixed(any_stage: Template) -> None:
    policy = any_stage.one("AWS::Cognito::UserPool")["Properties"]["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] >= 12
    assert all(value for name, value in policy.items() if name.startswith("Require"))


def test_there_are_three_groups_and_the_owners_come_first(any_stage: Template) -> None:
    groups = sorted(any_stage.all("AWS::Cognito::UserPoolGroup"), key=lambda one: one["Precedence"])
    assert [group["GroupName"] for group in groups] == ["owner", "marketer", "staff"]


def test_the_client_has_no_secret_and_its_tokens_last_an_hour(any_stage: Template) -> None:
    client = any_stage.one("AWS::Cognito::UserPoolClient")["Properties"]
    assert client["GenerateSecret"] is False
    assert client["TokenValidityUnits"]["AccessToken"] == "minutes"
    assert (client["AccessTokenValidity"], client["IdTokenValidity"]) == (60, 60)
    assert set(client["ExplicitAuthFlows"]) == {
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    }
