"""Bringing the local stack up, from nothing to ready."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sayso_local import emulator, simulator, synthesis
from sayso_local.assembly import Assembly
from sayso_local.aws import LocalAws
from sayso_local.client import Stack
from sayso_local.deployment import Deployment
from sayso_local.errors import CommandError
from sayso_local.family import Family
from sayso_local.places import Places
from sayso_local.ports import LOOPBACK
from sayso_local.progress import say, step
from sayso_local.running import RunningStack
from sayso_local.seed import is_seeded, seed
from sayso_local.warm import warm

_FUNCTION_OUTPUT = "FunctionName"


def start(places: Places, family: Family, port: int) -> RunningStack:
    """Boot the children, deploy, wire, warm and seed; raise CommandError if any of it fails."""
    say("Starting Sayso on this machine:")
    aws, phones = LocalAws(f"http://{LOOPBACK}:{port}"), f"http://{LOOPBACK}:{port + 1}"
    _start_children(places, family, port)
    key, assembly = _synthesize(places.logs / "synth.log")
    with step(f"local AWS on port {port}, phone simulator on port {port + 1}"):
        family.await_answer(aws.endpoint + emulator.READY_PATH, "The local AWS")
        family.await_answer(phones + simulator.READY_PATH, "The phone simulator")
    outputs = _deploy(Deployment(aws), assembly, key)
    try:
        running = _wire(aws, phones, assembly.stack_name, outputs)
    except KeyError as missing:
        raise CommandError(f"Stack {assembly.stack_name} puts out no {missing}.") from missing
    with step("HTTP API and Lambda workers"):
        family.await_answer(f"{running.api}/health", "The HTTP API")
        warm(aws, [name for key, name in outputs.items() if key.endswith(_FUNCTION_OUTPUT)])
    _seed(running)
    return running


def _start_children(places: Places, family: Family, port: int) -> None:
    family.start(
        "aws",
        [emulator.MODULE],
        emulator.environment(places, port, f"http://{LOOPBACK}:{port + 1}"),
    )
    family.start(
        "phones",
        simulator.command(places, port + 1, f"http://{LOOPBACK}:{port}"),
        emulator.clean_environment(places),
    )


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


def _wire(aws: LocalAws, phones: str, stack_name: str, outputs: Mapping[str, str]) -> RunningStack:
    """Tell the simulator its topics, as the deployed functions know their carrier."""
    function = f"Inbound{_FUNCTION_OUTPUT}"
    inbound = aws.functions().get_function_configuration(FunctionName=outputs[function])
    settings = inbound["Environment"]["Variables"]
    simulator.wire(
        phones,
        inbound_topic=outputs["InboundTopicArn"],
        event_topic=outputs["EventTopicArn"],
        configuration_set=settings["CONFIGURATION_SET"],
    )
    return RunningStack(
        # The address that CloudFormation puts out is on amazonaws.com.
        api=f"{aws.endpoint}/_aws/execute-api/{outputs['ApiId']}",
        phones=phones,
        console=None,
        aws=aws.endpoint,
        table=outputs["TableName"],
        number=settings["ORIGINATION_IDENTITY"],
        stack=stack_name,
        user_pool=outputs["UserPoolId"],
        user_pool_client=outputs["UserPoolClientId"],
        pid=os.getpid(),
    )


def _seed(running: RunningStack) -> None:
    with Stack(running) as stack:
        if not is_seeded(stack):
            with step("a shop to begin with: Bluebird Coffee"):
                seed(stack)
