"""Campaigns that give people codes, whose calls fail."""

from dataclasses import replace
from datetime import timedelta

from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.adapters.dynamodb.pools import DynamoPools
from sayso.adapters.queues import launch_message
from sayso.domain.campaign import State
from sayso.domain.coupon import Use, Way
from sayso.domain.offer import Codes, Offer
from sayso.domain.pool import Pool
from sayso.domain.reminding import reminders_of
from sayso.domain.run import RunState
from sayso.handlers.alarms import alarms
from sayso.services.ports.campaigns import RunMove
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import a_campaign, a_run
from tests.support.fault_codes import coupons_in
from tests.support.fault_story import CAMPAIGN, PLENTY, POOL, RUN, Story, World
from tests.support.table import TABLE

_BODY = "Bluebird Coffee: a roll for you. Show {{ code }}. Reply STOP to end."
_OWN = Offer("A cinnamon roll", remind_hours=2)
_SHARED = Offer("A cinnamon roll", Codes.SHARED, shared_code="ROLLS")
_TILLS = Offer("A cinnamon roll", Codes.POOL, pool=POOL, remind_hours=2)
# Tomorrow at six in the evening, when Chloe's hours end, too.
_ENDS = NOON + timedelta(days=1, hours=6)


class Promised(Story):
    """Everybody gets a code; Ben redeems his, and is not reminded."""

    def begin(self, world: World) -> list[str]:
        return self.promising(world, _OWN)

    def promising(self, world: World, offer: Offer) -> list[str]:
        self.people(world)
        run = replace(
            a_run(RUN, RunState.WAITING),
            body=_BODY,
            offer=offer,
            valid_until=_ENDS,
            spend_limit=PLENTY,
        )
        campaign = replace(a_campaign(CAMPAIGN, State.SCHEDULED), offer=offer, valid_until=_ENDS)
        runs = [run, *reminders_of(campaign, [run], "R2")]
        ids = tuple(one.id for one in runs)
        campaign = replace(campaign, runs=ids, open_runs=len(ids))
        world.pipeline.store.save(None, campaign, [RunMove(None, one) for one in runs])
        for reminder in runs[1:]:
            alarms().arm(reminder.id, reminder.due_at)
        return [launch_message(RUN)]

    def in_a_lull(self, world: World) -> bool:
        client = world.pipeline.dynamodb
        his = [one for one in coupons_in(client) if one.phone == BEN and not one.uses]
        for coupon in his:
            use = Use("U1", coupon.code, NOON + timedelta(hours=1), Way.COUNTER)
            DynamoCoupons(client, TABLE).redeem(coupon, use)
        return bool(his)


class Pooled(Promised):
    """The codes are the till system's; the carrier refuses Ana."""

    def begin(self, world: World) -> list[str]:
        for phone in self.refused:
            world.carrier_refuses(phone)
        return self.drawing(world, _TILLS)

    def drawing(self, world: World, offer: Offer) -> list[str]:
        pools, new = DynamoPools(world.pipeline.dynamodb, TABLE), Pool(POOL, "Rolls", NOON, NOON)
        pools.save(None, new)
        filled = new.with_more(len(self.pool), NOON)
        pools.save(new, filled, self.pool)
        pools.save(filled, filled.reserving(CAMPAIGN, len(self.listed), NOON))
        return self.promising(world, offer)


class Withdrawn(Pooled):
    """Somebody cancels the campaign when all have been texted but Chloe, who is laid by."""

    def begin(self, world: World) -> list[str]:
        return self.drawing(world, replace(_TILLS, remind_hours=0))

    def in_a_lull(self, world: World) -> bool:
        campaign = world.pipeline.store.get(CAMPAIGN)
        if not campaign or campaign.state is not State.SENDING or not world.pipeline.alarms():
            return False
        world.marketer.cancel(CAMPAIGN, NOON)
        return True


class Shared(Promised):
    """One code is everybody's."""

    def begin(self, world: World) -> list[str]:
        return self.promising(world, _SHARED)


_CODES = tuple(f"ROLL-{number}" for number in range(6))
PROMISED = Promised("promised", runs=2, reminded=(ANA, CHLOE), codes=Codes.OWN)
POOLED = Pooled(
    "pooled",
    texted=(BEN, CHLOE),
    runs=2,
    reminded=(CHLOE,),
    leave=frozenset({ANA}),
    refused=frozenset({ANA}),
    codes=Codes.POOL,
    pool=_CODES,
)
WITHDRAWN = Withdrawn(
    "withdrawn",
    texted=(ANA, BEN),
    status=State.CANCELLED,
    codes=Codes.POOL,
    pool=_CODES,
)
SHARED = Shared("shared", codes=Codes.SHARED)
STORIES_WITH_CODES = (PROMISED, POOLED, WITHDRAWN, SHARED)
