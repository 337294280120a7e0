"""Delivery events: what the carrier says about texts that were sent."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sayso.domain.delivery import DeliveryEvent, Suppression, UnknownEvent, meaning
from sayso.domain.slot import Result, Slot, Tally
from sayso.services.carriers_word import CarriersWord
from sayso.services.outside_word import KeepsChanging
from sayso.services.ports.replies import ReplyStore
from sayso.services.ports.slots import SlotStore
from sayso.services.settling import settle

# As many slots as fit one transaction of 100 actions beside the counters, and as keep the counters
# of so many locations and channels within one expression of 4 KB.
AT_ONCE = 50
# What we sent along with a text, and get back: the run of a campaign's, the exchange of an answer.
_RUN = "run"
_EXCHANGE = "exchange"


@dataclass(slots=True)
class Received:
    """What became of some events.

    `failed` has the reason by the key of each event that nobody can make sense of; `ignored`
    counts those about texts that something else sent through the same configuration set, and
    `ended` the numbers that get no marketing from now on, by why.
    """

    tally: Tally = field(default_factory=Tally)
    ended: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class Receipts:
    """Settles slots and answers by delivery events: late, repeated or out of order does no harm."""

    slots: SlotStore
    replies: ReplyStore
    carriers_word: CarriersWord

    def receive(self, events: Mapping[str, DeliveryEvent], now: datetime) -> Received:
        """Take the events in, each under a key of the caller's."""
        received = Received()
        of_runs: dict[str, dict[str, DeliveryEvent]] = defaultdict(dict)
        for key, event in events.items():
            try:
                result = meaning(event)
            except UnknownEvent as unknown:
                received.failed[key] = str(unknown)
                continue
            if run_id := event.context.get(_RUN):
                of_runs[run_id][key] = event
            elif exchange_id := event.context.get(_EXCHANGE):
                self.replies.settle_reply(event.phone, exchange_id, result)
            else:
                received.ignored += 1
        for run_id, of_run in of_runs.items():
            self._settle_run(run_id, of_run, now, received)
        for key, event in events.items():
            if key not in received.failed and (_RUN in event.context or _EXCHANGE in event.context):
                self._heed(key, event, received)
        return received

    def _heed(self, key: str, event: DeliveryEvent, received: Received) -> None:
        """What the event says of the number itself: only now that its own text is settled."""
        try:
            ended = self.carriers_word.reports(event)
        except KeepsChanging as busy:
            received.failed[key] = str(busy)
            return
        if ended is not Suppression.NONE:
            received.ended[ended] += 1

    def _settle_run(
        self, run_id: str, events: Mapping[str, DeliveryEvent], now: datetime, received: Received
    ) -> None:
        known = self.slots.read(run_id, {event.phone for event in events.values()})
        results: dict[str, list[Result]] = defaultdict(list)
        for key, event in sorted(events.items(), key=lambda one: one[1].at):
            if event.phone in known:
                results[event.phone].append(meaning(event))
            else:
                received.failed[key] = "its run has no such text"
        phones = list(results)
        for start in range(0, len(phones), AT_ONCE):
            part = phones[start : start + AT_ONCE]
            rules = {phone: partial(_after, results[phone], now) for phone in part}
            now_known = {phone: known[phone] for phone in part}
            received.tally.update(settle(self.slots, run_id, now_known, rules, now))


def _after(results: Sequence[Result], now: datetime, current: Slot | None) -> Slot | None:
    """The slot after all of these results, oldest first; None if none of them moves it."""
    slot = current
    for result in results:
        slot = (slot.moved(result, now) or slot) if slot else None
    return slot if slot is not current else None
