"""From a text as it was typed to its plain words: look-alike letters, typos, dictation."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from sayso.domain.text import within_edits
from sayso.domain.wording.lexicon import CONCEPTS, POLITE

# Letters of other alphabets that look like ours, as people (and filters' enemies) mix them in.
# Source: Unicode Technical Standard 39, confusables, the Greek and Cyrillic letters.
_LOOK_ALIKES = str.maketrans(
    "АВСЕНІЈКМОРЅТУХаеіјкорѕтухсԁԛѡΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχ",
    "ABCEHIJKMOPSTYXaeijkopstyxcdqwABEZHIKMNOPTYXaeiknoptyx",
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("'’‘`´ʼ", ""),
        "đ": "d",
        "Đ": "D",
        "ø": "o",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        **dict.fromkeys("🛑🚫⛔✋🖐", " stopsign "),
        **dict.fromkeys("🖕🤬😡😠🤮", " angryface "),
        **dict.fromkeys("😍🥰❤💕😘🤩🎉💖😂🤣", " happyface "),
    }
)
# "I'm not Kevin", "no Derek here": what denies a name, as far as capitals tell one.
_DENIALS = frozenset(
    "not isnt isn't isn’t no know any soy suis sou sono bin si named whoever who la".split()
)
_NO_NAMES = frozenset("mon tue wed thu fri sat sun jan feb dec god eng spa fre".split())
_CAPITAL = re.compile(r" [A-Z\u00c0-\u00da]")
_PRICE = re.compile(r"\$\s?\d")
_SHRUG = re.compile(r"¯\\_\(.{1,2}\)_/¯")
_MASKED = re.compile(r"[a-z]+\*+[a-z]+|[a-z]+\*{2,}[a-z]*|[@#$%&!]{4,}")
_REFUSED = re.compile(
    r"(?:no|nah|nope|naw|non|n)"
    r"(?:[ ,.]+(?:no|mas|thanks?|thank you|thx|ty|please|pls|gracias|merci|bro|dude))*(?= stop\b)"
)
_NOT_INTERESTED = re.compile(
    r"\b(?:not|aint|no longer|never) (?:at all |really |that )?interested(?: at all)?\b(?! in\b)"
)
_DO_NOT_CALL = re.compile(
    r"\bdo[- ]not[- ](?:call|contact|text|mail|disturb)[- ](?:list|registry)\b"
)
_NUMBER_SIGN = re.compile(r"#(?!\s?\d)")
_WORD = re.compile(r"[a-z0-9]+|[^\W_]")
# The end of a clause: a mark before a space, brackets, dashes; not the dot in "s.t.o.p".
_TOKEN = re.compile(r"[a-z0-9]+|[^\W_]|[.,;:!?\n…]+(?=\s|$)|[()!?—–\n]|(?<= )-(?= )")
_ENDS = frozenset(".,;:!?\n…()—–-")
_SPELLED = re.compile(r"(?:(?<=\s)|^)(?:[a-z]\s){3,}[a-z]?(?=\s|$)")
_LEET = str.maketrans("013457@$", "oieasias")
_LEET_WORD = re.compile(r"[a-z$@]*[013457$@][a-z$@0134578]*[a-z][a-z$@013457]*|[$5]t[o0]p")
_REPEATED = re.compile(r"(.)\1{2,}")
_SHORTEST_TO_MEND = 5
_FEWEST_SPELLED = 3
CLAUSE_END = "|"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def plain(text: str) -> str:
    """Lower case, look-alikes and full width made plain, accents and hidden characters gone."""
    if "¯" in text:
        text = _SHRUG.sub(" ", text)
    if not text.isascii():
        text = _ascii_where_possible(text).translate(_SIGNS)
    if text.isupper():
        text = text.lower()
    elif _CAPITAL.search(text) and _denies_a_name(text):
        text += " anothername"
    return _marked(text.lower().replace("'", "").replace("`", "").replace("_", " "))


def _marked(text: str) -> str:
    """A lower-case text with prices, masked rude words and number signs spelled out."""
    if text.startswith("n") and (hit := _REFUSED.match(text)):
        # "No! Stop texting me", as it is dictated; who wants more says "don't stop".
        text = f"{hit[0]}. {text[hit.end() :]}"
    if "interested" in text:
        text = _NOT_INTERESTED.sub(r"\g<0> . ", text)
    if "not" in text:
        text = _DO_NOT_CALL.sub(" dnc ", text)
    if "$" in text:
        text = _PRICE.sub(" pricetag ", text)
    if "*" in text or "@" in text or "%" in text:
        text = _MASKED.sub(" rudeword ", text)
    if "#" in text:
        text = _NUMBER_SIGN.sub(" number ", text)
    return text


def _denies_a_name(text: str) -> bool:
    if _DENIALS.isdisjoint(text.lower().split()):
        return False
    return any(
        name[0].isupper() and before.lower() in _DENIALS and _is_name(name)
        for before, name in pairwise(text.split())
    )


def _is_name(word: str) -> bool:
    said = word.lower().strip(".,;:!?")
    is_word = said in CONCEPTS or said in POLITE or said[:3] in _NO_NAMES
    return len(word) > 2 and word[1:3].islower() and not is_word


def words_of(said: str) -> list[str]:
    """The words of a plain text: `s t o p` is one, each Chinese character or syllable too."""
    return _joined(_WORD.findall(said))


def tokens_of(said: str) -> list[str]:
    """The words of a plain text, with `|` where a clause ends."""
    found = _TOKEN.findall(said)
    return _joined([CLAUSE_END if token[0] in _ENDS else token for token in found])


def _joined(found: list[str]) -> list[str]:
    letters = sum(map(_LETTERS.__contains__, found))
    if letters < _FEWEST_SPELLED:
        return found
    return _SPELLED.sub(lambda hit: hit[0].replace(" ", "") + " ", " ".join(found)).split()


@lru_cache(maxsize=8192)
def concept_of(word: str) -> str:
    """What a word stands for: a concept, "" for a pleasantry, or the word itself."""
    known = _known(word)
    if known is not None or word == CLAUSE_END:
        return word if known is None else known
    if word[:1].isdigit() and word.isdigit():
        return "DIGITS"
    if _REPEATED.search(word):
        once = _known(_REPEATED.sub(r"\1", word))
        return once if once is not None else concept_of(_REPEATED.sub(r"\1\1", word))
    if _LEET_WORD.fullmatch(word):
        read = _known(word.translate(_LEET))
        if read is not None:
            return read
    return _mended(word) or word


def _known(word: str) -> str | None:
    return "" if word in POLITE else CONCEPTS.get(word)


def _ascii_where_possible(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LOOK_ALIKES))
    kept = "".join(one for one in decomposed if unicodedata.category(one) not in ("Mn", "Cf"))
    return unicodedata.normalize("NFC", kept)


def _mended(word: str) -> str:
    """The concept of the one known word that a single slip of the finger made this one from."""
    if len(word) < _SHORTEST_TO_MEND or not word.isascii() or word in _EVERYDAY:
        return ""
    index = _slips()
    cuts = {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
    near = {meant for cut in cuts for meant in index.get(cut, ()) if within_edits(word, meant, 1)}
    concepts = {CONCEPTS[meant] for meant in near}
    return concepts.pop() if len(concepts) == 1 else ""


@lru_cache(maxsize=1)
def _slips() -> dict[str, tuple[str, ...]]:
    """Each known word worth mending by itself and by itself less one letter."""
    index: dict[str, tuple[str, ...]] = {}
    for word in _MENDED:
        for cut in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            index[cut] = (*index.get(cut, ()), word)
    return index


_MENDED = (
    "unsubscribe unsubscribed remove removed delete sending texting messages message messaging"
    " contact contacting discontinue notifications promotions marketing subscription permission"
    " consent anymore number please cancel parar mensajes mensaje desuscribir eliminar borrar"
    " enviar mandar desabonner arreter arretez revoke lawyer interested bothering spamming"
    " harassing numero texts further wrong"
).split()
_MENDED = [word for word in _MENDED if word in CONCEPTS]
# Correct words that a slip away from a known one would turn into it.
_EVERYDAY = frozenset(
    "seeding sensing fending lending spending mending bending pending vending testing tasting"
    " resting nesting listing lasting massage massages passage sausages pleased pleases cancer"
    " concert content contest contact contract contacts channel cancels numbers lumber slumber"
    " number tests tents taxes tastes delayed relate elate moved remote removes removal deleted"
    " passages sages lawyers layer sawyer borrow enroll marred prong strong throng wrongs farther"
    " father evoke provoke remorse reprove permissions numeral numeric nombre nombres numeros"
    " cantar pagar comprar manda mandado enviado borrado parcel panel cancelled canceled canceling"
    " comfort conceal further feather removed sender tender vanilla mender".split()
)
