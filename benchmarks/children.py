"""Interpreters that the benchmarks start, all in the same clean environment."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What a Lambda worker would find in its environment, and nothing of this machine's own."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_SESSION_TOKEN": "local",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        **extra,
    }


def function_settings(name: str) -> dict[str, str]:
    """The environment variables that the deployment gives a function, all of them filled in."""
    arn = "arn:aws:{}:us-east-1:000000000000:{}".format
    queue = "https://sqs.us-east-1.amazonaws.com/000000000000/runs"
    return {
        "TABLE_NAME": "sayso",
        "CARRIER": "end-user-messaging",
        "ORIGINATION_IDENTITY": "80808",
        "CONFIGURATION_SET": "sayso",
        "OPT_OUT_LIST": "sayso",
        "PARTS_PER_SECOND": "100000",
        "REPLY_HEADROOM_PERCENT": "10",
        "RUNS_QUEUE_URL": queue,
        "BATCHES_QUEUE_URL": queue,
        "RUNS_QUEUE_ARN": arn("sqs", "runs"),
        "IMPORTS_QUEUE_URL": queue,
        "IMPORTS_BUCKET": "sayso-imports",
        "UPKEEP_QUEUE_URL": queue,
        "NOTICES_QUEUE_URL": queue,
        "SCHEDULE_GROUP": "sayso",
        "SCHEDULE_ROLE_ARN": "arn:aws:iam::000000000000:role/sayso-scheduler",
        "SCHEDULE_DLQ_ARN": arn("sqs", "schedules-not-delivered"),
        "LOG_LEVEL": "INFO",
        "POWERTOOLS_SERVICE_NAME": name,
        "POWERTOOLS_METRICS_NAMESPACE": "Sayso",
        "AWS_LAMBDA_FUNCTION_NAME": name,
    }


def lifetime(code: str, settings: Mapping[str, str]) -> float:
    """Seconds that a fresh interpreter takes to run `code`, up to the code's end.

    Raises CalledProcessError with what the interpreter said.
    """
    # Lambda never takes an interpreter down in order: neither does this one.
    command = [sys.executable, "-I", "-c", f"{code}\nimport os; os._exit(0)"]
    started = time.perf_counter()
    subprocess.run(command, env=environment(settings), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


@contextmanager
def child(
    module: str, *arguments: str, settings: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """`python -m module` with pipes as its stdin and stdout, and ended at last."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment(settings or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer_of(process: subprocess.Popen[str]) -> str:
    """The next line that a child prints. Raises RuntimeError if it ends without one."""
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"{process.args!r} ended with {process.wait()}")
    return line.strip()


def ask(process: subprocess.Popen[str], question: str) -> str:
    """A child's answer to a line on its stdin."""
    if process.stdin is None:
        raise RuntimeError(f"{process.args!r} takes no questions")
    process.stdin.write(f"{question}\n")
    process.stdin.flush()
    return answer_of(process)
