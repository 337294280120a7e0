"""Answers of moto's DynamoDB at the price of what is in them.

An attribute's value has one of ten types, and each that it has not is looked for under every other
name that moto's own classes might have for it: that took a quarter of the time of a table's tests.
"""

from typing import Any

from moto.core.serialize import JSONSerializer

_structure: Any = JSONSerializer._serialize_type_structure


def answer_quickly() -> None:
    """From now on, in this process."""
    serializer: Any = JSONSerializer
    serializer._serialize_type_structure = _only_what_is_there


def _only_what_is_there(serializer: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    if shape.name != "AttributeValue" or type(value) is not dict:
        _structure(serializer, serialized, value, shape, key)
        return
    typed: dict[str, Any] = {}
    for name in value:
        serializer._serialize_structure_member(typed, value, shape.members[name], name)
    serialized[key] = typed
