"""Lock-out: whoever has tried too many wrong codes is not told any more whether one is right.

A try is counted before the code is looked up, and given back when it was right: else a thousand at
once would all be looked up before the first was counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sayso.domain import limits
from sayso.domain.limits import Limit, Use
from sayso.services.ports.web_opt_ins import Seals
from sayso.services.ports.windows import WindowFull, Windows

# A window changes under a try only when the same source's tries race each other.
_LOOKS = 6


@dataclass(frozen=True, slots=True)
class Source:
    """Who tries: a phone that texts, or the household that an address belongs to."""

    whose: str
    limits: tuple[Limit, ...]

    @classmethod
    def phone(cls, phone: str) -> "Source":
        """A phone, in E.164, that texts or has signed in at the counter."""
        return cls(phone, limits.GUESSES_BY_PHONE)

    @classmethod
    def address(cls, ip: str) -> "Source":
        """Whoever calls a page, as API Gateway has their address."""
        return cls(limits.household(ip), limits.GUESSES_BY_ADDRESS)


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted; None of it is left where the code was right."""

    uses: Mapping[str, Use]


@dataclass(frozen=True, slots=True)
class Guessing:
    """Counts tries by sources."""

    windows: Windows
    seals: Seals

    def begin(self, source: Source, now: datetime) -> Try | None:
        """Count a try; None where the source is locked out, and nothing may be looked up."""
        named = self._named(source)
        for _ in range(_LOOKS):
            found = self.windows.read(list(named))
            if not all(limits.admits(one, found.get(name), now) for name, one in named.items()):
                return None
            uses = {name: limits.use(one, found.get(name), now) for name, one in named.items()}
            try:
                self.windows.count(uses)
            except WindowFull:
                continue
            return Try(uses)
        return None

    def is_locked(self, source: Source, now: datetime) -> bool:
        """Whether nothing may be looked up for the source; counts nothing."""
        named = self._named(source)
        found = self.windows.read(list(named))
        return not all(limits.admits(one, found.get(name), now) for name, one in named.items())

    def was_right(self, attempt: Try) -> None:
        """The code was one of ours: no guess."""
        self.windows.give_back(attempt.uses)

    def _named(self, source: Source) -> dict[str, Limit]:
        """Each limit by the name of its window, which tells of nobody."""
        return {
            f"{limit.name}/{self.seals.seal(f'{limit.subject} {source.whose}')}": limit
            for limit in source.limits
        }
