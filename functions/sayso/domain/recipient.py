"""Whom a batch is for, with the little that their text depends on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person as the audience index listed them when the run was planned.

    `language` and `channel` are "" where not known; `values` are what the run's templates ask for,
    by name. Who opts in anew after `since`, or replies where that is an exit, is not texted any
    more (triggered campaigns; None: nothing of the kind). None of it is trusted for consent.
    """

    phone: str
    language: str = ""
    channel: str = ""
    values: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    since: datetime | None = None


def recipients(phones: Iterable[str]) -> tuple[Recipient, ...]:
    """Recipients of whom nothing but the number is known."""
    return tuple(Recipient(phone) for phone in phones)
