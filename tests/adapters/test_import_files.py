"""What every ImportFiles does: the one in a bucket and the fake of the use cases' tests."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ReadTimeoutError
from moto import mock_aws

from sayso.adapters import import_files
from sayso.adapters.import_files import CONFIG, S3ImportFiles
from sayso.domain.imports.job import Phase
from sayso.services.ports.imports import FileGone, ImportFiles
from tests.fakes.imports import FakeImportFiles
from tests.support.bluebird import NOON

ID = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
BUCKET = "sayso-test-imports"
CHECK, IMPORT = Phase.CHECK, Phase.IMPORT
Upload = Callable[[bytes], None]


def s3(region: str = "us-east-1", **settings: Any) -> Any:
    config = CONFIG.merge(Config(**settings)) if settings else CONFIG
    return botocore.session.get_session().create_client("s3", region_name=region, config=config)


@pytest.fixture
def bucket() -> Iterator[Any]:
    """An S3 client with one bucket."""
    with mock_aws():
        client = s3()
        client.create_bucket(Bucket=BUCKET)
        yield client


@pytest.fixture(params=["fake", "s3"])
def shelf(request: pytest.FixtureRequest) -> tuple[ImportFiles, Upload]:
    """The files, and what an uploader does."""
    if request.param == "fake":
        fake = FakeImportFiles()
        return fake, lambda content: fake.upload(ID, content)
    client = request.getfixturevalue("bucket")
    upload = lambda content: client.put_object(  # noqa: E731
        Bucket=BUCKET, Key=f"files/{ID}.csv", Body=content
    )
    return S3ImportFiles(lambda: client, BUCKET), upload


def test_what_was_uploaded_is_read_in_pieces(shelf: tuple[ImportFiles, Upload]) -> None:
    files, upload = shelf
    content = b"phone,medium\r\n" * 50_000
    upload(content)

    found = files.uploaded(ID)

    assert found is not None
    assert found.bytes == len(content)
    pieces = list(files.read(ID, found.version))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 256 * 1024


def test_what_was_not_uploaded_is_not_there(shelf: tuple[ImportFiles, Upload]) -> None:
    files, _ = shelf

    assert files.uploaded(ID) is None
    with pytest.raises(FileGone):
        list(files.read(ID, "v1"))


def test_another_file_under_the_same_name_is_another_file(
    shelf: tuple[ImportFiles, Upload],
) -> None:
    files, upload = shelf
    upload(b"one")
    found = files.uploaded(ID)
    assert found is not None
    upload(b"two")

    with pytest.raises(FileGone):
        list(files.read(ID, found.version))


def test_the_list_of_refused_rows_is_put_together_from_its_parts(bucket: Any) -> None:
    files = S3ImportFiles(lambda: bucket, BUCKET)
    files.add_refused(ID, IMPORT, 1, "2,é\r\n")
    files.add_refused(ID, IMPORT, 2, "to be replaced")
    files.add_refused(ID, IMPORT, 2, "3,b\r\n")
    files.add_refused(ID, CHECK, 1, "of another phase")
    assert files.refused(ID, IMPORT, NOON) is None

    files.publish_refused(ID, IMPORT, "row,name\r\n", 2)

    stored = bucket.get_object(Bucket=BUCKET, Key=f"refused/{ID}/import.csv")
    rows = list(csv.reader(io.StringIO(stored["Body"].read().decode(), newline="")))
    assert rows == [["row", "name"], ["2", "é"], ["3", "b"]]
    assert files.refused(ID, IMPORT, NOON) is not None
    assert files.refused(ID, CHECK, NOON) is None


def test_the_address_to_upload_to_is_signed_for_one_size_and_a_quarter_of_an_hour(
    bucket: Any,
) -> None:
    address = S3ImportFiles(lambda: bucket, BUCKET).upload_to(ID, 2048, NOON)

    query = parse_qs(urlsplit(address.url).query)
    assert query["X-Amz-SignedHeaders"] == ["content-length;host"]
    assert query["X-Amz-Expires"] == ["900"]
    assert (address.expires_at - NOON).total_seconds() == 900


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_an_address_names_the_region_so_that_no_redirect_breaks_its_signature(region: str) -> None:
    with mock_aws():
        address = S3ImportFiles(lambda: s3(region), BUCKET).upload_to(ID, 2048, NOON)

    assert urlsplit(address.url).hostname == f"{BUCKET}.s3.{region}.amazonaws.com"
    assert urlsplit(address.url).path == f"/files/{ID}.csv"


def test_the_list_is_downloaded_under_a_name_of_its_own(bucket: Any) -> None:
    files = S3ImportFiles(lambda: bucket, BUCKET)
    files.publish_refused(ID, CHECK, "row\r\n", 0)

    address = files.refused(ID, CHECK, NOON)

    assert address is not None
    named = parse_qs(urlsplit(address.url).query)["response-content-disposition"]
    assert named == [f'attachment; filename="refused-{ID}.csv"']


class Breaking:
    """A client whose downloads break off after five bytes, `times` times."""

    def __init__(self, content: bytes, times: int) -> None:
        self.content, self.times, self.asked = content, times, list[str]()

    def get_object(self, **wanted: str) -> dict[str, Any]:
        self.asked.append(wanted.get("Range", ""))
        start = int(wanted.get("Range", "bytes=0-")[6:-1])
        return {"Body": self._Body(self, self.content[start:])}

    class _Body:
        def __init__(self, client: "Breaking", rest: bytes) -> None:
            self.client, self.rest = client, rest

        def iter_chunks(self, _: int) -> Iterator[bytes]:
            if self.client.times > 0:
                self.client.times -= 1
                yield self.rest[:5]
                raise ReadTimeoutError(endpoint_url="s3")
            yield self.rest


def test_a_download_that_breaks_is_taken_up_where_it_broke() -> None:
    client = Breaking(b"phone,medium,source", times=2)

    assert b"".join(S3ImportFiles(lambda: client, BUCKET).read(ID, "v1")) == b"phone,medium,source"
    assert client.asked == ["", "bytes=5-", "bytes=10-"]


def test_a_download_that_keeps_breaking_is_given_up() -> None:
    client = Breaking(b"phone,medium,source" * 9, times=99)

    with pytest.raises(TimeoutError):
        list(S3ImportFiles(lambda: client, BUCKET).read(ID, "v1"))
    assert len(client.asked) == import_files._TRIES
