"""What a report says of its groups, and when it is too early to say anything."""

from collections.abc import Sequence
from datetime import datetime

from sayso.domain.campaign import Campaign, State
from sayso.domain.comparing import Comparison, Outcome, comparison
from sayso.domain.conversation import ANSWERS_CAMPAIGN
from sayso.domain.lift import Lift, lift
from sayso.domain.run import Progress
from sayso.services.breakdown import Row


def variants_compared(
    by_variant: Sequence[Row], early: str, *, has_codes: bool
) -> Comparison | None:
    """The comparison of a report's variants and its hold-out; `early` is `why_early`."""
    return comparison(
        {row.name: row.targeted for row in by_variant},
        {one: {row.name: getattr(row, one) for row in by_variant} for one in Outcome},
        early,
        has_codes=has_codes,
    )


def lift_of(by_variant: Sequence[Row], early: str, *, has_codes: bool) -> Lift | None:
    """The lift of a report over its hold-out."""
    people = {row.name: row.targeted for row in by_variant}
    visited = {row.name: row.visited for row in by_variant}
    return lift(people, visited, has_codes=has_codes, why_early=early)


def why_early(campaign: Campaign, runs: Sequence[Progress], now: datetime) -> str:
    """Why its groups may not be told apart yet; "" once the figures change no more.

    Whoever stops when they like what they see finds differences that are none.
    """
    if campaign.state is State.CANCELLED:
        return "It was cancelled: figures at a moment that somebody chose prove nothing."
    if campaign.state is not State.FINISHED:
        return "It is not over: figures that still change prove nothing."
    ended = max((one.run.ended_at for one in runs if one.run.ended_at), default=None)
    if ended and now < ended + ANSWERS_CAMPAIGN:
        return f"What people do counts until {ended + ANSWERS_CAMPAIGN:%Y-%m-%d %H:%M} UTC."
    return ""
