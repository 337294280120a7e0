"""What the shop sends: an offer for everybody each week, and more for some stores at a time.

One brings everybody a code of their own, one a code of the till system's, each with a reminder;
something comes every Thursday by itself, and whoever joins is welcomed.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import count, islice

from sayso.domain.campaign import Campaign, Kind
from sayso.domain.offer import Codes, Offer
from sayso.domain.schedule import Schedule
from sayso.services.campaigns import Campaigns, NewCampaign
from sayso.services.pools import PoolDesk
from sayso.services.refusals import Invalid, TurnedDown
from simulation.agenda import Agenda
from simulation.moments import DAY, HOUR, at_ms, ms_of
from simulation.shop import STORES

_WEEK = 7 * DAY
_BODY = "Bluebird Coffee: {} Show this text. Reply STOP to end."
_WITH_CODE = "Bluebird Coffee: {} Show {{{{ code }}}}. Reply STOP to end."
_LONG = " It is warm, it is fresh, and it is here for as long as the tray lasts, so come early."


@dataclass(frozen=True, slots=True)
class Habit:
    """An offer of every week: on which day (0 is Monday), at what time, for how many stores.

    With `codes` it is good until the second evening after, and who has not come is reminded.
    """

    day: int
    time: str
    timezone: str
    stores: int
    words: str
    codes: Codes | None = None

    def places(self, week: int) -> tuple[str, ...]:
        """Whom it is for in a week; () for everybody. The stores overlap, so that caps bind."""
        codes = [one.code for one in STORES]
        start = (week * 5 + self.day * 2) % len(codes)
        return tuple((codes[start:] + codes[:start])[: self.stores])


HABITS: Sequence[Habit] = (
    Habit(0, "09:30:00", "recipient", 1, "free refill until noon." + _LONG),
    Habit(1, "10:00:00", "recipient", 0, "two cinnamon rolls for one.", Codes.OWN),
    Habit(2, "17:00:00", "recipient", 4, "happy hour, 2 for 1 from 5 to 7."),
    Habit(3, "19:40:00", "recipient", 2, "tomorrow's roast is half price ☕"),
    Habit(4, "12:00:00", "America/New_York", 3, "the weekend starts at noon: free cookie."),
    Habit(5, "09:00:00", "recipient", 2, "brunch is on, coffee is free.", Codes.POOL),
    Habit(6, "13:00:00", "recipient", 2, "Sunday cake, half price."),
)


# As late as it is the second evening on the mainland, and how long before that people are reminded.
_GOOD_FOR = timedelta(days=2, hours=23)
_REMINDED = 8
_POOL_OF = "Tills, week {}"


class Marketing:
    """A marketer at work. `campaigns` and `pools` are the use cases of the console.

    `promised` hears of each campaign whose texts bring codes, with the end of its offer; `counted`
    says how many are at some stores; `activated` what follows when a triggered campaign is active.
    """

    def __init__(
        self,
        agenda: Agenda,
        campaigns: Campaigns,
        pools: PoolDesk,
        promised: Callable[[str, int], None],
        counted: Callable[[Sequence[str]], int],
        activated: Callable[[Campaign | None, Campaign], None],
    ) -> None:
        self.pools = pools
        self.sent: list[str] = []
        self.counts: Counter[str] = Counter()
        self._agenda = agenda
        self._campaigns = campaigns
        self._promised = promised
        self._counted = counted
        self._activated = activated
        self._till_codes = count(1)

    def plan(self, until: int, week: int = 0) -> None:
        """Set this week's offers up, and come back for the next."""
        if self._agenda.ms >= until:
            return
        if not week and self._agenda.ms + _WEEK <= until:
            self._begin_series(until)
        for habit in HABITS:
            if self._agenda.ms + habit.day * DAY < until:
                self._schedule(habit, week)
        self._agenda.outside(self._agenda.ms + _WEEK, partial(self.plan, until, week + 1))
        if week % 2:
            at = self._agenda.ms + 4 * DAY + 17 * HOUR
            self._agenda.outside(at, partial(self._take_back, len(self.sent) - 3))
        if week % 4 == 1:
            at = self._agenda.ms + 5 * DAY + 14 * HOUR  # the till's codes come back
            self._agenda.outside(at, partial(self._take_back, len(self.sent) - 2))

    def _begin_series(self, until: int) -> None:
        """What goes out by itself until shortly before the end."""
        ends = at_ms(until) - timedelta(hours=12)
        weekly = Schedule(cron="30 11 * * THU", timezone="recipient")
        welcome = Schedule(on="joined", delay_minutes=20)
        for name, words, schedule, stores in (
            ("Thursdays", "fresh bread every Thursday.", weekly, HABITS[3].places(1)),
            ("Welcome", "good to have you, the first is on us.", welcome, ()),
        ):
            body = _BODY.format(words)
            new = NewCampaign(name, Kind.OFFER, body, stores, schedule, valid_until=ends)
            campaign = self._campaigns.create(new, self._agenda.now())
            after = self._campaigns.schedule(campaign.id, self._agenda.now())
            self._activated(campaign, after)
            self.counts[f"campaigns: {name}"] += 1
            self.sent.append(campaign.id)

    def _schedule(self, habit: Habit, week: int) -> None:
        day = at_ms(self._agenda.ms) + timedelta(days=habit.day)
        when = Schedule(at=f"{day:%Y-%m-%d}T{habit.time}", timezone=habit.timezone)
        body = (_WITH_CODE if habit.codes else _BODY).format(habit.words)
        new = NewCampaign(f"Week {week}", Kind.OFFER, body, habit.places(week), when)
        if habit.codes:
            ends = day + _GOOD_FOR
            new = replace(new, valid_until=ends, offer=self._offer(habit, week))
        campaign = self._campaigns.create(new, self._agenda.now())
        if habit.codes:
            self._promised(campaign.id, ms_of(ends))
        self._set_off(campaign)
        self.counts["campaigns"] += 1
        self.sent.append(campaign.id)

    def _offer(self, habit: Habit, week: int) -> Offer:
        words = habit.words.rstrip(".")
        if habit.codes is Codes.OWN:
            return Offer(words, remind_hours=_REMINDED)
        # One fewer than there are people, until somebody notices.
        codes = self._more_codes(self._counted(habit.places(week)) - 1)
        pool = self.pools.create(_POOL_OF.format(week), codes, self._agenda.now()).pool
        return Offer(words, Codes.POOL, pool=pool.id, remind_hours=_REMINDED)

    def _more_codes(self, wanted: int) -> list[str]:
        return [f"B{number:07}" for number in islice(self._till_codes, max(1, wanted))]

    def _set_off(self, campaign: Campaign) -> None:
        """A pool that is too small is filled up when the console says so."""
        try:
            self._campaigns.schedule(campaign.id, self._agenda.now())
        except Invalid:
            if campaign.offer is None or campaign.offer.codes is not Codes.POOL:
                raise
            self.counts["too few codes"] += 1
            spare = 10 + self._counted(campaign.locations) // 50
            self.pools.add(campaign.offer.pool, self._more_codes(spare), self._agenda.now())
            self._campaigns.schedule(campaign.id, self._agenda.now())

    def _take_back(self, at: int) -> None:
        """Cancel an offer while it is being sent."""
        try:
            self._campaigns.cancel(self.sent[at], self._agenda.now())
        except TurnedDown:
            self.counts["too late to cancel"] += 1
        else:
            self.counts["cancelled"] += 1

    def all(self) -> list[Campaign]:
        """Every campaign as it stands now."""
        return [self._campaigns.get(one) for one in self.sent]
