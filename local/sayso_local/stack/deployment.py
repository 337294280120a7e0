"""Deploying a cloud assembly to the local AWS, without the CDK's command line."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sayso_local.errors import CommandError
from sayso_local.stack.assembly import Assembly
from sayso_local.stack.aws import ACCOUNT, REGION, LocalAws

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.literals import CapabilityType
    from mypy_boto3_cloudformation.type_defs import StackTypeDef

# Kept in the emulator, not on disk: it must live and die with the deployment that it describes.
_FINGERPRINT_PARAMETER = "/sayso/local/deployed/{stack}"
_BOOTSTRAP_PARAMETER = "/cdk-bootstrap/hnb659fds/version"
_BOOTSTRAP_VERSION = "30"
# CloudFormation takes no more than 51,200 characters of a template by value.
_TEMPLATES = f"sayso-templates-{ACCOUNT}-{REGION}"
_CAPABILITIES: tuple[CapabilityType, ...] = (
    "CAPABILITY_IAM",
    "CAPABILITY_NAMED_IAM",
    "CAPABILITY_AUTO_EXPAND",
)
_TIMEOUT_SECONDS = 180.0
_POLL_SECONDS = 0.2
_DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
# A rolled-back update has left the stack, and the shop's data in it, as they were.
_STANDING = (*_DONE, "UPDATE_ROLLBACK_COMPLETE")
_REASONS_SHOWN = 6


class Deployment:
    """The one stack of the local AWS."""

    def __init__(self, aws: LocalAws) -> None:
        self._aws = aws
        self._stacks: CloudFormationClient = aws.cloudformation()

    def is_current(self, stack_name: str, fingerprint: str) -> bool:
        """Whether exactly this was deployed, and is still there."""
        ssm = self._aws.ssm()
        try:
            found = ssm.get_parameter(Name=_FINGERPRINT_PARAMETER.format(stack=stack_name))
        except ssm.exceptions.ParameterNotFound:
            return False
        stack = self._find(stack_name)
        is_standing = stack is not None and stack["StackStatus"] in _STANDING
        return is_standing and found["Parameter"].get("Value") == fingerprint

    def deploy(self, assembly: Assembly, fingerprint: str) -> None:
        """Create or update the stack and wait; raise CommandError with the reasons if it fails."""
        self._prepare(assembly)
        before = self._find(assembly.stack_name)
        if before is not None and before["StackStatus"] not in _STANDING:
            self._delete(assembly.stack_name)
            before = None
        change = self._stacks.create_stack if before is None else self._stacks.update_stack
        try:
            change(
                StackName=assembly.stack_name,
                TemplateURL=self._upload_template(assembly),
                Capabilities=_CAPABILITIES,
            )
        except ClientError as error:
            if "No updates are to be performed" not in str(error):
                raise CommandError(f"The local AWS refused the stack: {error}") from error
        else:
            self._wait(assembly.stack_name)
        self._put_parameter(_FINGERPRINT_PARAMETER.format(stack=assembly.stack_name), fingerprint)

    def outputs(self, stack_name: str) -> Mapping[str, str]:
        stack = self._find(stack_name)
        found = [] if stack is None else stack.get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in found}

    def _prepare(self, assembly: Assembly) -> None:
        """What `cdk bootstrap` and `cdk-assets` would do."""
        self._put_parameter(_BOOTSTRAP_PARAMETER, _BOOTSTRAP_VERSION)
        s3 = self._aws.s3()
        for bucket in {_TEMPLATES, *(asset.bucket for asset in assembly.assets)}:
            with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
                s3.create_bucket(Bucket=bucket)
        for asset in assembly.assets:
            s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=asset.content())

    def _upload_template(self, assembly: Assembly) -> str:
        """Its address. It is uploaded for every deployment, so one key a stack will do."""
        key = f"{assembly.stack_name}.json"
        self._aws.s3().put_object(Bucket=_TEMPLATES, Key=key, Body=assembly.template.encode())
        return f"{self._aws.endpoint}/{_TEMPLATES}/{key}"

    def _put_parameter(self, name: str, value: str) -> None:
        self._aws.ssm().put_parameter(Name=name, Value=value, Type="String", Overwrite=True)

    def _find(self, stack_name: str) -> StackTypeDef | None:
        try:
            return self._stacks.describe_stacks(StackName=stack_name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise

    def _wait(self, stack_name: str) -> None:
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            stack = self._find(stack_name)
            status = "DELETE_COMPLETE" if stack is None else str(stack["StackStatus"])
            if status in _DONE:
                return
            if not status.endswith("IN_PROGRESS"):
                raise CommandError(
                    f"The deployment ended as {status}:\n{self._reasons(stack_name)}"
                )
            time.sleep(_POLL_SECONDS)
        raise CommandError(
            f"The deployment took longer than {_TIMEOUT_SECONDS:.0f} s. See aws.log."
        )

    def _delete(self, stack_name: str) -> None:
        self._stacks.delete_stack(StackName=stack_name)
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while self._find(stack_name) is not None and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)

    def _reasons(self, stack_name: str) -> str:
        events = self._stacks.describe_stack_events(StackName=stack_name)["StackEvents"]
        failures = [
            f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
            for event in events
            if event["ResourceStatus"].endswith("FAILED")
        ]
        return "\n".join(failures[:_REASONS_SHOWN])
