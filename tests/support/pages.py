"""A page of the public functions, as a browser gets it."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass(frozen=True)
class Page:
    """What a browser got."""

    status: int
    headers: Mapping[str, str]
    html: str

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "Page":
        """What API Gateway makes of a function's answer."""
        return cls(answer["statusCode"], answer["headers"], answer["body"])

    @property
    def words(self) -> str:
        """The text that is seen, without markup."""
        body = self.html.partition("<body>")[2]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def token(self) -> str:
        """The one form's hidden token."""
        (found,) = _TOKEN.findall(self.html)
        return str(found)
