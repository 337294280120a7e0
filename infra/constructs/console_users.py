"""Who may use the admin API."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.acknowledge import accept

# The lower number wins where somebody is in two groups.
_GROUPS = {
    "owner": (0, "Everything, people included"),
    "marketer": (10, "Program, subscribers and campaigns"),
    "staff": (20, "Reads, and redeems offers"),
}


class ConsoleUsers(Construct):
    """A user pool of invited people who sign in by e-mail address, in three groups."""

    def __init__(self, scope: Construct, construct_id: str, *, retain: bool) -> None:
        super().__init__(scope, construct_id)
        self.pool = cognito.UserPool(
            self,
            "Pool",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=Duration.days(7),
            ),
            deletion_protection=retain,
            removal_policy=RemovalPolicy.RETAIN if retain else RemovalPolicy.DESTROY,
        )
        for name, (precedence, description) in _GROUPS.items():
            cognito.CfnUserPoolGroup(
                self,
                name.capitalize(),
                user_pool_id=self.pool.user_pool_id,
                group_name=name,
                precedence=precedence,
                description=description,
            )
        self.client = self._client()
        self.environment = {
            "USER_POOL_ID": self.pool.user_pool_id,
            "USER_POOL_CLIENT_ID": self.client.user_pool_client_id,
        }
        accept(
            self.pool,
            "COG2",
            "A second factor is offered; whether a shop asks for it is its choice.",
        )
        accept(
            self.pool,
            "COG8",
            "The plus plan bills every user monthly; people are invited one by one.",
        )

    def allow_sign_in(self, role: iam.IRole) -> None:
        """Let the role sign people in who show what they know; not make, change or list them."""
        self.pool.grant(
            role, "cognito-idp:AdminInitiateAuth", "cognito-idp:AdminRespondToAuthChallenge"
        )

    def _client(self) -> cognito.UserPoolClient:
        """The console's and the command line's client: no secret, as a browser can't keep one."""
        return self.pool.add_client(
            "Console",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(admin_user_password=True, user_srp=True),
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.hours(1),
            id_token_validity=Duration.hours(1),
            refresh_token_validity=Duration.days(7),
        )
