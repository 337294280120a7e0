"""The two SNS topics, through an ordinary AWS client."""

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sayso_local.phones.conditions import Conditions
from sayso_local.phones.publisher import Unpublished
from sayso_local.phones.texts import Channel

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

# The lanes try again themselves, in order and for as long as it takes.
_CONFIG = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"total_max_attempts": 1},
    max_pool_connections=16,
)


@functools.lru_cache(maxsize=4)
def _client(endpoint: str | None, region: str) -> "SNSClient":
    # The local AWS takes any credentials; without these, boto3 would look for real ones.
    return boto3.client(
        "sns",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=_CONFIG,
    )


class SnsTopics:
    """Publishes to the topics that are in force at the moment of publishing."""

    def __init__(self, conditions: Callable[[], Conditions]) -> None:
        self._conditions = conditions

    def publish(self, channel: Channel, payloads: Sequence[str]) -> list[int]:
        """In order. Raises Unpublished. Events without a topic are gone, as at the carrier."""
        conditions = self._conditions()
        is_inbound = channel is Channel.INBOUND
        topic = conditions.inbound_topic if is_inbound else conditions.event_topic
        if topic is None and not is_inbound:
            return []
        if topic is None or conditions.aws_endpoint is None:
            raise Unpublished("no topic yet")
        return _publish(conditions.aws_endpoint, topic, payloads)


def _publish(endpoint: str, topic: str, payloads: Sequence[str]) -> list[int]:
    entries = [{"Id": str(index), "Message": payload} for index, payload in enumerate(payloads)]
    try:
        answer = _client(endpoint, topic.split(":")[3]).publish_batch(
            TopicArn=topic,
            PublishBatchRequestEntries=entries,  # type: ignore[arg-type]
        )
    except ClientError as error:
        raise Unpublished(error.response.get("Error", {}).get("Code", "error")) from error
    except BotoCoreError as error:
        raise Unpublished(type(error).__name__) from error
    return [int(entry["Id"]) for entry in answer.get("Failed", [])]
