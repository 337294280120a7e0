"""Deploying to the local AWS: only what changed, and with the reasons where it fails."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from sayso_local.client import Stack
from sayso_local.errors import CommandError
from sayso_local.stack.assembly import Assembly
from sayso_local.stack.deployment import Deployment

NAME = "Trial"


def assembly(resources: Mapping[str, Any]) -> Assembly:
    template = {
        "Resources": resources,
        "Outputs": {"Resources": {"Value": ",".join(resources)}},
    }
    return Assembly(NAME, json.dumps(template), ())


def queue(**properties: int) -> dict[str, Any]:
    return {"Type": "AWS::SQS::Queue", "Properties": properties}


@pytest.fixture
def deployment(stack: Stack) -> Iterator[Deployment]:
    """Deployments of a stack beside the real one, which is deleted again."""
    yield Deployment(stack.aws)
    stack.aws.cloudformation().delete_stack(StackName=NAME)


def test_what_was_deployed_is_known_by_its_fingerprint(deployment: Deployment) -> None:
    assert not deployment.is_current(NAME, "first")
    deployment.deploy(assembly({"One": queue()}), "first")
    assert deployment.is_current(NAME, "first")
    assert not deployment.is_current(NAME, "second")


def test_a_change_updates_the_stack(deployment: Deployment) -> None:
    deployment.deploy(assembly({"One": queue()}), "first")
    deployment.deploy(assembly({"One": queue(DelaySeconds=3), "Two": queue()}), "second")
    assert deployment.outputs(NAME) == {"Resources": "One,Two"}
    assert deployment.is_current(NAME, "second")


def test_the_same_template_under_another_fingerprint_is_no_failure(
    deployment: Deployment,
) -> None:
    deployment.deploy(assembly({"One": queue()}), "first")
    deployment.deploy(assembly({"One": queue()}), "second")
    assert deployment.is_current(NAME, "second")


def test_a_failed_deployment_says_why_and_the_next_one_recovers(deployment: Deployment) -> None:
    broken = {"One": {"Type": "AWS::SMSVOICE::Pool", "Properties": {}}}
    with pytest.raises(CommandError, match="SMSVOICE"):
        deployment.deploy(assembly(broken), "broken")
    assert not deployment.is_current(NAME, "broken")
    deployment.deploy(assembly({"One": queue()}), "mended")
    assert deployment.is_current(NAME, "mended")


def test_a_failed_update_keeps_the_stack_and_what_is_in_it(
    deployment: Deployment, stack: Stack
) -> None:
    deployment.deploy(assembly({"One": queue()}), "first")
    resources = stack.aws.cloudformation().describe_stack_resources
    before = resources(StackName=NAME)["StackResources"][0]["PhysicalResourceId"]
    broken = {"One": queue(), "Two": queue(DelaySeconds=99_999)}
    with pytest.raises(CommandError, match=r"UPDATE_ROLLBACK_COMPLETE:\n.*Two"):
        deployment.deploy(assembly(broken), "second")
    assert deployment.is_current(NAME, "first")
    deployment.deploy(assembly({"One": queue(DelaySeconds=3)}), "third")
    assert resources(StackName=NAME)["StackResources"][0]["PhysicalResourceId"] == before


def test_a_deleted_stack_is_deployed_again(deployment: Deployment, stack: Stack) -> None:
    deployment.deploy(assembly({"One": queue()}), "first")
    stack.aws.cloudformation().delete_stack(StackName=NAME)
    stack.wait_for(lambda: not deployment.is_current(NAME, "first"))
    deployment.deploy(assembly({"One": queue()}), "first")
    assert deployment.is_current(NAME, "first")


def test_a_template_may_be_larger_than_cloudformation_takes_by_value(
    deployment: Deployment,
) -> None:
    large = {"One": queue(), "Two": {**queue(), "Metadata": {"padding": "x" * 60_000}}}
    deployment.deploy(assembly(large), "large")
    assert deployment.is_current(NAME, "large")
