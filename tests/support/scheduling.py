"""Which tests stay on one worker: those that share what takes long to make."""

from typing import Any

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# One worker synthesizes the stages, and simulates the month, for all.
_FOLDERS = ("tests/infra/",)
_MODULES = ("tests/local/", "tests/browser/", "tests/simulation/test_month.py")


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """What `--dist loadgroup` is for: xdist 3.8 hides its groups where pytest 9.2 does not look."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """The name of those that a test stays with; its own where it may go anywhere."""
    for folder in _FOLDERS:
        if nodeid.startswith(folder):
            return folder
    return nodeid.partition("::")[0] if nodeid.startswith(_MODULES) else nodeid


def scheduler(config: Any, log: Any) -> Together | None:
    """For xdist to ask; None where something else was asked for than `--dist loadgroup`."""
    return Together(config, log) if config.getoption("dist") == "loadgroup" else None
