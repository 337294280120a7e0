"""What the proof of consent says about itself: how to check it, and what it does not show."""

HOW_TO_CHECK = (
    (
        "For each record below: save its text, from the first brace to the last, as UTF-8 and "
        "without a line break at its end, and compute SHA-256 over the file (for example with "
        "sha256sum). The result is the entry's digest."
    ),
    (
        "The value of \u201cprevious\u201d in each record is the digest of the entry before it, "
        "and empty in the first. The values of \u201cseq\u201d count 1, 2, 3 without a gap."
    ),
    (
        "So nobody can change, remove or reorder an entry without a change to every digest after "
        "it. Whoever has kept the last digest of an earlier copy of this document can tell that "
        "nothing up to it has changed since. Without such a copy, the digests show that the record "
        "agrees with itself; they are not signed by a third party."
    ),
)
RECORDS = (
    "A record is a JSON object (RFC 8259): keys in alphabetical order, no space between tokens, "
    "the time in UTC with milliseconds, characters beyond ASCII unescaped. Copying from paper or "
    "PDF can lose spaces; the JSON form of this document has the same texts as \u201crecord\u201d."
)
NOTES = (
    (
        "Words received are those that the carrier handed over as sent by this number. Words shown "
        "are the answer to them, stored in the same step, before it went to the carrier."
    ),
    (
        "What a web page was filled in with came from a browser, whose address is the one that "
        "AWS saw. Anybody could have typed the number there: the consent is the YES that the "
        "number itself sent in answer to the question."
    ),
    (
        "Where the medium is an import, the words are those of a file that an owner of the program "
        "uploaded, stating that there was proof of consent for each row. The entry's time is then "
        "that of the import; when consent was given is what the row says as opted_in_at."
    ),
    "A character that cannot be seen is shown as its code in a frame, such as U+200B.",
    (
        "Names of locations and their time zones are those set up on the day this document was "
        "made. All else is as it was stored at the time of the entry."
    ),
    "The carrier names the sending number. This record does not show who held the phone.",
)
