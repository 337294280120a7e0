"""Clients of the local AWS, deaf to the credentials and endpoints of the developer's machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ssm import SSMClient

REGION = "us-east-1"
ACCOUNT = "000000000000"


class LocalAws:
    """The services of the emulator at `endpoint` that the local tooling itself calls."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._session = boto3.Session(
            aws_access_key_id="local", aws_secret_access_key="local", region_name=REGION
        )

    def _config(self) -> Config:
        # No proxies: the machine's are none of loopback's business.
        return Config(retries={"total_max_attempts": 2}, read_timeout=120, proxies={})

    def cloudformation(self) -> CloudFormationClient:
        return self._session.client(
            "cloudformation", endpoint_url=self.endpoint, config=self._config()
        )

    def cognito(self) -> CognitoIdentityProviderClient:
        return self._session.client(
            "cognito-idp", endpoint_url=self.endpoint, config=self._config()
        )

    def dynamodb(self) -> DynamoDBClient:
        return self._session.client("dynamodb", endpoint_url=self.endpoint, config=self._config())

    def functions(self) -> LambdaClient:
        return self._session.client("lambda", endpoint_url=self.endpoint, config=self._config())

    def s3(self) -> S3Client:
        config = self._config().merge(Config(s3={"addressing_style": "path"}))
        return self._session.client("s3", endpoint_url=self.endpoint, config=config)

    def ssm(self) -> SSMClient:
        return self._session.client("ssm", endpoint_url=self.endpoint, config=self._config())
