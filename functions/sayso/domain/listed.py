"""A subscriber as the audience index lists them: good for finding people, never for consent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sayso.domain.preference import NO_PREFERENCE, Preference


@dataclass(frozen=True, slots=True)
class Listed:
    """What the index says of one subscriber. Times are aware UTC, or None; "" means not known.

    `attributes` are the shop's own notes (first name, birthday …), by name; `visits` are those of a
    contact.
    """

    phone: str
    location: str = ""
    channel: str = ""
    keyword: str = ""
    language: str = ""
    joined_at: datetime | None = None
    last_heard_at: datetime | None = None
    visited_at: datetime | None = None
    clicked_at: datetime | None = None
    redeemed_at: datetime | None = None
    attributes: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    visits: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    zip: str = ""
    preference: Preference = NO_PREFERENCE
