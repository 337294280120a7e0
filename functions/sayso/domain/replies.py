"""The texts that answer a customer, with what CTIA requires in each, in the customer's language.

Sources: CTIA Messaging Principles (May 2023) and Short Code Monitoring Handbook v1.9. An opt-in
confirmation names the program, HELP, STOP, the frequency, and "Msg & data rates may apply". A
HELP reply names the program and a way to reach a person. An opt-out confirmation names the
program, says that no more will come, and carries no marketing (47 CFR 64.1200(a)(12)); so does the
answer to words that may be one.

The words themselves are in `sayso.domain.speech`. `language` is the customer's; the program's where
it is "".
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from sayso.domain.catalog import Catalog, Location, Program
from sayso.domain.contact import Contact, Status
from sayso.domain.preference import Preference
from sayso.domain.speech.languages import frequency_in, phrases_in
from sayso.domain.speech.phrases import Phrases

if TYPE_CHECKING:
    from sayso.domain.nearest import Nearby

_NAMED_AT_MOST = 4
_DAY = timedelta(days=1)


def opted_in(
    program: Program, location: Location | None, which_store: str, language: str = ""
) -> str:
    """The confirmation of a new opt-in; `which_store` asks for the store where it isn't known."""
    said = _say(program, "opted_in", language, place=_at(location, program, language))
    return _joined(said, which_store)


def opt_in_question(program: Program, location: Location | None, language: str = "") -> str:
    """The question of a double opt-in, with everything that a YES will agree to."""
    phrases = _phrases(program, language)
    place = phrases.for_store.format(store=location.name) if location else ""
    return _say(program, "opt_in_question", language, place=place)


def already_in(
    program: Program, location: Location | None, which_store: str, language: str = ""
) -> str:
    """To a subscriber who joins again without changing anything."""
    said = _say(program, "already_in", language, place=_at(location, program, language))
    return _joined(said, which_store)


def moved(
    program: Program, location: Location, language: str = "", near: "Nearby | None" = None
) -> str:
    """To a subscriber who named another store, or a ZIP code `near` it."""
    said = _say(program, "moved", language, store=location.name)
    return _joined(said, by_zip(near, location, language or program.language) if near else "")


def opted_out(program: Program | None, language: str = "") -> str:
    """The one confirmation of an opt-out."""
    if program is None:
        return phrases_in(language).opted_out_nowhere
    return _say(program, "opted_out", language)


def forgotten(program: Program | None, language: str = "") -> str:
    """The one confirmation of an opt-out with which all else is erased, and what is kept."""
    if program is None:
        return phrases_in(language).forgotten_nowhere
    return _say(program, "forgotten", language)


def held(program: Program, language: str = "") -> str:
    """To words that may be an opt-out: what was done, and how to make it final; no question."""
    return _say(program, "held", language)


def help_text(program: Program, language: str = "") -> str:
    """Who sends, what, how to reach a person, how to end it."""
    phrases = _phrases(program, language)
    contact, often = _ended(program.help_contact), frequency(program, language)
    return phrases.help_text.format(name=program.name, contact=contact, frequency=often)


def to_keyword(program: Program, reply: str) -> str:
    """A marketer's own answer; it says who sends, whether or not the marketer thought of it."""
    return reply if program.name.casefold() in reply.casefold() else f"{program.name}: {reply}"


def not_understood(catalog: Catalog, program: Program, language: str = "") -> str:
    """The friendly fallback to words that nothing here knows."""
    return _say(program, "not_understood", language, example=_example(catalog, program, language))


def not_open_yet(language: str = "") -> str:
    """To anyone who texts a number whose program has not been set up."""
    return phrases_in(language).not_open_yet


def declined(catalog: Catalog, program: Program, language: str = "") -> str:
    """To a no to our question."""
    return _say(program, "declined", language, example=_example(catalog, program, language))


def not_subscribed(catalog: Catalog, program: Program, language: str = "") -> str:
    """To a wish about offers from somebody who gets none."""
    return _say(program, "not_subscribed", language, example=_example(catalog, program, language))


def paused(program: Program, length: timedelta, language: str = "") -> str:
    """To a PAUSE: for how many days, begun ones included."""
    return _say(program, "paused", language, days=-(-length // _DAY))


def resumed(program: Program, location: Location | None, language: str = "") -> str:
    """To a subscriber who ends a pause: all that a new opt-in is told."""
    return _say(program, "resumed", language, place=_at(location, program, language))


def less(program: Program, preference: Preference, language: str = "") -> str:
    """To a LESS: how many come now."""
    return _say(program, "less", language, pace=_pace(preference, _phrases(program, language)))


def more(program: Program, language: str = "") -> str:
    """To a MORE: the program's own pace again."""
    return _say(program, "more", language)


def hours(program: Program, preference: Preference, language: str = "") -> str:
    """To a WHEN that named hours."""
    if preference.opens is None and preference.closes is None:
        return _say(program, "any_hour", language)
    return _say(program, "hours", language, hours=_hours(preference, _phrases(program, language)))


def when(program: Program, preference: Preference, language: str = "") -> str:
    """To a WHEN that named none: what holds now, and how to change it."""
    phrases = _phrases(program, language)
    wishes = {"hours": _hours(preference, phrases), "pace": _pace(preference, phrases)}
    return _say(program, "when", language, **wishes)


def about(program: Program, contact: Contact, location: Location | None, language: str = "") -> str:
    """To a ME: what is held of the person, and how to have it erased."""
    phrases = _phrases(program, language)
    standing = phrases.standings[contact.status]
    zip_code = f", ZIP {contact.zip}" if contact.zip else ""
    if contact.status not in (Status.SUBSCRIBED, Status.PAUSED):
        return _say(program, "nothing_held", language, standing=standing)
    return _say(
        program,
        "me",
        language,
        standing=standing,
        place=_at(location, program, language) + zip_code,
        pace=_pace(contact.preference, phrases),
        hours=_hours(contact.preference, phrases),
    )


def which_store(choices: Sequence[Location], *, unknown: bool, language: str = "") -> str:
    """How to name a store; `unknown` where the customer named one that isn't ours."""
    if not choices:
        return ""
    phrases = phrases_in(language)
    named = [f"{phrases.join} {location.code}" for location in choices[:_NAMED_AT_MOST]]
    asked = named[0] if len(named) == 1 else f"{', '.join(named[:-1])}{phrases.or_}{named[-1]}"
    more_ = phrases.and_more if len(choices) > _NAMED_AT_MOST else ""
    sorry = phrases.unknown_store if unknown else ""
    return _joined(sorry, phrases.which_store.format(choices=f"{asked}{more_}"))


def by_zip(near: "Nearby", store: Location | None, language: str = "") -> str:
    """What came of a ZIP code: how to change the store that it found, or which to choose from.

    `store` is what the text came to: nothing is said of one that the customer named as well.
    """
    phrases = phrases_in(language)
    if store:
        return phrases.nearest_store.format(zip=near.said) if store == near.store else ""
    if not near.stores:
        return ""
    said = phrases.zip_codes[near.found].format(zip=near.said)
    return _joined(said, which_store(near.stores, unknown=False, language=language))


def frequency(program: Program, language: str = "") -> str:
    """How often texts come, as a sentence: the program's own words for it in that language, if any.

    Else what `speech.languages.frequency_in` can surely make of those in the program's language.
    """
    if not language or language == program.language:
        return _sentence(program.frequency)
    own = next((one.frequency for one in program.translations if one.language == language), "")
    return _sentence(own) if own else frequency_in(language, program.frequency)


def _say(program: Program, phrase: str, language: str, **values: object) -> str:
    """The phrase of that name with the program's settings and `values` in it."""
    form: str = getattr(_phrases(program, language), phrase)
    settings = {"name": program.name, "contact": program.help_contact}
    if "{frequency}" in form:
        settings["frequency"] = frequency(program, language)
    return form.format(**settings, **values)


def _phrases(program: Program, language: str) -> Phrases:
    return phrases_in(language or program.language)


def _at(location: Location | None, program: Program, language: str) -> str:
    form = _phrases(program, language).at_store
    return form.format(store=location.name) if location else ""


def _example(catalog: Catalog, program: Program, language: str) -> str:
    join = _phrases(program, language).join
    return f"{join} {catalog.locations[0].code}" if catalog.locations else join


def _pace(preference: Preference, phrases: Phrases) -> str:
    if preference.most is None:
        return phrases.pace_usual
    return phrases.pace_weekly if preference.within <= 7 * _DAY else phrases.pace_monthly


def _hours(preference: Preference, phrases: Phrases) -> str:
    if preference.opens is None and preference.closes is None:
        return phrases.at_any_hour
    opens = f"{preference.opens:%H:%M}" if preference.opens else "00:00"
    closes = f"{preference.closes:%H:%M}" if preference.closes else "24:00"
    return phrases.from_to.format(opens=opens, closes=closes)


def _sentence(setting: str) -> str:
    """A marketer's words as a sentence, whether or not they begin and end like one."""
    return _ended(f"{setting[:1].upper()}{setting[1:]}")


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
