"""Customers' texts over HTTP, from carriers whose signature is checked before anything else."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.inbound_payloads import (
    Malformed,
    from_end_user_messaging,
    from_twilio,
    json_object,
)
from sayso.adapters.secrets import secret
from sayso.adapters.signatures import Forged, sns, twilio
from sayso.adapters.twiml import TwimlReply
from sayso.domain.exchange import InboundText
from sayso.handlers.http import Request, Response, problem, response
from sayso.handlers.inbound_texts import Invocation, tell, use_case
from sayso.handlers.settings import optional, required
from sayso.services.inbound import Handled, Inbound, Outcome, TryAgain

# SNS messages are at most 256 KB; nothing that a carrier sends is larger.
BODY_LIMIT = 256 * 1024

logger = Logger()
metrics = Metrics()


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: Invocation) -> Response:
    """Answer one request. What is forged, stale or replayed is refused and stored nowhere."""
    request = Request.of(event)
    metrics.add_metric("Webhook-requests", MetricUnit.Count, 1)
    if len(request.body) > BODY_LIMIT:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {BODY_LIMIT} bytes")
    try:
        return _DOORS[request.route](request, datetime.now(UTC), context)
    except Forged as forged:
        metrics.add_metric("Webhook-refused", MetricUnit.Count, 1)
        logger.warning("request refused", reason=str(forged), route=request.route)
        return problem(HTTPStatus.FORBIDDEN, str(forged))
    except Malformed as malformed:
        logger.warning("request malformed", reason=str(malformed), route=request.route)
        return problem(HTTPStatus.BAD_REQUEST, str(malformed))
    except TryAgain:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "the text is stored; deliver it again")


def _from_twilio(request: Request, now: datetime, invocation: Invocation) -> Response:
    secret_id = optional("TWILIO_SECRET_ID")
    if not secret_id:
        raise Forged("Twilio is not set up here")
    fields = _form(request)
    twilio.verify(
        url=request.url(optional("PUBLIC_URL")),
        fields=fields,
        signature=request.headers.get("x-twilio-signature", ""),
        auth_token=secret(secret_id),
    )
    reply = TwimlReply()
    try:
        _handle(replace(use_case(), carrier=reply), from_twilio(fields, now), now, invocation)
    except TryAgain:
        # Twilio does not ask a second time: an answer that was given here is given now or never.
        if not reply.is_given:
            raise
    return response(HTTPStatus.OK, reply.document(), "application/xml")


def _from_sns(request: Request, now: datetime, invocation: Invocation) -> Response:
    message = json_object(request.body)
    sns.verify(message, topics={required("INBOUND_TOPIC_ARN")}, now=now)
    if message["Type"] == "SubscriptionConfirmation":
        sns.confirm(message)
    if message["Type"] == "Notification":
        sent_at = datetime.fromisoformat(message["Timestamp"])
        payload = json_object(message["Message"])
        _handle(use_case(), from_end_user_messaging(payload, sent_at), now, invocation)
    return response(HTTPStatus.OK, "", "text/plain")


_DOORS: dict[str, Callable[[Request, datetime, Invocation], Response]] = {
    "POST /inbound/twilio": _from_twilio,
    "POST /inbound/sns": _from_sns,
}


def _handle(inbound: Inbound, text: InboundText, now: datetime, invocation: Invocation) -> Handled:
    """Handle the text. Raises Forged for one that was handled before: a replay, on the web.

    Raises TryAgain for one that is being answered at this moment: should whoever does so die,
    what is left to do is done by a later delivery.
    """
    handled = inbound.handle(text, now)
    tell(metrics, text, handled, invocation)
    if handled.outcome is Outcome.UNDER_WAY:
        raise TryAgain("another delivery of it is being answered")
    if handled.outcome is Outcome.DUPLICATE:
        raise Forged("this text has been delivered before")
    return handled


def _form(request: Request) -> dict[str, str]:
    try:
        return dict(parse_qsl(request.body.decode(), keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise Malformed("the body is not a form (application/x-www-form-urlencoded)") from None
