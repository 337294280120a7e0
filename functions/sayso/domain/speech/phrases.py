"""The form that each language's texts have.

In braces stands what is filled in: `name`, `contact` and `frequency` are the program's (frequency
is a whole sentence), `place` and `store` a location's, `example` a word to text, `zip` a ZIP code
that the customer wrote. Only characters of GSM-7: any other, as the accents of most Spanish vowels,
would double the price of the text.
"""

from typing import NamedTuple


class Phrases(NamedTuple):
    """All texts of one language. Each field is a format string, or holds some."""

    at_store: str
    for_store: str
    opted_in: str
    opt_in_question: str
    already_in: str
    moved: str
    opted_out: str
    opted_out_nowhere: str
    held: str
    help_text: str
    not_understood: str
    not_open_yet: str
    which_store: str
    unknown_store: str
    nearest_store: str
    zip_codes: dict[str, str]  # what is said before the choice of stores, by domain.nearest.Found
    or_: str
    and_more: str
    join: str
    declined: str
    paused: str
    resumed: str
    less: str
    more: str
    hours: str
    any_hour: str
    when: str
    not_subscribed: str
    me: str
    nothing_held: str
    forgotten: str
    forgotten_nowhere: str
    pace_weekly: str
    pace_monthly: str
    pace_usual: str
    from_to: str
    at_any_hour: str
    frequency_varies: str
    frequency_count: str
    frequency_at_most: str
    periods: tuple[str, str, str]  # day, week, month
    standings: dict[str, str]
