"""What a use of a coupon changes in the counters of its run, and how long people take to come."""

import math
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from sayso.domain.comparing import Outcome
from sayso.domain.coupon import Coupon, Use
from sayso.domain.slot import CHANNEL, OF_GROUP, VARIANT, Tally, location_group

# Every use; what staff say was paid, in millionths of a dollar, and how many uses that is of.
USES, REVENUE, SALES = "uses", "revenue", "sales"
# Friends who joined by somebody's code.
REFERRED = "referred"
# How often people opened the run's links, and how often programs did.
CLICKS, PREVIEWS = "clicks", "previews"
# The group of a use by where it was made, beside those of its owner.
PLACE = "p="
# `till.<bucket>`: how many first uses came so long after the text. Not told apart by groups.
TILL = "till."
# Four buckets to a doubling of the minutes: a median is right to a tenth.
_TO_A_DOUBLING = 4
_MINUTE = timedelta(minutes=1)


def groups_of(coupon: Coupon) -> tuple[str, ...]:
    """The groups that its run counts it for: those of the slot that brought it."""
    known = (location_group(coupon.location), f"{CHANNEL}{coupon.channel}")
    return (*known, f"{VARIANT}{coupon.variant}") if coupon.variant else known


def taken(coupon: Coupon, use: Use, *, is_first: bool) -> Tally:
    """What the use adds, for everybody and for each group.

    `is_first` where nobody has counted its owner as one who redeemed. Of a code that all share each
    use is somebody's, and there is no telling when they were texted.
    """
    counts = Tally({USES: 1})
    if use.amount is not None:
        counts |= {REVENUE: use.amount, SALES: 1}
    place = f"{PLACE}{use.place}{OF_GROUP}"
    at_place = {f"{place}{name}": n for name, n in counts.items()} if use.place else {}
    if is_first:
        counts[Outcome.REDEEMED.value] = 1
    in_all = _for_groups(counts, groups_of(coupon) if coupon.phone else ()) | Tally(at_place)
    if is_first and coupon.phone:
        in_all[f"{TILL}{bucket_of(use.at - coupon.issued_at)}"] = 1
    return in_all


def referred(coupon: Coupon) -> Tally:
    """What a friend who joins by the coupon's code adds."""
    return _for_groups(Tally({REFERRED: 1}), groups_of(coupon))


def bucket_of(lapse: timedelta) -> int:
    """The bucket of a time from text to till; all below a minute are in the first."""
    return max(0, math.floor(math.log2(max(lapse / _MINUTE, 1)) * _TO_A_DOUBLING))


def median_lapse(tally: Mapping[str, int]) -> timedelta | None:
    """The median time from text to till, to some 10 %; None where nobody came."""
    buckets = _buckets(tally)
    half, so_far = buckets.total() / 2, 0
    for bucket in sorted(buckets):
        so_far += buckets[bucket]
        if so_far >= half:
            return _MINUTE * 2 ** ((bucket + 0.5) / _TO_A_DOUBLING)
    return None


def timed_uses(tally: Mapping[str, int]) -> int:
    """Of how many uses the time is known."""
    return _buckets(tally).total()


def _buckets(tally: Mapping[str, int]) -> Counter[int]:
    return Counter(
        {
            int(name.removeprefix(TILL)): count
            for name, count in tally.items()
            if name.startswith(TILL) and count > 0
        }
    )


def _for_groups(counts: Tally, groups: tuple[str, ...]) -> Tally:
    named = {f"{group}{OF_GROUP}{name}": n for group in groups for name, n in counts.items()}
    return counts | Tally(named)
