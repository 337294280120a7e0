"""What the function that answers texts may load: each package is paid for in every cold start."""

import subprocess
import sys

import pytest

from benchmarks.children import environment, function_settings

# The SDK with what it needs, the logger and the metrics; typing_extensions is the logger's. The SDK
# loads certifi where it finds it: here, but not in the asset, which has none.
AFFORDED = {
    *("sayso", "aws_lambda_powertools", "typing_extensions", "certifi"),
    *("botocore", "urllib3", "jmespath", "dateutil", "six"),
}
# Parts of Python and of afforded packages that cost more than they would give here.
TOO_DEAR = {
    *("asyncio", "multiprocessing", "sqlite3", "unittest", "zoneinfo"),
    *("aws_lambda_powertools.event_handler", "aws_lambda_powertools.utilities.parser"),
    *("sayso.adapters.secrets", "sayso.adapters.signatures", "sayso.handlers.admin_api"),
    *("sayso.domain.codes", "sayso.domain.counter_words", "sayso.handlers.counter_texts"),
}
TELL = "import sys; print(*sys.modules, sep='\\n')"


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after `code`, less an empty one's."""
    return _modules(f"{code}\n{TELL}") - _modules(TELL)


def _modules(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        env=environment(function_settings("inbound")),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    return loaded_by("import sayso.handlers.inbound")


def test_start_up_makes_the_clients_too(loaded: set[str]) -> None:
    # Signing and serializing are loaded when a client is made.
    assert {"botocore.auth", "botocore.serialize", "botocore.retries.standard"} <= loaded


def test_the_inbound_function_loads_no_package_beyond_its_budget(loaded: set[str]) -> None:
    packages = {name.partition(".")[0] for name in loaded}
    assert packages - set(sys.stdlib_module_names) <= AFFORDED


def test_the_inbound_function_loads_nothing_too_dear(loaded: set[str]) -> None:
    assert loaded & TOO_DEAR == set()


def test_a_package_over_the_budget_would_be_noticed() -> None:
    assert {"pydantic", "zoneinfo"} <= loaded_by("import pydantic, zoneinfo")


def test_start_up_looks_for_garbage_never_in_full() -> None:
    code = "import sayso.handlers.inbound, gc; print(gc.get_stats()[2]['collections'])"
    assert _modules(code) == {"0"}


# Defaults of other models' fields: the document shows them.
MODELS_IN_USE = {"AudienceForm", "CapsForm", "SpendLimitsForm"}
TELL_READY_MODELS = """
from sayso.handlers import admin
from sayso.handlers.admin_api.forms import Model
def below(model):
    for one in model.__subclasses__():
        yield from (one, *below(one))
print(*(one.__name__ for one in below(Model) if one.__pydantic_complete__))
"""


def test_the_admin_function_makes_no_model_ready_that_no_request_has_used() -> None:
    assert _modules(TELL_READY_MODELS) == MODELS_IN_USE
