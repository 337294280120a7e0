"""Log groups that forget."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.config import Settings


def log_group(scope: Construct, construct_id: str, *, settings: Settings) -> logs.LogGroup:
    """A log group whose lines are deleted after the setting's days."""
    group = logs.LogGroup(
        scope,
        construct_id,
        removal_policy=RemovalPolicy.RETAIN if settings.retain_data else RemovalPolicy.DESTROY,
    )
    resource = group.node.default_child
    if not isinstance(resource, logs.CfnLogGroup):
        raise TypeError(f"a log group is a CfnLogGroup, not {type(resource).__name__}")
    resource.retention_in_days = settings.log_retention_days
    return group
