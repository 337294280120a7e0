"""The carrier's conditions: what can be changed while it runs, through `PUT /carrier`."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso_local.phones.fields import Field, read_fields
from sayso_local.phones.store import Store

_FACT = "conditions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Topics, speed and prices of the carrier. They survive a restart, and a reset too.

    `parts_per_second`: of each origination number, None for no limit. `latency_ms`: added to each
    answer of the carrier API. Prices are US dollars a part; the defaults are AWS's own for the US
    (its example events, 2026). `opt_in_interval_days`: how long a number that was taken off an
    opt-out list cannot be taken off again; AWS says 30, which nobody wants to wait for here.
    """

    aws_endpoint: str | None = None
    inbound_topic: str | None = None
    event_topic: str | None = None
    configuration_set: str | None = None
    parts_per_second: float | None = None
    latency_ms: int = 0
    price_per_part: float = 0.00581
    carrier_fee_per_part: float = 0.00302
    opt_in_interval_days: int = 0

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


_TOPIC = Field(str, nullable=True, pattern=r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}")
FIELDS: Mapping[str, Field] = {
    "aws_endpoint": Field(str, nullable=True, pattern=r"https?://[^\s/]+/?"),
    "inbound_topic": _TOPIC,
    "event_topic": _TOPIC,
    "configuration_set": Field(str, nullable=True, pattern=r"[A-Za-z0-9_-]{1,64}"),
    "parts_per_second": Field(float, nullable=True, least=0.1, most=1_000_000),
    "latency_ms": Field(int, least=0, most=600_000),
    "price_per_part": Field(float, least=0, most=100),
    "carrier_fee_per_part": Field(float, least=0, most=100),
    "opt_in_interval_days": Field(int, least=0, most=3_650),
}


def load_conditions(store: Store, **started_with: str | None) -> Conditions:
    """What was in force before, with what the simulator was started with on top."""
    known = {name: value for name, value in (store.fact(_FACT) or {}).items() if name in FIELDS}
    given = {name: value for name, value in started_with.items() if value is not None}
    return save_conditions(store, Conditions(**{**known, **given}))


def changed_conditions(conditions: Conditions, change: Any) -> Conditions:
    """The conditions with a JSON object's fields replaced. Raises Problem."""
    return dataclasses.replace(conditions, **read_fields(change, FIELDS))


def save_conditions(store: Store, conditions: Conditions) -> Conditions:
    store.put_fact(_FACT, conditions.as_json())
    return conditions
