"""A queue with a dead-letter queue, feeding one function."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.acknowledge import accept
from infra.config import Flow
from infra.constructs.function import HandlerFunction

# Lambda's own advice: a message must stay hidden while the poller, throttled, tries again.
_VISIBILITY_OF_TIMEOUT = 6
_KEPT = Duration.days(14)


class WorkQueue(Construct):
    """Messages for one function; one that fails too often ends in `dead_letters`."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        consumer_timeout_s: int,
        max_receive_count: int,
    ) -> None:
        super().__init__(scope, construct_id)
        self.dead_letters = _queue(self, "DeadLetters")
        self.queue = _queue(
            self,
            "Queue",
            visibility_timeout=Duration.seconds(_VISIBILITY_OF_TIMEOUT * consumer_timeout_s),
            dead_letter_queue=sqs.DeadLetterQueue(
                max_receive_count=max_receive_count, queue=self.dead_letters
            ),
        )

    def feed(self, consumer: HandlerFunction, flow: Flow) -> None:
        """Deliver the messages to the function, which answers for each of a batch on its own."""
        consumer.entry.add_event_source(
            sources.SqsEventSource(
                self.queue,
                batch_size=flow.batch_size,
                max_batching_window=Duration.seconds(flow.window_s),
                max_concurrency=flow.max_concurrency,
                report_batch_item_failures=True,
            )
        )

    def allow_send(self, role: iam.IRole) -> None:
        """Let the role put messages into the queue, and nothing else."""
        self.queue.grant(role, "sqs:SendMessage")


def dead_letter_queue(scope: Construct, construct_id: str) -> sqs.Queue:
    """A queue for what a service other than SQS could not deliver."""
    queue = _queue(scope, construct_id)
    accept(queue, "SQS3", "It is a dead-letter queue itself: Lambda, SNS or Scheduler fills it.")
    return queue


def _queue(
    scope: Construct,
    construct_id: str,
    *,
    visibility_timeout: Duration | None = None,
    dead_letter_queue: sqs.DeadLetterQueue | None = None,
) -> sqs.Queue:
    return sqs.Queue(
        scope,
        construct_id,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=_KEPT,
        visibility_timeout=visibility_timeout,
        dead_letter_queue=dead_letter_queue,
    )
