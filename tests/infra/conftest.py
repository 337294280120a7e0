"""The stack of each stage, synthesized once for all tests of the infrastructure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.app import read_context
from infra.app import synthesize as synthesize_assembly
from tests.infra.template import Template

Synthesize = Callable[..., Template]


@pytest.fixture(scope="session", autouse=True)
def _on_one_worker(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A synthesis takes so long that a second worker would be slower than none."""
    if pytestconfig.getoption("loadgroup", default=False):
        (tmp_path_factory.getbasetemp().parent / "infra").touch(exist_ok=False)


@pytest.fixture(scope="session")
def synthesize(tmp_path_factory: pytest.TempPathFactory) -> Synthesize:
    """Synthesizes a stage with settings as `-c` takes them, each combination once.

    Dependencies are left out of the asset: the template is the same without them.
    """
    made: dict[str, Template] = {}
    assets = tmp_path_factory.mktemp("assets")

    def synthesize(stage: str = "prod", **settings: str) -> Template:
        key = repr((stage, sorted(settings.items())))
        if key not in made:
            made[key] = _synthesize(tmp_path_factory.mktemp(stage), assets, stage, settings)
        return made[key]

    return synthesize


@pytest.fixture(scope="session")
def prod(synthesize: Synthesize) -> Template:
    return synthesize("prod")


@pytest.fixture(scope="session")
def local(synthesize: Synthesize) -> Template:
    return synthesize("local")


@pytest.fixture(scope="session", params=["prod", "local"])
def any_stage(request: pytest.FixtureRequest, synthesize: Synthesize) -> Template:
    return synthesize(request.param)


def _synthesize(output: Path, assets: Path, stage: str, settings: dict[str, str]) -> Template:
    context = {**read_context(), "stage": stage, "bundle_dependencies": "false", **settings}
    loaded = synthesize_assembly(context, str(output), assets)
    return Template(output / f"{loaded.stack_name}.template.json")
