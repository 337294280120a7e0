"""The opt-in page's storage, number reader and seals in memory."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from sayso.domain.contact import Contact
from sayso.domain.conversation import Decision
from sayso.domain.exchange import Exchange
from sayso.domain.limits import Use, Window
from sayso.services.ports.web_opt_ins import Known, Meanwhile
from tests.fakes.conversations import FakeConversations


class FakeWebOptIns:
    """WebOptIns, beside the conversations that the same numbers have by text."""

    def __init__(self, conversations: FakeConversations) -> None:
        self.conversations = conversations
        self.windows: dict[str, Window] = {}
        self.forms: dict[str, str] = {}

    def look(self, form: str, phone: str, windows: Sequence[str]) -> Known:
        message_id = self.forms.get(form)
        return Known(
            contact=self._contact(phone),
            windows={name: self.windows[name] for name in windows if name in self.windows},
            is_spent=message_id is not None,
            exchange=self.conversations.exchanges.get((phone, message_id or "")),
        )

    def commit(
        self,
        form: str,
        known: Known,
        decision: Decision,
        exchange: Exchange,
        uses: Mapping[str, Use],
    ) -> None:
        with self.conversations._one_at_a_time:
            phone = exchange.text.phone
            changes = decision.contact != known.contact
            moved = changes and self._contact(phone).revision != known.contact.revision
            if form in self.forms or moved or not all(map(self._fits, uses, uses.values())):
                raise Meanwhile
            self.forms[form] = exchange.text.message_id
            self.conversations.exchanges[phone, exchange.text.message_id] = exchange
            for name, use in uses.items():
                standing = self.windows.get(name)
                uses_now = standing.uses + 1 if standing and not use.is_first else 1
                self.windows[name] = Window(uses_now, use.after.ends_at)
            if changes:
                self.conversations.contacts[phone] = decision.contact
            self.conversations.ledgers[phone] += decision.entries

    def _fits(self, name: str, use: Use) -> bool:
        standing = self.windows.get(name)
        if use.is_first:
            return standing == use.before or (
                standing is not None
                and use.before is not None
                and standing.ends_at == use.before.ends_at
            )
        return (
            standing is not None
            and standing.ends_at == use.after.ends_at
            and standing.uses < use.most
        )

    def _contact(self, phone: str) -> Contact:
        return self.conversations.contacts.get(phone) or Contact.stranger(phone)


class FakeSeals:
    """Seals by a key that everybody knows."""

    def __init__(self, key: str = "key") -> None:
        self.key = key

    def seal(self, text: str) -> str:
        return sha256(f"{self.key} {text}".encode()).hexdigest()[:32]
