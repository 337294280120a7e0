"""Somebody who stands outside, sees every text go by, and knows only what was said.

What the observer doesn't know for sure, they don't permit. They share no rule with the product.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from sayso.domain.ledger import Entry, Erased, Kept, digest
from simulation.chains import RecentTexts
from simulation.clocks import may_arrive
from simulation.columns import Counts, Digests, Words
from simulation.inbox import PAUSED_DAYS, Meaning, Said
from simulation.moments import DAY, SECOND
from simulation.people import People
from simulation.promises import Promises
from simulation.shop import CAPS, STORES

_MAY_NOT, _MAY = 0, 1
_WEEK = 7 * DAY
_LIMITS = ((CAPS.per_day, DAY), (CAPS.per_week, _WEEK), (CAPS.per_month, 31 * DAY))
_TAKES_AWAY = (Meaning.OUT, Meaning.PAUSE)
_EXAMPLES = 20
# Sayso counts a text from its claim, and the carrier has it a moment later: the next one may be as
# much nearer to it.
_AT_HAND = 2 * SECOND


class Observer:
    """Keeps `violations` by kind, and the first of them in words, without numbers."""

    def __init__(self, people: People) -> None:
        self.violations: Counter[str] = Counter()
        self.examples: list[str] = []
        self.accepted: Counter[str] = Counter()
        self.promises = Promises(people.size, self.violated)
        self._people = people
        self._texted_by_triggers: set[tuple[int, str]] = set()
        self._occasions: dict[str, int] = {}
        self._texted_in = Counts("Q")
        self._texts = RecentTexts(people.size)
        self._consent = Counts("b", _MAY_NOT)
        self._out_at, self._in_at, self._paused_until = Counts("q"), Counts("q"), Counts("q")
        self._wants_less: set[int] = set()
        self._place: Words[str] = Words("")
        self._maybe_in: Counter[int] = Counter()
        self._waiting: dict[str, Said] = {}
        self._tried: set[str] = set()
        self._answers: Counter[str] = Counter()
        self._heads, self._entries = Digests(), Counts("H")
        for column in (
            *(self._texted_in, self._consent, self._out_at, self._in_at, self._paused_until),
            *(self._place, self._heads, self._entries),
        ):
            column.reserve(people.size)

    def violated(self, kind: str, example: str) -> None:
        """An invariant does not hold."""
        self.violations[kind] += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(f"{kind}: {example}")

    def knows(self, row: int, place: str, entry: Entry, at: int) -> None:
        """A subscriber from before the simulation began."""
        self._consent[row] = _MAY
        self._in_at[row] = at
        self._place[row] = place
        self._heads[row], self._entries[row] = entry.digest, entry.seq

    # What customers say.

    def texted(self, said: Said) -> None:
        """A text has come to the door."""
        self._waiting[said.message_id] = said

    def failed(self, said: Said) -> None:
        """A delivery of it broke off: whether before or after it was stored, nobody can tell."""
        if said.message_id in self._waiting:
            self._tried.add(said.message_id)
            self._maybe_in[said.row] += said.meaning is Meaning.IN

    def handled(self, said: Said) -> None:
        """A delivery of it has come to its end."""
        if self._waiting.pop(said.message_id, None) is None:
            return
        row, at = said.row, said.at
        if said.meaning in _TAKES_AWAY and said.message_id in self._tried and at < self._in_at[row]:
            return  # the try that broke off may have stored it, before the opt-in that came after
        if said.meaning is Meaning.OUT:
            self._leaves(row, at)
        elif said.meaning is Meaning.PAUSE:
            self._paused_until[row] = at + PAUSED_DAYS * DAY
        elif said.meaning is Meaning.LESS:
            self._asks_for_less(row)
        elif said.meaning is Meaning.IN:
            self._maybe_in.pop(row, None)
            self._joins(said)

    def _asks_for_less(self, row: int) -> None:
        # Who has left is told so: there is nothing that they could get less of.
        if self._consent[row] == _MAY or self._maybe_in[row]:
            self._wants_less.add(row)

    def _joins(self, said: Said) -> None:
        row = said.row
        if said.at < self._out_at[row]:
            return  # a newer STOP has gone before it
        self._consent[row] = _MAY
        self._in_at[row] = max(self._in_at[row], said.at)
        self._paused_until[row] = 0
        if said.place:
            self._place[row] = said.place

    def _leaves(self, row: int, at: int) -> None:
        self._consent[row] = _MAY_NOT
        self._out_at[row] = max(self._out_at[row], at)

    def suppressed(self, row: int, at: int) -> None:
        """The carrier has said, and it was taken in, that the number is out or dead."""
        if at > self._in_at[row]:
            self._leaves(row, at)

    # What goes out.

    def answer(self, message_id: str) -> None:
        """The carrier may have taken an answer to this text."""
        self._answers[message_id] += 1
        if self._answers[message_id] > 1:
            self.violated("answered twice", f"text {message_id}")

    def marketing(self, row: int, context: Mapping[str, str], now: int, code: str) -> None:
        """The carrier may have taken a campaign's text, with the code in it."""
        run_id, campaign_id = context["run"], context["campaign"]
        self.accepted[run_id] += 1
        self._check_consent(row, now)
        self._check_once(row, run_id, campaign_id)
        self.promises.read(row, campaign_id, code, now)
        self._check_hours(row, now)
        self._check_limits(row, now)
        self._texts.add(row, now)

    def is_texted(self, row: int, run_id: str) -> bool:
        """Whether the carrier may have taken a text of this campaign to that person."""
        if (row, run_id) in self._texted_by_triggers:
            return True
        return run_id.partition("-")[0] in self._occasions and bool(
            self._texted_in[row] & self._bit(run_id)
        )

    def _check_consent(self, row: int, now: int) -> None:
        if self._maybe_in[row]:
            return
        if self._consent[row] != _MAY:
            self.violated("texted without consent", f"row {row}")
        elif now < self._paused_until[row]:
            self.violated("texted in a pause", f"row {row}")

    def _check_once(self, row: int, run_id: str, campaign_id: str) -> None:
        if self.is_texted(row, run_id):
            self.violated("texted twice in a run", f"row {row}, run {run_id}")
        if run_id.startswith(campaign_id):  # of those who join, few are texted by each
            self._texted_by_triggers.add((row, run_id))
            return
        self._texted_in[row] |= self._bit(run_id)

    def _check_hours(self, row: int, now: int) -> None:
        number = STORES[row // self._people.room]
        if not may_arrive(number.zone, number.state, now):
            self.violated("outside the window of the number", f"row {row} at {now}")
        place = self._place[row]
        if place and not self._maybe_in[row]:
            store = _BY_CODE[place]
            if not may_arrive(store.zone, store.state, now):
                self.violated("outside the window of the store", f"row {row} at {now}")

    def _check_limits(self, row: int, now: int) -> None:
        texted = self._texts.of(row, now - 31 * DAY)
        for count, within in _LIMITS:
            if len(texted) >= count and texted[count - 1] > now - within + _AT_HAND:
                self.violated("over a cap", f"row {row}: {count} in {within} ms")
        if row in self._wants_less and texted and texted[0] > now - _WEEK + _AT_HAND:
            self.violated("over the customer's own limit", f"row {row}")

    def _bit(self, run_id: str) -> int:
        occasion = run_id.partition("-")[0]
        return 1 << self._occasions.setdefault(occasion, len(self._occasions))

    # What is kept.

    def ledger(self, row: int, lines: Sequence[Kept]) -> None:
        """Look at a ledger again: it has what it had, and each new entry names the one before."""
        seen, head = self._entries[row], self._heads[row]
        if len(lines) < seen or (seen and lines[seen - 1].digest != head):
            self.violated("a ledger has shrunk or changed", f"row {row}")
            return
        for line in lines[seen:]:
            is_sound = isinstance(line, Erased) or line.digest == digest(line)
            if line.seq != seen + 1 or line.previous != head or not is_sound:
                self.violated("a ledger's chain is broken", f"row {row}, entry {line.seq}")
            seen, head = line.seq, line.digest
        self._entries[row], self._heads[row] = seen, head

    def unhandled(self) -> int:
        """How many texts nobody has handled yet."""
        return len(self._waiting)


_BY_CODE = {one.code: one for one in STORES}
