"""The phones' side of the simulator: good requests, bad ones, and who may make them."""

import json
from typing import Any

import httpx
import pytest

from tests.support.phones import ANA, BEN, SHORT_CODE, FakeSns, Simulator, eventually


def is_problem(answer: httpx.Response, status: int) -> bool:
    document = answer.json()
    return (
        answer.status_code == status == document["status"]
        and answer.headers["content-type"] == "application/problem+json"
        and {"type", "title", "detail"} <= document.keys()
    )


def test_a_thread_shows_both_sides_oldest_first(clean: Simulator) -> None:
    clean.text(ANA, "JOIN DOWNTOWN")
    clean.carrier_client().send_text_message(DestinationPhoneNumber=ANA, MessageBody="Welcome")
    clean.text(BEN, "HELP")
    first, second = clean.thread(ANA)
    assert (first["direction"], first["from"], first["to"]) == ("in", ANA, SHORT_CODE)
    assert (second["direction"], second["from"], second["to"]) == ("out", SHORT_CODE, ANA)
    assert first["at"] <= second["at"]
    names = {"direction", "to", "from", "body", "parts", "message_type", "status", "message_id"}
    assert names | {"at", "context"} <= first.keys()


def test_a_phone_without_texts_has_an_empty_thread(clean: Simulator) -> None:
    assert clean.thread("+13125550177") == []


def test_texts_of_all_phones_can_be_had_from_a_time_on(clean: Simulator) -> None:
    clean.text(ANA, "one")
    later = clean.text(BEN, "two").json()["at"]
    every = clean.http.get("/texts").json()
    assert [text["body"] for text in every] == ["one", "two"]
    bodies = [t["body"] for t in clean.http.get("/texts", params={"since": later}).json()]
    assert bodies[-1:] == ["two"]
    none = clean.http.get("/texts", params={"since": "2100-01-01T00:00:00+02:00"}).json()
    assert none == []


def test_since_needs_a_time(clean: Simulator) -> None:
    assert is_problem(clean.http.get("/texts?since=yesterday"), 422)


def test_an_unescaped_plus_sign_in_a_time_is_understood(clean: Simulator) -> None:
    assert clean.http.get("/texts?since=2100-01-01T00:00:00+00:00").json() == []


@pytest.mark.parametrize(
    "body",
    [
        {"body": "JOIN"},
        {"to": SHORT_CODE},
        {"to": SHORT_CODE, "body": ""},
        {"to": SHORT_CODE, "body": " \n\t"},
        {"to": SHORT_CODE, "body": "x" * 1601},
        {"to": SHORT_CODE, "body": 7},
        {"to": SHORT_CODE, "body": None},
        {"to": 80808, "body": "JOIN"},
        {"to": "90909", "body": "JOIN"},
        {"to": SHORT_CODE, "body": "JOIN", "media": []},
        {"to": SHORT_CODE, "body": "JOIN", "inbound_message_id": ""},
        {"to": SHORT_CODE, "body": "JOIN", "inbound_message_id": "x" * 101},
        {"to": SHORT_CODE, "body": "JOIN", "inbound_message_id": "two words"},
        ["JOIN"],
        "JOIN",
        None,
    ],
)
def test_a_bad_text_is_a_problem_and_changes_nothing(clean: Simulator, body: Any) -> None:
    answer = clean.http.post(f"/phones/{ANA}/texts", content=json.dumps(body))
    assert is_problem(answer, 422)
    assert clean.http.get("/texts").json() == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 60_000])
def test_what_is_no_json_is_a_problem(clean: Simulator, body: bytes) -> None:
    assert is_problem(clean.http.post(f"/phones/{ANA}/texts", content=body), 400)


def test_half_a_surrogate_pair_is_a_problem(clean: Simulator) -> None:
    body = b'{"to": "80808", "body": "\\ud83d"}'
    assert is_problem(clean.http.post(f"/phones/{ANA}/texts", content=body), 422)


def test_a_huge_body_is_a_problem(clean: Simulator) -> None:
    answer = clean.http.post(f"/phones/{ANA}/texts", content=b" " * 100_000)
    assert is_problem(answer, 413)


@pytest.mark.parametrize(
    "number", ["13125550101", "+1312555", "+0123456789", "Ana", "%20", "+1%3C"]
)
def test_a_number_that_is_none_is_a_problem(clean: Simulator, number: str) -> None:
    sent = {"to": SHORT_CODE, "body": "JOIN"}
    assert is_problem(clean.http.post(f"/phones/{number}/texts", json=sent), 422)
    assert is_problem(clean.http.get(f"/phones/{number}/texts"), 422)
    assert is_problem(clean.http.put(f"/phones/{number}", json={}), 422)


def test_an_id_belongs_to_one_text(clean: Simulator) -> None:
    assert clean.text(ANA, "JOIN", inbound_message_id="m-1").json()["duplicate"] is False
    assert clean.text(ANA, "JOIN", inbound_message_id="m-1").json()["duplicate"] is True
    assert is_problem(clean.text(ANA, "STOP", inbound_message_id="m-1"), 409)
    assert is_problem(clean.text(BEN, "JOIN", inbound_message_id="m-1"), 409)


def test_what_is_not_given_about_a_phone_stays(clean: Simulator) -> None:
    clean.http.put(f"/phones/{ANA}", json={"delivery": "silent", "delay_ms": 70})
    answer = clean.http.put(f"/phones/{ANA}", json={"delay_ms": 0})
    assert answer.json() == {
        "phone": ANA,
        "name": "Ana",
        "delivery": "silent",
        "delay_ms": 0,
        "opted_out": False,
    }


@pytest.mark.parametrize(
    "body",
    [
        {"delivery": "lost"},
        {"delay_ms": -1},
        {"delay_ms": 1.5},
        {"delay_ms": True},
        {"delay_ms": "soon"},
        {"opted_out": "yes"},
        {"opted_out": None},
        {"colour": "red"},
        {"name": "x" * 41},
    ],
)
def test_a_bad_setting_is_a_problem_and_changes_nothing(clean: Simulator, body: Any) -> None:
    before = clean.http.get(f"/phones/{ANA}").json()
    assert is_problem(clean.http.put(f"/phones/{ANA}", json=body), 422)
    assert clean.http.get(f"/phones/{ANA}").json() == before


@pytest.mark.parametrize(
    "body",
    [
        {"latency_ms": -1},
        {"parts_per_second": 0},
        {"inbound_topic": "inbound"},
        {"aws_endpoint": "not a url"},
        {"speed": 9},
    ],
)
def test_a_bad_condition_is_a_problem_and_changes_nothing(clean: Simulator, body: Any) -> None:
    before = clean.http.get("/carrier").json()
    assert is_problem(clean.http.put("/carrier", json=body), 422)
    assert clean.http.get("/carrier").json() == before


def test_not_a_number_is_out_of_every_range(clean: Simulator) -> None:
    answer = clean.http.put("/carrier", content=b'{"price_per_part": NaN}')
    assert is_problem(answer, 422)


def test_known_phones_are_those_with_a_name_and_those_that_texted(clean: Simulator) -> None:
    clean.text("+13125550177", "JOIN")
    phones = clean.http.get("/phones").json()
    assert [phone["name"] for phone in phones] == ["Ana", "Ben", "Chloe", ""]
    assert phones[-1]["phone"] == "+13125550177"


def test_a_phone_shows_that_the_carrier_refuses_it(clean: Simulator) -> None:
    client = clean.carrier_client()
    client.put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANA)
    assert clean.http.get(f"/phones/{ANA}").json()["opted_out"] is True


def test_a_reset_forgets_texts_phones_and_opt_outs(clean: Simulator, sns: FakeSns) -> None:
    client = clean.carrier_client()
    client.put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANA)
    sns.away = True
    # A number of its own: a text of the test before may still be on its way to the topic.
    clean.text("+13125550178", "JOIN")
    # By then so long a pause comes before the next attempt that none is under way at the reset.
    tries = sns.refused + 3
    eventually(lambda: sns.refused >= tries)
    clean.http.post("/reset")
    sns.away = False
    assert clean.http.get("/texts").json() == []
    assert [phone["name"] for phone in clean.http.get("/phones").json()] == ["Ana", "Ben", "Chloe"]
    client.send_text_message(DestinationPhoneNumber=ANA, MessageBody="Welcome")
    eventually(lambda: len(sns.events()) == 3)
    assert "+13125550178" not in {one["originationNumber"] for one in sns.inbound()}


def test_the_live_stream_tells_texts_and_their_states(clean: Simulator) -> None:
    told: list[tuple[str, dict[str, Any]]] = []
    with httpx.stream("GET", f"{clean.url}/events", timeout=10) as stream:
        lines = stream.iter_lines()
        name = ""
        for line in lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                told.append((name, json.loads(line.removeprefix("data: "))))
                if name == "hello":
                    clean.text(ANA, "two\nlines\r of <b>text</b>")
                elif told[-1][1].get("status") == "delivered":
                    break
    assert [name for name, _ in told] == ["hello", "text", "text"]
    assert [data["status"] for _, data in told[1:]] == ["pending", "delivered"]
    assert told[1][1]["body"] == "two\nlines\r of <b>text</b>"


def test_the_page_may_load_nothing_from_elsewhere(clean: Simulator) -> None:
    page = clean.http.get("/")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    for asset in ("phones.js", "phones.css", "icon.svg"):
        assert clean.http.get(f"/assets/{asset}").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Origin": "null"},
    ],
)
def test_another_site_can_neither_text_nor_read(clean: Simulator, headers: dict[str, str]) -> None:
    sent = {"to": SHORT_CODE, "body": "JOIN"}
    answer = clean.http.post(f"/phones/{ANA}/texts", json=sent, headers=headers)
    assert answer.status_code == 403
    assert clean.http.get("/texts", headers=headers).status_code == 403
    assert clean.http.get("/texts").json() == []


def test_files_outside_the_page_are_not_served(clean: Simulator) -> None:
    for path in ("/assets/../../pyproject.toml", "/assets/%2e%2e/%2e%2e/pyproject.toml"):
        assert clean.http.get(path).status_code == 404
