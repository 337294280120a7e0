"""The bucket of uploaded files, and of the lists of rows that were refused."""

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import accept
from infra.config import Settings
from infra.constructs.function import HandlerFunction

# Long enough to mend and send in what was refused; what proves consent is in the ledger by then.
KEPT_DAYS = 30
_FILES, _REFUSED = "files", "refused"
_NAMED_BY_ID = "An import's files are named by its id, so only their folder is known here."


class ImportFiles(Construct):
    """A private bucket that forgets."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id)
        retain = settings.retain_data
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            removal_policy=RemovalPolicy.RETAIN if retain else RemovalPolicy.DESTROY,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=Duration.days(KEPT_DAYS),
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                )
            ],
            cors=_cors(settings.console_origins),
        )
        accept(
            self.bucket,
            "S1",
            "Access logs would keep for good who imported whom; uploads and downloads take an "
            "address that the admin API has handed out and logged.",
        )
        self.environment = {"IMPORTS_BUCKET": self.bucket.bucket_name}
        self.origin = f"https://{self.bucket.bucket_regional_domain_name}"

    def admit_page(self, origin: str) -> None:
        """Let a page of this origin upload to an address that it was given."""
        self.bucket.add_cors_rule(allowed_origins=[origin], allowed_methods=[s3.HttpMethods.PUT])

    def allow_hand_out(self, desk: HandlerFunction) -> None:
        """Let the function hand out addresses: to upload a file, to download a list."""
        self._allow(desk, _FILES, "s3:PutObject", "s3:GetObject")
        self._allow(desk, _REFUSED, "s3:GetObject")
        self._allow_miss(desk)

    def allow_read(self, importer: HandlerFunction) -> None:
        """Let the function read what was uploaded, and write what was refused."""
        self._allow(importer, _FILES, "s3:GetObject")
        self._allow(importer, _REFUSED, "s3:GetObject", "s3:PutObject")
        self._allow_miss(importer)

    def _allow_miss(self, function: HandlerFunction) -> None:
        """Without this S3 calls an object that is not there forbidden."""
        function.role.add_to_principal_policy(
            iam.PolicyStatement(actions=["s3:ListBucket"], resources=[self.bucket.bucket_arn])
        )

    def _allow(self, function: HandlerFunction, folder: str, *actions: str) -> None:
        function.role.add_to_principal_policy(
            iam.PolicyStatement(
                actions=list(actions), resources=[self.bucket.arn_for_objects(f"{folder}/*")]
            )
        )
        bucket = self.bucket.node.default_child
        if not isinstance(bucket, s3.CfnBucket):
            raise TypeError(f"a bucket is a CfnBucket, not {type(bucket).__name__}")
        arn = f"<{Stack.of(self).get_logical_id(bucket)}.Arn>"
        accept(function.role, f"IAM5[Resource::{arn}/{folder}/*]", _NAMED_BY_ID)


def _cors(origins: list[str]) -> list[s3.CorsRule] | None:
    """The console's page uploads and downloads by itself."""
    if not origins:
        return None
    return [
        s3.CorsRule(
            allowed_origins=origins, allowed_methods=[s3.HttpMethods.PUT, s3.HttpMethods.GET]
        )
    ]
