"""A campaign's figures, all from counters that are written in the transactions they count."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.campaign import Campaign, State
from sayso.domain.comparing import Comparison, Outcome, comparison
from sayso.domain.conversation import ANSWERS_CAMPAIGN
from sayso.domain.experiment import HELD_OUT
from sayso.domain.reasons import explained, failure_of
from sayso.domain.run import Progress, RunState
from sayso.domain.slot import (
    CHANNEL,
    LOCATION,
    OF_GROUP,
    PARTS,
    PRICE,
    PRICED_PARTS,
    VARIANT,
    SlotState,
    location_group,
)
from sayso.services.breakdown import OPTED_OUT, TAKEN, TARGETED, Row, rows, total

# Recipients of a cancelled run that no sender had got to.
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Price:
    """What the texts cost, in millionths of a dollar.

    Each text counts with what the carrier says of it, and an estimate by its parts until then.
    """

    amount: int
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Reminders:
    """Those who were to be reminded of the offer, by what became of that.

    They are some of those who were sent it, and count apart.
    """

    targeted: int
    sent: int
    waiting: int
    opted_out: int
    excluded: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """Recipients, by what became of them.

    `targeted` = `sent` + `failed` before the carrier took it + `excluded` + `unknown` +
    `waiting`. `sent` is what the carrier took, of which some is `delivered`, some `undelivered`,
    and of the rest nothing is known yet. `failures` names the reasons of refusals and of failed
    deliveries, `failure_classes` whose doing they are. `unknown` may have been sent; a delivery
    event moves it. `held_out` are some of the excluded. What people did counts for a week after
    their turn.

    By location, `targeted` and `waiting` are as planned; by channel and variant they count whose
    turn has come. Who changed stores meanwhile, and was met twice, counts once there.
    """

    campaign_id: str
    status: State
    is_finished: bool
    targeted: int
    sent: int
    delivered: int
    undelivered: int
    refused: int
    unknown: int
    waiting: int
    held_out: int
    opted_out: int
    replied: int
    visited: int
    clicked: int
    redeemed: int
    price: Price
    excluded: Mapping[str, int]
    failures: Mapping[str, int]
    failure_classes: Mapping[str, int]
    waiting_by_reason: Mapping[str, int]
    explained: Mapping[str, str]
    by_location: tuple[Row, ...]
    by_channel: tuple[Row, ...]
    by_variant: tuple[Row, ...]
    comparison: Comparison | None
    reminders: Reminders | None = None


def report_of(
    campaign: Campaign, runs: Sequence[Progress], now: datetime, price_per_part: int = 0
) -> Report:
    """The report over the campaign's runs; a part costs so many millionths of a dollar."""
    texts = [progress for progress in runs if not progress.run.reminds_of]
    reminding = _sum(progress for progress in runs if progress.run.reminds_of)
    tally = _sum(texts)
    tally.update(campaign.earlier)
    excluded = _reasons(tally, SlotState.SKIPPED)
    sent = sum(total(tally, state) for state in TAKEN)
    refused, unknown = total(tally, SlotState.FAILED), total(tally, SlotState.UNKNOWN)
    waiting = tally[TARGETED] - sent - refused - unknown - sum(excluded.values())
    waits = _waits(texts)
    if waiting and campaign.state is State.CANCELLED:
        excluded, waiting, waits = excluded | {CANCELLED: waiting}, 0, {}
    failures = Counter(_reasons(tally, SlotState.FAILED))
    failures.update(_reasons(tally, SlotState.UNDELIVERED))
    by_variant = rows(tally, VARIANT)
    return Report(
        campaign_id=campaign.id,
        status=campaign.state,
        is_finished=campaign.state in (State.FINISHED, State.CANCELLED),
        targeted=tally[TARGETED],
        sent=sent,
        delivered=total(tally, SlotState.DELIVERED),
        undelivered=total(tally, SlotState.UNDELIVERED),
        refused=refused,
        unknown=unknown,
        waiting=waiting,
        held_out=excluded.get(HELD_OUT, 0),
        opted_out=tally[OPTED_OUT],
        replied=tally[Outcome.REPLIED],
        visited=tally[Outcome.VISITED],
        clicked=tally[Outcome.CLICKED],
        redeemed=tally[Outcome.REDEEMED],
        price=_price((tally, reminding), price_per_part),
        excluded=excluded,
        failures=dict(failures),
        failure_classes=_classes(failures),
        waiting_by_reason=waits,
        explained=explained([*excluded, *failures, *waits]),
        by_location=rows(tally, LOCATION, leaves_out_waiting=campaign.state is State.CANCELLED),
        by_channel=rows(tally, CHANNEL),
        by_variant=by_variant,
        comparison=_comparison(by_variant, _why_early(campaign, runs, now)),
        reminders=_reminders(reminding) if len(texts) < len(runs) else None,
    )


def _sum(runs: Iterable[Progress]) -> Counter[str]:
    """All counters of these runs together."""
    figures: Counter[str] = Counter()
    for progress in runs:
        figures.update(figures_of(progress))
    return figures


def _reminders(tally: Mapping[str, int]) -> Reminders:
    excluded = _reasons(tally, SlotState.SKIPPED)
    targeted, ends = tally.get(TARGETED, 0), sum(total(tally, state) for state in _ENDS)
    return Reminders(
        targeted=targeted,
        sent=sum(total(tally, state) for state in TAKEN),
        waiting=targeted - ends,
        opted_out=tally.get(OPTED_OUT, 0),
        excluded=excluded,
    )


def figures_of(progress: Progress) -> Counter[str]:
    """All counters of a run, and among them who was targeted, in all and by location."""
    figures = Counter(progress.tally)
    figures[TARGETED] += progress.targeted
    for plan in progress.plans:
        figures[f"{location_group(plan.slice.location)}{OF_GROUP}{TARGETED}"] += plan.targeted
    return figures


def _waits(runs: Sequence[Progress]) -> dict[str, int]:
    """Those who have not had their turn, by what keeps it from coming."""
    waits: Counter[str] = Counter()
    for progress in runs:
        ends = sum(total(progress.tally, state) for state in _ENDS)
        is_paused = progress.run.state is RunState.PAUSED
        waits["run_paused" if is_paused else "in_line"] += progress.targeted - ends
    return {reason: count for reason, count in waits.items() if count}


def _price(tallies: Sequence[Counter[str]], price_per_part: int) -> Price:
    unpriced = sum(tally[PARTS] - tally[PRICED_PARTS] for tally in tallies)
    amount = sum(tally[PRICE] for tally in tallies)
    return Price(amount + unpriced * price_per_part, is_estimate=unpriced > 0)


def _classes(failures: Mapping[str, int]) -> dict[str, int]:
    classes: Counter[str] = Counter()
    for reason, count in failures.items():
        classes[failure_of(reason)] += count
    return dict(classes)


def _comparison(by_variant: Sequence[Row], why_early: str) -> Comparison | None:
    return comparison(
        {row.name: row.targeted for row in by_variant},
        {one: {row.name: getattr(row, one) for row in by_variant} for one in Outcome},
        why_early,
    )


def _why_early(campaign: Campaign, runs: Sequence[Progress], now: datetime) -> str:
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


_ENDS = (*TAKEN, SlotState.FAILED, SlotState.UNKNOWN, SlotState.SKIPPED)


def _reasons(tally: Mapping[str, int], state: SlotState) -> dict[str, int]:
    prefix = f"{state}."
    return {name.removeprefix(prefix): n for name, n in tally.items() if name.startswith(prefix)}
