"""The repository as a developer sees it: its root and the files that git tracks."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked_files() -> list[Path]:
    """Every file under version control, as absolute paths; those just deleted are left out."""
    git = shutil.which("git")
    assert git, "these tests read the list of tracked files from git"
    listing = subprocess.run(
        [git, "-C", str(ROOT), "ls-files", "-z"], check=True, capture_output=True, text=True
    ).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]
