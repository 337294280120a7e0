"""`python -m benchmarks.endpoint`: answers for DynamoDB and the carrier, on a loopback port.

The processor time of a client is compared, so all that matters of the other side is that both
clients meet the same one, and that its answers have the bytes of the real ones: to a write that
succeeds DynamoDB answers `{}` with a checksum in a header, whether it wrote one item or a
transaction of three; the carrier answers a message id. Canned answers are that and steady, where
an emulator would add its own noise and share the cores. What is true of conditions and of a
second delivery is the tests' business.

It prints its port. `GET /` answers how many of each operation it has served, as JSON. Its argument,
if any, is how many milliseconds the carrier takes to answer.
"""

import json
import sys
import time
from binascii import crc32
from collections import Counter
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks.campaign import run_items
from benchmarks.shop import TABLE, catalog_items, head_item

LOOPBACK = "127.0.0.1"
ANSWERS: dict[str, Any] = {
    "BatchGetItem": {"Responses": {TABLE: [head_item()]}, "UnprocessedKeys": {}},
    "GetItem": {"Item": run_items()[0]},
    "PutItem": {},
    "Query": {"Items": catalog_items(), "Count": len(catalog_items()), "ScannedCount": 6},
    "QueryOfRun": {"Items": run_items(), "Count": len(run_items()), "ScannedCount": 9},
    "SendTextMessage": {"MessageId": "6b7a1a5e-2b0c-4c1b-9a39-3d6e1a0f8f5d"},
    "TransactWriteItems": {},
    "UpdateItem": {},
}
_SEND = "SendTextMessage"
_BODIES = {name: json.dumps(answer).encode() for name, answer in ANSWERS.items()}


class Endpoint(BaseHTTPRequestHandler):
    """One connection, kept open as AWS does."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave in one segment

    def __init__(self, served: Counter[str], carrier_s: float, *arguments: object) -> None:
        self._served = served
        self._carrier_s = carrier_s
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_POST(self) -> None:
        """Answer an operation of either service; an unknown one gets an error."""
        request = self.rfile.read(int(self.headers["Content-Length"]))
        service, _, operation = self.headers["X-Amz-Target"].partition(".")
        self._served[operation] += 1
        if operation == _SEND:
            time.sleep(self._carrier_s)
        if operation == "Query" and b"RUN#" in request:
            operation = "QueryOfRun"
        known = operation in _BODIES
        body = _BODIES.get(operation, b'{"__type": "UnknownOperationException"}')
        self._answer(200 if known else 400, body, "1.1" if "Dynamo" in service else "1.0")

    def do_GET(self) -> None:
        """Answer the counts."""
        self._answer(200, json.dumps(self._served).encode(), "1.0")

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: bytes, version: str) -> None:
        self.send_response(status)
        self.send_header("x-amzn-RequestId", "N2Q3V5V4J6Q1O8L0B6RCD3A2VVVV4KQNSO5AEMVJF66Q9ASUAAJG")
        self.send_header("x-amz-crc32", str(crc32(body)))
        self.send_header("Content-Type", f"application/x-amz-json-{version}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main(carrier_ms: str = "0") -> None:
    """Serve until killed."""
    endpoint = partial(Endpoint, Counter(), float(carrier_ms) / 1000)
    server = ThreadingHTTPServer((LOOPBACK, 0), endpoint)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
