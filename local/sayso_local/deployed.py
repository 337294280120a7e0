"""A Sayso stack on AWS, found by the caller's own credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError

from sayso_local.errors import CommandError
from sayso_local.users import UserPool

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def deployed_pool(stack_name: str, region: str | None) -> UserPool:
    """The user pool of the stack; raise CommandError if there is none of that name."""
    session = boto3.Session(region_name=region)
    return UserPool(session.client("cognito-idp"), _output(session, stack_name, "UserPoolId"))


def deployed_table(stack_name: str, region: str | None) -> tuple[DynamoDBClient, str]:
    """The stack's table and a client for it; raise CommandError if there is no such stack."""
    session = boto3.Session(region_name=region)
    return session.client("dynamodb"), _output(session, stack_name, "TableName")


def _output(session: boto3.Session, stack_name: str, name: str) -> str:
    stacks = session.client("cloudformation")
    try:
        found = stacks.describe_stacks(StackName=stack_name)["Stacks"][0]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        where = f"region {session.region_name} of the account that these credentials belong to"
        raise CommandError(f"There is no stack {stack_name} in {where}.") from error
    for output in found.get("Outputs", []):
        if output["OutputKey"] == name:
            return output["OutputValue"]
    raise CommandError(f"Stack {stack_name} has no output {name}: it is no Sayso stack.")
