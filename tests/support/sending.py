"""An offer to three people downtown, whose batches are queued."""

from sayso.domain.campaign import Campaign
from sayso.domain.slot import Slot
from tests.support.bluebird import ANA, BEN, CHLOE
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

EVERYONE = [CHLOE, ANA, BEN]  # in order of their numbers


def three_downtown() -> CampaignWorld:
    """Ana, Ben and Chloe are subscribed there, and nothing has been sent."""
    return CampaignWorld([a_subscriber(phone) for phone in (ANA, BEN, CHLOE)])


def planned(world: CampaignWorld) -> Campaign:
    """An offer to downtown, of which every batch is queued."""
    started = world.scheduled("DOWNTOWN")
    world.launch(started.runs[0])
    world.plan_all()
    return started


def run_of(campaign: Campaign) -> str:
    return campaign.runs[0]


def slot(world: CampaignWorld, campaign: Campaign, phone: str) -> Slot:
    return world.slots.slots[run_of(campaign), phone]
