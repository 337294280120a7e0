"""Where codes are redeemed: Sayso's own use case, of which each write may go wrong."""

from functools import partial

from sayso.services.guessing import Guessing
from sayso.services.outcomes import Outcomes
from sayso.services.ports.contacts import ContactStore
from sayso.services.redeeming import Counter
from sayso.services.visiting import Visiting
from simulation.absent import NoSeals, NoWindows
from simulation.deeds import SimulatedOutcomes, SimulatedVisits
from simulation.mishaps import Mishaps
from simulation.slots import SimulatedSlots

# People come so much more rarely than texts go out.
_RARE = 20


def counter_desk(
    mishaps: Mishaps,
    slots: SimulatedSlots,
    contacts: ContactStore,
    visits: SimulatedVisits,
    outcomes: SimulatedOutcomes,
) -> Counter:
    """The use case behind the staff's texts and pages."""
    fragile = partial(mishaps.guard, weight=_RARE)
    return Counter(
        fragile(slots.coupons, "redeem", "undo"),
        Guessing(NoWindows(), NoSeals()),
        Visiting(contacts, fragile(visits, "note")),
        Outcomes(slots, fragile(outcomes, "credit")),
    )
