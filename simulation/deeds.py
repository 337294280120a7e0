"""What people did of themselves: outcomes by run, and visits on the contacts."""

from collections.abc import Collection
from datetime import datetime

from sayso.domain.comparing import Outcome
from sayso.domain.contact import Contact, Status
from sayso.domain.slot import Slot
from sayso.services.ports.visits import VisitChanged
from simulation.campaigns import SimulatedCampaigns
from simulation.people import People
from simulation.tables import Table

_KINDS = tuple(Outcome)
_RUNS_AT_MOST = 1 << 20
_NOTED = ("visits", "visited_at", "redeemed_at")


class SimulatedOutcomes:
    """OutcomeStore that counts into the runs of `campaigns`; a deed takes one number."""

    def __init__(self, people: People, campaigns: SimulatedCampaigns) -> None:
        self._people = people
        self._campaigns = campaigns
        self._runs: dict[str, int] = {}
        self._done: set[int] = set()

    def begins(self, phone: str, run_id: str, outcome: Outcome) -> bool:
        """Note the deed: whether it had not been noted before."""
        deed = self._deed(phone, run_id, outcome)
        is_new = deed not in self._done
        self._done.add(deed)
        return is_new

    def forget(self, phone: str, run_id: str, outcome: Outcome) -> None:
        """It was taken back."""
        self._done.discard(self._deed(phone, run_id, outcome))

    def credit(
        self,
        slot: Slot,
        outcome: Outcome,
        groups: Collection[str],
        now: datetime,  # noqa: ARG002
    ) -> bool:
        with self._campaigns.lock:
            if not self.begins(slot.phone, slot.run_id, outcome):
                return False
            names = [f"{group}|{outcome}" if group else str(outcome) for group in groups]
            self._campaigns.tallies[slot.run_id].update(names)
            return True

    def _deed(self, phone: str, run_id: str, outcome: Outcome) -> int:
        run = self._runs.setdefault(run_id, len(self._runs))
        row = self._people.row(phone)
        return (row * _RUNS_AT_MOST + run) * len(_KINDS) + _KINDS.index(outcome)


class SimulatedVisits:
    """VisitStore."""

    def __init__(self, people: People, contacts: Table[Contact]) -> None:
        self._people = people
        self._contacts = contacts

    def note(self, before: Contact, after: Contact) -> None:
        row = self._people.row(before.phone)
        self._contacts.reserve(row + 1)
        standing = self._contacts.get(row)
        if (
            not standing.revision
            or standing.status is Status.FORGOTTEN
            or _noted(standing) != _noted(before)
        ):
            raise VisitChanged
        self._contacts.put_some(row, after, _NOTED)


def _noted(contact: Contact) -> tuple[object, ...]:
    return (dict(contact.visits), contact.visited_at, contact.redeemed_at)
