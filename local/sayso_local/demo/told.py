"""What the story did, in the words of whoever holds the records against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Redeemed:
    """Where a code was redeemed, and the sale in dollars, "" where nobody said."""

    place: str
    amount: str = ""


@dataclass
class Told:
    """What the story did, to hold the carrier's record against.

    `named` and `tagged` map each store to those who named it and to those on record there;
    `goodbyes` each phone that opted out to the id of the message in which it did;
    `campaigns` each campaign's id to the stores that it was for, `asleep` are those whom it was for
    too, at the store `asleep_at`, where it is night. `redeemed` maps each code to how it was
    redeemed, `coupons` to what is on record of it; `newcomers` each phone that came by a friend or
    a ZIP code to what should be on record, `entered` to what is. `till` is a campaign with what its
    report says of the till, `overall` the report over everything, by what it was asked by.
    """

    named: dict[str, set[str]] = field(default_factory=dict)
    tagged: dict[str, set[str]] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    asleep: set[str] = field(default_factory=set)
    asleep_at: str = ""
    goodbyes: dict[str, str] = field(default_factory=dict)
    delivered_often: set[str] = field(default_factory=set)
    campaigns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    reports: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    redeemed: dict[str, Redeemed] = field(default_factory=dict)
    coupons: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    newcomers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    entered: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    till: tuple[str, Mapping[str, Any]] | None = None
    overall: dict[str, Sequence[dict[str, Any]]] = field(default_factory=dict)

    @property
    def members(self) -> set[str]:
        """Everyone who has ever joined."""
        return set().union(*self.named.values())
