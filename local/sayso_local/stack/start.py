"""Bringing the local stack up, from nothing to ready."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sayso_local.client import Stack
from sayso_local.places import Places
from sayso_local.progress import say, step
from sayso_local.stack import emulator, simulator, synthesis
from sayso_local.stack.address import tell_address
from sayso_local.stack.assembly import Assembly
from sayso_local.stack.aws import LocalAws
from sayso_local.stack.deployment import Deployment
from sayso_local.stack.family import Family
from sayso_local.stack.ports import LOOPBACK
from sayso_local.stack.running import RunningStack
from sayso_local.stack.seed import is_seeded, seed
from sayso_local.stack.warm import warm


def start(places: Places, family: Family, port: int) -> RunningStack:
    """Boot the children, deploy, wire, warm and seed; raise CommandError if any of it fails."""
    say("Starting Sayso on this machine:")
    aws, phones = LocalAws(f"http://{LOOPBACK}:{port}"), f"http://{LOOPBACK}:{port + 1}"
    # The emulator boots while the stack is being synthesized.
    family.start("aws", [emulator.MODULE], emulator.environment(places, port, phones))
    key, assembly = _synthesize(places.logs / "synth.log")
    family.start(
        "phones",
        simulator.command(places, port + 1, aws.endpoint, assembly.carrier),
        emulator.clean_environment(places),
    )
    with step(f"local AWS on port {port}, phone simulator on port {port + 1}"):
        family.await_answer(aws.endpoint + emulator.READY_PATH, "The local AWS")
        family.await_answer(phones + simulator.READY_PATH, "The phone simulator")
    outputs = _deploy(Deployment(aws), assembly, key)
    running = _describe(aws, phones, assembly, outputs)
    tell_address(aws, outputs, running.api)
    simulator.wire(phones, inbound=outputs["InboundTopicArn"], events=outputs["EventTopicArn"])
    with step("HTTP API and Lambda workers"):
        family.await_answer(f"{running.api}/health", "The HTTP API")
        complaints = warm(aws, running.api, outputs)
    for complaint in complaints:
        say(f"  ! {complaint}")
    _seed(running)
    return running


def _synthesize(log: Path) -> tuple[str, Assembly]:
    key = synthesis.fingerprint()
    if synthesis.is_cached(key):
        return key, Assembly.read(synthesis.assembly(key, log))
    with step("CDK synthesis, since the stack has changed"):
        return key, Assembly.read(synthesis.assembly(key, log))


def _deploy(deployment: Deployment, assembly: Assembly, key: str) -> Mapping[str, str]:
    if not deployment.is_current(assembly.stack_name, key):
        with step(f"deployment of stack {assembly.stack_name}"):
            deployment.deploy(assembly, key)
    return deployment.outputs(assembly.stack_name)


def _describe(
    aws: LocalAws, phones: str, assembly: Assembly, outputs: Mapping[str, str]
) -> RunningStack:
    # The address that CloudFormation puts out is on amazonaws.com.
    api = f"{aws.endpoint}/_aws/execute-api/{outputs['ApiId']}"
    return RunningStack(
        api=api,
        phones=phones,
        console=f"{api}/console",
        aws=aws.endpoint,
        table=outputs["TableName"],
        number=assembly.carrier.number,
        stack=assembly.stack_name,
        user_pool=outputs["UserPoolId"],
        user_pool_client=outputs["UserPoolClientId"],
        pid=os.getpid(),
    )


def _seed(running: RunningStack) -> None:
    with Stack(running) as stack:
        if not is_seeded(stack):
            with step("a shop to begin with: Bluebird Coffee"):
                seed(stack)
