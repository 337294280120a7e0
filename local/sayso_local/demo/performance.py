"""One performance of the demo: a stack of its own, the story, the verdict."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

from sayso_local.demo.cast import customers, stores_open_at
from sayso_local.demo.shop import Shop
from sayso_local.demo.stage import Stage
from sayso_local.demo.story import Story
from sayso_local.demo.summary import summarize
from sayso_local.demo.told import Told
from sayso_local.demo.wordings import read_wordings
from sayso_local.errors import CommandError
from sayso_local.places import Places
from sayso_local.stack.background import background_stack

# The same people say the same things each time, so that two runs can be compared.
_SEED = 80808
_HELD, _BROKEN = 0, 1


def perform(places: Places) -> int:
    """Play the story on a fresh stack; 0 if every promise was kept, else 1."""
    begun = time.monotonic()
    stage = Stage()
    stage.line("Sayso: messages only on your customer's say-so.")
    stage.line("A shop, its customers and a carrier, played on this machine.")
    stores = stores_open_at(datetime.now(UTC))
    stage.line(f"Its stores are where it is day now: {', '.join(one.name for one in stores)}.\n")
    wordings = read_wordings()
    chance = random.Random(_SEED)
    with background_stack(places) as stack:
        told = Told()
        people = customers(stores, chance)
        story = Story(places, stack, Shop(stack), stage, stores, people, wordings, chance, told)
        try:
            story.play()
        except TimeoutError as halt:
            raise CommandError(f"{halt}. The logs are in {places.logs}.") from halt
        kept = summarize(stage, stores, stack.texts(), told)
    stage.line(f"\n   {'Every promise was kept.' if kept else 'A PROMISE WAS BROKEN.'}")
    stage.line(f"   {time.monotonic() - begun:.0f} s in all. Try it yourself: make up")
    return _HELD if kept else _BROKEN
