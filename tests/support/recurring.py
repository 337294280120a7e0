"""Campaigns that recur on Tuesdays at ten, and the people whom they are to reach."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sayso.domain.campaign import Campaign
from sayso.domain.catalog import Caps
from sayso.domain.schedule import Schedule
from sayso.services.ports.carrier import Certainty, OutboundText
from tests.support.bluebird import ANA, PROGRAM, SHOP
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

CHICAGO, DENVER, NEW_YORK = (
    ZoneInfo(f"America/{name}") for name in ("Chicago", "Denver", "New_York")
)
DORA, DIEGO = "+12125550104", "+13035550105"  # numbers of New York and of Denver
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
TUESDAYS = Schedule(cron="0 10 * * TUE", timezone="America/Chicago")
EVERYWHERE = Schedule(cron="0 10 * * TUE", timezone="recipient")
MONDAY = datetime(2026, 11, 23, 18, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 16, tzinfo=UTC)  # ten in Chicago


def world_at(now: datetime, *phones: str) -> CampaignWorld:
    """A shop that caps nothing much; who is texted when is asked of `arrivals`."""
    world = CampaignWorld([a_subscriber(phone) for phone in phones or (ANA,)])
    world.catalog.catalog = replace(SHOP, program=replace(PROGRAM, caps=Caps(20, 50, 200)))
    world.now = now
    return world


def arrivals(world: CampaignWorld) -> list[tuple[datetime, str]]:
    """Have each text noted with its time."""
    found: list[tuple[datetime, str]] = []

    def note(text: OutboundText) -> Certainty | None:
        found.append((world.now, text.to))
        return None

    world.network.mood = note
    return found


def standing(world: CampaignWorld, campaign: Campaign) -> Campaign:
    return world.campaigns.get(campaign.id)
