"""Users of the admin endpoint, in the stack's Cognito user pool."""

from __future__ import annotations

import hashlib
import re
import secrets
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from sayso_local.errors import CommandError

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef

Role = Literal["owner", "marketer", "staff"]
ROLES: tuple[Role, ...] = get_args(Role)

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_EMAIL_LONGEST = 254
_PASSWORD_LENGTH = 16


@dataclass(frozen=True)
class Invitation:
    """What an invitation came to: `created` is False if the person was a user already.

    `awaits_password`: they have yet to sign in, with the temporary password of this invitation.
    """

    email: str
    role: Role
    created: bool
    awaits_password: bool
    previous_roles: tuple[str, ...]


class UserPool:
    """The people who may sign in, and what each may do: one role is one Cognito group."""

    def __init__(self, cognito: CognitoIdentityProviderClient, pool_id: str) -> None:
        self._cognito = cognito
        self._pool_id = pool_id

    def invite(
        self, email: str, role: Role, *, temporary_password: str | None = None
    ) -> Invitation:
        """Make `email` a user with this role alone; someone invited before changes role.

        Cognito mails the invitation, unless a `temporary_password` is given to hand over.
        """
        created = self._create(email, temporary_password)
        previous = self._give(email, role)
        waits = created or self._renew(email, temporary_password)
        return Invitation(email, role, created, waits, previous)

    def admit(self, email: str, role: Role, password: str) -> None:
        """Make sure of a user with this role alone, whose password needs no change at first."""
        self._create(email, password)
        self._give(email, role)
        self.set_password(email, password)

    def set_password(self, email: str, password: str) -> None:
        """A password that needs no change at the first sign-in."""
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool_id, Username=email, Password=password, Permanent=True
        )

    def sign_in(self, client_id: str, email: str, password: str) -> str:
        """An access token: it has the `client_id` and groups that the API's authorizer wants."""
        try:
            answer = self._cognito.admin_initiate_auth(
                UserPoolId=self._pool_id,
                ClientId=client_id,
                AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": email, "PASSWORD": password},
            )
        except self._cognito.exceptions.NotAuthorizedException as error:
            raise CommandError(f"Wrong password for {email}.") from error
        if "ChallengeName" in answer:
            raise CommandError(f"{email} has yet to choose a password ({answer['ChallengeName']}).")
        return answer["AuthenticationResult"]["AccessToken"]

    def _renew(self, email: str, temporary_password: str | None) -> bool:
        """Invite again someone who never signed in: a temporary password expires."""
        user = self._cognito.admin_get_user(UserPoolId=self._pool_id, Username=email)
        if user["UserStatus"] != "FORCE_CHANGE_PASSWORD":
            return False
        if temporary_password is None:
            self._cognito.admin_create_user(
                UserPoolId=self._pool_id,
                Username=email,
                MessageAction="RESEND",
                DesiredDeliveryMediums=["EMAIL"],
            )
        else:
            self._cognito.admin_set_user_password(
                UserPoolId=self._pool_id, Username=email, Password=temporary_password
            )
        return True

    def _create(self, email: str, temporary_password: str | None) -> bool:
        attributes: list[AttributeTypeTypeDef] = [
            {"Name": "email", "Value": email},
            {"Name": "email_verified", "Value": "true"},
        ]
        try:
            if temporary_password is None:
                self._cognito.admin_create_user(
                    UserPoolId=self._pool_id,
                    Username=email,
                    UserAttributes=attributes,
                    DesiredDeliveryMediums=["EMAIL"],
                )
            else:
                self._cognito.admin_create_user(
                    UserPoolId=self._pool_id,
                    Username=email,
                    UserAttributes=attributes,
                    TemporaryPassword=temporary_password,
                    MessageAction="SUPPRESS",
                )
        except self._cognito.exceptions.UsernameExistsException:
            return False
        return True

    def _give(self, email: str, role: Role) -> tuple[str, ...]:
        """Put the user into the role's group alone; return the roles from before."""
        groups = self._cognito.admin_list_groups_for_user(UserPoolId=self._pool_id, Username=email)[
            "Groups"
        ]
        names = {group["GroupName"] for group in groups}
        before = tuple(known for known in ROLES if known in names)
        for former in set(before) - {role}:
            self._cognito.admin_remove_user_from_group(
                UserPoolId=self._pool_id, Username=email, GroupName=former
            )
        self._cognito.admin_add_user_to_group(
            UserPoolId=self._pool_id, Username=email, GroupName=role
        )
        return before


def require_email(text: str) -> str:
    """The address in lower case, as the pool compares it; raise CommandError if it can't be one."""
    if not _EMAIL.fullmatch(text) or len(text) > _EMAIL_LONGEST:
        raise CommandError(
            f"{text!r} is not an e-mail address. Example: sayso invite ana@example.com"
        )
    return text.lower()


def new_password() -> str:
    """A random one with every kind of character that the pool's policy may ask for."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "!#%+-=?")
    rest = [secrets.choice("".join(kinds)) for _ in range(_PASSWORD_LENGTH - len(kinds))]
    characters = [secrets.choice(kind) for kind in kinds] + rest
    secrets.SystemRandom().shuffle(characters)
    return "".join(characters)


def local_credentials(pool_id: str, role: Role) -> tuple[str, str]:
    """Address and password of the local stack's own user of that role.

    The password follows from the pool's id, so that several programs can sign in at once; it guards
    nothing, since whoever reaches the emulator on loopback may do everything anyway.
    """
    email = f"{role}@bluebird.example"
    return email, f"Aa1!{hashlib.sha256(f'{pool_id} {email}'.encode()).hexdigest()[:24]}"


def local_token(pool: UserPool, pool_id: str, client_id: str, role: Role) -> str:
    """Sign in as the local stack's own user of that role, who is made when first needed."""
    email, password = local_credentials(pool_id, role)
    pool.admit(email, role, password)
    return pool.sign_in(client_id, email, password)
