"""The first text is answered as quickly as the next; a function that does not start is named."""

import io
import zipfile
from collections.abc import Iterator

import pytest

from sayso_local.client import Stack
from sayso_local.stack.deployment import Deployment
from sayso_local.stack.warm import warm


@pytest.fixture
def broken(stack: Stack) -> Iterator[str]:
    """The name of a function whose module does not import."""
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("handler.py", "import a_module_that_is_not_there")
    functions = stack.aws.functions()
    functions.create_function(
        FunctionName="broken",
        Runtime="python3.13",
        Handler="handler.handler",
        Role="arn:aws:iam::000000000000:role/none",
        Code={"ZipFile": code.getvalue()},
    )
    yield "broken"
    functions.delete_function(FunctionName="broken")


def test_every_function_of_the_stack_starts(stack: Stack) -> None:
    outputs = Deployment(stack.aws).outputs(stack.running.stack)
    assert warm(stack.aws, stack.api, outputs) == []


def test_a_function_that_does_not_start_is_named_with_the_reason(stack: Stack, broken: str) -> None:
    outputs = Deployment(stack.aws).outputs(stack.running.stack)
    with_a_broken_one = {**outputs, "SendFunctionName": broken}
    (complaint,) = warm(stack.aws, stack.api, with_a_broken_one)
    assert complaint.startswith("The function 'send' fails: ")
    assert "a_module_that_is_not_there" in complaint
