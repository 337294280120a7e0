"""What the shop sends: an offer for everybody each week, and more for some stores at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sayso.domain.campaign import Campaign, Kind
from sayso.domain.schedule import Schedule
from sayso.services.campaigns import Campaigns, NewCampaign
from sayso.services.refusals import TurnedDown
from simulation.agenda import Agenda
from simulation.moments import DAY, HOUR, at_ms
from simulation.shop import STORES

_WEEK = 7 * DAY
_BODY = "Bluebird Coffee: {} Show this text. Reply STOP to end."
_LONG = " It is warm, it is fresh, and it is here for as long as the tray lasts, so come early."


@dataclass(frozen=True, slots=True)
class Habit:
    """An offer of every week: on which day (0 is Monday), at what time, for how many stores."""

    day: int
    time: str
    timezone: str
    stores: int
    words: str

    def places(self, week: int) -> tuple[str, ...]:
        """Whom it is for in a week; () for everybody. The stores overlap, so that caps bind."""
        codes = [one.code for one in STORES]
        start = (week * 5 + self.day * 2) % len(codes)
        return tuple((codes[start:] + codes[:start])[: self.stores])


HABITS: Sequence[Habit] = (
    Habit(0, "09:30:00", "recipient", 1, "free refill until noon." + _LONG),
    Habit(1, "10:00:00", "recipient", 0, "two cinnamon rolls for one today."),
    Habit(2, "17:00:00", "recipient", 4, "happy hour, 2 for 1 from 5 to 7."),
    Habit(3, "19:40:00", "recipient", 2, "tomorrow's roast is half price ☕"),
    Habit(4, "12:00:00", "America/New_York", 3, "the weekend starts at noon: free cookie."),
    Habit(5, "09:00:00", "recipient", 2, "brunch is on, coffee is free."),
    Habit(6, "13:00:00", "recipient", 2, "Sunday cake, half price."),
)


class Marketing:
    """A marketer at work. `campaigns` are the use cases of the console."""

    def __init__(self, agenda: Agenda, campaigns: Campaigns) -> None:
        self.sent: list[str] = []
        self.counts: Counter[str] = Counter()
        self._agenda = agenda
        self._campaigns = campaigns

    def plan(self, until: int, week: int = 0) -> None:
        """Set this week's offers up, and come back for the next."""
        if self._agenda.ms >= until:
            return
        for habit in HABITS:
            if self._agenda.ms + habit.day * DAY < until:
                self._schedule(habit, week)
        self._agenda.outside(self._agenda.ms + _WEEK, partial(self.plan, until, week + 1))
        if week % 2:
            at = self._agenda.ms + 4 * DAY + 17 * HOUR
            self._agenda.outside(at, partial(self._take_back, len(self.sent) - 3))

    def _schedule(self, habit: Habit, week: int) -> None:
        day = at_ms(self._agenda.ms) + timedelta(days=habit.day)
        when = Schedule(at=f"{day:%Y-%m-%d}T{habit.time}", timezone=habit.timezone)
        body = _BODY.format(habit.words)
        new = NewCampaign(f"Week {week}", Kind.OFFER, body, habit.places(week), when)
        campaign = self._campaigns.create(new, self._agenda.now())
        self._campaigns.schedule(campaign.id, self._agenda.now())
        self.counts["campaigns"] += 1
        self.sent.append(campaign.id)

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
