"""Synthesizes a stage's stack: `python -m infra.app`, by itself or for the CDK's command line."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aws_cdk import App, AssetHashType, Validations
from aws_cdk import aws_lambda as lambda_
from cdk_nag import AwsSolutionsChecks

from infra.bundle import ROOT, BundleError, bundle
from infra.config import Settings, SettingsError, load
from infra.stack import SaysoStack

_ASSETS = ROOT / ".sayso" / "assets"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the cloud assembly, checked by cdk-nag; 0 if there is nothing to complain of."""
    given = _parser().parse_args(arguments)
    try:
        settings = synthesize({**read_context(), **_overrides(given)}, given.output)
    except (SettingsError, BundleError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _warn(settings)
    return 0


def synthesize(context: Mapping[str, Any], output: str | None, assets: Path = _ASSETS) -> Settings:
    """Write the assembly of the context's stage and settings; the settings as they turned out.

    Without an `output` the folder is the one that the CDK's command line expects; its context
    beats the given one. Raises SettingsError and BundleError, and whatever cdk-nag stops at.
    """
    app = App(outdir=output, context=context)
    settings = load(app.node.get_all_context())
    bundled = bundle(settings, assets)
    code = lambda_.Code.from_asset(
        str(bundled), asset_hash=bundled.name, asset_hash_type=AssetHashType.CUSTOM
    )
    SaysoStack(app, settings.stack_name, settings=settings, code=code)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    app.synth()
    return settings


def read_context() -> dict[str, Any]:
    """cdk.json's context."""
    context: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]
    return context


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.app", description=__doc__)
    parser.add_argument("--stage", help="a stage of cdk.json's settings")
    parser.add_argument("--output", help="folder of the cloud assembly")
    parser.add_argument(
        "--context", "-c", action="append", default=[], metavar="NAME=VALUE", help="a setting"
    )
    return parser


def _overrides(given: argparse.Namespace) -> dict[str, str]:
    pairs = (text.partition("=") for text in given.context)
    overrides = {name: value for name, _, value in pairs}
    return {**overrides, "stage": given.stage} if given.stage else overrides


def _warn(settings: Settings) -> None:
    if not settings.origination_identity:
        sys.stderr.write(
            "origination_identity is not set: the functions that text people will not start "
            "before it is (docs/operations.md)\n"
        )


if __name__ == "__main__":
    sys.exit(main())
