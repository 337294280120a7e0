"""Telling the functions at which address people find the API of this machine."""

from __future__ import annotations

from collections.abc import Mapping

from sayso_local.stack.aws import LocalAws

_SETTING = "PUBLIC_URL"


def tell_address(aws: LocalAws, outputs: Mapping[str, str], api: str) -> None:
    """Set it wherever the stack has set the API's own, which is on amazonaws.com."""
    functions = aws.functions()
    for name in (name for output, name in outputs.items() if output.endswith("FunctionName")):
        found = functions.get_function_configuration(FunctionName=name)
        variables = found.get("Environment", {}).get("Variables", {})
        if variables.get(_SETTING, "") not in ("", api):
            functions.update_function_configuration(
                FunctionName=name, Environment={"Variables": {**variables, _SETTING: api}}
            )
