"""Who is asking, and what their role lets them do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

GROUPS = "cognito:groups"


class Role(StrEnum):
    """The groups of the user pool."""

    OWNER = "owner"
    MARKETER = "marketer"
    STAFF = "staff"


OWNERS = frozenset({Role.OWNER})
MARKETERS = frozenset({Role.OWNER, Role.MARKETER})
EVERYONE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Actor:
    """The bearer of the token: `subject` is the user's id in the pool, no name or address."""

    subject: str
    roles: frozenset[Role]

    def may(self, allowed: frozenset[Role]) -> bool:
        """Whether one of the actor's roles is among those allowed."""
        return bool(self.roles & allowed)


def actor_of(event: Mapping[str, Any]) -> Actor:
    """The actor that the authorizer has verified; nobody, with no role, if it names none."""
    authorizer = event["requestContext"].get("authorizer") or {}
    claims: Mapping[str, Any] = (authorizer.get("jwt") or {}).get("claims") or {}
    return Actor(str(claims.get("sub", "")), roles_in(claims.get(GROUPS)))


def roles_in(claim: object) -> frozenset[Role]:
    """The roles of a groups claim.

    A token holds a list. HTTP API hands it on as the text `[owner marketer]`; others write
    `["owner","marketer"]` or `owner,marketer`. Groups that are no role count for nothing.
    """
    if isinstance(claim, str):
        groups = re.split(r"[\s,]+", claim.removeprefix("[").removesuffix("]"))
    elif isinstance(claim, list | tuple):
        groups = [str(one) for one in claim]
    else:
        groups = []
    names = {group.strip("\"'") for group in groups}
    return frozenset(role for role in Role if role.value in names)
