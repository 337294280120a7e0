"""A campaign's figures, all from counters that are written in the transactions they count."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.campaign import Campaign, State
from sayso.domain.comparing import Comparison, Outcome
from sayso.domain.evidence import Group
from sayso.domain.experiment import HELD_OUT
from sayso.domain.lift import Lift
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
from sayso.services.breakdown import (
    ENDS,
    OPTED_OUT,
    TAKEN,
    TARGETED,
    Row,
    reasons,
    rows,
    total,
)
from sayso.services.report_verdicts import lift_of, variants_compared, why_early
from sayso.services.till_figures import (
    Attention,
    Reminders,
    Till,
    attention_of,
    reminders_of,
    till_of,
)

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

    Who is reminded is one of the same people: `reminders` says what went out for that, and the
    price is of both. `till` is None without an offer, `lift` where nobody was held out.
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
    till: Till | None
    attention: Attention
    reminders: Reminders | None
    lift: Lift | None

    def rate_of(self, row: Row) -> Group | None:
        """Who redeemed, of the people of a group who were sent the text.

        None where nobody was, and where that cannot be told of all of them either.
        """
        if self.till is None or self.till.rate is None or not row.sent:
            return None
        return Group(row.name, row.sent, min(row.sent, row.redeemed))


def report_of(
    campaign: Campaign, runs: Sequence[Progress], now: datetime, price_per_part: int = 0
) -> Report:
    """The report over the campaign's runs; a part costs so many millionths of a dollar."""
    tally: Counter[str] = Counter(campaign.earlier)
    reminding = [one for one in runs if one.run.reminds_of]
    runs = [one for one in runs if not one.run.reminds_of]
    for progress in runs:
        tally.update(figures_of(progress))
    price = _price(tally, reminding, price_per_part)
    early = why_early(campaign, runs, now)
    excluded = reasons(tally, SlotState.SKIPPED)
    sent = sum(total(tally, state) for state in TAKEN)
    refused, unknown = total(tally, SlotState.FAILED), total(tally, SlotState.UNKNOWN)
    waiting = tally[TARGETED] - sent - refused - unknown - sum(excluded.values())
    waits = _waits(runs)
    if waiting and campaign.state is State.CANCELLED:
        excluded, waiting, waits = excluded | {CANCELLED: waiting}, 0, {}
    failures = Counter(reasons(tally, SlotState.FAILED))
    failures.update(reasons(tally, SlotState.UNDELIVERED))
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
        price=price,
        excluded=excluded,
        failures=dict(failures),
        failure_classes=_classes(failures),
        waiting_by_reason=waits,
        explained=explained([*excluded, *failures, *waits]),
        by_location=rows(tally, LOCATION, leaves_out_waiting=campaign.state is State.CANCELLED),
        by_channel=rows(tally, CHANNEL),
        by_variant=by_variant,
        comparison=variants_compared(by_variant, early, has_codes=campaign.offer is not None),
        till=till_of(campaign.offer, tally, price.amount),
        attention=attention_of(tally),
        reminders=reminders_of(reminding),
        lift=lift_of(by_variant, early, has_codes=campaign.offer is not None),
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
        ends = sum(total(progress.tally, state) for state in ENDS)
        is_paused = progress.run.state is RunState.PAUSED
        waits["run_paused" if is_paused else "in_line"] += progress.targeted - ends
    return {reason: count for reason, count in waits.items() if count}


def _price(tally: Counter[str], others: Sequence[Progress], price_per_part: int) -> Price:
    tallies = [tally, *(one.tally for one in others)]
    known, parts, priced = (
        sum(one.get(name, 0) for one in tallies) for name in (PRICE, PARTS, PRICED_PARTS)
    )
    return Price(known + (parts - priced) * price_per_part, is_estimate=parts > priced)


def _classes(failures: Mapping[str, int]) -> dict[str, int]:
    classes: Counter[str] = Counter()
    for reason, count in failures.items():
        classes[failure_of(reason)] += count
    return dict(classes)
