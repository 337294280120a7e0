"""A campaign's figures, all from counters that are written in the transactions they count."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.domain.campaign import Campaign, State
from sayso.domain.run import Progress
from sayso.domain.slot import SlotState

# Counted by the inbound path when an opt-out follows a run's text.
OPTED_OUT = "opted_out"
# Among the sums of runs that are not listed any more: those targeted.
TARGETED = "targeted"
# Recipients of a cancelled run that no sender had got to.
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Report:
    """Recipients, by what became of them.

    `targeted` = `sent` + `failed` before the carrier took it + `excluded` + `unknown` +
    `waiting`. `sent` is what the carrier took, of which some is `delivered`, some `undelivered`,
    and of the rest nothing is known yet. `failures` names the reasons of refusals and of failed
    deliveries. `unknown` may have been sent; a delivery event moves it.
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
    opted_out: int
    excluded: Mapping[str, int]
    failures: Mapping[str, int]


def report_of(campaign: Campaign, runs: Sequence[Progress]) -> Report:
    """The report over the campaign's runs."""
    tally: Counter[str] = Counter(campaign.earlier)
    for progress in runs:
        tally.update(progress.tally)
    excluded = _reasons(tally, SlotState.SKIPPED)
    sent = sum(_total(tally, state) for state in _TAKEN)
    refused, unknown = _total(tally, SlotState.FAILED), _total(tally, SlotState.UNKNOWN)
    targeted = tally[TARGETED] + sum(progress.targeted for progress in runs)
    waiting = targeted - sent - refused - unknown - sum(excluded.values())
    if waiting and campaign.state is State.CANCELLED:
        excluded, waiting = excluded | {CANCELLED: waiting}, 0
    failures = Counter(_reasons(tally, SlotState.FAILED))
    failures.update(_reasons(tally, SlotState.UNDELIVERED))
    return Report(
        campaign_id=campaign.id,
        status=campaign.state,
        is_finished=campaign.state in (State.FINISHED, State.CANCELLED),
        targeted=targeted,
        sent=sent,
        delivered=_total(tally, SlotState.DELIVERED),
        undelivered=_total(tally, SlotState.UNDELIVERED),
        refused=refused,
        unknown=unknown,
        waiting=waiting,
        opted_out=tally[OPTED_OUT],
        excluded=excluded,
        failures=dict(failures),
    )


_TAKEN = (SlotState.SENT, SlotState.DELIVERED, SlotState.UNDELIVERED)


def _total(tally: Mapping[str, int], state: SlotState) -> int:
    """The counter of a state, all its reasons together."""
    prefix = f"{state}."
    return sum(n for name, n in tally.items() if name == state or name.startswith(prefix))


def _reasons(tally: Mapping[str, int], state: SlotState) -> dict[str, int]:
    prefix = f"{state}."
    return {name.removeprefix(prefix): n for name, n in tally.items() if name.startswith(prefix)}
