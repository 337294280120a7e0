"""A campaign: what a marketer wants to say to whom and when, and how far it has come."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from sayso.domain.offer import NO_LINKS, Links, Offer
from sayso.domain.parts import Parts, count_parts
from sayso.domain.refusal import Refused
from sayso.domain.schedule import Schedule
from sayso.domain.versions import ONE_VERSION, Versions

NAME_AT_MOST = 80
# What AWS End User Messaging takes in one SendTextMessage (its quotas page, as of 2026-11).
GSM_AT_MOST = 1530
UCS2_AT_MOST = 630


class Kind(StrEnum):
    """What a campaign is for."""

    OFFER = "offer"
    NEWS = "news"
    CHECKIN = "checkin"
    SURVEY = "survey"


class State(StrEnum):
    """How far a campaign has come."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What can happen to a campaign."""

    EDIT = "edit"
    SCHEDULE = "schedule"
    LAUNCH = "launch"  # a run of it begins
    REST = "rest"  # its runs have ended, and it recurs
    FINISH = "finish"  # the last of its runs has ended
    PAUSE = "pause"
    WAIT = "wait"  # resumed, with nothing of it begun
    RESUME = "resume"  # resumed, with runs under way
    CANCEL = "cancel"
    DELETE = "delete"


# Where each step leads. What is not in the table is refused; deletion leaves nothing behind.
TRANSITIONS: dict[tuple[State, Step], State | None] = {
    (State.DRAFT, Step.EDIT): State.DRAFT,
    (State.DRAFT, Step.SCHEDULE): State.SCHEDULED,
    (State.DRAFT, Step.DELETE): None,
    (State.SCHEDULED, Step.SCHEDULE): State.SCHEDULED,
    (State.SCHEDULED, Step.LAUNCH): State.SENDING,
    (State.SCHEDULED, Step.PAUSE): State.PAUSED,
    (State.SCHEDULED, Step.CANCEL): State.CANCELLED,
    (State.SCHEDULED, Step.FINISH): State.FINISHED,  # it recurs no more
    (State.SENDING, Step.LAUNCH): State.SENDING,
    (State.SENDING, Step.REST): State.SCHEDULED,
    (State.SENDING, Step.FINISH): State.FINISHED,
    (State.SENDING, Step.PAUSE): State.PAUSED,
    (State.SENDING, Step.CANCEL): State.CANCELLED,
    (State.PAUSED, Step.WAIT): State.SCHEDULED,
    (State.PAUSED, Step.RESUME): State.SENDING,
    (State.PAUSED, Step.FINISH): State.FINISHED,
    (State.PAUSED, Step.CANCEL): State.CANCELLED,
    (State.CANCELLED, Step.DELETE): None,
}


class StepRefused(Exception):
    """The campaign's state does not allow this step."""

    def __init__(self, state: State, step: Step) -> None:
        allowed = [str(start) for start, known in TRANSITIONS if known is step]
        super().__init__(
            f"A {state} campaign cannot {_PASSIVE[step]}; only {' or '.join(allowed)} ones can."
        )
        self.state = state
        self.step = step


_PASSIVE = {
    Step.EDIT: "be changed",
    Step.SCHEDULE: "be scheduled",
    Step.LAUNCH: "be launched",
    Step.REST: "rest",
    Step.FINISH: "finish",
    Step.PAUSE: "be paused",
    Step.WAIT: "be resumed",
    Step.RESUME: "be resumed",
    Step.CANCEL: "be cancelled",
    Step.DELETE: "be deleted",
}


class InvalidText(Refused):
    """A name or body that cannot be used; `field` says which."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Times are aware UTC. No `locations` means every subscriber.

    `where` is the text form of a segment that the audience is narrowed to, "" for no narrowing;
    `segment` the id of the saved one that it was taken from. The offer holds from `valid_from` to
    `valid_until`, where these are given; a run costs at most `spend_limit` millionths of a dollar.

    `offer` is what texts with `{{ code }}` or `{{ link }}` are about, None where there is none;
    `links` are what `{{ links.name }}` stands for.

    `revision` counts the writes; a writer names the revision it read, so that of two concurrent
    changes one loses. `runs` are the runs of the newest scheduling, `open_runs` how many of them
    have not ended. `paused_reason` is "by hand", or an Account's reason (domain.spending).

    A recurring one is next due at `next_at`, which the clocks show as `next_local` (ISO 8601); both
    are empty after its last time. Its `runs` are the newest; `earlier` adds up the counters of
    those before them; `missed` are the times at which somebody whom it was for was left out.
    """

    id: str
    name: str
    kind: Kind
    body: str
    created_at: datetime
    updated_at: datetime
    locations: tuple[str, ...] = ()
    where: str = ""
    segment: str = ""
    versions: Versions = ONE_VERSION
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    spend_limit: int | None = None
    offer: Offer | None = None
    links: Links = NO_LINKS
    schedule: Schedule | None = None
    state: State = State.DRAFT
    runs: tuple[str, ...] = ()
    open_runs: int = 0
    paused_reason: str = ""
    next_at: datetime | None = None
    next_local: str = ""
    earlier: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)
    missed: int = 0
    revision: int = 0

    @property
    def recurs(self) -> bool:
        return self.schedule is not None and bool(self.schedule.cron)

    def after(self, step: Step, now: datetime) -> Self:
        """The campaign one step further. Raises StepRefused."""
        self.check(step)
        state = TRANSITIONS[self.state, step] or self.state
        return replace(self, state=state, updated_at=now, revision=self.revision + 1)

    def check(self, step: Step) -> None:
        """Raise StepRefused unless the state allows the step."""
        if (self.state, step) not in TRANSITIONS:
            raise StepRefused(self.state, step)

    @property
    def is_triggered(self) -> bool:
        return self.schedule is not None and bool(self.schedule.on)

    @property
    def counted_runs(self) -> tuple[str, ...]:
        """The runs whose counters make up the report: of a triggered campaign its series alone."""
        return self.runs[:1] if self.is_triggered else self.runs

    def is_active(self, now: datetime) -> bool:
        """Whether a triggered campaign enrols people, and texts those who are due."""
        has_begun = self.valid_from is None or self.valid_from <= now
        is_over = self.valid_until is not None and self.valid_until <= now
        return self.is_triggered and self.state is State.SENDING and has_begun and not is_over

    def activated(self, now: datetime) -> Self:
        """A triggered campaign as it waits for people: its series is its first run."""
        active = self.after(Step.SCHEDULE, now).after(Step.LAUNCH, now)
        return replace(active, runs=(self.id,), open_runs=1)

    def with_firing(self, run_id: str, now: datetime) -> Self:
        """A triggered campaign with one more run that has begun; the runs are its open ones."""
        launched = self.after(Step.LAUNCH, now)
        return replace(launched, runs=(*self.runs, run_id), open_runs=self.open_runs + 1)

    def without_firing(self, run_id: str, now: datetime) -> Self:
        """The same with one less, its series counted among them; finished with the last one."""
        rest = tuple(one for one in self.runs if one != run_id or one == self.id)
        remaining = replace(self, runs=rest, open_runs=self.open_runs - 1)
        if remaining.open_runs == 0:
            return remaining.after(Step.FINISH, now)
        return replace(remaining, updated_at=now, revision=self.revision + 1)

    def without_a_run(self, now: datetime) -> Self:
        """The campaign once one more of its runs has ended; after the last one, it has too."""
        remaining = replace(self, open_runs=self.open_runs - 1)
        if remaining.open_runs == 0:
            return remaining.after(Step.REST if self.next_at else Step.FINISH, now)
        return remaining.touched(now)

    def touched(self, now: datetime) -> Self:
        """The campaign after a change that is no step."""
        return replace(self, updated_at=now, revision=self.revision + 1)


def checked_name(name: str) -> str:
    """The name without blanks around it. Raises InvalidText."""
    _refuse_unprintable("name", name)
    trimmed = name.strip()
    if not 1 <= len(trimmed) <= NAME_AT_MOST:
        raise InvalidText("name", f"Give the campaign a name of 1 to {NAME_AT_MOST} characters.")
    return trimmed


def checked_body(body: str) -> Parts:
    """How a text travels, as it goes out. Raises InvalidText for one that the carrier refuses."""
    if not body.strip():
        raise InvalidText("body", "The text is empty. Write what the customers should read.")
    _refuse_unprintable("body", body)
    parts = count_parts(body)
    most = GSM_AT_MOST if parts.encoding == "GSM-7" else UCS2_AT_MOST
    if parts.units > most:
        raise InvalidText(
            "body",
            f"The text takes {parts.units} characters in {parts.encoding}; the carrier takes at "
            f"most {most}. Shorten it.{_culprits(parts)}",
        )
    return parts


def _culprits(parts: Parts) -> str:
    if not parts.costly:
        return ""
    return f" Without {' '.join(parts.costly[:10])} it may have {GSM_AT_MOST}."


def _refuse_unprintable(field: str, text: str) -> None:
    if wrong := _UNPRINTABLE.search(text):
        raise InvalidText(
            field, f"The character U+{ord(wrong[0]):04X} cannot be sent. Take it out."
        )


# Control characters but for line breaks, form feeds and tabs, and halves of surrogate pairs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
