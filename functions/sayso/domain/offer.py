"""What a campaign offers: what people get, by which code, how often, where."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self


class Codes(StrEnum):
    """Where the code comes from that a customer shows or says."""

    OWN = "own"  # everybody their own, made by Sayso
    SHARED = "shared"  # one for all, such as SPRING
    POOL = "pool"  # everybody their own, out of the till system's list


@dataclass(frozen=True, slots=True)
class Offer:
    """What the offer page shows and the counter checks. From when to when is the campaign's.

    `title` is what people get ("A free filter coffee"), `terms` its small print. `shared_code` and
    `pool` (an id) go with their kind of `codes`. A person may redeem it `uses` times, at the
    locations `places` (their codes; () is everywhere). Who has not redeemed is reminded
    `remind_hours` before it ends, 0 for never. `worth` is what one redemption costs the shop, in
    millionths of a dollar; None: not known.
    """

    title: str
    codes: Codes = Codes.OWN
    shared_code: str = ""
    pool: str = ""
    uses: int = 1
    terms: str = ""
    places: tuple[str, ...] = ()
    remind_hours: int = 0
    worth: int | None = None

    def values(self) -> dict[str, Any]:
        """It as a map of plain values."""
        return asdict(self)

    @classmethod
    def of(cls, values: Mapping[str, Any] | None) -> Self | None:
        """The offer that such a map holds, empty values left out; None for none."""
        if not values:
            return None
        kinds = {"codes": Codes(values["codes"]), "places": tuple(values.get("places", ()))}
        return cls(**{"title": "", **values, **kinds})


@dataclass(frozen=True, slots=True)
class Links:
    """The web addresses that a campaign's texts lead to, by the name that a template uses."""

    targets: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)


NO_LINKS = Links()
