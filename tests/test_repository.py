"""What holds for the repository as a whole: its commands, its locks, and what it may not name."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.support.repository import ROOT, tracked_files

# People's habits and outside checks rely on these names.
LASTING_COMMANDS = {"demo", "test", "up", "check", "bench", "synth", "deploy"}
REGISTRY_HOSTS = re.compile(r"\b(pypi\.org|pythonhosted\.org|npmjs\.(org|com)|yarnpkg\.com)\b")
MACHINE_PATHS = re.compile(
    r"(?<![\w.*])/(root|home/\w+|Users/\w+|work)/\w|/opt/(wheels|pypi)\b|\bfile:///"
)
LISTED = re.compile(r"- \[(\d{4})\]\((\S+)\) (.+)")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)


def makefile_commands() -> set[str]:
    return set(TARGET.findall((ROOT / "Makefile").read_text()))


def readme_commands() -> set[str]:
    readme = (ROOT / "README.md").read_text()
    code = re.findall(r"```.*?```|`[^`\n]+`", readme, re.DOTALL)
    calls = (re.findall(r"\bmake((?: +[a-z][a-z-]*)+)", snippet) for snippet in code)
    return {name for call in calls for names in call for name in names.split()}


def pins(lock: str) -> set[str]:
    """The `name==version` of every requirement in a lock, without markers and hashes."""
    return set(re.findall(r"^[a-z0-9][^\s;]*==[^\s;]+", lock, re.MULTILINE))


def requirements(lock: str) -> list[str]:
    """Each requirement of a lock with its continuation lines."""
    return re.findall(r"^[a-z0-9](?:.*\\\n)*.*$", lock, re.MULTILINE)


def test_nothing_tracked_names_a_package_registry_or_a_place_on_one_machine() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for pattern in (REGISTRY_HOSTS, MACHINE_PATHS):
            found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in pattern.finditer(text)]
    assert found == []


def test_the_commands_that_people_rely_on_exist() -> None:
    assert makefile_commands() >= LASTING_COMMANDS


def test_every_make_command_of_the_readme_exists() -> None:
    assert readme_commands() <= makefile_commands()


def test_the_readme_explains_the_commands_that_people_rely_on() -> None:
    assert readme_commands() >= LASTING_COMMANDS


def test_make_help_lists_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text()
    explained = set(re.findall(r"^([a-z][a-z-]*):.*## \S", makefile, re.MULTILINE))
    assert explained == makefile_commands()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_locked_package_has_its_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert requirements(text)
    assert [one for one in requirements(text) if "--hash=sha256:" not in one] == []
    assert re.findall(r"https?://| @ |--(?:extra-)?index|--find-links", text) == []


def test_what_is_deployed_is_locked_to_what_is_tested() -> None:
    everything = pins((ROOT / "requirements" / "dev.txt").read_text())
    for lock in LOCKS:
        assert pins(lock.read_text()) <= everything, lock.name


def test_there_is_one_lock_for_each_dependency_group() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert {lock.stem for lock in LOCKS} == set(project["dependency-groups"])


def test_the_cdk_command_line_is_a_pinned_version_2() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]["aws-cdk"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert re.fullmatch(r"2\.\d+\.\d+", wanted)
    assert locked["node_modules/aws-cdk"]["version"] == wanted


def test_every_decision_is_in_the_index_by_its_title() -> None:
    folder = ROOT / "docs" / "decisions"
    first_lines = {one.name: one.read_text().partition("\n")[0] for one in folder.glob("0*.md")}
    lines = (folder / "README.md").read_text().splitlines()
    index = [one.groups() for line in lines if (one := LISTED.fullmatch(line))]
    assert {name: f"# {number} · {title}" for number, name, title in index} == first_lines
