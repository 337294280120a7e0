"""The acts of the demo: people join, offers go out, some say stop, it holds; the till answers."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sayso_local.client import Stack
from sayso_local.demo.cast import Person, Store, sleepers, store_closed_at, strangers
from sayso_local.demo.counter import CounterAct
from sayso_local.demo.hours import explained
from sayso_local.demo.shop import PROGRAM, Shop, half_a_minute_ahead
from sayso_local.demo.stage import Stage
from sayso_local.demo.told import Told
from sayso_local.demo.wordings import Wordings
from sayso_local.places import Places
from sayso_local.progress import step

# As many customers at once as a laptop's two cores answer without a queue building up.
_AT_ONCE = 6
_STRANGERS = 18
_DELIVERIES = 5
_LEAVE_BEFORE, _LEAVE_DURING = 9, 12
_PATIENCE_S = 90.0
# Who come to the counter, and one who only asks what they have.
_CUSTOMERS = 13
_POLL_S = 0.1
OFFER = f"{PROGRAM}: rainy day? A free cookie with any coffee today. Reply STOP to end."
SECOND_OFFER = f"{PROGRAM}: our new roast is in, 2 off a bag this week. Reply STOP to end."
THIRD_OFFER = f"{PROGRAM}: a croissant on us with your next coffee. Reply STOP to end."


@dataclass(frozen=True)
class Story:
    """One performance. `told` collects what the carrier's record is held against."""

    places: Places
    stack: Stack
    shop: Shop
    stage: Stage
    stores: Sequence[Store]
    people: Sequence[Person]
    wordings: Wordings
    chance: random.Random
    told: Told

    def play(self) -> None:
        """All acts in order. Raises TimeoutError where an answer does not come."""
        self.shop.open(self.stores)
        self._people_join()
        self._a_text_arrives_five_times()
        self._others_text()
        self._some_leave()
        self._an_offer_fires()
        self._a_second_offer_goes_out()
        self._an_offer_waits_for_the_morning()
        self._an_offer_comes_back()
        for campaign in self.told.campaigns:
            self.told.reports[campaign] = self.shop.report(campaign)

    def _people_join(self) -> None:
        self.stage.act(
            f"The sign in the window: text JOIN {self.stores[0].code} to {self.stack.number}",
            "Customers text in their own way; each is answered at once with what the law and the "
            "carriers ask for, recorded, and tagged with the store.",
        )
        examples = [self._someone_of(store, way) for way, store in enumerate(self.stores)]
        for person in examples:
            self._say(person.phone, person.hello)
            self.stage.thread(person.phone, self.stack.thread(person.phone))
        rest = [person for person in self.people if person not in examples]
        self.stage.line()
        with step(f"{len(rest)} more people join {len(self.stores)} stores"):
            self._all_say([(person.phone, person.hello) for person in rest])
        for store in self.stores:
            self.told.named[store.code] = {p.phone for p in self.people if p.store == store.code}
            self.told.tagged[store.code] = self.shop.members(store.code)
        self._show_proof(examples[0])

    def _someone_of(self, store: Store, way: int) -> Person:
        """A customer of the store; each store shows another way to say it."""
        customers = [person for person in self.people if person.store == store.code]
        ways = sorted({person.hello for person in customers}, key=len)
        hello = ways[(way * 4 + 1) % len(ways)]
        return next(person for person in customers if person.hello == hello)

    def _show_proof(self, person: Person) -> None:
        subscriber = self.shop.subscriber(person.phone)
        proof = self.shop.consent(person.phone)[0]
        self.stage.note(
            f"On record: {person.phone} is {subscriber['status']} at {subscriber['location']}; the "
            f"ledger holds their exact words, “{proof['words']}”, and the exact answer."
        )

    def _a_text_arrives_five_times(self) -> None:
        person = self.people[-1]
        self.stage.act(
            "A carrier delivers a text more than once",
            f"Carriers do that. {person.phone}'s JOIN comes {_DELIVERIES} more times, at once: "
            "nothing changes and nothing is said twice.",
        )
        first = self.stack.thread(person.phone)[0]
        with ThreadPoolExecutor(_DELIVERIES) as pool:
            again = [
                pool.submit(
                    self.stack.text, person.phone, first.body, inbound_message_id=first.message_id
                )
                for _ in range(_DELIVERIES)
            ]
            for delivery in again:
                delivery.result()
        self.told.delivered_often.add(first.message_id)

    def _others_text(self) -> None:
        self.stage.act(
            "Others text, too",
            "Someone asks for help, someone chats, someone who never joined wants to be left "
            "alone. Nobody is subscribed by any of it.",
        )
        phones = strangers(self.stores, _STRANGERS)
        third = len(phones) // 3
        words = [
            *self.chance.sample(self.wordings.calls_for_help, third),
            *self.chance.sample(self.wordings.chatter, third),
            *self.chance.sample(self.wordings.goodbyes, third),
        ]
        self._all_say(list(zip(phones, words, strict=True)))
        for phone in (phones[0], phones[third], phones[-1]):
            self.stage.thread(phone, self.stack.thread(phone))
        self.told.strangers.update(phones)
        self._remember_goodbyes(phones[2 * third :])

    def _some_leave(self) -> None:
        self.stage.act(
            "Some change their mind",
            "They say so in any words. Each is confirmed once, and that is the last they hear.",
        )
        leaving = self._some_members(self.stores[0], _LEAVE_BEFORE)
        self._goodbye(leaving)
        goodbyes = {phone: self.stack.thread(phone)[-2:] for phone in leaving}
        wordiest = sorted(leaving, key=lambda phone: len(goodbyes[phone][0].body))[-3:]
        for phone in wordiest:
            self.stage.thread(phone, goodbyes[phone])

    def _an_offer_fires(self) -> None:
        store = self.stores[0]
        at = half_a_minute_ahead(datetime.now(ZoneInfo(store.timezone)))
        self.stage.act(
            f"The marketer schedules an offer for {store.code}, half a minute ahead",
            f"At {at:%H:%M:%S} in {store.timezone}: “{OFFER}” EventBridge Scheduler will fire it.",
        )
        for phone, fate in zip(
            self._some_members(store, 3), ("unreachable", "blocked", "unreachable"), strict=True
        ):
            self.stack.treat(phone, fate)
        late = self._some_members(store, _LEAVE_DURING)
        campaign = self._draft("Rainy day cookie", OFFER, store)
        self.shop.schedule(campaign, at.replace(tzinfo=None), store.timezone)
        with step("waiting for the hour"):
            self._until(lambda: self._offers(campaign) > 0)
        with step(f"the offer goes out, and {len(late)} people say stop in the middle of it"):
            self._goodbye(late)
            self._until(lambda: self.shop.is_settled(campaign))

    def _a_second_offer_goes_out(self) -> None:
        self.stage.act(
            "A second offer, now, for every store",
            "Whoever said stop gets nothing, whichever way the next offer is sent.",
        )
        campaign = self._draft("New roast", SECOND_OFFER, *self.stores)
        self.shop.send_now(campaign)
        with step("the offer goes out to everyone who still wants it"):
            self._until(lambda: self.shop.is_settled(campaign))

    def _an_offer_waits_for_the_morning(self) -> None:
        here, now = self.stores[0], datetime.now(UTC)
        there = store_closed_at(now)
        asleep = sleepers(there)
        self.stage.act(
            f"A third offer, now, for {here.code} and for {there.code}, where people sleep",
            "Marketing arrives by day only, on each recipient's own clock; what they ask for "
            "themselves is answered at any hour.",
        )
        self.shop.add(there)
        self._all_say([(person.phone, person.hello) for person in asleep])
        self.told.asleep.update(person.phone for person in asleep)
        self.told.asleep_at = there.code
        campaign = self.shop.draft("Croissant", THIRD_OFFER, [here.code, there.code])
        self.told.campaigns[campaign] = (here.code,)
        self.told.names[campaign] = "Croissant"
        awake = len(self.told.named[here.code] - self.told.goodbyes.keys())
        self.stage.thread(asleep[0].phone, self.stack.thread(asleep[0].phone))
        self.stage.line()
        with step("the offer goes out by day, and waits by night"):
            self.shop.send_now(campaign)
            self._until(lambda: self.shop.is_waiting_for(campaign, len(asleep), awake))
        for line in explained(here, awake, there, len(asleep), now):
            self.stage.note(line)

    def _an_offer_comes_back(self) -> None:
        store = self.stores[1]
        customers = self._some_members(store, _CUSTOMERS)
        CounterAct(
            stack=self.stack,
            shop=self.shop,
            stage=self.stage,
            places=self.places,
            told=self.told,
            store=store,
            elsewhere=self.stores[0],
            customers=customers,
            say=self._say,
            until=self._until,
        ).play()

    def _draft(self, name: str, body: str, *stores: Store) -> str:
        codes = [store.code for store in stores]
        campaign = self.shop.draft(name, body, codes)
        self.told.campaigns[campaign] = tuple(codes)
        self.told.names[campaign] = name
        return campaign

    def _offers(self, campaign: str) -> int:
        return int(self.shop.report(campaign)["sent"])

    def _some_members(self, store: Store, count: int) -> list[str]:
        """Members who have not said goodbye, and whom the carrier reaches."""
        here = [person.phone for person in self.people if person.store == store.code]
        staying = [phone for phone in here if phone not in self.told.goodbyes]
        return self.chance.sample(staying, count)

    def _goodbye(self, phones: Sequence[str]) -> None:
        self._all_say([(phone, self.chance.choice(self.wordings.goodbyes)) for phone in phones])
        self._remember_goodbyes(phones)

    def _remember_goodbyes(self, phones: Iterable[str]) -> None:
        for phone in phones:
            last_said = [text for text in self.stack.thread(phone) if text.direction == "in"][-1]
            self.told.goodbyes[phone] = last_said.message_id

    def _all_say(self, lines: Sequence[tuple[str, str]]) -> None:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for saying in [pool.submit(self._say, phone, words) for phone, words in lines]:
                saying.result()

    def _say(self, phone: str, words: str) -> None:
        """Text, and wait for the answer to it."""
        message = self.stack.text(phone, words)
        self._until(lambda: self._is_answered(phone, message))

    def _is_answered(self, phone: str, message: str) -> bool:
        return any(text.context.get("exchange") == message for text in self.stack.received(phone))

    def _until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("the story came to a halt: an answer did not come")
            time.sleep(_POLL_S)
