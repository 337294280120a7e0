"""What the product says in English."""

from sayso.domain.speech.phrases import Phrases

_ENDS = "Reply HELP for help, STOP to end."
_RATES = "Msg & data rates may apply."

ENGLISH = Phrases(
    at_store=" at {store}",
    for_store=" for {store}",
    opted_in=f"{{name}}: you're in{{place}}! {{frequency}} {_RATES} {_ENDS}",
    opt_in_question=(
        f"{{name}}: reply YES to get our offers{{place}} by text. {{frequency}} {_RATES} {_ENDS}"
    ),
    already_in=f"{{name}}: you're already in{{place}}. {_ENDS}",
    moved=f"{{name}}: got it, {{store}} is your store now. {_ENDS}",
    opted_out=(
        "{name}: you're opted out. No more messages will be sent to this number. "
        "Questions? {contact}"
    ),
    opted_out_nowhere="You're opted out. No more messages will be sent to this number.",
    held=(
        "{name}: no more offers will be sent to this number for now. "
        "Reply STOP to end all messages. Questions? {contact}"
    ),
    help_text=(
        f"{{name}} offers by text. Help: {{contact}} {{frequency}} {_RATES} Reply STOP to end."
    ),
    not_understood=(
        "{name}: sorry, we didn't get that. Text {example} for offers, HELP for help, STOP to end."
    ),
    not_open_yet="This number isn't taking sign-ups yet. Please try again later.",
    which_store="For your store's offers text {choices}.",
    unknown_store="Sorry, we don't know that store.",
    nearest_store="It's our store nearest to {zip}; for another text MOVE and its name.",
    zip_codes={
        "several": "Several of our stores are near {zip}.",
        "none near": "We have no store near {zip}.",
        "unclear": "We can't tell your store from {zip}.",
        "no ZIP code": "Sorry, we don't know the ZIP code {zip}.",
    },
    or_=" or ",
    and_more=" (and more)",
    join="JOIN",
    declined=(
        "{name}: OK, you won't get our offers. Text {example} if you change your mind, "
        "HELP for help."
    ),
    paused="{name}: paused, no offers for {days} days. Text START to get them sooner. " + _ENDS,
    resumed=f"{{name}}: welcome back{{place}}! {{frequency}} {_RATES} {_ENDS}",
    less="{name}: got it, {pace}. Text MORE for our usual pace. " + _ENDS,
    more="{name}: got it, our usual pace. {frequency} Text LESS for fewer. " + _ENDS,
    hours="{name}: got it, offers {hours}. Text WHEN ANYTIME to undo. " + _ENDS,
    any_hour="{name}: got it, offers at any hour that the law allows. " + _ENDS,
    when=(
        "{name}: offers come {hours}, {pace}. To change that text for example WHEN 10-14 or "
        "WHEN MORNINGS. " + _ENDS
    ),
    not_subscribed=(
        "{name}: you don't get our offers, so nothing was changed. Text {example} to get them, "
        "HELP for help."
    ),
    me=(
        "{name} holds about you: this number, {standing}{place}, {pace}, {hours}, proof of your "
        "consent, texts of the last 400 days. Text FORGET ME to erase it, HELP for help, STOP to "
        "end."
    ),
    nothing_held=(
        "{name} holds about you: this number, {standing}, the proof of that, and texts of the last "
        "400 days. Text FORGET ME to erase it, HELP for help."
    ),
    forgotten=(
        "{name}: you're opted out and erased. No more messages will be sent. We keep only your "
        "number and the proof of this. Questions? {contact}"
    ),
    forgotten_nowhere=(
        "You're opted out and erased. No more messages will be sent. We keep only your number and "
        "the proof of this."
    ),
    pace_weekly="at most 1 offer a week",
    pace_monthly="at most 1 offer a month",
    pace_usual="at our usual pace",
    from_to="from {opens} to {closes}",
    at_any_hour="at any hour that the law allows",
    frequency_varies="Message frequency varies.",
    frequency_count="{count} msgs/{period}.",
    frequency_at_most="Up to {count} msgs/{period}.",
    periods=("day", "week", "month"),
    standings={
        "unknown": "not subscribed",
        "pending": "not subscribed yet",
        "subscribed": "subscribed",
        "paused": "paused",
        "held": "on hold",
        "opted_out": "opted out",
        "unreachable": "not subscribed",
        "forgotten": "opted out and erased",
    },
)
