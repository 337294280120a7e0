"""A whole campaign engine in memory: the real use cases on fakes, with a clock to turn."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from sayso.domain.campaign import Campaign, Kind
from sayso.domain.contact import Contact
from sayso.domain.delivery import DeliveryEvent
from sayso.domain.ledger import Entry
from sayso.domain.pace import Throughput
from sayso.domain.schedule import Schedule
from sayso.domain.versions import ONE_VERSION, Versions
from sayso.services.audiences import Audiences
from sayso.services.campaigns import Campaigns, NewCampaign
from sayso.services.carriers_word import CarriersWord
from sayso.services.choosing import Chooser
from sayso.services.closing import Closing
from sayso.services.counting import AudienceCount
from sayso.services.crew import Crew
from sayso.services.issuing import Issuing
from sayso.services.launch import Launched, Launcher
from sayso.services.leftovers import Leftovers
from sayso.services.outside_word import OutsideWord
from sayso.services.pacing import Metronome
from sayso.services.parking import CarPark, Return
from sayso.services.pausing import Pausing
from sayso.services.plan import Planned, Planner
from sayso.services.pool_reserving import PoolReserving
from sayso.services.pools import PoolDesk
from sayso.services.ports.queues import BatchTask, OccurrenceDue, OpeningDue
from sayso.services.proofreading import Proofreader
from sayso.services.receipts import Receipts
from sayso.services.recurring import Occurrences
from sayso.services.reminding import Reminding
from sayso.services.report import Report
from sayso.services.reserving import Reserving
from sayso.services.sampling import Sampler
from sayso.services.send import Sender, Sent
from sayso.services.series_audience import SeriesAudience
from sayso.services.spending import Spending
from sayso.services.writing import VersionsComposer
from tests.fakes.audience import FakeAudience
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.catalog import FakeCatalog
from tests.fakes.contacts import FakeContacts
from tests.fakes.history import FakeCampaignHistory
from tests.fakes.issuing import FakeCodeKey, FakeSharedCodes
from tests.fakes.network import FakeNetwork
from tests.fakes.pace import FakePace
from tests.fakes.parking import FakeParking
from tests.fakes.pools import FakePools, FakeTills
from tests.fakes.queues import FakeBatches, FakeLaunches, FakeSlices
from tests.fakes.replies import FakeReplies
from tests.fakes.scheduler import FakeScheduler
from tests.fakes.segments import FakeSegments
from tests.fakes.series import FakeSeries
from tests.fakes.slot_history import FakeSlotHistory
from tests.fakes.slots import FakeSlots
from tests.fakes.spending import FakeSpending
from tests.fakes.templates import FakeTemplates
from tests.support.bluebird import ADDRESS, NOON, SHOP
from tests.support.campaigns import BODY

# No test but those of the pace has to wait for it.
FAST = Throughput(1e9)


class CampaignWorld:
    """Bluebird Coffee's campaigns; `workers` texts are sent at a time."""

    def __init__(
        self, contacts: Iterable[Contact] = (), *, page_size: int = 1000, workers: int = 1
    ) -> None:
        self.now = NOON
        self.store = FakeCampaigns()
        self.slots = FakeSlots(self.store, contacts)
        self.audience = FakeAudience(self.slots.contacts.values(), page_size)
        self.catalog = FakeCatalog(SHOP)
        self.scheduler = FakeScheduler()
        self.launches, self.slices, self.batches = FakeLaunches(), FakeSlices(), FakeBatches()
        self.network, self.replies = FakeNetwork(), FakeReplies()
        self.pace, self.spending = FakePace(), FakeSpending()
        self.ledgers: defaultdict[str, list[Entry]] = defaultdict(list)
        people = FakeContacts(self.slots.contacts, self.ledgers)
        self.carriers_word = CarriersWord(
            OutsideWord(people, self.network.opt_outs), self.catalog, FakeSlotHistory(self.slots)
        )
        self.held_back: list[tuple[datetime, int, BatchTask]] = []  # see tests.support.clockwork
        self.segments, self.pools = FakeSegments(), FakePools()
        shared_codes = FakeSharedCodes(self.slots.coupons)
        tills = FakeTills(self.pools, self.slots, self.clock)
        self.issuing = Issuing(FakeCodeKey(), shared_codes, self.clock, tills)
        self._ids = itertools.count(1)
        closing = Closing(self.store, self.audience)
        chooser = Chooser(FakeCampaignHistory(self.slots), self.catalog)
        reserving = PoolReserving(
            self.pools, AudienceCount(self.audience, chooser), self.catalog, self.store.get
        )
        self.pool_desk = PoolDesk(self.pools, reserving, self.new_id)
        self.campaigns = Campaigns(
            self.store,
            self.audience,
            self.catalog,
            self.scheduler,
            self.launches,
            self.new_id,
            audiences=Audiences(self.segments, self.store.get),
            proofreader=Proofreader(
                FakeTemplates(),
                Sampler(self.audience, chooser.named),
                ADDRESS,
            ),
            reserving=Reserving(shared_codes, self.store.get, reserving),
        )
        self.parking = FakeParking(self.store)
        self.launcher = Launcher(
            store=self.store,
            audience=self.audience,
            slices=self.slices,
            launches=self.launches,
            returns=Return(self.parking, self.batches),
            closing=closing,
        )
        self.occurrences = Occurrences(
            store=self.store,
            catalog=self.catalog,
            scheduler=self.scheduler,
            launches=self.launches,
            parking=self.parking,
            new_id=self.new_id,
        )
        self.enrolments = FakeSeries(self.slots, page_size)
        self.planner = self._planner(closing, chooser)
        self.sender = self._sender(closing, tills, workers)
        self.receipts = Receipts(self.slots, self.replies, self.carriers_word)

    def _planner(self, closing: Closing, chooser: Chooser) -> Planner:
        return Planner(
            self.store,
            self.store,
            self.audience,
            self.batches,
            self.slices,
            closing,
            chooser,
            SeriesAudience(self.store, self.enrolments, self.enrolments, self.clock),
            Reminding(self.store, self.slots),
        )

    def _sender(self, closing: Closing, tills: FakeTills, workers: int) -> Sender:
        return Sender(
            store=self.store,
            catalog=self.catalog,
            slots=self.slots,
            carrier=self.network,
            batches=self.batches,
            closing=closing,
            carriers_word=self.carriers_word,
            composer=VersionsComposer(FakeTemplates(), self.issuing, ADDRESS),
            metronome=Metronome(self.pace, FAST, self.clock, self.sleep),
            spending=Spending(self.spending, Pausing(self.store)),
            car_park=CarPark(self.parking, self.scheduler, self.batches, self.new_id),
            new_id=self.new_id,
            clock=self.clock,
            crew=Crew(workers),
            leftovers=Leftovers(self.slots, tills),
        )

    def new_id(self) -> str:
        return f"ID{next(self._ids):04d}"

    def clock(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.later(timedelta(seconds=seconds))

    def later(self, passed: timedelta) -> None:
        self.now += passed

    def put(self, contact: Contact) -> None:
        """Change what is known of a subscriber, in the table and in its index."""
        self.slots.contacts[contact.phone] = contact
        self.audience.contacts = list(self.slots.contacts.values())

    def drafted(
        self,
        *locations: str,
        schedule: Schedule | None = None,
        versions: Versions = ONE_VERSION,
    ) -> Campaign:
        new = NewCampaign("Cinnamon week", Kind.OFFER, BODY, locations, schedule, versions=versions)
        return self.campaigns.create(new, self.now)

    def scheduled(
        self,
        *locations: str,
        schedule: Schedule | None = None,
        versions: Versions = ONE_VERSION,
    ) -> Campaign:
        """A campaign that is to go out now, unless told otherwise."""
        draft = self.drafted(*locations, versions=versions)
        return self.campaigns.schedule(draft.id, self.now, schedule or Schedule(now=True))

    def launch(self, run_id: str) -> Launched:
        return self.launcher.launch(run_id, self.now, is_fresh=False)

    def happen(self, due: OpeningDue | OccurrenceDue) -> None:
        """Do what is due, as the launch function does."""
        if isinstance(due, OpeningDue):
            self.launcher.open(due, lambda: False)
        else:
            self.occurrences.fire(due, self.now, is_fresh=False)

    def plan_all(self) -> list[Planned]:
        """Plan every slice that is queued, and those that this queues."""
        found = []
        while self.slices.messages:
            piece = self.slices.messages.pop(0)
            found.append(self.planner.plan(piece, lambda: self.now, lambda: False))
        return found

    def send(self, task: BatchTask) -> Sent:
        return self.sender.send(task, lambda: False)

    def send_all(self) -> list[Sent]:
        """Send every batch that is queued, and those that this queues, each when its turn is."""
        found = []
        while self.batches.messages:
            task = self.batches.messages.pop(0)
            self.now = max(self.now, task.turn or self.now)
            found.append(self.send(task))
        return found

    def run_all(self) -> None:
        """Let everything that is queued happen."""
        while self.launches.messages:
            self.launch(self.launches.messages.pop(0))
        self.plan_all()
        self.send_all()

    def report(self, campaign: Campaign) -> Report:
        return self.campaigns.report(campaign.id, self.now)

    def texted(self) -> list[str]:
        """Who got a text, as often as they got one, in order of their numbers."""
        return sorted(text.to for text in self.network.texts)

    def event(
        self, phone: str, kind: str, run_id: str, at: datetime | None = None, *, final: bool = True
    ) -> DeliveryEvent:
        context = {"run": run_id, "campaign": "any"}
        return DeliveryEvent(kind, phone, at or self.now, "m-1", final, context)
