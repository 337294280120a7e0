"""What the phone simulator is started with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "web" / "phones"

# The people of the examples; the page shows them side by side before anybody else has texted.
PEOPLE: Mapping[str, str] = {
    "+13125550101": "Ana",
    "+13125550102": "Ben",
    "+13035550103": "Chloe",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonesSettings:
    """Where the simulator keeps its state, and the numbers, lists and topics it starts with.

    None for a topic or for the configuration set keeps what was set before (see `Conditions`).
    """

    state_dir: Path
    aws_endpoint: str | None = None
    region: str = "us-east-1"
    account: str = "000000000000"
    numbers: tuple[str, ...] = ("80808",)
    opt_out_list: str = "Default"
    inbound_topic: str | None = None
    event_topic: str | None = None
    configuration_set: str | None = None
    people: Mapping[str, str] = field(default_factory=lambda: dict(PEOPLE))
    page: Path = PAGE
