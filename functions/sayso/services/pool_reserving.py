"""Whether a pool has a code for everybody whom a campaign is for, before it may start."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sayso.domain.campaign import Campaign, State
from sayso.domain.catalog_rules import Fault
from sayso.domain.pool import SETTLING, Pool
from sayso.domain.segment.reading import read
from sayso.services.campaign_checks import places_of
from sayso.services.counting import AudienceCount, Counted
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.ports.pools import PoolChanged, PoolStore
from sayso.services.refusals import Conflict, Invalid

_TRIES = 8
_GOES_ON = frozenset({State.SCHEDULED, State.SENDING, State.PAUSED})


@dataclass(frozen=True, slots=True)
class PoolReserving:
    """Reserves codes of pools. `campaign` finds one by its id."""

    pools: PoolStore
    counting: AudienceCount
    catalog: CatalogReader
    campaign: Callable[[str], Campaign | None]

    def reserve(self, campaign: Campaign, now: datetime) -> None:
        """Keep a code for everybody of the audience; those of a triggered one have no number.

        A recurring campaign counts on codes for its first occurrence; whoever finds no code left
        later is left out, and the report says so. Raises Invalid where there are too few, Conflict.
        """
        offer = campaign.offer
        pool_id = offer.pool if offer else ""
        for _ in range(_TRIES):
            pool = self.pools.get(pool_id)
            if pool is None:
                raise Invalid([Fault("offer.pool", f"there is no pool {pool_id}")])
            before, pool = pool, self.current(pool, now)
            needed = self._needed(campaign, pool, now)
            _check(pool, needed, campaign)
            reserved = 0 if campaign.is_triggered else needed.count
            try:
                self.pools.save(before, _numbered(before, pool, campaign.id, reserved, now))
            except PoolChanged:
                continue
            return
        raise Conflict("the pool is being changed by others at this moment: try again")

    def current(self, pool: Pool, now: datetime) -> Pool:
        """The pool without what campaigns reserved that are over, were cancelled or never began."""
        is_fresh = now - pool.updated_at < SETTLING
        kept = [one for one in pool.reserved if self._counts(one, is_fresh=is_fresh)]
        return pool if len(kept) == len(pool.reserved) else pool.keeping(kept, now)

    def _counts(self, campaign_id: str, *, is_fresh: bool) -> bool:
        campaign = self.campaign(campaign_id)
        if campaign is None:
            return False
        return campaign.state in _GOES_ON or (campaign.state is State.DRAFT and is_fresh)

    def _needed(self, campaign: Campaign, pool: Pool, now: datetime) -> Counted:
        if campaign.is_triggered:
            return Counted(1, 1, (), (), is_estimate=False)
        catalog = self.catalog.load()
        at = max(campaign.next_at or now, now)
        zone = ZoneInfo(catalog.program.timezone) if catalog.program else now.tzinfo
        places = places_of(campaign.locations, catalog)
        segment = read(campaign.where)
        enough = pool.open_to(campaign.id)
        return self.counting.at_least(places, segment, at.astimezone(zone), enough)


def _check(pool: Pool, needed: Counted, campaign: Campaign) -> None:
    left = pool.open_to(campaign.id)
    missing = needed.count - left
    if missing <= 0:
        return
    about = "about " if needed.is_estimate else ""
    if campaign.is_triggered:
        detail = f"{pool.name} has no code left that no other campaign counts on"
    else:
        detail = (
            f"{about}{missing} {'code is' if missing == 1 else 'codes are'} missing: the audience"
            f" has {about}{needed.count} people, and {pool.name} has {left} codes left for them"
        )
    raise Invalid([Fault("offer.pool", detail)])


def _numbered(before: Pool, pool: Pool, campaign_id: str, count: int, now: datetime) -> Pool:
    """The pool with its reservation, as the next revision of what was read."""
    return replace(pool.reserving(campaign_id, count, now), revision=before.revision + 1)
