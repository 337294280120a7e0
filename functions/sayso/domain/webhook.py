"""A developer's endpoint that is told what happens, and one telling of it.

Retries follow the Standard Webhooks specification's advice (standardwebhooks.com, 2023): soon at
first, then over days. Each event has one id, on every attempt.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from sayso.domain.activity import Kind

# The answer of an endpoint that wants to hear no more (RFC 9110, 15.5.11).
GONE = 410
_S, _MIN, _H = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
# Waits between attempts; after the last of them nobody tries any more.
RETRIES = (
    *(5 * _S, 1 * _MIN, 5 * _MIN, 30 * _MIN),
    *(2 * _H, 5 * _H, 10 * _H, 14 * _H, 20 * _H, 24 * _H),
)
# An endpoint that has not taken anything for so long is told nothing more until somebody looks.
GIVES_UP_AFTER = timedelta(days=5)
# No receiver may put an event off for longer by its Retry-After.
_LONGEST_WAIT = timedelta(hours=24)
# How long a secret that was replaced still signs, so that a receiver can change over.
OVERLAP = timedelta(hours=24)
# Longer than an attempt may take.
ATTEMPT = timedelta(seconds=60)
_ATTEMPTS_KEPT = 20


class State(StrEnum):
    """How far an event has come with an endpoint."""

    WAITING = "waiting"  # to be sent, or sent again
    DELIVERED = "delivered"
    FAILED = "failed"  # tried as often as is tried
    HELD = "held"  # the endpoint was disabled: a replay sends it


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a developer wants to be told, and of what. Times are aware UTC.

    `secrets` sign, the newest first; the second only until `overlap_until`. `failing_since` is the
    first failure since it last took something; `disabled_reason` is why it is told nothing, as a
    sentence. `revision` counts the writes: of two concurrent changes one loses.
    """

    id: str
    url: str
    events: tuple[Kind, ...]
    secrets: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    description: str = ""
    enabled: bool = True
    disabled_reason: str = ""
    failing_since: datetime | None = None
    overlap_until: datetime | None = None
    revision: int = 1

    def wants(self, kind: Kind) -> bool:
        """Whether it is to be told of such a thing. It is told of tests whatever it wants."""
        return kind in self.events or kind is Kind.TEST

    def secrets_at(self, now: datetime) -> tuple[str, ...]:
        """Those that sign what is sent now."""
        both = self.overlap_until is not None and now < self.overlap_until
        return self.secrets if both else self.secrets[:1]

    def rotated(self, secret: str, now: datetime) -> Self:
        """With a new secret; the one before it goes on signing for a while."""
        secrets = (secret, self.secrets[0])
        return replace(self, secrets=secrets, overlap_until=now + OVERLAP).touched(now)

    def failed(self, attempt: "Attempt") -> Self:
        """After an attempt that failed: it may have been one too many."""
        since = self.failing_since or attempt.at
        failing = replace(self, failing_since=since)
        if attempt.status == GONE:
            return failing.disabled("It answered 410 Gone: it wants nothing more.", attempt.at)
        if attempt.at - since < GIVES_UP_AFTER:
            return self if self.failing_since else failing.touched(attempt.at)
        since_day = f"{since:%Y-%m-%d %H:%M} UTC"
        reason = f"It has taken nothing since {since_day}; at last it said: {attempt.outcome}."
        return failing.disabled(reason, attempt.at)

    def recovered(self, now: datetime) -> Self:
        """After it has taken something."""
        if self.failing_since is None:
            return self
        return replace(self, failing_since=None).touched(now)

    def reenabled(self, now: datetime) -> Self:
        """Told again, by somebody's decision."""
        return replace(self, enabled=True, disabled_reason="", failing_since=None).touched(now)

    def touched(self, now: datetime) -> Self:
        """As it is written now."""
        return replace(self, updated_at=now, revision=self.revision + 1)

    def disabled(self, reason: str, now: datetime) -> Self:
        """Told nothing more, for a reason that the shop is shown."""
        return replace(self, enabled=False, disabled_reason=reason).touched(now)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: `status` is the answer's, 0 for none; `outcome` says in a few words how it went.

    `retry_after` is how long the receiver asks us to wait.
    """

    at: datetime
    status: int
    outcome: str
    took_ms: int
    retry_after: timedelta | None = None

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event on its way to an endpoint. `event` is the activity's id, and webhook-id.

    `phone` and `day` (an ISO date) say where the activity is kept. `tries` counts all attempts,
    `first_try` is how many there were when it was last begun; `attempts` are the newest ones.
    """

    webhook: str
    event: str
    kind: Kind
    phone: str
    day: str
    created_at: datetime
    state: State = State.WAITING
    tries: int = 0
    first_try: int = 0
    next_at: datetime | None = None
    claimed_until: datetime | None = None
    attempts: tuple[Attempt, ...] = ()

    def look_again_at(self, now: datetime) -> datetime | None:
        """When it may be sent, if not now: somebody is about to, or its time has not come."""
        times = (self.claimed_until, self.next_at)
        return max((at for at in times if at and at > now), default=None)

    def is_in_hands(self, now: datetime) -> bool:
        """Whether somebody may be sending it at this moment."""
        return self.claimed_until is not None and self.claimed_until > now

    def claimed(self, now: datetime) -> Self:
        """In the hands of somebody who is about to send it."""
        return replace(self, claimed_until=now + ATTEMPT)

    def after(self, attempt: Attempt) -> Self:
        """As an attempt leaves it."""
        left = replace(
            self,
            tries=self.tries + 1,
            claimed_until=None,
            next_at=None,
            attempts=(*self.attempts, attempt)[-_ATTEMPTS_KEPT:],
        )
        if attempt.is_success:
            return replace(left, state=State.DELIVERED)
        failed = self.tries - self.first_try
        if failed >= len(RETRIES) or attempt.status == GONE:
            return replace(left, state=State.FAILED)
        wait = max(RETRIES[failed], min(attempt.retry_after or timedelta(), _LONGEST_WAIT))
        return replace(left, next_at=attempt.at + wait)

    def held(self) -> Self:
        """Kept for a replay, since nobody is to be told now."""
        return replace(self, state=State.HELD, next_at=None, claimed_until=None)

    def begun_again(self) -> Self:
        """To be sent once more, as if for the first time, under the same id."""
        return replace(
            self, state=State.WAITING, first_try=self.tries, next_at=None, claimed_until=None
        )
