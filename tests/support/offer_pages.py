"""Ana's page of an offer: she is subscribed, and her coupon is good for six days."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sayso.domain.contact import Contact, Status
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import table_contacts
from tests.support.coupons import a_coupon
from tests.support.public_pages import PublicPages, opened_pages

LIVE = a_coupon(valid_until=NOON + timedelta(days=6), places=("DOWNTOWN", "UPTOWN"))
SUBSCRIBED = replace(Contact.stranger(ANA), status=Status.SUBSCRIBED, location="DOWNTOWN")


@contextmanager
def opened_to_ana() -> Iterator[PublicPages]:
    """The pages, to which she is no stranger."""
    with opened_pages() as pages:
        table_contacts(pages.dynamodb).put(SUBSCRIBED)
        yield pages
