"""The table's stream: what has become of contacts is told a moment later, until it is heard."""

from collections import Counter
from functools import partial

from sayso.domain.contact import Contact
from sayso.domain.series import happened
from sayso.services.enrolling import StillChanging
from sayso.services.ports.queues import NotQueued
from sayso.services.triggers import Triggers
from simulation.agenda import Agenda
from simulation.mishaps import Broken, WorkerDied
from simulation.moments import MINUTE, SECOND

_LATE = SECOND


class Stream:
    """Tells `triggers` who has joined."""

    def __init__(self, agenda: Agenda, triggers: Triggers) -> None:
        self.counts: Counter[str] = Counter()
        self._agenda = agenda
        self._triggers = triggers

    def changed(self, before: Contact, after: Contact) -> None:
        """A contact has changed."""
        if happened(before, after):
            self._agenda.outside(self._agenda.ms + _LATE, partial(self._tell, before, after))

    def _tell(self, before: Contact, after: Contact) -> None:
        try:
            self.counts["enrolled"] += self._triggers.tell([(before, after)])
        except (StillChanging, NotQueued, Broken, WorkerDied) as failure:
            self.counts[f"again: {type(failure).__name__}"] += 1
            self._agenda.outside(self._agenda.ms + MINUTE, partial(self._tell, before, after))
