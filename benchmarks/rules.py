"""What the rules that look at every text cost, over the texts that the repository ships."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import per_text_us
from benchmarks.shop import CATALOG
from benchmarks.texts import shipped_texts
from sayso.adapters.liquid import LiquidTemplates
from sayso.domain.parts import count_parts
from sayso.domain.recipient import Recipient
from sayso.domain.run import Batch, Run
from sayso.domain.understanding import intent_of
from sayso.domain.versions import Variant, Versions
from sayso.domain.window import decide_window
from sayso.services.writing import VersionsComposer

ROUNDS = 31
_A_MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
# Of one zone, of two, of a state with rules of its own, from abroad, and of an unknown prefix.
_NUMBERS = ("+13125550101", "+18505550102", "+14015550103", "+442079460104", "+15005550105")


def measure_classify() -> Iterator[Figure]:
    """From a text's exact words to its intent."""
    yield Figure("classify.us", per_text_us(intent_of, shipped_texts(), ROUNDS), "us")


def measure_parts() -> Iterator[Figure]:
    """From a text to its message parts."""
    yield Figure("parts.us", per_text_us(count_parts, shipped_texts(), ROUNDS), "us")


def measure_window() -> Iterator[Figure]:
    """From a number and a location to the decision and its reasons, through a whole week."""
    hours = [_A_MONDAY + timedelta(hours=n) for n in range(7 * 24)]
    asked = [(phone, at) for at in hours for phone in _NUMBERS]

    def decide(case: tuple[str, datetime]) -> None:
        decide_window(*case, "America/Chicago", "IL")

    yield Figure("window.us", per_text_us(decide, asked, ROUNDS), "us")


def measure_compose() -> Iterator[Figure]:
    """From a person to their own text and its parts: two variants, two languages, a default."""
    run = Run("R1", "C1", _BODY, _A_MONDAY, "America/Chicago", ("DOWNTOWN",), versions=_VERSIONS)
    composer = VersionsComposer(LiquidTemplates()).for_batch(
        run, CATALOG, Batch("DOWNTOWN#0#0", ())
    )

    def compose(recipient: Recipient) -> None:
        composer.compose(run, recipient)

    yield Figure("compose.us", per_text_us(compose, list(_readers()), ROUNDS), "us")


def _readers() -> Iterator[Recipient]:
    """Every third gives no name, every fourth reads Spanish."""
    for number in range(1000):
        values = {"first_name": f"Ana {number}"} if number % 3 else {}
        language = "en" if number % 4 else "es"
        yield Recipient(f"+1312555{number:04d}", language, values=values)


_BODY = (
    '{{ program.name }}: hi {{ first_name | default: "there" }}, two cinnamon rolls for one at '
    "{{ location.name }}{% if valid_until %} until {{ valid_until }}{% endif %}. "
    "Reply STOP to end."
)
_SPANISH = (
    '{{ program.name }}: hola {{ first_name | default: "amigo" }}, dos roles de canela por uno en '
    "{{ location.name }}. Responda ALTO para terminar."
)
_VERSIONS = Versions({"es": _SPANISH}, (Variant("B", _BODY.replace("two", "2")),))

CLASSIFY = Benchmark(
    ("classify.us",), "wall time to classify one of the shipped texts", measure_classify
)
WINDOW = Benchmark(
    ("window.us",), "wall time to decide whether a number may be texted at an hour", measure_window
)
PARTS = Benchmark(
    ("parts.us",), "wall time to count the message parts of one of the shipped texts", measure_parts
)
COMPOSE = Benchmark(
    ("compose.us",),
    "wall time to write one person's text from a template, its parts counted",
    measure_compose,
)
