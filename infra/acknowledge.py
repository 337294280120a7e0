"""Accepting one finding of cdk-nag on one resource, with the reason on record."""

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def accept(construct: IConstruct, finding: str, reason: str) -> None:
    """Accept a finding of AwsSolutions (`SQS3`, `IAM5[Resource::*]`) on this one construct."""
    rule = f"AwsSolutions::AwsSolutions-{finding}"
    Validations.of(construct).acknowledge(Acknowledgment(id=rule, reason=reason))
