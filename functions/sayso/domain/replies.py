"""The texts that answer a customer, with what CTIA requires in each.

Sources: CTIA Messaging Principles (May 2023) and Short Code Monitoring Handbook v1.9. An opt-in
confirmation names the program, HELP, STOP, the frequency, and "Msg & data rates may apply". A
HELP reply names the program and a way to reach a person. An opt-out confirmation names the
program, says that no more will come, and carries no marketing (47 CFR 64.1200(a)(12)); so does the
answer to words that may be one.

Only characters of GSM-7 here: a curly quote would double the price of every reply.
"""

from collections.abc import Sequence

from sayso.domain.catalog import Catalog, Location, Program

_NAMED_AT_MOST = 4


def opted_in(program: Program, location: Location | None, which_store: str) -> str:
    """The confirmation of a new opt-in; `which_store` asks for the store where it isn't known."""
    place = f" at {location.name}" if location else ""
    return _joined(
        f"{program.name}: you're in{place}! {_sentence(program.frequency)}",
        "Msg & data rates may apply. Reply HELP for help, STOP to end.",
        which_store,
    )


def opt_in_question(program: Program, location: Location | None) -> str:
    """The question of a double opt-in, with everything that a YES will agree to."""
    place = f" for {location.name}" if location else ""
    return _joined(
        f"{program.name}: reply YES to get our offers{place} by text.",
        _sentence(program.frequency),
        "Msg & data rates may apply. Reply HELP for help, STOP to end.",
    )


def already_in(program: Program, location: Location | None, which_store: str) -> str:
    """To a subscriber who joins again without changing anything."""
    place = f" at {location.name}" if location else ""
    return _joined(
        f"{program.name}: you're already in{place}. Reply HELP for help, STOP to end.",
        which_store,
    )


def moved(program: Program, location: Location) -> str:
    """To a subscriber who named another store."""
    return (
        f"{program.name}: got it, {location.name} is your store now. "
        "Reply HELP for help, STOP to end."
    )


def opted_out(program: Program | None) -> str:
    """The one confirmation of an opt-out."""
    if program is None:
        return "You're opted out. No more messages will be sent to this number."
    return (
        f"{program.name}: you're opted out. No more messages will be sent to this number. "
        f"Questions? {program.help_contact}"
    )


def held(program: Program) -> str:
    """To words that may be an opt-out: what was done, and how to make it final; no question."""
    return (
        f"{program.name}: no more offers will be sent to this number for now. "
        f"Reply STOP to end all messages. Questions? {program.help_contact}"
    )


def help_text(program: Program) -> str:
    """Who sends, what, how to reach a person, how to end it."""
    return (
        f"{program.name} offers by text. Help: {_ended(program.help_contact)} "
        f"{_sentence(program.frequency)} Msg & data rates may apply. Reply STOP to end."
    )


def to_keyword(program: Program, reply: str) -> str:
    """A marketer's own answer; it says who sends, whether or not the marketer thought of it."""
    return reply if program.name.casefold() in reply.casefold() else f"{program.name}: {reply}"


def not_understood(catalog: Catalog, program: Program) -> str:
    """The friendly fallback to words that nothing here knows."""
    example = f"JOIN {catalog.locations[0].code}" if catalog.locations else "JOIN"
    return (
        f"{program.name}: sorry, we didn't get that. Text {example} for offers, HELP for help, "
        "STOP to end."
    )


def not_open_yet() -> str:
    """To anyone who texts a number whose program has not been set up."""
    return "This number isn't taking sign-ups yet. Please try again later."


def which_store(choices: Sequence[Location], *, unknown: bool) -> str:
    """How to name a store; `unknown` where the customer named one that isn't ours."""
    if not choices:
        return ""
    named = [f"JOIN {location.code}" for location in choices[:_NAMED_AT_MOST]]
    asked = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
    more = " (and more)" if len(choices) > _NAMED_AT_MOST else ""
    sorry = "Sorry, we don't know that store. " if unknown else ""
    return f"{sorry}For your store's offers text {asked}{more}."


def _sentence(setting: str) -> str:
    """A marketer's words as a sentence, whether or not they begin and end like one."""
    return _ended(f"{setting[:1].upper()}{setting[1:]}")


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
