"""The one table."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from constructs import Construct

# A transaction needs the permissions of the actions in it, and no other.
READ = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
WRITE = ("dynamodb:PutItem", "dynamodb:UpdateItem")
DELETE = ("dynamodb:DeleteItem",)
CHECK = ("dynamodb:ConditionCheckItem",)

_INDEX = "by_location"
# What segments ask for, so that reading an audience never goes back to the table.
# Nothing that a send writes: each of these costs a second write whenever it changes.
INDEXED = [
    *("phone", "status", "location", "channel", "keyword", "language", "preference"),
    *("joined_at", "last_heard_at", "visited_at", "clicked_at", "redeemed_at", "attributes"),
    *("visits", "zip"),
]


class Database(Construct):
    """A single table on demand, with point-in-time recovery and one index by location."""

    def __init__(self, scope: Construct, construct_id: str, *, retain: bool) -> None:
        super().__init__(scope, construct_id)
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=_text("pk"),
            sort_key=_text("sk"),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute="expires_at",
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=retain,
            removal_policy=RemovalPolicy.RETAIN if retain else RemovalPolicy.DESTROY,
        )
        self.table.add_global_secondary_index(
            index_name=_INDEX,
            partition_key=_text("gsi1pk"),
            sort_key=_text("gsi1sk"),
            projection_type=dynamodb.ProjectionType.INCLUDE,
            non_key_attributes=INDEXED,
        )
        self.environment = {"TABLE_NAME": self.table.table_name}

    def allow(self, role: iam.IRole, *actions: str) -> None:
        """Let the role do these actions on the table's items; not on the index."""
        self._allow(role, self.table.table_arn, *actions)

    def allow_clear_runs(self, role: iam.IRole) -> None:
        """Let the role delete what lies under campaigns' runs, and nothing else of the table."""
        role.add_to_principal_policy(
            iam.PolicyStatement(
                actions=list(DELETE),
                resources=[self.table.table_arn],
                conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["RUN#*"]}},
            )
        )

    def allow_tell(self, role: iam.IRole) -> None:
        """Let the role read items, and write web hooks and what they were told, nothing else."""
        self.allow(role, "dynamodb:GetItem")
        role.add_to_principal_policy(
            iam.PolicyStatement(
                actions=["dynamodb:PutItem"],
                resources=[self.table.table_arn],
                conditions={
                    "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["WEBHOOK", "HOOK#*"]}
                },
            )
        )

    def allow_audit(self, role: iam.IRole) -> None:
        """Let the role walk through the whole table: no index is proof of what was written."""
        self._allow(role, self.table.table_arn, "dynamodb:Scan")

    def allow_audience(self, role: iam.IRole) -> None:
        """Let the role list subscribers by location."""
        self._allow(role, f"{self.table.table_arn}/index/{_INDEX}", "dynamodb:Query")

    def allow_roll(self, role: iam.IRole) -> None:
        """Let the role walk through all subscribers, by the index and nothing else of the table."""
        self._allow(role, f"{self.table.table_arn}/index/{_INDEX}", "dynamodb:Scan")

    def _allow(self, role: iam.IRole, resource: str, *actions: str) -> None:
        role.add_to_principal_policy(
            iam.PolicyStatement(actions=list(actions), resources=[resource])
        )


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
