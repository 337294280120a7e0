"""Triggered campaigns, their enrolments and buckets: of those who join within a month."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sayso.domain.campaign import Campaign, State
from sayso.domain.firing_names import Does, FiringName, firing_name
from sayso.domain.run import ENROLLED
from sayso.domain.series import Enrolment, Standing
from sayso.services.ports.series import (
    BucketClosed,
    BucketPage,
    EnrolmentMove,
    EnrolmentsChanged,
)
from simulation.campaigns import SimulatedCampaigns
from simulation.slots import SimulatedSlots

_PAGE = 1000


class SimulatedSeries:
    """A SeriesReader, EnrolmentStore and BucketStore."""

    def __init__(
        self, slots: SimulatedSlots, campaigns: SimulatedCampaigns, page_size: int = _PAGE
    ) -> None:
        self._page_size = page_size
        self._slots = slots
        self._campaigns = campaigns
        self._enrolments: dict[tuple[str, str], Enrolment] = {}
        self._members: defaultdict[str, dict[str, EnrolmentMove]] = defaultdict(dict)
        self._closed: set[str] = set()
        self._begun: set[str] = set()

    def triggered(self) -> Sequence[Campaign]:
        known = self._campaigns.all()
        return [one for one in known if one.is_triggered and one.state is not State.DRAFT]

    def standing(self, campaign_id: str, phones: Collection[str]) -> dict[str, Standing]:
        found = {phone: self._enrolments.get((campaign_id, phone)) for phone in phones}
        return {
            phone: Standing(one, self._slots.read(one.run_id, [phone]).get(phone))
            for phone, one in found.items()
            if one
        }

    def enrol(self, run_id: str, moves: Sequence[EnrolmentMove], now: datetime) -> None:  # noqa: ARG002
        name = firing_name(run_id)
        if name is None:
            raise LookupError(run_id)
        if name.does is Does.BUCKET and run_id in self._closed:
            raise BucketClosed(run_id)
        keys = {move: (move.after.campaign_id, move.after.phone) for move in moves}
        if any(self._enrolments.get(key) != move.before for move, key in keys.items()):
            raise EnrolmentsChanged(run_id)
        self._enrolments |= {key: move.after for move, key in keys.items()}
        self._campaigns.tallies[name.campaign_id].update(Counter({ENROLLED: len(moves)}))
        if name.does is Does.BUCKET:
            self._members[run_id] |= {move.after.phone: move for move in moves}

    def close(self, run_id: str, now: datetime) -> tuple[str, ...]:  # noqa: ARG002
        self._closed.add(run_id)
        return tuple(sorted({one.person.location for one in self._members[run_id].values()}))

    def begun(self, run_id: str, now: datetime) -> None:  # noqa: ARG002
        self._begun.add(run_id)

    def page(self, run_id: str, location: str, position: str = "") -> BucketPage:
        here = {
            phone: move
            for phone, move in sorted(self._members[run_id].items())
            if move.person.location == location and phone > position
        }
        phones = list(here)[: self._page_size]
        return BucketPage(
            people=tuple(here[phone].person for phone in phones),
            position=phones[-1] if len(here) > len(phones) else "",
            since={phone: here[phone].after.since for phone in phones},
        )

    def overdue(self, campaign_id: str, now: datetime) -> list[str]:
        last = str(FiringName(campaign_id, Does.BUCKET, now))
        return sorted(
            run_id
            for run_id, members in self._members.items()
            if members and run_id not in self._begun and run_id <= last
            if run_id.startswith(f"{campaign_id}-")
        )
