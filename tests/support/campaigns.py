"""Campaigns, runs and subscribers of Bluebird Coffee, and the stores that keep them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.contacts import contact_attributes, contact_from
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.runs import DynamoPlans
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.campaign import Campaign, Kind, State
from sayso.domain.contact import Contact, Status
from sayso.domain.run import Run, RunState
from sayso.services.ports.audience import AudienceIndex
from sayso.services.ports.campaigns import CampaignStore, PlanStore, RunMove
from sayso.services.ports.slots import SlotStore
from tests.fakes.audience import FakeAudience
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.slots import FakeSlots
from tests.support.bluebird import NOON
from tests.support.shelves import OneCallAtATime
from tests.support.simulated_stores import SimulatedStores
from tests.support.table import TABLE, mocked_table

KINDS_OF_STORE = ("fake", "simulation", "dynamodb")
BODY = "Bluebird Coffee: two cinnamon rolls for one today. Reply STOP to end."


def a_subscriber(
    phone: str, location: str = "DOWNTOWN", status: Status = Status.SUBSCRIBED
) -> Contact:
    """Somebody who joined at noon."""
    return Contact(phone, status, revision=1, location=location, joined_at=NOON)


def a_campaign(
    campaign_id: str = "C1",
    state: State = State.DRAFT,
    *,
    runs: tuple[str, ...] = (),
    locations: tuple[str, ...] = ("DOWNTOWN",),
    at: datetime = NOON,
) -> Campaign:
    """An offer as it is first written, or as it stands later."""
    return Campaign(
        id=campaign_id,
        name="Cinnamon week",
        kind=Kind.OFFER,
        body=BODY,
        created_at=at,
        updated_at=at,
        locations=locations,
        state=state,
        runs=runs,
        open_runs=len(runs),
        revision=1,
    )


def a_run(
    run_id: str = "R1",
    state: RunState = RunState.SENDING,
    *,
    campaign_id: str = "C1",
    locations: tuple[str, ...] = ("DOWNTOWN",),
    due_at: datetime = NOON,
) -> Run:
    """A run that is being sent, unless told otherwise."""
    return Run(run_id, campaign_id, BODY, due_at, "America/Chicago", locations, state)


def sending(store: CampaignStore, *runs: Run) -> None:
    """Store a campaign that is being sent with these runs."""
    campaign = a_campaign(runs[0].campaign_id, State.SENDING, runs=tuple(run.id for run in runs))
    store.save(None, campaign, [RunMove(None, run) for run in runs])


@dataclass(frozen=True)
class Contacts:
    """The subscribers behind the stores, to be set up and looked at by tests."""

    put: Callable[[Contact], None]
    get: Callable[[str], Contact | None]


@dataclass(frozen=True)
class Stores:
    """The stores of one kind, which hold the same subscribers."""

    campaigns: CampaignStore
    plans: PlanStore
    slots: SlotStore
    audience: AudienceIndex
    contacts: Contacts


@contextmanager
def opened_stores(kind: str, page_size: int = 1000) -> Iterator[Stores]:
    """The fakes, the simulation's, or the adapters on a mocked table."""
    if kind == "fake":
        yield fake_stores((), page_size)
        return
    if kind == "simulation":
        yield simulated_stores(page_size)
        return
    with mocked_table() as mocked:
        client = OneCallAtATime(mocked)
        yield Stores(
            DynamoCampaigns(client, TABLE),
            DynamoPlans(client, TABLE),
            DynamoSlots(client, TABLE),
            DynamoAudience(client, TABLE, page_size),
            table_contacts(client),
        )


def fake_stores(contacts: Iterable[Contact], page_size: int = 1000) -> Stores:
    """The fakes, with these subscribers."""
    campaigns, audience = FakeCampaigns(), FakeAudience(contacts, page_size)
    slots = FakeSlots(campaigns, audience.contacts)

    def put(contact: Contact) -> None:
        slots.contacts[contact.phone] = contact
        audience.contacts = list(slots.contacts.values())

    return Stores(campaigns, campaigns, slots, audience, Contacts(put, slots.contacts.get))


def simulated_stores(page_size: int) -> Stores:
    """Those of the simulation, with nobody in them."""
    made = SimulatedStores(page_size)
    return Stores(
        made.campaigns, made.campaigns, made.slots, made.audience, Contacts(made.put, made.contact)
    )


def table_contacts(client: Any) -> Contacts:
    """The subscribers of a table, without their ledgers."""

    def put(contact: Contact) -> None:
        item = to_item(keys.subscriber(contact.phone)) | contact_attributes(contact)
        client.put_item(TableName=TABLE, Item=item)

    def get(phone: str) -> Contact | None:
        key = to_item(keys.subscriber(phone))
        item = client.get_item(TableName=TABLE, Key=key, ConsistentRead=True).get("Item")
        return contact_from(item) if item else None

    return Contacts(put, get)
