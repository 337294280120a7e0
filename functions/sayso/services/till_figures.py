"""What came of a campaign's offer at the till, from the counters of its runs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sayso.domain.comparing import Outcome
from sayso.domain.evidence import Group
from sayso.domain.offer import Codes, Offer
from sayso.domain.run import Progress
from sayso.domain.slot import SlotState
from sayso.domain.takings import (
    CLICKS,
    PLACE,
    PREVIEWS,
    REFERRED,
    REVENUE,
    SALES,
    USES,
    median_lapse,
    timed_uses,
)
from sayso.services.breakdown import ENDS, OPTED_OUT, TAKEN, groups_of, reasons, total


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was redeemed: `uses`, of which `sales` came with an amount, `revenue` in all.

    "" is who said no place. Money is in millionths of a dollar.
    """

    name: str
    uses: int
    sales: int
    revenue: int


@dataclass(frozen=True, slots=True)
class Till:
    """Redemptions, in people (`rate`) and in `uses`; money in millionths of a dollar.

    `rate` is of those whose text the carrier took, None where people share a code. `median` is the
    time from text to till of `timed` people, to about a tenth. `cost` is what the texts and the
    redemptions together have cost the shop, of which the texts alone where the offer's worth is
    not known.
    """

    uses: int
    sales: int
    revenue: int
    rate: Group | None
    median: timedelta | None
    timed: int
    cost: int
    includes_worth: bool
    by_place: tuple[Place, ...]

    @property
    def cost_each(self) -> int | None:
        """The cost of one redemption; None where there was none."""
        return round(self.cost / self.uses) if self.uses > 0 else None


@dataclass(frozen=True, slots=True)
class Attention:
    """Clicks of all kinds, beside the people who clicked; and friends who came by somebody's code.

    `previews` are programs that opened a link before anybody did.
    """

    clicks: int
    previews: int
    referred: int


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminders' texts. Who was reminded is counted among the people of the first text only."""

    targeted: int
    sent: int
    waiting: int
    delivered: int
    opted_out: int
    excluded: Mapping[str, int]


def till_of(offer: Offer | None, tally: Mapping[str, int], spent: int) -> Till | None:
    """The offer's figures; None without one. `spent` is what its texts cost."""
    if offer is None:
        return None
    uses, sent = tally.get(USES, 0), sum(total(tally, state) for state in TAKEN)
    redeemed = min(sent, tally.get(Outcome.REDEEMED, 0))
    return Till(
        uses=uses,
        sales=tally.get(SALES, 0),
        revenue=tally.get(REVENUE, 0),
        rate=None if offer.codes is Codes.SHARED else Group("", sent, redeemed),
        median=median_lapse(tally),
        timed=timed_uses(tally),
        cost=spent + (offer.worth or 0) * uses,
        includes_worth=offer.worth is not None,
        by_place=_places(tally),
    )


def attention_of(tally: Mapping[str, int]) -> Attention:
    """What links and codes brought beside redemptions."""
    return Attention(tally.get(CLICKS, 0), tally.get(PREVIEWS, 0), tally.get(REFERRED, 0))


def reminders_of(runs: Iterable[Progress]) -> Reminders | None:
    """What went out to remind; None where nothing did."""
    reminding = list(runs)
    if not reminding:
        return None
    targeted = sum(one.targeted for one in reminding)
    tally: Counter[str] = Counter()
    for one in reminding:
        tally.update(one.tally)
    return Reminders(
        targeted=targeted,
        sent=sum(total(tally, state) for state in TAKEN),
        waiting=targeted - sum(total(tally, state) for state in ENDS),
        delivered=total(tally, SlotState.DELIVERED),
        opted_out=tally[OPTED_OUT],
        excluded=reasons(tally, SlotState.SKIPPED),
    )


def _places(tally: Mapping[str, int]) -> tuple[Place, ...]:
    named = [_place(name, figures) for name, figures in groups_of(tally, PLACE).items()]
    nowhere = Counter({name: tally.get(name, 0) for name in (USES, SALES, REVENUE)})
    for one in named:
        nowhere.subtract({USES: one.uses, SALES: one.sales, REVENUE: one.revenue})
    # What was taken back again leaves nothing to show.
    kept = (one for one in (*named, _place("", nowhere)) if one.uses > 0)
    return tuple(sorted(kept, key=lambda one: (-one.uses, one.name)))


def _place(name: str, figures: Counter[str]) -> Place:
    return Place(name, figures[USES], figures[SALES], figures[REVENUE])
