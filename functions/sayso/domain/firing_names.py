"""The names of what a triggered campaign does, and when: they are the ids of its runs and alarms.

`<campaign>-T20261124160010`: a bucket of texts that are due. `-D…`: the daily look at everyone.
`-E…`: the end of the offer. The campaign's own id is its series, which carries all counters.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

# Short: with the time of an opening it has to fit the 64 characters of a schedule's name.
_FORM = "%Y%m%d%H%M%S"
_NAME = re.compile(r"([0-9A-Za-z]+)-([TDE])(\d{14})")


class Does(StrEnum):
    """What happens at that moment."""

    BUCKET = "T"
    DAILY = "D"
    END = "E"


@dataclass(frozen=True, slots=True)
class FiringName:
    """Which campaign, what, and when (aware UTC, whole seconds)."""

    campaign_id: str
    does: Does
    at: datetime

    def __str__(self) -> str:
        return f"{self.campaign_id}-{self.does}{self.at.astimezone(UTC):{_FORM}}"


def firing_name(text: str) -> FiringName | None:
    """The name that a run's or an alarm's id is; None for that of another kind of campaign."""
    found = _NAME.fullmatch(text)
    if not found:
        return None
    campaign_id, does, at = found.groups()
    return FiringName(campaign_id, Does(does), datetime.strptime(f"{at}Z", f"{_FORM}%z"))
