"""The shop's people in a Cognito user pool, signed in from the server's side.

The `Admin…` calls are signed with the function's role. Cognito itself locks an account for a while
after repeated wrong passwords, and answers as it does to a wrong one.
"""

import base64
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from sayso.adapters.failures import is_passing
from sayso.services.ports.doorkeeper import (
    Admission,
    NotLetIn,
    PasswordRefused,
    Question,
    Step,
    TooManyTries,
    Unavailable,
)

SERVICE = "cognito-idp"

_STEPS = {
    "NEW_PASSWORD_REQUIRED": (Step.NEW_PASSWORD, "NEW_PASSWORD"),
    "SOFTWARE_TOKEN_MFA": (Step.CODE, "SOFTWARE_TOKEN_MFA_CODE"),
}
# Source: the errors of AdminInitiateAuth and AdminRespondToAuthChallenge, as of 2026-11.
_REFUSED = frozenset(
    {
        "CodeMismatchException",
        "ExpiredCodeException",
        "NotAuthorizedException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
        "UserNotFoundException",
        # A token or session that is none, or not of this kind.
        "InvalidParameterException",
        "UnauthorizedException",
        "UnsupportedTokenTypeException",
    }
)
_TOO_WEAK = frozenset({"InvalidPasswordException", "PasswordHistoryPolicyViolationException"})
_TOO_MANY = frozenset({"LimitExceededException", "TooManyRequestsException"})


@dataclass(frozen=True, slots=True)
class CognitoDoorkeeper:
    """Doorkeeper of one pool, through one of its app clients that has no secret."""

    client: Any
    pool_id: str
    client_id: str

    def sign_in(self, email: str, password: str) -> Admission | Question:
        """See services.ports.doorkeeper.Doorkeeper."""
        given = {"USERNAME": email, "PASSWORD": password}
        return _outcome(self._begin("ADMIN_USER_PASSWORD_AUTH", given), email)

    def answer(self, question: Question, answer: str) -> Admission | Question:
        """See services.ports.doorkeeper.Doorkeeper."""
        challenge, answer_name = next(
            (name, wanted) for name, (step, wanted) in _STEPS.items() if step is question.step
        )
        answered = _asked(
            self.client.admin_respond_to_auth_challenge,
            UserPoolId=self.pool_id,
            ClientId=self.client_id,
            ChallengeName=challenge,
            Session=question.session,
            ChallengeResponses={"USERNAME": question.user, answer_name: answer},
        )
        return _outcome(answered, question.user)

    def renew(self, refresh_token: str) -> Admission:
        """See services.ports.doorkeeper.Doorkeeper."""
        answered = self._begin("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": refresh_token})
        return _admission(answered["AuthenticationResult"], refresh_token="")

    def sign_out(self, refresh_token: str) -> None:
        """See services.ports.doorkeeper.Doorkeeper; the access token lives on for its hour."""
        with suppress(NotLetIn):
            _asked(self.client.revoke_token, Token=refresh_token, ClientId=self.client_id)

    def _begin(self, flow: str, given: Mapping[str, str]) -> Any:
        return _asked(
            self.client.admin_initiate_auth,
            UserPoolId=self.pool_id,
            ClientId=self.client_id,
            AuthFlow=flow,
            AuthParameters=given,
        )


def _asked(call: Callable[..., Any], **request: Any) -> Any:
    try:
        return call(**request)
    except (BotoCoreError, ClientError) as error:
        raise _told(error) from None


def _told(error: BotoCoreError | ClientError) -> Exception:
    """A failure of Cognito as the port has it; one that it does not know stays as it is."""
    if is_passing(error):
        return Unavailable()
    said = error.response["Error"] if isinstance(error, ClientError) else {}
    code = said.get("Code", "")
    if code in _TOO_WEAK:
        return PasswordRefused(said.get("Message", ""))
    if code in _TOO_MANY:
        return TooManyTries()
    return NotLetIn() if code in _REFUSED else error


def _outcome(answered: Any, user: str) -> Admission | Question:
    result = answered.get("AuthenticationResult")
    if result:
        return _admission(result, refresh_token=result["RefreshToken"])
    step, _ = _STEPS.get(answered["ChallengeName"], (None, ""))
    if step is None:
        # The password was right: this tells nobody else anything.
        raise NotLetIn(
            f"The console can't do this account's next step: {answered['ChallengeName']}."
        )
    # The answer takes no alias, such as the address: Cognito tells the name that it does take.
    name = answered["ChallengeParameters"].get("USER_ID_FOR_SRP", user)
    return Question(step, user=name, session=answered["Session"])


def _admission(result: Any, *, refresh_token: str) -> Admission:
    claims = _claims(result["IdToken"])
    return Admission(
        email=str(claims.get("email", "")),
        roles=tuple(claims.get("cognito:groups", ())),
        expires_in_s=result["ExpiresIn"],
        access_token=result["AccessToken"],
        refresh_token=refresh_token,
    )


def _claims(token: str) -> dict[str, Any]:
    """A token's claims, unverified: it has come from Cognito itself a moment ago."""
    payload = token.split(".")[1]
    padded = payload + "=" * (-len(payload) % 4)
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(padded))
    return claims
