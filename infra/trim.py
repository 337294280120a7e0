"""Leaving out of the asset what no function reads: most of the AWS SDK's size is other services."""

import shutil
from pathlib import Path

# Of botocore's 29 MB of service descriptions these are what the functions call.
SERVICES = frozenset(
    {
        *("cognito-idp", "dynamodb", "pinpoint-sms-voice-v2", "s3", "scheduler"),
        *("secretsmanager", "sns", "sqs"),
    }
)
# Folders of packages that nothing reads here: names of places and carriers are nine tenths of
# phonenumbers; the formats of locales, and zones that tzdata has too, come along with Liquid.
_NOT_READ = (
    *("phonenumbers/carrierdata", "phonenumbers/geodata", "phonenumbers/tzdata"),
    *("babel/locale-data", "pytz/zoneinfo"),
)
# Some packages look up their own version when they are imported.
_KEPT_OF_METADATA = "METADATA"


def trim(folder: Path) -> None:
    """Remove tests, stubs, commands and other services' descriptions from installed packages."""
    for path in [*folder.rglob("__pycache__"), *folder.glob("*/tests"), folder / "bin"]:
        _remove(path)
    for path in [*folder.rglob("*.pyi"), *folder.rglob("*.pyc"), *folder.rglob("examples-1.json*")]:
        path.unlink(missing_ok=True)
    for path in folder.glob("*.dist-info/*"):
        if path.name != _KEPT_OF_METADATA:
            _remove(path)
    for name in _NOT_READ:
        _remove(folder / name)
    for path in (folder / "botocore" / "data").glob("*/"):
        if path.name not in SERVICES:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
