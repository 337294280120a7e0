"""Everybody's code in a run: derived, so that every delivery of a text brings the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from sayso.domain.codes import derived
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Codes, Offer
from sayso.domain.recipient import Recipient
from sayso.domain.run import Batch, Run, location_of
from sayso.domain.slot import Slot
from sayso.services.composing import Unwritable
from sayso.services.ports.issuing import CodeKey, CodeTaken, NoTillCodes, SharedCodes, TillCodes

# Why those are skipped for whom there is no code: the pool is empty, or the shared one is lost.
NO_CODE = "no_code"
# A code is somebody else's once in thousands; twice, and more, hardly ever.
ATTEMPTS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Issuing:
    """Gives codes to the people of runs with an offer or links."""

    key: CodeKey
    shared: SharedCodes
    clock: Callable[[], datetime]
    tills: TillCodes = field(default_factory=NoTillCodes)

    def for_batch(self, run: Run, batch: Batch) -> "BatchIssuing | None":
        """Who gives codes to the people of this batch; None where the run has none to give."""
        return BatchIssuing(self, run, batch) if run.has_codes else None


class BatchIssuing:
    """Codes for the people of one batch; safe to use from several threads."""

    def __init__(self, issuing: Issuing, run: Run, batch: Batch) -> None:
        self._issuing = issuing
        self._run = run
        self._batch = batch
        self._lock = Lock()
        self._shown: Mapping[str, str] | None = None

    def coupon(self, recipient: Recipient, attempt: int = 0) -> Coupon:
        """The person's coupon, still to be kept with their slot. Raises Unwritable."""
        if attempt >= ATTEMPTS_AT_MOST:
            raise Unwritable(NO_CODE)
        run, offer = self._run, self._run.offer
        origin = run.reminds_of or run.id
        code = derived(self._issuing.key.get(), origin, recipient.phone, attempt)
        return Coupon(
            code=code,
            phone=recipient.phone,
            campaign_id=run.campaign_id,
            run_id=origin,
            issued_at=self._issuing.clock(),
            shown=self._shown_to(offer, recipient.phone, code),
            channel=recipient.channel,
            location=location_of(self._batch.id),
            language=recipient.language,
            valid_from=run.valid_from,
            valid_until=run.holds_until,
            places=offer.places if offer else (),
            most_uses=offer.uses if offer else 0,
        )

    def _shown_to(self, offer: Offer | None, phone: str, code: str) -> str:
        if offer is None:
            return ""
        if offer.codes is Codes.OWN:
            return code
        with self._lock:
            if self._shown is None:
                self._shown = self._prepared(offer)
        shown = self._shown.get(phone, "")
        if not shown:
            raise Unwritable(NO_CODE)
        return shown

    def _prepared(self, offer: Offer) -> Mapping[str, str]:
        """What everybody of the batch shows, by number, where it is not their own code."""
        if offer.codes is Codes.POOL:
            return self._issuing.tills.take(self._run, self._batch.id, self._batch.phones)
        run, now = self._run, self._issuing.clock()
        holds = (run.valid_from, run.holds_until)
        coupon = shared_coupon(offer, run.campaign_id, run.reminds_of or run.id, holds, now)
        try:
            self._issuing.shared.open(coupon, now)
        except CodeTaken:
            return {}
        return dict.fromkeys(self._batch.phones, offer.shared_code)


def coupon_with(slot: Slot, coupon: Coupon | None) -> Coupon | None:
    """The coupon as it is kept with the slot: counted by the same groups."""
    return coupon and replace(
        coupon,
        issued_at=slot.touched_at or coupon.issued_at,
        variant=slot.variant,
        channel=slot.channel,
        language=slot.language,
    )


def shared_coupon(
    offer: Offer,
    campaign_id: str,
    run_id: str,
    holds: tuple[datetime | None, datetime | None],
    now: datetime,
) -> Coupon:
    """The coupon of the code that everybody shows; it is good for any number of uses."""
    return Coupon(
        code=offer.shared_code,
        phone="",
        campaign_id=campaign_id,
        run_id=run_id,
        issued_at=now,
        shown=offer.shared_code,
        valid_from=holds[0],
        valid_until=holds[1],
        places=offer.places,
        most_uses=0,
    )
