"""What the carrier tells the topics, in which order, and what survives which accident."""

import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.phones import (
    ANA,
    BEN,
    EVENTS,
    INBOUND,
    SHORT_CODE,
    FakeSns,
    Simulator,
    eventually,
)


def send(
    phones: Simulator, to: str = ANA, body: str = "Bluebird Coffee: hello", **more: Any
) -> str:
    answer = phones.carrier_client().send_text_message(
        DestinationPhoneNumber=to, OriginationIdentity=SHORT_CODE, MessageBody=body, **more
    )
    message_id: str = answer["MessageId"]
    return message_id


def statuses(sns: FakeSns, message_id: str) -> list[str]:
    return [event["messageStatus"] for event in sns.events(message_id)]


def test_a_customers_text_is_published_as_the_carrier_does(clean: Simulator, sns: FakeSns) -> None:
    previous = send(clean)
    answer = clean.text(ANA, "JOIN DOWNTOWN")
    assert answer.status_code == 202
    [message] = eventually(sns.inbound)
    assert message == {
        "originationNumber": ANA,
        "destinationNumber": SHORT_CODE,
        "messageKeyword": message["messageKeyword"],
        "messageBody": "JOIN DOWNTOWN",
        "inboundMessageId": answer.json()["inbound_message_id"],
        "previousPublishedMessageId": previous,
    }
    # The registered keyword, never the customer's word: whoever relies on it finds out here.
    assert message["messageKeyword"].startswith("KEYWORD_")


def test_a_duplicate_delivery_publishes_the_same_message_again(
    clean: Simulator, sns: FakeSns
) -> None:
    first = clean.text(ANA, "JOIN").json()
    with ThreadPoolExecutor(4) as threads:
        replayed = {"inbound_message_id": first["inbound_message_id"]}
        answers = list(threads.map(lambda _: clean.text(ANA, "JOIN", **replayed), range(4)))
    assert {answer.status_code for answer in answers} == {202}
    eventually(lambda: len(sns.inbound()) == 5)
    assert {message["inboundMessageId"] for message in sns.inbound()} == {
        first["inbound_message_id"]
    }
    assert len(clean.thread(ANA)) == 1


def test_a_delivery_is_told_in_three_events_with_every_field(
    clean: Simulator, sns: FakeSns
) -> None:
    before = time.time() * 1000 - 1
    message_id = send(clean, body="x“" * 40, Context={"run": "r1"}, MessageType="PROMOTIONAL")
    eventually(lambda: len(sns.events(message_id)) == 3)
    assert statuses(sns, message_id) == ["QUEUED", "SUCCESSFUL", "DELIVERED"]
    event = sns.events(message_id)[-1]
    assert before <= event.pop("eventTimestamp") <= time.time() * 1000
    assert before <= event.pop("messageRequestTimestamp") <= time.time() * 1000
    assert event == {
        "eventType": "TEXT_DELIVERED",
        "eventVersion": "1.0",
        "isFinal": True,
        "originationPhoneNumber": SHORT_CODE,
        "destinationPhoneNumber": ANA,
        "isoCountryCode": "US",
        "mcc": "310",
        "mnc": "260",
        "messageId": message_id,
        "messageEncoding": "UNICODE",
        "messageType": "PROMOTIONAL",
        "messageStatus": "DELIVERED",
        "messageStatusDescription": "Message has been accepted by phone",
        "totalMessageParts": 2,
        "totalMessagePrice": 0.01162,
        "totalCarrierFee": 0.00604,
        "context": {"run": "r1"},
    }
    assert [e["isFinal"] for e in sns.events(message_id)] == [False, False, True]


@pytest.mark.parametrize(
    ("delivery", "told", "is_final", "status"),
    [
        ("delivered", ["QUEUED", "SUCCESSFUL", "DELIVERED"], True, "delivered"),
        ("unreachable", ["QUEUED", "UNREACHABLE"], True, "unreachable"),
        ("blocked", ["QUEUED", "CARRIER_BLOCKED"], True, "carrier_blocked"),
        ("spam", ["QUEUED", "SPAM"], True, "spam"),
        ("invalid", ["QUEUED", "INVALID"], True, "invalid"),
        ("silent", ["QUEUED", "SUCCESSFUL"], False, "successful"),
    ],
)
def test_a_phone_decides_what_becomes_of_its_texts(
    clean: Simulator, sns: FakeSns, delivery: str, told: list[str], is_final: bool, status: str
) -> None:
    clean.http.put(f"/phones/{ANA}", json={"delivery": delivery}).raise_for_status()
    message_id = send(clean)
    eventually(lambda: len(sns.events(message_id)) == len(told))
    assert statuses(sns, message_id) == told
    assert sns.events(message_id)[-1]["isFinal"] is is_final
    assert clean.thread(ANA)[-1]["status"] == status


def test_a_delay_holds_the_final_event_back(clean: Simulator, sns: FakeSns) -> None:
    clean.http.put(f"/phones/{ANA}", json={"delay_ms": 2_000})
    message_id = send(clean)
    eventually(lambda: statuses(sns, message_id) == ["QUEUED"])
    assert clean.thread(ANA)[-1]["status"] == "queued"
    eventually(lambda: len(sns.events(message_id)) == 3)
    first, *_, last = sns.events(message_id)
    assert last["eventTimestamp"] - first["eventTimestamp"] == 2_000


def test_a_text_that_outlives_its_time_expires(clean: Simulator, sns: FakeSns) -> None:
    clean.http.put(f"/phones/{ANA}", json={"delay_ms": 6_000})
    message_id = send(clean, TimeToLive=5)
    assert eventually(lambda: clean.thread(ANA)[-1]["status"]) == "queued"
    eventually(lambda: statuses(sns, message_id) == ["QUEUED", "TTL_EXPIRED"])


def test_without_its_configuration_set_a_text_has_no_events(clean: Simulator, sns: FakeSns) -> None:
    clean.http.put("/carrier", json={"configuration_set": "sayso"})
    untold = send(clean)
    told = send(clean, ConfigurationSetName="sayso")
    eventually(lambda: len(sns.events(told)) == 3)
    assert sns.events(untold) == []
    assert [text["status"] for text in clean.thread(ANA)] == ["delivered", "delivered"]


def test_texts_and_their_order_survive_sns_being_away(clean: Simulator, sns: FakeSns) -> None:
    sns.away = True
    bodies = [f"text {n}" for n in range(25)]
    for body in bodies:
        clean.text(ANA, body)
    message_id = send(clean, BEN)
    assert eventually(lambda: clean.http.get("/health").json()["trouble"])
    assert clean.thread(ANA)[0]["status"] == "pending"
    sns.away = False
    eventually(lambda: len(sns.inbound()) == 25)
    assert [message["messageBody"] for message in sns.inbound()] == bodies
    eventually(lambda: statuses(sns, message_id) == ["QUEUED", "SUCCESSFUL", "DELIVERED"])
    eventually(lambda: clean.http.get("/health").json()["unpublished"] == 0)
    assert clean.thread(ANA)[0]["status"] == "delivered"


def test_sending_does_not_wait_for_sns(clean: Simulator, sns: FakeSns) -> None:
    sns.away = True
    started = time.monotonic()
    for _ in range(5):
        send(clean)
    # Five clients are made and five texts accepted; a publication that failed would pause first.
    assert time.monotonic() - started < 5
    assert len(clean.thread(ANA)) == 5


def test_latency_slows_each_answer(clean: Simulator) -> None:
    clean.http.put("/carrier", json={"latency_ms": 300})
    started = time.monotonic()
    send(clean)
    assert time.monotonic() - started >= 0.3


def test_a_thousand_texts_are_told_of_completely_and_in_order(
    clean: Simulator, sns: FakeSns
) -> None:
    client = clean.carrier_client()

    def send_one(n: int) -> str:
        answer = client.send_text_message(
            DestinationPhoneNumber=f"+1312555{n % 250:04d}", MessageBody=f"offer {n}"
        )
        message_id: str = answer["MessageId"]
        return message_id

    with ThreadPoolExecutor(8) as threads:
        sent = list(threads.map(send_one, range(1_000)))
    eventually(lambda: len(sns.heard) >= 3_000, within_s=30)
    told = defaultdict(list)
    for event in sns.events():
        told[event["messageId"]].append(event["messageStatus"])
    assert told.keys() == set(sent)
    assert all(each == ["QUEUED", "SUCCESSFUL", "DELIVERED"] for each in told.values())
    assert len(clean.http.get("/texts").json()) == 1_000


def test_everything_survives_being_killed(tmp_path: Path) -> None:
    with FakeSns() as sns, Simulator(tmp_path, sns) as phones:
        phones.http.put(f"/phones/{BEN}", json={"delivery": "spam", "delay_ms": 3_000})
        phones.http.put("/carrier", json={"parts_per_second": 50})
        phones.carrier_client().put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANA)
        phones.text(ANA, "STOP")
        late = send(phones, BEN)
        before = phones.thread(ANA) + phones.thread(BEN)
        eventually(lambda: statuses(sns, late) == ["QUEUED"])
        phones.kill()
        phones.start()
        after = phones.thread(ANA) + phones.thread(BEN)
        assert [text["message_id"] for text in after] == [text["message_id"] for text in before]
        assert phones.http.get("/carrier").json()["parts_per_second"] == 50
        with pytest.raises(Exception, match="opted out"):
            send(phones, ANA)
        # What was still to be told is told; what was told just before may be told once more.
        eventually(lambda: list(dict.fromkeys(statuses(sns, late))) == ["QUEUED", "SPAM"])
        assert phones.http.get(f"/phones/{BEN}").json()["delivery"] == "spam"


def test_topics_may_be_named_after_the_start(tmp_path: Path) -> None:
    with FakeSns() as sns, Simulator(tmp_path, sns, arguments=()) as phones:
        phones.text(ANA, "JOIN")
        eventually(lambda: phones.http.get("/health").json()["trouble"])
        answer = phones.http.put("/carrier", json={"inbound_topic": INBOUND, "event_topic": EVENTS})
        assert answer.status_code == 200
        # The text waited for the stack; it goes as soon as there is one.
        [message] = eventually(sns.inbound)
        assert message["messageBody"] == "JOIN"
        message_id = send(phones)
        eventually(lambda: len(sns.events(message_id)) == 3)


def test_it_stops_at_once_though_a_page_is_listening(tmp_path: Path) -> None:
    with (
        FakeSns() as sns,
        Simulator(tmp_path, sns) as phones,
        phones.http.stream("GET", "/events") as stream,
    ):
        assert "hello" in next(stream.iter_text())
        started = time.monotonic()
        phones.process.terminate()
        assert phones.process.wait(timeout=10) in (0, -15)
        assert time.monotonic() - started < 3
