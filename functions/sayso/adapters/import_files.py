"""The files of imports in S3: uploads by presigned address, lists of refused rows to download.

| object | is |
|---|---|
| `files/<import id>.csv` | the file as it was uploaded |
| `refused/<import id>/<phase>.csv` | the list of refused rows |
| `refused/<import id>/<phase>-<part>.csv` | a part of it, while the file is read |

The bucket lets all of them expire.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError, IncompleteReadError, ReadTimeoutError

from sayso.domain.imports.job import Phase
from sayso.services.ports.imports import Address, FileGone, Uploaded

SERVICE = "s3"
# A presigned address needs the region's own name in it, and the newer signature. No checksum is
# asked of the uploader, who has only the address.
CONFIG = Config(
    signature_version="s3v4",
    s3={"us_east_1_regional_endpoint": "regional", "addressing_style": "virtual"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
_TRIES = 5
_OPEN_FOR = timedelta(minutes=15)
_PIECE = 256 * 1024
_ABSENT = frozenset({"404", "NoSuchKey"})
_GONE = _ABSENT | {"PreconditionFailed", "412"}


@dataclass(frozen=True, slots=True)
class S3ImportFiles:
    """ImportFiles in a bucket. `connect` gives an S3 client with CONFIG, when one is needed.

    Making that client takes a tenth of a second, which few requests of the admin API should pay.
    """

    connect: Callable[[], Any]
    bucket: str

    @property
    def client(self) -> Any:
        return self.connect()

    def upload_to(self, import_id: str, size: int, now: datetime) -> Address:
        """The size is signed: S3 takes no other."""
        wanted = {"Bucket": self.bucket, "Key": _file(import_id), "ContentLength": size}
        return self._address("put_object", wanted, now)

    def uploaded(self, import_id: str) -> Uploaded | None:
        head = self._head(_file(import_id))
        return Uploaded(head["ContentLength"], head["ETag"]) if head else None

    def read(self, import_id: str, version: str) -> Iterator[bytes]:
        """A connection that breaks is taken up again where it broke."""
        position = 0
        for _ in range(_TRIES):
            try:
                for piece in self._pieces(_file(import_id), version, position):
                    position += len(piece)
                    yield piece
            except (IncompleteReadError, ReadTimeoutError):
                continue
            return
        raise TimeoutError("the file's connection keeps breaking")

    def add_refused(self, import_id: str, phase: Phase, part: int, lines: str) -> None:
        key = _part(import_id, phase, part)
        self.client.put_object(Bucket=self.bucket, Key=key, Body=lines.encode())

    def publish_refused(self, import_id: str, phase: Phase, headings: str, parts: int) -> None:
        """Put together on the disk: a list may be larger than the memory."""
        with tempfile.TemporaryFile() as whole:
            whole.write(headings.encode())
            for part in range(1, parts + 1):
                key = _part(import_id, phase, part)
                answer = self.client.get_object(Bucket=self.bucket, Key=key)
                for piece in answer["Body"].iter_chunks(_PIECE):
                    whole.write(piece)
            whole.seek(0)
            self.client.put_object(
                Bucket=self.bucket,
                Key=_refused(import_id, phase),
                Body=whole,
                ContentType="text/csv; charset=utf-8",
            )

    def refused(self, import_id: str, phase: Phase, now: datetime) -> Address | None:
        key = _refused(import_id, phase)
        if self._head(key) is None:
            return None
        name = f'attachment; filename="refused-{import_id}.csv"'
        wanted = {"Bucket": self.bucket, "Key": key, "ResponseContentDisposition": name}
        return self._address("get_object", wanted, now)

    def _address(self, operation: str, wanted: dict[str, Any], now: datetime) -> Address:
        seconds = int(_OPEN_FOR.total_seconds())
        url = self.client.generate_presigned_url(operation, Params=wanted, ExpiresIn=seconds)
        return Address(url, now + _OPEN_FOR)

    def _head(self, key: str) -> dict[str, Any] | None:
        try:
            head: dict[str, Any] = self.client.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None
            raise
        return head

    def _pieces(self, key: str, version: str, position: int) -> Iterator[bytes]:
        wanted = {"Bucket": self.bucket, "Key": key, "IfMatch": version}
        if position:
            wanted["Range"] = f"bytes={position}-"
        try:
            answer = self.client.get_object(**wanted)
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                raise FileGone(key) from None
            raise
        pieces: Iterator[bytes] = answer["Body"].iter_chunks(_PIECE)
        return pieces


def _file(import_id: str) -> str:
    return f"files/{import_id}.csv"


def _refused(import_id: str, phase: Phase) -> str:
    return f"refused/{import_id}/{phase}.csv"


def _part(import_id: str, phase: Phase, part: int) -> str:
    return f"refused/{import_id}/{phase}-{part:06}.csv"
