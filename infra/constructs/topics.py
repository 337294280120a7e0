"""The two topics that the carrier publishes to."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.constructs.function import HandlerFunction
from infra.constructs.work_queue import WorkQueue, dead_letter_queue

_END_USER_MESSAGING = "sms-voice.amazonaws.com"
# A customer who texted six hours ago and was not answered had better not be answered now.
_ANSWERED_WITHIN = Duration.hours(6)


class InboundTopic(Construct):
    """What customers text, straight to a function; what it can't handle is kept in a queue."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.topic = _carrier_topic(self, "Texts from customers")
        self.dead_letters = dead_letter_queue(self, "DeadLetters")

    def feed(self, consumer: HandlerFunction) -> None:
        """Invoke the function for each text; keep the texts that it failed on three times."""
        self.topic.add_subscription(
            subscriptions.LambdaSubscription(consumer.entry, dead_letter_queue=self.dead_letters)
        )
        consumer.entry.configure_async_invoke(
            on_failure=destinations.SqsDestination(self.dead_letters),
            retry_attempts=2,
            max_event_age=_ANSWERED_WITHIN,
        )


class DeliveryTopic(Construct):
    """What became of each text that was sent."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.topic = _carrier_topic(self, "Delivery events of sent texts")

    def feed(self, queue: WorkQueue) -> None:
        """Queue the events as the carrier wrote them, without SNS's envelope."""
        self.topic.add_subscription(
            subscriptions.SqsSubscription(
                queue.queue, raw_message_delivery=True, dead_letter_queue=queue.dead_letters
            )
        )


def _carrier_topic(scope: Construct, display_name: str) -> sns.Topic:
    """A topic that End User Messaging may publish to, for this account's numbers alone.

    SNS encrypts what it stores by itself. A key of one's own would cost a dollar a month, and the
    managed key can't be used: its policy doesn't let another service publish.
    """
    topic = sns.Topic(scope, "Topic", display_name=display_name, enforce_ssl=True)
    topic.add_to_resource_policy(
        iam.PolicyStatement(
            sid="CarrierPublishes",
            principals=[iam.ServicePrincipal(_END_USER_MESSAGING)],
            actions=["sns:Publish"],
            resources=[topic.topic_arn],
            conditions={"StringEquals": {"aws:SourceAccount": Stack.of(scope).account}},
        )
    )
    return topic
