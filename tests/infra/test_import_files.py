"""Uploaded files hold telephone numbers: nobody else reads them, and they go by themselves."""

import json

import pytest

from tests.infra.conftest import Synthesize
from tests.infra.template import Template


def test_the_bucket_is_private_and_encrypted(any_stage: Template) -> None:
    bucket = any_stage.one("AWS::S3::Bucket")["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_the_bucket_refuses_requests_without_tls_and_names_nobody_else(any_stage: Template) -> None:
    (statement,) = any_stage.one("AWS::S3::BucketPolicy")["Properties"]["PolicyDocument"][
        "Statement"
    ]
    assert (statement["Effect"], statement["Action"]) == ("Deny", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_everything_in_the_bucket_goes_after_thirty_days(any_stage: Template) -> None:
    rules = any_stage.one("AWS::S3::Bucket")["Properties"]["LifecycleConfiguration"]["Rules"]
    (rule,) = rules
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", 30)
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert "Prefix" not in rule
    assert "VersioningConfiguration" not in any_stage.one("AWS::S3::Bucket")["Properties"]


@pytest.mark.parametrize(("stage", "policy"), [("prod", "Retain"), ("local", "Delete")])
def test_the_bucket_outlives_the_stack_in_production_only(
    synthesize: Synthesize, stage: str, policy: str
) -> None:
    assert synthesize(stage).one("AWS::S3::Bucket")["DeletionPolicy"] == policy


def test_a_page_may_upload_only_from_a_console_that_is_set_up(
    prod: Template, synthesize: Synthesize
) -> None:
    assert "CorsConfiguration" not in prod.one("AWS::S3::Bucket")["Properties"]
    origins = ["https://console.bluebird.example"]
    opened = synthesize(console_origins=json.dumps(origins))
    (rule,) = opened.one("AWS::S3::Bucket")["Properties"]["CorsConfiguration"]["CorsRules"]
    assert (rule["AllowedOrigins"], rule["AllowedMethods"]) == (origins, ["PUT", "GET"])


def test_the_importer_has_no_way_to_text_anybody(any_stage: Template) -> None:
    allowed = {action for one in any_stage.statements_of("importer") for action in one.actions}
    assert not [action for action in allowed if action.startswith(("sms-voice:", "sns:"))]
    assert "dynamodb:DeleteItem" not in allowed
