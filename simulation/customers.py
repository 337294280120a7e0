"""What a million customers do: they join, read, answer, change their minds and leave."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from sayso.domain.exchange import InboundText
from sayso.services.inbound import Inbound, TryAgain
from simulation import inbox
from simulation.agenda import Agenda
from simulation.conversations import SimulatedConversations
from simulation.inbox import Meaning, Said
from simulation.mishaps import Broken, WorkerDied
from simulation.moments import DAY, HOUR, MINUTE, SECOND, at_ms
from simulation.observer import Observer
from simulation.people import People
from simulation.shop import NUMBER, STORES, Store

_AGAIN_AFTER = MINUTE
_TWICE = 0.01
# What somebody does on reading an offer, by chance, and how soon: the STOPs are what all is about.
_READS_AND = ((0.0035, Meaning.OUT), (0.0065, Meaning.OTHER), (0.007, Meaning.LESS))
_READS_AND_PAUSES = 0.0074
_SOON, _LATER = 10 * MINUTE, 6 * HOUR
# Texts of nobody's asking in a month, by how many subscribers there are.
_A_MONTH = ((0.05, "newcomer"), (0.012, "opt out"), (0.01, "join again"), (0.04, "other"))


class Customers:
    """Everybody outside. `inbound` is the use case behind the door, `comes` goes to a counter."""

    def __init__(
        self,
        random: Random,
        agenda: Agenda,
        people: People,
        observer: Observer,
        seeded: int,
        comes: Callable[[str], None],
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.inbound: Inbound | None = None
        self.conversations: SimulatedConversations | None = None
        self._random = random
        self._agenda = agenda
        self._people = people
        self._observer = observer
        self._seeded = seeded
        self._comes = comes
        self._ids = 0
        self._newcomers = self._all_newcomers()

    def live(self, until: int) -> None:
        """Text of their own accord until then, hour by hour."""
        if self._agenda.ms >= until:
            return
        of_all = self._seeded * len(STORES) * HOUR / (30 * DAY)
        for share, what in _A_MONTH:
            for _ in range(self._some(share * of_all)):
                at = self._agenda.ms + self._random.randrange(HOUR)
                self._agenda.outside(at, partial(self._act, what))
        self._agenda.outside(self._agenda.ms + HOUR, partial(self.live, until))

    def reads(self, row: int, code: str) -> None:
        """Somebody has an offer before them, and the code that they are to show, if any."""
        self._comes(code)
        chance = self._random.random()
        if chance >= _READS_AND_PAUSES:
            return
        meaning = next((one for most, one in _READS_AND if chance < most), Meaning.PAUSE)
        longest = _SOON if self._random.random() < 0.5 else _LATER
        at = self._agenda.ms + SECOND + self._random.randrange(longest)
        self._agenda.outside(at, partial(self._say, row, meaning))

    def _act(self, what: str) -> None:
        if what == "newcomer":
            row = next(self._newcomers, None)
            if row is not None:
                self._say(row, Meaning.IN)
            return
        row = self._anybody()
        meaning = {"opt out": Meaning.OUT, "join again": Meaning.IN}.get(what, Meaning.OTHER)
        self._say(row, meaning)

    def _say(self, row: int, meaning: Meaning) -> None:
        body, place = self._words(row, meaning)
        self._ids += 1
        said = Said(row, body, meaning, str(self._ids), self._agenda.ms, place)
        self.counts[f"texted: {meaning}"] += 1
        self._observer.texted(said)
        self._deliver(said)
        if self._random.random() < _TWICE:
            self.counts["delivered twice"] += 1
            late = self._random.choice((0, 2 * MINUTE, 5 * HOUR))
            self._agenda.outside(self._agenda.ms + late, partial(self._deliver, said))

    def _words(self, row: int, meaning: Meaning) -> tuple[str, str]:
        """What they text, and the store that it names."""
        choose = self._random.choice
        match meaning:
            case Meaning.OUT:
                is_forget = self._random.random() < 0.02
                return inbox.FORGET if is_forget else choose(inbox.OPT_OUTS), ""
            case Meaning.IN:
                if self._random.random() < 0.5:
                    store = choose(STORES) if self._random.random() < 0.1 else self._own(row)
                    return f"JOIN {store.code}", store.code
                return choose(inbox.OPT_INS), ""
            case Meaning.PAUSE:
                return inbox.PAUSE, ""
            case Meaning.LESS:
                return inbox.LESS, ""
        return choose(inbox.OTHERS), ""

    def _deliver(self, said: Said) -> None:
        if self.inbound is None or self.conversations is None:
            raise RuntimeError("nobody is behind the door")
        text = InboundText(
            self._people.phone(said.row), NUMBER, said.body, said.message_id, at_ms(said.at), "sns"
        )
        try:
            handled = self.inbound.handle(text, self._agenda.now())
        except (TryAgain, Broken, WorkerDied) as failure:
            self.counts[f"again: {type(failure).__name__}"] += 1
            self._observer.failed(said)
            again = self._agenda.ms + _AGAIN_AFTER
            self._agenda.outside(again, partial(self._deliver, said))
            return
        self.counts[f"handled: {handled.outcome}"] += 1
        self._observer.handled(said)
        if lines := self.conversations.ledgers.get(said.row):
            self._observer.ledger(said.row, lines)

    def _own(self, row: int) -> Store:
        return STORES[row // self._people.room]

    def _anybody(self) -> int:
        area = self._random.randrange(len(STORES))
        return area * self._people.room + self._random.randrange(self._seeded)

    def _all_newcomers(self) -> Iterator[int]:
        """Those of each block whom nobody knew before, one block after the other."""
        for place in range(self._seeded, self._people.room):
            for area in range(len(STORES)):
                yield area * self._people.room + place

    def _some(self, expected: float) -> int:
        """A whole number that is right on average."""
        whole = int(expected)
        return whole + (self._random.random() < expected - whole)
