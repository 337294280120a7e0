"""Keeping codes for one campaign: one that all share, or those of a pool that it will need."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.campaign import Campaign, State
from sayso.domain.catalog_rules import Fault
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Codes
from sayso.services.issuing import shared_coupon
from sayso.services.pool_reserving import PoolReserving
from sayso.services.ports.issuing import CodeTaken, SharedCodes
from sayso.services.refusals import Invalid


@dataclass(frozen=True, slots=True)
class Reserving:
    """Reserves codes. `campaign` finds one by its id.

    Without `pools` there are none to take codes from.
    """

    shared_codes: SharedCodes
    campaign: Callable[[str], Campaign | None]
    pools: PoolReserving | None = None

    def reserve(self, campaign: Campaign, now: datetime) -> None:
        """Keep the codes of a campaign that is being scheduled.

        Raises Invalid where it cannot have them, or Conflict.
        """
        offer = campaign.offer
        if offer and offer.codes is Codes.POOL:
            if self.pools is None:
                raise Invalid([Fault("offer.pool", f"there is no pool {offer.pool}")])
            self.pools.reserve(campaign, now)
            return
        if offer is None or offer.codes is not Codes.SHARED:
            return
        run_id = next(iter(campaign.runs), campaign.id)
        holds = (campaign.valid_from, campaign.valid_until)
        coupon = shared_coupon(offer, campaign.id, run_id, holds, now)
        try:
            self.shared_codes.open(coupon, now)
        except CodeTaken as taken:
            owner = self.campaign(taken.campaign_id)
            if owner and owner.state is not State.CANCELLED:
                detail = f"{coupon.code} is the code of {owner.name}, whose offer is not over"
                raise Invalid([Fault("offer.shared_code", detail)]) from None
            self._take_over(coupon, taken.campaign_id, now)

    def _take_over(self, coupon: Coupon, cancelled: str, now: datetime) -> None:
        try:
            self.shared_codes.open(coupon, now, instead_of=cancelled)
        except CodeTaken:
            detail = "another campaign has taken this code at this moment"
            raise Invalid([Fault("offer.shared_code", detail)]) from None
