"""The one way in which a Lambda function is made here."""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.acknowledge import accept
from infra.config import FunctionName, Settings
from infra.constructs.logs import log_group

_ARCHITECTURES = {
    "arm64": lambda_.Architecture.ARM_64,
    "x86_64": lambda_.Architecture.X86_64,
}
_RUNTIMES = {
    "3.12": lambda_.Runtime.PYTHON_3_12,
    "3.13": lambda_.Runtime.PYTHON_3_13,
    "3.14": lambda_.Runtime.PYTHON_3_14,
}
_NEWEST = max(_RUNTIMES)


class HandlerFunction(Construct):
    """A function with its own role and its own log group.

    `entry` is what events go to: the function, or its alias `live` where SnapStart is on, since
    only published versions have snapshots.
    """

    def __init__(
        self,
        scope: Construct,
        name: FunctionName,
        *,
        purpose: str,
        code: lambda_.Code,
        settings: Settings,
        environment: Mapping[str, str],
    ) -> None:
        super().__init__(scope, f"{name.capitalize()}Handler")
        self.name = name
        self.log_group = log_group(self, "Logs", settings=settings)
        self.role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"What Sayso's {name} function may do",
        )
        self.log_group.grant_write(self.role)
        self.function = self._function(purpose, code, settings, environment)
        self.entry = self._entry(snap_start=name in settings.snap_start)

    def _function(
        self, purpose: str, code: lambda_.Code, settings: Settings, environment: Mapping[str, str]
    ) -> lambda_.Function:
        sizing = settings.functions[self.name]
        function = lambda_.Function(
            self,
            "Function",
            description=purpose,
            code=code,
            handler=f"sayso.handlers.{self.name}.handler",
            runtime=_RUNTIMES[settings.python_version],
            architecture=_ARCHITECTURES[settings.architecture],
            memory_size=sizing.memory_mb,
            timeout=Duration.seconds(sizing.timeout_s),
            role=self.role,
            log_group=self.log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.ACTIVE if settings.tracing else lambda_.Tracing.DISABLED,
            snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS
            if self.name in settings.snap_start
            else None,
            environment={
                **environment,
                "LOG_LEVEL": settings.log_level,
                "POWERTOOLS_SERVICE_NAME": self.name,
                "POWERTOOLS_METRICS_NAMESPACE": "Sayso",
                **settings.environment,
            },
        )
        self._explain(function, settings)
        return function

    def _explain(self, function: lambda_.Function, settings: Settings) -> None:
        if settings.python_version != _NEWEST:
            accept(
                function,
                "L1",
                f"Python {settings.python_version} is the setting python_version: supported, and "
                "every dependency has wheels for it.",
            )
        if settings.tracing:
            accept(
                self.role,
                "IAM5[Resource::*]",
                "X-Ray's PutTraceSegments and PutTelemetryRecords know no resource.",
            )

    def _entry(self, *, snap_start: bool) -> lambda_.IFunction:
        if not snap_start:
            return self.function
        return lambda_.Alias(self, "Live", alias_name="live", version=self.function.current_version)
