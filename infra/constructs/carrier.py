"""The carrier: what texts are sent through, and who may send them."""

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_smsvoice as smsvoice
from constructs import Construct

from infra.acknowledge import accept
from infra.config import Settings
from infra.constructs.topics import DeliveryTopic, InboundTopic

_ARNS = f"arn:{Aws.PARTITION}:sms-voice:{Aws.REGION}:{Aws.ACCOUNT_ID}"


class Carrier(Construct):
    """The carrier as the functions see it: their settings and their permissions.

    With `managed`, sends go through what that construct made rather than through the identity of
    the settings.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        managed: "ManagedCarrier | None",
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        identity = settings.origination_identity
        self._senders = [_sender_arn(identity)]
        pool = managed.pool if managed else None
        if pool:
            self._senders.append(pool.attr_arn)
        self.environment = {
            "CARRIER": settings.carrier,
            "ORIGINATION_IDENTITY": pool.attr_pool_id if pool else identity,
            "CONFIGURATION_SET": settings.configuration_set,
            "OPT_OUT_LIST": settings.opt_out_list,
        }

    def allow_send(self, role: iam.IRole) -> None:
        """Let the role send texts, from the origination identity alone."""
        if self._settings.carrier == "sns":
            self._allow_publish_to_phones(role)
        else:
            self._allow_send_text(role)

    def allow_opt_out(self, role: iam.IRole) -> None:
        """Let the role put numbers on the carrier's opt-out list, and take them off."""
        if self._settings.carrier == "sns":
            # SNS's list fills itself from replies; it is the account's, so it has no resource.
            _allow(role, ["sns:OptInPhoneNumber"], ["*"])
            _accept_no_resource(role)
        elif self._settings.opt_out_list:
            actions = ["sms-voice:PutOptedOutNumber", "sms-voice:DeleteOptedOutNumber"]
            _allow(role, actions, [f"{_ARNS}:opt-out-list/{self._settings.opt_out_list}"])

    def allow_list(self, role: iam.IRole) -> None:
        """Let the role put numbers on the carrier's opt-out list (SNS's fills itself)."""
        if self._settings.carrier != "sns" and self._settings.opt_out_list:
            arn = f"{_ARNS}:opt-out-list/{self._settings.opt_out_list}"
            _allow(role, ["sms-voice:PutOptedOutNumber"], [arn])

    def allow_read_opt_outs(self, role: iam.IRole) -> None:
        """Let the role read the carrier's opt-out list."""
        if self._settings.carrier == "sns":
            _allow(role, ["sns:ListPhoneNumbersOptedOut"], ["*"])
            _accept_no_resource(role)
        elif self._settings.opt_out_list:
            arn = f"{_ARNS}:opt-out-list/{self._settings.opt_out_list}"
            _allow(role, ["sms-voice:DescribeOptedOutNumbers"], [arn])

    def _allow_send_text(self, role: iam.IRole) -> None:
        resources = list(self._senders)
        if self._settings.configuration_set:
            resources.append(f"{_ARNS}:configuration-set/{self._settings.configuration_set}")
        _allow(role, ["sms-voice:SendTextMessage"], resources)
        if any(arn.endswith("*") for arn in self._senders):
            accept(
                role,
                "IAM5[Resource::arn:<AWS::Partition>:sms-voice:<AWS::Region>:<AWS::AccountId>:"
                "phone-number/*]",
                "The setting origination_identity is a number: AWS's id of it, which its ARN has, "
                "is not known here.",
            )

    def _allow_publish_to_phones(self, role: iam.IRole) -> None:
        _allow(role, ["sns:Publish"], ["*"])
        role.add_to_principal_policy(
            iam.PolicyStatement(
                effect=iam.Effect.DENY,
                actions=["sns:Publish"],
                resources=[f"arn:{Aws.PARTITION}:sns:*:*:*"],
            )
        )
        _accept_no_resource(role)


class ManagedCarrier(Construct):
    """End User Messaging's resources, where the stack makes them.

    A pool is made around the origination identity if that is a phone number by id or ARN: the
    two-way channel and the self-managed opt-outs then are the pool's. On a number by itself
    CloudFormation could only set them by ordering it.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        inbound: InboundTopic,
        deliveries: DeliveryTopic,
    ) -> None:
        super().__init__(scope, construct_id)
        opt_outs = smsvoice.CfnOptOutList(
            self, "OptOutList", opt_out_list_name=settings.opt_out_list
        )
        smsvoice.CfnConfigurationSet(
            self,
            "ConfigurationSet",
            configuration_set_name=settings.configuration_set,
            event_destinations=[_all_text_events_to(deliveries)],
        )
        self.pool: smsvoice.CfnPool | None = None
        if "phone-" in settings.origination_identity:
            self.pool = smsvoice.CfnPool(
                self,
                "Pool",
                origination_identities=[_sender_arn(settings.origination_identity)],
                opt_out_list_name=opt_outs.ref,
                self_managed_opt_outs_enabled=True,
                shared_routes_enabled=False,
                deletion_protection_enabled=settings.retain_data,
                two_way=smsvoice.CfnPool.TwoWayProperty(
                    enabled=True, channel_arn=inbound.topic.topic_arn
                ),
                mandatory_keywords=smsvoice.CfnPool.MandatoryKeywordsProperty(
                    help=smsvoice.CfnPool.MandatoryKeywordProperty(message=settings.help_message),
                    stop=smsvoice.CfnPool.MandatoryKeywordProperty(message=settings.stop_message),
                ),
            )
            # The carrier tries the channel when it is set: the topic has to admit it by then.
            self.pool.node.add_dependency(inbound)


def _all_text_events_to(
    deliveries: DeliveryTopic,
) -> smsvoice.CfnConfigurationSet.EventDestinationProperty:
    return smsvoice.CfnConfigurationSet.EventDestinationProperty(
        event_destination_name="deliveries",
        enabled=True,
        matching_event_types=["TEXT_ALL"],
        sns_destination=smsvoice.CfnConfigurationSet.SnsDestinationProperty(
            topic_arn=deliveries.topic.topic_arn
        ),
    )


def _sender_arn(identity: str) -> str:
    """The ARN of an origination identity; of every number if it isn't an id or an ARN itself."""
    if identity.startswith("arn:"):
        return identity
    if identity.startswith("pool-"):
        return f"{_ARNS}:pool/{identity}"
    return f"{_ARNS}:phone-number/{identity if identity.startswith('phone-') else '*'}"


def _accept_no_resource(role: iam.IRole) -> None:
    accept(
        role,
        "IAM5[Resource::*]",
        "SNS knows no resource for a phone number, nor for its opt-out list; publishing to "
        "topics is denied beside it.",
    )


def _allow(role: iam.IRole, actions: list[str], resources: list[str]) -> None:
    role.add_to_principal_policy(iam.PolicyStatement(actions=actions, resources=resources))
