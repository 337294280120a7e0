"""The carrier: it throttles, loses its answers, and reports late, twice, or never."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from sayso.services.ports.carrier import (
    OPTED_OUT_AT_CARRIER,
    Certainty,
    OutboundText,
    Purpose,
    Receipt,
    SendFailed,
)
from simulation.agenda import Agenda
from simulation.moments import HOUR, MINUTE, SECOND
from simulation.observer import Observer
from simulation.people import People

_ANSWER_MS = 60
_THROTTLED_EVERY, _THROTTLED_FOR = 4 * HOUR, 90 * SECOND
_LOST, _REFUSED, _LISTED_ELSEWHERE = 0.0008, 0.0004, 0.0001
_SILENT, _TWICE, _IN_TWO_STEPS = 0.004, 0.005, 0.03
# How long until the end of a text is reported: up to so long, with this chance or less.
_REPORTED_WITHIN = ((0.8, 20 * SECOND), (0.95, 2 * MINUTE), (0.99, HOUR), (1.0, 60 * HOUR))
# Ends of texts, by chance; what is left is delivered.
_ENDS = (
    (0.010, "TEXT_UNREACHABLE"),
    (0.015, "TEXT_CARRIER_BLOCKED"),
    (0.019, "TEXT_BLOCKED"),
    (0.0195, "TEXT_INVALID"),
    (0.0197, "TEXT_SPAM"),
)


# As customers find it in what they read, in the languages of the shop's reminders.
_CODE = re.compile(r"(?:Show|Muestre|Montrez) ([0-9A-Z-]+)\. R")


@dataclass(slots=True, eq=False)
class Report:
    """A delivery event. `is_new` until its text's end has been taken in."""

    type: str
    row: int
    at: int
    message_id: str
    context: tuple[tuple[str, str], ...]
    is_final: bool = True
    is_new: bool = True


class SimulatedCarrier:
    """Carrier and OptOutList. `report` gets its events, `reads` whom a text reached, its code."""

    def __init__(
        self,
        random: Random,
        agenda: Agenda,
        people: People,
        observer: Observer,
        report: Callable[[Report], None],
        reads: Callable[[int, str], None],
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.opted_out: set[int] = set()
        self._random = random.random
        self._agenda = agenda
        self._people = people
        self._observer = observer
        self._report = report
        self._reads = reads
        self._ids = 0

    def send(self, text: OutboundText) -> Receipt:
        row = self._people.row(text.to)
        if text.purpose is Purpose.ANSWER:
            return self._answer(text, row)
        self._refuse(row)
        chance = self._random()
        is_lost = chance < _LOST
        if is_lost and chance < _LOST / 2:
            self.counts["lost before the carrier"] += 1
            raise SendFailed(Certainty.UNKNOWN, "no answer")
        message_id = self._take(row, text)
        code = code_in(text.body)
        self._observer.marketing(row, text.context, self._agenda.ms, code)
        self._reads(row, code)
        if is_lost:
            self.counts["answers lost"] += 1
            raise SendFailed(Certainty.UNKNOWN, "no answer")
        return Receipt(message_id)

    def add(self, phone: str) -> None:
        self.opted_out.add(self._people.row(phone))

    def remove(self, phone: str) -> None:
        self.opted_out.discard(self._people.row(phone))

    def _answer(self, text: OutboundText, row: int) -> Receipt:
        if row in self.opted_out:
            raise SendFailed(Certainty.REFUSED, OPTED_OUT_AT_CARRIER)
        chance = self._random()
        if chance < _LOST / 2:
            self.counts["answers to customers postponed"] += 1
            raise SendFailed(Certainty.POSTPONED, "throttled")
        self._observer.answer(text.context["exchange"])
        message_id = self._take(row, text)
        self._agenda.elapse(_ANSWER_MS)
        if chance < _LOST:
            raise SendFailed(Certainty.UNKNOWN, "no answer")
        return Receipt(message_id)

    def _refuse(self, row: int) -> None:
        """Raise SendFailed for a text that surely does not go out."""
        if row in self.opted_out:
            self.counts["refused: on the list"] += 1
            raise SendFailed(Certainty.REFUSED, OPTED_OUT_AT_CARRIER)
        if self._agenda.ms % _THROTTLED_EVERY < _THROTTLED_FOR:
            self.counts["throttled"] += 1
            raise SendFailed(Certainty.POSTPONED, "throttled")
        chance = self._random()
        if chance < _LISTED_ELSEWHERE:
            # The customer has opted out at the carrier itself, or from another program.
            self.opted_out.add(row)
        if chance < _REFUSED:
            self.counts["refused"] += 1
            is_listed = chance < _LISTED_ELSEWHERE
            raise SendFailed(Certainty.REFUSED, OPTED_OUT_AT_CARRIER if is_listed else "invalid")

    def _take(self, row: int, text: OutboundText) -> str:
        self._ids += 1
        message_id = str(self._ids)
        self.counts[f"taken: {text.purpose}"] += 1
        self._will_report(row, message_id, tuple(text.context.items()))
        return message_id

    def _will_report(self, row: int, message_id: str, context: tuple[tuple[str, str], ...]) -> None:
        chance = self._random()
        if chance < _SILENT:
            self.counts["never reported"] += 1
            return
        at = self._agenda.ms + self._delay()
        end = Report(self._end(), row, at, message_id, context)
        self._report(end)
        if chance < _SILENT + _TWICE:
            self._report(
                Report(end.type, row, at + self._delay(), message_id, context, is_new=False)
            )
        elif chance < _SILENT + _TWICE + _IN_TWO_STEPS:
            before = self._agenda.ms + SECOND
            self._report(Report("TEXT_QUEUED", row, before, message_id, context, is_final=False))

    def _delay(self) -> int:
        chance = self._random()
        longest = next(longest for most, longest in _REPORTED_WITHIN if chance <= most)
        return SECOND + int(self._random() * longest)

    def _end(self) -> str:
        chance = self._random()
        return next((end for most, end in _ENDS if chance < most), "TEXT_DELIVERED")


def code_in(body: str) -> str:
    """The code that a text tells people to show; "" for none."""
    found = _CODE.search(body)
    return found[1].replace("-", "") if found else ""
