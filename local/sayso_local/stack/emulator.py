"""The embedded AWS: MiniStack, as a child process on loopback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sayso_local.places import Places
from sayso_local.stack.ports import LOOPBACK

MODULE = "ministack"
READY_PATH = "/_ministack/ready"
# How long an extra Lambda worker waits for another call; the first of a function stays for good.
_WARM_SECONDS = 600


def environment(places: Places, port: int, carrier: str) -> dict[str, str]:
    """The whole environment of the emulator, which its Lambda workers inherit.

    Nothing of the developer's own comes through: no credentials, no profile, no Docker (where the
    emulator would tidy containers). `carrier` is where the Lambdas' carrier client goes.
    """
    return {
        **clean_environment(places),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": LOOPBACK,
        "MINISTACK_REGION": "us-east-1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": "unix:///nonexistent",
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        "STATE_DIR": str(places.data / "aws"),
        "S3_DATA_DIR": str(places.data / "s3"),
        "LAMBDA_WARM_TTL_SECONDS": str(_WARM_SECONDS),
        "AWS_ENDPOINT_URL": f"http://{LOOPBACK}:{port}",
        "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2": carrier,
    }


def clean_environment(places: Places) -> dict[str, str]:
    """What every child of the local stack starts with."""
    interpreter = str(Path(sys.executable).parent)
    return {
        "PATH": os.pathsep.join((interpreter, os.environ.get("PATH", os.defpath))),
        "HOME": str(places.scratch),
        "TMPDIR": str(places.scratch),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
