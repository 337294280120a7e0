"""Checks requests against botocore's own model of End User Messaging SMS.

A client checks only some of it (required members, types, lower bounds); the service checks all:
lengths, patterns, enums and ranges. Each input shape is compiled to one function, once.
"""

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

from botocore.loaders import Loader
from botocore.model import (
    ListShape,
    MapShape,
    ServiceModel,
    Shape,
    StringShape,
    StructureShape,
)

from sayso_local.phones.refusals import not_serializable

SERVICE = "pinpoint-sms-voice-v2"

# A check yields pairs of a member's path and what is wrong with its value.
Fault = tuple[str, str]
Check = Callable[[Any, str], Iterator[Fault]]


@functools.cache
def service_model() -> ServiceModel:
    return ServiceModel(Loader().load_service_model(SERVICE, "service-2"), SERVICE)


@functools.cache
def check_for(operation: str) -> Check:
    """The check of an operation's input. Raises OperationNotFoundError of botocore."""
    shape = service_model().operation_model(operation).input_shape
    return _compile(shape) if shape else _nothing


def _nothing(_: Any, __: str) -> Iterator[Fault]:
    return iter(())


def _compile(shape: Shape) -> Check:
    """The check of one shape; as at the service, a wrong type is a SerializationException."""
    if isinstance(shape, StructureShape):
        return _structure(shape)
    if isinstance(shape, ListShape):
        return _list(shape)
    if isinstance(shape, MapShape):
        return _map(shape)
    if isinstance(shape, StringShape):
        return _string(shape)
    return _scalar(shape)


def _expect(value: Any, kind: type | tuple[type, ...], path: str, wanted: str) -> None:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise not_serializable(f"{path or 'The request'} must be {wanted}")


def _structure(shape: StructureShape) -> Check:
    checks = {name: _compile(member) for name, member in shape.members.items()}
    required = tuple(shape.required_members)

    def check(value: Any, path: str) -> Iterator[Fault]:
        _expect(value, dict, path, "an object")
        for name in required:
            if value.get(name) is None:
                yield _join(path, name), "Member must not be null"
        for name, member in value.items():
            # The service ignores members that it does not know; null counts as absent.
            if name in checks and member is not None:
                yield from checks[name](member, _join(path, name))

    return check


def _list(shape: ListShape) -> Check:
    check_member = _compile(shape.member)
    count = _size_check(shape, "length")

    def check(value: Any, path: str) -> Iterator[Fault]:
        _expect(value, list, path, "a list")
        yield from count(len(value), path)
        for index, member in enumerate(value, 1):
            yield from check_member(member, f"{path}.{index}.member")

    return check


def _map(shape: MapShape) -> Check:
    check_key, check_value = _compile(shape.key), _compile(shape.value)
    count = _size_check(shape, "length")

    def check(value: Any, path: str) -> Iterator[Fault]:
        _expect(value, dict, path, "an object")
        yield from count(len(value), path)
        for key, member in value.items():
            yield from check_key(key, f"{path}.key")
            yield from check_value(member, f"{path}.{key[:20]}")

    return check


def _string(shape: StringShape) -> Check:
    length = _size_check(shape, "length")
    pattern = shape.metadata.get("pattern")
    matches = re.compile(pattern).fullmatch if pattern else None
    enum = frozenset(shape.enum)

    def check(value: Any, path: str) -> Iterator[Fault]:
        _expect(value, str, path, "a string")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise not_serializable(f"{path} is not valid Unicode")
        yield from length(len(value), path)
        if matches and not matches(value):
            yield path, f"Member must satisfy regular expression pattern: {pattern}"
        if enum and value not in enum:
            yield path, f"Member must satisfy enum value set: [{', '.join(sorted(enum))}]"

    return check


def _scalar(shape: Shape) -> Check:
    kinds: dict[str, tuple[type | tuple[type, ...], str]] = {
        "boolean": (bool, "a boolean"),
        "integer": (int, "an integer"),
        "long": (int, "an integer"),
    }
    kind, wanted = kinds.get(shape.type_name, ((int, float), "a number"))
    size = _size_check(shape, "value")

    def check(value: Any, path: str) -> Iterator[Fault]:
        _expect(value, kind, path, wanted)
        yield from size(value, path)

    return check


def _size_check(shape: Shape, what: str) -> Callable[[float, str], Iterator[Fault]]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")

    def check(size: float, path: str) -> Iterator[Fault]:
        if least is not None and size < least:
            yield path, f"Member must have {what} greater than or equal to {least}"
        if most is not None and size > most:
            yield path, f"Member must have {what} less than or equal to {most}"

    return check


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
