"""Words of what carriers let nobody promote, or to adults only: SHAFT, and cannabis.

Sex, hate, alcohol, firearms and tobacco need an age gate or are refused (CTIA Messaging Principles,
May 2023; Short Code Monitoring Handbook v1.9); cannabis is refused whatever the state's law
(T-Mobile Code of Conduct 2.2, 5.1). This program has no age gate, hence the strictest reading:
what can mean nothing else is an error. A word that also means something harmless is a warning.
As of 2026-11. Words are folded, as they are compared.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sayso.domain.linting.findings import Level
from sayso.domain.text import fold

CTIA = "CTIA Messaging Principles (May 2023), SHAFT"
T_MOBILE = "T-Mobile Code of Conduct 2.2, 5.1"


class Topic(NamedTuple):
    """Words of one topic and language: `sure` can mean nothing else, `maybe` can."""

    name: str
    language: str
    source: str
    sure: str
    maybe: str = ""


# Words of several parts are joined by a plus sign.
TOPICS: tuple[Topic, ...] = (
    Topic(
        "sex",
        "en",
        CTIA,
        "porn porno pornography sex+toy sex+toys sexting erotic onlyfans nude+pics nudes"
        " strip+club strippers escort+service camgirl camgirls hookups+tonight adult+video"
        " adult+videos",
        "sex sexy xxx escort escorts hookup hookups stripper nude naked",
    ),
    Topic(
        "hate",
        "en",
        CTIA,
        "white+power white+supremacy heil+hitler race+war ethnic+cleansing",
        "nazi nazis hitler kkk",
    ),
    Topic(
        "alcohol",
        "en",
        CTIA,
        "beer beers wine wines vodka whiskey whisky tequila bourbon champagne prosecco liquor booze"
        " margarita margaritas sangria mimosas mezcal cognac lager cocktail cocktails hard+seltzer"
        " craft+beer happy+hour+drinks moonshine",
        "rum gin brandy ale ales brew+pub happy+hour mimosa port+wine alcohol",
    ),
    Topic(
        "firearms",
        "en",
        CTIA,
        "firearm firearms ammo ammunition handgun handguns rifle rifles pistol pistols ar+15"
        " gun+show silencers",
        "gun guns shotgun shotguns bullets",
    ),
    Topic(
        "tobacco",
        "en",
        CTIA,
        "cigarette cigarettes cigar cigars tobacco vape vapes vaping e+cig e+cigs ecig nicotine"
        " hookah juul",
        "smokes snuff",
    ),
    Topic(
        "cannabis",
        "en",
        T_MOBILE,
        "cannabis marijuana cbd thc delta+8 dispensary pre+rolls kush",
        "weed edibles hemp",
    ),
    Topic("sex", "es", CTIA, "porno pornografia erotico erotica", "sexo desnuda desnudos"),
    Topic(
        "alcohol",
        "es",
        CTIA,
        "cerveza cervezas vodka tequila mezcal whisky licor licores coctel cocteles",
        "vino vinos ron alcohol sangria",
    ),
    Topic(
        "firearms", "es", CTIA, "arma+de+fuego armas+de+fuego municiones pistola pistolas rifles"
    ),
    Topic("tobacco", "es", CTIA, "cigarrillo cigarrillos cigarros tabaco vapeo vapeador nicotina"),
    Topic("cannabis", "es", T_MOBILE, "marihuana cannabis cbd thc"),
    Topic("sex", "fr", CTIA, "porno pornographie erotique", "sexe"),
    Topic("alcohol", "fr", CTIA, "vodka whisky rhum champagne alcools", "biere bieres vin vins"),
    Topic("firearms", "fr", CTIA, "arme+a+feu armes+a+feu munitions fusils pistolets"),
    Topic("tobacco", "fr", CTIA, "cigarette cigarettes tabac vapoteuse vapotage nicotine"),
    Topic("cannabis", "fr", T_MOBILE, "marijuana cannabis cbd thc"),
)
# Food and games that are called by such a word.
HARMLESS: tuple[str, ...] = tuple(
    phrase.replace("+", " ")
    for phrase in (
        "root+beer ginger+beer butter+beer beer+batter beer+battered beer+garden beer+bread"
        " ginger+ale wine+vinegar vodka+sauce bourbon+vanilla bourbon+glaze rum+raisin rum+cake"
        " gin+rummy champagne+vinegar glue+gun nerf+gun water+gun top+gun massage+gun price+gun"
        " shrimp+cocktail fruit+cocktail hemp+milk hemp+seed hemp+seeds weed+killer"
        " hot+naked naked+juice naked+cake alcohol+free no+alcohol non+alcoholic+beer"
        " non+alcoholic+wine non+alcoholic+cocktails vinagre+de+vino vinaigre+de+vin"
    ).split()
)


class Mention(NamedTuple):
    """One word of a topic."""

    word: str
    topic: str
    level: Level
    source: str


def mentions_in(text: str, language: str) -> Iterator[Mention]:
    """Each word that promotes one of the topics, once; English words count in any text."""
    said = f" {fold(text)} "
    for phrase in HARMLESS:
        said = said.replace(f" {phrase} ", " _ ")
    known = _known("en") | _known(language)
    pattern = _pattern(language)
    for word in dict.fromkeys(pattern.findall(said)):
        yield known[word]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = sorted(_known("en") | _known(language), key=len, reverse=True)
    return re.compile(rf"(?<= )({'|'.join(words)})(?= )")


@cache
def _known(language: str) -> dict[str, Mention]:
    found: dict[str, Mention] = {}
    for topic in TOPICS:
        if topic.language == language:
            for words, level in ((topic.sure, Level.ERROR), (topic.maybe, Level.WARNING)):
                for word in (one.replace("+", " ") for one in words.split()):
                    found[word] = Mention(word, topic.name, level, topic.source)
    return found
