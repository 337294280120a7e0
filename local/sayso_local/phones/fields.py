"""Reading a JSON object from a stranger: known fields, right types, sane values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso_local.phones.problems import Problem

_TYPE_NAMES = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limits:
    required: bool = False
    nullable: bool = False
    least: float | None = None
    most: float | None = None
    longest: int | None = None
    pattern: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field(_Limits):
    """One field: its type (`str`, `int`, `float` or `bool`) and the limits of its value."""

    kind: type


def read_fields(document: Any, fields: Mapping[str, Field]) -> dict[str, Any]:
    """The fields that are there. Raises Problem (422) naming everything that is wrong."""
    if not isinstance(document, dict):
        raise Problem(422, "The body must be a JSON object.")
    wrong = [(name, "unknown field") for name in document if name not in fields]
    for name, field in fields.items():
        if name in document:
            fault = _fault(document[name], field)
        else:
            fault = "required" if field.required else None
        if fault:
            wrong.append((name, fault))
    if wrong:
        raise Problem(422, _sentence(wrong), errors=wrong)
    return dict(document)


def _sentence(wrong: list[tuple[str, str]]) -> str:
    return "; ".join(f"{name[:40]}: {fault}" for name, fault in wrong[:8]) + "."


def _fault(value: Any, field: Field) -> str | None:
    if value is None and field.nullable:
        return None
    if not _is_of_kind(value, field.kind):
        return f"must be {_TYPE_NAMES[field.kind]}"
    return _text_fault(value, field) if isinstance(value, str) else _range_fault(value, field)


def _is_of_kind(value: Any, kind: type) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _range_fault(value: float, field: Field) -> str | None:
    # Written so that NaN, which Python's JSON reader lets through, is out of every range.
    least_ok = field.least is None or value >= field.least
    most_ok = field.most is None or value <= field.most
    return None if least_ok and most_ok else f"must be from {field.least:g} to {field.most:g}"


def _text_fault(value: str, field: Field) -> str | None:
    if any("\ud800" <= character <= "\udfff" for character in value):
        return "has half of a surrogate pair"
    if field.longest is not None and len(value) > field.longest:
        return f"must have at most {field.longest:,} characters"
    if field.choices and value not in field.choices:
        return f"must be one of {', '.join(field.choices)}"
    if field.pattern and not re.fullmatch(field.pattern, value):
        return "must not be empty" if not value.strip() else "is not of the right form"
    return None
