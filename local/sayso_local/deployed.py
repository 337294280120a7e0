"""A Sayso stack on AWS, found by the caller's own credentials."""

from __future__ import annotations

import boto3
from botocore.exceptions import ClientError

from sayso_local.errors import CommandError
from sayso_local.users import UserPool

_POOL_OUTPUT = "UserPoolId"


def deployed_pool(stack_name: str, region: str | None) -> UserPool:
    """The user pool of the stack; raise CommandError if there is none of that name."""
    session = boto3.Session(region_name=region)
    stacks = session.client("cloudformation")
    try:
        found = stacks.describe_stacks(StackName=stack_name)["Stacks"][0]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        where = f"region {session.region_name} of the account that these credentials belong to"
        raise CommandError(f"There is no stack {stack_name} in {where}.") from error
    for output in found.get("Outputs", []):
        if output["OutputKey"] == _POOL_OUTPUT:
            return UserPool(session.client("cognito-idp"), output["OutputValue"])
    raise CommandError(f"Stack {stack_name} has no output {_POOL_OUTPUT}: it is no Sayso stack.")
