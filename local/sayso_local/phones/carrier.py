"""The carrier itself: takes texts from both sides, and tells what became of them."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from sayso_local.phones.conditions import (
    Conditions,
    changed_conditions,
    load_conditions,
    save_conditions,
)
from sayso_local.phones.journey import (
    Departure,
    inbound_payload,
    notices_of,
)
from sayso_local.phones.live import Live
from sayso_local.phones.numbers import OriginationNumber
from sayso_local.phones.opt_outs import OptOutLists
from sayso_local.phones.publisher import Publisher
from sayso_local.phones.settings import PhonesSettings
from sayso_local.phones.store import Store
from sayso_local.phones.texts import (
    Channel,
    Notice,
    Outbound,
    Phone,
    Text,
    inbound_text,
    now,
    outbound_text,
)
from sayso_local.phones.throughput import PartsPerSecond
from sayso_local.phones.topics import SnsTopics


class DifferentText(Exception):
    """An inbound message id was given again with another text."""


class Carrier:
    """One carrier with its numbers, phones and opt-out lists."""

    def __init__(self, settings: PhonesSettings) -> None:
        self.settings = settings
        self.store = Store(settings.state_dir)
        self.numbers = tuple(
            OriginationNumber(number, settings.region, settings.account)
            for number in settings.numbers
        )
        self.opt_outs = OptOutLists(self.store, settings.opt_out_list)
        self.conditions = load_conditions(
            self.store,
            aws_endpoint=settings.aws_endpoint,
            inbound_topic=settings.inbound_topic,
            event_topic=settings.event_topic,
            configuration_set=settings.configuration_set,
        )
        self.throughput = PartsPerSecond(time.monotonic)
        self.live = Live()
        self._introduce()

    def open(self) -> None:
        """Go on with what an earlier run had not published yet. Needs a running event loop."""
        self.publisher = Publisher(SnsTopics(lambda: self.conditions), self._due, self._out)
        self.publisher.start()
        self.publisher.submit(self.store.outbox())

    async def close(self) -> None:
        self.live.close()
        await self.publisher.stop()
        self.store.close()

    def reset(self) -> None:
        """Forget threads, phones and opt-outs; the conditions stay."""
        self.publisher.forget()
        self.store.erase()
        self._introduce()
        self.live.tell("reset", {})

    def change_conditions(self, change: Any) -> Conditions:
        """Raises Problem."""
        self.conditions = save_conditions(self.store, changed_conditions(self.conditions, change))
        self.publisher.nudge()
        self.live.tell("carrier", self.conditions.as_json())
        return self.conditions

    def receive(
        self, phone: str, number: str, body: str, message_id: str | None = None
    ) -> tuple[Text, bool]:
        """A phone texts a number: the text, and whether it is new.

        A message id that is known delivers the same text once more, as carriers sometimes do.
        Raises DifferentText if it was another text's.
        """
        known = self.store.text(message_id) if message_id else None
        if known:
            if (known.phone, known.number, known.body) != (phone, number, body):
                raise DifferentText
            self._publish_again(known)
            return known, False
        text = inbound_text(phone, number, body, message_id)
        notice = self._inbound_notice(text, self.store.last_outbound(phone))
        self._take(text, [notice])
        return text, True

    def send(self, outbound: Outbound) -> Text:
        """Take a text to a phone; its events follow by themselves."""
        text = outbound_text(outbound)
        departure = Departure(text, outbound.time_to_live_s, outbound.wants_events)
        phone = self.store.phone(outbound.phone)
        self._take(text, list(notices_of(departure, phone, self.conditions)))
        return text

    def put_phone(self, phone: Phone) -> None:
        self.store.put_phone(phone)
        self.live.tell("phone", self.describe(phone))

    def describe(self, phone: Phone) -> dict[str, Any]:
        """The phone as JSON, with whether the carrier refuses to text it."""
        refused = self.opt_outs.find(self.settings.opt_out_list, phone.number) is not None
        return {**phone.as_json(), "opted_out": refused}

    def list_behind_the_back(self, phone: str, *, opted_out: bool) -> None:
        """Change the list in force without the application: by the customer, or at the console."""
        if opted_out:
            self.opt_outs.put(self.settings.opt_out_list, phone, by_customer=True)
        else:
            self.opt_outs.drop(self.settings.opt_out_list, phone)

    def tell_opt_out(self, phone: str) -> None:
        """A number went on a list or came off it."""
        self.live.tell("phone", self.describe(self.store.phone(phone)))

    def _introduce(self) -> None:
        known = {phone.number for phone in self.store.phones()}
        for number, name in self.settings.people.items():
            if number not in known:
                self.store.put_phone(Phone(number, name))

    def _take(self, text: Text, notices: Sequence[Notice]) -> None:
        numbered = self.store.add_text(text, notices)
        self.live.tell("text", text.as_json())
        self.publisher.submit(numbered)

    def _publish_again(self, text: Text) -> None:
        notice = self._inbound_notice(text, self.store.last_outbound(text.phone))
        self.publisher.submit(self.store.add_notices([notice]))

    def _inbound_notice(self, text: Text, previous: str | None) -> Notice:
        payload = json.dumps(inbound_payload(text, self.settings.account, previous))
        return Notice(now(), Channel.INBOUND, text.phone, text.message_id, "delivered", payload)

    def _due(self, notices: Sequence[Notice]) -> None:
        """A delivery event is the moment at which the text's status changes."""
        last = {n.message_id: n.status for n in notices if n.channel is Channel.EVENT}
        self._set_statuses(last)

    def _out(self, notices: Sequence[Notice]) -> None:
        """An inbound text has arrived once its topic has it."""
        if not notices:
            return
        self.store.forget_notices(notices)
        self._set_statuses(
            {n.message_id: n.status for n in notices if n.channel is Channel.INBOUND}
        )

    def _set_statuses(self, statuses: Mapping[str, str]) -> None:
        for message_id, status in statuses.items():
            text = self.store.set_status(message_id, status)
            if text:
                self.live.tell("text", text.as_json())
