"""Accidents of the carrier API on demand, for tests of what a sender does about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso_local.phones.fields import Field, read_fields
from sayso_local.phones.problems import Problem
from sayso_local.phones.refusals import Refusal

_ERRORS = {
    "InternalServerException": 500,
    "ThrottlingException": 400,
    "ServiceQuotaExceededException": 400,
    "AccessDeniedException": 400,
}
_REASONS = {
    "ServiceQuotaExceededException": "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    "AccessDeniedException": "ACCOUNT_DISABLED",
}


@dataclass(slots=True)
class Fault:
    """The next `times` calls of an operation fail; `after_effect` only after they took effect."""

    operation: str
    error: str
    times: int
    after_effect: bool

    def refusal(self) -> Refusal:
        reason = {"Reason": _REASONS[self.error]} if self.error in _REASONS else {}
        return Refusal(self.error, "A fault was asked for.", status=_ERRORS[self.error], **reason)

    def as_json(self) -> dict[str, Any]:
        return {
            "operation": self.operation,
            "error": self.error,
            "times": self.times,
            "when": "after" if self.after_effect else "before",
        }


class Faults:
    """Faults that are still to happen, in the order in which they were asked for."""

    def __init__(self, operations: Sequence[str]) -> None:
        self._waiting: list[Fault] = []
        self._fields = {
            "operation": Field(str, required=True, choices=tuple(operations)),
            "error": Field(str, required=True, choices=tuple(_ERRORS)),
            "times": Field(int, least=1, most=1_000_000),
            "when": Field(str, choices=("before", "after")),
        }

    def replace(self, document: Any) -> None:
        """Take a JSON list of faults in place of those that wait. Raises Problem."""
        if not isinstance(document, list):
            raise Problem(422, "The body must be a JSON list of faults.")
        self._waiting = [self._read(entry) for entry in document]

    def waiting(self) -> list[dict[str, Any]]:
        return [fault.as_json() for fault in self._waiting]

    def next(self, operation: str) -> Fault | None:
        """The fault that this call meets, if any; it is used up."""
        fault = next((each for each in self._waiting if each.operation == operation), None)
        if fault:
            fault.times -= 1
            self._waiting = [each for each in self._waiting if each.times]
        return fault

    def _read(self, entry: Any) -> Fault:
        fields = read_fields(entry, self._fields)
        return Fault(
            operation=fields["operation"],
            error=fields["error"],
            times=fields.get("times", 1),
            after_effect=fields.get("when") == "after",
        )
