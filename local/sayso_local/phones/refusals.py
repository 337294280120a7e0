"""How the carrier API says no: the error shapes of End User Messaging SMS.

`code` is the shape's name; the members are those that botocore's service model gives it.
"""

from collections.abc import Sequence
from typing import Any


class Refusal(Exception):
    """An error answer of the carrier API, with its HTTP status and its further members."""

    def __init__(self, code: str, message: str, *, status: int = 400, **members: Any) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.members = members

    def as_json(self) -> dict[str, Any]:
        return {"__type": self.code, "Message": str(self), **self.members}


def invalid(reason: str, message: str, *faults: tuple[str, str]) -> Refusal:
    """ValidationException; `faults` pair a member's name with what is wrong with it."""
    fields = [{"Name": name, "Message": fault} for name, fault in faults]
    return Refusal("ValidationException", message, Reason=reason, Fields=fields)


def invalid_fields(faults: Sequence[tuple[str, str]]) -> Refusal:
    named = ", ".join(f"{name}: {fault}" for name, fault in faults)
    return invalid("FIELD_VALIDATION_FAILED", f"Field validation failed: {named}", *faults)


def not_found(resource_type: str, resource_id: str) -> Refusal:
    return Refusal(
        "ResourceNotFoundException",
        f"The {resource_type} does not exist.",
        ResourceType=resource_type,
        ResourceId=resource_id,
    )


def conflict(reason: str, message: str, resource_type: str, resource_id: str) -> Refusal:
    return Refusal(
        "ConflictException",
        message,
        Reason=reason,
        ResourceType=resource_type,
        ResourceId=resource_id,
    )


def opted_out(phone: str) -> Refusal:
    """The destination is on the opt-out list in force."""
    return conflict(
        "DESTINATION_PHONE_NUMBER_OPTED_OUT",
        "The destination phone number is opted out.",
        "opted-out-number",
        phone,
    )


def throttled() -> Refusal:
    return Refusal("ThrottlingException", "Rate exceeded")


def not_serializable(message: str) -> Refusal:
    """The request is no JSON, or has a value of another type than the model's."""
    return Refusal("SerializationException", message)


def unknown_operation(message: str) -> Refusal:
    return Refusal("UnknownOperationException", message)
