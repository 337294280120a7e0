"""Alarms on what needs a person: few enough for CloudWatch's free ten."""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.front_door import FrontDoor
from infra.constructs.function import HandlerFunction

_PERIOD = Duration.minutes(5)
# A few refusals are people who press a button twice.
_MANY = 100


class Watch(Construct):
    """Alarms that go to an e-mail address, if there is one."""

    def __init__(self, scope: Construct, construct_id: str, *, email: str) -> None:
        super().__init__(scope, construct_id)
        self._action: actions.SnsAction | None = None
        if email:
            topic = sns.Topic(self, "Topic", display_name="Sayso alarms", enforce_ssl=True)
            topic.add_subscription(subscriptions.EmailSubscription(email))
            self._action = actions.SnsAction(topic)

    def over_dead_letters(self, queues: Mapping[str, sqs.IQueue]) -> None:
        """One alarm a queue, by a name for it: anything in it was lost to its purpose."""
        for name, queue in queues.items():
            depth = queue.metric_approximate_number_of_messages_visible(period=_PERIOD)
            self._alarm(f"{name}DeadLetters", depth, f"Messages of {name} that kept failing wait")

    def over_errors(self, *functions: HandlerFunction) -> None:
        """One alarm a function: a failed call is a text not answered, or not yet."""
        for function in functions:
            errors = function.function.metric_errors(period=_PERIOD)
            description = f"The {function.name} function failed"
            self._alarm(f"{function.name.capitalize()}Errors", errors, description)

    def over_api(self, door: FrontDoor) -> None:
        """An alarm on answers of 500 and over."""
        errors = door.api.metric_server_error(period=_PERIOD)
        self._alarm("ApiErrors", errors, "The HTTP API answered with a server error")

    def over_limits(self, join: HandlerFunction) -> None:
        """An alarm on an opt-in page that refuses and refuses: somebody is at work there."""
        refused = cloudwatch.Metric(
            namespace="Sayso",
            metric_name="Join-limited",
            dimensions_map={"service": join.name},
            statistic="Sum",
            period=_PERIOD,
        )
        description = "The opt-in page was used more than its limits allow"
        self._alarm("JoinLimits", refused, description, over=_MANY)

    def _alarm(
        self, name: str, metric: cloudwatch.IMetric, description: str, over: int = 0
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            alarm_description=description,
            threshold=over,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        if self._action:
            alarm.add_alarm_action(self._action)
