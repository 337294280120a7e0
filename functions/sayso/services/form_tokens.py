"""The hidden field of the opt-in form: which form this is, since when, and what it showed."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sayso.services.ports.web_opt_ins import Seals

# Left open over lunch a form still works; what it showed may have changed by the next day.
LATEST = timedelta(hours=12)


class Verdict(StrEnum):
    """What a token says of its form."""

    GOOD = "good"
    STALE = "stale"  # too old, made elsewhere, or for a page that has changed since


@dataclass(frozen=True, slots=True)
class Token:
    """A form's token as it was checked; `id` is empty where it is not ours."""

    verdict: Verdict
    id: str = ""


@dataclass(frozen=True, slots=True)
class FormTokens:
    """Makes tokens and checks them; nothing is stored until a form is sent in."""

    seals: Seals
    new_id: Callable[[], str]

    def make(self, page: str, now: datetime) -> str:
        """A token for a form on the page that `page` names: its path and the version shown."""
        stated = f"{self.new_id()}.{int(now.timestamp())}"
        return f"{stated}.{self._seal(stated, page)}"

    def check(self, token: str, page: str, now: datetime) -> Token:
        """Whether the form may count, at this moment and as this page stands."""
        stated, _, seal = token.rpartition(".")
        # What was sent in may hold any character; ours are ASCII, and that can be compared.
        if not token.isascii() or not hmac.compare_digest(seal, self._seal(stated, page)):
            return Token(Verdict.STALE)
        form_id, _, made = stated.partition(".")
        age = now - datetime.fromtimestamp(int(made), UTC)
        if age > LATEST:
            return Token(Verdict.STALE)
        return Token(Verdict.GOOD, form_id)

    def _seal(self, stated: str, page: str) -> str:
        return self.seals.seal(f"form {stated} {page}")
