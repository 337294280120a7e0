"""Numbers that a mobile operator has taken out of service: somebody else may get them next.

US operators publish them daily, and reassign a number after as little as two days; AWS does not
hand the files out, so a shop brings those of its aggregator. Source: Twilio's "Handling Deactivated
Phone Numbers" and OpenMarket's "Deactivated Phone Numbers Report", as of 2026-11.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from sayso.domain.outside_word import Said, became_unreachable
from sayso.services.outside_word import OutsideWord
from sayso.services.ports.catalog import CatalogStore

_WORDS = "deactivated on {on}"


@dataclass(frozen=True, slots=True)
class Deactivations:
    """Gives numbers up whose holder opted in before they were taken out of service."""

    outside: OutsideWord
    catalog: CatalogStore

    def bring(self, phones: Collection[str], on: date, now: datetime) -> int:
        """How many of these numbers, deactivated that day, get no marketing from now on.

        An opt-in of the same day may be the former holder's: only a later one counts, which is the
        new holder's own. What is merely texted is no opt-in, whoever texts it.
        """
        end_of_day = datetime.combine(on + timedelta(days=1), time(), UTC)
        program = self.catalog.load().program
        said = Said(
            at=min(end_of_day, now),
            words=_WORDS.format(on=on.isoformat()),
            program=program.name if program else "",
        )
        known = self.outside.contacts.read(phones)
        ends = partial(became_unreachable, said=said)
        return sum(self.outside.change(phone, ends).has_changed for phone in known)
