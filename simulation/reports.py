"""Delivery events on their way to the receipts function: gathered for a moment, then given."""

from collections import Counter, defaultdict
from functools import partial

from sayso.domain.delivery import DeliveryEvent
from sayso.services.receipts import Receipts
from simulation.agenda import Agenda
from simulation.carrier import Report
from simulation.conversations import SimulatedConversations
from simulation.mishaps import Broken, WorkerDied
from simulation.moments import MINUTE, SECOND, at_ms
from simulation.observer import Observer
from simulation.people import People

_GATHERED = 2 * SECOND
_AT_ONCE = 25
_AGAIN_AFTER = 2 * MINUTE
# What says something about the number itself, whatever was sent to it.
_SUPPRESSING = ("TEXT_SPAM", "TEXT_INVALID")


class Reports:
    """Hands events to `receipts`. `ends` counts the texts that have ended, by run and type."""

    def __init__(self, agenda: Agenda, people: People, observer: Observer) -> None:
        self.ends: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.handed_over: Counter[str] = Counter()
        self.receipts: Receipts | None = None
        self.conversations: SimulatedConversations | None = None
        self._agenda = agenda
        self._people = people
        self._observer = observer
        self._gathered: defaultdict[int, list[Report]] = defaultdict(list)

    def add(self, report: Report, at: int | None = None) -> None:
        """An event comes at that moment; by default when what it tells of has happened."""
        bucket = (at or report.at) // _GATHERED + 1
        if bucket not in self._gathered:
            self._agenda.outside(bucket * _GATHERED, partial(self._hand_over, bucket))
        self._gathered[bucket].append(report)

    def _hand_over(self, bucket: int) -> None:
        reports = self._gathered.pop(bucket)
        for start in range(0, len(reports), _AT_ONCE):
            self._receive(reports[start : start + _AT_ONCE])

    def _receive(self, reports: list[Report]) -> None:
        if self.receipts is None:
            raise RuntimeError("nobody receives these events")
        events = {str(at): self._event(one) for at, one in enumerate(reports)}
        try:
            received = self.receipts.receive(events, self._agenda.now())
        except (Broken, WorkerDied):
            failed = set(events)
        else:
            failed = set(received.failed)
        for at, one in enumerate(reports):
            if str(at) in failed:
                self.add(one, self._agenda.ms + _AGAIN_AFTER)
            else:
                self._note(one)

    def _event(self, one: Report) -> DeliveryEvent:
        phone = self._people.phone(one.row)
        return DeliveryEvent(
            one.type, phone, at_ms(one.at), one.message_id, one.is_final, dict(one.context)
        )

    def _note(self, one: Report) -> None:
        self.handed_over[one.type] += 1
        if one.is_final and one.is_new:
            one.is_new = False
            kind, of = one.context[0]
            if kind == "run":
                self.ends[of][one.type] += 1
        if one.type in _SUPPRESSING and one.is_final:
            self._observer.suppressed(one.row, one.at)
            if self.conversations and one.row in self.conversations.ledgers:
                self._observer.ledger(one.row, self.conversations.ledgers[one.row])
