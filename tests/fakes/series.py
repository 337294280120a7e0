"""Triggered campaigns, their enrolments and buckets, in memory."""

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
from tests.fakes.slots import FakeSlots


class FakeSeries:
    """A SeriesReader, EnrolmentStore and BucketStore over the campaigns and slots of `slots`."""

    def __init__(self, slots: FakeSlots, page_size: int = 1000) -> None:
        self.slots = slots
        self.campaigns = slots.campaigns
        self.page_size = page_size
        self.enrolments: dict[tuple[str, str], Enrolment] = {}
        self.members: defaultdict[str, dict[str, EnrolmentMove]] = defaultdict(dict)
        self.closed: set[str] = set()
        self.over: set[str] = set()

    def triggered(self) -> Sequence[Campaign]:
        known = self.campaigns.campaigns.values()
        return [one for one in known if one.is_triggered and one.state is not State.DRAFT]

    def standing(self, campaign_id: str, phones: Collection[str]) -> dict[str, Standing]:
        with self.campaigns.lock:
            found = {phone: self.enrolments.get((campaign_id, phone)) for phone in phones}
            return {
                phone: Standing(one, self.slots.slots.get((one.run_id, phone)))
                for phone, one in found.items()
                if one
            }

    def enrol(self, run_id: str, moves: Sequence[EnrolmentMove], now: datetime) -> None:
        name = firing_name(run_id)
        assert name is not None
        with self.campaigns.lock:
            if name.does is Does.BUCKET and run_id in self.closed:
                raise BucketClosed(run_id)
            keys = {move: (move.after.campaign_id, move.after.phone) for move in moves}
            if any(self.enrolments.get(key) != move.before for move, key in keys.items()):
                raise EnrolmentsChanged(run_id)
            self.enrolments |= {key: move.after for move, key in keys.items()}
            self.campaigns.tallies[name.campaign_id].update(Counter({ENROLLED: len(moves)}))
            if name.does is Does.BUCKET:
                self.members[run_id] |= {move.after.phone: move for move in moves}

    def close(self, run_id: str, now: datetime) -> tuple[str, ...]:
        with self.campaigns.lock:
            self.closed.add(run_id)
            return tuple(sorted({one.person.location for one in self.members[run_id].values()}))

    def begun(self, run_id: str, now: datetime) -> None:
        self.over.add(run_id)

    def page(self, run_id: str, location: str, position: str = "") -> BucketPage:
        here = {
            phone: move
            for phone, move in sorted(self.members[run_id].items())
            if move.person.location == location and phone > position
        }
        phones = list(here)[: self.page_size]
        return BucketPage(
            people=tuple(here[phone].person for phone in phones),
            position=phones[-1] if len(here) > len(phones) else "",
            since={phone: here[phone].after.since for phone in phones},
        )

    def overdue(self, campaign_id: str, now: datetime) -> list[str]:
        last = str(FiringName(campaign_id, Does.BUCKET, now))
        return sorted(
            run_id
            for run_id, members in self.members.items()
            if members and run_id not in self.over and run_id <= last
            if run_id.startswith(f"{campaign_id}-")
        )
