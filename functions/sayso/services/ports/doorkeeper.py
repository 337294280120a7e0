"""Signing in: who keeps the passwords of the shop's own people."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody is signed in. `access_token` is what the admin API takes, for `expires_in_s`.

    `refresh_token` is empty where an admission was renewed: the one that it was renewed with
    stays good.
    """

    email: str
    roles: tuple[str, ...]
    expires_in_s: int
    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)


class Step(StrEnum):
    """What is asked for after the password."""

    # The one of the invitation is for the first time only.
    NEW_PASSWORD = "new_password"  # noqa: S105
    CODE = "code"  # of the authenticator app that this person has set up


@dataclass(frozen=True, slots=True)
class Question:
    """The password is right, and is not enough. `user` and `session` belong to the answer."""

    step: Step
    user: str = field(repr=False)
    session: str = field(repr=False)


class NotLetIn(Exception):
    """Wrong address, password, code or token: nothing says which, nor who exists."""


class PasswordRefused(Exception):
    """A new password breaks the rules for passwords; the message says which, to a person."""


class TooManyTries(Exception):
    """Too many tries in too short a time; later ones may do."""


class Unavailable(Exception):
    """Nobody can be let in at this moment; the same request may do in the next."""


class Doorkeeper(Protocol):
    """Lets people in. Raises NotLetIn, TooManyTries and Unavailable, whatever is asked."""

    def sign_in(self, email: str, password: str) -> Admission | Question:
        """Begin with address and password."""
        ...

    def answer(self, question: Question, answer: str) -> Admission | Question:
        """Go on with what was asked for. Raises PasswordRefused; the question stays open then."""
        ...

    def renew(self, refresh_token: str) -> Admission:
        """The same person for another while."""
        ...

    def sign_out(self, refresh_token: str) -> None:
        """Nothing is renewed with this token from now on; a token that is no good is no matter."""
        ...
