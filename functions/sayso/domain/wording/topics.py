"""What a text is about, as far as its words tell: what is asked of its sums depends on it."""

from collections.abc import Sequence

Concepts = set[str]

# What texts about texts are made of. Without one of these, or one of the pairs, a text is most
# likely about something else, whatever its other words add up to.
_TOPIC = frozenset(
    "STOP QUIT UNSUB REMOVE SEND TEXT MSG LIST LEGAL CONSENT REVOKE OPT CANCEL END ALONE LOSE"
    " BLOCK DEAD WRONG stopsign angryface anothername".split()
)
# The same for a concept together with one of some others.
_Pairs = tuple[tuple[str, frozenset[str]], ...]
_PAIRS: _Pairs = (
    ("NOT", frozenset("NUMBER PERSON ya sou soy sono suis ako bin".split())),
    ("OFF", frozenset("TAKE ME DONE".split())),
    ("NUMBER", frozenset({"NONE"})),
    ("WANT", frozenset({"THESE"})),
)
# Short of all of these, and of the pairs, there is nothing to weigh.
_ANY_TOPIC = _TOPIC | frozenset("UNDO SIGN again MISTAKE turn HELP WHO DESK NUMBER PERSON".split())
_ANY_PAIRS: _Pairs = (
    *_PAIRS,
    ("TAKE", frozenset({"IN"})),
    ("NOT", frozenset({"MORE"})),
    ("WHAT", frozenset({"THESE", "YOU"})),
    ("know", frozenset({"YOU"})),
    ("THESE", frozenset({"real"})),
)
# What a text of up to so many words may be an opt-out by, even without a topic of ours.
_BRIEF, _HINTS = 16, frozenset("NOT NONE THESE DONE OUT LEAVE EVER MORE OFF".split())
_PLAIN = frozenset("STOP UNSUB REMOVE REVOKE OPT CANCEL END CONSENT LIST".split())
_INDIRECT = frozenset("WRONG DEAD KIN PERSON WHO anothername LEGAL".split())
_RESUMES = frozenset("UNDO SIGN IN again MISTAKE turn OPT".split())
# English has no need of these words only in a text of a word or two.
_ENGLISH = frozenset(
    "i you u ur the is it to and my your of for in on be im was will have with what when do are so"
    " this that at but if can get go up out we he she they how all am just now did or dont her him"
    " not me a were ive id ill off from only by as got has had been out over there here then than"
    " who why some any one more about into back well good see know think going come today please"
    " pls plz thanks texts text txt texting message messages msgs list remove take want need these"
    " number spam sign sending send".split()
)


def is_on_topic(concepts: Concepts) -> bool:
    """Whether a text is about texts, lists, numbers, or about ending something."""
    return not concepts.isdisjoint(_TOPIC) or _have_one(concepts, _PAIRS)


def may_be_ours(words: Sequence[str], concepts: Concepts) -> bool:
    """Whether there is anything to weigh; in languages with few cases, always."""
    return (
        (len(words) <= _BRIEF and not concepts.isdisjoint(_HINTS))
        or not concepts.isdisjoint(_ANY_TOPIC)
        or _have_one(concepts, _ANY_PAIRS)
        or _ENGLISH.isdisjoint(words)
    )


def is_plain(concepts: Concepts) -> bool:
    """Whether it holds one of the words that opt-outs are made with."""
    return not concepts.isdisjoint(_PLAIN)


def is_indirect(concepts: Concepts) -> bool:
    """Whether it may be meant for somebody else, or be a threat only: for a person to look at."""
    return not concepts.isdisjoint(_INDIRECT)


def may_resume(concepts: Concepts) -> bool:
    """Whether it speaks of beginning, or of beginning again."""
    return not concepts.isdisjoint(_RESUMES) or {"WANT", "MORE"} <= concepts


def is_english(words: Sequence[str]) -> bool:
    """Whether a text is in English, as far as its small words tell."""
    return len(words) == 1 or not _ENGLISH.isdisjoint(words)


def _have_one(concepts: Concepts, pairs: _Pairs) -> bool:
    # A loop: every text comes by here, and a generator costs twice as much.
    for one, others in pairs:  # noqa: SIM110
        if one in concepts and not others.isdisjoint(concepts):
            return True
    return False
