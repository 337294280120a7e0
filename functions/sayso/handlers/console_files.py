"""The console's page and files, and what a browser may do with them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from sayso.handlers.admin_api.proof_style import STYLE_SOURCE
from sayso.handlers.http import Response, problem, response

_INDEX = "index.html"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Everything comes from the API's own address, and nothing that is inline runs. A proof of consent
# is opened as a copy, which stands under the policy of the page that made it: hence its style.
_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {STYLE_SOURCE}; "
    "img-src 'self' blob:; connect-src 'self' {uploads}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files by name. `version` is a digest of all of them, and part of their addresses.

    `uploads` is the one other origin that the page talks to: files to import go there.

    A file names its neighbours relatively, so a browser never mixes two versions, and may keep
    what it has for good: another version has other addresses.
    """

    files: Mapping[str, bytes]
    version: str
    uploads: str

    @classmethod
    def read(cls, folder: Path, uploads: str) -> "Shelf":
        """The files of a folder."""
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        digest = hashlib.sha256()
        for name, content in files.items():
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return cls(files, digest.hexdigest()[:12], uploads)

    def page(self) -> Response:
        """The page itself, always the newest."""
        text = self.files[_INDEX].decode().replace("{version}", self.version)
        answer = response(HTTPStatus.OK, text, "text/html; charset=utf-8")
        answer["headers"] |= {
            "content-security-policy": _POLICY.format(uploads=self.uploads)
        } | _SECLUSION
        return answer

    def file(self, version: str, name: str) -> Response:
        """A file by its address; one of a version that is no more is the newest, not to be kept."""
        kind = _TYPES.get(Path(name).suffix)
        if kind is None or name not in self.files:
            return problem(HTTPStatus.NOT_FOUND, "There is no such file.")
        answer = response(HTTPStatus.OK, self.files[name].decode(), kind)
        answer["headers"] |= _SECLUSION
        if version == self.version:
            answer["headers"]["cache-control"] = _YEAR
        return answer


_SECLUSION = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
}
