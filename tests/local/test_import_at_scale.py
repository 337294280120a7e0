"""A hundred thousand subscribers come in from one file: in time, in little memory, none lost."""

import csv
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso_local.client import Stack
from sayso_local.imports import import_file
from tests.local.running import running_stack
from tests.support.sheets import GOOD

logger = logging.getLogger(__name__)
pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(480)]

ROWS, WARM_UP = 100_000, 10_000
SECONDS_AT_MOST = 180
# Of a worker that has imported a tenth of it before.
MORE_MB_AT_MOST = 16


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Not the stack of the other tests: their campaigns would text all of these people."""
    with running_stack(tmp_path_factory.mktemp("scale")) as stack:
        yield stack


def write(path: Path, rows: int, first: int) -> Path:
    """A file in which each hundredth row is bad, in five ways in turn."""
    with path.open("w", newline="", encoding="utf-8") as sink:
        writer = csv.DictWriter(sink, [*GOOD, "location"])
        writer.writeheader()
        for number in range(rows):
            row = GOOD | {"phone": f"+1312{first + number}", "location": "Downtown"}
            writer.writerow(row | (bad(first, number) if number % 100 == 37 else {}))
    return path


def bad(first: int, number: int) -> dict[str, str]:
    return (
        {"phone": "1.31256E+10"},
        {"agreed_to": ""},
        {"opted_in_at": "2125-01-01"},
        {"location": "Mars"},
        {"phone": f"+1312{first + number - 1}"},
    )[number // 100 % 5]


def peak_mb(stack: Stack) -> float:
    """The most memory that an importer of this stack has ever had."""
    port = stack.aws.endpoint.rpartition(":")[2]
    peaks = [
        int(line.split()[1]) / 1024
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and is_importer(process, port)
        for line in (process / "status").read_text().splitlines()
        if line.startswith("VmHWM")
    ]
    return max(peaks)


def is_importer(process: Path, port: str) -> bool:
    try:
        found = (process / "environ").read_bytes()
    except OSError:
        return False
    return b"POWERTOOLS_SERVICE_NAME=importer" in found and f":{port}\0".encode() in found


def test_a_hundred_thousand_rows_are_imported_in_time_and_in_the_memory_of_ten_thousand(
    own_stack: Stack, tmp_path: Path
) -> None:
    warm_up = import_file(own_stack, write(tmp_path / "small.csv", WARM_UP, 2_000_000))
    before = peak_mb(own_stack)

    result = import_file(own_stack, write(tmp_path / "large.csv", ROWS, 3_000_000))
    after = peak_mb(own_stack)

    # pytest --log-cli-level=INFO shows it.
    logger.info("%.1f s; %.0f MB, then %.0f MB", result.seconds, before, after)
    assert (warm_up.imported, warm_up.refused) == (WARM_UP * 99 // 100, WARM_UP // 100)
    assert (result.rows, result.imported, result.refused) == (ROWS, ROWS * 99 // 100, ROWS // 100)
    assert set(result.reasons.values()) == {ROWS // 500}
    assert result.seconds < SECONDS_AT_MOST
    assert after - before < MORE_MB_AT_MOST
    assert result.refused_file is not None
    with result.refused_file.open(encoding="utf-8-sig", newline="") as listed:
        numbers = [int(row["row"]) for row in csv.DictReader(listed)]
    assert numbers == [number + 2 for number in range(37, ROWS, 100)]
