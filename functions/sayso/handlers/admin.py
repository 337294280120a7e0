"""The admin API's function: a marketer's requests, whose token API Gateway has verified."""

import time
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from aws_lambda_powertools import Logger

from sayso.adapters import import_files, queues
from sayso.adapters.aws import client, client_with
from sayso.adapters.carriers import LateCarrier, LateOptOutList
from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.cursors import SealedCursors
from sayso.adapters.dynamodb.day_counters import DynamoDayCounters
from sayso.adapters.dynamodb.erasures import DynamoErasures
from sayso.adapters.dynamodb.history import DynamoCampaignHistory
from sayso.adapters.dynamodb.imports import DynamoImports
from sayso.adapters.dynamodb.issuing import DynamoSharedCodes
from sayso.adapters.dynamodb.numbers import DynamoNumbers
from sayso.adapters.dynamodb.outcomes import DynamoOutcomes
from sayso.adapters.dynamodb.pools import DynamoPools
from sayso.adapters.dynamodb.profiles import DynamoProfiles
from sayso.adapters.dynamodb.rounds import DynamoRounds
from sayso.adapters.dynamodb.segments import DynamoSegments
from sayso.adapters.dynamodb.slot_history import DynamoSlotHistory
from sayso.adapters.dynamodb.standing_contacts import DynamoContacts
from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.adapters.dynamodb.trials import DynamoTrials
from sayso.adapters.failures import is_passing
from sayso.adapters.ids import new_id
from sayso.adapters.liquid import LiquidTemplates
from sayso.adapters.pins import ScryptPins
from sayso.handlers.admin_api.api import AdminApi
from sayso.handlers.admin_api.desks import Desks, Front
from sayso.handlers.admin_api.problems import INTERNAL, Problem, unavailable
from sayso.handlers.admin_api.table import admin_routes
from sayso.handlers.alarms import alarms
from sayso.handlers.counter_texts import counter_on
from sayso.handlers.hooks import webhook_desk
from sayso.handlers.http import Response
from sayso.handlers.settings import carrier_settings, optional, required
from sayso.services.audiences import Audiences
from sayso.services.campaigns import Campaigns
from sayso.services.choosing import Chooser
from sayso.services.counting import AudienceCount
from sayso.services.coupon_desk import CouponDesk
from sayso.services.deactivations import Deactivations
from sayso.services.decisions import DecisionDesk
from sayso.services.imports import ImportDesk
from sayso.services.keywords import KeywordDesk
from sayso.services.ledgers import Ledgers
from sayso.services.locations import LocationDesk
from sayso.services.outcomes import Outcomes
from sayso.services.outside_word import OutsideWord
from sayso.services.overall import OverallDesk
from sayso.services.pool_reserving import PoolReserving
from sayso.services.pools import PoolDesk
from sayso.services.previews import PreviewDesk
from sayso.services.profiles import ProfileDesk
from sayso.services.program import ProgramDesk
from sayso.services.proofreading import Proofreader
from sayso.services.reserving import Reserving
from sayso.services.rounds import RoundDesk
from sayso.services.sampling import Sampler
from sayso.services.segments import SegmentDesk
from sayso.services.staff import StaffDesk
from sayso.services.subscribers import SubscriberDesk
from sayso.services.trials import TrialDesk

logger = Logger()


@cache
def api() -> AdminApi:
    """The admin API, wired to this function's settings."""
    return AdminApi(admin_routes(), _desks(client("dynamodb"), required("TABLE_NAME")), _problem)


@logger.inject_lambda_context
def handler(event: Mapping[str, Any], context: object) -> Response:  # noqa: ARG001
    """Answer one request; log its route, never its path, which may hold a phone number."""
    started = time.perf_counter()
    served = api().serve(event)
    facts: dict[str, Any] = {
        "route": served.route,
        "status": served.status,
        "latency_ms": round((time.perf_counter() - started) * 1000),
        "actor": served.actor,
        "request_id": event["requestContext"].get("requestId", ""),
    }
    if served.failure:
        logger.error("admin request failed", **facts, failure=_where(served.failure))
    else:
        logger.info("admin request answered", **facts)
    return served.response


def _desks(dynamodb: Any, table: str) -> Desks:
    catalog = DynamoCatalog(dynamodb, table)
    subscribers = DynamoSubscribers(dynamodb, table)
    opt_outs = LateOptOutList(carrier_settings())
    outside = OutsideWord(DynamoContacts(dynamodb, table), opt_outs)
    return Desks(
        program=ProgramDesk(catalog),
        locations=LocationDesk(catalog, subscribers),
        keywords=KeywordDesk(catalog),
        subscribers=SubscriberDesk(subscribers, catalog),
        decisions=DecisionDesk(outside, DynamoErasures(dynamodb, table), catalog),
        ledgers=Ledgers(subscribers, DynamoNumbers(dynamodb, table)),
        campaigns=_campaigns(dynamodb, table),
        overall=OverallDesk(
            DynamoDayCounters(dynamodb, table), _campaigns(dynamodb, table), catalog
        ),
        segments=_segments(dynamodb, table),
        pools=PoolDesk(DynamoPools(dynamodb, table), _pool_reserving(dynamodb, table), new_id),
        profiles=ProfileDesk(
            DynamoProfiles(dynamodb, table),
            Outcomes(DynamoSlotHistory(dynamodb, table), DynamoOutcomes(dynamodb, table)),
        ),
        staff=StaffDesk(catalog, ScryptPins()),
        coupons=CouponDesk(counter_on(dynamodb, table), catalog),
        previews=PreviewDesk(
            _proofreader(dynamodb, table), _audiences(dynamodb, table), catalog, subscribers
        ),
        trials=TrialDesk(
            store=DynamoCampaigns(dynamodb, table),
            catalog=catalog,
            subscribers=subscribers,
            carrier=LateCarrier(carrier_settings()),
            templates=LiquidTemplates(),
            trials=DynamoTrials(dynamodb, table),
            address=_address(),
        ),
        imports=_imports(dynamodb, table),
        rounds=RoundDesk(
            DynamoRounds(dynamodb, table),
            queues.SqsUpkeep(client(queues.SERVICE), required("UPKEEP_QUEUE_URL")),
        ),
        deactivations=Deactivations(outside, catalog),
        webhooks=webhook_desk(dynamodb, table),
        cursors=SealedCursors(dynamodb, table),
        clock=_now,
        front=Front(optional("PUBLIC_NUMBER"), _address()),
    )


def _now() -> datetime:
    """To the millisecond, as times are stored: what is answered once is answered again."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _address() -> str:
    """Of the pages that customers open; "" where nobody has said."""
    return optional("PUBLIC_URL").rstrip("/")


def _campaigns(dynamodb: Any, table: str) -> Campaigns:
    return Campaigns(
        store=DynamoCampaigns(dynamodb, table),
        audience=DynamoAudience(dynamodb, table),
        catalog=DynamoCatalog(dynamodb, table),
        scheduler=alarms(),
        launches=queues.SqsLaunches(client(queues.SERVICE), required("RUNS_QUEUE_URL")),
        new_id=new_id,
        audiences=_audiences(dynamodb, table),
        proofreader=_proofreader(dynamodb, table),
        reserving=Reserving(
            DynamoSharedCodes(dynamodb, table),
            DynamoCampaigns(dynamodb, table).get,
            _pool_reserving(dynamodb, table),
        ),
    )


def _pool_reserving(dynamodb: Any, table: str) -> PoolReserving:
    catalog = DynamoCatalog(dynamodb, table)
    chooser = Chooser(DynamoCampaignHistory(dynamodb, table), catalog)
    return PoolReserving(
        pools=DynamoPools(dynamodb, table),
        counting=AudienceCount(DynamoAudience(dynamodb, table), chooser),
        catalog=catalog,
        campaign=DynamoCampaigns(dynamodb, table).get,
    )


def _audiences(dynamodb: Any, table: str) -> Audiences:
    return Audiences(DynamoSegments(dynamodb, table), DynamoCampaigns(dynamodb, table).get)


def _segments(dynamodb: Any, table: str) -> SegmentDesk:
    chooser = Chooser(DynamoCampaignHistory(dynamodb, table), DynamoCatalog(dynamodb, table))
    return SegmentDesk(
        store=DynamoSegments(dynamodb, table),
        audiences=_audiences(dynamodb, table),
        catalog=DynamoCatalog(dynamodb, table),
        counting=AudienceCount(DynamoAudience(dynamodb, table), chooser),
        new_id=new_id,
    )


def _proofreader(dynamodb: Any, table: str) -> Proofreader:
    chooser = Chooser(DynamoCampaignHistory(dynamodb, table), DynamoCatalog(dynamodb, table))
    sampler = Sampler(DynamoAudience(dynamodb, table), chooser.named)
    return Proofreader(LiquidTemplates(), sampler, _address())


def _imports(dynamodb: Any, table: str) -> ImportDesk:
    s3 = partial(client_with, import_files.SERVICE, import_files.CONFIG)
    return ImportDesk(
        store=DynamoImports(dynamodb, table),
        files=import_files.S3ImportFiles(s3, required("IMPORTS_BUCKET")),
        queue=queues.SqsImports(client(queues.SERVICE), required("IMPORTS_QUEUE_URL")),
        catalog=DynamoCatalog(dynamodb, table),
        new_id=new_id,
    )


def _problem(failure: Exception) -> Problem:
    if is_passing(failure):
        return unavailable("Something behind this is too busy. Try again in a moment.")
    return Problem(INTERNAL, "The request was not your fault. It has been logged.")


def _where(failure: Exception) -> dict[str, Any]:
    """Kind and place of a failure. Not its message: AWS's errors may quote a phone number."""
    frames = traceback.extract_tb(failure.__traceback__)
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
    return {"kind": type(failure).__name__, "at": places}


if optional("TABLE_NAME"):
    api()  # during the start-up phase, which has a whole processor to itself
