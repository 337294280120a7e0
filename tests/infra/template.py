"""A synthesized template, asked by what things are for rather than by their logical ids."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Properties = dict[str, Any]
Resource = dict[str, Any]
FUNCTIONS = (
    *("inbound", "webhook", "admin", "console", "public", "join"),
    *("triggers", "activity", "notify", "launch", "plan", "send", "receipts", "importer", "upkeep"),
)
# Which function reads which queue.
CONSUMERS = {
    "runs": "launch",
    "slices": "plan",
    "batches": "send",
    "receipts": "receipts",
    "imports": "importer",
    "notices": "notify",
    "upkeep": "upkeep",
}


@dataclass(frozen=True)
class Statement:
    """A policy's statement, every field of it as plain text."""

    effect: str
    actions: frozenset[str]
    resources: tuple[str, ...]
    principal: str
    conditions: Properties


class Template:
    """The template of one stack, and what cdk-nag said of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._content: dict[str, Any] = json.loads(path.read_text())
        self.outputs: dict[str, Any] = self._content["Outputs"]
        self.report: dict[str, Any] = json.loads(
            (path.parent / "validation-report.json").read_text()
        )

    def resources(self, kind: str) -> dict[str, Resource]:
        return {
            name: resource
            for name, resource in self._content["Resources"].items()
            if resource["Type"] == kind
        }

    def all(self, kind: str) -> list[Properties]:
        return [resource.get("Properties", {}) for resource in self.resources(kind).values()]

    def one(self, kind: str) -> Resource:
        (resource,) = self.resources(kind).values()
        return resource

    @cached_property
    def functions(self) -> dict[str, Properties]:
        """The functions' properties, by the handler that they start."""
        found = self.all("AWS::Lambda::Function")
        return {properties["Handler"].split(".")[2]: properties for properties in found}

    def name_of(self, function: str) -> str:
        """The function's logical id."""
        handler = f"sayso.handlers.{function}.handler"
        found = self.resources("AWS::Lambda::Function").items()
        (name,) = (name for name, one in found if one["Properties"]["Handler"] == handler)
        return name

    @property
    def name_of_bucket(self) -> str:
        """The logical id of the one bucket."""
        (name,) = self.resources("AWS::S3::Bucket")
        return name

    def role_of(self, function: str) -> str:
        return str(self.functions[function]["Role"]["Fn::GetAtt"][0])

    def event_source(self, queue: str) -> Properties:
        consumer = self.name_of(CONSUMERS[queue])
        (found,) = (
            properties
            for properties in self.all("AWS::Lambda::EventSourceMapping")
            if consumer in json.dumps(properties["FunctionName"])
        )
        return found

    def queue_name(self, queue: str) -> str:
        return str(self.event_source(queue)["EventSourceArn"]["Fn::GetAtt"][0])

    def queue(self, queue: str) -> Properties:
        resource = self.resources("AWS::SQS::Queue")[self.queue_name(queue)]
        properties: Properties = resource["Properties"]
        return properties

    def queue_arn(self, queue: str) -> str:
        return f"<{self.queue_name(queue)}.Arn>"

    def statements_of_role(self, role: str) -> list[Statement]:
        """Everything that the role's policies say."""
        return [
            statement
            for policy in self.all("AWS::IAM::Policy")
            if {"Ref": role} in policy["Roles"]
            for statement in _statements(policy["PolicyDocument"])
        ]

    def statements_of(self, function: str) -> list[Statement]:
        return self.statements_of_role(self.role_of(function))

    def resources_for(self, function: str, action: str) -> set[str]:
        """What the function may do this action on."""
        return {
            resource
            for statement in self.statements_of(function)
            if statement.effect == "Allow" and action in statement.actions
            for resource in statement.resources
        }

    def who_may(self, action: str) -> set[str]:
        return {function for function in FUNCTIONS if self.resources_for(function, action)}

    def topic_policy(self, topic: str) -> list[Statement]:
        (policy,) = (
            properties
            for properties in self.all("AWS::SNS::TopicPolicy")
            if {"Ref": topic} in properties["Topics"]
        )
        return list(_statements(policy["PolicyDocument"]))

    def queue_policy(self, queue: str) -> list[Statement]:
        (policy,) = (
            properties
            for properties in self.all("AWS::SQS::QueuePolicy")
            if {"Ref": queue} in properties["Queues"]
        )
        return list(_statements(policy["PolicyDocument"]))

    def every_policy(self) -> Iterator[tuple[str, Statement]]:
        """Each identity policy's statements, beside the role's logical id."""
        for role in self.resources("AWS::IAM::Role"):
            for statement in self.statements_of_role(role):
                yield role, statement


def plain(value: Any) -> str:
    """A value with its references written as <Id>, <Id.Attribute>."""
    match value:
        case str():
            return value
        case {"Ref": str(name)}:
            return f"<{name}>"
        case {"Fn::GetAtt": [name, attribute]}:
            return f"<{name}.{attribute}>"
        case {"Fn::Join": [separator, parts]}:
            return str(separator).join(plain(part) for part in parts)
    return json.dumps(value, sort_keys=True)


def trusted_by(role: Resource) -> list[Statement]:
    """Who may assume the role, and when."""
    return list(_statements(role["Properties"]["AssumeRolePolicyDocument"]))


def _statements(document: Properties) -> Iterator[Statement]:
    for one in document["Statement"]:
        yield Statement(
            effect=one["Effect"],
            actions=frozenset(_listed(one["Action"])),
            resources=tuple(plain(resource) for resource in _listed(one.get("Resource", []))),
            principal=plain(one.get("Principal", "")),
            conditions=one.get("Condition", {}),
        )
        assert not {"NotAction", "NotResource", "NotPrincipal"} & set(one)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
