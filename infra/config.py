"""The settings of a deployment: from cdk.json's context, checked before anything is built.

cdk.json holds one object of settings for every stage (`common`) and one per stage on top of it.
A setting of the command line (`-c log_level=DEBUG`) beats both; what is not a string is JSON.
docs/operations.md says what each one does.
"""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

FunctionName = Literal[
    "inbound",
    "webhook",
    "admin",
    "console",
    "public",
    "join",
    "triggers",
    "activity",
    "notify",
    "launch",
    "plan",
    "send",
    "receipts",
    "importer",
    "upkeep",
]
# The periods that CloudWatch Logs accepts, up to ten years.
RetentionDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 3653
]
CarrierName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,64}$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^/\s*]+$")]
Region = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]

_NUMBER = r"\+[1-9]\d{6,14}|\d{5,6}"
_IDENTITY = re.compile(
    rf"^(|{_NUMBER}|phone-[0-9a-f]+|pool-[0-9a-f]+"
    r"|arn:aws[a-z-]*:sms-voice:[a-z0-9-]+:\d{12}:(phone-number/phone-[0-9a-f]+|pool/pool-[0-9a-f]+))$"
)


class SettingsError(Exception):
    """The settings don't make a deployment; the message lists everything that is wrong."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Sizing(_Model):
    """How much of a machine a function gets, and for how long."""

    memory_mb: int = Field(ge=128, le=10_240)
    timeout_s: int = Field(ge=1, le=900)


class Flow(_Model):
    """How a queue's messages reach their function."""

    batch_size: int = Field(ge=1, le=1_000)
    window_s: int = Field(ge=0, le=300)
    max_concurrency: int = Field(ge=2, le=1_000)

    @model_validator(mode="after")
    def _large_batches_wait(self) -> "Flow":
        if self.batch_size > 10 and self.window_s == 0:
            raise ValueError("a batch_size over 10 needs a window_s of at least 1")
        return self


class Flows(_Model):
    """One flow a queue."""

    runs: Flow
    slices: Flow
    batches: Flow
    receipts: Flow
    imports: Flow
    notices: Flow
    upkeep: Flow


class Functions(_Model):
    """One sizing a function."""

    inbound: Sizing
    webhook: Sizing
    admin: Sizing
    console: Sizing
    public: Sizing
    join: Sizing
    triggers: Sizing
    activity: Sizing
    notify: Sizing
    launch: Sizing
    plan: Sizing
    send: Sizing
    receipts: Sizing
    importer: Sizing
    upkeep: Sizing

    def __getitem__(self, name: FunctionName) -> Sizing:
        sizing: Sizing = getattr(self, name)
        return sizing


class Settings(_Model):
    """Everything that may differ between two deployments."""

    stage: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,15}$")]
    stack_name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,40}$")]
    retain_data: bool
    bundle_dependencies: bool
    python_version: Literal["3.12", "3.13", "3.14"]
    architecture: Literal["arm64", "x86_64"]
    functions: Functions
    flows: Flows
    upkeep_hour: int = Field(ge=0, le=23)
    max_receive_count: int = Field(ge=1, le=1_000)
    snap_start: list[FunctionName]
    tracing: bool
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]
    log_retention_days: RetentionDays
    environment: dict[str, str]
    api_rate_limit: int = Field(ge=1, le=10_000)
    api_burst_limit: int = Field(ge=1, le=5_000)
    parts_per_second: float = Field(gt=0, le=10_000)
    reply_headroom_percent: float = Field(ge=0, le=90)
    join_per_hour: int = Field(ge=1, le=100_000)
    join_regions: list[Region] = Field(min_length=1)
    console_origins: list[WebAddress]
    public_url: WebAddress | Literal[""]
    webhooks_reach: Literal["public", "private"]
    public_number: Annotated[str, StringConstraints(pattern=rf"^(|{_NUMBER})$")]
    carrier: Literal["end-user-messaging", "sns"]
    manage_carrier: bool
    origination_identity: str
    configuration_set: CarrierName
    opt_out_list: CarrierName
    help_message: str = Field(min_length=1, max_length=1_600)
    stop_message: str = Field(min_length=1, max_length=1_600)
    twilio_secret: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9/_+=.@-]{0,512}$")]
    alarms: bool
    alarm_email: Annotated[str, StringConstraints(pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")]

    @property
    def advertised_number(self) -> str:
        """The number that people see texts come from; "" where only its id is known here."""
        is_number = re.fullmatch(_NUMBER, self.origination_identity)
        return self.public_number or (self.origination_identity if is_number else "")

    @field_validator("origination_identity")
    @classmethod
    def _known_kind_of_identity(cls, identity: str) -> str:
        if not _IDENTITY.match(identity):
            raise ValueError(
                "must be a number (+18005550100), a short code (80808), an id (phone-… or pool-…) "
                "or its ARN; sender ids can't receive texts"
            )
        return identity

    @model_validator(mode="after")
    def _managed_carrier_has_names(self) -> "Settings":
        if self.manage_carrier and not (self.configuration_set and self.opt_out_list):
            raise ValueError("manage_carrier needs a configuration_set and an opt_out_list to make")
        return self


# The settings that `-c name=value` gives as they are; all others it gives as JSON.
_TEXTS = frozenset(
    name
    for name, schema in Settings.model_json_schema()["properties"].items()
    if schema.get("type") == "string" or "anyOf" in schema
)


def load(context: Mapping[str, Any]) -> Settings:
    """The settings of the stage that the context names.

    `context` has `stage`, `settings` (an object per stage, and `common`), and any setting that the
    command line overrides, as text. Raises SettingsError.
    """
    stages = context.get("settings")
    if not isinstance(stages, Mapping) or "common" not in stages:
        raise SettingsError('cdk.json: the context needs "settings" with a "common" object')
    stage = str(context.get("stage"))
    known = sorted(name for name in stages if name != "common")
    if stage not in known:
        raise SettingsError(
            f"unknown stage {stage!r}: cdk.json has settings for {', '.join(known)}"
        )
    values = _merged(stages["common"], {**stages[stage], "stage": stage}, _overrides(context))
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explained(error, stage)) from None


def _merged(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """The layers on top of each other, down to the single value: the last one that has it wins."""
    result: dict[str, Any] = {}
    for name, value in (item for layer in layers for item in layer.items()):
        below = result.get(name)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            result[name] = _merged(below, value)
        else:
            result[name] = value
    return result


def _overrides(context: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: context[name] if name in _TEXTS else _from_json(name, context[name])
        for name in Settings.model_fields
        if name in context and name != "stage"
    }


def _from_json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise SettingsError(f"setting {name}: {text!r} is not JSON") from None


def _explained(error: ValidationError, stage: str) -> str:
    lines = [
        f"  {'.'.join(str(part) for part in one['loc']) or 'settings'}: {one['msg']}"
        for one in error.errors(include_url=False, include_context=False)
    ]
    return f"the settings of stage {stage!r} in cdk.json are wrong:\n" + "\n".join(lines)
