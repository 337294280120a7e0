"""Secrets Manager: what must not stand in an environment variable."""

from functools import cache

from sayso.adapters.aws import client


@cache
def secret(secret_id: str) -> str:
    """The secret's text, read once a worker."""
    value: str = client("secretsmanager").get_secret_value(SecretId=secret_id)["SecretString"]
    return value
