"""Alarms in virtual time."""

from datetime import datetime
from functools import partial

from sayso.services.ports.queues import LaunchQueue, OccurrenceDue, OpeningDue
from simulation.agenda import Agenda
from simulation.moments import ms_of


class SimulatedScheduler:
    """Scheduler: when an alarm goes off, its run's launch is queued."""

    def __init__(self, agenda: Agenda, launches: LaunchQueue) -> None:
        self._agenda = agenda
        self._launches = launches
        self._armed: set[str] = set()
        self._dues: set[OpeningDue | OccurrenceDue] = set()

    def arm(self, run_id: str, at: datetime) -> None:
        if run_id not in self._armed:
            self._armed.add(run_id)
            self._agenda.outside(ms_of(at), partial(self._go_off, run_id))

    def disarm(self, run_id: str) -> None:
        self._armed.discard(run_id)

    def arm_due(self, due: OpeningDue | OccurrenceDue) -> None:
        if due not in self._dues:
            self._dues.add(due)
            self._agenda.outside(ms_of(due.at), partial(self._is_due, due))

    def disarm_due(self, due: OpeningDue | OccurrenceDue) -> None:
        self._dues.discard(due)

    def _is_due(self, due: OpeningDue | OccurrenceDue) -> None:
        if due in self._dues:
            self._dues.discard(due)
            self._launches.put_due(due)

    def _go_off(self, run_id: str) -> None:
        if run_id in self._armed:
            self._armed.discard(run_id)
            self._launches.put(run_id)
