"""The counters of the shops: people come with their codes, once, twice, or after the end."""

from collections import Counter
from functools import partial
from random import Random

from sayso.domain.catalog import Staff
from sayso.domain.codes import ALPHABET, LENGTH
from sayso.domain.coupon import Verdict, Way
from sayso.domain.redeeming import Undoing
from sayso.services.redeeming import Attempt, KeepsChanging
from sayso.services.redeeming import Counter as UseCase
from simulation.agenda import Agenda
from simulation.mishaps import Broken, WorkerDied
from simulation.moments import DAY, MINUTE, ms_of
from simulation.promises import Promises
from simulation.shop import STORES

_COMES, _COMES_AGAIN, _ASKED_TWICE, _TAKEN_BACK, _GUESSES = 0.08, 0.05, 0.03, 0.01, 0.01
_WITHIN = 3 * DAY
_A_DOLLAR = 1_000_000
_FAILURES = (KeepsChanging, Broken, WorkerDied)


class Counters:
    """Everybody who comes. `counter` is the use case behind the staff's texts and pages."""

    def __init__(self, random: Random, agenda: Agenda, promises: Promises) -> None:
        self.counts: Counter[str] = Counter()
        self.counter: UseCase | None = None
        self._random = random
        self._agenda = agenda
        self._promises = promises
        self._ids = 0

    def reads(self, code: str) -> None:
        """Somebody has a text with this code before them; some come, sooner or later."""
        if code and self._random.random() < _COMES:
            at = self._agenda.ms + self._random.randrange(_WITHIN)
            self._agenda.outside(at, partial(self._come, code))

    def _come(self, code: str) -> None:
        is_guess = self._random.random() < _GUESSES
        typed = "".join(self._random.choices(ALPHABET, k=LENGTH)) if is_guess else code
        store = self._random.choice(STORES).code
        self._ids += 1
        attempt = Attempt(
            id=f"U{self._ids}",
            typed=typed,
            way=self._random.choice((Way.TEXT, Way.COUNTER, Way.TILL)),
            at=self._agenda.now(),
            source=None,
            by=Staff(f"+1{STORES[0].area}5550100", "Mia", store),
            place=store,
            amount=self._random.randrange(40) * _A_DOLLAR,
        )
        self._ask(attempt)
        if self._random.random() < _ASKED_TWICE:
            # The answer got lost on its way to the page, which asks once more.
            self._agenda.outside(self._agenda.ms + MINUTE, partial(self._ask, attempt))
        if self._random.random() < _COMES_AGAIN:
            at = self._agenda.ms + self._random.randrange(DAY)
            self._agenda.outside(at, partial(self._come, code))

    def _ask(self, attempt: Attempt) -> None:
        if self.counter is None:
            raise RuntimeError("nobody is at the counter")
        try:
            outcome = self.counter.redeem(attempt)
        except _FAILURES as failure:
            self.counts[f"again: {type(failure).__name__}"] += 1
            self._agenda.outside(self._agenda.ms + MINUTE, partial(self._ask, attempt))
            return
        self.counts[f"told: {outcome.verdict}"] += 1
        if outcome.verdict is Verdict.REDEEMED and outcome.use and not outcome.use.undone_at:
            code = attempt.typed
            self._promises.used(code, attempt.id, ms_of(attempt.at))
            if self._random.random() < _TAKEN_BACK:
                at = self._agenda.ms + self._random.randrange(5 * MINUTE)
                self._agenda.outside(at, partial(self._take_back, attempt))

    def _take_back(self, attempt: Attempt) -> None:
        if self.counter is None or attempt.by is None:
            return
        try:
            undone = self.counter.undo(
                attempt.by.phone, self._agenda.now(), code=attempt.typed, request_id=attempt.id
            )
        except _FAILURES as failure:
            self.counts[f"again: {type(failure).__name__}"] += 1
            self._agenda.outside(self._agenda.ms + MINUTE, partial(self._take_back, attempt))
            return
        self.counts[f"taken back: {undone.undoing}"] += 1
        if undone.undoing is Undoing.UNDONE:
            self._promises.taken_back(attempt.typed)
