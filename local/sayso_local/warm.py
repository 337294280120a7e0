"""Starting the Lambda workers before the first customer texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sayso_local.aws import LocalAws

# Every function that hangs on a topic or a queue takes a delivery of nothing.
_NOTHING = json.dumps({"Records": []}).encode()


def warm(aws: LocalAws, functions: Sequence[str]) -> None:
    """Call each of the functions once with an empty delivery, side by side."""
    with ThreadPoolExecutor(max_workers=max(1, len(functions))) as pool:
        list(pool.map(partial(_call, aws), functions))


def _call(aws: LocalAws, function: str) -> None:
    aws.functions().invoke(FunctionName=function, Payload=_NOTHING)["Payload"].read()
