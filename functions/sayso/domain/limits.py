"""How often the public opt-in page may be used, so that nobody can have strangers texted by it.

And how many wrong codes of coupons somebody may try (see services.guessing).

SMS pumping sends texts to numbers whose carrier shares the revenue; a spiteful person enters
somebody else's number. Both are bounded per address, per number and in all. The figures are
choices, not law: a household behind one address joins, a shop's busiest hour fits.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, IPv6Network, ip_address


class Subject(StrEnum):
    """Whose uses are counted together."""

    ADDRESS = "address"
    NUMBER = "number"
    PROGRAM = "program"
    GUESSING_PHONE = "guessing-phone"
    GUESSING_ADDRESS = "guessing-address"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` uses within a period that begins with the first of them."""

    subject: Subject
    most: int
    within: timedelta

    @property
    def name(self) -> str:
        """`number/86400`: tells the limits of one subject apart."""
        return f"{self.subject}/{int(self.within.total_seconds())}"


@dataclass(frozen=True, slots=True)
class Window:
    """A period under way: the uses in it so far, and when it ends (aware UTC, whole seconds)."""

    uses: int
    ends_at: datetime


_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# Every use of the form counts for its address, whatever comes of it.
ADDRESS = (Limit(Subject.ADDRESS, 5, _HOUR), Limit(Subject.ADDRESS, 20, _DAY))
# Questions that are really sent count for the number, and for the program.
NUMBER = (Limit(Subject.NUMBER, 1, _DAY), Limit(Subject.NUMBER, 3, 30 * _DAY))

# Wrong codes: a day of slips of the finger is below it; docs/offers.md has what a guesser gets.
GUESSES_BY_PHONE = (
    Limit(Subject.GUESSING_PHONE, 10, _HOUR),
    Limit(Subject.GUESSING_PHONE, 30, _DAY),
)
GUESSES_BY_ADDRESS = (
    Limit(Subject.GUESSING_ADDRESS, 10, _HOUR),
    Limit(Subject.GUESSING_ADDRESS, 40, _DAY),
)


def household(ip: str) -> str:
    """Whose address this is, as far as it can be told: of IPv6 the /64 that a home is given."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(IPv6Network((int(address) >> 64 << 64, 64)))
    return str(getattr(address, "ipv4_mapped", None) or address)


def program_limit(per_hour: int) -> Limit:
    """How many questions the page may send in an hour, to whomever."""
    return Limit(Subject.PROGRAM, per_hour, _HOUR)


def admits(limit: Limit, window: Window | None, now: datetime) -> bool:
    """Whether one more use is within the limit."""
    return window is None or window.ends_at <= now or window.uses < limit.most


@dataclass(frozen=True, slots=True)
class Use:
    """One more use: the window that was found, and what it becomes; at most `most` uses fit."""

    most: int
    before: Window | None
    after: Window

    @property
    def is_first(self) -> bool:
        """Whether it opens a window rather than going on in one."""
        return self.before is None or self.before.ends_at != self.after.ends_at


def use(limit: Limit, window: Window | None, now: datetime) -> Use:
    """One more use, in the window under way or in a new one."""
    if window is None or window.ends_at <= now:
        return Use(limit.most, window, Window(1, now.replace(microsecond=0) + limit.within))
    return Use(limit.most, window, Window(window.uses + 1, window.ends_at))
