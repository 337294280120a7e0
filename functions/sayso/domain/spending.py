"""What texts cost, and the ceilings that this is held against. Money is millionths of a dollar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from sayso.domain.catalog import Program
from sayso.domain.run import Run


@dataclass(frozen=True, slots=True)
class Account:
    """What is counted together, under `name`; it may reach `limit`, if there is one.

    `reason` is why a run is paused that would go past it.
    """

    name: str
    limit: int | None
    reason: str


def accounts(run: Run, program: Program, now: datetime) -> tuple[Account, ...]:
    """Where a run's texts at `now` are counted: day and month are those of the program's zone.

    Both are counted even where they have no ceiling, so that one set later holds for all of the
    month; a run's own never changes once it has begun. A program without a price counts nothing.
    """
    if not program.price_per_part:
        return ()
    today = now.astimezone(ZoneInfo(program.timezone)).date()
    limits = program.spend_limits
    found = [
        Account(f"DAY#{today:%Y-%m-%d}", limits.per_day, "spend_limit_day"),
        Account(f"MONTH#{today:%Y-%m}", limits.per_month, "spend_limit_month"),
    ]
    if run.spend_limit is not None:
        found.insert(0, Account(f"RUN#{run.id}", run.spend_limit, "spend_limit_run"))
    return tuple(found)


def affordable(prices: Iterable[int], left: int) -> int:
    """How many of the texts, in this order, cost no more than `left` in all."""
    return sum(total <= left for total in accumulate(prices))
