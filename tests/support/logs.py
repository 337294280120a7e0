"""What a function has logged."""

import io
import json
from typing import Any

from aws_lambda_powertools import Logger


class LogBook:
    """Listens to a Powertools logger, whose stream is otherwise the one of its making."""

    def __init__(self, logger: Logger) -> None:
        self._stream = io.StringIO()
        handler: Any = logger.registered_handler
        handler.setStream(self._stream)

    @property
    def text(self) -> str:
        """All of it."""
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each line read."""
        return [json.loads(line) for line in self.text.splitlines()]
