"""A function's settings: environment variables, read once at start."""

import os

from sayso.adapters.carriers import CarrierSettings


class MissingSetting(Exception):
    """An environment variable that the function cannot do without is not set."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the environment variable {name} is not set")


def required(name: str) -> str:
    """The value of an environment variable. Raises MissingSetting where it is unset or empty."""
    value = os.environ.get(name, "")
    if not value:
        raise MissingSetting(name)
    return value


def optional(name: str) -> str:
    """The value of an environment variable that may be unset."""
    return os.environ.get(name, "")


def carrier_settings() -> CarrierSettings:
    """How this deployment reaches its carrier."""
    return CarrierSettings(
        carrier=required("CARRIER"),
        origination_identity=required("ORIGINATION_IDENTITY"),
        configuration_set=optional("CONFIGURATION_SET"),
        opt_out_list=optional("OPT_OUT_LIST"),
    )
