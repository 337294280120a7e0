"""Uploaded files hold telephone numbers: nobody else reads them, and they go by themselves."""

import pytest

from tests.infra.conftest import Synthesize
from tests.infra.template import Template, plain


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


def test_only_the_console_may_upload_from_a_page(prod: Template, synthesize: Synthesize) -> None:
    (api,) = prod.resources("AWS::ApiGatewayV2::Api")
    (rule,) = prod.one("AWS::S3::Bucket")["Properties"]["CorsConfiguration"]["CorsRules"]
    (origin,) = rule["AllowedOrigins"]
    assert plain(origin) == f"<{api}.ApiEndpoint>"
    assert rule["AllowedMethods"] == ["PUT"]
    origins = '["https://console.example.com"]'
    opened = synthesize(console_origins=origins, public_url="https://api.bluebird.example")
    rules = opened.one("AWS::S3::Bucket")["Properties"]["CorsConfiguration"]["CorsRules"]
    assert [one["AllowedOrigins"] for one in rules] == [
        ["https://console.example.com"],
        ["https://api.bluebird.example"],
    ]


def test_the_consoles_page_may_reach_that_bucket(any_stage: Template) -> None:
    (bucket,) = any_stage.resources("AWS::S3::Bucket")
    variables = any_stage.functions["console"]["Environment"]["Variables"]
    assert plain(variables["UPLOADS_ORIGIN"]) == f"https://<{bucket}.RegionalDomainName>"


def test_the_importer_has_no_way_to_text_anybody(any_stage: Template) -> None:
    allowed = {action for one in any_stage.statements_of("importer") for action in one.actions}
    assert not [action for action in allowed if action.startswith(("sms-voice:", "sns:"))]
    assert "dynamodb:DeleteItem" not in allowed
