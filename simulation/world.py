"""The wiring: Sayso's own use cases, on stores that hold a million people in little memory."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from math import ceil
from random import Random
from typing import Any

from sayso.adapters.liquid import LiquidTemplates
from sayso.adapters.queues import parse_batch, parse_due, parse_slice
from sayso.domain.contact import Contact
from sayso.domain.firing_names import firing_name
from sayso.domain.pace import throughput
from sayso.services.alarms import Alarms
from sayso.services.audiences import Audiences
from sayso.services.campaigns import Campaigns
from sayso.services.carriers_word import CarriersWord
from sayso.services.choosing import Chooser
from sayso.services.closing import Closing
from sayso.services.counting import AudienceCount
from sayso.services.enrolling import Enroller, StillChanging
from sayso.services.firings import Fired, Firings
from sayso.services.inbound import Inbound
from sayso.services.issuing import Issuing
from sayso.services.launch import Launcher, NotYetWritten
from sayso.services.leftovers import Leftovers
from sayso.services.outside_word import OutsideWord
from sayso.services.pacing import Metronome
from sayso.services.parking import CarPark, Return
from sayso.services.pausing import Pausing
from sayso.services.plan import PlannedElsewhere, Planner
from sayso.services.pool_reserving import PoolReserving
from sayso.services.pools import PoolDesk
from sayso.services.ports.campaigns import CampaignStore
from sayso.services.ports.queues import NotQueued, OccurrenceDue, OpeningDue, RunDue
from sayso.services.proofreading import Proofreader
from sayso.services.receipts import Receipts
from sayso.services.recurring import Occurrences
from sayso.services.reminding import Reminding
from sayso.services.reserving import Reserving
from sayso.services.sampling import Sampler
from sayso.services.send import Sender, Unfinished
from sayso.services.series_audience import SeriesAudience
from sayso.services.spending import Spending
from sayso.services.triggers import Triggers
from sayso.services.writing import VersionsComposer
from simulation.absent import NoSegments, NoSharedCodes
from simulation.agenda import Agenda
from simulation.audience import SimulatedAudience
from simulation.campaigns import SimulatedCampaigns
from simulation.carrier import SimulatedCarrier
from simulation.catalog import SimulatedCatalog
from simulation.columns import Digests
from simulation.conversations import SimulatedConversations
from simulation.counter import Counters
from simulation.counter_desk import counter_desk
from simulation.coupons import SimulatedCoupons
from simulation.customers import Customers
from simulation.deeds import SimulatedOutcomes, SimulatedVisits
from simulation.inline import InlineCrew
from simulation.marketing import Marketing
from simulation.mishaps import Mishaps
from simulation.moments import ms_of
from simulation.observer import Observer
from simulation.people import OwnPhone, People
from simulation.pools import SimulatedPools, SimulatedTills
from simulation.queues import Batches, Launches, SimulatedQueue, Slices
from simulation.regulars import Regulars
from simulation.reports import Reports
from simulation.scheduler import SimulatedScheduler
from simulation.series import SimulatedSeries
from simulation.shared import (
    SimulatedHistory,
    SimulatedKey,
    SimulatedPace,
    SimulatedParking,
    SimulatedSpending,
)
from simulation.shop import CATALOG, STORES
from simulation.slots import SimulatedSlots
from simulation.stream import Stream
from simulation.tables import Table

# A STOP that has just been stored may not show in the index yet.
_INDEX_LAG_MS = 1_500
# One call in so many goes wrong, or takes its worker with it.
_MISHAPS = 1 / 4_000
_SHORT_OF_TIME = 0.0001
# Customers' texts are so much rarer than campaigns'.
_RARE = 20
_WORKERS, _TAKES_OVER = 3, 0.003
_NEWCOMERS = 0.07
# A US short code's parts a second, and what replies keep of them.
_THROUGHPUT = throughput(100, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a program, from when on, and by which chances."""

    subscribers: int
    start: datetime
    seed: int = 1


class World:
    """Everything there is. Built, nothing has happened yet; `agenda` makes it happen."""

    def __init__(self, scale: Scale, mishaps: float = _MISHAPS) -> None:
        random = self.random = Random(scale.seed)
        seeded = -(-scale.subscribers // len(STORES))
        room = seeded + int(seeded * _NEWCOMERS) + 1
        self.people = People([one.area for one in STORES], room)
        self.observer = Observer(self.people)
        self.mishaps = Mishaps(random, mishaps)
        self.agenda = Agenda(ms_of(scale.start), _WORKERS, lambda: random.random() < _TAKES_OVER)
        self.regulars = Regulars(self.people, self.agenda.ms, seeded)
        self.counters = Counters(random, self.agenda, self.observer.promises)
        self.customers = Customers(
            random, self.agenda, self.people, self.observer, seeded, self.counters.reads
        )
        self.reports = Reports(self.agenda, self.people, self.observer)
        self.carrier = SimulatedCarrier(
            random, self.agenda, self.people, self.observer, self.reports.add, self.customers.reads
        )
        self._make_stores()
        self._make_queues()
        self._make_use_cases()

    def _make_stores(self) -> None:
        self.campaigns = SimulatedCampaigns()
        self.contacts: Table[Contact] = Table(
            Contact,
            {"phone": OwnPhone(self.people), "ledger_head": Digests()},
            self.people.size,
        )
        self.audience = SimulatedAudience(
            self.people, self.contacts, lambda: self.agenda.ms, _INDEX_LAG_MS
        )
        self.outcomes = SimulatedOutcomes(self.people, self.campaigns)
        self.coupons = SimulatedCoupons(self.people, self.contacts, self.campaigns, self.outcomes)
        self.slots = SimulatedSlots(self.people, self.contacts, self.campaigns, self.coupons)
        self.pools = SimulatedPools()
        self.tills = SimulatedTills(self.pools, self.slots, self.campaigns, self.agenda.now)
        self.series = SimulatedSeries(self.slots, self.campaigns)
        self.conversations = SimulatedConversations(
            CATALOG,
            self.people,
            self.contacts,
            self.audience,
            self.campaigns,
            self.regulars.origin,
        )

    def _make_queues(self) -> None:
        def queue(name: str, *failures: type[Exception]) -> SimulatedQueue:
            return SimulatedQueue(name, self.agenda, self.random, self.observer, failures)

        self.runs = queue("runs", NotYetWritten, NotQueued)
        self.slices = queue("slices", PlannedElsewhere, NotQueued, StillChanging)
        self.batches = queue("batches", Unfinished, NotQueued)

    def _make_use_cases(self) -> None:
        fragile, new_id = self.mishaps.guard, partial(_next_id, count(1))
        store = fragile(self.campaigns, "save", "record", "progress")
        slots = fragile(self.slots, "claim_all", "settle", "read")
        conversations = fragile(self.conversations, "commit", "record", "change", weight=_RARE)
        batches = fragile(Batches(self.batches), "put")
        slices = fragile(Slices(self.slices), "put")
        catalog, closing = SimulatedCatalog(CATALOG), Closing(store, self.audience)
        carriers_word = CarriersWord(OutsideWord(conversations, self.carrier), catalog, self.slots)
        launches, templates = Launches(self.runs), LiquidTemplates()
        scheduler = SimulatedScheduler(self.agenda, launches)
        parking = fragile(SimulatedParking(self.campaigns), "park", "remove")
        chooser = Chooser(SimulatedHistory(self.slots, self.campaigns), catalog)
        reserving = PoolReserving(
            self.pools, AudienceCount(self.audience, chooser), catalog, self.campaigns.get
        )
        self.use_cases = Campaigns(
            self.campaigns,
            self.audience,
            catalog,
            scheduler,
            launches,
            new_id,
            audiences=Audiences(NoSegments(), self.campaigns.get),
            proofreader=Proofreader(templates, Sampler(self.audience, chooser.named)),
            reserving=Reserving(NoSharedCodes(), self.campaigns.get, reserving),
        )
        tills = fragile(self.tills, "take", "take_back")
        enrolments = fragile(self.series, "enrol", "close", "begun")
        self._wait_for_people(store, enrolments, Alarms(launches, scheduler), chooser)
        self.occurrences = Occurrences(store, catalog, scheduler, launches, parking, new_id)
        self.marketing = Marketing(
            self.agenda,
            self.use_cases,
            PoolDesk(self.pools, reserving, new_id),
            self.observer.promises.promised,
            lambda places: sum(map(self.audience.count, places)),
            self.firings.changed,
        )
        self.counters.counter = counter_desk(
            self.mishaps,
            self.slots,
            conversations,
            SimulatedVisits(self.people, self.contacts),
            self.outcomes,
        )
        self.launcher = Launcher(
            store, self.audience, slices, launches, Return(parking, batches), closing
        )
        series = SeriesAudience(store, enrolments, enrolments, self.agenda.now)
        planner = Planner(
            store,
            store,
            self.audience,
            batches,
            slices,
            closing,
            chooser,
            series,
            Reminding(store, slots),
        )
        sender = Sender(
            store=store,
            catalog=catalog,
            slots=slots,
            carrier=self.carrier,
            batches=batches,
            closing=closing,
            carriers_word=carriers_word,
            composer=VersionsComposer(
                templates, Issuing(SimulatedKey(), NoSharedCodes(), self.agenda.now, tills)
            ),
            metronome=Metronome(SimulatedPace(), _THROUGHPUT, self.agenda.now, self._sleep),
            spending=Spending(SimulatedSpending(), Pausing(store)),
            car_park=CarPark(parking, scheduler, batches, new_id),
            new_id=new_id,
            clock=self.agenda.now,
            crew=InlineCrew(),
            leftovers=Leftovers(slots, tills),
        )
        self.customers.conversations = self.reports.conversations = self.conversations
        self.customers.inbound = Inbound(conversations, self.carrier, self.carrier)
        self.reports.receipts = Receipts(slots, self.conversations, carriers_word)
        self.runs.handle = self._happen
        self.slices.handle = lambda body: planner.plan(
            parse_slice(body), self.agenda.now, self._is_time_short
        )
        self.batches.handle = lambda body: sender.send(parse_batch(body), self._is_time_short)

    def _happen(self, body: str) -> None:
        """Do what is due, as the launch function does."""
        match parse_due(body):
            case RunDue(run_id):
                name = firing_name(run_id)
                if name and self.firings.fire(name) is not Fired.BEGUN:
                    return
                self.launcher.launch(run_id, self.agenda.now(), is_fresh=False)
            case OpeningDue() as due:
                self.launcher.open(due, self._is_time_short)
            case OccurrenceDue() as due:
                self.occurrences.fire(due, self.agenda.now(), is_fresh=False)

    def _wait_for_people(
        self, store: CampaignStore, enrolments: Any, alarms: Alarms, chooser: Chooser
    ) -> None:
        """Triggered campaigns hear of those who join."""
        catalog, clock = chooser.catalog, self.agenda.now
        self.firings = Firings(store, enrolments, self.series, catalog, alarms, clock)
        enroller = Enroller(enrolments, alarms, clock)
        triggers = Triggers(self.series, catalog, enroller, chooser.named, clock)
        self.stream = Stream(self.agenda, triggers)
        self.conversations.changed = self.stream.changed

    def _sleep(self, seconds: float) -> None:
        self.agenda.elapse(ceil(1000 * seconds))

    def _is_time_short(self) -> bool:
        return self.random.random() < _SHORT_OF_TIME

    def settle_regulars(self) -> None:
        """Put everybody in place who had joined before."""
        for rows in self.regulars.rows():
            for row in rows:
                entry = self.regulars.entry(row)
                contact = self.regulars.contact(row, entry)
                self.contacts.put(row, contact)
                self.audience.note(row, contact)
                self.observer.knows(row, contact.location, entry, self.regulars.joined(row))

    def counts(self) -> Counter[str]:
        """What has happened, by kind."""
        found: Counter[str] = Counter()
        for name, counts in (
            ("customers", self.customers.counts),
            ("carrier", self.carrier.counts),
            ("delivery event", self.reports.handed_over),
            ("marketer", self.marketing.counts),
            ("counter", self.counters.counts),
            ("stream", self.stream.counts),
            ("codes", self.observer.promises.counts),
            ("till", self.tills.counts),
            ("mishap", self.mishaps.counts),
            *((one.name, one.counts) for one in (self.runs, self.slices, self.batches)),
        ):
            found.update({f"{name}: {kind}": n for kind, n in counts.items()})
        return found


def _next_id(numbers: "count[int]") -> str:
    """Ids that sort by the time they were made."""
    return str(10**9 + next(numbers))
