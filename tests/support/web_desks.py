"""The opt-in page's storage: kept and read the same way in the table and in the fake."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sayso.adapters.dynamodb.web_opt_ins import DynamoWebOptIns
from sayso.domain.conversation import Decision
from sayso.domain.exchange import Exchange, InboundText, ReplyState
from sayso.domain.limits import Use, Window
from sayso.domain.vocabulary import Intent
from sayso.domain.web_opt_in import Submission, ask
from sayso.services.ports.web_opt_ins import WebOptIns
from tests.fakes.web_opt_ins import FakeWebOptIns
from tests.support.bluebird import ANA, NOON, PROGRAM, SHOP
from tests.support.shelves import DynamoShelf, FakeShelf, OneCallAtATime, Shelf
from tests.support.table import TABLE, mocked_table

DESKS = ("fake", "dynamodb")
HOME = "address/3600/home"


@dataclass(frozen=True)
class Desk:
    """One implementation of WebOptIns, and a look behind it."""

    store: WebOptIns
    shelf: Shelf

    def keep(self, form: Submission, use: Use | None = None, asks: bool = True) -> Exchange:
        """Commit a form on what stands there now."""
        known = self.store.look(form.id, form.phone, [HOME])
        decision = ask(known.contact, form, PROGRAM) if asks else Decision(known.contact)
        exchange = an_exchange(form, decision)
        self.store.commit(form.id, known, decision, exchange, {HOME: use} if use else {})
        return exchange

    def window(self) -> Window | None:
        return self.store.look("any", ANA, [HOME]).windows.get(HOME)


def an_exchange(form: Submission, decision: Decision) -> Exchange:
    """What is kept of a form, its question not sent yet."""
    text = InboundText(form.phone, form.number, form.words, form.message_id, form.at, "web")
    state = ReplyState.INTENDED if decision.reply else ReplyState.NONE
    return Exchange(text, Intent.JOIN, "web form", decision.reply, state, touched_at=NOON)


@contextmanager
def opened_desk(kind: str) -> Iterator[Desk]:
    """One of the DESKS at Bluebird Coffee, with nothing on it."""
    if kind == "fake":
        shelf = FakeShelf(SHOP)
        yield Desk(FakeWebOptIns(shelf.conversations), shelf)
        return
    with mocked_table() as client:
        yield Desk(DynamoWebOptIns(OneCallAtATime(client), TABLE), DynamoShelf(client, SHOP))
