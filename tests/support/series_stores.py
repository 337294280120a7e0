"""The stores of triggered campaigns, the fakes or those on the table, with what tests look up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sayso.adapters.dynamodb.buckets import DynamoBuckets
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.enrolments import DynamoEnrolments
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.adapters.dynamodb.triggered import DynamoSeries
from sayso.services.ports.campaigns import CampaignStore
from sayso.services.ports.series import BucketStore, EnrolmentStore, SeriesReader
from sayso.services.ports.slots import SlotStore
from simulation.series import SimulatedSeries
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.series import FakeSeries
from tests.fakes.slots import FakeSlots
from tests.support.shelves import OneCallAtATime
from tests.support.simulated_stores import SimulatedStores
from tests.support.table import TABLE, mocked_table


@dataclass(frozen=True)
class SeriesStores:
    """The stores of one kind, over the same campaigns and slots."""

    campaigns: CampaignStore
    slots: SlotStore
    series: SeriesReader
    enrolments: EnrolmentStore
    buckets: BucketStore


@contextmanager
def opened_series(kind: str, page_size: int) -> Iterator[SeriesStores]:
    """The fakes, the simulation's, or the adapters on a mocked table."""
    if kind == "simulation":
        made = SimulatedStores()
        simulated = SimulatedSeries(made.slots, made.campaigns, page_size)
        yield SeriesStores(made.campaigns, made.slots, simulated, simulated, simulated)
        return
    if kind == "fake":
        slots = FakeSlots(FakeCampaigns())
        fake = FakeSeries(slots, page_size)
        yield SeriesStores(slots.campaigns, slots, fake, fake, fake)
        return
    with mocked_table() as mocked:
        client = OneCallAtATime(mocked)
        yield SeriesStores(
            DynamoCampaigns(client, TABLE),
            DynamoSlots(client, TABLE),
            DynamoSeries(client, TABLE),
            DynamoEnrolments(client, TABLE),
            DynamoBuckets(client, TABLE, page_size),
        )
