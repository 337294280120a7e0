"""What the carrier answers has the shapes of botocore's own model, errors too."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.model import ListShape, MapShape, Shape, StructureShape

from sayso_local.phones.shapes import service_model
from sayso_local.phones.wire import OPERATIONS
from tests.support.carrier_calls import SEND, post
from tests.support.phones import ANA, BEN, Simulator

REQUESTS: dict[str, dict[str, Any]] = {
    "SendTextMessage": SEND,
    "PutOptedOutNumber": {"OptOutListName": "Default", "OptedOutNumber": ANA},
    "DeleteOptedOutNumber": {"OptOutListName": "Default", "OptedOutNumber": BEN},
    "DescribeOptedOutNumbers": {"OptOutListName": "Default", "OptedOutNumbers": [BEN]},
    "DescribeOptOutLists": {"MaxResults": 1},
    "CreateOptOutList": {"OptOutListName": "Extra", "Tags": [{"Key": "a", "Value": "b"}]},
    "DescribePhoneNumbers": {},
    "DescribeConfigurationSets": {"ConfigurationSetNames": ["sayso"]},
}


def departures(value: Any, shape: Shape, path: str) -> Iterator[str]:
    """Where a JSON value departs from a shape of the model."""
    if isinstance(shape, StructureShape):
        yield from (f"{path}.{name} unknown" for name in value if name not in shape.members)
        yield from (
            f"{path}.{name} missing" for name in shape.required_members if name not in value
        )
        for name in value.keys() & shape.members.keys():
            yield from departures(value[name], shape.members[name], f"{path}.{name}")
    elif isinstance(shape, ListShape):
        for member in value:
            yield from departures(member, shape.member, f"{path}[]")
    elif isinstance(shape, MapShape):
        for member in value.values():
            yield from departures(member, shape.value, f"{path}{{}}")
    else:
        yield from scalar_departures(value, shape, path)


def scalar_departures(value: Any, shape: Shape, path: str) -> Iterator[str]:
    kinds: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "boolean": bool,
        "timestamp": (int, float),
        "integer": int,
        "long": int,
    }
    if not isinstance(value, kinds[shape.type_name]):
        yield f"{path} is a {type(value).__name__}"
    enum = getattr(shape, "enum", None)
    if enum and value not in enum:
        yield f"{path}: {value} is not in the model's enum"


def test_every_operation_is_requested() -> None:
    assert REQUESTS.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("operation", sorted(REQUESTS))
def test_an_answer_has_the_shape_of_the_service_model(
    carrier: Any, clean: Simulator, operation: str
) -> None:
    clean.http.put("/carrier", json={"configuration_set": "sayso"})
    carrier.put_opted_out_number(OptOutListName="Default", OptedOutNumber=BEN)
    answer = post(clean, operation, json.dumps(REQUESTS[operation]).encode())
    assert answer.status_code == 200, answer.text
    shape = service_model().operation_model(operation).output_shape
    assert shape is not None
    assert list(departures(answer.json(), shape, operation)) == []


@pytest.mark.parametrize(
    "request_and_operation",
    [
        ("SendTextMessage", {**SEND, "DestinationPhoneNumber": "+1312555"}),
        ("SendTextMessage", {**SEND, "DestinationPhoneNumber": BEN}),
        ("SendTextMessage", {**SEND, "MaxPrice": "0.001"}),
        ("SendTextMessage", {**SEND, "OriginationIdentity": "90909"}),
        ("SendTextMessage", {**SEND, "MessageType": "MARKETING"}),
        ("DeleteOptedOutNumber", {"OptOutListName": "Default", "OptedOutNumber": ANA}),
        ("DescribeOptedOutNumbers", {"OptOutListName": "Default", "NextToken": "nowhere"}),
        ("CreateOptOutList", {"OptOutListName": "Default"}),
        ("PutOptedOutNumber", {"OptOutListName": "Nowhere", "OptedOutNumber": ANA}),
    ],
)
def test_an_error_has_the_shape_of_the_service_model(
    carrier: Any, clean: Simulator, request_and_operation: tuple[str, dict[str, Any]]
) -> None:
    operation, body = request_and_operation
    carrier.put_opted_out_number(OptOutListName="Default", OptedOutNumber=BEN)
    answer = post(clean, operation, json.dumps(body).encode())
    assert answer.status_code == 400
    error = answer.json()
    code = error.pop("__type")
    assert code in [shape.name for shape in service_model().operation_model(operation).error_shapes]
    assert list(departures(error, service_model().shape_for(code), code)) == []
