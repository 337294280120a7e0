"""Where the functions put the schedules of campaigns."""

from aws_cdk import Aws, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.acknowledge import accept
from infra.constructs.function import HandlerFunction
from infra.constructs.work_queue import WorkQueue, dead_letter_queue

_SERVICE = "scheduler.amazonaws.com"


class CampaignScheduler(Construct):
    """A group of one-time schedules, and the role by which they fire into a queue."""

    def __init__(self, scope: Construct, construct_id: str, *, target: WorkQueue) -> None:
        super().__init__(scope, construct_id)
        stack = Stack.of(self)
        self.group_name = f"{stack.stack_name}-campaigns"
        group = scheduler.CfnScheduleGroup(self, "Group", name=self.group_name)
        self.dead_letters = dead_letter_queue(self, "DeadLetters")
        self.role = iam.Role(
            self,
            "Role",
            description="Fires campaign runs into their queue",
            # Without both conditions another account's schedule could borrow the role.
            assumed_by=iam.ServicePrincipal(
                _SERVICE,
                conditions={
                    "StringEquals": {
                        "aws:SourceAccount": Aws.ACCOUNT_ID,
                        "aws:SourceArn": group.attr_arn,
                    }
                },
            ),
        )
        target.allow_send(self.role)
        # Scheduler delivers to a dead-letter queue by the schedule's own role.
        self.dead_letters.grant(self.role, "sqs:SendMessage")

    def environment(self, target: WorkQueue) -> dict[str, str]:
        """What a function needs to know in order to make schedules."""
        return {
            "RUNS_QUEUE_ARN": target.queue.queue_arn,
            "SCHEDULE_GROUP": self.group_name,
            "SCHEDULE_ROLE_ARN": self.role.role_arn,
            "SCHEDULE_DLQ_ARN": self.dead_letters.queue_arn,
        }

    def allow_create(self, function: HandlerFunction) -> None:
        """Let the function make schedules of this group, for this role only."""
        self._allow(function, "scheduler:CreateSchedule")

    def allow_manage(self, function: HandlerFunction) -> None:
        """Let the function make them and delete them."""
        self._allow(function, "scheduler:CreateSchedule", "scheduler:DeleteSchedule")

    def _allow(self, function: HandlerFunction, *actions: str) -> None:
        schedules = Stack.of(self).format_arn(
            service="scheduler", resource="schedule", resource_name=f"{self.group_name}/*"
        )
        function.role.add_to_principal_policy(
            iam.PolicyStatement(actions=list(actions), resources=[schedules])
        )
        function.role.add_to_principal_policy(
            iam.PolicyStatement(
                actions=["iam:PassRole"],
                resources=[self.role.role_arn],
                conditions={"StringEquals": {"iam:PassedToService": _SERVICE}},
            )
        )
        accept(
            function.role,
            f"IAM5[Resource::arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:"
            f"schedule/{self.group_name}/*]",
            "Schedules are named by what they start, so only their group is known here.",
        )
