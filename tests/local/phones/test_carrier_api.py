"""The carrier's wire protocol, as an unmodified AWS client sees it."""

import json
from typing import Any

import botocore.session
import pytest

from tests.support.carrier_calls import SEND, post, refusal
from tests.support.phones import ANA, BEN, CHLOE, SHORT_CODE, Simulator


def test_a_text_is_accepted_with_an_id_and_reaches_the_phone(
    carrier: Any, clean: Simulator
) -> None:
    answer = carrier.send_text_message(**SEND, MessageType="PROMOTIONAL", Context={"run": "r1"})
    [text] = clean.thread(ANA)
    assert text["message_id"] == answer["MessageId"]
    assert (text["direction"], text["from"], text["to"]) == ("out", SHORT_CODE, ANA)
    assert text["body"] == SEND["MessageBody"]
    assert (text["parts"], text["message_type"]) == (1, "PROMOTIONAL")
    assert text["context"] == {"run": "r1"}


def test_a_number_without_its_plus_sign_is_the_same_phone(carrier: Any, clean: Simulator) -> None:
    carrier.send_text_message(**{**SEND, "DestinationPhoneNumber": ANA.removeprefix("+")})
    assert len(clean.thread(ANA)) == 1


def test_a_number_may_be_named_by_its_id_or_arn(carrier: Any, clean: Simulator) -> None:
    [number] = carrier.describe_phone_numbers()["PhoneNumbers"]
    for identity in (number["PhoneNumberId"], number["PhoneNumberArn"]):
        carrier.send_text_message(**{**SEND, "OriginationIdentity": identity})
    assert [text["from"] for text in clean.thread(ANA)] == [SHORT_CODE, SHORT_CODE]


def test_an_opted_out_number_is_refused_until_it_is_taken_off_the_list(
    carrier: Any, clean: Simulator
) -> None:
    carrier.put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANA)
    response = refusal(lambda: carrier.send_text_message(**SEND))
    assert response["Error"]["Code"] == "ConflictException"
    assert response["Reason"] == "DESTINATION_PHONE_NUMBER_OPTED_OUT"
    assert clean.thread(ANA) == []
    carrier.delete_opted_out_number(OptOutListName="Default", OptedOutNumber=ANA)
    carrier.send_text_message(**SEND)
    assert len(clean.thread(ANA)) == 1


def test_opting_out_twice_keeps_the_first_time(carrier: Any) -> None:
    entry = {"OptOutListName": "Default", "OptedOutNumber": ANA}
    first = carrier.put_opted_out_number(**entry)
    assert carrier.put_opted_out_number(**entry)["OptedOutTimestamp"] == first["OptedOutTimestamp"]


def test_a_number_that_is_not_on_the_list_cannot_be_taken_off(carrier: Any) -> None:
    entry = {"OptOutListName": "Default", "OptedOutNumber": BEN}
    response = refusal(lambda: carrier.delete_opted_out_number(**entry))
    assert response["Error"]["Code"] == "ResourceNotFoundException"
    assert response["ResourceType"] == "opted-out-number"


def test_a_number_is_taken_off_the_list_once_in_thirty_days_when_told_so(
    carrier: Any, clean: Simulator
) -> None:
    clean.http.put("/carrier", json={"opt_in_interval_days": 30})
    entry = {"OptOutListName": "Default", "OptedOutNumber": ANA}
    carrier.put_opted_out_number(**entry)
    carrier.delete_opted_out_number(**entry)
    carrier.put_opted_out_number(**entry)
    response = refusal(lambda: carrier.delete_opted_out_number(**entry))
    assert response["Reason"] == "PHONE_NUMBER_CANNOT_BE_OPTED_IN"


def test_another_opt_out_list_is_not_the_one_in_force(carrier: Any, clean: Simulator) -> None:
    carrier.create_opt_out_list(OptOutListName="Surveys")
    carrier.put_opted_out_number(OptOutListName="Surveys", OptedOutNumber=ANA)
    carrier.send_text_message(**SEND)
    assert len(clean.thread(ANA)) == 1
    response = refusal(lambda: carrier.create_opt_out_list(OptOutListName="Surveys"))
    assert response["Reason"] == "RESOURCE_ALREADY_EXISTS"


def test_a_long_opt_out_list_comes_in_pages(carrier: Any) -> None:
    numbers = [f"+1312555{last:04d}" for last in range(7)]
    for number in numbers:
        carrier.put_opted_out_number(OptOutListName="Default", OptedOutNumber=number)
    pages = carrier.get_paginator("describe_opted_out_numbers").paginate(
        OptOutListName="Default", PaginationConfig={"PageSize": 3}
    )
    found = [entry["OptedOutNumber"] for page in pages for entry in page["OptedOutNumbers"]]
    assert found == numbers


def test_numbers_that_come_and_go_between_two_pages_lose_nobody_else(
    carrier: Any, clean: Simulator
) -> None:
    for number in (ANA, BEN, CHLOE):
        carrier.put_opted_out_number(OptOutListName="Default", OptedOutNumber=number)
    wanted = {"OptOutListName": "Default", "MaxResults": 2}
    first = carrier.describe_opted_out_numbers(**wanted)
    carrier.delete_opted_out_number(
        OptOutListName="Default", OptedOutNumber=first["OptedOutNumbers"][-1]["OptedOutNumber"]
    )
    rest = carrier.describe_opted_out_numbers(**wanted, NextToken=first["NextToken"])

    found = [one["OptedOutNumber"] for page in (first, rest) for one in page["OptedOutNumbers"]]
    assert sorted(found) == sorted([ANA, BEN, CHLOE])
    assert "NextToken" not in rest


def test_a_customer_who_told_the_carrier_is_told_from_one_whom_the_shop_put_there(
    carrier: Any, clean: Simulator
) -> None:
    clean.http.put(f"/phones/{ANA}", json={"opted_out": True}).raise_for_status()
    carrier.put_opted_out_number(OptOutListName="Default", OptedOutNumber=BEN)

    listed = carrier.describe_opted_out_numbers(OptOutListName="Default")["OptedOutNumbers"]
    assert {one["OptedOutNumber"]: one["EndUserOptedOut"] for one in listed} == {
        ANA: True,
        BEN: False,
    }
    for wish, number in (("true", ANA), ("false", BEN)):
        (found,) = carrier.describe_opted_out_numbers(
            OptOutListName="Default",
            Filters=[{"Name": "end-user-opted-out", "Values": [wish]}],
        )["OptedOutNumbers"]
        assert found["OptedOutNumber"] == number


def test_a_number_may_leave_the_list_behind_the_shop_s_back(carrier: Any, clean: Simulator) -> None:
    carrier.put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANA)
    answer = clean.http.put(f"/phones/{ANA}", json={"opted_out": False})

    assert answer.json()["opted_out"] is False
    assert carrier.describe_opted_out_numbers(OptOutListName="Default")["OptedOutNumbers"] == []


def test_a_dry_run_checks_everything_and_sends_nothing(carrier: Any, clean: Simulator) -> None:
    assert carrier.send_text_message(**SEND, DryRun=True)["MessageId"]
    assert clean.thread(ANA) == []
    carrier.put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANA)
    assert refusal(lambda: carrier.send_text_message(**SEND, DryRun=True))["Reason"]


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        ({"DestinationPhoneNumber": "abc"}, "FIELD_VALIDATION_FAILED", "DestinationPhoneNumber"),
        ({"DestinationPhoneNumber": "+1312555"}, "INVALID_PARAMETER", "DestinationPhoneNumber"),
        ({"DestinationPhoneNumber": SHORT_CODE}, "INVALID_PARAMETER", "DestinationPhoneNumber"),
        ({"MessageBody": "x" * 1601}, "FIELD_VALIDATION_FAILED", "MessageBody"),
        ({"MessageBody": " \n "}, "FIELD_VALIDATION_FAILED", "MessageBody"),
        ({"MessageBody": "x" * 1531}, "MAXIMUM_SIZE_EXCEEDED", "MessageBody"),
        ({"MessageBody": "ç" * 631}, "MAXIMUM_SIZE_EXCEEDED", "MessageBody"),
        ({"MessageType": "MARKETING"}, "FIELD_VALIDATION_FAILED", "MessageType"),
        ({"MaxPrice": "a lot"}, "FIELD_VALIDATION_FAILED", "MaxPrice"),
        ({"MaxPrice": "0.001"}, "PRICE_OVER_THRESHOLD", "MaxPrice"),
        ({"TimeToLive": 259_201}, "FIELD_VALIDATION_FAILED", "TimeToLive"),
        (
            {"Context": {f"k{n}": "v" for n in range(6)}},
            "FIELD_VALIDATION_FAILED",
            "Context",
        ),
        ({"Context": {"run": "v" * 801}}, "FIELD_VALIDATION_FAILED", "Context.run"),
        ({"Context": {"a run": "v"}}, "FIELD_VALIDATION_FAILED", "Context.key"),
        ({"OriginationIdentity": "eighty!"}, "FIELD_VALIDATION_FAILED", "OriginationIdentity"),
    ],
)
def test_a_bad_request_is_refused_with_its_reason_and_field(
    carrier: Any, clean: Simulator, change: dict[str, Any], reason: str, field: str
) -> None:
    response = refusal(lambda: carrier.send_text_message(**{**SEND, **change}))
    assert response["Error"]["Code"] == "ValidationException"
    assert response["Reason"] == reason
    assert field in [fault["Name"] for fault in response["Fields"]]
    assert clean.http.get("/texts").json() == []


def test_a_text_without_a_body_is_refused(carrier: Any) -> None:
    request = {"DestinationPhoneNumber": ANA}
    assert refusal(lambda: carrier.send_text_message(**request))["Reason"] == "MISSING_PARAMETER"


def test_the_largest_texts_are_accepted(carrier: Any, clean: Simulator) -> None:
    carrier.send_text_message(**{**SEND, "MessageBody": "x" * 1530})
    carrier.send_text_message(**{**SEND, "MessageBody": "ç" * 630})
    assert [text["parts"] for text in clean.thread(ANA)] == [10, 10]


@pytest.mark.parametrize(
    ("change", "resource"),
    [
        ({"OriginationIdentity": "90909"}, "phone-number"),
        ({"OriginationIdentity": "pool-0123"}, "pool"),
        ({"OriginationIdentity": "BLUEBIRD"}, "sender-id"),
        ({"ProtectConfigurationId": "protect-0123"}, "protect-configuration"),
    ],
)
def test_what_does_not_exist_is_named(carrier: Any, change: dict[str, Any], resource: str) -> None:
    response = refusal(lambda: carrier.send_text_message(**{**SEND, **change}))
    assert response["Error"]["Code"] == "ResourceNotFoundException"
    assert response["ResourceType"] == resource


def test_an_unknown_configuration_set_is_refused_once_there_is_one(
    carrier: Any, clean: Simulator
) -> None:
    clean.http.put("/carrier", json={"configuration_set": "sayso"})
    carrier.send_text_message(**SEND, ConfigurationSetName="sayso")
    response = refusal(lambda: carrier.send_text_message(**SEND, ConfigurationSetName="other"))
    assert response["ResourceType"] == "configuration-set"
    [described] = carrier.describe_configuration_sets()["ConfigurationSets"]
    assert described["ConfigurationSetName"] == "sayso"


def test_an_operation_that_is_not_simulated_says_so(carrier: Any) -> None:
    response = refusal(carrier.describe_pools)
    assert response["Error"]["Code"] == "UnknownOperationException"
    assert "DescribePools" in response["Error"]["Message"]


def test_a_throttled_number_refuses_what_is_over_its_parts_a_second(
    clean: Simulator,
) -> None:
    clean.http.put("/carrier", json={"parts_per_second": 3})
    body = json.dumps({**SEND, "MessageBody": "x" * 300}).encode()
    answers = [post(clean, "SendTextMessage", body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 400]
    assert answers[1].json()["__type"] == "ThrottlingException"
    assert len(clean.thread(ANA)) == 1


@pytest.mark.parametrize(
    ("operation", "body", "code"),
    [
        ("SendTextMessage", b"{", "SerializationException"),
        ("SendTextMessage", b"\xff", "SerializationException"),
        ("SendTextMessage", b"[" * 60_000, "SerializationException"),
        ("SendTextMessage", b"[]", "SerializationException"),
        ("SendTextMessage", b"{}", "ValidationException"),
        ("SendTextMessage", b'{"DestinationPhoneNumber": 1}', "SerializationException"),
        (
            "SendTextMessage",
            b'{"DestinationPhoneNumber": "+13125550101", "MessageBody": "\\ud83d"}',
            "SerializationException",
        ),
        (
            "SendTextMessage",
            b'{"DestinationPhoneNumber": "+13125550101", "DryRun": "yes"}',
            "SerializationException",
        ),
        ("SendTextMessage", b" " * 70_000, "RequestEntityTooLargeException"),
        ("Nonsense", b"{}", "UnknownOperationException"),
    ],
)
def test_what_no_client_would_send_gets_an_error_that_one_can_read(
    clean: Simulator, operation: str, body: bytes, code: str
) -> None:
    answer = post(clean, operation, body)
    assert answer.status_code in (400, 413)
    assert answer.json()["__type"] == code


def test_an_unsigned_request_is_refused(clean: Simulator) -> None:
    headers = {"X-Amz-Target": "PinpointSMSVoiceV2.DescribeOptOutLists"}
    answer = clean.http.post("/", content=b"{}", headers=headers)
    assert answer.json()["__type"] == "MissingAuthenticationTokenException"


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
def test_an_accident_happens_as_often_as_asked_for(clean: Simulator, when: str, sent: int) -> None:
    fault = {"operation": "SendTextMessage", "error": "InternalServerException", "when": when}
    assert clean.http.put("/carrier/faults", json=[fault]).json() == [{**fault, "times": 1}]
    answers = [post(clean, "SendTextMessage", json.dumps(SEND).encode()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [500, 200]
    # An answer that is lost after the effect is what a sender must not take for a refusal.
    assert len(clean.thread(ANA)) == sent + 1


@pytest.mark.parametrize(
    "faults",
    [{}, [{}], [{"operation": "Dance", "error": "ThrottlingException"}], [7]],
)
def test_a_bad_accident_is_a_problem(clean: Simulator, faults: Any) -> None:
    assert clean.http.put("/carrier/faults", json=faults).status_code == 422


def test_botocore_without_boto3_can_talk_to_it_as_well(clean: Simulator) -> None:
    client: Any = botocore.session.get_session().create_client(
        "pinpoint-sms-voice-v2", endpoint_url=clean.url
    )
    assert client.send_text_message(**SEND)["MessageId"]
