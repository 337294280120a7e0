"""What a campaign goes through while calls fail, told in one way for all campaigns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Protocol

from sayso.adapters.queues import launch_message
from sayso.domain.campaign import State
from sayso.domain.contact import Contact, Status
from sayso.domain.offer import Codes
from sayso.domain.preference import Preference
from sayso.domain.run import RunState
from sayso.services.campaigns import Campaigns
from sayso.services.ports.campaigns import RunMove
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaign_pipeline import Pipeline
from tests.support.campaigns import a_campaign, a_run, a_subscriber

# Listed as subscribed by an index that lags: he has opted out.
DAN = "+13125550104"
# Of another store.
EVE = "+13035550105"
WANTING = (ANA, BEN, CHLOE)
LISTED = (*WANTING, DAN)
CAMPAIGN, RUN, POOL = "C1", "R1", "P1"
# Chloe's hours, when it is noon now: she is laid by until three.
_LATER = Preference(opens=time(15), closes=time(18))
_SUBSCRIBERS = {phone: a_subscriber(phone) for phone in LISTED} | {
    CHLOE: replace(a_subscriber(CHLOE), preference=_LATER),
    EVE: a_subscriber(EVE, "DENVER"),
}
A_PRICE = 10_000
PLENTY = 100 * A_PRICE


class World(Protocol):
    """What a story can touch."""

    pipeline: Pipeline

    @property
    def marketer(self) -> Campaigns:
        """What the console does."""

    def carrier_refuses(self, phone: str) -> None:
        """The number is on the carrier's own list."""

    def carrier_is_busy_once(self) -> None:
        """It throttles the next text."""

    def number_is_taken(self, until: datetime) -> None:
        """Others send from the number."""

    def triggered_by(self, **rules: object) -> None:
        """What services.firings goes by, under its names there."""


@dataclass(frozen=True)
class Story:
    """An offer to two at once, to one later, and not to one who left; nothing else happens.

    `texted` of the `listed` are those who get theirs where no call fails, so many `times`, in so
    many `runs`. `ends` are the delivery events of the texts that do not arrive, by number, and
    `answers` the ids of texts whose answers arrived; `leave` are those who get nothing any more
    after what the carrier said of them, some of them since it `refused` a text. Where it
    `is_hurried`, workers find hardly any time left when they are given a message. `shards` are a
    location's slices. Some are `reminded`, by runs that are counted apart. Texts may bring
    `codes`; `pool` are those of the till system's.
    """

    name: str = "undisturbed"
    listed: tuple[str, ...] = LISTED
    texted: tuple[str, ...] = WANTING
    runs: int = 1
    times: int = 1
    status: State = State.FINISHED
    ends: Mapping[str, str] = field(default_factory=dict[str, str])
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    leave: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    is_hurried: bool = False
    shards: int = 1
    parts_per_second: int = 100_000
    reminded: tuple[str, ...] = ()
    pool: tuple[str, ...] = ()
    codes: Codes | None = None

    def begin(self, world: World) -> list[str]:
        """Schedule the campaign; the messages that set it off."""
        return self.scheduled(world)

    def scheduled(self, world: World, spend_limit: int = PLENTY, where: str = "") -> list[str]:
        self.people(world)
        campaign = a_campaign(CAMPAIGN, State.SCHEDULED, runs=(RUN,))
        run = replace(a_run(RUN, RunState.WAITING), spend_limit=spend_limit, where=where)
        world.pipeline.store.save(None, campaign, [RunMove(None, run)])
        return [launch_message(RUN)]

    def people(self, world: World, joined_at: datetime = NOON) -> list[Contact]:
        """Put in those whom the index lists, as it lists them."""
        found = [replace(_SUBSCRIBERS[phone], joined_at=joined_at) for phone in self.listed]
        for contact in found:
            if contact.phone == DAN:
                world.pipeline.put_listed(replace(contact, status=Status.OPTED_OUT))
            else:
                world.pipeline.put(contact)
        return found

    def in_a_lull(self, world: World) -> bool:
        """Whether something happens now that all queues are empty."""
        return False

    def meanwhile(self, world: World) -> None:
        """What somebody else does while a worker waits."""
