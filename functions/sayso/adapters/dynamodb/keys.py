"""Every key shape and every lifetime of the one table, in one place.

| item | pk | sk | lives |
|---|---|---|---|
| subscriber | `S#<e164>` | `SUBSCRIBER` | with the relationship |
| ledger entry | `S#<e164>` | `LEDGER#<seq>` | for good (domain/retention.py, domain/erasure.py) |
| inbound text and its reply | `S#<e164>` | `IN#<message id>` | 400 days |
| campaign text's slot | `S#<e164>` | `RUN#<run id>` | 400 days |
| what a run has counted of a person | `S#<e164>` | `DID#<run id>#<what>` | 400 days |
| program, keyword, location | `PROGRAM` | `PROGRAM`, `KEYWORD#…`, `LOCATION#…` | until deleted |
| member of staff | `PROGRAM` | `STAFF#<e164>` | until deleted |
| coupon, its uses | `CODE#<code>` | `COUPON`, `USE#<request id>` | 400 days from its end |
| pool of the till system's codes | `POOL` | `<pool id>` | until deleted |
| a stretch of its codes | `POOL#<pool id>` | `CODES#<number of the first>` | with the pool |
| the codes that a batch of a run was given | `RUN#<run id>` | `CODES#<batch id>` | 400 days |
| who has a code of the till system's | `TILL#<code>` | `TILL` | 400 days from its end |
| something that a person did | `S#<e164>` | `ACT#<activity id>` | 400 days |
| something that came to its end | `DAY#<date>` | `ACT#<activity id>` | 400 days |
| what a day's activities add up to | `DAY#<date>` | `STATS#<shard>` | 400 days |
| newest use that a member of staff has entered | `STAFF#<e164>` | `ENTERED` | 7 days |
| endpoint of a web hook | `WEBHOOK` | `<webhook id>` | until deleted |
| an activity on its way to an endpoint | `HOOK#<webhook id>` | `<activity id>` | 30 days |
| campaign | `CAMPAIGN` | `<campaign id>` | until deleted |
| key that seals the lists' cursors | `SECRET` | `CURSORS` | until deleted |
| key that seals the opt-in page's forms | `SECRET` | `FORMS` | until deleted |
| key that codes are derived with | `SECRET` | `CODES` | until deleted |
| a form of the opt-in page that was sent in | `FORM#<id>` | `FORM` | 2 days |
| uses of the opt-in page | `LIMIT#<limit>/<seal of whose>` | `WINDOW` | while they count |
| saved segment | `SEGMENT` | `<segment id>` | until deleted |
| test texts to staff in a day | `TRIALS` | `<day>` | 7 days |
| run, its slices and counters | `RUN#<run id>` | `RUN`, `SLICE#…`, `STATS#…` | 400 days |
| recipients who wait | `RUN#<run id>` | `PARKED#<until>#<batch>#<ticket>` | while they do |
| end of a batch of a run | `RUN#<run id>` | `BATCH#<batch id>` | 400 days |
| a number's time, given away to senders | `PACE#<number>` | `PACE` | with the number |
| what a run, a day or a month has cost | `SPENT#<account>` | `SPENT` | 400 days |
| copy of a triggered campaign | `TRIGGERED` | `<campaign id>` | until deleted |
| enrolment in a triggered campaign | `S#<e164>` | `SERIES#<campaign id>` | 400 days |
| bucket of due texts | `SERIES#<campaign id>` | `BUCKET#<run id>` | 7 days from its run on |
| person in a bucket | `DUE#<run id>` | `<location or ->#<e164>` | until 7 days after it is due |
| import of a file | `IMPORT` | `<import id>` | for good: ledger entries name it |
| daily round | `UPKEEP` | `<when it was due>` | 400 days |
| numbers that a round found on the carrier's list | `UPKEEP#<round>` | `LISTED#<step>` | 7 days |

The index `by_location` holds subscribers only: `AUDIENCE#<location or ->#<shard>` by
`<status>#<e164>`. It lags behind the table: good for finding people, never for consent.
"""

from datetime import datetime, timedelta
from zlib import crc32

Key = dict[str, str]

PROGRAM = "PROGRAM"
CAMPAIGN = "CAMPAIGN"
SEGMENT = "SEGMENT"
IMPORT = "IMPORT"
UPKEEP = "UPKEEP"
TRIGGERED = "TRIGGERED"
WEBHOOK = "WEBHOOK"
POOL = "POOL"
INDEX = "by_location"
NOWHERE = "-"
# Eight partitions read at once keep a planner busy and lift one location's write limit to 8,000/s.
SHARDS = 8
# Longer than a year, so that last year's offer can be compared with this year's.
KEPT = timedelta(days=400)
# What only its own round needs, and somebody who asks what went wrong with it.
KEPT_A_WEEK = timedelta(days=7)
# As long as a delivery can be looked up, and replayed.
KEPT_A_MONTH = timedelta(days=30)


def subscriber(phone: str) -> Key:
    """A number's state."""
    return {"pk": f"S#{phone}", "sk": "SUBSCRIBER"}


def ledger_entry(phone: str, seq: int) -> Key:
    """One entry of a number's consent ledger; sorts by `seq`."""
    return {"pk": f"S#{phone}", "sk": f"LEDGER#{seq:08d}"}


def inbound_text(phone: str, message_id: str) -> Key:
    """An inbound text, by the carrier's id: a second delivery finds it taken."""
    return {"pk": f"S#{phone}", "sk": f"IN#{message_id}"}


def slot(phone: str, run_id: str) -> Key:
    """A run's one text to a number: a second send finds it taken."""
    return {"pk": f"S#{phone}", "sk": f"RUN#{run_id}"}


def deed(phone: str, run_id: str, what: str) -> Key:
    """That a run has counted what somebody did: a second report finds it taken."""
    return {"pk": f"S#{phone}", "sk": f"DID#{run_id}#{what}"}


def program() -> Key:
    """The program, and the head of the catalog with its revision."""
    return {"pk": PROGRAM, "sk": PROGRAM}


def keyword(word: str) -> Key:
    """A keyword, by its word."""
    return {"pk": PROGRAM, "sk": f"KEYWORD#{word}"}


def location(code: str) -> Key:
    """A location, by its code."""
    return {"pk": PROGRAM, "sk": f"LOCATION#{code}"}


def staff(phone: str) -> Key:
    """A member of staff, by their number."""
    return {"pk": PROGRAM, "sk": f"STAFF#{phone}"}


def coupon(code: str) -> Key:
    """A coupon, by Sayso's own code for it or by the one that all share."""
    return {"pk": f"CODE#{code}", "sk": "COUPON"}


def use(code: str, request_id: str) -> Key:
    """A use of a coupon, by the request: the same one comes to nothing a second time."""
    return {"pk": f"CODE#{code}", "sk": f"USE#{request_id}"}


def pool(pool_id: str) -> Key:
    """The head of a pool; its id sorts by time of creation."""
    return {"pk": POOL, "sk": pool_id}


def pool_codes(pool_id: str, first: int) -> Key:
    """A stretch of a pool's row of codes, by the number of its first one."""
    return {"pk": f"POOL#{pool_id}", "sk": f"CODES#{first:08d}"}


def given_codes(run_id: str, batch_id: str) -> Key:
    """The codes that the people of a batch were given; sorts before the run, which is read on."""
    return {"pk": f"RUN#{run_id}", "sk": f"CODES#{batch_id}"}


def till(code: str) -> Key:
    """Whose a code of the till system's is, in whichever pool it came."""
    return {"pk": f"TILL#{code}", "sk": "TILL"}


def activity(phone: str, day: str, activity_id: str) -> Key:
    """What happened: with whom it happened to, or under its day (an ISO date) where to nobody."""
    return {"pk": f"S#{phone}" if phone else f"DAY#{day}", "sk": f"ACT#{activity_id}"}


def day_stats(day: str, shard: int) -> Key:
    """One of the items that add up to a day's (an ISO date) counters."""
    return {"pk": f"DAY#{day}", "sk": f"STATS#{shard}"}


def entered(phone: str) -> Key:
    """The newest use that the member of staff with this number has entered."""
    return {"pk": f"STAFF#{phone}", "sk": "ENTERED"}


def webhook(webhook_id: str) -> Key:
    """An endpoint that is told what happens; its id sorts by time of creation."""
    return {"pk": WEBHOOK, "sk": webhook_id}


def delivery(webhook_id: str, activity_id: str) -> Key:
    """An activity on its way to an endpoint: they sort by when they happened."""
    return {"pk": f"HOOK#{webhook_id}", "sk": activity_id}


def campaign(campaign_id: str) -> Key:
    """A campaign; its id sorts by time of creation."""
    return {"pk": CAMPAIGN, "sk": campaign_id}


def segment(segment_id: str) -> Key:
    """A saved segment; its id sorts by time of creation."""
    return {"pk": SEGMENT, "sk": segment_id}


def import_(import_id: str) -> Key:
    """An import; its id sorts by time of creation."""
    return {"pk": IMPORT, "sk": import_id}


def run(run_id: str) -> Key:
    """A campaign's run."""
    return {"pk": f"RUN#{run_id}", "sk": "RUN"}


def batch(run_id: str, batch_id: str) -> Key:
    return {"pk": f"RUN#{run_id}", "sk": f"BATCH#{batch_id}"}


def parked(run_id: str, until: str, name: str) -> Key:
    """Recipients of a batch who wait for something; sorts by what that is."""
    return {"pk": f"RUN#{run_id}", "sk": f"PARKED#{until}#{name}" if until else "PARKED#"}


def slice_(run_id: str, location_code: str, shard: int) -> Key:
    """One part of a run's audience, as it was planned."""
    return {"pk": f"RUN#{run_id}", "sk": f"SLICE#{location_code or NOWHERE}#{shard}"}


def stats(run_id: str, name: str) -> Key:
    """A group of a run's counters."""
    return {"pk": f"RUN#{run_id}", "sk": f"STATS#{name}"}


def pace(number: str) -> Key:
    """How far an origination number's time is given away to its senders."""
    return {"pk": f"PACE#{number}", "sk": "PACE"}


def spending(account: str) -> Key:
    """What has been spent on an account, such as `DAY#2026-11-23`."""
    return {"pk": f"SPENT#{account}", "sk": "SPENT"}


def series_of(run_id: str) -> str:
    """The triggered campaign that a run is one firing of (domain/firing_names.py); "" for others.

    Its id is also that of the run that counts for all of them.
    """
    campaign_id, _, firing = run_id.partition("-")
    return campaign_id if firing[:1].isalpha() else ""


def triggered(campaign_id: str) -> Key:
    """A copy of a triggered campaign, where all of them are found by one query."""
    return {"pk": TRIGGERED, "sk": campaign_id}


def enrolment(phone: str, campaign_id: str) -> Key:
    """A person's newest place in a triggered campaign's series."""
    return {"pk": f"S#{phone}", "sk": f"SERIES#{campaign_id}"}


def bucket(run_id: str) -> Key:
    """The head of a bucket, by the run that it becomes: they sort by when they are due."""
    return {"pk": f"SERIES#{series_of(run_id)}", "sk": f"BUCKET#{run_id}"}


def due(run_id: str, location_code: str, phone: str) -> Key:
    """One person in a bucket."""
    return {"pk": f"DUE#{run_id}", "sk": f"{location_code or NOWHERE}#{phone}"}


def upkeep(round_id: str) -> Key:
    """A daily round; rounds sort by when they were due."""
    return {"pk": UPKEEP, "sk": round_id}


def listed(round_id: str, step: int) -> Key:
    """The numbers of one page of the carrier's list, as a round has read it."""
    return {"pk": f"UPKEEP#{round_id}", "sk": f"LISTED#{step:08d}"}


def cursor_key() -> Key:
    """The key that seals the cursors of lists; deleting it only ends the lists being read."""
    return {"pk": "SECRET", "sk": "CURSORS"}


def form_key() -> Key:
    """The key that seals the opt-in page's forms; deleting it ends the forms that are open."""
    return {"pk": "SECRET", "sk": "FORMS"}


def code_key() -> Key:
    """The key that people's codes are derived with; without it, runs under way give other ones."""
    return {"pk": "SECRET", "sk": "CODES"}


def form(form_id: str) -> Key:
    """A form that was sent in: a second time finds it taken, whatever the number."""
    return {"pk": f"FORM#{form_id}", "sk": "FORM"}


def window(name: str) -> Key:
    """How often somebody has used the opt-in page in a period under way; names nobody."""
    return {"pk": f"LIMIT#{name}", "sk": "WINDOW"}


def trials(day: str) -> Key:
    """How many test texts went to staff in a day, an ISO date."""
    return {"pk": "TRIALS", "sk": day}


def shard_of(phone: str) -> int:
    """Which of a location's partitions a number is in; stable, and even over numbers."""
    return crc32(phone.encode()) % SHARDS


def audience(location_code: str, shard: int) -> str:
    """The index partition of a location's subscribers in one shard."""
    return f"AUDIENCE#{location_code or NOWHERE}#{shard}"


def standing(status: str, phone: str) -> str:
    """The index sort key: a status can be queried by its prefix."""
    return f"{status}#{phone}"


def parsed_standing(standing: str) -> tuple[str, str]:
    """The status and the number in an index sort key."""
    status, _, phone = standing.rpartition("#")
    return status, phone


def expires_at(now: datetime) -> int:
    """The TTL attribute of an item that is kept for the usual time, in epoch seconds."""
    return int((now + KEPT).timestamp())


def expires_soon_at(now: datetime) -> int:
    """The TTL attribute of an item that is of use for some days, in epoch seconds."""
    return int((now + KEPT_A_WEEK).timestamp())


def expires_in_a_month_at(now: datetime) -> int:
    """The TTL attribute of a delivery, in epoch seconds."""
    return int((now + KEPT_A_MONTH).timestamp())
