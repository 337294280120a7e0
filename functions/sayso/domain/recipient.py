"""Whom a batch is for, with the little that their text depends on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

# What a number, language, channel and times take at most, in a message or in an item.
_BESIDE_VALUES = 200


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

    @property
    def octets(self) -> int:
        """How much of a message or an item it takes, at most."""
        return _BESIDE_VALUES + (len(json.dumps(dict(self.values))) if self.values else 0)


def recipients(phones: Iterable[str]) -> tuple[Recipient, ...]:
    """Recipients of whom nothing but the number is known."""
    return tuple(Recipient(phone) for phone in phones)
