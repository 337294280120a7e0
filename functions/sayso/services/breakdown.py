"""A campaign's counters by group: by location, by channel or by variant."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.domain.comparing import Outcome
from sayso.domain.slot import OF_GROUP, SlotState
from sayso.domain.takings import REFERRED, REVENUE, SALES, USES

# Counted by the inbound path when an opt-out follows a run's text.
OPTED_OUT = "opted_out"
# Among the counters that are added up: whom a run was for.
TARGETED = "targeted"
TAKEN = (SlotState.SENT, SlotState.DELIVERED, SlotState.UNDELIVERED)
# Where a recipient's turn is over.
ENDS = (*TAKEN, SlotState.FAILED, SlotState.UNKNOWN, SlotState.SKIPPED)


@dataclass(frozen=True, slots=True)
class Row:
    """The people of one group, as in services.report.Report; `failed` is before or after sending.

    `targeted` = `sent` + `refused` + `unknown` + `excluded` + `waiting`. `redeemed` counts people,
    `uses` each redemption, of which `sales` came with an amount: `revenue` in all, in millionths of
    a dollar. `referred` are the friends who joined by the codes of these people.
    """

    name: str
    targeted: int
    sent: int
    delivered: int
    failed: int
    refused: int
    unknown: int
    excluded: int
    waiting: int
    replied: int
    opted_out: int
    visited: int
    clicked: int
    redeemed: int
    uses: int
    sales: int
    revenue: int
    referred: int


def rows(
    tally: Mapping[str, int], kind: str, *, leaves_out_waiting: bool = False
) -> tuple[Row, ...]:
    """The groups of a kind, the largest first.

    Where it `leaves_out_waiting`, those whose turn will not come any more are excluded.
    """
    found = (
        _row(name, of_group, leaves_out_waiting)
        for name, of_group in groups_of(tally, kind).items()
    )
    return tuple(sorted((row for row in found if row.targeted), key=_largest_first))


def groups_of(tally: Mapping[str, int], kind: str) -> Mapping[str, Counter[str]]:
    """The counters of each group of a kind, by what the group is of."""
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, count in tally.items():
        group, separator, what = name.rpartition(OF_GROUP)
        if separator and group.startswith(kind):
            groups[group.removeprefix(kind)][what] += count
    return groups


def total(tally: Mapping[str, int], state: SlotState) -> int:
    """The counter of a state, all its reasons together."""
    prefix = f"{state}."
    return sum(n for name, n in tally.items() if name == state or name.startswith(prefix))


def _row(name: str, tally: Counter[str], leaves_out_waiting: bool) -> Row:
    sent = sum(tally[state] for state in TAKEN)
    refused, unknown = tally[SlotState.FAILED], tally[SlotState.UNKNOWN]
    excluded = total(tally, SlotState.SKIPPED)
    turned = sent + refused + unknown + excluded
    targeted = max(tally[TARGETED], turned)
    waiting = 0 if leaves_out_waiting else targeted - turned
    return Row(
        name=name,
        targeted=targeted,
        sent=sent,
        delivered=tally[SlotState.DELIVERED],
        failed=refused + tally[SlotState.UNDELIVERED],
        refused=refused,
        unknown=unknown,
        excluded=targeted - sent - refused - unknown - waiting,
        waiting=waiting,
        replied=tally[Outcome.REPLIED],
        opted_out=tally[OPTED_OUT],
        visited=tally[Outcome.VISITED],
        clicked=tally[Outcome.CLICKED],
        redeemed=tally[Outcome.REDEEMED],
        uses=tally[USES],
        sales=tally[SALES],
        revenue=tally[REVENUE],
        referred=tally[REFERRED],
    )


def _largest_first(row: Row) -> tuple[int, str]:
    return -row.targeted, row.name


def reasons(tally: Mapping[str, int], state: SlotState) -> dict[str, int]:
    """How many people are in this state, by the reason."""
    prefix = f"{state}."
    return {name.removeprefix(prefix): n for name, n in tally.items() if name.startswith(prefix)}
