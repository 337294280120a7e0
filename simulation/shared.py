"""What all senders share: the number's time, the money, and who is to be texted later."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from heapq import nsmallest

from sayso.adapters.queues import batch_message, parse_batch
from sayso.domain.pace import Line, Stretch
from sayso.domain.run import RunState
from sayso.domain.segment.testing import ANY_CAMPAIGN
from sayso.domain.slot import SlotState
from sayso.domain.spending import Account
from sayso.services.ports.pace import NotYet
from sayso.services.ports.parking import NotPaused, Parked, ParkedPage
from sayso.services.ports.queues import BatchTask
from sayso.services.ports.spending import LimitReached
from simulation.campaigns import SimulatedCampaigns
from simulation.moments import at_ms
from simulation.slots import SimulatedSlots

_GONE_OUT = (SlotState.CLAIMED, SlotState.SENT, SlotState.UNKNOWN, SlotState.DELIVERED)


class SimulatedPace:
    """Pace."""

    def __init__(self) -> None:
        self._line = Line(at_ms(0), at_ms(0))

    def take(self, length: timedelta, now: datetime, *, has_waited: bool) -> Stretch:
        self._line, given = self._line.taken(length, now, has_waited=has_waited)
        if isinstance(given, Stretch):
            return given
        raise NotYet(given)

    def give_back(self, stretch: Stretch, used_until: datetime) -> None:
        self._line = self._line.given_back(stretch, used_until)

    def hold(self, until: datetime) -> None:
        self._line = self._line.held(until)


class SimulatedSpending:
    """SpendingStore; `spent` maps names of accounts to what is in them."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def reserve(self, accounts: Sequence[Account], amount: int, now: datetime) -> None:  # noqa: ARG002
        lefts = [
            (one.limit - self.spent[one.name], number)
            for number, one in enumerate(accounts)
            if one.limit is not None
        ]
        if lefts and min(lefts)[0] < amount:
            left, number = min(lefts)
            raise LimitReached(accounts[number], max(0, left))
        self.spent.update({one.name: amount for one in accounts})

    def give_back(self, accounts: Sequence[Account], amount: int) -> None:
        self.spent.subtract({one.name: amount for one in accounts})


class SimulatedParking:
    """Parking: tasks in the form of their messages, by what they wait for."""

    def __init__(self, campaigns: SimulatedCampaigns, page_size: int = 100) -> None:
        self._campaigns = campaigns
        self._page_size = page_size
        self._lying: defaultdict[tuple[str, datetime | None], dict[str, str]] = defaultdict(dict)

    def park(self, task: BatchTask, ticket: str, until: datetime | None, now: datetime) -> None:  # noqa: ARG002
        with self._campaigns.lock:
            run = self._campaigns.run(task.run_id)
            if until is None and (run is None or run.state is not RunState.PAUSED):
                raise NotPaused(task.run_id)
            self._lying[task.run_id, until][f"{task.batch_id}#{ticket}"] = batch_message(task)

    def page(self, run_id: str, until: datetime | None, position: str = "") -> ParkedPage:
        with self._campaigns.lock:
            lying = self._lying[run_id, until]
            keys = nsmallest(self._page_size + 1, (key for key in lying if key > position))
            shown = keys[: self._page_size]
            parked = tuple(Parked(f"{until}/{key}", parse_batch(lying[key])) for key in shown)
            return ParkedPage(parked, shown[-1] if len(keys) > len(shown) else "")

    def openings(self, run_id: str) -> list[datetime]:
        waits = (until for (of, until), lying in self._lying.items() if of == run_id and lying)
        return sorted(until for until in waits if until)

    def remove(self, run_id: str, parked: ParkedPage) -> None:
        with self._campaigns.lock:
            for (of, until), lying in self._lying.items():
                for one in parked.parked if of == run_id else ():
                    lying.pop(one.key.removeprefix(f"{until}/"), None)


class SimulatedHistory:
    """CampaignHistory, from the slots."""

    def __init__(self, slots: SimulatedSlots, campaigns: SimulatedCampaigns) -> None:
        self._slots = slots
        self._campaigns = campaigns

    def last_texts(
        self, phones: Collection[str], campaigns: Collection[str]
    ) -> dict[str, dict[str, datetime]]:
        return {phone: self._of(phone, campaigns) for phone in phones}

    def _of(self, phone: str, campaigns: Collection[str]) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        for slot in self._slots.of(phone):
            run = self._campaigns.run(slot.run_id)
            for name in (run.campaign_id if run else "", ANY_CAMPAIGN):
                if name in campaigns and slot.state in _GONE_OUT and slot.touched_at:
                    found[name] = max(slot.touched_at, found.get(name, slot.touched_at))
        return found


class SimulatedKey:
    """CodeKey: the same codes in each simulation of a seed."""

    def get(self) -> bytes:
        return b"a month in virtual time".ljust(32)
