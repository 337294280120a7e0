"""What the two doors for customers' texts share: the use case, and what is told of each text."""

from functools import cache
from typing import Protocol

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.aws import client
from sayso.adapters.carriers import carrier_from, opt_out_list_from
from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.domain.exchange import InboundText
from sayso.domain.phone import masked
from sayso.handlers.settings import carrier_settings, optional, required
from sayso.services.inbound import Handled, Inbound
from sayso.services.ports.counter_texts import CounterTexts


class Invocation(Protocol):
    """The part of Lambda's context that finds one call in the logs."""

    aws_request_id: str


@cache
def use_case() -> Inbound:
    """Inbound, answering through the deployment's own carrier."""
    carrier = carrier_settings()
    return Inbound(
        conversations=DynamoConversations(client("dynamodb"), required("TABLE_NAME")),
        carrier=carrier_from(carrier),
        opt_out_list=opt_out_list_from(carrier),
        counter=counter,
    )


@cache
def counter() -> CounterTexts:
    """What answers texts about coupons; hardly any text is, so that no start loads it."""
    from sayso.handlers.counter_texts import texts_at_the_counter  # noqa: PLC0415

    address = optional("PUBLIC_URL").rstrip("/")
    return texts_at_the_counter(client("dynamodb"), required("TABLE_NAME"), address)


def tell(metrics: Metrics, text: InboundText, handled: Handled, invocation: Invocation) -> None:
    """Say what happened, and not to whom, in the line that counts it.

    CloudWatch's embedded metric format is searchable as a log is: a line of its own would only
    make every text slower and dearer.
    """
    metrics.add_metric(f"Inbound-{handled.outcome}", MetricUnit.Count, 1)
    told = {
        "outcome": handled.outcome,
        "intent": handled.intent,
        "rule": handled.rule,
        "door": text.door,
        "phone": masked(text.phone),
        "inbound_message_id": text.message_id,
        "request_id": invocation.aws_request_id,
    }
    for name, value in told.items():
        metrics.add_metadata(name, value)


if optional("TABLE_NAME"):
    use_case()  # during the start-up phase, which has a whole processor to itself
