"""Reading a CDK cloud assembly: which stack it holds and which assets that needs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso_local.errors import CommandError
from sayso_local.stack.aws import ACCOUNT, REGION

# Zip files know no earlier moment; a fixed one keeps equal contents byte-equal.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Asset:
    """A file, or a folder to be zipped, and where CloudFormation expects it in S3."""

    source: Path
    zipped: bool
    bucket: str
    key: str

    def content(self) -> bytes:
        return _zip(self.source) if self.zipped else self.source.read_bytes()


@dataclass(frozen=True)
class Carrier:
    """What the functions ask of their carrier, and the simulator therefore has to have."""

    number: str
    configuration_set: str
    opt_out_list: str


@dataclass(frozen=True)
class Assembly:
    """One stack, ready to deploy."""

    stack_name: str
    template: str
    assets: tuple[Asset, ...]

    @classmethod
    def read(cls, folder: Path) -> Assembly:
        """Raise CommandError unless the assembly in `folder` holds exactly one stack."""
        artifacts = json.loads((folder / "manifest.json").read_text())["artifacts"]
        stacks = {
            name: artifact["properties"]
            for name, artifact in artifacts.items()
            if artifact["type"] == "aws:cloudformation:stack"
        }
        if len(stacks) != 1:
            raise CommandError(f"{folder} holds {len(stacks)} stacks where one was expected.")
        ((name, properties),) = stacks.items()
        template = (folder / properties["templateFile"]).read_text()
        return cls(properties.get("stackName", name), template, tuple(_assets(folder, artifacts)))

    @property
    def carrier(self) -> Carrier:
        """As the inbound function is told by its environment."""
        for resource in json.loads(self.template)["Resources"].values():
            if resource["Type"] == "AWS::Lambda::Function":
                settings = resource["Properties"].get("Environment", {}).get("Variables", {})
                if "ORIGINATION_IDENTITY" in settings:
                    return Carrier(
                        number=settings["ORIGINATION_IDENTITY"],
                        configuration_set=settings["CONFIGURATION_SET"],
                        opt_out_list=settings["OPT_OUT_LIST"],
                    )
        raise CommandError(f"No function of stack {self.stack_name} has an origination number.")


def _assets(folder: Path, artifacts: dict[str, Any]) -> Iterator[Asset]:
    for artifact in artifacts.values():
        if artifact["type"] != "cdk:asset-manifest":
            continue
        manifest = json.loads((folder / artifact["properties"]["file"]).read_text())
        for entry in manifest.get("files", {}).values():
            source = entry["source"]
            for destination in entry["destinations"].values():
                yield Asset(
                    source=folder / source["path"],
                    zipped=source.get("packaging") == "zip",
                    bucket=_resolve(destination["bucketName"]),
                    key=destination["objectKey"],
                )


def _resolve(name: str) -> str:
    for placeholder, value in (("AccountId", ACCOUNT), ("Region", REGION), ("Partition", "aws")):
        name = name.replace(f"${{AWS::{placeholder}}}", value)
    return name


def _zip(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(str(path.relative_to(folder)), _EPOCH)
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()
