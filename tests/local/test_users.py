"""Users of the admin API: the same rules on moto as on the local stack's emulator."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from sayso_local.client import Stack
from sayso_local.errors import CommandError
from sayso_local.users import ROLES, UserPool, local_token, new_password, require_email

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

PASSWORD = "A-long-enough-1-password"


@dataclass(frozen=True)
class Pool:
    """A user pool with the three groups and one app client."""

    users: UserPool
    cognito: "CognitoIdentityProviderClient"
    pool_id: str
    client_id: str

    def groups_of(self, email: str) -> set[str]:
        answer = self.cognito.admin_list_groups_for_user(UserPoolId=self.pool_id, Username=email)
        return {group["GroupName"] for group in answer["Groups"]}


@pytest.fixture
def moto_pool() -> Iterator[Pool]:
    with mock_aws():
        cognito = boto3.client("cognito-idp")
        pool_id = cognito.create_user_pool(PoolName="users", UsernameAttributes=["email"])[
            "UserPool"
        ]["Id"]
        for role in ROLES:
            cognito.create_group(UserPoolId=pool_id, GroupName=role)
        client = cognito.create_user_pool_client(
            UserPoolId=pool_id,
            ClientName="console",
            ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )
        client_id = client["UserPoolClient"]["ClientId"]
        yield Pool(UserPool(cognito, pool_id), cognito, pool_id, client_id)


@pytest.fixture
def emulator_pool(stack: Stack) -> Pool:
    cognito, running = stack.aws.cognito(), stack.running
    users = UserPool(cognito, running.user_pool)
    return Pool(users, cognito, running.user_pool, running.user_pool_client)


@pytest.fixture(params=["moto_pool", "emulator_pool"])
def pool(request: pytest.FixtureRequest) -> Pool:
    found: Pool = request.getfixturevalue(request.param)
    return found


def test_an_invited_person_is_in_the_group_of_their_role(pool: Pool) -> None:
    invitation = pool.users.invite("ana@example.com", "marketer", temporary_password=PASSWORD)
    assert invitation.created
    assert pool.groups_of("ana@example.com") == {"marketer"}


def test_inviting_someone_again_changes_their_role_and_says_what_it_was(pool: Pool) -> None:
    pool.users.invite("ben@example.com", "staff", temporary_password=PASSWORD)
    again = pool.users.invite("ben@example.com", "owner", temporary_password=PASSWORD)
    assert (again.created, again.previous_roles) == (False, ("staff",))
    assert pool.groups_of("ben@example.com") == {"owner"}


def test_inviting_someone_again_for_the_same_role_changes_nothing(pool: Pool) -> None:
    pool.users.invite("chloe@example.com", "staff", temporary_password=PASSWORD)
    again = pool.users.invite("chloe@example.com", "staff", temporary_password=PASSWORD)
    assert again.previous_roles == ("staff",)
    assert pool.groups_of("chloe@example.com") == {"staff"}


def test_a_temporary_password_has_to_be_changed_first(pool: Pool) -> None:
    pool.users.invite("dan@example.com", "staff", temporary_password=PASSWORD)
    with pytest.raises(CommandError, match="has yet to choose a password"):
        pool.users.sign_in(pool.client_id, "dan@example.com", PASSWORD)


def test_a_wrong_password_is_refused_in_plain_words(pool: Pool) -> None:
    pool.users.invite("eve@example.com", "staff", temporary_password=PASSWORD)
    pool.users.set_password("eve@example.com", PASSWORD)
    with pytest.raises(CommandError, match=r"Wrong password for eve@example\.com"):
        pool.users.sign_in(pool.client_id, "eve@example.com", PASSWORD + "?")


def test_the_local_user_of_a_role_can_sign_in_as_often_as_needed(pool: Pool) -> None:
    tokens = {local_token(pool.users, pool.pool_id, pool.client_id, "staff") for _ in range(2)}
    assert all(token.count(".") == 2 for token in tokens)


@pytest.mark.parametrize("text", ["", "ana", "ana@", "@example.com", "a b@example.com", "a@b"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="is not an e-mail address"):
        require_email(text)


def test_an_address_is_compared_without_regard_to_case() -> None:
    assert require_email("Ana@Example.COM") == "ana@example.com"


def test_a_new_password_has_every_kind_of_character_and_is_never_the_same() -> None:
    passwords = {new_password() for _ in range(50)}
    assert len(passwords) == 50
    for password in passwords:
        assert any(c.islower() for c in password)
        assert any(c.isupper() for c in password)
        assert any(c.isdigit() for c in password)
        assert not password.isalnum()


def test_someone_who_never_signed_in_gets_a_new_temporary_password(pool: Pool) -> None:
    pool.users.invite("fay@example.com", "staff", temporary_password=PASSWORD)
    again = pool.users.invite("fay@example.com", "staff", temporary_password=PASSWORD + "2")
    assert again.awaits_password
    with pytest.raises(CommandError, match="Wrong password"):
        pool.users.sign_in(pool.client_id, "fay@example.com", PASSWORD)
    with pytest.raises(CommandError, match="has yet to choose a password"):
        pool.users.sign_in(pool.client_id, "fay@example.com", PASSWORD + "2")


def test_cognito_mails_an_invitation_and_mails_it_again(pool: Pool) -> None:
    first = pool.users.invite("gus@example.com", "staff")
    again = pool.users.invite("gus@example.com", "staff")
    assert first.awaits_password
    assert again.awaits_password


def test_someone_who_has_a_password_keeps_it_when_invited_again(pool: Pool) -> None:
    pool.users.admit("hal@example.com", "staff", PASSWORD)
    again = pool.users.invite("hal@example.com", "owner", temporary_password=PASSWORD + "2")
    assert not again.awaits_password
    assert pool.users.sign_in(pool.client_id, "hal@example.com", PASSWORD)
