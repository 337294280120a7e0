"""What a carrier signed is let in; whatever else looks like it is not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.adapters.signatures import Forged, sns
from tests.support.bluebird import NOON
from tests.support.signing import CERTIFICATE_URL, TOPIC, certificate, sns_message

CONFIRMATION = {
    "Type": "SubscriptionConfirmation",
    "Token": "2336412f37fb687f5d51e6e241d09c805a5a57b30d712f794cc5f6a988666d92",
    "SubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription",
}
fields = st.sampled_from([*CONFIRMATION, "Message", "Timestamp", "TopicArn", "Signature"])
unsigned = st.dictionaries(fields, st.text() | st.none() | st.integers() | st.lists(st.none()))


def verify(message: dict[str, Any], now: datetime = NOON, signer: str = "sns") -> None:
    fetched: list[str] = []

    def fetch(url: str) -> bytes:
        fetched.append(url)
        return certificate(signer)

    try:
        sns.verify(message, topics={TOPIC}, now=now, fetch=fetch)
    finally:
        assert fetched in ([], [CERTIFICATE_URL]), "nothing else is ever fetched"


def never(url: str) -> bytes:
    pytest.fail(f"fetched {url}")


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("more", [{}, {"Subject": "a subject"}, CONFIRMATION])
def test_what_sns_signed_is_let_in(version: str, more: dict[str, str]) -> None:
    verify(sns_message("hello ☕", NOON, version=version, **more))


def test_the_signed_form_is_the_one_in_amazons_documentation() -> None:
    message = sns_message("My message", NOON, Subject="My subject", MessageId="M1")
    signed = sns.string_to_sign(message, sns.SIGNED_FIELDS["Notification"])
    assert signed.decode().splitlines() == [
        *("Message", "My message", "MessageId", "M1", "Subject", "My subject"),
        *("Timestamp", message["Timestamp"], "TopicArn", TOPIC, "Type", "Notification"),
    ]


@pytest.mark.parametrize("field", ["Message", "MessageId", "Subject", "Timestamp", "Type"])
@given(more=st.text(min_size=1, max_size=5))
def test_any_altered_field_is_refused(field: str, more: str) -> None:
    message = sns_message("hello", NOON, Subject="a subject")
    with pytest.raises(Forged):
        verify({**message, field: message[field] + more})


@pytest.mark.parametrize("field", ["Message", "MessageId", "Subject", "Timestamp", "Type"])
def test_a_removed_field_is_refused(field: str) -> None:
    message = sns_message("hello", NOON, Subject="a subject")
    del message[field]
    with pytest.raises(Forged):
        verify(message)


def test_a_subject_that_was_put_in_is_refused() -> None:
    with pytest.raises(Forged):
        verify({**sns_message("hello", NOON), "Subject": "pay attention"})


def test_a_message_of_another_signer_is_refused() -> None:
    with pytest.raises(Forged, match="signature"):
        verify(sns_message("hello", NOON, signer="mallory"))


@pytest.mark.parametrize("signature", [None, "", "FAKE", "!!!", "QUJD", 7, ["QUJD"]])
def test_what_is_no_signature_is_refused(signature: object) -> None:
    with pytest.raises(Forged):
        verify({**sns_message("hello", NOON), "Signature": signature})


@pytest.mark.parametrize("topic", [None, "", f"{TOPIC}-other", [TOPIC], {"a": 1}, 7])
def test_a_message_of_another_topic_is_refused_before_anything_is_fetched(topic: object) -> None:
    message = {**sns_message("hello", NOON), "TopicArn": topic}
    with pytest.raises(Forged, match="topic"):
        sns.verify(message, topics={TOPIC}, now=NOON, fetch=never)


@pytest.mark.parametrize("age", [timedelta(minutes=61), timedelta(days=400), -timedelta(minutes=6)])
def test_a_stale_message_and_one_from_the_future_are_refused(age: timedelta) -> None:
    with pytest.raises(Forged, match="stale"):
        sns.verify(sns_message("hello", NOON - age), topics={TOPIC}, now=NOON, fetch=never)


@pytest.mark.parametrize("age", [timedelta(minutes=59), timedelta(0), -timedelta(minutes=4)])
def test_a_message_that_sns_still_retries_is_let_in(age: timedelta) -> None:
    verify(sns_message("hello", NOON - age))


@pytest.mark.parametrize("time", ["yesterday", "", "2026-11-23T18:00:00", 1795456800, None])
def test_a_time_that_is_none_is_refused(time: object) -> None:
    message = {**sns_message("hello", NOON), "Timestamp": time}
    with pytest.raises(Forged, match="Timestamp"):
        sns.verify(message, topics={TOPIC}, now=NOON, fetch=never)


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-0a.pem",
        "https://evil.example/sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://sns.us-east-1.amazonaws.com@evil.example/SimpleNotificationService-0a.pem",
        "https://evil@sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-0a.pem",
        "https://evil-sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://sns.us-east-1.s3.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://sns.us-east-1.amazonaws.com/other.pem",
        "https://sns.us-east-1.amazonaws.com/?Action=Echo&Text=SimpleNotificationService-0a.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem?x=1",
        "https://sns.us-east-1.amazonaws.com/../evil/SimpleNotificationService-0a.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem\n",
        "https://[sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://sns.us-east-1.amazonaws.com:port/SimpleNotificationService-0a.pem",
        "file:/etc/passwd.pem",
        "",
        None,
    ],
)
def test_a_certificate_from_anywhere_but_sns_is_not_fetched(url: str | None) -> None:
    message = {**sns_message("hello", NOON), "SigningCertURL": url}
    with pytest.raises(Forged, match="certificate's address"):
        sns.verify(message, topics={TOPIC}, now=NOON, fetch=never)


@pytest.mark.parametrize("region", ["us-east-1", "ap-southeast-2", "us-gov-west-1"])
def test_each_region_has_its_own_address(region: str) -> None:
    assert sns.is_sns_url(f"https://sns.{region}.amazonaws.com/SimpleNotificationService-0a.pem")
    assert sns.is_sns_url("https://sns.cn-north-1.amazonaws.com.cn/?Action=ConfirmSubscription")


@pytest.mark.parametrize("version", ["0", "3", "", "SHA1", None])
def test_an_unknown_signature_version_is_refused(version: str | None) -> None:
    with pytest.raises(Forged, match="version"):
        verify({**sns_message("hello", NOON), "SignatureVersion": version})


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(Forged, match="type"):
        verify(sns_message("hello", NOON, Type="Hello"))


@pytest.mark.parametrize(
    "content", [b"", b"not a certificate", certificate()[:100]], ids=["none", "text", "cut"]
)
def test_an_unreadable_certificate_is_refused(content: bytes) -> None:
    with pytest.raises(Forged, match="certificate"):
        sns.verify(sns_message("a", NOON), topics={TOPIC}, now=NOON, fetch=lambda _: content)


def test_a_confirmation_elsewhere_is_not_followed() -> None:
    with pytest.raises(Forged, match="confirmation's address"):
        sns.confirm({"SubscribeURL": "https://evil.example/?Action=ConfirmSubscription"})


@given(unsigned)
def test_whatever_is_sent_unsigned_is_refused_and_nothing_worse(message: dict[str, Any]) -> None:
    with pytest.raises(Forged):
        sns.verify(message, topics={TOPIC}, now=datetime.now(UTC), fetch=never)
