"""`/admin/program`: what customers say yes to."""

from decimal import Decimal
from http import HTTPStatus
from typing import Literal

from pydantic import Field

from sayso.domain.catalog import Caps, OptIn, Program, SpendLimits, Translation
from sayso.domain.speech.languages import frequency_in
from sayso.handlers.admin_api.access import MARKETERS, OWNERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form
from sayso.handlers.admin_api.money import dollars, micros
from sayso.handlers.admin_api.routing import Answer, Call, Route

_DEFAULTS = Program(name="", help_contact="", frequency="")


class CapsForm(Form):
    """How many marketing texts a person gets at most, whichever campaigns they come from."""

    per_day: int = Field(default=_DEFAULTS.caps.per_day, ge=1, le=100)
    per_week: int = Field(default=_DEFAULTS.caps.per_week, ge=1, le=500)
    per_month: int = Field(default=_DEFAULTS.caps.per_month, ge=1, le=2000)


class SpendLimitsForm(Form):
    """What marketing texts cost at most, in dollars; a campaign that would go past it is paused.

    Day and month are those of the program's time zone.
    """

    per_day: Decimal | None = Field(
        default=None, gt=0, le=1_000_000, decimal_places=6, examples=["50.00"]
    )
    per_month: Decimal | None = Field(
        default=None, gt=0, le=10_000_000, decimal_places=6, examples=["900.00"]
    )


# The languages that the program's own texts are in.
Language = Literal["en", "es", "fr"]


class TranslationForm(Form):
    """The settings that customers read, in one more language."""

    frequency: str = Field(
        min_length=1, max_length=60, examples=["Hasta 4 mensajes al mes"], description="As above"
    )


class ProgramForm(Form):
    """The messaging program: its name and terms go into the texts that the law asks for."""

    name: str = Field(
        min_length=1,
        max_length=30,
        description="Begins every text, so that people know who writes",
        examples=["Bluebird Coffee"],
    )
    help_contact: str = Field(
        min_length=3,
        max_length=80,
        description="Where a person answers: part of the reply to HELP",
        examples=["help@bluebird.example or 312-555-0199"],
    )
    frequency: str | None = Field(
        None,
        min_length=1,
        max_length=60,
        description=(
            "How often texts come, as told to those who join. Where it is left out, they are told "
            "the cap a month"
        ),
        examples=["Up to 4 msgs/month"],
    )
    terms_url: str | None = Field(
        None, max_length=200, examples=["https://bluebird.example/sms-terms"]
    )
    privacy_url: str | None = Field(
        None, max_length=200, examples=["https://bluebird.example/privacy"]
    )
    opt_in: OptIn = Field(OptIn.SINGLE, description="Whether a YES has to follow a JOIN")
    timezone: str = Field(
        _DEFAULTS.timezone,
        max_length=64,
        description="IANA time zone, for those who belong to no location",
        examples=["America/Chicago"],
    )
    caps: CapsForm = CapsForm()
    language: Language = Field(
        "en",
        description=(
            "What name and frequency above are in, and what those who join are answered in until "
            "their own words show another of the three"
        ),
    )
    staff_phones: list[str] = Field(
        [],
        max_length=20,
        description="Whom a campaign may be tried on before it goes out, in E.164",
        examples=[["+13125550199"]],
    )
    translations: dict[Language, TranslationForm] = Field(
        {},
        description=(
            "For those who write in another language. Where it is left out, a frequency such as "
            "`up to 4 msgs/month` is said again in that language, and any other becomes "
            "`message frequency varies`"
        ),
    )
    price_per_part: Decimal | None = Field(
        None,
        gt=0,
        le=10,
        decimal_places=6,
        description=(
            "What the carrier asks for one message part, fees included, in dollars: what ceilings "
            "are counted by until the carrier has said what a text really cost"
        ),
        examples=["0.0108"],
    )
    spend_limits: SpendLimitsForm = SpendLimitsForm()


def _get(desks: Desks, _: Call[None, None]) -> Answer:
    return Answer(_form(desks.program.get()))


def _put(desks: Desks, call: Call[ProgramForm, None]) -> Answer:
    program = _program(call.body)
    is_new = desks.program.put(program)
    return Answer(_form(program), HTTPStatus.CREATED if is_new else HTTPStatus.OK)


def _program(form: ProgramForm) -> Program:
    return Program(
        name=form.name,
        help_contact=form.help_contact,
        frequency=form.frequency or _most_a_month(form),
        terms_url=form.terms_url or "",
        privacy_url=form.privacy_url or "",
        opt_in=form.opt_in,
        timezone=form.timezone,
        caps=Caps(form.caps.per_day, form.caps.per_week, form.caps.per_month),
        language=form.language,
        staff_phones=tuple(form.staff_phones),
        translations=tuple(
            Translation(language, translated.frequency)
            for language, translated in sorted(form.translations.items())
        ),
        price_per_part=micros(form.price_per_part) or 0,
        spend_limits=SpendLimits(
            micros(form.spend_limits.per_day), micros(form.spend_limits.per_month)
        ),
    )


def _most_a_month(form: ProgramForm) -> str:
    return frequency_in(form.language, f"up to {form.caps.per_month} msgs/month").rstrip(".")


def _form(program: Program) -> ProgramForm:
    caps = program.caps
    # Not validated again: what an older version let in is shown as it is.
    return ProgramForm.model_construct(
        name=program.name,
        help_contact=program.help_contact,
        frequency=program.frequency,
        terms_url=program.terms_url or None,
        privacy_url=program.privacy_url or None,
        opt_in=program.opt_in,
        timezone=program.timezone,
        caps=CapsForm.model_construct(
            per_day=caps.per_day, per_week=caps.per_week, per_month=caps.per_month
        ),
        language=program.language,
        staff_phones=list(program.staff_phones),
        translations={
            one.language: TranslationForm.model_construct(frequency=one.frequency)
            for one in program.translations
        },
        price_per_part=dollars(program.price_per_part or None),
        spend_limits=SpendLimitsForm.model_construct(
            per_day=dollars(program.spend_limits.per_day),
            per_month=dollars(program.spend_limits.per_month),
        ),
    )


_PATH = "/admin/program"
ROUTES = (
    Route(
        "GET",
        _PATH,
        "The program",
        _get,
        roles=MARKETERS,
        answers={HTTPStatus.OK: ProgramForm},
        problems=[HTTPStatus.NOT_FOUND],
    ),
    Route(
        "PUT",
        _PATH,
        "Set the program up, or change it",
        _put,
        roles=OWNERS,
        body=ProgramForm,
        answers={HTTPStatus.OK: ProgramForm, HTTPStatus.CREATED: ProgramForm},
    ),
)
