"""What changes in the table, taken in as activities: each kept and counted once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sayso.domain.activity import Activity, Kind, of_campaign, of_contact, of_coupon, of_use
from sayso.domain.coupon import Coupon, Use
from sayso.domain.day_counters import counted, day_of
from sayso.domain.reported import reported_channels
from sayso.services.ports.activities import (
    ActivityStore,
    CampaignChange,
    Change,
    ContactChange,
    CouponChange,
    CouponReader,
    RunReader,
    UseChange,
)
from sayso.services.ports.campaigns import CatalogReader


@dataclass(frozen=True, slots=True)
class Activities:
    """Keeps what has happened. `names` makes an id of what tells it, and of its time.

    `settle` brings about what follows from a use, which whoever redeemed may have left undone.
    """

    store: ActivityStore
    coupons: CouponReader
    runs: RunReader
    catalog: CatalogReader
    names: Callable[[str, datetime], str]
    settle: Callable[[Coupon, Use], None]

    def take_in(self, changes: Iterable[Change], now: datetime) -> Sequence[tuple[Activity, date]]:
        """The activities that these changes tell, in their order, each with its day.

        Those that were taken in before are among them, since nobody knows whether what follows
        from them was done; they are not counted again.
        """
        found = [activity for change in changes for activity in self._told(change)]
        if not found:
            return ()
        catalog = self.catalog.load()
        channels = reported_channels(catalog)
        kept = [(activity, day_of(activity, catalog)) for activity in found]
        for activity, day in kept:
            self.store.record(activity, day, counted(activity, channels), now)
        return kept

    def _told(self, change: Change) -> Iterator[Activity]:
        for activity in self._found(change):
            source = f"{change.source}|{activity.kind}"
            yield replace(self._of_campaign(activity), id=self.names(source, activity.at))

    def _found(self, change: Change) -> Sequence[Activity]:
        match change:
            case ContactChange(_, before, after):
                return of_contact(before, after)
            case CouponChange(_, before, after):
                return of_coupon(before, after)
            case CampaignChange(_, before, after):
                return of_campaign(before, after)
            case UseChange(_, before, after):
                coupon = self.coupons.get(after.code)
                if coupon is None:
                    return ()
                if before is None:
                    self.settle(coupon, after)
                return of_use(before, after, coupon)

    def _of_campaign(self, activity: Activity) -> Activity:
        """The activity with the campaign of its run, or of the friend's code that it came by."""
        if activity.kind is Kind.JOINED and activity.code:
            return self._of_friend(activity)
        if activity.campaign or not activity.run:
            return activity
        run = self.runs.run(activity.run)
        return replace(activity, campaign=run.campaign_id) if run else activity

    def _of_friend(self, joined: Activity) -> Activity:
        """As the campaign's own report credits it, to the wording that brought the friend's code.

        Channel and store stay those of whoever joined.
        """
        coupon = self.coupons.get(joined.code)
        if coupon is None:
            return joined
        return replace(
            joined, campaign=coupon.campaign_id, run=coupon.run_id, variant=coupon.variant
        )
