"""What a linter has found, and what it looked at."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # the campaign is not scheduled with it
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a campaign's texts, in a sentence for whoever wrote them.

    `variant` and `language` say in which text ("" for its own body, or for all of them), `field`
    where that stands in the API.
    """

    level: Level
    code: str
    message: str
    variant: str = ""
    language: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """When a text goes out, and when its offer holds: days at the place that it is about.

    `last` is the offer's last day; None where the campaign gives no end, or no beginning.
    """

    sent: date
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What a text has to say of its offer: one of the `ways` to it (code, page), and its end.

    `ends` is that as people say it, "" where the campaign gives none.
    """

    ways: tuple[str, ...]
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as somebody may get it. `language` is the one it is in, `program` its sender's name.

    `days` are one a firing, empty where nobody knows yet when it goes out; `offered` is None for a
    campaign without an offer. `last_day` is the campaign's end as it is said where the text is
    read, without the hour; "" where there is none.
    """

    text: str
    language: str
    program: str
    days: tuple[Days, ...] = ()
    offered: Offered | None = None
    last_day: str = ""
