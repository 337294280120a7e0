"""Whom a campaign is for: whether what it names exists, and what a saved segment comes to."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sayso.domain.campaign import Campaign, State
from sayso.domain.catalog import Catalog
from sayso.domain.nearest import point_of
from sayso.domain.refusal import Refused
from sayso.domain.segment.bounds import BadSegment, suggestion
from sayso.domain.segment.filters import (
    Filter,
    campaigns_in,
    centers_in,
    locations_in,
    locations_required,
)
from sayso.domain.segment.reading import read
from sayso.domain.segment.saved import canonical, common, joined
from sayso.domain.zip_rows import place_of
from sayso.services.ports.segments import SegmentStore

CampaignReader = Callable[[str], Campaign | None]


@dataclass(frozen=True, slots=True)
class Audiences:
    """Checks audiences, and copies segments into campaigns."""

    segments: SegmentStore
    campaign: CampaignReader

    def checked(self, campaign: Campaign, catalog: Catalog) -> Campaign:
        """The campaign with its `where` in canonical form. Raises Refused."""
        self.copied(campaign, catalog)
        return replace(campaign, where=canonical(campaign.where))

    def copied(self, campaign: Campaign, catalog: Catalog) -> Campaign:
        """The campaign with a draft's saved segment written into `where` and `locations`.

        From then on a change of the segment, or its deletion, changes nothing about the campaign
        (decision 0019). `locations` holds no place that `where` leaves out: no run is made for it.
        Raises Refused.
        """
        try:
            where, locations = self._effective(campaign)
            self.check_named(read(where), catalog)
            locations = common(locations, locations_required(read(where)))
        except BadSegment as bad:
            raise Refused(f"audience.{bad.field}", bad.detail) from None
        return replace(campaign, where=where, locations=locations)

    def _effective(self, campaign: Campaign) -> tuple[str, tuple[str, ...]]:
        if campaign.state is not State.DRAFT or not campaign.segment:
            return canonical(campaign.where), campaign.locations
        segment = self.segments.get(campaign.segment)
        if segment is None:
            raise BadSegment(f"there is no saved segment {campaign.segment}", "segment")
        where = joined(segment.where, campaign.where)
        return where, common(campaign.locations, segment.locations)

    def check_named(self, segment: Filter, catalog: Catalog) -> None:
        """Raise BadSegment unless the locations and campaigns that it names exist."""
        known = [location.code for location in catalog.locations]
        for code in locations_in(segment):
            if code not in known:
                hint = suggestion(code, known) or _there_are(known)
                raise BadSegment(f"there is no location {code}{hint}")
        for center in centers_in(segment):
            _check_center(center, catalog)
        for campaign_id in campaigns_in(segment):
            self._check_campaign(campaign_id)

    def _check_campaign(self, campaign_id: str) -> None:
        found = self.campaign(campaign_id)
        if found is None:
            raise BadSegment(f"there is no campaign {campaign_id}")
        if found.schedule and found.schedule.on:
            raise BadSegment(
                f"{campaign_id} is a triggered campaign: who received it cannot be asked for; "
                "write what triggers it instead"
            )


def _check_center(center: str, catalog: Catalog) -> None:
    location = catalog.location(center)
    if location and not point_of(location):
        raise BadSegment(f"where {center} is, is not known: give it a ZIP code, or its coordinates")
    if not location and not place_of(center):
        raise BadSegment(f"{center} is neither a location nor a ZIP code that is on the map")


def _there_are(codes: list[str]) -> str:
    return f"; there are {', '.join(codes[:20])}" if codes else "; add one first"
