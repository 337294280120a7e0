"""A batch's texts, a handful at a time, at the pace of their number."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from datetime import datetime

from sayso.domain.recipient import Recipient
from sayso.domain.slot import SlotState
from sayso.services.crew import Crew, Team
from sayso.services.pacing import Pacing
from sayso.services.ports.pace import NotYet
from sayso.services.texting import Texting
from sayso.services.turns import Attempt, Draft, Then

Attempts = dict[str, Attempt]
_SURELY_UNSENT = frozenset({SlotState.POSTPONED, SlotState.FAILED})


@dataclass(slots=True)
class Dispatch:
    """One delivery of a batch: drafts for everyone first, then their texts.

    `errors` are those of turns that broke off; their recipients have no attempt.
    """

    texting: Texting
    crew: Crew
    is_time_short: Callable[[], bool]
    attempts: Attempts = field(default_factory=Attempts)
    errors: list[BaseException] = field(default_factory=list[BaseException])
    _parts: int = 0
    _handed: dict[str, Future[Attempt]] = field(default_factory=dict[str, "Future[Attempt]"])

    def drafts(self, recipients: Sequence[Recipient]) -> list[Draft]:
        """The texts that may go now, each number once; the others have their attempts."""
        found: list[Draft] = []
        for recipient in {one.phone: one for one in recipients}.values():
            try:
                drafted = self.texting.draft(recipient)
            except Exception as error:  # noqa: BLE001 - the others' turns go on, and it is raised
                self.errors.append(error)
                continue
            if isinstance(drafted, Draft):
                found.append(drafted)
            else:
                self.attempts[recipient.phone] = drafted
        return found

    def put_off(self, drafts: Iterable[Draft], until: datetime) -> None:
        """Leave these for another delivery, not before then."""
        self.attempts |= {one.recipient.phone: Attempt(Then.LATER, turn=until) for one in drafts}

    def send(self, drafts: Sequence[Draft], pacing: Pacing) -> None:
        """Text them all, unless the carrier, the number or the time left allow but some."""
        waiting = deque(drafts)
        while waiting:
            with self.crew.engaged(min(len(waiting), self.crew.handful)) as team:
                try:
                    due = self._due(waiting, team.idle, pacing)
                except Exception as error:  # noqa: BLE001 - what went out is recorded all the same
                    self.errors.append(error)
                    break
                if isinstance(due, Attempt):
                    self.attempts |= {one.recipient.phone: due for one in waiting}
                    break
                self._text([waiting.popleft() for _ in range(due)], waiting, pacing, team)
        self._collect()

    def _due(self, waiting: Iterable[Draft], most: int, pacing: Pacing) -> int | Attempt:
        """How many are to go now; or what all come to, if it is not their turn any more."""
        if self.texting.has_stopped():
            return Attempt(Then.HALT)
        if self.texting.is_busy.is_set():
            return Attempt(Then.LATER)
        if self.is_time_short():
            return Attempt(Then.AGAIN)
        try:
            return min(most, pacing.due([one.composed.parts for one in waiting]))
        except NotYet as busy:
            return Attempt(Then.LATER, turn=busy.turn)

    def _text(
        self, handful: Sequence[Draft], waiting: deque[Draft], pacing: Pacing, team: Team
    ) -> None:
        """Claim a handful together; a thread each is free for those that may be texted."""
        handed = len(self._handed)

        def hand(phone: str, work: Callable[[], Attempt]) -> None:
            if len(self._handed) == handed:
                pacing.hand_over()
            self._handed[phone] = team.hand(work)

        try:
            turned = self.texting.text(handful, hand)
        except Exception as error:  # noqa: BLE001 - the others' turns go on, and it is raised
            self.errors.append(error)
        else:
            self.attempts |= turned.attempts
            waiting.extend(turned.again)
            pacing.used(turned.parts)
            self._parts += turned.parts

    def _collect(self) -> None:
        """What came of the texts that were handed over, once all have been."""
        wait(self._handed.values())
        for phone, turn in self._handed.items():
            if error := turn.exception():
                self.errors.append(error)
            else:
                self.attempts[phone] = turn.result()

    @property
    def parts_spent(self) -> int:
        """The parts of all texts that have been handed over, or may have been."""
        results = [self.attempts[one] for one in self._handed if one in self.attempts]
        return self._parts - sum(
            one.slot.parts
            for one in results
            if one.slot and one.result and one.result.state in _SURELY_UNSENT
        )
