"""Starting the Lambda workers before the first customer texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import httpx

from sayso_local.stack.aws import LocalAws

# Those that hang on a topic or a queue take a delivery of nothing; with this many workers each, as
# a worker answers one call at a time and customers text at once. The others answer HTTP: the health
# check has started `public`, and setting up the shop starts `admin`.
_FED = {"Inbound": 3, "Launch": 1, "Plan": 1, "Send": 1, "Receipts": 1, "Triggers": 1}
_NOTHING = json.dumps({"Records": []}).encode()
_UNSIGNED = "{}"


def warm(aws: LocalAws, api: str, outputs: Mapping[str, str]) -> list[str]:
    """Start the functions side by side; return a sentence for each that does not even start."""
    calls = [name for name, workers in _FED.items() for _ in range(workers)]
    with ThreadPoolExecutor(max_workers=len(calls) + 2) as pool:
        pool.submit(_knock, f"{api}/inbound/sns")
        pool.submit(_knock, f"{api}/console/session")
        answers = list(pool.map(lambda name: _call(aws, outputs[f"{name}FunctionName"]), calls))
    complaints = {name: answer for name, answer in zip(calls, answers, strict=True) if answer}
    return [f"The function '{name.lower()}' fails: {why}" for name, why in complaints.items()]


def _call(aws: LocalAws, function: str) -> str:
    answer = aws.functions().invoke(FunctionName=function, Payload=_NOTHING)
    payload = answer["Payload"].read()
    if "FunctionError" not in answer:
        return ""
    return str(json.loads(payload).get("errorMessage", payload))


def _knock(url: str) -> None:
    """The web hook refuses an unsigned request, and the console one that says nothing of whom.

    Both have to start to do so.
    """
    with httpx.Client(trust_env=False, timeout=30) as http:
        http.post(url, content=_UNSIGNED)
