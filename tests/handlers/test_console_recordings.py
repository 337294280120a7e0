"""The recordings that the console's pages are tried on: they read as the API's own answers do."""

import pytest

from sayso.handlers.admin_api.campaign_models import CampaignView
from sayso.handlers.admin_api.coupons import CouponWithUses
from sayso.handlers.admin_api.forms import View
from sayso.handlers.admin_api.overall import OverallView
from sayso.handlers.admin_api.pool_models import PoolView
from sayso.handlers.admin_api.report_models import ReportView
from sayso.handlers.admin_api.segment_models import CountView, SegmentView, VocabularyView
from sayso.handlers.admin_api.staff import StaffView
from sayso.handlers.admin_api.tryout_models import PreviewView
from sayso.handlers.admin_api.webhook_models import DeliveryView, WebhookView
from tests.support.console_recordings import COUNT, PREVIEW, SEGMENT, VOCABULARY, campaign
from tests.support.recorded_counter import COUPON, DELIVERY, HOOK, MIA, POOL
from tests.support.recorded_reports import OVERALL, report

RECORDED = [
    (CampaignView, campaign()),
    (ReportView, report()),
    (OverallView, OVERALL),
    (CouponWithUses, COUPON),
    (StaffView, MIA),
    (PoolView, POOL),
    (WebhookView, HOOK),
    (DeliveryView, DELIVERY),
    (PreviewView, PREVIEW),
    (CountView, COUNT),
    (SegmentView, SEGMENT),
    (VocabularyView, VOCABULARY),
]


@pytest.mark.parametrize(
    ("view", "recording"), RECORDED, ids=lambda one: getattr(one, "__name__", "")
)
def test_a_recording_has_the_fields_of_the_answer_it_stands_for(
    view: type[View], recording: dict[str, object]
) -> None:
    view.model_validate_json(view.model_validate(recording).model_dump_json())
    assert set(recording) == set(view.model_fields)
