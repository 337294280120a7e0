"""When the stack is synthesized again, and what is read from the result."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from sayso_local.errors import CommandError
from sayso_local.places import Places
from sayso_local.stack import synthesis
from sayso_local.stack.assembly import Assembly, Carrier


def project(root: Path) -> Path:
    """A project with the inputs of a synthesis."""
    files = ("infra/app.py", "functions/sayso/__init__.py", "web/console/dom.js")
    for name in (*files, "requirements/lambda.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("1")
    (root / "requirements" / "infra.txt").write_text("1")
    (root / "cdk.json").write_text("{}")
    return root


@pytest.mark.parametrize(
    "changed",
    [
        *("infra/app.py", "functions/sayso/__init__.py", "cdk.json", "functions/sayso/new.py"),
        *("web/console/dom.js", "web/console/new.js"),
    ],
)
def test_a_change_to_what_is_deployed_means_a_new_synthesis(changed: str, tmp_path: Path) -> None:
    before = synthesis.fingerprint(project(tmp_path))
    (tmp_path / changed).write_text("2")
    assert synthesis.fingerprint(tmp_path) != before


@pytest.mark.parametrize(
    "changed", ["README.md", "functions/sayso/__pycache__/x.pyc", "web/phones/a.js"]
)
def test_other_changes_need_none(changed: str, tmp_path: Path) -> None:
    before = synthesis.fingerprint(project(tmp_path))
    (tmp_path / changed).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / changed).write_text("2")
    assert synthesis.fingerprint(tmp_path) == before


def test_the_synthesized_stack_is_cached_and_says_what_its_carrier_is(tmp_path: Path) -> None:
    key = synthesis.fingerprint()
    first = synthesis.assembly(key, tmp_path / "synth.log")
    written = (first / "manifest.json").stat().st_mtime_ns
    assert synthesis.is_cached(key)
    second = synthesis.assembly(key, tmp_path / "synth.log")
    assert (second / "manifest.json").stat().st_mtime_ns == written
    read = Assembly.read(first)
    assert read.carrier == Carrier("80808", "sayso", "sayso")
    assert {asset.bucket for asset in read.assets} == {
        "cdk-hnb659fds-assets-000000000000-us-east-1"
    }


def test_an_asset_folder_is_zipped_the_same_way_every_time(tmp_path: Path) -> None:
    folder = cloud_assembly(tmp_path)
    (first,), (second,) = Assembly.read(folder).assets, Assembly.read(folder).assets
    assert first.content() == second.content()
    with zipfile.ZipFile(io.BytesIO(first.content())) as archive:
        assert archive.read("sayso/__init__.py") == b"code"


def test_an_assembly_without_a_stack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"artifacts": {}}')
    with pytest.raises(CommandError, match="0 stacks where one was expected"):
        Assembly.read(tmp_path)


def test_a_stack_that_texts_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="origination number"):
        _ = Assembly.read(cloud_assembly(tmp_path)).carrier


def test_a_failing_synthesis_shows_the_end_of_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthesis, "PROJECT", tmp_path)
    monkeypatch.setattr(synthesis, "SYNTH_CACHE", tmp_path / "synth")
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "__init__.py").touch()
    (tmp_path / "infra" / "app.py").write_text("raise SystemExit('the settings are wrong')")
    with pytest.raises(CommandError, match="the settings are wrong"):
        synthesis.assembly("key", tmp_path / "synth.log")
    assert list((tmp_path / "synth").iterdir()) == []


def test_state_is_kept_where_the_person_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAYSO_STATE", raising=False)
    assert Places.choose().state.name == ".sayso"
    monkeypatch.setenv("SAYSO_STATE", str(tmp_path / "variable"))
    assert Places.choose().state == tmp_path / "variable"
    assert Places.choose(str(tmp_path / "option")).state == tmp_path / "option"


def cloud_assembly(folder: Path) -> Path:
    """A stack with one zipped asset and no resource, as the CDK writes it."""
    artifacts = {
        "Shop": {
            "type": "aws:cloudformation:stack",
            "properties": {"templateFile": "template.json", "stackName": "Shop"},
        },
        "Shop.assets": {"type": "cdk:asset-manifest", "properties": {"file": "assets.json"}},
    }
    destination = {"bucketName": "assets-${AWS::AccountId}", "objectKey": "code.zip"}
    source = {"path": "asset.code", "packaging": "zip"}
    files = {"code": {"source": source, "destinations": {"here": destination}}}
    (folder / "asset.code" / "sayso").mkdir(parents=True)
    (folder / "asset.code" / "sayso" / "__init__.py").write_text("code")
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    (folder / "assets.json").write_text(json.dumps({"files": files}))
    (folder / "template.json").write_text('{"Resources": {}}')
    return folder
