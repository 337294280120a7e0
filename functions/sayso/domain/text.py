"""How two spellings of the same words are made equal before rules look at them."""

import re
import unicodedata

_NOT_KEPT = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc`\u00b4"), None)


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes; what else is no letter or digit becomes a space.

    Phones autocorrect quotes, dictate capitals and add zero-width characters; none of that
    changes what the person said. Compatibility forms (full-width letters) become plain ones.
    """
    if text.isascii():
        return _NOT_KEPT.sub(" ", text.translate(_APOSTROPHES).lower()).strip()
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    kept = (_keep(character) for character in decomposed)
    return " ".join("".join(kept).split())


def _keep(character: str) -> str:
    if character.isalnum():
        return character
    # Accents (Mn) and invisible format characters (Cf) join what stands on both sides of them.
    return "" if unicodedata.category(character) in ("Mn", "Cf") else " "


def squash(text: str) -> str:
    """The folded text without its spaces, so that `down-town`, `Down Town` and `downtown` agree."""
    return fold(text).replace(" ", "")


def within_edits(left: str, right: str, limit: int) -> bool:
    """Whether `limit` insertions, deletions, changes or swaps of neighbours make them equal.

    Optimal string alignment distance; both words are short (store names), so the table is too.
    """
    if abs(len(left) - len(right)) > limit:
        return False
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row = row, [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = previous
    return row[-1] <= limit
